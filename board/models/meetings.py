"""Meetings and their agendas."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.bilingual import Bilingual, BilingualModel, SluggedModel
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.workflow import WorkflowModel

from ..querysets import AgendaItemQuerySet, MeetingQuerySet
from ..states import MEETING, MeetingStatus
from .boards import Board, Person


class Purpose(models.TextChoices):
    """What an item, and its paper, ask of the board."""

    INFORMATION = "information", pgettext_lazy("purpose", "For information")
    DISCUSSION = "discussion", pgettext_lazy("purpose", "For discussion")
    DECISION = "decision", pgettext_lazy("purpose", "For decision")


@tracked()
class Meeting(WorkflowModel, SluggedModel, BilingualModel):
    """A meeting of a board. `starts_at` and `ends_at` are local times of its `date`; empty means not published.

    `is_historic`: recorded from a source outside, which may give neither time nor place.
    """

    url_name = "board:meeting_page"
    workflow = MEETING
    status = MEETING.field()
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="meetings")
    title = Bilingual(label=_("Title"), max_length=160, blank=True)
    date = models.DateField(_("Date"))
    starts_at = models.TimeField(_("Starts at"), null=True, blank=True)
    ends_at = models.TimeField(_("Ends at"), null=True, blank=True)
    place = Bilingual(label=_("Place"), max_length=200, blank=True)
    link = models.URLField(_("Link for joining"), blank=True)
    quorum = models.PositiveSmallIntegerField(_("Quorum"), null=True, blank=True)
    is_historic = models.BooleanField(default=False, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            MEETING.constraint("meeting_status_known"),
            models.CheckConstraint(
                name="meeting_ends_after_it_starts",
                condition=Q(ends_at=None) | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
            ),
            models.CheckConstraint(
                name="meeting_called_says_when_and_where",
                condition=~Q(status__in=[MeetingStatus.CALLED, MeetingStatus.HELD])
                | Q(is_historic=True)
                | (Q(starts_at__isnull=False) & ((~Q(place_en="") & ~Q(place_cy="")) | ~Q(link=""))),
            ),
            models.CheckConstraint(name="meeting_quorum_not_zero", condition=Q(quorum=None) | Q(quorum__gt=0)),
            # with the key of papers in the database: a paper's meeting is a meeting of its board
            models.UniqueConstraint(fields=["id", "board"], name="meeting_with_its_board"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["date"], name="meeting_by_date")]

    def __str__(self) -> str:
        from ..wording import meeting_name

        return meeting_name(self)

    @property
    def is_ready(self) -> bool:
        """Whether it says when and where, as a called meeting must."""
        return self.starts_at is not None and ((self.place and not self.place.missing) or bool(self.link))


@tracked()
class AgendaItem(BilingualModel):
    """One item of a meeting, in its place. A restricted one shows the public its title and the reason, and no more."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField(pgettext_lazy("of an item", "Number"))
    title = Bilingual(label=_("Title"), max_length=200)
    kind = models.CharField(_("Purpose"), max_length=12, choices=Purpose.choices, blank=True)
    minutes = models.PositiveSmallIntegerField(_("Minutes"), null=True, blank=True)
    presenter = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="presented", verbose_name=_("Presenter")
    )
    restricted = models.BooleanField(_("Restricted"), default=False)
    reason = Bilingual(label=_("Reason for the restriction"), max_length=300, blank=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="item_kind_known", condition=Q(kind__in=["", *Purpose.values])),
            models.CheckConstraint(name="item_titled_in_both", condition=~Q(title_en="") & ~Q(title_cy="")),
            models.CheckConstraint(name="item_minutes_not_zero", condition=Q(minutes=None) | Q(minutes__gt=0)),
            models.CheckConstraint(
                name="item_restricted_says_why", condition=Q(restricted=False) | (~Q(reason_en="") & ~Q(reason_cy=""))
            ),
            models.UniqueConstraint(
                fields=["meeting", "position"], name="item_position_once", deferrable=models.Deferrable.DEFERRED
            ),
            # with the key of papers in the database: a paper's item is an item of its meeting
            models.UniqueConstraint(fields=["id", "meeting"], name="item_with_its_meeting"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.title}"

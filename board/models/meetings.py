"""Meetings and their agendas."""

from typing import Any, ClassVar

from django.conf import settings
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
from .purposes import Purpose
from .standing import StandingItem


class MeetingKind(models.TextChoices):
    """People meet, or members answer in writing until the closing time."""

    SITTING = "sitting", pgettext_lazy("kind of meeting", "Meeting")
    CORRESPONDENCE = "correspondence", pgettext_lazy("kind of meeting", "Decision by correspondence")


class Interpretation(models.TextChoices):
    """What is interpreted at the meeting, so that each member may use their own language."""

    NONE = "", _("No interpretation is offered")
    TO_ENGLISH = "cy_en", _("From Welsh into English")
    BOTH_WAYS = "both", _("Both ways, between Welsh and English")


@tracked()
class Meeting(WorkflowModel, SluggedModel, BilingualModel):
    """A meeting of a board. `starts_at` and `ends_at` are local times of its `date`; empty means not published.

    `is_historic`: recorded from a source outside, which may give neither time nor place. A decision by correspondence
    closes at `closes_at`, on its `date`. `papers_out_at`: when the members were told that the papers are out.
    """

    url_name = "board:meeting_page"
    workflow = MEETING
    status = MEETING.field()
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="meetings")
    kind = models.CharField(
        _("Kind"), max_length=14, choices=MeetingKind.choices, default=MeetingKind.SITTING, editable=False
    )
    title = Bilingual(label=_("Title"), max_length=160, blank=True)
    date = models.DateField(_("Date"))
    starts_at = models.TimeField(_("Starts at"), null=True, blank=True)
    ends_at = models.TimeField(_("Ends at"), null=True, blank=True)
    place = Bilingual(label=_("Place"), max_length=200, blank=True)
    link = models.URLField(_("Link for joining"), blank=True)
    quorum = models.PositiveSmallIntegerField(_("Quorum"), null=True, blank=True)
    interpretation = models.CharField(
        _("Interpretation"), max_length=5, choices=Interpretation.choices, default=Interpretation.NONE, blank=True
    )
    closes_at = models.DateTimeField(_("Members answer until"), null=True, blank=True)
    papers_out_at = models.DateTimeField(null=True, editable=False)
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
                | Q(kind=MeetingKind.CORRESPONDENCE)
                | (Q(starts_at__isnull=False) & ((~Q(place_en="") & ~Q(place_cy="")) | ~Q(link=""))),
            ),
            models.CheckConstraint(name="meeting_kind_known", condition=Q(kind__in=MeetingKind.values)),
            models.CheckConstraint(
                name="meeting_by_correspondence_closes",
                condition=(~Q(kind=MeetingKind.CORRESPONDENCE) & Q(closes_at=None))
                | Q(kind=MeetingKind.CORRESPONDENCE, closes_at__isnull=False, starts_at=None),
            ),
            models.CheckConstraint(
                name="meeting_interpretation_known", condition=Q(interpretation__in=Interpretation.values)
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
    def by_correspondence(self) -> bool:
        return self.kind == MeetingKind.CORRESPONDENCE

    @property
    def is_ready(self) -> bool:
        """Whether it says when and where, as a called meeting must; one by correspondence says when it closes."""
        if self.by_correspondence:
            return True
        return self.starts_at is not None and ((self.place and not self.place.missing) or bool(self.link))


@tracked()
class AgendaItem(BilingualModel):
    """One item of a meeting, in its place. A restricted one shows the public its title and the reason, and no more.

    `owner` sees to its paper; an `oral` item has none. `standing`: the board's standing item from which it came.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveSmallIntegerField(pgettext_lazy("of an item", "Number"))
    title = Bilingual(label=_("Title"), max_length=200)
    kind = models.CharField(_("Purpose"), max_length=12, choices=Purpose.choices, blank=True)
    minutes = models.PositiveSmallIntegerField(_("Minutes"), null=True, blank=True)
    presenter = models.ForeignKey(
        Person, null=True, blank=True, on_delete=models.PROTECT, related_name="presented", verbose_name=_("Presenter")
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="agenda_items",
        verbose_name=pgettext_lazy("of an item", "Owner"),
    )
    oral = models.BooleanField(_("Oral item, without a paper"), default=False)
    standing = models.ForeignKey(
        StandingItem, null=True, blank=True, on_delete=models.SET_NULL, related_name="items", editable=False
    )
    restricted = models.BooleanField(_("Restricted"), default=False)
    reason = Bilingual(label=_("Reason for the restriction"), max_length=300, blank=True)

    decided: list[Any]  # its outcomes that a reader may see, where a page has given them

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

    @property
    def is_recorded(self) -> bool:
        """Whether something of the day, or an answer in writing, is recorded of it: it stays with its meeting."""
        return any(getattr(self, name).exists() for name in ("outcomes", "actions", "movements", "written_answers"))

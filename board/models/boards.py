"""Boards and the people who sit on them."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext_lazy

from organisations.models import Organisation
from wlga_portal.kernel.bilingual import LANGUAGES, Bilingual, BilingualModel, SluggedModel, Text
from wlga_portal.kernel.history import tracked

from ..querysets import BoardQuerySet, SeatQuerySet


class RoleKind(models.TextChoices):
    """What a seat is, for ordering and for rules; the role itself is a text in both languages."""

    CHAIR = "chair", _("Chair")
    MEMBER = "member", _("Member")
    SOLACE = "solace", _("SOLACE lead")
    HEADS_OF_IT = "it_chair", _("Chair of the Heads of IT")
    ADVISER = "adviser", _("Adviser")


@tracked()
class Board(SluggedModel, BilingualModel):
    """A board. `remit` holds one task on each line. `is_demo` marks it and everything under it as invented.

    `clear_days`: the working days between the day of publication and that of the meeting, neither counted. The other
    days are working days too, each before the step that follows: see `board.planning`.
    """

    url_name = "board:board_page"
    name = Bilingual(label=_("Name"), max_length=120, sort=True)
    remit = Bilingual(label=_("Remit"), blank=True)
    note = Bilingual(label=_("Note"), max_length=300, blank=True)
    first_meeting = models.DateField(_("First meeting"), null=True, blank=True)
    quorum = models.PositiveSmallIntegerField(_("Quorum"), null=True, blank=True)
    clear_days = models.PositiveSmallIntegerField(_("Clear working days between publication and meeting"), default=3)
    translation_days = models.PositiveSmallIntegerField(_("Working days for translation"), default=5)
    clearance_days = models.PositiveSmallIntegerField(_("Working days for clearance"), default=3)
    draft_days = models.PositiveSmallIntegerField(_("Working days for the draft"), default=10)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = BoardQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="board_named_in_both", condition=~Q(name_en="") & ~Q(name_cy="")),
            models.CheckConstraint(name="board_quorum_not_zero", condition=Q(quorum=None) | Q(quorum__gt=0)),
            models.CheckConstraint(
                name="board_days_within_a_quarter",
                condition=Q(clear_days__lte=60, translation_days__lte=60, clearance_days__lte=60, draft_days__lte=60),
            ),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def remit_lines(self) -> list[Text]:
        """The tasks of the board, each in both languages; a line that one language lacks stays empty there."""
        return texts_of_lines(self.remit)


def texts_of_lines(text: Text) -> list[Text]:
    """The lines of a text of several lines, paired."""
    en, cy = text.en.splitlines(), text.cy.splitlines()
    size = max(len(en), len(cy))
    pairs = zip(en + [""] * (size - len(en)), cy + [""] * (size - len(cy)), strict=True)
    return [Text(one, other, text.mark) for one, other in pairs if one or other]


class Person(BilingualModel):
    """Somebody who sits on a board or clears a paper: a user, or a name from a public source.

    The one place outside the history where such names stand, so that a name can be taken out of it.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="board_person"
    )
    public_name = models.CharField(_("Name"), max_length=120, blank=True)
    style = Bilingual(label=_("Style"), max_length=30, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="person_is_a_user_or_a_name",
                condition=(Q(user=None) & ~Q(public_name="")) | (Q(user__isnull=False) & Q(public_name="")),
            ),
            models.UniqueConstraint(
                fields=["public_name"], condition=~Q(public_name=""), name="person_public_name_once"
            ),
        ]

    def __str__(self) -> str:
        return self.called(str(self.style))

    @property
    def name(self) -> str:
        return str(self.user) if self.user else self.public_name

    def called(self, style: str) -> str:
        """The name with a style; whoever was erased has none."""
        return self.name if self.user and self.user.is_erased else f"{style} {self.name}".strip()

    def named(self) -> Text:
        """The name with its style, in both languages."""
        sides = {}
        for language in LANGUAGES:
            with override(language):
                sides[language] = self.called(getattr(self, f"style_{language}"))
        return Text(**sides)


def term() -> Func:
    """The days of a seat, both included; open where a date is empty."""
    return Func(F("starts"), F("ends"), Value("[]"), function="daterange")


@tracked()
class Seat(BilingualModel):
    """A person's place on a board. Terms that are not published are empty, never guessed.

    `inferred`: public knowledge that the source does not state; shown as such, or not at all.
    `is_historic`: recorded from a source outside; it may lack its term.
    `votes`: it has a vote and counts for the quorum.
    """

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="seats")
    role = Bilingual(label=_("Role"), max_length=120)
    role_kind = models.CharField(_("Kind of seat"), max_length=8, choices=RoleKind.choices)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="board_seats"
    )
    represents = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="represented_seats"
    )
    starts = models.DateField(pgettext_lazy("term of a seat", "From"), null=True, blank=True)
    ends = models.DateField(pgettext_lazy("term of a seat", "Until"), null=True, blank=True)
    votes = models.BooleanField(_("Has a vote, and counts for the quorum"), default=True)
    inferred = models.BooleanField(default=False, editable=False)
    is_historic = models.BooleanField(default=False, editable=False)
    position = models.PositiveSmallIntegerField(default=0)

    objects = SeatQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="seat_kind_known", condition=Q(role_kind__in=RoleKind.values)),
            models.CheckConstraint(name="seat_role_in_both", condition=~Q(role_en="") & ~Q(role_cy="")),
            models.CheckConstraint(name="seat_dates_in_order", condition=Q(ends=None) | Q(ends__gte=F("starts"))),
            models.CheckConstraint(
                name="seat_live_has_a_start", condition=Q(is_historic=True) | Q(starts__isnull=False)
            ),
            models.CheckConstraint(name="seat_inferred_is_historic", condition=Q(inferred=False) | Q(is_historic=True)),
            ExclusionConstraint(
                name="seat_one_chair_at_once",
                expressions=[("board", RangeOperators.EQUAL), (term(), RangeOperators.OVERLAPS)],
                condition=Q(role_kind=RoleKind.CHAIR),
            ),
            ExclusionConstraint(
                name="seat_person_once_at_once",
                expressions=[
                    ("board", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (term(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.role}"


@tracked()
class Considered(BilingualModel):
    """A matter that a board has considered at a meeting that the source does not name."""

    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="considered")
    title = Bilingual(label=_("Title"), max_length=200)
    date = models.DateField(_("Date"), null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="considered_titled_in_both", condition=~Q(title_en="") & ~Q(title_cy="")),
            models.UniqueConstraint(fields=["board", "title_en"], name="considered_once"),
        ]

    def __str__(self) -> str:
        return str(self.title)

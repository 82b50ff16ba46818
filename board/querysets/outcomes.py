"""How outcomes are read; `visible_to` says what a person may see."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.roles import Role, roles_of

if TYPE_CHECKING:
    from ..models import Outcome


def items_opened_to(user: Any) -> Q:
    """For things that have an `item`: in which items this person may see what was decided.

    Everybody: items that are not restricted, once the meeting's public note is out. Members with a seat on that board:
    at once, and restricted items too. The secretariat: all. Nobody: a restricted item in which they declared a
    prejudicial interest.
    """
    from ..models import Declaration, PublicNote, Seat

    roles = roles_of(user)
    seen: Q = Q(item__restricted=False) & Q(Exists(PublicNote.objects.filter(meeting=OuterRef("item__meeting"))))
    if roles.has(Role.SECRETARIAT):
        seen = Q(item__isnull=False)
    elif roles.has(Role.BOARD_MEMBER):
        seen |= Q(item__meeting__board__in=Seat.objects.held_by(user).values("board"))
    if roles:
        seen &= ~Q(item__in=Declaration.objects.that_close(user).filter(item__restricted=True).values("item"))
    return seen if settings.DEMO else seen & Q(item__meeting__board__is_demo=False)


class OutcomeQuerySet(models.QuerySet["Outcome"]):
    """What was decided."""

    def visible_to(self, user: Any) -> "OutcomeQuerySet":
        return self.filter(items_opened_to(user))

    def of_words(self, words: tuple[str, str]) -> "OutcomeQuerySet":
        """Decisions without a recommendation, in these words."""
        return self.filter(uid=None, words_en=words[0], words_cy=words[1])

    def said_as(self, result: str, detail: tuple[str, str]) -> "OutcomeQuerySet":
        """Those with this outcome and sentence."""
        return self.filter(result=result, detail_en=detail[0], detail_cy=detail[1])

    def with_place(self) -> "OutcomeQuerySet":
        """Each with its item, meeting, board, paper and vote."""
        return self.select_related("item__meeting__board", "edition__paper", "vote").defer("edition__content")

    def latest_first(self) -> "OutcomeQuerySet":
        return self.order_by("-item__meeting__date", "item__position", "number", "pk")

    def of_agenda(self) -> "OutcomeQuerySet":
        """In the order of the agenda and of the recommendations."""
        return self.order_by("item__position", "edition__paper__number", "number", "pk")


def unnoted(meetings: Any) -> Any:
    """Those that were held here and have no public note yet."""
    from ..models import PublicNote

    held = meetings.filter(status="held", is_historic=False)
    return held.exclude(pk__in=PublicNote.objects.values("meeting"))

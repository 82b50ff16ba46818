"""Whether there will be a quorum, by what the members answered so far."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Answer, Meeting, Response, Seat, Speaks
from .querysets import held_on

COMING = (Answer.IN_PERSON, Answer.ONLINE, Answer.SUBSTITUTE)


class Outlook(StrEnum):
    """What can be said of the quorum."""

    UNSET = "unset"
    MET = "met"
    OPEN = "open"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Line:
    """A seat and what its holder answered, if anything."""

    seat: Seat
    response: Response | None

    @property
    def coming(self) -> bool:
        return self.response is not None and self.response.answer in COMING


@dataclass(frozen=True, slots=True)
class Forecast:
    """The answers to a meeting, and what they mean for its quorum: seats with a vote alone count."""

    quorum: int | None
    lines: list[Line]

    def count(self, *answers: str) -> int:
        """How many seats, with a vote or not, gave one of these answers."""
        return sum(line.response is not None and line.response.answer in answers for line in self.lines)

    @property
    def unanswered(self) -> int:
        return sum(line.response is None for line in self.lines)

    @property
    def coming(self) -> int:
        """Seats with a vote that will be filled."""
        return sum(line.coming and line.seat.votes for line in self.lines)

    @property
    def possible(self) -> int:
        """Those, and the seats with a vote that have not answered."""
        return self.coming + sum(line.response is None and line.seat.votes for line in self.lines)

    @property
    def outlook(self) -> Outlook:
        if self.quorum is None:
            return Outlook.UNSET
        if self.coming >= self.quorum:
            return Outlook.MET
        return Outlook.OPEN if self.possible >= self.quorum else Outlook.MISSED

    @property
    def sentence(self) -> str:
        """The forecast in words."""
        given = {"coming": self.coming, "quorum": self.quorum, "possible": self.possible}
        match self.outlook:
            case Outlook.UNSET:
                return _("No quorum is set for this meeting. Members with a vote who are coming: %(coming)s.") % given
            case Outlook.MET:
                return _("There will be a quorum: %(coming)s are coming and %(quorum)s are needed.") % given
            case Outlook.OPEN:
                return (
                    _(
                        "A quorum is not certain yet: %(coming)s are coming, %(quorum)s are needed and at most"
                        " %(possible)s can come."
                    )
                    % given
                )
        return _("There will be no quorum: %(quorum)s are needed and at most %(possible)s can come.") % given

    @property
    def speakers(self) -> dict[str, int]:
        """How many mean to speak which language."""
        said = [line.response.speaks for line in self.lines if line.response]
        return {str(Speaks(key).label): said.count(key) for key in (Speaks.WELSH, Speaks.ENGLISH, Speaks.BOTH)}

    @property
    def asked(self) -> int:
        """How many asked for interpretation."""
        return sum(line.response is not None and line.response.interpretation for line in self.lines)

    @property
    def asked_sentence(self) -> str:
        return ngettext(
            "%(count)s member asked for interpretation.", "%(count)s members asked for interpretation.", self.asked
        ) % {"count": self.asked}


def forecast_of(meeting: Meeting) -> Forecast:
    """The seats that are held on the day of the meeting, in their order, each with its answer. Two queries."""
    seats = Seat.objects.filter(held_on(meeting.date), board=meeting.board_id).with_people().order_by("position", "pk")
    answered = {response.seat_id: response for response in meeting.responses.select_related("substitute__person__user")}
    return forecast(meeting.quorum, ((seat, answered.get(seat.pk)) for seat in seats))


def forecast(quorum: int | None, pairs: Iterable[tuple[Seat, Response | None]]) -> Forecast:
    return Forecast(quorum, [Line(seat, response) for seat, response in pairs])

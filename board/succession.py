"""What becomes of seats and actions when an organisation ends."""

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from organisations.succession import Part, Stays, copied, end_at, last_day, register

from .models import Action, Seat
from .states.actions import WAITING


def open_seats(name: str) -> Any:
    """Seats that go on after its last day. Those recorded from a source outside stay as it said."""

    def found(ended: Organisation) -> models.QuerySet[Any]:
        later = models.Q(ends=None) | models.Q(ends__gt=last_day(ended))
        return Seat.objects.filter(later, is_historic=False, **{name: ended})

    return found


def carry_seat(name: str) -> Any:
    """The same person sits for the successor from the day after."""

    def carry(seat: Seat, ended: Organisation) -> None:
        following = copied(seat, ended, **{f"{name}_id": ended.successor_id})
        if following is None:
            raise Stays
        end_at(seat, ended)
        following.save()

    return carry


register(
    Part("board.Seat.organisation", _("Seats of its people"), open_seats("organisation"), carry_seat("organisation")),
    Part("board.Seat.represents", _("Seats that speak for it"), open_seats("represents"), carry_seat("represents")),
    Part(
        "board.Action.organisation",
        _("Actions of the board that wait"),
        lambda ended: Action.objects.filter(organisation=ended, status__in=WAITING),
    ),
)

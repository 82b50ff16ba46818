"""Who may have a free place: places that are kept for a council go to its people alone while they are kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Count
from django.utils import timezone

from ..models import Booking, KeptPlaces, Session
from ..states import TAKING


@dataclass
class Room:
    """The places of a session: `kept` and `used` by the organisation's id."""

    capacity: int
    kept: Mapping[int, int]
    used: dict[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, session: Session) -> "Room":
        """As the rows say now; the session's row is locked by whoever acts on it."""
        rows = Booking.objects.filter(session=session, status__in=TAKING, walk_in=False)
        used = dict(rows.order_by().values_list("organisation").annotate(number=Count("pk")))
        keeps = timezone.now() < (session.kept_until or session.cut_off_at)
        kept = KeptPlaces.objects.filter(session=session).values_list("organisation", "places") if keeps else ()
        return cls(session.capacity, dict(kept), used)

    @property
    def free(self) -> int:
        """Places that nobody holds, for whomever they are kept."""
        return max(self.capacity - sum(self.used.values()), 0)

    def free_for(self, organisation: int) -> int:
        """Places that somebody of this organisation could have now."""
        for_others = sum(
            max(places - self.used.get(council, 0), 0)
            for council, places in self.kept.items()
            if council != organisation
        )
        return max(self.free - for_others, 0)

    def take(self, organisation: int) -> None:
        self.used[organisation] = self.used.get(organisation, 0) + 1


def has_a_place_at_once(session: Session, organisation: int, *, before: int | None = None) -> bool:
    """Whether there is a place for them, and nobody stands in front who could have it.

    `before`: the number of the booking that is asked about; None for a new one, which stands behind everybody.
    """
    room = Room.of(session)
    if not room.free_for(organisation):
        return False
    ahead = Booking.objects.waiting().filter(session=session)
    if before is not None:
        ahead = ahead.filter(pk__lt=before)
    return not any(room.free_for(council) for council in set(ahead.values_list("organisation", flat=True)))

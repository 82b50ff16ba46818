"""Messages about bookings."""

from .models import Booking


def tell(booking: Booking, kind: str) -> None:
    """Tell the learner."""

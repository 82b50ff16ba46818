"""What the boards say of each council in one number."""

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.measures import Measured, measure

from .models import Seat


@measure("seats", label=_("Seats on boards"), order=60)
def seats() -> Measured:
    """Seats of today on the programme's own boards that are held from the council; our reading is not counted."""
    held = Seat.objects.current().filter(board__is_demo=False, inferred=False, organisation__isnull=False).order_by()
    return Measured(dict(held.values_list("organisation").annotate(number=Count("pk"))))

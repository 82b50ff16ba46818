"""What the register of training says of each council in one number."""

from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.measures import Measured, measure

from . import counting
from .years import Year


@measure("officers_trained", label=_("Officers trained this plan year"), order=50)
def officers_trained() -> Measured:
    """Different officers since 1 April. Of so few that a number might point at a person, none is told."""
    found = counting.count_by_council(Year.current())
    told = {council: None if count.is_small else count.officers for council, count in found.items()}
    return Measured(told)

"""How needs are read: for one session, and no further."""

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q

from ..states import IN_REGISTER, BookingStatus

if TYPE_CHECKING:
    from ..models import LearnerNeeds, Session


class LearnerNeedsQuerySet(models.QuerySet["LearnerNeeds"]):
    """What people need to take part."""

    def for_session(self, session: "Session") -> list["LearnerNeeds"]:
        """Of those who have a place in it, or are offered one, and said that they need something; by name."""
        from ..models import Booking

        coming = Booking.objects.filter(session=session, status__in=[*IN_REGISTER, BookingStatus.OFFERED])
        said = self.filter(learner__in=coming.values("learner")).exclude(Q(access="") & Q(language=""))
        return sorted(said.select_related("learner__user"), key=lambda needs: str(needs.learner).casefold())

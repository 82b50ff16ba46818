"""How the forward work programme is read."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import F

from accounts.roles import Role, roles_of

from ..states.forward import PlannedStatus

if TYPE_CHECKING:
    from ..models import PlannedItem


class PlannedItemQuerySet(models.QuerySet["PlannedItem"]):
    """What is planned to come to boards. It is public; what a restricted item is about is not."""

    def visible_to(self, user: Any) -> "PlannedItemQuerySet":
        shown = self if settings.DEMO else self.filter(board__is_demo=False)
        works = roles_of(user).has(Role.SECRETARIAT, Role.AUTHOR, Role.CLEARER)
        return shown.all() if works else shown.exclude(status=PlannedStatus.DROPPED)

    def to_come(self) -> "PlannedItemQuerySet":
        """Neither on an agenda nor dropped."""
        return self.filter(status=PlannedStatus.PLANNED)

    def by_meeting(self) -> "PlannedItemQuerySet":
        """In the order of the meetings, those without one last."""
        return self.select_related("meeting", "owner", "board").order_by(F("meeting__date").asc(nulls_last=True), "pk")

"""How saved views are read."""

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from ..models import SavedView


class SavedViewQuerySet(models.QuerySet["SavedView"]):
    """Saved views of the portfolio."""

    def visible_to(self, user: Any) -> "SavedViewQuerySet":
        """Each person's own."""
        return self.filter(user=user) if user.is_authenticated else self.none()

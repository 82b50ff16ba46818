"""How the words of published papers are read."""

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from ..models import Passage


class PassageQuerySet(models.QuerySet["Passage"]):
    """Passages of papers."""

    def visible_to(self, user: Any) -> "PassageQuerySet":
        """Of the papers that this person may read."""
        from ..models import Paper

        return self.filter(paper__in=Paper.objects.visible_to(user).published())

"""How editions are read."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import F

if TYPE_CHECKING:
    from ..models import Edition


class EditionQuerySet(models.QuerySet["Edition"]):
    """What was published. `readable(user)` is what pages, packs, searches and offline copies may hold of it."""

    def standing(self) -> "EditionQuerySet":
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def readable(self, user: Any) -> "EditionQuerySet":
        """The editions that this person may read today: of papers that they may see, none withdrawn.

        While the latest edition of a paper is withdrawn, nothing of that paper is readable.
        """
        from ..models import Paper

        return self.standing().filter(paper__in=Paper.objects.visible_to(user).published())

    def current(self) -> "EditionQuerySet":
        """The one of each paper that its readers get."""
        return self.filter(number=F("paper__edition_number"))

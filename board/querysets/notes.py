"""How a reader's own marks and notes are read: nobody else's are ever there."""

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from ..models import Note, ReadMark


class ReadMarkQuerySet(models.QuerySet["ReadMark"]):
    """Marks of how far somebody has read."""

    def of(self, user: Any) -> "ReadMarkQuerySet":
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()

    def with_edition(self) -> "ReadMarkQuerySet":
        """Each with its edition, without all that it says."""
        return self.select_related("edition").defer("edition__content")


class NoteQuerySet(models.QuerySet["Note"]):
    """Private notes."""

    def of(self, user: Any) -> "NoteQuerySet":
        """One's own alone: no role opens anybody else's."""
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()

    def readable_by(self, user: Any) -> "NoteQuerySet":
        """One's own, on papers that one may still read."""
        from ..models import Paper

        return self.of(user).filter(paper__in=Paper.objects.visible_to(user))

    def with_edition(self) -> "NoteQuerySet":
        """Each with its edition, without all that it says."""
        return self.select_related("edition").defer("edition__content")

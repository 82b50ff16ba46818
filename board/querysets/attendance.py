"""How the day of a meeting is read."""

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from ..models import Attendance, Declaration


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    """Who was at a meeting."""

    def with_people(self) -> "AttendanceQuerySet":
        """Each with its person, seat and movements in the order of the items."""
        from ..models import Movement

        movements = Movement.objects.select_related("item").order_by("item__position")
        return self.select_related("person__user", "seat__person__user", "seat__organisation").prefetch_related(
            models.Prefetch("movements", movements)
        )

    def in_order(self) -> "AttendanceQuerySet":
        """By the places of the board, then those in attendance."""
        return self.order_by(models.F("seat__position").asc(nulls_last=True), "seat_id", "capacity", "pk")


class DeclarationQuerySet(models.QuerySet["Declaration"]):
    """Interests that were declared."""

    def of_meeting(self, meeting: Any) -> "DeclarationQuerySet":
        found = self.filter(item__meeting=meeting).select_related("person__user", "item")
        return found.order_by("item__position", "made_at")

    def said_by(self, user: Any) -> "DeclarationQuerySet":
        """One's own."""
        return self.filter(person__user_id=user.pk)

    def that_close(self, user: Any) -> "DeclarationQuerySet":
        """The prejudicial ones of this person: the restricted papers of those items are closed to them."""
        from ..models import DeclarationKind

        if user is None or not user.is_authenticated:
            return self.none()
        return self.filter(person__user_id=user.pk, kind=DeclarationKind.PREJUDICIAL)

"""How actions are read; `visible_to` says what a person may see."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Case, Q, Value, When
from django.utils import timezone

from ..states.actions import WAITING
from .outcomes import items_opened_to

if TYPE_CHECKING:
    from ..models import Action


class ActionQuerySet(models.QuerySet["Action"]):
    """What somebody does because a board said so."""

    def visible_to(self, user: Any) -> "ActionQuerySet":
        """As the decisions of their item; one's own always."""
        seen = items_opened_to(user)
        if user is not None and user.is_authenticated:
            own = Q(owner__user_id=user.pk)
            seen |= own if settings.DEMO else own & Q(item__meeting__board__is_demo=False)
        return self.filter(seen)

    def with_place(self) -> "ActionQuerySet":
        """Each with its owner, item, meeting, board and outcome."""
        return self.select_related("owner__user", "item__meeting__board", "outcome__edition__paper").defer(
            "outcome__edition__content"
        )

    def waiting(self) -> "ActionQuerySet":
        """Those that their owners have not reported done."""
        return self.filter(status__in=[*WAITING])

    def overdue(self, on: date | None = None) -> "ActionQuerySet":
        return self.waiting().filter(due__lt=on or timezone.localdate())

    def owned_by(self, user: Any) -> "ActionQuerySet":
        """One's own; nobody's for who is not signed in."""
        if user is None or not user.is_authenticated:
            return self.none()
        return self.filter(owner__user_id=user.pk)

    def shown(self) -> "ActionQuerySet":
        """The demonstration's are there in demonstration mode alone."""
        return self.all() if settings.DEMO else self.real()

    def real(self) -> "ActionQuerySet":
        """Not the demonstration's: what public figures count."""
        return self.filter(item__meeting__board__is_demo=False)

    def overdue_first(self) -> "ActionQuerySet":
        """What is overdue, the longest first; then what is to come; then what is done, the latest first."""
        rank = Case(When(status__in=[*WAITING], then=Value(0)), default=Value(1))
        settled = Case(When(status__in=[*WAITING], then=None), default=models.F("due"))
        return self.order_by(rank, settled.desc(nulls_last=True), "due", "pk")

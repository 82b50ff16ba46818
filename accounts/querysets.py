"""How people and memberships are read."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from .roles import Role, roles_of

if TYPE_CHECKING:
    from .models import Membership, Tenant, User


class UserQuerySet(models.QuerySet["User"]):
    """People."""

    def visible_to(self, user: Any) -> "UserQuerySet":
        """Administrators see everybody; others themselves."""
        if roles_of(user).has(Role.ADMINISTRATOR):
            return self
        return self.filter(pk=user.pk) if user.is_authenticated else self.none()


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Roles of people in organisations."""

    def current(self) -> "MembershipQuerySet":
        """Those that hold today; the last day is included."""
        return self.on(timezone.localdate())

    def on(self, day: Any) -> "MembershipQuerySet":
        """Those that hold on a day."""
        return self.filter(Q(ends=None) | Q(ends__gte=day), starts__lte=day)

    def not_ended(self) -> "MembershipQuerySet":
        """Those that hold today or will."""
        return self.filter(Q(ends=None) | Q(ends__gte=timezone.localdate()))

    def ended(self) -> "MembershipQuerySet":
        return self.filter(ends__lt=timezone.localdate())

    def to_come(self) -> "MembershipQuerySet":
        return self.filter(starts__gt=timezone.localdate())

    def to_review(self, quarter: Any) -> "MembershipQuerySet":
        """Those of today, given before the quarter began, of which nobody has said in it whether they are right."""
        return self.current().filter(starts__lt=quarter).exclude(reviews__quarter=quarter)

    def visible_to(self, user: Any) -> "MembershipQuerySet":
        """Administrators see all; a council's digital lead those of the council; others their own."""
        roles = roles_of(user)
        if roles.has(Role.ADMINISTRATOR):
            return self
        if not roles_of(user):
            return self.filter(user=user) if user.is_authenticated else self.none()
        return self.filter(Q(organisation__in=roles.organisation_ids(Role.DIGITAL_LEAD)) | Q(user=user))

    def with_people(self) -> "MembershipQuerySet":
        """With the person, the organisation and whom a deputy stands in for."""
        return self.select_related("user", "organisation", "deputy_for__user")


class TenantQuerySet(models.QuerySet["Tenant"]):
    """Councils' identity providers."""

    def open(self) -> "TenantQuerySet":
        """Those with which people sign in, of councils that the portal shows."""
        return self.filter(closed_at=None).select_related("organisation")


def with_people_count(organisations: Any) -> Any:
    """Organisations with `people`: how many people with an open account have a role there today."""
    today = timezone.localdate()
    current = Q(memberships__ends=None) | Q(memberships__ends__gte=today)
    current &= Q(memberships__starts__lte=today, memberships__user__is_active=True)
    return organisations.annotate(people=Count("memberships__user", filter=current, distinct=True))

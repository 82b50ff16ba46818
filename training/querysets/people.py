"""How learners, their doubles, imports, targets and requests are read."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, OuterRef, Prefetch, Q, TextField, Value
from django.db.models.functions import Coalesce, NullIf

from accounts.roles import Role, roles_of

from ..states import DoubleStatus, ImportStatus, PrivacyStatus

if TYPE_CHECKING:
    from ..models import Double, Import, ImportRow, Learner, PrivacyRequest, Target

WORKING = (ImportStatus.READING, ImportStatus.RUNNING, ImportStatus.UNDOING)


class LearnerQuerySet(models.QuerySet["Learner"]):
    """A learner is seen by themself, the team, and the coordinators of a council where they belong or came from."""

    def visible_to(self, user: Any) -> "LearnerQuerySet":
        roles = roles_of(user)
        rows = self if settings.DEMO else self.filter(is_demo=False)
        if roles.has(Role.TEAM):
            return rows
        if user is None or not user.is_authenticated or not user.is_active:
            return self.none()
        councils = roles.organisation_ids(Role.COORDINATOR)
        if not councils:
            return rows.filter(user=user)
        from ..models import Booking, LearnerMembership

        belong = LearnerMembership.objects.filter(organisation_id__in=councils).values("learner")
        came = Booking.objects.filter(organisation_id__in=councils).values("learner")
        return rows.filter(Q(user=user) | Q(pk__in=belong) | Q(pk__in=came))

    def of_address(self, email: str) -> "LearnerQuerySet":
        return self.filter(addresses__email__iexact=email.strip())

    def belonging_to(self, organisations: Any) -> "LearnerQuerySet":
        """Those who belong today to any of these organisations (ids)."""
        from ..models import LearnerMembership

        current = LearnerMembership.objects.current().filter(organisation_id__in=organisations)
        return self.filter(pk__in=current.values("learner"))

    def same_as(self, learner: "Learner") -> "LearnerQuerySet":
        """All rows of the same person, the first of them first."""
        return self.filter(Q(pk=learner.person_pk) | Q(person=learner.person_pk)).order_by("pk")

    def of_user(self, user: Any) -> "LearnerQuerySet":
        """All rows of the person whose account this is."""
        own = self.model.objects.filter(user=user).annotate(root=Coalesce("person_id", "pk")).values("root")
        return self.filter(Q(pk__in=own) | Q(person__in=own))

    def with_name(self) -> "LearnerQuerySet":
        """Adds `shown_name`, of the account or the row's own, to sort and to search by."""
        shown = Coalesce(NullIf("user__name", Value("")), F("user__email"), F("name"), output_field=TextField())
        return self.select_related("user").annotate(shown_name=shown)

    def with_opportunities(self, user: Any) -> "LearnerQuerySet":
        """Adds `opportunities`, attended bookings that this person sees, and `doubted`."""
        from ..models import Booking, Double
        from .sessions import counted

        attended = Booking.objects.visible_to(user).attended().filter(learner=OuterRef("pk"))
        doubts = Double.objects.open().filter(Q(first=OuterRef("pk")) | Q(second=OuterRef("pk")))
        return self.annotate(opportunities=counted(attended, "learner"), doubted=Exists(doubts))

    def with_places(self) -> "LearnerQuerySet":
        """With addresses, and with where they belong and belonged."""
        from ..models import LearnerMembership

        memberships = LearnerMembership.objects.select_related("organisation").order_by("-starts", "pk")
        return self.select_related("user").prefetch_related("addresses", Prefetch("memberships", memberships))


class DoubleQuerySet(models.QuerySet["Double"]):
    """Doubles are reviewed by the team, who alone sees every council."""

    def visible_to(self, user: Any) -> "DoubleQuerySet":
        if not roles_of(user).has(Role.TEAM):
            return self.none()
        return self if settings.DEMO else self.filter(first__is_demo=False)

    def open(self) -> "DoubleQuerySet":
        return self.filter(status=DoubleStatus.OPEN)

    def of(self, learner: "Learner") -> "DoubleQuerySet":
        """The pairs in which any row of this person stands."""
        from ..models import Learner

        same = Learner.objects.same_as(learner).values("pk")
        return self.filter(Q(first__in=same) | Q(second__in=same)).order_by("pk")

    def with_both(self) -> "DoubleQuerySet":
        return self.select_related("first__user", "second__user")


class ImportQuerySet(models.QuerySet["Import"]):
    """Imports are the team's; those of a demonstration person are the demonstration's."""

    def visible_to(self, user: Any) -> "ImportQuerySet":
        if not roles_of(user).has(Role.TEAM):
            return self.none()
        return self if settings.DEMO else self.filter(source__is_demo=False)

    def with_all(self) -> "ImportQuerySet":
        return self.select_related("source", "asked_by")

    def working(self) -> "ImportQuerySet":
        return self.filter(status__in=WORKING)


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    """Rows are seen with their import."""

    def waiting(self) -> "ImportRowQuerySet":
        """Good rows that are not in the register yet."""
        return self.filter(outcome__in=["new", "matched", "doubtful"], applied_at=None)


class TargetQuerySet(models.QuerySet["Target"]):
    """Targets are public; those of the demonstration stand on its own page of figures alone."""

    def of_year(self, year: Any, *, demonstration: bool) -> "TargetQuerySet":
        return self.filter(plan_year=str(year), is_demo=demonstration)


class PrivacyRequestQuerySet(models.QuerySet["PrivacyRequest"]):
    """A request is seen by who asked, and by the team that answers."""

    def visible_to(self, user: Any) -> "PrivacyRequestQuerySet":
        rows = self if settings.DEMO else self.filter(learner__is_demo=False)
        if roles_of(user).has(Role.TEAM):
            return rows
        if user is None or not user.is_authenticated or not user.is_active:
            return self.none()
        from ..models import Learner

        return rows.filter(learner__in=Learner.objects.of_user(user))

    def asked(self) -> "PrivacyRequestQuerySet":
        return self.filter(status=PrivacyStatus.ASKED)

"""How maturity assessments are read: whose result a person may see is the council's choice."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Q

from accounts.roles import Role, roles_of

from ..states import MaturityStatus

if TYPE_CHECKING:
    from ..models import MaturityAssessment, MaturityQuestion, MaturitySet

# the people of a council who assess it
COUNCIL_ROLES = (Role.OFFICER, Role.DIGITAL_LEAD, Role.FINANCE, Role.COORDINATOR)


class MaturitySetQuerySet(models.QuerySet["MaturitySet"]):
    """Question sets are public."""

    def newest(self) -> "MaturitySet | None":
        return self.order_by("-number").first()


class MaturityQuestionQuerySet(models.QuerySet["MaturityQuestion"]):
    """Questions are public, in the order of their set."""

    def of_set(self, question_set: Any) -> "MaturityQuestionQuerySet":
        return self.filter(theme__question_set=question_set).select_related("theme").order_by("theme__order", "order")


class MaturityAssessmentQuerySet(models.QuerySet["MaturityAssessment"]):
    """Assessments: one's own council's at any time, another's as that council chose, once it is agreed."""

    def visible_to(self, user: Any) -> "MaturityAssessmentQuerySet":
        from ..models import Sharing

        shown = self if settings.DEMO else self.filter(is_demo=False)
        roles = roles_of(user)
        levels = [Sharing.PUBLIC]
        if roles.has(*COUNCIL_ROLES, Role.TEAM):
            levels.append(Sharing.COUNCILS)
        if roles.has(Role.TEAM):
            levels.append(Sharing.TEAM)
        own = Q(organisation_id__in=roles.organisation_ids(*COUNCIL_ROLES))
        return shown.filter(own | Q(status=MaturityStatus.AGREED, sharing__in=levels))

    def open(self) -> "MaturityAssessmentQuerySet":
        return self.filter(status=MaturityStatus.OPEN)

    def agreed(self) -> "MaturityAssessmentQuerySet":
        return self.filter(status=MaturityStatus.AGREED)

    def of(self, organisation: Any) -> "MaturityAssessmentQuerySet":
        return self.filter(organisation=organisation)

    def newest_first(self) -> "MaturityAssessmentQuerySet":
        return self.order_by("-agreed_at", "-pk")

    def with_row(self) -> "MaturityAssessmentQuerySet":
        """With what a line of a list shows; adds `answered`."""
        return self.select_related("organisation", "question_set", "agreed_by").annotate(
            answered=Count("answers", filter=Q(answers__level__isnull=False))
        )

"""How assessments of skills are read: by the person, and by the manager with whom it was shared."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Q

from accounts.roles import roles_of
from wlga_portal.kernel.bilingual import sort_column

from ..states import SkillAssessmentStatus

if TYPE_CHECKING:
    from ..models import SkillAnswer, SkillAssessment


class SkillAssessmentQuerySet(models.QuerySet["SkillAssessment"]):
    """Nobody else sees one: neither the coordinator nor the team."""

    def visible_to(self, user: Any) -> "SkillAssessmentQuerySet":
        if user is None or not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(Q(learner__user=user) | Q(pk__in=self.model.objects.managed_by(user).values("pk")))

    def managed_by(self, user: Any) -> "SkillAssessmentQuerySet":
        """Shared with this manager, who still belongs to the council."""
        shared = self.exclude(status=SkillAssessmentStatus.DRAFT)
        return shared.filter(manager=user, organisation_id__in=roles_of(user).organisation_ids())

    def to_agree(self, user: Any) -> "SkillAssessmentQuerySet":
        """What waits for this manager."""
        return self.managed_by(user).filter(status=SkillAssessmentStatus.SHARED)

    def waiting_first(self) -> "SkillAssessmentQuerySet":
        """What waits for the manager, the longest first; then the rest, the newest first."""
        waits = models.Case(models.When(status=SkillAssessmentStatus.SHARED, then=0), default=1)
        return self.order_by(waits, "-agreed_at", "shared_at", "pk")

    def of(self, user: Any) -> "SkillAssessmentQuerySet":
        """A person's own, the newest first."""
        return self.filter(learner__user=user).order_by("-pk")

    def with_all(self) -> "SkillAssessmentQuerySet":
        """With what a page or a line of a list shows."""
        return self.select_related(
            "learner__user",
            "organisation",
            "manager",
            "role_level__entry__role",
            "role_level__entry__family__version__framework",
        )


class SkillAnswerQuerySet(models.QuerySet["SkillAnswer"]):
    """The skills of an assessment."""

    def worded(self) -> "SkillAnswerQuerySet":
        """By the alphabet of the page, with the words of their version and the described levels."""
        return (
            self.select_related("skill_entry__skill")
            .prefetch_related("skill_entry__levels")
            .order_by(f"skill_entry__{sort_column('title')}", "pk")
        )

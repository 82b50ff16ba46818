"""What a person says of their own skills against a role, and what their manager agrees."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisations.models import Organisation
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.workflow import WorkflowModel

from ..querysets import SkillAnswerQuerySet, SkillAssessmentQuerySet
from ..states import SKILL_ASSESSMENT, SkillAssessmentStatus
from .people import Learner
from .roles import RoleLevel
from .skills import Proficiency, SkillEntry

NOT_YET = 0
OWN_LEVELS = [(NOT_YET, pgettext_lazy("level of a skill", "Not yet")), *Proficiency.choices]
OPEN = (SkillAssessmentStatus.DRAFT, SkillAssessmentStatus.SHARED)


@tracked()
class SkillAssessment(WorkflowModel):
    """One person's own view of the skills of a role, at a level of it. Theirs alone until they share it.

    The role's level belongs to one version of its framework, so an old assessment keeps the words it was made with.
    """

    workflow = SKILL_ASSESSMENT
    status = SKILL_ASSESSMENT.field()
    learner = models.ForeignKey(Learner, on_delete=models.PROTECT, related_name="skill_assessments")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("Council")
    )
    role_level = models.ForeignKey(RoleLevel, on_delete=models.PROTECT, related_name="assessments")
    manager = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("Manager")
    )
    created_at = models.DateTimeField(auto_now_add=True)
    shared_at = models.DateTimeField(null=True, editable=False)
    agreed_at = models.DateTimeField(null=True, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = SkillAssessmentQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            SKILL_ASSESSMENT.constraint("skill_assessment_status_known"),
            models.UniqueConstraint(
                fields=["learner"], condition=Q(status__in=OPEN), name="skill_assessment_one_open_at_a_time"
            ),
            models.CheckConstraint(
                name="skill_assessment_shared_with_somebody",
                condition=Q(status=SkillAssessmentStatus.DRAFT) | Q(manager__isnull=False, shared_at__isnull=False),
            ),
            models.CheckConstraint(
                name="skill_assessment_agreed_on_a_day",
                condition=Q(status=SkillAssessmentStatus.AGREED, agreed_at__isnull=False)
                | (~Q(status=SkillAssessmentStatus.AGREED) & Q(agreed_at=None)),
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["organisation", "status"], name="skill_assessment_of_council")
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="another_agrees",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("manager_id", "learner_id"),
                func="""
                PERFORM 1 FROM training_learner WHERE id = NEW.learner_id AND user_id = NEW.manager_id;
                IF FOUND THEN
                    RAISE EXCEPTION 'nobody agrees their own assessment' USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;""",
            ),
            pgtrigger.Trigger(
                name="agreed_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("status", "role_level_id", "organisation_id", "agreed_at"),
                condition=pgtrigger.Q(old__status=SkillAssessmentStatus.AGREED),
                func="RAISE EXCEPTION 'this assessment is agreed' USING ERRCODE = 'check_violation';",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.learner_id}: {self.role_level}"

    def get_absolute_url(self) -> str:
        return reverse("training:assessment_page", kwargs={"pk": self.pk})

    @property
    def is_agreed(self) -> bool:
        return self.status == SkillAssessmentStatus.AGREED


@tracked(exclude=("example", "note"))
class SkillAnswer(models.Model):
    """One skill of an assessment: the person's own level, and the manager's where it is agreed.

    The texts are in no history. They may be emptied at any time; the levels of an agreed assessment stay.
    """

    assessment = models.ForeignKey(SkillAssessment, on_delete=models.CASCADE, related_name="answers")
    skill_entry = models.ForeignKey(SkillEntry, on_delete=models.PROTECT, related_name="answers")
    own_level = models.PositiveSmallIntegerField(_("Your level"), null=True, blank=True, choices=OWN_LEVELS)
    example = models.TextField(_("Example"), blank=True)
    agreed_level = models.PositiveSmallIntegerField(_("Agreed level"), null=True, blank=True, choices=OWN_LEVELS)
    note = models.TextField(_("Note of the manager"), blank=True)

    objects = SkillAnswerQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["assessment", "skill_entry"], name="skill_answer_once_a_skill"),
            models.CheckConstraint(
                name="skill_answer_own_level_known",
                condition=Q(own_level=None) | Q(own_level__in=dict(OWN_LEVELS)),
            ),
            models.CheckConstraint(
                name="skill_answer_agreed_level_known",
                condition=Q(agreed_level=None) | Q(agreed_level__in=dict(OWN_LEVELS)),
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="frozen",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("assessment_id", "skill_entry_id", "own_level", "agreed_level"),
                func="""
                PERFORM 1 FROM training_skillassessment WHERE id = NEW.assessment_id AND status = 'agreed';
                IF FOUND THEN
                    RAISE EXCEPTION 'this assessment is agreed' USING ERRCODE = 'check_violation';
                END IF;
                RETURN NEW;""",
            )
        ]

    def __str__(self) -> str:
        return f"{self.skill_entry}: {self.own_level}"

    @property
    def level(self) -> int | None:
        """The level that counts: the agreed one, else the person's own."""
        return self.own_level if self.agreed_level is None else self.agreed_level

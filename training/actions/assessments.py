"""What people do with assessments of their skills: start, answer, share, take back, agree, give back, delete."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from organisations.models import Organisation
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.notify import notify
from wlga_portal.kernel.versions import drop_draft
from wlga_portal.kernel.workflow import Refused, WrongState, advance

from ..models import RoleLevel, SkillAnswer, SkillAssessment
from ..states import SkillAssessmentStatus
from .people import learner_of


def assessment_start(*, by: Any, council: Organisation, step: RoleLevel) -> SkillAssessment:
    """A draft of one's own, with the skills that the level of the role asks for. Raises Refused where one is open."""
    with audited(by=by, why="assessment started"):
        learner = learner_of(by)
        try:
            with transaction.atomic():
                assessment = SkillAssessment.objects.create(
                    learner=learner, organisation=council, role_level=step, is_demo=by.is_demo
                )
        except IntegrityError as error:
            raise Refused(_("You have an assessment open already. Finish or delete it first.")) from error
        SkillAnswer.objects.bulk_create(
            SkillAnswer(assessment=assessment, skill_entry=asked.skill_entry)
            for asked in step.skills.select_related("skill_entry")
        )
    return assessment


def in_status(assessment: SkillAssessment, status: str) -> SkillAssessment:
    row = assessment.lock()
    if row.status != status:
        raise WrongState(_("This cannot be changed now."))
    return row


def draft_key(assessment: SkillAssessment) -> str:
    """Under which what a person typed and did not save is kept."""
    return f"training.assessment:{assessment.pk}"


def assessment_answer(*, assessment: SkillAssessment, answers: dict[int, tuple[int | None, str]], by: Any) -> None:
    """Keep one's own levels and examples, by the ids of the answers. What is not sent stays."""
    with audited(by=by, why="own levels stated"):
        in_status(assessment, SkillAssessmentStatus.DRAFT)
        for answer in SkillAnswer.objects.filter(assessment=assessment, pk__in=answers):
            level, example = answers[answer.pk]
            if (answer.own_level, answer.example) != (level, example):
                answer.own_level, answer.example = level, example
                answer.save(update_fields=["own_level", "example"])
        drop_draft(by, draft_key(assessment))


def assessment_share(*, assessment: SkillAssessment, manager: User, by: Any) -> None:
    """Send it to the manager, who is told. Raises Refused while a skill has no level."""

    def whole(row: SkillAssessment) -> None:
        if row.answers.filter(own_level=None).exists():
            raise Refused(_("Choose a level for each skill first."))
        row.manager, row.shared_at = manager, timezone.now()
        notify(manager, "training.skills_shared", url=row, context={"colleague": str(by)})

    advance(assessment, "share", by=by, also=whole)


def assessment_withdraw(*, assessment: SkillAssessment, by: Any) -> None:
    """Take it back from the manager, to change it."""
    advance(assessment, "withdraw", by=by)


def assessment_return(*, assessment: SkillAssessment, why: str, by: Any) -> None:
    """The manager gives it back with a reason, and the person is told."""

    def told(row: SkillAssessment) -> None:
        notify(row.learner.user, "training.skills_returned", url=row, context={"manager": str(by), "why": why})

    advance(assessment, "return", by=by, why=why, also=told)


def assessment_agree(*, assessment: SkillAssessment, levels: dict[int, tuple[int, str]], by: Any) -> None:
    """The manager agrees a level for each skill, with a note where it is not the person's own."""

    def agreed(row: SkillAssessment) -> None:
        answers = list(row.answers.all())
        for answer in answers:
            answer.agreed_level, answer.note = levels[answer.pk]
            if answer.agreed_level != answer.own_level and not answer.note:
                raise Refused(_("Say why where your level is not the person’s own."))
        SkillAnswer.objects.bulk_update(answers, ["agreed_level", "note"])
        row.agreed_at = timezone.now()
        notify(row.learner.user, "training.skills_agreed", url=row, context={"manager": str(by)})

    advance(assessment, "agree", by=by, also=agreed)


def assessment_delete(*, assessment: SkillAssessment, by: Any) -> None:
    """A draft of one's own goes."""
    with audited(by=by, why="draft deleted"):
        key = draft_key(assessment)
        in_status(assessment, SkillAssessmentStatus.DRAFT).delete()
        drop_draft(by, key)

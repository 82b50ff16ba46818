"""Maturity assessments: started, answered together, agreed by the council's digital lead, shown as it chooses."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from organisations.models import Organisation
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.versions import drop_draft, save_version
from wlga_portal.kernel.workflow import NotAllowed, Refused, WrongState, advance

from .. import rules
from ..models import MaturityAnswer, MaturityAssessment, MaturityQuestion, MaturitySet


def draft_key(answer: MaturityAnswer) -> str:
    return f"training.maturity_answer:{answer.pk}"


def maturity_start(*, council: Organisation, language: str, by: Any) -> MaturityAssessment:
    """The council's open assessment; a new one by the newest question set where there is none. Raises Refused."""
    if council not in rules.maturity_councils(by):
        raise NotAllowed(_("A council is assessed by its own people."))
    with audited(by=by, why="assessment started"):
        Organisation.objects.select_for_update().get(pk=council.pk)
        known = MaturityAssessment.objects.open().filter(organisation=council, is_demo=by.is_demo).first()
        if known is not None:
            return known
        newest = MaturitySet.objects.newest()
        if newest is None:
            raise Refused(_("There is no question set yet."))
        made = MaturityAssessment.objects.create(
            organisation=council, question_set=newest, language=language, started_by=by, is_demo=by.is_demo
        )
        MaturityAnswer.objects.bulk_create(
            MaturityAnswer(assessment=made, question=question) for question in MaturityQuestion.objects.of_set(newest)
        )
    return made


def maturity_answer(form: Any, *, by: Any) -> MaturityAnswer:
    """Save an answer. Raises Clash where somebody else changed the same field, Refused once it is agreed."""
    assessment = form.instance.assessment
    if not rules.maturity_write(by, assessment):
        raise NotAllowed(_("A council is assessed by its own people."))
    with audited(by=by, why="answered"):
        if not assessment.lock().is_open:
            raise WrongState(_("This assessment is no longer open."))
        answer: MaturityAnswer = save_version(form, by=by, why="answered")
    drop_draft(by, draft_key(answer))
    return answer


def maturity_agree(*, assessment: MaturityAssessment, sharing: str, in_spread: bool, by: Any) -> MaturityAssessment:
    """The digital lead says that this is how the council sees itself; from now on it is frozen. Raises Refused."""

    def settle(row: MaturityAssessment) -> None:
        if row.answers.filter(level=None).exists():
            raise WrongState(_("Answer every question before you agree the assessment."))
        row.agreed_at, row.agreed_by = timezone.now(), by
        row.sharing, row.in_spread = sharing, in_spread

    return advance(assessment, "agree", by=by, also=settle)


def maturity_drop(*, assessment: MaturityAssessment, why: str, by: Any) -> MaturityAssessment:
    return advance(assessment, "drop", by=by, why=why)


def maturity_share(*, assessment: MaturityAssessment, sharing: str, in_spread: bool, by: Any) -> None:
    """The council chooses again who sees an agreed result. Raises Refused."""
    if not rules.maturity_lead(by, assessment):
        raise NotAllowed(_("The council’s digital lead says who sees its result."))
    with audited(by=by, why="chose who sees the result"):
        row = assessment.lock()
        row.sharing, row.in_spread = sharing, in_spread
        row.save(update_fields=["sharing", "in_spread"])

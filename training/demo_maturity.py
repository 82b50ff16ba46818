"""What follows a session, and assessments of digital maturity, for the demonstration: all of it invented and marked.

Torfaen has one of last year and one that is open; Cardiff and six more have one each, so that there is a spread.
"""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from organisations.models import Organisation
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.bilingual import Text

from .loading_maturity import example_of
from .models import (
    Booking,
    Certificate,
    Feedback,
    MaturityAnswer,
    MaturityAssessment,
    MaturityQuestion,
    MaturitySet,
    Sharing,
)
from .states import MaturityStatus

OTHERS = ("blaenau-gwent", "bridgend", "caerphilly", "carmarthenshire", "ceredigion", "conwy")
YEAR = timedelta(days=365)
# useful, clear, confident, language, words
FEEDBACK = [
    (5, 4, 4, "en", "The exercise with our own pages was the best part."),
    (4, 4, 3, "cy", "Mwy o enghreifftiau yn Gymraeg, os gwelwch yn dda."),
    (5, 5, 4, "en", ""),
    (3, 4, 2, "en", "Two hours were short for all of it."),
    (4, 5, 4, "cy", ""),
]


def load_maturity(people: dict[str, Any], by: Any = None) -> None:
    question_set = MaturitySet.objects.newest()
    if question_set is None or MaturityAssessment.objects.filter(is_demo=True).exists():
        return
    lead, other = people["lead-torfaen"], people["lead-cardiff"]
    with audited(by=by, why="loaded with the demonstration"):
        load_after()
        first = begin(question_set, "torfaen", lead, "en")
        answer(first, shift=0)
        settle(first, lead, ago=YEAR, sharing=Sharing.COUNCILS)
        answer(begin(question_set, "torfaen", lead, "en"), shift=1, until=12)
        cardiff = begin(question_set, "cardiff", other, "cy")
        answer(cardiff, shift=2)
        settle(cardiff, other, ago=YEAR / 4, sharing=Sharing.PUBLIC)
        for number, slug in enumerate(OTHERS):
            one = begin(question_set, slug, other, "en")
            answer(one, shift=number + 2)
            settle(one, other, ago=YEAR / 2, sharing=Sharing.OWN)


def load_after() -> None:
    """A certificate of the officer who attended the demonstration's past session, and a group of answers about it."""
    booking = Booking.objects.attended().filter(session__course__is_demo=True, learner__user__isnull=False).first()
    if booking is None or Feedback.objects.filter(session=booking.session_id).exists():
        return
    Certificate.objects.get_or_create(booking=booking, revoked_at=None)
    for useful, clear, confident, language, words in FEEDBACK:
        Feedback.objects.create(
            session_id=booking.session_id,
            useful=useful,
            clear=clear,
            confident=confident,
            language=language,
            words=words,
            shown=True,
        )


def begin(question_set: MaturitySet, slug: str, user: Any, language: str) -> MaturityAssessment:
    council = Organisation.objects.get(slug_en=slug)
    return MaturityAssessment.objects.create(
        organisation=council, question_set=question_set, language=language, started_by=user, is_demo=True
    )


def answer(assessment: MaturityAssessment, *, shift: int, until: int = 1000) -> None:
    """The marked example's answers, each moved by a level here and there; the first `until` of them."""
    example = example_of(assessment.question_set)
    given = example["answers"] if example else {}
    rows = []
    for number, question in enumerate(MaturityQuestion.objects.of_set(assessment.question_set)):
        level, aim, evidence = given.get(question.code, (2, 0, {"en": "", "cy": ""}))
        moved = min(max(level + (number * 7 + shift * 5 + number // 4 * shift) % 4 - 1, 1), 5) if shift else level
        words = getattr(Text(**evidence), assessment.language) if not shift else ""
        rows.append(
            MaturityAnswer(
                assessment=assessment,
                question=question,
                level=moved if number < until else None,
                aim=aim if number < until and aim > moved else None,
                evidence=words,
            )
        )
    MaturityAnswer.objects.bulk_create(rows)


def settle(assessment: MaturityAssessment, user: Any, *, ago: timedelta, sharing: str) -> None:
    when = timezone.now() - ago
    MaturityAssessment.objects.filter(pk=assessment.pk).update(
        status=MaturityStatus.AGREED,
        started_at=when - timedelta(days=40),
        agreed_at=when,
        agreed_by=user,
        sharing=sharing,
        in_spread=True,
    )

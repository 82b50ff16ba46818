"""What an assessor has before them, as plain data: the page is drawn from it, and it is kept as it was handed in."""

from typing import Any

from django.utils.translation import override

from .models import Assessment, Section, Submission
from .models.submissions import digest


def shown_to_assessor(assessment: Assessment, language: str) -> dict[str, Any]:
    """The bid and the criteria as they stand on the assessor's page in this language, in full.

    The answers are the snapshot's own words, in the language of the bid (`text_language`); labels are the page's.
    """
    sent, snapshot = assessment.submission, assessment.submission.snapshot
    with override(language):
        return {
            "page_language": language,
            "text_language": sent.language,
            "submission": sent.number,
            "submission_sha256": sent.sha256,
            "reference": sent.reference,
            "title": sent.title,
            "lead": snapshot["lead"][f"name_{language}"],
            "topic": snapshot["topic"][f"name_{language}"],
            "amount_pence": sent.amount_pence,
            "sections": sections_of(snapshot, language),
            "partners": partners_of(snapshot, language),
            "criteria": criteria_of(assessment, language),
        }


def sections_of(snapshot: dict[str, Any], language: str) -> list[dict[str, Any]]:
    """The answers under the names of their sections, in the order in which they were asked."""
    sections: dict[str, list[dict[str, Any]]] = {}
    for answer in snapshot["answers"]:
        told = {"label": answer[f"label_{language}"], "text": answer["text"], "words": answer["words"]}
        sections.setdefault(str(Section(answer["section"]).label), []).append(told)
    return [{"name": name, "answers": answers} for name, answers in sections.items()]


def partners_of(snapshot: dict[str, Any], language: str) -> list[dict[str, Any]]:
    return [
        {"name": one[f"name_{language}"], "role": one["role"], "share_pence": one["share_pence"]}
        for one in snapshot["partners"]
    ]


def criteria_of(assessment: Assessment, language: str) -> list[dict[str, Any]]:
    """The criteria of the stage with their weights and what each score means."""
    return [
        {
            "key": criterion.key,
            "name": getattr(criterion, f"name_{language}"),
            "guidance": getattr(criterion, f"guidance_{language}"),
            "weight": criterion.weight,
            "levels": [getattr(criterion, f"level_{number}_{language}") for number in range(6)],
        }
        for criterion in assessment.bid.round.criteria_of(assessment.stage)
    ]


def digest_of(assessment: Assessment, language: str) -> str:
    """The hash of what the page shows now: what is handed in says what was read."""
    return digest(shown_to_assessor(assessment, language))


def is_latest(assessment: Assessment) -> bool:
    """Whether the bid was not sent again since it was given to the assessor."""
    latest: Submission | None = assessment.bid.latest
    return latest is not None and latest.pk == assessment.submission_id

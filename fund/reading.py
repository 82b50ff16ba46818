"""What an assessor has before them, as plain data: the page is drawn from it, and it is kept as it was handed in."""

from collections.abc import Mapping
from typing import Any

from django.utils.timezone import localdate
from django.utils.translation import override

from .models import Addendum, Assessment, BidTranslation, Submission
from .models.submissions import digest
from .sent_parts import by_section, cost_lines, effect_of
from .states.translation import TranslationStatus


def shown_to_assessor(assessment: Assessment, language: str) -> dict[str, Any]:
    """The bid and the criteria as they stand on the assessor's page in this language, in full.

    The answers are the snapshot's own words, in the language of the bid (`text_language`); labels are the page's. On a
    page in the other language each text has its translation beside it, once that is done (`translated`). What the
    council made clear since it sent the bid is there too.
    """
    sent, snapshot = assessment.submission, assessment.submission.snapshot
    state, texts = translation_of(sent, language)
    with override(language):
        return {
            "page_language": language,
            "text_language": sent.language,
            "submission": sent.number,
            "submission_sha256": sent.sha256,
            "translated": state,
            "reference": sent.reference,
            "title": sent.title,
            "title_translation": texts.get("title", ""),
            "lead": snapshot["lead"][f"name_{language}"],
            "topic": snapshot["topic"][f"name_{language}"],
            "amount_pence": sent.amount_pence,
            "sections": sections_of(snapshot, language, texts),
            "partners": partners_of(snapshot, language, texts),
            "costs": costs_of(snapshot, language, texts),
            "citations": [one.get("heading") or one["title"] for one in snapshot.get("citations", ())],
            "files": files_of(sent),
            "addenda": addenda_of(sent),
            "criteria": criteria_of(assessment, language),
        }


def translation_of(sent: Submission, language: str) -> tuple[str, dict[str, str]]:
    """Whether this page needs a translation ('' where not), and its texts by key once it is done."""
    if language == sent.language:
        return "", {}
    found = BidTranslation.objects.filter(submission=sent).first()
    if found is None or found.status != TranslationStatus.DONE:
        return str(TranslationStatus.WAITING) if found else "", {}
    return str(TranslationStatus.DONE), dict(found.texts.values_list("key", "text"))


def sections_of(snapshot: dict[str, Any], language: str, texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """The answers under the names of their sections, each with its translation."""

    def told(answer: dict[str, Any]) -> dict[str, Any]:
        return {
            "label": answer[f"label_{language}"],
            "effect": effect_of(answer),
            "text": answer["text"],
            "translation": texts.get(f"answer:{answer.get('key', '')}", ""),
            "words": answer["words"],
        }

    return [{"name": name, "answers": answers} for name, answers in by_section(snapshot, told)]


def partners_of(snapshot: dict[str, Any], language: str, texts: Mapping[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "name": one[f"name_{language}"],
            "role": one["role"],
            "translation": texts.get(f"partner:{one['slug']}", ""),
            "share_pence": one["share_pence"],
        }
        for one in snapshot["partners"]
    ]


def costs_of(snapshot: dict[str, Any], language: str, texts: Mapping[str, str]) -> list[dict[str, Any]]:
    """The lines of the costs, each with its translation."""

    def told(number: int, line: dict[str, Any]) -> dict[str, Any]:
        return {
            "translation": texts.get(f"cost:{number}", ""),
            "category": line[f"category_{language}"],
            "organisation": line[f"organisation_{language}"],
        }

    return cost_lines(snapshot, told)


def addenda_of(sent: Submission) -> list[dict[str, Any]]:
    """What the council made clear after it sent the bid, in the language in which it wrote."""
    rows = Addendum.objects.filter(bid=sent.bid_id)
    names = ("number", "about", "content", "language", "sha256")
    return [{**{name: getattr(row, name) for name in names}, "day": f"{localdate(row.at):%Y-%m-%d}"} for row in rows]


def files_of(sent: Submission) -> list[dict[str, Any]]:
    """The files that were sent. Whether one may be opened by now is not of what was read: the page says it."""
    rows = [one.attachment for one in sent.files.select_related("attachment__bid").order_by("attachment")]
    return [
        {
            "id": row.pk,
            "name": row.name,
            "kind": row.get_kind_display(),
            "size": row.size_in_words,
            "sha256": row.sha256,
        }
        for row in rows
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

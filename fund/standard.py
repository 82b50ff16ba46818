"""What a new round begins with (`standard.yaml`): a form, criteria with described scores, costs, files."""

from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from .models import CostCategory, Criterion, Question, RequiredAttachment, Round
from .models.criteria import LEVELS

FILE = Path(__file__).with_name("standard.yaml")


@cache
def standard() -> dict[str, Any]:
    """The file; read once."""
    found: dict[str, Any] = yaml.safe_load(FILE.read_text("utf-8"))
    return found


def both(name: str, text: dict[str, str]) -> dict[str, str]:
    return {f"{name}_{language}": text[language] for language in ("en", "cy")}


def give_criteria(one_round: Round) -> None:
    """The standard criteria, each score described."""
    levels = {
        key: text for level in LEVELS for key, text in both(f"level_{level}", standard()["levels"][level]).items()
    }
    Criterion.objects.bulk_create(
        Criterion(
            round=one_round,
            order=order,
            **{key: fact[key] for key in ("key", "stage", "weight")},
            **both("name", fact["name"]),
            **both("guidance", fact["guidance"]),
            **levels,
        )
        for order, fact in enumerate(standard()["criteria"], 1)
    )


def give_costs(one_round: Round) -> None:
    """The standard categories of cost, in the round's present form."""
    CostCategory.objects.bulk_create(
        CostCategory(
            round=one_round,
            form_version=one_round.form_version,
            order=order,
            key=fact["key"],
            **both("name", fact["name"]),
            **both("guidance", fact["guidance"]),
        )
        for order, fact in enumerate(standard()["cost_categories"], 1)
    )


def give_files(one_round: Round) -> None:
    """The files that the standard form asks for."""
    RequiredAttachment.objects.bulk_create(
        RequiredAttachment(
            round=one_round,
            form_version=one_round.form_version,
            order=order,
            **{key: fact[key] for key in ("key", "stage", "required")},
            **both("name", fact["name"]),
            **both("guidance", fact["guidance"]),
        )
        for order, fact in enumerate(standard()["required_attachments"], 1)
    )


def give_questions(one_round: Round, *, leave: Collection[str] = (), after: int = 0) -> None:
    """The standard questions, but those whose key is left out; their order goes on after `after`."""
    wanted = [fact for fact in standard()["questions"] if fact["key"] not in leave]
    Question.objects.bulk_create(
        Question(
            round=one_round,
            form_version=one_round.form_version,
            order=order,
            **{key: fact[key] for key in ("key", "stage", "section", "word_limit", "required")},
            **both("label", fact["label"]),
            **both("guidance", fact["guidance"]),
        )
        for order, fact in enumerate(wanted, after + 1)
    )

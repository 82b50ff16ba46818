"""Loads the streams and the stated totals from `programme/facts/training.yaml`; a second time changes nothing."""

from datetime import date
from typing import Any

from wlga_portal.kernel.audit import audited

from .frameworks import load_supplied
from .loading_maturity import load_question_sets
from .models import Kind, StatedTotal, Stream

WHY = "loaded from the facts of the programme"


def load(facts: dict[str, Any], by: Any = None) -> None:
    """`facts` holds each file by its name without the ending."""
    training = facts["training"]
    with audited(by=by, why=WHY):
        for stream in training["streams"]:
            load_stream(stream)
        for total in training["stated_totals"]:
            load_total(total)
    load_supplied(by)
    load_question_sets(by)


def load_stream(facts: dict[str, Any]) -> None:
    title, slug = facts["title"], facts["slug"]
    Stream.objects.update_or_create(
        slug_en=slug["en"], defaults={"slug_cy": slug["cy"], "title_en": title["en"], "title_cy": title["cy"]}
    )


def load_total(facts: dict[str, Any]) -> None:
    # the slug of a total is its kind and its year: `officers-trained-2021-22`
    kind = Kind(facts["slug"].removesuffix(f"-{facts['plan_year']}").replace("-", "_"))
    source, note = facts["source"], facts["note"] or {"en": "", "cy": ""}
    StatedTotal.objects.update_or_create(
        plan_year=facts["plan_year"],
        kind=kind,
        defaults={
            "label_en": facts["label"]["en"],
            "label_cy": facts["label"]["cy"],
            "target": facts["target"],
            "value": facts["actual"],
            "over": facts["at_least"],
            "outcome": facts["outcome"] or "",
            "note_en": note["en"],
            "note_cy": note["cy"],
            "source_en": source["title"]["en"],
            "source_cy": source["title"]["cy"],
            "source_date": as_day(source["date"]),
        },
    )


def as_day(value: date | str) -> date:
    """YAML gives a date as one, unless somebody has put it in quotes."""
    return value if isinstance(value, date) else date.fromisoformat(value)

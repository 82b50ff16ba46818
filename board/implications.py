"""What a paper says of its implications, and what of it is lacking."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from wlga_portal.kernel.bilingual import Text, publication_gaps

from .models import Implication, ImplicationKind, Paper, Purpose


@dataclass(frozen=True, slots=True)
class Stated:
    """One implication as it is read: `none` says that there is none, `text` why, or else what it is."""

    kind: str
    label: str
    none: bool
    text: Text

    @property
    def anchor(self) -> str:
        return f"i-{self.kind}"


def in_order(paper: Paper) -> list[tuple[ImplicationKind, Implication | None]]:
    """All six, each with its row where something is stated."""
    rows = {row.kind: row for row in paper.implications.all()}
    return [(kind, rows.get(kind)) for kind in ImplicationKind]


def content_of_implications(paper: Paper) -> list[dict[str, Any]]:
    """What an edition keeps of them, in their order; those without a text are left out."""
    return [
        {"kind": str(kind), "none": row.none, "text": {"en": row.text.en, "cy": row.text.cy}}
        for kind, row in in_order(paper)
        if row is not None and row.text
    ]


def stated_in(data: dict[str, Any]) -> list[Stated]:
    """What an edition says; editions of before there were implications say nothing."""
    return [
        Stated(one["kind"], str(ImplicationKind(one["kind"]).label), one["none"], Text(**one["text"]))
        for one in data.get("implications", [])
    ]


def restore_implications(paper: Paper, data: dict[str, Any]) -> None:
    """Set the rows back to what an edition says."""
    said = {one["kind"]: one for one in data.get("implications", [])}
    paper.implications.exclude(kind__in=said).delete()
    for kind, one in said.items():
        Implication.objects.update_or_create(
            paper=paper,
            kind=kind,
            defaults={"none": one["none"], "text_en": one["text"]["en"], "text_cy": one["text"]["cy"]},
        )


def implication_gaps(paper: Paper) -> Iterator[str]:
    """A paper for decision states all six; what any paper states, it states in both languages."""
    for kind, row in in_order(paper):
        if row is None or not row.text:
            if paper.purpose == Purpose.DECISION:
                yield _("The paper does not state its implications: %(kind)s.") % {"kind": kind.label}
            continue
        for gap in publication_gaps(row):
            yield f"{_('Implications')}, {kind.label}: {gap}"

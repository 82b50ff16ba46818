"""A paper as it is read: what an edition (or a draft) says, in one language, ready for the page."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import override

from accounts.models import User
from wlga_portal.kernel import charts
from wlga_portal.kernel.bilingual import Text, in_both

from .editions import content_of
from .markup import block_html, inline_html
from .models import BlockKind, Edition, Paper, Person, Purpose
from .wording import place_label

MARKER = re.compile(r"<!--tools (\w+)-->")  # where a reader's own tools and notes stand at a block
FIGURE = re.compile(r"-?\d[\d,]*(\.\d+)?")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `lang` where only the other language has it, `n` for a number."""

    html: SafeString
    lang: str
    n: bool


@dataclass(frozen=True, slots=True)
class Shown:
    """One block of the page. `anchor` and `number` are the same in both languages."""

    uid: str
    kind: str
    level: int | None
    number: int
    anchor: str
    html: SafeString
    lang: str
    columns: tuple[Cell, ...] = ()
    rows: tuple[tuple[Cell, ...], ...] = ()
    chart: charts.Chart | None = None

    @property
    def label(self) -> str:
        """ "Paragraph 12", in the page's language."""
        return place_label(self.kind, self.number)


@dataclass(frozen=True)
class Reading:
    """The body of a paper in one language."""

    blocks: tuple[Shown, ...]
    language: str

    @cached_property
    def html(self) -> str:
        """All blocks, drawn; the words around them are in the same language."""
        with override(self.language):
            return render_to_string("board/blocks.html", {"reading": self})

    @cached_property
    def bare(self) -> SafeString:
        """The same for a reader who keeps nothing."""
        return mark_safe(MARKER.sub("", self.html))  # noqa: S308  drawn by a template, which escapes

    @property
    def contents(self) -> list[Shown]:
        return [block for block in self.blocks if block.kind == BlockKind.HEADING]

    @property
    def recommendations(self) -> list[Shown]:
        return [block for block in self.blocks if block.kind == BlockKind.RECOMMENDATION]


def side(text: dict[str, str], language: str) -> tuple[str, str]:
    """The text in the language, or the other with its language's code."""
    if text[language]:
        return text[language], ""
    other = "en" if language == "cy" else "cy"
    return text[other], other if text[other] else ""


def cell_of(text: dict[str, str], language: str, *, n: bool = False) -> Cell:
    said, lang = side(text, language)
    return Cell(inline_html(said), lang, n)


def number_columns(table: dict[str, Any], language: str) -> set[int]:
    """The columns whose cells are all numbers; the first names the rows and is none."""
    columns = zip(*table["rows"], strict=False)
    return {
        index
        for index, cells in enumerate(columns)
        if index and all(number_of(side(cell, language)[0]) is not None for cell in cells)
    }


def shown(block: dict[str, Any], language: str) -> Shown:
    said, lang = side(block["text"], language)
    line = block["kind"] in (BlockKind.HEADING, BlockKind.TABLE, BlockKind.FIGURE)
    table = block["table"] or {"columns": [], "rows": []}
    numbers = number_columns(table, language)
    columns, *rows = (
        tuple(cell_of(cell, language, n=index in numbers) for index, cell in enumerate(line))
        for line in (table["columns"], *table["rows"])
    )
    return Shown(
        uid=block["uid"],
        kind=block["kind"],
        level=block["level"],
        number=block["number"],
        anchor=block["anchor"],
        html=inline_html(said) if line else block_html(said),
        lang=lang,
        columns=columns,
        rows=tuple(rows),
        chart=chart_of(said, table, block["anchor"], language) if block["kind"] == BlockKind.FIGURE else None,
    )


def chart_of(caption: str, table: dict[str, Any], anchor: str, language: str) -> charts.Chart | None:
    """Bars of the first column of numbers, named by the first column; None where there is none."""
    pairs = [(side(row[0], language)[0], number_of(side(row[1], language)[0])) for row in table["rows"] if len(row) > 1]
    if not any(value is not None for _label, value in pairs):
        return None
    label = side(table["columns"][1], language)[0] if len(table["columns"]) > 1 else ""
    return charts.bars(caption, pairs, value_label=label, name=f"chart-{anchor}")


def number_of(text: str) -> float | int | None:
    bare = text.strip().lstrip("£").rstrip("%")
    if not FIGURE.fullmatch(bare):
        return None
    plain = bare.replace(",", "")
    return float(plain) if "." in plain else int(plain)


@lru_cache(maxsize=64)
def frozen_reading(edition_id: int, sha256: str, language: str) -> Reading:
    """An edition never changes, so it is worked out and drawn once for each process and language."""
    return read(Edition.objects.get(pk=edition_id, sha256=sha256).data, language)


def read(data: dict[str, Any], language: str) -> Reading:
    return Reading(tuple(shown(block, language) for block in data["blocks"]), language)


def draft_data(paper: Paper) -> dict[str, Any]:
    """What an edition would say now."""
    return content_of(paper)


def text_of(data: dict[str, Any], name: str) -> Text:
    return Text(data[name]["en"], data[name]["cy"])


def purpose_label(data: dict[str, Any]) -> str:
    """ "For decision", or '' where the paper does not say."""
    return str(Purpose(data["purpose"]).label) if data["purpose"] else ""


def credited(data: dict[str, Any], part: str) -> list[Text]:
    """The names of those who wrote (`authors`) or cleared (`cleared_by`) it, found by their ids."""
    credits: list[dict[str, Any]] = data[part]
    users = names_of(User, (credit["user"] for credit in credits if "user" in credit))
    people = names_of(Person, (credit["person"] for credit in credits if "person" in credit))
    named = []
    for credit in credits:
        if "post" in credit:
            named.append(Text(credit["post"]["en"], credit["post"]["cy"]))
        else:
            found = users.get(credit["user"]) if "user" in credit else people.get(credit["person"])
            named.append(found or Text("", ""))
    return [name for name in named if name]


def names_of(model: Any, ids: Iterable[int]) -> dict[int, Text]:
    wanted = list(ids)
    if not wanted:
        return {}
    if model is Person:
        return {person.pk: person.named() for person in Person.objects.filter(pk__in=wanted).select_related("user")}
    return {user.pk: in_both(lambda: user) for user in model.objects.filter(pk__in=wanted)}  # noqa: B023  called at once

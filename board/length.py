"""How long a paper is, and how long it may be."""

import math
import re
from dataclasses import dataclass
from typing import Any

from .models import Purpose

WORDS_ON_A_PAGE = 450  # A4 in 11 point with numbered paragraphs
WORDS_A_MINUTE = 200  # a careful reader
FIGURE_WORDS = 150  # the place that a chart takes
BUDGET = {Purpose.INFORMATION: 5, Purpose.DISCUSSION: 10, Purpose.DECISION: 10}  # pages
WORD = re.compile(r"\w+(?:[’'-]\w+)*")


@dataclass(frozen=True, slots=True)
class Length:
    """Of the longer language: words, pages (begun pages count), minutes; `budget` in pages, None without a purpose."""

    words: int
    figures: int
    budget: int | None

    @property
    def pages(self) -> int:
        return math.ceil((self.words + self.figures * FIGURE_WORDS) / WORDS_ON_A_PAGE)

    @property
    def minutes(self) -> int:
        return math.ceil(self.words / WORDS_A_MINUTE)

    @property
    def over(self) -> int:
        """How many pages it is over its budget."""
        return max(0, self.pages - self.budget) if self.budget else 0


def words_of(data: dict[str, Any], language: str) -> int:
    """Every word that a reader of this language gets: front, blocks with their tables, implications."""
    texts = [data["title"][language], data["summary"][language]]
    for block in data["blocks"]:
        texts.append(block["text"][language])
        table = block["table"] or {"columns": [], "rows": []}
        texts += [cell[language] for row in (table["columns"], *table["rows"]) for cell in row]
    texts += [one["text"][language] for one in data.get("implications", [])]
    return sum(len(WORD.findall(text)) for text in texts)


def length_of(data: dict[str, Any]) -> Length:
    """Of what an edition says, or would say."""
    words = max(words_of(data, language) for language in ("en", "cy"))
    figures = sum(1 for block in data["blocks"] if block["kind"] == "figure")
    return Length(words, figures, BUDGET.get(data["purpose"]))

"""What the apps offer to the search, declared once by each: which rows, in which words, and who may find them.

    @findable("projects.post", kind="post", rows=Post.objects.all, visible=Post.objects.visible_to, watch=[Watch(Post)])
    def post(row: Post) -> Findable: ...

stands in an app's `searching.py`, which the kernel imports when Django is ready. `visible(user)` is asked in the very
query that finds: who may not see a row any more does not find it any more. `watch` names the tables whose changes
change the words; the database notes each change (see `programme.search.keeping`).
"""

import html
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.utils.html import strip_tags
from django.utils.translation import override

from .bilingual import LANGUAGES, Text
from .markup import article_html


@dataclass(frozen=True, slots=True)
class Findable:
    """One row as it can be found. A language without words is not found by itself.

    `for_all`: whether the public may ever find it; what is never public is not even counted in their questions.
    """

    title: Text
    text: Text
    url: Callable[[], str]
    day: date | None = None
    councils: tuple[int, ...] = ()
    for_all: bool = True

    def addresses(self) -> dict[str, str]:
        """Its address in each language."""
        found = {}
        for language in LANGUAGES:
            with override(language):
                found[language] = self.url()
        return found


@dataclass(frozen=True, slots=True)
class Watch:
    """A table whose rows change what is found: `column` holds the id of the row that is found, or, with `query`, the
    value for which that query (with `$1`) gives the ids. `only`: the columns whose changes matter, or all."""

    model: type[models.Model]
    column: str = "id"
    query: str = ""
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """Rows of one model that can be found. `rows` are those that anybody may find; `tell` gives None for what has no
    words."""

    name: str
    kind: str
    rows: Callable[[], models.QuerySet[Any]]
    visible: Callable[[Any], models.QuerySet[Any]]
    watch: tuple[Watch, ...]
    tell: Callable[[Any], Findable | None]


SOURCES: dict[str, Source] = {}
Teller = Callable[[Any], Findable | None]


def findable(
    name: str,
    *,
    kind: str,
    rows: Callable[[], models.QuerySet[Any]],
    visible: Callable[[Any], models.QuerySet[Any]],
    watch: Iterable[Watch],
) -> Callable[[Teller], Teller]:
    """Offer rows to the search; `name` is theirs alone, a `kind` may be shared."""

    def register(tell: Teller) -> Teller:
        SOURCES[name] = Source(name, kind, rows, visible, tuple(watch), tell)
        return tell

    return register


def joined(*parts: Text | Mapping[str, str] | str) -> Text:
    """Texts one after the other, in each language; a plain one stands in both."""

    def side(language: str) -> str:
        found = (
            part if isinstance(part, str) else part[language] if isinstance(part, Mapping) else getattr(part, language)
            for part in parts
        )
        return "\n".join(one for one in found if one)

    return Text(side("en"), side("cy"))


def unmarked(text: Text) -> Text:
    """The words of a text without its Markdown."""
    return Text(*(html.unescape(strip_tags(article_html(getattr(text, side)))).strip() for side in LANGUAGES))

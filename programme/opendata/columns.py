"""A column of a data set: how JSON and CSV write it. Made from the fields that the areas declare."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy, override, pgettext_lazy

from projects.fields import KINDS, Field, Label, of_model, pair
from wlga_portal.kernel.bilingual import LANGUAGES, Text

BOTH, LINKS, ROWS = "both", "links", "rows"
COLUMN_KINDS: dict[str, Label] = {
    **KINDS,
    BOTH: pgettext_lazy("kind of data", "Text in both languages"),
    LINKS: pgettext_lazy("kind of data", "Address in each language"),
    ROWS: pgettext_lazy("kind of data", "List of rows"),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `fields` are what stands for it in a CSV: two for what has two languages, none for a list of rows.

    `columns` are those of its rows; `example` is what stands in the description of the API.
    """

    key: str
    label: Label
    kind: str
    value: Callable[[Any], Any]
    help: Label = ""
    labels: Mapping[str, Label] = field(default_factory=dict)
    fields: tuple[Field, ...] = ()
    columns: "tuple[Column, ...]" = ()

    @property
    def kind_label(self) -> str:
        return str(COLUMN_KINDS[self.kind])

    def json(self, row: Any, language: str = "") -> Any:
        """As JSON has it: null where it is not published. With a language, a text is its side in that language, else

        the other, and says which.
        """
        if self.kind == ROWS:
            return [{one.key: one.json(part, language) for one in self.columns} for part in self.value(row)]
        if self.kind == BOTH:
            return text_json(self.value(row), language)
        if self.kind == LINKS:
            found = self.value(row)
            return found[language] if language else found
        return self.fields[0].raw(row) if self.kind != "text" else self.fields[0].raw(row) or None


def text_json(text: Text | None, language: str) -> dict[str, str] | None:
    if not text:
        return None
    if not language:
        return {"en": text.en, "cy": text.cy, "mark": str(text.mark)}
    found = language if getattr(text, language) else next(one for one in LANGUAGES if one != language)
    return {"text": getattr(text, found), "lang": found}


def columns(fields: Iterable[Field]) -> tuple[Column, ...]:
    """The columns of these fields: the two sides of a text become one."""
    found: list[Column] = []
    both: dict[str, Field] = {}
    for one in fields:
        if one.side_of is None:
            found.append(Column(one.key, one.label, one.kind, one.value, one.help, one.labels, (one,)))
            continue
        stem = one.key[:-3]
        if stem not in both:
            both[stem] = one
            continue
        label, value = one.side_of
        found.append(Column(stem, label, BOTH, value, one.help, fields=(both[stem], one)))
    return tuple(found)


def of(model: type[models.Model], *names: str) -> tuple[Column, ...]:
    """The columns of a model, called as its forms call them."""
    return columns(of_model(model, *names))


def one(
    key: str,
    label: Label,
    kind: str,
    value: Callable[[Any], Any],
    help: Label = "",
    labels: Mapping[str, Label] | None = None,
) -> tuple[Column, ...]:
    """A column of its own."""
    return columns([Field(key, label, kind, value, help, labels or {})])


def both(key: str, label: Label, value: Callable[[Any], Any], help: Label = "") -> tuple[Column, ...]:
    """A text in both languages: `value(row)` gives the `Text`, or None."""
    return columns(pair(key, label, value, help))


def rows(key: str, label: Label, parts: tuple[Column, ...], value: Callable[[Any], Iterable[Any]]) -> tuple[Column]:
    """A list of rows within a row: in JSON alone."""
    return (Column(key, label, ROWS, value, columns=parts),)


def addresses(read: Callable[[Any], str]) -> tuple[Column]:
    """The page of the row in each language; `read(row)` gives its path in the language in force."""

    def both_of(row: Any) -> dict[str, str]:
        return {language: side(row, language) for language in LANGUAGES}

    def side(row: Any, language: str) -> str:
        with override(language):
            return settings.BASE_URL + read(row)

    def reader(language: str) -> Callable[[Any], str]:
        return lambda row: side(row, language)

    labels = {"en": gettext_lazy("Address (English)"), "cy": gettext_lazy("Address (Welsh)")}
    fields = tuple(Field(f"address_{code}", label, "text", reader(code)) for code, label in labels.items())
    return (Column("address", gettext_lazy("Address"), LINKS, both_of, fields=fields),)


def page_of(row: Any) -> str:
    return str(row.get_absolute_url())

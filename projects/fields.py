"""A field of published data: what it is called, what it means, of which kind it is, and how it is written."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from wlga_portal.kernel.bilingual import LANGUAGES, Bilingual, lazy_label_in

Label = str | Promise
KINDS: dict[str, Label] = {
    "text": pgettext_lazy("kind of data", "Text"),
    "day": pgettext_lazy("kind of data", "Date (YYYY-MM-DD)"),
    "moment": pgettext_lazy("kind of data", "Date and time (ISO 8601)"),
    "number": pgettext_lazy("kind of data", "Number"),
    "pounds": pgettext_lazy("kind of data", "Amount in pounds"),
    "percent": pgettext_lazy("kind of data", "Per cent"),
    "choice": pgettext_lazy("kind of data", "One of these words"),
    "truth": pgettext_lazy("kind of data", "True or false"),
    "list": pgettext_lazy("kind of data", "List"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """`value(row)` gives the value, None where it is not published. `labels`: the words of a choice, by code.

    `team`: only the team may have it. `side_of`: of one side of a text, the label and the reader of the whole text.
    """

    key: str
    label: Label
    kind: str
    value: Callable[[Any], Any]
    help: Label = ""
    labels: Mapping[str, Label] = field(default_factory=dict)
    team: bool = False
    side_of: "tuple[Label, Callable[[Any], Any]] | None" = None

    @property
    def kind_label(self) -> str:
        return str(KINDS[self.kind])

    def raw(self, row: Any) -> Any:
        """The value as JSON has it: codes, ISO days, pounds; null where it is not published."""
        return raw(self.value(row), self.kind)

    def flat(self, row: Any) -> Any:
        """The same in one cell of a CSV: a list with semicolons, nothing where it is not published."""
        value = self.raw(row)
        if isinstance(value, list):
            return "; ".join(str(one) for one in value)
        if isinstance(value, bool):
            return str(value).lower()
        return "" if value is None else value

    def shown(self, row: Any) -> Any:
        """The same for people: words for codes, and "not published" for what is not there."""
        value = self.value(row)
        if value is None or value == "" or value == []:
            return "" if self.kind == "text" and value == "" else _("not published")
        if self.kind == "choice":
            return str(self.labels.get(value, value))
        if self.kind == "pounds":
            return value / 100
        return "; ".join(str(one) for one in value) if isinstance(value, list) else value


def raw(value: Any, kind: str) -> Any:
    """A value of a row as JSON has it; '' of anything but a text is null."""
    if value is None or (value == "" and kind != "text"):
        return None
    if kind == "pounds":
        return value / 100
    match value:
        case datetime() | date():
            return value.isoformat()
        case Decimal():
            return float(value)
        case bool() | int() | float():
            return value
        case list():
            return [raw(one, kind) for one in value]
    return str(value)


def pair(key: str, label: Label, value: Callable[[Any], Any], help: Label = "", *, team: bool = False) -> list[Field]:
    """The two fields of a text: `value(row)` gives the `Text`, or None."""

    def side(language: str) -> Callable[[Any], Any]:
        return lambda row: getattr(text, language) if (text := value(row)) is not None else ""

    return [
        Field(
            f"{key}_{language}",
            lazy_label_in(label, language),
            "text",
            side(language),
            help,
            team=team,
            side_of=(label, value),
        )
        for language in LANGUAGES
    ]


def of_model(model: type[models.Model], *names: str) -> list[Field]:
    """The fields of a model's columns, called as its forms call them; a text in two languages makes two."""
    found: list[Field] = []
    for name in names:
        text = getattr(model, "bilingual", {}).get(name)
        if isinstance(text, Bilingual):
            found += pair(name, text.label, attrgetter(name))
        else:
            found.append(of_column(model._meta.get_field(name)))
    return found


def of_column(column: Any) -> Field:
    key, label = column.name.removesuffix("_pence"), column.verbose_name
    read: Callable[[Any], Any] = lambda row: getattr(row, column.attname)  # noqa: E731  bound to this column
    if column.choices:
        return Field(key, label, "choice", read, labels=dict(column.flatchoices))
    return Field(key, label, kind_of(column), read)


def kind_of(column: Any) -> str:
    kinds: Iterable[tuple[Any, str]] = (
        (models.DateTimeField, "moment"),
        (models.DateField, "day"),
        (models.BooleanField, "truth"),
        ((models.IntegerField, models.AutoField, models.DecimalField, models.ForeignKey), "number"),
    )
    if column.name.endswith("_pence"):
        return "pounds"
    return next((kind for types, kind in kinds if isinstance(column, types)), "text")


NOT_PUBLISHED = gettext_lazy("Empty where no source gives it: never 0, never a guess.")

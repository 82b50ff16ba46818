"""The columns of lists: each makes, once for a list, the function that draws its cells."""

from collections.abc import Callable
from functools import cache
from typing import Any

import django_tables2
from django.utils.html import conditional_escape

from .components import bi, confidence, tag
from .wording import day, moment, not_published, number, pounds

Draw = Callable[[Any], str]


class Column(django_tables2.Column):
    """A column of text. It sorts only where `order_by` names the database's columns.

    `link`: True for the record's own page, or a function of the record that gives an address ('' for none).
    `order_by`: a name that ends in `_key` gets the page's language (`title_key` sorts by `title_key_cy`).
    `empty`: what stands where there is no value; "not published" unless said otherwise.
    """

    kind = ""  # the cell's class: n (a number) or d (a date)
    labelled = True  # whether a cell of the narrow form names its column
    few_values = False  # the same values come again and again: each is drawn once for the list

    def __init__(
        self, verbose_name: Any = None, *, link: bool | Callable[[Any], str] = False, empty: Any = None, **options: Any
    ) -> None:
        options.setdefault("orderable", "order_by" in options)
        if options.get("accessor"):
            options["accessor"] = str(options["accessor"]).replace(".", "__")
        super().__init__(verbose_name, **options)
        self.link, self.empty = link, empty

    def cell(self, value: Any) -> Any:
        """What stands in the cell for a value that is there; escaped afterwards unless marked safe."""
        return bi(value)

    def drawer(self) -> Draw:
        """A function of the value, made once for the list."""
        empty = not_published() if self.empty is None else conditional_escape(self.empty)
        cell = self.cell

        def draw(value: Any) -> str:
            shown = "" if value is None or value == "" else cell(value)
            return empty if shown == "" else conditional_escape(shown)

        return cache(draw) if self.few_values else draw


class ActionColumn(Column):
    """What a person may do with a row: its link says so itself, so the narrow form of the list names no column."""

    labelled = False


class NumberColumn(Column):
    """A number, aligned by its digits."""

    kind = "n"

    def cell(self, value: Any) -> Any:
        return number(value)


class MoneyColumn(Column):
    """An amount in pence, shown in pounds."""

    kind = "n"

    def cell(self, value: Any) -> Any:
        return pounds(value)


class DayColumn(Column):
    """A date."""

    kind = "d"
    few_values = True

    def cell(self, value: Any) -> Any:
        return day(value)


class MomentColumn(Column):
    """A date and a time."""

    kind = "d"
    few_values = True

    def cell(self, value: Any) -> Any:
        return moment(value)


class ConfidenceColumn(Column):
    """Delivery confidence, by word, shape and colour."""

    few_values = True

    def cell(self, value: Any) -> Any:
        return confidence(value)


class TagColumn(Column):
    """A status as a tag. `labels` and `colours` by the stored value; each tag is drawn once for the list."""

    def __init__(
        self, verbose_name: Any = None, *, labels: Any = (), colours: dict[str, str] | None = None, **options: Any
    ) -> None:
        super().__init__(verbose_name, **options)
        self.labels, self.colours = labels, colours or {}

    def drawer(self) -> Draw:
        labels = dict(self.labels)
        drawn = {str(key): str(tag(text, self.colours.get(str(key), "grey"))) for key, text in labels.items()}
        plain = super().drawer()
        return lambda value: drawn.get(str(value)) or plain(value)

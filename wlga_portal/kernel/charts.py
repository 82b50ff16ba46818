"""Charts as server-made SVG: a sentence that says what the chart shows, the picture, its figures as a table, a CSV.

    chart = bars(_("Bids by topic"), [(topic.title, count), ...], csv_url=..., sentence=...)
    {% load charts %}{% chart chart %}

A value of None reads "not published" and draws nothing: it is never 0. Sizes are in em and per cent, so that a chart
fits 320 px, and grows with the reader's text. `chart_drawing` draws.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from . import chart_drawing
from .wording import number

Value = float | int | None
NAME = gettext_lazy("Name")


class Kind(StrEnum):
    """How a chart is drawn."""

    BARS = "bars"
    LINES = "lines"
    SHARES = "shares"


@dataclass(frozen=True)
class Series:
    """One row of values, a value for each label of its chart."""

    label: Any
    values: Sequence[Value]


@dataclass(frozen=True)
class Chart:
    """What a chart shows. `say` writes a value (`wording.pounds` for pence); `header` heads the labels' column."""

    kind: Kind
    title: Any
    labels: Sequence[Any]
    series: Sequence[Series]
    stated: Any = ""
    csv_url: str = ""
    header: Any = NAME
    say: Callable[[Any], Any] = number
    area: bool = False
    name: str = ""
    note: Any = ""

    def __post_init__(self) -> None:
        if any(len(series.values) != len(self.labels) for series in self.series):
            raise ValueError("each series has one value for each label")

    @cached_property
    def id(self) -> str:
        """The same chart has the same id on every page."""
        return self.name or f"chart-{hashlib.sha256(str(self.title).encode()).hexdigest()[:8]}"

    def said(self, value: Value) -> str:
        return _("not published") if value is None else str(self.say(value))

    @property
    def sentence(self) -> str:
        return str(self.stated) or sentence_of(self)

    @property
    def svg(self) -> SafeString:
        return chart_drawing.draw(self)

    @property
    def picture(self) -> SafeString:
        """The same with a size of its own, for a PDF."""
        return chart_drawing.draw(self, alone=True)

    @property
    def rows(self) -> list[tuple[Any, list[str]]]:
        """The figures: a label and what is said of each series."""
        return [
            (label, [self.said(series.values[place]) for series in self.series])
            for place, label in enumerate(self.labels)
        ]

    def csv_rows(self) -> Iterable[list[Any]]:
        """The figures as data: the header, then a row for each label; an empty cell is not published."""
        yield [self.header, *(series.label for series in self.series)]
        for place, label in enumerate(self.labels):
            yield [label, *(series.values[place] for series in self.series)]


def bars(
    title: Any, rows: Iterable[tuple[Any, Value]], *, value_label: Any = "", sentence: Any = "", **more: Any
) -> Chart:
    """Horizontal bars, one for each (label, value), in the order given."""
    pairs = list(rows)
    only = Series(value_label or _("Number"), [value for _label, value in pairs])
    return Chart(Kind.BARS, title, [label for label, _value in pairs], [only], sentence, **more)


def grouped_bars(
    title: Any, labels: Sequence[Any], series: Sequence[Series], *, sentence: Any = "", **more: Any
) -> Chart:
    """For each label, a bar of each series."""
    return Chart(Kind.BARS, title, labels, series, sentence, **more)


def lines(title: Any, labels: Sequence[Any], series: Sequence[Series], *, sentence: Any = "", **more: Any) -> Chart:
    """Values over time, a line of each series (`area=True` fills below it); labels are the times, oldest first."""
    return Chart(Kind.LINES, title, labels, series, sentence, **more)


def shares(title: Any, labels: Sequence[Any], series: Sequence[Series], *, sentence: Any = "", **more: Any) -> Chart:
    """For each label, a whole of which each series is a part."""
    return Chart(Kind.SHARES, title, labels, series, sentence, **more)


def sentence_of(chart: Chart) -> str:
    """What the chart says, when its caller did not: the ends of a line, the ends of a ranking, the largest part."""
    first = chart.series[0] if chart.series else None
    known = [
        (value, label) for label, value in zip(chart.labels, first.values, strict=True) if value is not None
    ] if first else []  # fmt: skip
    if first is None or not known:
        return _("Nothing is published yet.")
    if chart.kind == Kind.SHARES:
        return largest_part(chart)
    (start, since), (end, until) = known[0], known[-1]
    if len(known) == 1:
        return _("%(label)s: %(value)s.") % {"label": since, "value": chart.said(start)}
    if chart.kind == Kind.LINES:
        words = {
            "series": first.label,
            "start": chart.said(start),
            "since": since,
            "end": chart.said(end),
            "until": until,
        }
        return _("%(series)s: %(start)s at the start (%(since)s), %(end)s at the end (%(until)s).") % words
    (most, top), (least, bottom) = max(known, key=lambda pair: pair[0]), min(known, key=lambda pair: pair[0])
    if most == least:
        return _("%(series)s: %(value)s each.") % {"series": first.label, "value": chart.said(most)}
    words = {"series": first.label, "top": top, "most": chart.said(most), "bottom": bottom, "least": chart.said(least)}
    return _("%(series)s: highest for %(top)s (%(most)s), lowest for %(bottom)s (%(least)s).") % words


def largest_part(chart: Chart) -> str:
    sums = [(sum(value or 0 for value in series.values), series.label) for series in chart.series]
    whole = sum(total for total, _label in sums)
    if not whole:
        return _("Nothing is published yet.")
    most, label = max(sums, key=lambda pair: pair[0])
    words = {
        "label": label, "value": chart.said(most), "whole": chart.said(whole), "percent": round(100 * most / whole),
    }  # fmt: skip
    return _("The largest part is “%(label)s”: %(value)s of %(whole)s (%(percent)s%%).") % words

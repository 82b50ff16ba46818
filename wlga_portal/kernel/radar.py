"""A radar: one axis for each label, a line for each series, drawn by the server as SVG.

    chart = radar(_("Maturity by theme"), labels, [Series(_("Now"), [3, 2.5, …])], most=5)
    {% load charts %}{% chart chart %}

The axes carry numbers, which stand before the labels in the table: words around a circle would not fit 320 px. The
middle is 0. A series with an unknown value is drawn as points alone.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.safestring import SafeString

from .charts import Chart, Kind, Series
from .svg import COLOURS, DASHES, GRID, INK, LOOKS, PAPER, STROKES, element, marker

SIDE = 400  # of the drawing, in its own units
UNITS = 19  # to an em: where there is room the drawing is as high as this gives, else as wide as its column
MIDDLE = SIDE / 2
REACH = 160  # from the middle to the highest value
LETTERS = 18
LEGEND = 30


@dataclass(frozen=True)
class Radar(Chart):
    """A chart whose axes run from one middle; `most` is the value at their ends."""

    most: int = 5

    @property
    def svg(self) -> SafeString:
        return draw(self)


def radar(title: Any, labels: Sequence[Any], series: Sequence[Series], *, most: int, **more: Any) -> Radar:
    return Radar(Kind.BARS, title, labels, series, most=most, **more)


def point(chart: Radar, axis: int, value: float) -> tuple[float, float]:
    """Where a value stands: the first axis points up, the next go round with the clock."""
    turn = 2 * math.pi * axis / len(chart.labels)
    length = REACH * value / chart.most
    return round(MIDDLE + length * math.sin(turn), 1), round(MIDDLE - length * math.cos(turn), 1)


def corners(points: Sequence[tuple[float, float]]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)


def written(content: Any, x: float, y: float, **attributes: Any) -> SafeString:
    return element("text", content, x=f"{x:g}", y=f"{y:g}", font_size=LETTERS, fill="currentColor", **attributes)


def grid(chart: Radar) -> list[SafeString]:
    """A ring for each whole value, an axis for each label, and their numbers."""
    axes = range(len(chart.labels))
    parts = [
        element(
            "polygon", points=corners([point(chart, axis, ring) for axis in axes]), fill="none", stroke=GRID,
            stroke_width=1,
        )
        for ring in range(1, chart.most + 1)
    ]  # fmt: skip
    for axis in axes:
        x, y = point(chart, axis, chart.most)
        parts.append(element("line", x1=MIDDLE, y1=MIDDLE, x2=x, y2=y, stroke=GRID, stroke_width=1))
        x, y = point(chart, axis, chart.most * 1.13)
        parts.append(written(axis + 1, x, y + LETTERS / 3, text_anchor="middle", font_weight="bold"))
    return parts


def scale(chart: Radar) -> list[SafeString]:
    """The values of the rings, on white beside the first axis, above all lines."""
    parts = []
    for ring in range(1, chart.most + 1):
        x, y = point(chart, 0, ring)
        parts.append(element("rect", x=x - 17, y=y - 8, width=13, height=16, fill=PAPER, fill_opacity=0.8))
        parts.append(element("text", ring, x=x - 6, y=y + 5, font_size=14, text_anchor="end", fill=INK))
    return parts


def line(chart: Radar, number: int, series: Series) -> list[SafeString]:
    points = [None if value is None else point(chart, axis, float(value)) for axis, value in enumerate(series.values)]
    known = [place for place in points if place is not None]
    parts = []
    if known and len(known) == len(points):
        parts.append(
            element(
                "polygon", points=corners(known), fill=COLOURS[number % LOOKS] if number == 0 else "none",
                fill_opacity=0.15 if number == 0 else None, stroke=STROKES[number % LOOKS], stroke_width=3,
                stroke_dasharray=DASHES[number % LOOKS],
            )
        )  # fmt: skip
    return parts + [marker(number, x=f"{x:g}", y=f"{y:g}") for x, y in known]


def legend(chart: Radar) -> list[SafeString]:
    parts = []
    for number, series in enumerate(chart.series):
        y = SIDE + LEGEND * number + 20
        parts.append(
            element(
                "line", x1=10, x2=50, y1=y, y2=y, stroke=STROKES[number % LOOKS], stroke_width=3,
                stroke_dasharray=DASHES[number % LOOKS],
            )
        )  # fmt: skip
        parts.append(marker(number, x="30", y=f"{y}"))
        parts.append(written(series.label, 62, y + 6))
    return parts


def draw(chart: Radar) -> SafeString:
    drawn = [part for number, series in enumerate(chart.series) for part in line(chart, number, series)]
    height = SIDE + LEGEND * len(chart.series) + 10
    return element(
        "svg",
        element("title", chart.title, id=f"{chart.id}-title"),
        element("desc", chart.sentence, id=f"{chart.id}-desc"),
        *grid(chart),
        *drawn,
        *scale(chart),
        *legend(chart),
        xmlns="http://www.w3.org/2000/svg", role="img", width="100%", height=f"{height / UNITS:.1f}em",
        viewBox=f"0 0 {SIDE} {height}", preserveAspectRatio="xMinYMin meet",
        aria_labelledby=f"{chart.id}-title {chart.id}-desc",
    )  # fmt: skip

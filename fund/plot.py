"""Every score of a stage as a plot: a row for each bid, a mark for each score at its points, a line at the bid's score.

It is a chart of the kernel with a drawing of its own: the same sentence, table and look.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from wlga_portal.kernel.chart_drawing import Drawing
from wlga_portal.kernel.charts import Chart, Kind, Series, Value
from wlga_portal.kernel.svg import GRID, element, em, marker, percent, text

FIRST, STEP = 4.0, 18.4  # per cent across: where 0 stands, and from one point to the next
STACK = 0.95  # em from one mark to the next above it


@dataclass(frozen=True)
class Row:
    """A bid in the plot: its label, its score, and (number of the assessor, points) of each score."""

    label: str
    score: Fraction | None
    marks: Sequence[tuple[int, int]]


@dataclass(frozen=True)
class ScorePlot(Chart):
    """`labels` and `series` are the figures of the table: a row for each bid and criterion, a column an assessor."""

    plotted: Sequence[Row] = field(default=())

    def said(self, value: Value) -> str:
        return _("no score") if value is None else str(self.say(value))

    @property
    def svg(self) -> SafeString:
        return draw(self)


def score_plot(title: Any, labels: Sequence[Any], series: Sequence[Series], plotted: Sequence[Row]) -> ScorePlot:
    return ScorePlot(
        Kind.LINES, title, labels, series, stated=sentence(plotted), header=_("Bid and criterion"), plotted=plotted
    )


def sentence(plotted: Sequence[Row]) -> str:
    """How many scores, and of which bid they differ most."""
    count = sum(len(row.marks) for row in plotted)
    if not count:
        return _("No scores are handed in yet.")
    widest = max(plotted, key=lambda row: width_of(row))
    words = {"count": count, "bid": widest.label, "points": width_of(widest)}
    return _("%(count)s scores. They differ most for %(bid)s: by %(points)s points.") % words


def width_of(row: Row) -> int:
    points = [value for _who, value in row.marks]
    return max(points, default=0) - min(points, default=0)


def across(points: float) -> float:
    return FIRST + STEP * points


def draw(plot: ScorePlot) -> SafeString:
    drawing = Drawing(plot)
    drawing.legend()
    for row in plot.plotted:
        drawing.line(row.label)
        high = max(Counter(points for _who, points in row.marks).values(), default=0)
        top, foot = drawing.y, drawing.y + STACK * max(high, 1) + 0.3
        for points in range(6):
            x = percent(across(points))
            drawing.parts.append(element("line", x1=x, x2=x, y1=em(top), y2=em(foot), stroke=GRID))
            drawing.parts.append(text(points, x=x, y=foot + 0.9, size=0.85, text_anchor="middle"))
        stacked: Counter[int] = Counter()
        for who, points in sorted(row.marks, key=lambda mark: (mark[1], mark[0])):
            y = foot - 0.5 - STACK * stacked[points]
            drawing.parts.append(marker(who, x=percent(across(points)), y=em(y)))
            stacked[points] += 1
        if row.score is not None:
            x = percent(across(float(row.score)))
            drawing.parts.append(
                element("line", x1=x, x2=x, y1=em(top), y2=em(foot), stroke="currentColor", stroke_width=3)
            )
        drawing.y = foot + 1.6
    return drawing.finished()

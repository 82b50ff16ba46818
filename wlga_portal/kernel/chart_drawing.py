"""The geometry of charts: across in per cent of the width, down in em, so that text keeps its size at every width."""

import math
import textwrap
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from .svg import COLOURS, DASHES, GRID, INK, LOOKS, PAPER, STROKES, element, em, fill, marker, patterns, percent, text

if TYPE_CHECKING:
    from .charts import Chart

LINE = 1.35  # em from one line of text to the next
LABEL_LETTERS = 34  # letters that fit a line at 320 px
BAR_ROOM = 68  # per cent of the width for the longest bar; the rest is for its value
BAR = 1.15  # em
PLOT = 12.0  # em, the height of a chart over time
TIMES = 3  # labels under a chart over time that fit at 320 px; four do when there are no more
WIDE, LETTERS = 520, 15.2  # of a chart in a document, in its own units
LEAST_TOLD_SHARE = 14  # per cent of the width that a written number needs


class Drawing:
    """Elements one below another; `y` is the place of the next, in em."""

    def __init__(self, chart: "Chart") -> None:
        self.chart = chart
        self.parts: list[SafeString] = []
        self.y = 0.3

    def line(self, content: Any) -> None:
        for part in textwrap.wrap(str(content), LABEL_LETTERS) or [""]:
            self.parts.append(text(part, x="0", y=self.y + 1))
            self.y += LINE

    def legend(self) -> None:
        """Which look is which series, when there is more than one."""
        if len(self.chart.series) == 1:
            return
        for number, series in enumerate(self.chart.series):
            if self.chart.kind == "lines":
                self.parts.append(marker(number, x="0.6em", y=em(self.y + 0.7)))
            else:
                look = {"fill": fill(self.chart.id, number), "stroke": INK}
                self.parts.append(element("rect", x="1", y=em(self.y + 0.25), width="1em", height="0.85em", **look))
            words = textwrap.shorten(str(series.label), LABEL_LETTERS + 6, placeholder="…")
            self.parts.append(text(words, x="1.6em", y=self.y + 1))
            self.y += LINE
        self.y += 0.4

    def finished(self, *, alone: bool = False) -> SafeString:
        """The picture: as wide as its page or, `alone`, with a size of its own, for a document."""
        chart, tall = self.chart, self.y + 0.3
        size = {"width": "100%", "height": em(tall), "font_size": "0.95rem"}
        if alone:
            high = f"{round(tall * LETTERS, 1):g}"
            size = {"width": str(WIDE), "height": high, "viewBox": f"0 0 {WIDE} {high}", "font_size": str(LETTERS)}
            size |= {"font_family": "Source Sans Pro"}
        return element(
            "svg",
            element("title", chart.title, id=f"{chart.id}-title"),
            element("desc", chart.sentence, id=f"{chart.id}-desc"),
            patterns(chart.id, len(chart.series)),
            *self.parts,
            xmlns="http://www.w3.org/2000/svg", role="img", **size,
            aria_labelledby=f"{chart.id}-title {chart.id}-desc",
        )  # fmt: skip


def draw(chart: "Chart", *, alone: bool = False) -> SafeString:
    drawing = Drawing(chart)
    {"bars": draw_bars, "lines": draw_lines, "shares": draw_shares}[chart.kind](drawing)
    return drawing.finished(alone=alone)


def draw_bars(drawing: Drawing) -> None:
    chart = drawing.chart
    drawing.legend()
    longest = max((abs(value) for series in chart.series for value in series.values if value), default=0) or 1
    for place, label in enumerate(chart.labels):
        drawing.line(label)
        for number, series in enumerate(chart.series):
            value = series.values[place]
            width = BAR_ROOM * abs(value or 0) / longest
            if width:
                drawing.parts.append(
                    element(
                        "rect", x="1", y=em(drawing.y), width=percent(width), height=em(BAR), stroke=INK,
                        fill=fill(chart.id, number),
                    )
                )  # fmt: skip
            drawing.parts.append(text(chart.said(value), x=percent(width), dx="0.5em", y=drawing.y + 0.92))
            drawing.y += BAR + 0.15
        drawing.y += 0.35


def draw_shares(drawing: Drawing) -> None:
    chart = drawing.chart
    drawing.legend()
    for place, label in enumerate(chart.labels):
        drawing.line(label)
        values = [series.values[place] for series in chart.series]
        whole = sum(value or 0 for value in values)
        if not whole:
            drawing.line(chart.said(None if all(value is None for value in values) else 0))
            continue
        start = 0.0
        for number, value in enumerate(values):
            share = 100 * (value or 0) / whole
            if share:
                drawing.parts.append(
                    element(
                        "rect", x=percent(start), y=em(drawing.y), width=percent(share), height="1.7em", stroke=INK,
                        fill=fill(chart.id, number),
                    )
                )  # fmt: skip
            if share >= LEAST_TOLD_SHARE:
                drawing.parts += told(chart.said(value), percent(start + share / 2), drawing.y)
            start += share
        drawing.y += 2.3


def told(words: str, middle: str, y: float) -> list[SafeString]:
    """A number on a patterned ground: on paper of its own, so that it can be read."""
    width = 0.62 * len(words) + 0.6
    paper = element("rect", x=em(-width / 2), y="0", width=em(width), height="1.2em", fill=PAPER)
    inner = text(words, x="0", y=0.95, text_anchor="middle", fill=INK)
    return [element("svg", paper, inner, x=middle, y=em(y + 0.25), width="1", height="1", overflow="visible")]


def steps(most: float) -> list[float]:
    """Round values for the lines across, 0 first: four or five of them."""
    rough = most / 4
    power = 10 ** math.floor(math.log10(rough))
    step = next(power * factor for factor in (1, 2, 2.5, 5, 10) if power * factor >= rough)
    return [step * number for number in range(math.ceil(most / step) + 1)]


def draw_lines(drawing: Drawing) -> None:
    chart = drawing.chart
    drawing.legend()
    most = max((value for series in chart.series for value in series.values if value), default=0) or 1
    marks = steps(most)
    top, height = drawing.y + 1.2, marks[-1]

    def down(value: float) -> float:
        return PLOT * (1 - value / height)

    for mark in marks:
        y = em(top + down(mark))
        drawing.parts.append(
            element("line", x1="0", x2="100%", y1=y, y2=y, stroke="currentColor" if mark == 0 else GRID)
        )
        words = chart.said(int(mark) if mark == int(mark) else mark)
        drawing.parts.append(text(words, x="0", y=top + down(mark) - 0.25, size=0.9))
    for number, series in enumerate(chart.series):
        points = [(across(place, len(chart.labels)), value) for place, value in enumerate(series.values)]
        drawing.parts += path_of(
            chart, number, [(x, None if v is None else 100 * down(v) / PLOT) for x, v in points], top
        )
        drawing.parts += [
            marker(number, x=percent(x), y=em(top + down(value))) for x, value in points if value is not None
        ]
    drawing.y = top + PLOT + 0.3
    write_times(drawing)


def across(place: int, count: int) -> float:
    """The place of a time, in per cent; the values of the lines across stand in the first sixth."""
    return 56.0 if count == 1 else 16 + 82 * place / (count - 1)


def path_of(chart: "Chart", number: int, points: list[tuple[float, float | None]], top: float) -> list[SafeString]:
    """The line of a series, broken where nothing is published; with `area`, what is below it."""
    pieces: list[list[tuple[float, float]]] = [[]]
    for x, y in points:
        if y is None:
            pieces.append([])
        else:
            pieces[-1].append((x, y))
    drawn = []
    for piece in (piece for piece in pieces if len(piece) > 1):
        corners = " ".join(f"{x:.2f},{y:.2f}" for x, y in piece)
        if chart.area:
            below = f"{piece[0][0]:.2f},100 {corners} {piece[-1][0]:.2f},100"
            drawn.append(element("polygon", points=below, fill=COLOURS[number % LOOKS], fill_opacity=0.25))
        drawn.append(
            element(
                "polyline", points=corners, fill="none", stroke=STROKES[number % LOOKS],
                stroke_width=3, stroke_dasharray=DASHES[number % LOOKS], vector_effect="non-scaling-stroke",
            )
        )  # fmt: skip
    frame = {"viewBox": "0 0 100 100", "preserveAspectRatio": "none", "overflow": "visible"}
    return [element("svg", *drawn, x="0", y=em(top), width="100%", height=em(PLOT), **frame)] if drawn else []


def write_times(drawing: Drawing) -> None:
    """As many labels under the chart as fit, the first and the last always."""
    labels = list(drawing.chart.labels)
    last = len(labels) - 1
    if last < 0:
        drawing.line(_("Nothing is published yet."))
        return
    shown = sorted({round(last * number / (TIMES - 1)) for number in range(TIMES)}) if last > TIMES else range(last + 1)
    for place in shown:
        anchor = "end" if place == last and last else "middle"
        words = textwrap.shorten(str(labels[place]), 14, placeholder="…")
        x = percent(100 if anchor == "end" else across(place, len(labels)))
        drawing.parts.append(text(words, x=x, y=drawing.y + 1, size=0.9, text_anchor=anchor))
    drawing.y += LINE

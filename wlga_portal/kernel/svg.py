"""Elements of SVG as safe text: presentation attributes only, as the Content-Security-Policy asks."""

from typing import Any

from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe

INK = "#14211f"
GRID = "#c3d0cc"
PAPER = "#ffffff"


def element(name: str, *children: Any, **attributes: Any) -> SafeString:
    """`element("rect", x="10%", stroke_width=2)`: underscores become hyphens, None leaves an attribute out."""
    written = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{escape(value)}"'
        for key, value in attributes.items()
        if value is not None
    )
    content = "".join(conditional_escape(child) for child in children)
    return mark_safe(f"<{name}{written}>{content}</{name}>")  # noqa: S308  every part is escaped above


def text(content: Any, *, x: str, y: float, size: float = 1.0, **attributes: Any) -> SafeString:
    """Text whose foot is `y` em down; `size` is of the chart's letters. An em of the element itself is its own size."""
    small = {} if size == 1.0 else {"font_size": em(size)}
    return element("text", content, x=x, y=em(y / size), **{"fill": "currentColor", **small, **attributes})


def percent(value: float) -> str:
    return f"{round(value, 2):g}%"


def em(value: float) -> str:
    return f"{round(value, 3):g}em"


# The look of a series: its colour, and a pattern that tells it apart without colour, in print and when colours are
# taken away. Every colour stands out from white by 3:1 or has a dark outline.
COLOURS = ("#0d5f5f", "#f4b52c", "#7a5ba6", "#c9d8d3", "#b3470b", "#4c8fbd")
PATTERNS = (
    "",
    "M0 8 L8 0",
    "M4 2.4 L4 5.6 M2.4 4 L5.6 4",
    "M0 4 L8 4",
    "M0 0 L8 8 M0 8 L8 0",
    "M4 0 L4 8",
)
DASHES = (None, "8 5", "2 4", "12 4 2 4", "5 5", "1 7")
LOOKS = len(COLOURS)
# A line needs 3:1 by itself: where the colour has less, it is the letters' own.
STROKES = ("#0d5f5f", "currentColor", "#7a5ba6", "currentColor", "#b3470b", "#4c8fbd")


def patterns(prefix: str, count: int) -> SafeString:
    """The definitions of the first `count` looks, for `fill(prefix, number)`."""
    made = []
    for number in range(min(count, LOOKS)):
        line = "#ffffff" if number in (0, 2, 4) else INK
        stripes = [element("path", d=PATTERNS[number], stroke=line, stroke_width=1.6, fill="none")]
        made.append(
            element(
                "pattern",
                element("rect", width=8, height=8, fill=COLOURS[number]),
                *(stripes if PATTERNS[number] else ()),
                id=f"{prefix}-look{number}", width=8, height=8, patternUnits="userSpaceOnUse",
            )
        )  # fmt: skip
    return element("defs", *made)


def fill(prefix: str, number: int) -> str:
    return f"url(#{prefix}-look{number % LOOKS})"


def marker(number: int, *, x: str, y: str, size: float = 5) -> SafeString:
    """A point of a line: round, square, diamond or triangle, so that crossing lines can be followed."""
    shapes = (
        f"M-{size} 0 A{size} {size} 0 1 0 {size} 0 A{size} {size} 0 1 0 -{size} 0 Z",
        f"M-{size} -{size} H{size} V{size} H-{size} Z",
        f"M0 -{size * 1.3} L{size * 1.3} 0 L0 {size * 1.3} L-{size * 1.3} 0 Z",
        f"M0 -{size * 1.2} L{size * 1.2} {size} L-{size * 1.2} {size} Z",
    )
    path = element("path", d=shapes[number % len(shapes)], fill=COLOURS[number % LOOKS], stroke=INK, stroke_width=1.2)
    return element("svg", path, x=x, y=y, width=1, height=1, overflow="visible")

"""A tile map: one square for each place, its neighbours near it, each square a link, its value as text and as a shade.

    tiles = [Tile(label="TOR", name="Torfaen", url=…, column=5, row=5, value=3), …]
    TileMap(_("Bids by council"), tiles, value_label=_("Bids"))
    {% load charts %}{% tile_map map %}

A value of None reads "not published" (a dash on the map), never 0. At 320 px five columns have squares of 51 px.
"""

import hashlib
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.template.loader import render_to_string
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from .svg import INK, PAPER, element
from .wording import number

COUNCIL = gettext_lazy("Council")
STEP = 58  # units from one square to the next; a unit is at least 0.94 px
SIDE = 54
SHADES = (  # background and text of each level; every pair has a contrast of 4.5:1 or more
    (PAPER, INK),
    ("#d5e8e4", INK),
    ("#8fc4ba", INK),
    ("#2a7770", PAPER),
    ("#0b4a4a", PAPER),
)


@dataclass(frozen=True)
class Tile:
    """One place: its short label on the map, full name and page, where it stands (from 1), its value and a note."""

    label: Any
    name: Any
    url: str
    column: int
    row: int
    value: float | int | None = None
    note: Any = ""


@dataclass(frozen=True)
class TileMap:
    """The map. `value_label` says what the numbers are; without it the squares show names only."""

    title: Any
    tiles: Sequence[Tile]
    value_label: Any = ""
    stated: Any = ""
    csv_url: str = ""
    header: Any = COUNCIL
    say: Callable[[Any], Any] = number
    name: str = ""

    def __post_init__(self) -> None:
        places = [(tile.column, tile.row) for tile in self.tiles]
        if len(set(places)) != len(places):
            raise ValueError("two tiles stand in the same place")
        if any(column < 1 or row < 1 for column, row in places):
            raise ValueError("columns and rows count from 1")

    @cached_property
    def id(self) -> str:
        return self.name or f"map-{hashlib.sha256(str(self.title).encode()).hexdigest()[:8]}"

    @property
    def sentence(self) -> str:
        """What the map says, when its caller did not: how many places have a value, and which has the most."""
        if self.stated or not self.value_label:
            return str(self.stated)
        known = [tile for tile in self.tiles if tile.value is not None]
        if not known:
            return _("Nothing is published yet.")
        most = max(known, key=lambda tile: tile.value or 0)
        if not most.value:
            return _("%(label)s: %(value)s everywhere.") % {"label": self.value_label, "value": self.said(most)}
        return _("%(label)s: highest for %(name)s (%(value)s).") % {
            "label": self.value_label, "name": most.name, "value": self.said(most),
        }  # fmt: skip

    @cached_property
    def most(self) -> float:
        return max((tile.value or 0 for tile in self.tiles), default=0)

    def said(self, tile: Tile) -> str:
        return _("not published") if tile.value is None else str(self.say(tile.value))

    def level(self, tile: Tile) -> int:
        """0 (nothing, or not known) to 4 (a value near the highest)."""
        if not tile.value or not self.most:
            return 0
        return max(1, math.ceil(4 * tile.value / self.most))

    @property
    def unknown(self) -> bool:
        """Whether the dash must be explained."""
        return bool(self.value_label) and any(tile.value is None for tile in self.tiles)

    @property
    def entries(self) -> list[tuple[Tile, str]]:
        return [(tile, self.said(tile) if self.value_label else "") for tile in self.tiles]

    def csv_rows(self) -> Iterable[list[Any]]:
        yield [self.header, self.value_label]
        for tile in self.tiles:
            yield [tile.name, tile.value]

    @cached_property
    def html(self) -> SafeString:
        """The map, and the same as a list, in the language of the page that shows it first."""
        return render_to_string("components/tile_map.html", {"map": self})

    @property
    def svg(self) -> SafeString:
        columns = max((tile.column for tile in self.tiles), default=1)
        rows = max((tile.row for tile in self.tiles), default=1)
        return element(
            "svg",
            element("title", self.title, id=f"{self.id}-title"),
            *(self.square(tile) for tile in sorted(self.tiles, key=lambda tile: (tile.row, tile.column))),
            xmlns="http://www.w3.org/2000/svg", role="group", aria_labelledby=f"{self.id}-title",
            class_="portal-tile-map", viewBox=f"0 0 {columns * STEP} {rows * STEP}",
        )  # fmt: skip

    def square(self, tile: Tile) -> SafeString:
        ground, ink = SHADES[self.level(tile)]
        x, y = (tile.column - 1) * STEP + 2, (tile.row - 1) * STEP + 2
        write = {"x": x + SIDE / 2, "text_anchor": "middle", "fill": ink}
        if self.value_label:
            shown = "–" if tile.value is None else self.said(tile)
            texts = [
                element("text", tile.label, y=y + 23, font_size=15, font_weight="bold", **write),
                " ",
                element("text", shown, y=y + 42, font_size=14 if len(shown) < 6 else 10, **write),
            ]
            spoken = f"{tile.label} {self.said(tile)}, {tile.name}"  # begins with what is seen (WCAG 2.5.3)
        else:
            texts = [element("text", tile.label, y=y + SIDE / 2 + 5, font_size=15, font_weight="bold", **write)]
            spoken = f"{tile.label}, {tile.name}"
        rect = element("rect", x=x, y=y, width=SIDE, height=SIDE, rx=4, fill=ground, stroke=INK, stroke_width=1.5)
        return element("a", rect, *texts, href=tile.url, aria_label=spoken)

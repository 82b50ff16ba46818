"""A council beside its region: its own figures, the mean of the region's councils and of all. Nobody is ranked."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from wlga_portal.kernel.measures import Measure, Value, measured
from wlga_portal.kernel.tilemap import TileMap
from wlga_portal.kernel.wording import published

from .mapping import tile_of
from .models import Organisation


@dataclass(frozen=True, slots=True)
class Beside:
    """One line: the council's own figure as it is said, and the two means."""

    label: Any
    own: Any
    region: str
    wales: str


def said(measure: Measure, value: Value | float) -> Any:
    """A mean has one decimal where its numbers are small; money is rounded to pounds."""
    if value is None:
        return published(None)
    if isinstance(value, int):
        return measure.say(value)
    if measure.unit > 1:
        return measure.say(round(value / measure.unit) * measure.unit)
    return f"{value:,.1f}"


def beside_region(council: Organisation, seen: str) -> list[Beside]:
    """Every measure of a council, in two queries beside those of the measures."""
    regions: dict[int, str] = dict(Organisation.objects.current().councils().values_list("pk", "region"))
    near = [number for number, region in regions.items() if region == council.region]
    return [
        Beside(
            measure.label,
            said(measure, values.of(council.pk)),
            said(measure, values.mean(near)),
            said(measure, values.mean(regions)),
        )
        for measure, values in measured(seen)
    ]


def map_of(councils: list[Organisation], asked: str, seen: str, csv_url: str) -> tuple[TileMap, list[Measure]]:
    """The tile map of Wales with the measure that is asked for, or with names only; and what can be asked for."""
    found = measured(seen)
    chosen = next((one for one in found if one[0].name == asked), None)
    drawn_tiles = (
        tile_of(council, council.get_absolute_url(), chosen[1].of(council.pk) if chosen else None)
        for council in councils
    )
    tiles = [tile for tile in drawn_tiles if tile]
    offered = [measure for measure, _values in found]
    if chosen is None:
        return TileMap(_("The councils of Wales"), tiles, name="map", csv_url=csv_url), offered
    measure = chosen[0]
    title = _("%(measure)s by council") % {"measure": measure.label}
    drawn = TileMap(title, tiles, value_label=measure.label, say=measure.say, csv_url=csv_url, name="map")
    return drawn, offered


def table_rows(councils: list[Organisation], seen: str) -> Iterator[list[Any]]:
    """Every figure of every council: the headings, then a row each; an empty cell is not published."""
    found = measured(seen)
    yield [_("Council"), _("ONS code"), _("Region"), *(str(measure.label) for measure, _values in found)]
    for council in councils:
        cells = [in_units(measure, values.of(council.pk)) for measure, values in found]
        yield [str(council.name), council.gss_code, council.get_region_display(), *cells]


def in_units(measure: Measure, value: Value) -> Any:
    return "" if value is None else value if measure.unit == 1 else value / measure.unit

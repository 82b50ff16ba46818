"""The tile map of Wales as the way into a list: each council's tile narrows the list to that council."""

from collections.abc import Callable
from typing import Any

from django.db.models import Count, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils.translation import get_language

from wlga_portal.kernel.tilemap import Tile, TileMap
from wlga_portal.kernel.unchanged import snapshot, while_unchanged

from .models import Organisation


def tile_of(council: Organisation, url: str, value: Any, note: Any = "") -> Tile | None:
    """The council's square; None for one that has no place on the map."""
    if not council.tile_column or not council.tile_row:
        return None
    return Tile(council.tile_label, str(council.name), url, council.tile_column, council.tile_row, value, note)


def map_into(
    address: Callable[[Organisation], str],
    *,
    title: Any,
    name: str,
    csv_url: str,
    label: Any = "",
    rows: QuerySet[Any] | None = None,
) -> TileMap:
    """Each council as a link to `address`; with the number of its `rows` (which name it as `OuterRef("pk")`), where
    they say of every council how many there are: one without any has 0. One query.

    The rows are what everybody may see: under one `name` the map is kept for all until something is written.
    """

    def read() -> TileMap:
        councils = Organisation.objects.current().councils().by_name()
        if rows is not None:
            numbers = (
                rows.order_by().annotate(whole=Value(1)).values("whole").annotate(found=Count("pk", distinct=True))
            )
            councils = councils.annotate(found=Coalesce(Subquery(numbers.values("found")), 0))
        tiles = [tile_of(one, address(one), getattr(one, "found", None)) for one in councils]
        return TileMap(title, [tile for tile in tiles if tile], value_label=label, name=name, csv_url=csv_url)

    return while_unchanged((name, get_language()), read, snapshot())

"""`{% load charts %}`: charts and tile maps on a page, with their sentence, table and CSV link."""

from typing import Any

from django import template

from ..charts import Chart
from ..tilemap import TileMap

register = template.Library()


@register.inclusion_tag("components/chart.html")
def chart(chart: Chart) -> dict[str, Any]:
    """`{% chart chart %}`: the figure with all that belongs to it."""
    return {"chart": chart}


@register.inclusion_tag("components/tile_map.html")
def tile_map(tile_map: TileMap) -> dict[str, Any]:
    """`{% tile_map map %}`: the map, and the same as a list."""
    return {"map": tile_map}

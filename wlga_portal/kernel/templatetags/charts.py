"""`{% load charts %}`: charts and tile maps on a page, with their sentence, table and CSV link."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from ..charts import Chart
from ..tilemap import TileMap

register = template.Library()


@register.inclusion_tag("components/chart.html")
def chart(chart: Chart) -> dict[str, Any]:
    """`{% chart chart %}`: the figure with all that belongs to it."""
    return {"chart": chart}


@register.simple_tag
def tile_map(tile_map: TileMap) -> SafeString:
    """`{% tile_map map %}`: the map, and the same as a list."""
    return tile_map.html

"""Loads the councils and bodies of the facts; loading again changes nothing."""

from typing import Any

from wlga_portal.kernel.audit import audited

from .models import Kind, Organisation

WHY = "loaded from the facts of the programme"


def load(facts: dict[str, Any], by: Any = None) -> None:
    """`facts["councils"]`: rows of councils.csv; `facts["organisations"]` and `facts["tilemap"]`: those files."""
    tiles = {tile["council"]: tile for tile in facts["tilemap"]["tiles"]}
    with audited(by=by, why=WHY):
        for row in facts["councils"]:
            save(council(row, tiles[row["slug_en"]]))
        for row in facts["organisations"]["organisations"]:
            save(body(row))


def council(row: dict[str, str], tile: dict[str, Any]) -> dict[str, Any]:
    return {
        "slug_en": row["slug_en"],
        "slug_cy": row["slug_cy"],
        "kind": Kind.COUNCIL,
        "name_en": row["name_en"],
        "name_cy": row["name_cy"],
        "full_name_en": row["council_en"],
        "full_name_cy": row["council_cy"],
        "in_cy": row["in_cy"],
        "gss_code": row["gss"],
        "org_id": row["org_id"],
        "region": row["region"],
        "tile_column": tile["column"],
        "tile_row": tile["row"],
        "tile_en": tile["label"]["en"],
        "tile_cy": tile["label"]["cy"],
    }


def body(row: dict[str, Any]) -> dict[str, Any]:
    return {
        "slug_en": row["slug_en"],
        "slug_cy": row["slug_cy"],
        "kind": row["kind"],
        "name_en": row["name"]["en"],
        "name_cy": row["name"]["cy"],
        "short_name_en": row["short_name"]["en"],
        "short_name_cy": row["short_name"]["cy"],
        "partnership": row["programme_partner"] or "",
    }


def save(fields: dict[str, Any]) -> None:
    """Make the organisation, or bring it to the facts; a row that says the same is not written again."""
    found = Organisation.objects.filter(slug_en=fields["slug_en"]).first() or Organisation()
    if found.settled_at is not None:  # it has ended: its tile is its successor's
        return
    if found.pk is None or any(getattr(found, name) != value for name, value in fields.items()):
        for name, value in fields.items():
            setattr(found, name, value)
        found.save()

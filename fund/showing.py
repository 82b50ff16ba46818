"""What the public pages of awards count: by year, topic and council, each figure from the rows below it."""

from collections import Counter

from django.utils.translation import gettext as _

from organisations.mapping import tile_of
from organisations.models import Organisation
from wlga_portal.kernel.charts import Chart, bars
from wlga_portal.kernel.tilemap import TileMap
from wlga_portal.kernel.wording import pounds

from .models import Award


def by_year(awards: list[Award], csv_url: str) -> Chart:
    sums: Counter[str] = Counter()
    for award in awards:
        sums[award.bid.round.year] += award.amount_pence
    title = _("Awarded by year")
    return bars(title, sorted(sums.items()), value_label=_("Awarded"), say=pounds, csv_url=csv_url, header=_("Year"))


def by_topic(awards: list[Award], csv_url: str) -> Chart:
    sums: Counter[str] = Counter()
    for award in awards:
        sums[str(award.bid.topic.name)] += award.amount_pence
    title = _("Awarded by topic")
    rows = sorted(sums.items(), key=lambda pair: (-pair[1], pair[0]))
    return bars(title, rows, value_label=_("Awarded"), say=pounds, csv_url=csv_url, header=_("Topic"))


def by_council(awards: list[Award], csv_url: str) -> TileMap:
    """How many awards each council has a share in. A council without one has 0: it is counted, not left out."""
    counts: Counter[int] = Counter(share.organisation_id for award in awards for share in award.shares.all())
    councils = Organisation.objects.councils().by_name()
    found = (tile_of(council, council.get_absolute_url(), counts[council.pk]) for council in councils)
    tiles = [tile for tile in found if tile]
    return TileMap(_("Awards by council"), tiles, value_label=_("Awards"), csv_url=csv_url, name="awards-map")

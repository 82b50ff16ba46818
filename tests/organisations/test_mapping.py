"""The tile map as the way into the lists of projects and bids: each tile leads to as many rows as it says."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from fund.models import Bid
from organisations.models import Organisation
from projects.views.lists import map_of
from tests.factories.fund import PartnerFactory
from tests.factories.projects import ProjectFactory, ProjectPartnerFactory
from wlga_portal.kernel.tilemap import TileMap

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


def map_on(path: str) -> TileMap:
    found: TileMap = Client().get(path).context["map"]
    return found


@pytest.mark.parametrize("path", ["/en/fund/bids/", "/cy/cronfa/ceisiadau/"])
def test_each_of_the_22_tiles_leads_to_as_many_bids_as_it_says(path: str) -> None:
    tiles = map_on(path).tiles
    assert len(tiles) == 22
    for value, one in {tile.value: tile for tile in tiles}.items():  # one council for each number that there is
        assert Client().get(one.url).context["total"] == value, one.name


def test_bids_are_counted_for_whom_they_name() -> None:
    found = {tile.name: tile.value for tile in map_on("/en/fund/bids/").tiles}
    assert (found["Blaenau Gwent"], found["Torfaen"], found["Cardiff"]) == (3, 2, 0)
    assert Bid.objects.public().count() == 5
    file = Client().get(map_on("/en/fund/bids/").csv_url).content.decode("utf-8-sig").splitlines()
    assert file[1:] == [f"{name},{value}" for name, value in found.items()]


def test_the_page_has_the_map_closed_and_the_same_as_a_list() -> None:
    text = unescape(Client().get("/cy/cronfa/ceisiadau/").content.decode())
    found = re.search(r"<details[^>]*>\s*<summary[^>]*>\s*<span[^>]*>Dewis cyngor ar y map", text)
    assert found is not None
    assert " open" not in found.group().split(">")[0]
    assert "Y map ar ffurf rhestr" in text


def test_who_is_only_a_possible_partner_is_not_counted() -> None:
    bid, conwy = Bid.objects.public().first(), Organisation.objects.get(slug_en="conwy")
    PartnerFactory(bid=bid, organisation=conwy, possible=True, status="unknown")
    assert {tile.name: tile.value for tile in map_on("/en/fund/bids/").tiles}["Conwy"] == 0


@pytest.mark.parametrize("path", ["/en/projects/", "/cy/prosiectau/"])
def test_the_tiles_of_projects_have_no_numbers_and_narrow_the_list(path: str) -> None:
    drawn = map_on(path)
    assert [tile.value for tile in drawn.tiles] == [None] * 22
    assert not drawn.unknown
    conwy = next(tile for tile in drawn.tiles if tile.name == "Conwy")
    ProjectPartnerFactory(project=ProjectFactory(), organisation=Organisation.objects.get(slug_en="conwy"))
    assert Client().get(conwy.url).context["total"] == 1


def test_the_map_is_one_query_and_a_council_that_has_ended_is_not_on_it() -> None:
    Organisation.objects.filter(slug_en="conwy").update(ends_on=timezone.localdate() - timedelta(days=1))
    with CaptureQueriesContext(connection) as queries:
        tiles = map_of().tiles
    assert len(queries) == 1
    assert (len(tiles), "Conwy" in [tile.name for tile in tiles]) == (21, False)


def test_the_past_has_no_map_of_today() -> None:
    before = (timezone.now() - timedelta(days=1)).isoformat()
    assert Client().get("/en/projects/", {"as_at": before}).context["map"] is None

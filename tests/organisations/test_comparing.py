"""A council in figures beside its region: means of what is published, no ranking, and the map and the file of them."""

import csv
import io
import re

import pytest

from organisations.comparing import Beside, beside_region
from organisations.models import Region
from tests.factories.people import BodyFactory, CouncilFactory
from wlga_portal.kernel import measures
from wlga_portal.kernel.measures import Measured, measure
from wlga_portal.kernel.wording import pounds

pytestmark = pytest.mark.django_db


@pytest.fixture
def councils():
    south = [CouncilFactory(name_en=f"South {n}", slug_en=f"south-{n}", slug_cy=f"de-{n}") for n in range(3)]
    north = CouncilFactory(name_en="North", slug_en="north", slug_cy="gogledd", region=Region.NORTH)
    for column, council in enumerate([*south, north], 1):
        council.tile_column, council.tile_row, council.tile_en, council.tile_cy = column, 1, f"T{column}", f"C{column}"
        council.save()
    return [*south, north]


@pytest.fixture
def told(monkeypatch, councils):
    """Bids of two councils of the south; money of one, and of the others nothing is known."""
    monkeypatch.setattr(measures, "_measures", {})
    first, second, _third, _north = (council.pk for council in councils)
    measure("bids", label="Bids", order=2)(lambda: Measured({first: 4, second: 1}))
    measure("money", label="Money", order=1, say=pounds, unit=100)(
        lambda: Measured({first: 123456, second: None}, None)
    )


def test_a_council_stands_beside_the_mean_of_its_region_and_of_all_with_0_for_who_has_none(councils, told):
    money, bids = beside_region(councils[0], "")
    assert bids == Beside("Bids", "4", "1.7", "1.2")
    assert (money.label, str(money.own), str(money.region), str(money.wales)) == (
        "Money", "£1,234.56", "£1,235", "£1,235",
    )  # fmt: skip


def test_what_is_not_published_is_not_0(councils, told):
    money, bids = beside_region(councils[3], "")
    assert bids.own == "0"
    assert [re.sub("<[^>]+>", "", str(one)) for one in (money.own, money.region)] == ["not published", "not published"]
    assert str(money.wales) == "£1,235"


def test_a_mean_leaves_out_who_is_not_known():
    found = Measured({1: 2, 2: None, 3: 4}, None)
    assert found.mean([1, 2, 3, 9]) == 3
    assert found.mean([2, 9]) is None
    assert Measured({1: 3}).mean([1, 9]) == 1.5


def test_the_page_says_each_figure_and_names_no_other_council(client, councils, told):
    page = client.get("/en/councils/south-0/").content.decode()
    table = page.split("<tbody>")[1].split("</tbody>")[0]
    assert re.findall(r'<th scope="row">([^<]+)</th>', table) == ["Money", "Bids"]
    assert "South 1" not in table
    assert "A council of South East Wales, on average" in page
    assert "no ranking" in page
    welsh = client.get("/cy/cynghorau/de-0/").content.decode()
    assert "De-ddwyrain Cymru: cyfartaledd fesul cyngor" in welsh


def test_a_body_that_is_no_council_stands_beside_nobody(client):
    BodyFactory(slug_en="centre", slug_cy="canolfan")
    assert "beside its region" not in client.get("/en/councils/centre/").content.decode()


def test_the_map_shows_the_figure_that_is_asked_for_and_names_alone_otherwise(client, councils, told):
    page = client.get("/en/councils/?show=bids").content.decode()
    assert "Bids by council" in page
    assert re.search(r'aria-label="T1 4, South 0"', page)
    assert re.search(r'<a class="govuk-link" href="[^"]*show=bids[^"]*" aria-current="true">Bids</a>', page)
    assert "figures.csv" in page
    for asked in ("", "?show=nonsense"):
        page = client.get(f"/en/councils/{asked}").content.decode()
        assert "The councils of Wales" in page
        assert re.search(r'aria-label="T1, South 0"', page)


def test_the_file_has_every_figure_of_every_council_and_an_empty_cell_for_what_is_not_published(client, councils, told):
    answer = client.get("/en/councils/figures.csv")
    header, *rows = csv.reader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert header == ["Council", "ONS code", "Region", "Money", "Bids"]
    assert [[row[0], *row[3:]] for row in rows] == [
        ["North", "", "0"], ["South 0", "1234.56", "4"], ["South 1", "", "1"], ["South 2", "", "0"],
    ]  # fmt: skip
    assert client.get("/cy/cynghorau/ffigurau.csv").status_code == 200

"""The directory: councils and bodies, as a map, as lists, and a page for each."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from organisations.models import Kind, Organisation, Partnership, Region
from tests.factories.people import BodyFactory, CouncilFactory
from wlga_portal.kernel import panels
from wlga_portal.kernel.panels import Panel

pytestmark = pytest.mark.django_db


@pytest.fixture
def cardiff():  # small letters in its code: the factory counts through the codes with capitals
    return CouncilFactory(
        name_en="Cardiff", name_cy="Caerdydd", slug_en="cardiff", slug_cy="caerdydd", in_cy="yng Nghaerdydd",
        full_name_en="Cardiff Council", full_name_cy="Cyngor Caerdydd", gss_code="W060000cf", org_id="GB-PLA-CRF",
        tile_column=4, tile_row=6, tile_en="CRF", tile_cy="CDF",
    )  # fmt: skip


@pytest.fixture
def anglesey():
    return CouncilFactory(
        name_en="Isle of Anglesey", name_cy="Ynys Môn", slug_en="isle-of-anglesey", slug_cy="ynys-mon",
        in_cy="ar Ynys Môn", gss_code="W060000an", region=Region.NORTH, tile_column=1, tile_row=1, tile_en="AGY",
        tile_cy="MÔN",
    )  # fmt: skip


def rows(page: str, table: int = 0) -> list[str]:
    """The names in a table of the page, in their order."""
    body = page.split("<tbody>")[1 + table].split("</tbody>")[0]
    return re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a>', body)


def tiles(page: str) -> list[tuple[str, str]]:
    """Where each tile of the map leads, and what stands on it."""
    drawing = page.split("<svg xmlns", 1)[1].split("</svg>")[0]
    return re.findall(r'<a href="([^"]+)"[^>]*><rect[^>]*></rect><text[^>]*>([^<]+)</text></a>', drawing)


def test_the_councils_stand_in_a_list_and_on_a_map_whose_tiles_are_links(client, cardiff, anglesey):
    page = client.get("/en/councils/").content.decode()
    assert rows(page) == ["Cardiff", "Isle of Anglesey"]
    assert "2 councils" in page
    assert tiles(page) == [("/en/councils/isle-of-anglesey/", "AGY"), ("/en/councils/cardiff/", "CRF")]
    assert '<td data-label="ONS code">W060000cf</td>' in page
    assert '<span lang="cy">Caerdydd</span>' in page


def test_the_welsh_page_has_the_welsh_names_and_tiles(client, cardiff, anglesey):
    page = client.get("/cy/cynghorau/").content.decode()
    assert rows(page) == ["Caerdydd", "Ynys Môn"]
    assert tiles(page)[0] == ("/cy/cynghorau/ynys-mon/", "MÔN")
    assert '<span lang="en">Cardiff</span>' in page


def test_the_list_sorts_by_the_welsh_alphabet_on_welsh_pages_and_the_english_on_english(client):
    for english, welsh in (("Dee", "Dinbych"), ("Den", "Ddawan"), ("Car", "Chwilog"), ("Cat", "Cwm"), ("Elen", "Éb")):
        CouncilFactory(name_en=english, name_cy=welsh)
    assert rows(client.get("/cy/cynghorau/").content.decode()) == ["Cwm", "Chwilog", "Dinbych", "Ddawan", "Éb"]
    assert rows(client.get("/en/councils/").content.decode()) == ["Car", "Cat", "Dee", "Den", "Elen"]
    assert rows(client.get("/en/councils/?sort=-name").content.decode()) == ["Elen", "Den", "Dee", "Cat", "Car"]


@pytest.mark.parametrize(
    "words", ["anglesey", "YNYS", "môn", "mon", "w060000an", "ynys  mon", "Isle Môn", "ar Ynys Mon", "ynŷs"]
)
def test_the_search_finds_names_in_both_languages_with_or_without_accents(client, cardiff, anglesey, words):
    assert rows(client.get("/en/councils/", {"q": words}).content.decode()) == ["Isle of Anglesey"]
    assert rows(client.get("/cy/cynghorau/", {"q": words}).content.decode()) == ["Ynys Môn"]


@pytest.mark.parametrize("words", ["nghaerdydd", "GB-PLA-CRF", "Cardiff Council"])
def test_the_search_finds_mutated_names_identifiers_and_full_names(client, cardiff, anglesey, words):
    assert rows(client.get("/en/councils/", {"q": words}).content.decode()) == ["Cardiff"]


@pytest.mark.parametrize("words", ["%", "_", "xyz", "'", "\\"])
def test_a_search_that_finds_nothing_says_so(client, cardiff, words):
    page = client.get("/en/councils/", {"q": words}).content.decode()
    assert page.count("No council or body has such a name.") == 2
    assert "0 councils" in page


def test_the_list_narrows_by_region(client, cardiff, anglesey):
    page = client.get("/en/councils/?region=north").content.decode()
    assert rows(page) == ["Isle of Anglesey"]
    assert "1 council<" in page


def test_a_region_that_is_none_gets_a_sentence_and_the_whole_list(client, cardiff):
    page = client.get("/cy/cynghorau/?region=middle-earth").content.decode()
    assert "Cyngor" in page
    assert "Select a valid choice" not in page


def test_bodies_are_searched_too_and_what_is_inferred_is_never_shown_as_stated(client, cardiff):
    BodyFactory(name_en="Stated", partnership=Partnership.STATED, kind=Kind.GOVERNMENT)
    BodyFactory(name_en="Inferred", partnership=Partnership.INFERRED, kind=Kind.NETWORK)
    BodyFactory(name_en="Possible", partnership=Partnership.POSSIBLE, kind=Kind.POLICE)
    BodyFactory(name_en="Unnamed")
    page = client.get("/en/councils/").content.decode()
    table = page.split("<tbody>")[2]
    assert re.findall(r'data-label="Partnership with the programme">([^<]+)<', table) == [
        "Works with the programme: public knowledge, not stated in the update",
        "Possible partner of a bid",
        "Partner of the programme",
        "not named as a partner of the programme",
    ]
    assert rows(client.get("/en/councils/?q=stated").content.decode()) == ["Stated"]


@pytest.mark.parametrize(
    ("path", "most"),
    [
        ("/en/councils/", 12), ("/cy/cynghorau/?show=projects", 12), ("/en/councils/figures.csv", 12),
        ("/en/councils/cardiff/", 20),  # what each area knows of one council
    ],
)  # fmt: skip
def test_pages_cost_the_same_for_one_and_for_thirty(client, cardiff, django_assert_num_queries, path, most):
    client.get(path)
    with CaptureQueriesContext(connection) as one:
        client.get(path)
    before = len(one)
    assert before <= most
    for number in range(29):
        CouncilFactory(tile_column=number % 5 + 1, tile_row=number // 5 + 10)
        BodyFactory()
    with django_assert_num_queries(before):
        client.get(path)


def test_the_page_of_a_council_has_its_names_codes_and_place(client, cardiff):
    page = client.get("/en/councils/cardiff/").content.decode()
    for part in (
        "Cardiff Council",
        '<span lang="cy">Cyngor Caerdydd</span>',
        "South East Wales",
        "W060000cf",
        "GB-PLA-CRF",
    ):
        assert part in page
    assert "The programme in Cardiff" in page
    assert "The programme has published nothing about this organisation yet." in page or "portal-panel" in page
    welsh = client.get("/cy/cynghorau/caerdydd/").content.decode()
    assert "Y rhaglen yng Nghaerdydd" in welsh
    assert '<span lang="en">Cardiff Council</span>' in welsh


def test_a_council_without_a_full_name_goes_by_its_name(client, anglesey):
    page = client.get("/en/councils/isle-of-anglesey/").content.decode()
    assert "The programme in the Isle of Anglesey" in page
    assert ">Isle of Anglesey</h1>" in page
    assert "Y rhaglen ar Ynys Môn" in client.get("/cy/cynghorau/ynys-mon/").content.decode()


def test_the_page_of_a_body_says_how_it_is_a_partner_and_has_no_place(client):
    BodyFactory(slug_en="solace", slug_cy="solace-cy", partnership=Partnership.INFERRED)
    BodyFactory(slug_en="wlga", slug_cy="clllc", short_name_en="WLGA", short_name_cy="CLlLC")
    page = client.get("/en/councils/solace/").content.decode()
    assert "Works with the programme: public knowledge, not stated in the update" in page
    assert "In the programme" in page
    assert "ONS code" not in page
    assert "Short name" not in page
    page = client.get("/cy/cynghorau/clllc/").content.decode()
    assert "heb ei enwi’n bartner i’r rhaglen" in page
    assert "CLlLC" in page.split("<main")[1]


def test_an_address_with_the_slug_of_the_other_language_leads_on_to_the_right_one(client, cardiff):
    answer = client.get("/cy/cynghorau/cardiff/?a=1")
    assert (answer.status_code, answer["Location"]) == (301, "/cy/cynghorau/caerdydd/?a=1")
    assert client.get("/en/councils/caerdydd/")["Location"] == "/en/councils/cardiff/"
    assert client.get("/en/councils/nowhere/").status_code == 404


def test_the_language_switch_leads_to_the_slug_of_the_other_language(client, cardiff):
    assert 'href="/cy/cynghorau/caerdydd/"' in client.get("/en/councils/cardiff/").content.decode()


def test_the_areas_show_what_they_know_on_the_page(client, cardiff, monkeypatch):
    seen = []

    def drawer(request, organisation):
        seen.append(organisation)
        return Panel("Their bids", "organisations/test_panel.html", {"bids": 3})

    from django.template import engines

    monkeypatch.setattr(panels, "_panels", {"organisations.organisation": [(1, drawer)]})
    loaders = engines["django"].engine.template_loaders
    from django.template.loaders.locmem import Loader

    locmem = Loader(engines["django"].engine, {"organisations/test_panel.html": "<p>{{ bids }} bids</p>"})
    monkeypatch.setattr(engines["django"].engine, "template_loaders", [locmem, *loaders])
    page = client.get("/en/councils/cardiff/").content.decode()
    assert "Their bids" in page
    assert "<p>3 bids</p>" in page
    assert seen == [cardiff]


def test_only_reading_is_possible(client, cardiff):
    assert client.post("/en/councils/").status_code == 405
    assert client.post("/en/councils/cardiff/").status_code == 405


def test_everybody_sees_every_organisation(cardiff):
    assert list(Organisation.objects.visible_to(None)) == [cardiff]

"""The open data for people: every set with its files and its dictionary, in both languages, under one licence."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from programme.opendata.catalogue import SETS
from programme.opendata.dictionary import dictionary, entries_of
from tests.factories.people import CouncilFactory
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db


def body(path: str) -> str:
    answer = Client().get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def lines(path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(path).removeprefix("\ufeff"))))


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_page_leads_to_every_set_file_feed_and_the_licence(language):
    with override(language):
        shown = body(reverse("programme:data_page"))
        names = ["programme:data_dictionary", "programme:api_reference", "projects:data_page", "projects:feed_all"]
        names += ["fund:award_data", "fund:award_table", "training:calendar_feed"]
        wanted = [reverse(name) for name in names]
        for name, data in SETS.items():
            wanted += [reverse(f"programme:data_{kind}", kwargs={"name": name}) for kind in ("set", "csv", "json")]
            assert str(data.about) in shown.replace("&#x27;", "'")
    assert [address for address in wanted if f'href="{address}"' not in shown] == []
    assert "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/" in shown
    assert f'href="{wanted[0].rsplit("/", 1)[0]}/"' in body(f"/{language}/")  # from the foot of every page


def test_a_file_holds_every_row_under_the_keys_of_the_dictionary():
    CouncilFactory.create_batch(3, region="north")
    for name, data in SETS.items():
        header = body(f"/en/data/{name}.csv").removeprefix("\ufeff").splitlines()[0].split(",")
        assert header == [one.key for one in data.fields], name
        described = [entry.key for entry in entries_of(data) if entry.table == name]
        assert [key for key in described if key in header] == header
    found = lines("/en/data/councils.csv")
    assert len(found) == 3
    assert {one["region"] for one in found} == {"north"}
    whole = Client().get("/cy/data/councils.json").json()
    assert [one["id"] for one in whole["rows"]] == [one["id"] for one in found]
    assert whole["rows"][0]["name"] == {"en": found[0]["name_en"], "cy": found[0]["name_cy"], "mark": "unreviewed"}


def test_the_files_hold_nothing_that_is_invented(settings):
    settings.DEMO = True
    ProjectFactory(is_demo=True)
    real = ProjectFactory()
    assert [one["id"] for one in lines("/en/data/projects.csv")] == [real.slug_en]
    assert [one["id"] for one in Client().get("/en/data/projects.json").json()["rows"]] == [real.slug_en]


def test_the_dictionary_says_what_each_field_means_in_the_language_of_its_address():
    english = {(one["Table"], one["Field"]): one for one in lines("/en/data/dictionary.csv")}
    welsh = lines("/cy/data/geiriadur.csv")
    assert len(english) == len(welsh) == len(list(dictionary()))
    assert english["councils", "name_cy"]["Name"] == "Name (Welsh)"
    assert english["projects.updates", "confidence"]["Words that may stand in it"] == "; ".join(
        ["green: Green", "amber: Amber", "red: Red"]
    )
    [name] = [one for one in welsh if one["Tabl"] == "councils" and one["Maes"] == "name_cy"]
    assert name["Enw"] == "Enw (Cymraeg)"


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_set_shows_its_dictionary_and_the_reference_every_address(language):
    with override(language):
        shown = body(reverse("programme:data_set", kwargs={"name": "projects"}))
        reference = body(reverse("programme:api_reference"))
    assert "<code>projects.updates</code>" in shown
    assert "&quot;green&quot;" in shown or "green" in shown
    licence = {"en": "Open Government Licence v3.0", "cy": "Trwydded Llywodraeth Agored v3.0"}[language]
    assert f">{licence}</a>" in shown
    for name, data in SETS.items():
        assert f"GET …/{name}</code>" in reference
        assert all(f"<code>{filter_}</code>" in reference for filter_ in data.only), name
    assert "/api/v1/openapi.json" in reference


def test_no_set_has_another_name():
    for path in ("/en/data/secrets/", "/en/data/secrets.csv", "/en/data/secrets.json"):
        assert Client().get(path).status_code == 404

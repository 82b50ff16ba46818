"""The read-only API: what anybody may see, paged, in both languages, with ETags, limits and sentences for faults."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from fund.models import Award, Bid
from organisations.models import Organisation
from programme.opendata.catalogue import SETS
from programme.opendata.examples import example_of
from programme.opendata.schemas import schemas_of
from projects.models import Project
from tests.factories.people import CouncilFactory, person
from tests.factories.projects import ProjectFactory, StatusUpdateFactory
from tests.walk import BACKEND

pytestmark = pytest.mark.django_db


def ask(path: str, **headers: str) -> Any:
    return Client().get(f"/api/v1/{path}", headers=headers)


def rows(path: str) -> list[dict[str, Any]]:
    answer = ask(path)
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["results"]
    return found


def test_a_list_comes_in_pages_that_link_to_each_other(settings):
    settings.BASE_URL = "https://portal.example.org"
    CouncilFactory.create_batch(5)
    root = "https://portal.example.org/api/v1/councils?"
    page = ask("councils?per_page=2&page=2&region=south-east").json()
    assert (page["count"], page["page"], page["pages"], len(page["results"])) == (5, 2, 3, 2)
    base = f"{root}per_page=2&region=south-east&page="
    assert page["links"] == {
        "self": f"{base}2", "first": f"{base}1", "previous": f"{base}1", "next": f"{base}3", "last": f"{base}3",
    }  # fmt: skip
    last = ask("councils?per_page=2&page=3").json()
    assert last["links"]["next"] is None
    beyond = ask("councils?per_page=2&page=9").json()
    assert (beyond["results"], beyond["links"]["previous"]) == ([], f"{root}per_page=2&page=3")
    assert ask("councils?region=north").json()["count"] == 0


def test_a_text_stands_in_both_languages_or_in_the_one_asked_for_which_it_names(settings):
    settings.BASE_URL = "https://portal.example.org"
    CouncilFactory(
        name_en="Cardiff", name_cy="Caerdydd", slug_en="cardiff", slug_cy="caerdydd", short_name_en="Capital"
    )
    both = ask("councils/cardiff").json()
    assert both["name"] == {"en": "Cardiff", "cy": "Caerdydd", "mark": "unreviewed"}
    assert both["full_name"] is None
    assert both["address"]["cy"] == "https://portal.example.org/cy/cynghorau/caerdydd/"
    welsh = ask("councils/cardiff?lang=cy").json()
    assert welsh["name"] == {"text": "Caerdydd", "lang": "cy"}
    assert welsh["short_name"] == {"text": "Capital", "lang": "en"}
    assert welsh["address"] == "https://portal.example.org/cy/cynghorau/caerdydd/"


def test_what_is_unchanged_answers_304_and_what_changed_has_another_mark():
    council = CouncilFactory()
    first = ask("councils")
    again = ask("councils", if_none_match=first.headers["ETag"])
    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    Organisation.objects.filter(pk=council.pk).update(name_en="Renamed")
    changed = ask("councils", if_none_match=first.headers["ETag"])
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first.headers["ETag"]
    assert changed.headers["Cache-Control"] == "public, max-age=60"


def test_faults_are_sentences_in_both_languages():
    faults = {
        "councils/nobody": (404, None), "councils?colour=red": (400, "colour"), "councils?page=0": (400, "page"),
        "councils?lang=fr": (400, "lang"), "councils/x?page=2": (400, "page"), "nothing/here": (404, None),
        "councils?region=%00": (400, "region"), "updates/9999999999999999999": (404, None), "updates/x": (404, None),
        "councils/a%00b": (404, None), "?x=1": (400, "x"),
    }  # fmt: skip
    for path, (status, field) in faults.items():
        answer = ask(path)
        said = answer.json()
        assert (answer.status_code, said["status"], said["field"]) == (status, status, field), path
        assert said["error"]["en"] != said["error"]["cy"]
        assert answer.headers["Cache-Control"] == "no-store"
    assert ask("councils/nobody").json()["error"]["cy"] == "Nid oes rhes o’r fath."


def test_nothing_can_be_written():
    for path in ("/api/v1/", "/api/v1/councils", "/api/v1/councils/x", "/api/v1/openapi.json"):
        for method in ("post", "put", "patch", "delete"):
            answer = getattr(Client(enforce_csrf_checks=True), method)(path)
            assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD"), (path, method)
    head = Client().head("/api/v1/councils")
    assert (head.status_code, head.content) == (200, b"")


def test_who_asks_too_often_waits_a_minute(settings):
    settings.API_LIMIT = 2
    assert [ask("councils").status_code for _time in range(3)] == [200, 200, 429]
    refused = ask("councils")
    assert refused.headers["Retry-After"] == "60"
    assert refused.json()["error"]["en"].startswith("You have asked very often.")
    assert Client().get("/en/data/councils.csv").status_code == 429


def test_a_page_of_projects_costs_the_same_for_one_and_for_thirty():
    def one() -> None:
        StatusUpdateFactory(project=ProjectFactory())

    one()
    with CaptureQueriesContext(connection) as few:
        assert len(rows("projects")) == 1
    for _more in range(29):
        one()
    with CaptureQueriesContext(connection) as many:
        found = rows("projects")
    assert len(found) == 30
    assert found[0]["updates"][0]["reason"]["cy"]
    assert len(few) == len(many) <= 12
    assert "internal_note" not in json.dumps(found)


@pytest.mark.usefixtures("loaded")
class TestLoaded:
    """The facts and the demonstration."""

    def test_every_answer_and_every_example_keeps_to_the_description(self, settings):
        settings.DEMO = True
        for name, data in SETS.items():
            row, page = schemas_of(data)
            assert row.model_validate(example_of(data)), name
            for path in (name, f"{name}?demonstration=true", f"{name}?lang=cy"):
                shown = ask(path).json()
                page.model_validate(shown)
                assert list(shown["results"][0] if shown["results"] else example_of(data)) == [
                    column.key for column in data.columns
                ]
            for one in ask(f"{name}?demonstration=true").json()["results"][:1] + rows(name)[:1]:
                found = [ask(f"{name}/{one['id']}{query}") for query in ("", "?demonstration=true")]
                assert one in [answer.json() for answer in found if answer.status_code == 200], name

    def test_the_description_names_every_set_with_an_example(self):
        described = ask("openapi.json").json()
        assert described["info"]["version"] == "1"
        for name, data in SETS.items():
            for path in (f"/api/v1/{name}", f"/api/v1/{name}/{{key}}"):
                assert set(described["paths"][path]) == {"get"}
                assert {"200", "400", "404", "429"} <= set(described["paths"][path]["get"]["responses"])
            assert described["components"]["schemas"][data.schema]["example"] == json.loads(
                json.dumps(example_of(data))
            )

    def test_no_list_holds_what_is_invented_unless_it_is_asked_for_where_a_demonstration_is(self, settings):
        for name in SETS:
            settings.DEMO = True
            real = rows(name)
            settings.DEMO = False
            assert rows(name) == real, name
            assert rows(f"{name}?demonstration=true") == []
        settings.DEMO = True
        invented = ask("projects?demonstration=true").json()
        assert invented["demonstration"] is True
        assert len(invented["results"]) == Project.objects.filter(is_demo=True).count() > 0
        assert Project.objects.filter(slug_en__in=[one["id"] for one in rows("projects")], is_demo=True).count() == 0
        assert rows("awards?demonstration=true")[0]["shares"]

    def test_it_gives_what_a_visitor_may_see_and_the_same_to_everybody(self, settings):
        settings.DEMO = True
        nobody = AnonymousUser()
        assert {one["id"] for one in rows("bids")} == set(
            Bid.objects.visible_to(nobody).values_list("slug_en", flat=True)
        )
        assert not {one["award"] for one in rows("learning")} - set(
            Award.objects.public().values_list("bid__slug_en", flat=True)
        )
        assert {one["status"] for one in rows("sessions?demonstration=true")} & {"planned"} == set()
        secretary = Client()
        secretary.force_login(person(), backend=BACKEND)
        for name in SETS:
            assert secretary.get(f"/api/v1/{name}").json() == ask(name).json(), name

    def test_the_facts_are_there(self):
        assert ask("councils").json()["count"] == 22
        assert ask("bids").json()["count"] == 5
        stated = ask("training-counts/2021-22-officers_trained").json()
        assert (stated["basis"], stated["most"], stated["target"], stated["outcome"]) == ("stated", None, 250, "met")
        assert None in [one["grant"] for one in rows("plans")]
        met = ask("deliverables?year=2021-22&outcome=met").json()["count"]
        assert 0 < met <= ask("deliverables?year=2021-22").json()["count"] == 8

    def test_no_page_costs_more_than_twelve_queries(self, settings):
        settings.DEMO = True
        for name in SETS:
            for query in ("", "?demonstration=true"):
                with CaptureQueriesContext(connection) as queries:
                    ask(name + query)
                assert len(queries) <= 12, (name, len(queries))

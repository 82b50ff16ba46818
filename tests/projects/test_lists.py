"""The list of projects, its file, and the pages of plans."""

import csv
import io
from datetime import timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from projects.rows import HEADINGS
from tests.factories.people import BodyFactory, CouncilFactory, person
from tests.factories.projects import (
    DeliverableFactory,
    DeliveryPlanFactory,
    PlanProjectFactory,
    ProjectFactory,
    ProjectPartnerFactory,
    SourceFactory,
    StatusUpdateFactory,
    StrategyFactory,
)
from wlga_portal.kernel.export_files import safe

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LIST = "/en/projects/"


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def titles(response: Any) -> list[str]:
    return [str(project.title) for project in response.context["table"].data]


def days_ago(days: int) -> Any:
    return timezone.localdate() - timedelta(days=days)


@pytest.fixture
def portfolio():
    """Five projects of which each filter picks some."""
    torfaen = CouncilFactory(name_en="Torfaen", name_cy="Torfaen", slug_en="torfaen", slug_cy="torfaen")
    plan = DeliveryPlanFactory(year="2031-32")
    maps = ProjectFactory(title_en="Maps", title_cy="Mapiau", phase="alpha", first_year="2031-32")
    PlanProjectFactory(plan=plan, project=maps)
    ProjectPartnerFactory(project=maps, organisation=torfaen)
    StatusUpdateFactory(project=maps, confidence="green")
    bins = ProjectFactory(
        title_en="Bins",
        title_cy="Biniau",
        slug_en="bins",
        slug_cy="biniau",
        phase="live",
        aim_en="Clean streets",
        aim_cy="Strydoedd glân",
    )
    StatusUpdateFactory(project=bins, confidence="red", for_date=days_ago(14))
    pools = ProjectFactory(title_en="Pools", title_cy="Pyllau", phase="discovery", status="backlog")
    StatusUpdateFactory(project=pools, confidence="green", for_date=days_ago(15))
    ProjectFactory(title_en="Libraries", title_cy="Llyfrgelloedd", councils_stated=4)
    ProjectFactory(title_en="Invented", title_cy="Dychmygol", is_demo=True)


def test_the_list_is_public_in_the_order_of_the_pages_alphabet(client, portfolio):
    assert titles(client.get(LIST)) == ["Bins", "Libraries", "Maps", "Pools"]
    response = client.get("/cy/prosiectau/")
    assert titles(response) == ["Biniau", "Llyfrgelloedd", "Mapiau", "Pyllau"]
    assert "4 prosiect" in text_of(response)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("plan=2031-32", ["Maps"]),
        ("phase=live", ["Bins"]),
        ("phase=none", ["Libraries"]),
        ("confidence=green", ["Maps"]),
        ("confidence=red", ["Bins"]),
        ("confidence=amber", []),
        ("confidence=unconfirmed", ["Pools"]),
        ("confidence=none", ["Libraries"]),
        ("status=backlog", ["Pools"]),
        ("council=torfaen", ["Maps"]),
        ("q=LYFRG", ["Libraries"]),
        ("q=clean+streets", ["Bins"]),
        ("phase=alpha&confidence=red", []),
        ("sort=phase", ["Pools", "Maps", "Bins", "Libraries"]),
        ("sort=-phase", ["Bins", "Maps", "Pools", "Libraries"]),
        ("sort=confidence", ["Bins", "Maps", "Pools", "Libraries"]),
        ("sort=-title", ["Pools", "Maps", "Libraries", "Bins"]),
        ("sort=confirmed", ["Pools", "Bins", "Maps", "Libraries"]),
        ("sort=status", ["Maps", "Bins", "Libraries", "Pools"]),
        ("sort=councils", ["Bins", "Libraries", "Maps", "Pools"]),
    ],
)
def test_the_list_filters_and_sorts(client, portfolio, query, found):
    assert titles(client.get(f"{LIST}?{query}")) == found


def test_a_filter_that_there_is_not_gets_a_sentence(client, portfolio):
    response = client.get(f"{LIST}?phase=gamma")
    assert response.status_code == 200
    assert "There is a problem" in text_of(response)


@pytest.mark.parametrize("name", ["q", "plan", "phase", "confidence", "status", "council", "sort", "page"])
def test_nonsense_in_a_filter_is_no_fault_of_the_portal(client, portfolio, name):
    for value in ("%00", "%F0%9F%92%A9", "x" * 5000, "-1", "%22%3E%3Cscript%3E"):
        response = client.get(f"{LIST}?{name}={value}")
        assert response.status_code == 200
        assert b"<script>" not in response.content


def test_what_is_not_published_and_what_is_unconfirmed_say_so(client, portfolio):
    text = text_of(client.get(LIST))
    assert "Unconfirmed" in text
    assert "(last said: Green)" in text
    assert "4 councils, not named" in text
    assert text.count("not published") > 5


def test_what_is_inferred_is_marked(client):
    ProjectPartnerFactory(organisation=BodyFactory(name_en="Some body"), inferred=True)
    assert "(not stated by the source)" in text_of(client.get(LIST))
    assert "Some body (not stated by the source)" in client.get(f"{LIST}projects.csv").content.decode()


def test_the_demonstration_shows_only_where_its_plan_is_asked_for(client, portfolio, settings):
    settings.DEMO = True
    plan = DeliveryPlanFactory(is_demo=True, slug_en="demonstration-plan", title_en="Demonstration plan")
    PlanProjectFactory(plan=plan, project__title_en="Clear letters", project__is_demo=True)
    assert "Demonstration: invented data" not in text_of(client.get(LIST))
    response = client.get(f"{LIST}?plan=demonstration-plan")
    assert titles(response) == ["Clear letters"]
    assert "Demonstration: invented data" in text_of(response)


def many(count: int) -> None:
    for _number in range(count):
        listing = PlanProjectFactory()
        StatusUpdateFactory(project=listing.project)
        ProjectPartnerFactory(project=listing.project)
        ProjectPartnerFactory(project=listing.project, inferred=True)


@pytest.mark.parametrize("address", [LIST, f"{LIST}?sort=confidence&phase=none", f"{LIST}projects.csv"])
def test_the_list_costs_the_same_at_1_and_at_30_rows(client, address):
    client.force_login(person(Role.TEAM), backend=BACKEND)
    counts = []
    for count in (1, 29):
        many(count)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


# --- The file -------------------------------------------------------------------------------------
def rows_of(response: Any) -> list[dict[str, str]]:
    text = response.content.decode()
    assert text.startswith("\ufeff")
    return list(csv.DictReader(io.StringIO(text[1:])))


def test_the_file_holds_what_the_list_shows_with_both_languages(client, portfolio):
    response = client.get(f"{LIST}projects.csv?confidence=red")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="projects.csv"'
    assert rows_of(response) == [
        {
            "Title (English)": "Bins",
            "Title (Welsh)": "Biniau",
            "Delivery plans": "not published",
            "Phase": "Live",
            "Status": "Active",
            "Delivery confidence": "Red",
            "Last confirmed": days_ago(14).isoformat(),
            "Reason (English)": "All is on time.",
            "Reason (Welsh)": "Mae popeth ar amser.",
            "Councils and partners": "not published",
            "Councils, not named": "not published",
            "Aim (English)": "Clean streets",
            "Aim (Welsh)": "Strydoedd glân",
            "Source": "",
            "Address (English)": "/en/projects/bins/",
            "Address (Welsh)": "/cy/prosiectau/biniau/",
        }
    ]


def test_the_file_is_in_welsh_on_the_welsh_page_and_sorted_as_asked(client, portfolio):
    response = client.get("/cy/prosiectau/prosiectau.csv?sort=-title")
    assert response["Content-Disposition"] == 'attachment; filename="prosiectau.csv"'
    rows = rows_of(response)
    assert [row["Teitl (Cymraeg)"] for row in rows] == ["Pyllau", "Mapiau", "Llyfrgelloedd", "Biniau"]
    assert [row["Hyder cyflawni"] for row in rows] == ["Heb ei gadarnhau", "Gwyrdd", "heb ei gyhoeddi", "Coch"]
    assert [row["Cynghorau heb eu henwi"] for row in rows] == [
        "heb ei gyhoeddi",
        "heb ei gyhoeddi",
        "4",
        "heb ei gyhoeddi",
    ]
    assert len(rows[0]) == len(HEADINGS)


def test_a_historic_project_says_its_source_and_not_a_status(client):
    source = SourceFactory(title_en="The update")
    ProjectFactory(is_historic=True, source=source, status="unstated", first_year="2020-21")
    row = rows_of(client.get(f"{LIST}projects.csv"))[0]
    assert (row["Status"], row["Source"], row["Delivery plans"]) == ("not published", "The update", "2020-21")
    assert "2020-21" in text_of(client.get(LIST))


@pytest.mark.parametrize(
    ("value", "written"),
    [("=1+1", "'=1+1"), ("@x", "'@x"), ("-5", "'-5"), ("+44", "'+44"), ("Maps", "Maps"), (-5, -5), ("", "")],
)
def test_a_spreadsheet_takes_no_text_for_a_formula(value, written):
    assert safe(value) == written


# --- Plans ----------------------------------------------------------------------------------------
def test_a_plan_shows_its_grant_its_projects_and_its_deliverables(client):
    plan = DeliveryPlanFactory(
        year="2031-32",
        grant_pence=79_000_000,
        agreed_with=BodyFactory(name_en="Welsh Government"),
        strategy=StrategyFactory(title_en="The strategy"),
        overall_en="All met.",
        overall_cy="Cyflawnwyd popeth.",
    )
    second = PlanProjectFactory(plan=plan, position=2, printed_ref="17.2", project__title_en="Bins")
    PlanProjectFactory(plan=plan, position=1, printed_ref="17.1", project__title_en="Maps")
    DeliverableFactory(plan=plan, title_en="Maps drawn", target=5, unit_en="maps", unit_cy="mapiau", outcome="met")
    response = client.get("/en/projects/plans/2031-32/")
    text = text_of(response)
    assert text.index("17.1") < text.index("Maps") < text.index("17.2") < text.index("Bins")
    for part in ("£790,000", "Welsh Government", "The strategy", "All met.", "5 maps", ">Met<", second.project.slug_en):
        assert part in text
    assert "not published" in text
    assert "Demonstration: invented data" not in text
    assert "/cy/prosiectau/cynlluniau/2031-32/" in text


def test_a_plan_without_printed_numbers_or_deliverables_shows_neither(client, settings):
    settings.DEMO = True
    plan = DeliveryPlanFactory(year="2031-32", is_demo=True)
    PlanProjectFactory(plan=plan)
    text = text_of(client.get("/cy/prosiectau/cynlluniau/2031-32/"))
    assert "Rhif printiedig" not in text
    assert "Pethau i’w cyflawni" not in text
    assert "Enghreifftiol: data dychmygol" in text


def test_a_plan_costs_the_same_at_1_and_at_30_rows(client):
    plan = DeliveryPlanFactory(year="2031-32")
    counts = []
    for count in (1, 29):
        for _number in range(count):
            StatusUpdateFactory(project=PlanProjectFactory(plan=plan).project)
            DeliverableFactory(plan=plan)
        client.get("/en/projects/plans/2031-32/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/en/projects/plans/2031-32/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_a_plan_that_there_is_not_is_404(client):
    assert client.get("/en/projects/plans/1999-00/").status_code == 404

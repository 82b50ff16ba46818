"""The portfolio as data, its dictionary, and sets of columns with those of the Major Projects data."""

import csv
import io
import json
from datetime import date
from html import unescape
from typing import Any

import pytest
from openpyxl import load_workbook

from accounts.roles import Role
from projects import opendata
from projects.actions.columnsets import column_move, columnset_remove, columnset_save
from projects.columns import COLUMNS, MAJOR_PROJECTS
from projects.fields import raw
from projects.forms.columnsets import ColumnSetForm
from projects.loading import load_columns
from projects.models import ColumnSet, Lineage
from projects.portfolio_rows import financial_year, rows_of
from projects.querysets import ProjectQuerySet
from tests.factories.people import CouncilFactory, person
from tests.factories.posts import ColumnSetFactory
from tests.factories.projects import (
    BenefitFactory,
    DeliverableFactory,
    LineageFactory,
    MilestoneFactory,
    PhaseChangeFactory,
    PlanProjectFactory,
    ProjectCostFactory,
    ProjectFactory,
    ProjectPartnerFactory,
    RiskFactory,
    SourceFactory,
    StatusUpdateFactory,
    ThemeFactory,
)
from wlga_portal.kernel.workflow import NotAllowed, Refused

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
DATA, SETS = "/en/projects/data/", "/en/projects/columns/"
TODAY = date(2026, 11, 23)


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def lines(response: Any) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(response.content.decode("utf-8-sig"))))


def projects() -> ProjectQuerySet:
    from projects.models import Project

    return Project.objects.order_by("pk")


@pytest.fixture
def maps():
    """A project with something of everything."""
    project = ProjectFactory(
        title_en="Maps", title_cy="Mapiau", slug_en="maps", slug_cy="mapiau", phase="beta",
        lead=person(name="Lowri Lead"), theme=ThemeFactory(title_en="Design"),
        source=SourceFactory(title_en="The update"), starts_on=date(2026, 4, 1),
        ends_on=date(2027, 3, 31), aim_en="Aim", aim_cy="Nod",
    )  # fmt: skip
    PlanProjectFactory(project=project, plan__year="2026-27")
    PhaseChangeFactory(project=project, phase="beta", since=date(2026, 9, 1))
    StatusUpdateFactory(
        project=project, for_date=date(2026, 11, 20), confidence="amber", reason_en="Late.", reason_cy="Hwyr.",
        internal="A secret",
    )  # fmt: skip
    MilestoneFactory(
        project=project,
        title_en="Report",
        baseline=date(2026, 10, 1),
        forecast=date(2026, 10, 1),
        actual=date(2026, 10, 1),
    )
    MilestoneFactory(project=project, title_en="Opening", baseline=date(2026, 12, 1), forecast=date(2026, 12, 11))
    DeliverableFactory(project=project, title_en="Guide", target=2, unit_en="guides", unit_cy="canllawiau")
    for kind, amount in (("baseline", 100_000_00), ("forecast", 110_000_00)):
        ProjectCostFactory(
            project=project, year="2026-27", kind=kind, amount_pence=amount, narrative_en="", narrative_cy=""
        )
    ProjectCostFactory(project=project, year="2025-26", kind="baseline", amount_pence=50_000_00)
    ProjectCostFactory(project=project, year="2025-26", kind="actual", amount_pence=40_000_00)
    BenefitFactory(project=project)
    RiskFactory(project=project, title_en="Public risk", is_public=True)
    RiskFactory(project=project, title_en="Hidden risk", is_public=False)
    ProjectPartnerFactory(project=project, organisation=CouncilFactory(name_en="Torfaen"), role="lead")
    ProjectPartnerFactory(project=project, organisation=CouncilFactory(name_en="Cardiff"))
    LineageFactory(later=project, earlier=ProjectFactory(title_en="Old maps", slug_en="old-maps"))
    return project


# --- The data -------------------------------------------------------------------------------------
def test_the_json_holds_the_whole_portfolio_and_nothing_that_is_not_public(client, maps):
    ProjectFactory(title_en="Invented", is_demo=True)
    answer = client.get(f"{DATA}portfolio.json")
    data = json.loads(answer.content)
    assert data["schema"] == 1
    assert [one["title_en"] for one in data["projects"]] == ["Maps", "Old maps"]
    one = data["projects"][0]
    assert (one["id"], one["starts_on"], one["commentary_cy"], one["year_baseline"]) == (
        "maps",
        "2026-04-01",
        "Hwyr.",
        100_000.0,
    )
    assert [part["title_en"] for part in one["risks"]] == ["Public risk"]
    assert one["lineage"] == [{"earlier": "old-maps", "kind": "succeeds"}]
    assert {part["role"] for part in one["partners"]} == {"lead", "partner"}
    assert [part["amount"] for part in one["costs"] if part["year"] == "2025-26"] == [40_000.0, 50_000.0]
    assert one["deliverables"][0]["target"] == 2
    assert all(one[part.name] for part in opendata.PARTS)
    for hidden in (b"A secret", b"Lowri Lead", b"Hidden risk", b"Invented"):
        assert hidden not in answer.content
    old = data["projects"][1]
    assert (old["confidence"], old["phase"], old["whole_life_cost"], old["updates"]) == (None, None, None, [])


def test_the_csv_has_one_line_for_each_project_under_the_keys_of_the_dictionary(client, maps):
    ProjectFactory(title_en="=HYPERLINK(1)", slug_en="formula")
    rows = {one["id"]: one for one in lines(client.get(f"{DATA}portfolio.csv"))}
    assert set(rows) == {"maps", "old-maps", "formula"}
    assert (rows["maps"]["lead_councils"], rows["maps"]["partners"], rows["maps"]["plans"]) == (
        "Torfaen",
        "Cardiff",
        "2026-27",
    )
    assert rows["old-maps"]["confidence"] == ""
    assert rows["formula"]["title_en"] == "'=HYPERLINK(1)"
    known = [entry.key for entry in opendata.dictionary() if entry.table == "projects"]
    assert list(rows["maps"]) == known
    assert "lead" not in known
    assert "internal_note" not in known


@pytest.mark.parametrize("part", [part.name for part in opendata.PARTS])
def test_each_part_is_a_csv_whose_fields_stand_in_the_dictionary(client, maps, part):
    rows = lines(client.get(f"{DATA}{part}.csv"))
    assert rows
    assert {one["project"] for one in rows} == {"maps"}
    assert list(rows[0])[1:] == [entry.key for entry in opendata.dictionary() if entry.table == part]


def test_a_part_that_there_is_not_is_404(client):
    assert client.get(f"{DATA}secrets.csv").status_code == 404


def test_the_dictionary_says_every_field_in_both_languages(client):
    english, welsh = text_of(client.get(DATA)), text_of(client.get("/cy/prosiectau/data/"))
    for entry in opendata.dictionary():
        assert f"<code>{entry.key}</code>" in english
        assert f"<code>{entry.key}</code>" in welsh
        assert entry.label
        assert entry.kind
    assert "Schedule narrative (English)" in english
    assert "Naratif yr amserlen (Saesneg)" in welsh
    rows = lines(client.get(f"{DATA}dictionary.csv"))
    confidence = next(one for one in rows if (one["Table"], one["Field"]) == ("projects", "confidence"))
    assert "unconfirmed: Unconfirmed" in confidence["Words that may stand in it"]
    assert lines(client.get("/cy/prosiectau/data/geiriadur.csv"))[0]["Maes"] == "id"


def test_the_data_cost_the_same_for_one_project_and_for_thirty(client, maps, django_assert_num_queries):
    def one() -> None:
        project = ProjectFactory()
        for factory in (StatusUpdateFactory, MilestoneFactory, ProjectCostFactory, BenefitFactory, RiskFactory):
            factory(project=project)

    for path, number in (("portfolio.json", 12), ("portfolio.csv", 6)):
        with django_assert_num_queries(number):
            client.get(DATA + path)
    for _number in range(29):
        one()
    for path, number in (("portfolio.json", 12), ("portfolio.csv", 6)):
        with django_assert_num_queries(number):
            client.get(DATA + path)


def test_a_value_as_json_has_it():
    assert raw("", "day") is None
    assert raw("", "text") == ""
    assert raw([date(2026, 1, 2)], "list") == ["2026-01-02"]
    assert raw(True, "truth") is True
    assert raw(1_50, "pounds") == 1.5


# --- What the columns say -------------------------------------------------------------------------
def row_of(project: Any, year: str = "2026-27") -> Any:
    return next(row for row in rows_of(projects(), year=year, today=TODAY) if row.project == project)


def test_the_schedule_narrative_is_made_from_the_milestones(maps):
    row = row_of(maps)
    assert row.schedule.en == (
        "1 of 2 milestones reached. Opening: first agreed for 1 December 2026, now 11 December 2026, 10 days late."
    )
    assert row.schedule.cy.startswith("Cyrhaeddwyd 1 o 2 garreg filltir.")
    assert COLUMNS["next_milestone_en"].value(row) == "Opening"
    assert COLUMNS["phase_since"].value(row) == date(2026, 9, 1)


def test_a_variance_over_five_per_cent_needs_its_explanation(maps):
    row = row_of(maps)
    assert (row.variance, row.variance_narrative.en) == (10.0, "No explanation is given.")
    forecast = maps.costs.filter(year="2026-27", kind="forecast")
    forecast.update(narrative_en="Prices rose.", narrative_cy="Cododd prisiau.")
    assert row_of(maps).variance_narrative.cy == "Cododd prisiau."
    forecast.update(amount_pence=105_000_00)
    assert (row_of(maps).variance, row_of(maps).variance_narrative.en) == (5.0, "")
    forecast.update(amount_pence=94_000_00)
    assert (row_of(maps).variance, row_of(maps).variance_narrative.en) == (-6.0, "Prices rose.")
    assert row_of(maps, "2030-31").variance is None


def test_the_whole_life_cost_takes_the_best_figure_of_each_year(maps):
    row = row_of(maps)
    assert row.whole_life == 40_000_00 + 110_000_00
    assert row.whole_life_baseline == 150_000_00


def test_a_confidence_reads_unconfirmed_after_fourteen_days(maps):
    assert row_of(maps).confidence == "amber"
    old = next(row for row in rows_of(projects(), today=date(2026, 12, 5)) if row.project == maps)
    assert (old.confidence, COLUMNS["confidence_said"].value(old)) == ("unconfirmed", "amber")


def test_a_financial_year_begins_in_april():
    assert [financial_year(day) for day in (date(2026, 3, 31), date(2026, 4, 1), date(2099, 5, 1))] == [
        "2025-26", "2026-27", "2099-00",
    ]  # fmt: skip


# --- Sets of columns ------------------------------------------------------------------------------
def test_the_supplied_set_is_that_of_the_major_projects_data_for_anybody(client, maps):
    supplied = load_columns()
    assert load_columns() == supplied
    assert set(MAJOR_PROJECTS) <= set(COLUMNS)
    page = text_of(client.get(f"{SETS}sets/major-projects/"))
    for label in ("Commentary on delivery confidence (Welsh)", "Year: variance", "Whole-life cost", "Take the file"):
        assert label in page
    assert "Put “" not in page
    (one, _old) = lines(client.get(f"{SETS}sets/major-projects/file/?year=2026-27&format=csv"))
    assert one["Title (English)"] == "Maps"
    assert one["Year: baseline"] == "100000.0"
    assert one["Year: variance"] == "10.0"
    assert one["End (latest approved)"] == "2027-03-31"
    assert 'href="/en/projects/columns/sets/major-projects/"' in text_of(client.get(DATA))
    welsh = client.get("/cy/prosiectau/colofnau/setiau/prosiectau-mawr/ffeil/?year=2026-27&format=csv")
    assert lines(welsh)[0]["Y flwyddyn: amrywiant"] == "10.0"


def test_a_set_is_taken_as_xlsx_and_json_too(client, maps):
    load_columns()
    book = load_workbook(io.BytesIO(client.get(f"{SETS}sets/major-projects/file/?year=2026-27&format=xlsx").content))
    rows = list(book.active.iter_rows(values_only=True))
    assert (rows[0][0], rows[1][0]) == ("Title (English)", "Maps")
    assert rows[2][rows[0].index("Delivery confidence")] == "not published"
    found = client.get(f"{SETS}sets/major-projects/file/?year=2025-26&format=json").json()
    assert found[0]["year_baseline"] == 50_000.0
    wrong = client.get(f"{SETS}sets/major-projects/file/?year=1999-00&format=exe")
    assert wrong.status_code == 400
    assert "There is a problem" in text_of(wrong)


def test_the_team_makes_a_set_orders_it_and_removes_it(client, maps):
    client.force_login(person(Role.TEAM), backend=BACKEND)
    form = {"title_en": "Leads", "title_cy": "Arweinwyr", "chosen": ["title_en", "lead", "internal_note"]}
    wrong = text_of(client.post(f"{SETS}new/", {**form, "is_public": "on", "title_cy": ""}))
    assert "Only the team may have these columns: Lead, Internal note." in wrong
    assert "Write the title in Welsh." in wrong
    assert "The set of columns is saved." in text_of(client.post(f"{SETS}new/", form, follow=True))
    made = ColumnSet.objects.get()
    client.post(f"{SETS}sets/leads/order/", {"up": "lead"})
    made.refresh_from_db()
    assert made.columns == ["lead", "title_en", "internal_note"]
    client.post(f"{SETS}sets/leads/order/", {"down": "title_en"})
    made.refresh_from_db()
    assert made.columns == ["lead", "internal_note", "title_en"]
    refused = client.post(f"{SETS}sets/leads/order/", {"up": "lead"}, follow=True)
    assert "The column cannot be moved there." in text_of(refused)
    assert "The column cannot be moved there." in text_of(
        client.post(f"{SETS}sets/leads/order/", {"down": "nothing"}, follow=True)
    )
    edited = {**form, "chosen": ["title_en", "lead", "phase"], "version": made.version}
    client.post(f"{SETS}sets/leads/edit/", edited)
    made.refresh_from_db()
    assert made.columns == ["lead", "title_en", "phase"]
    page = text_of(client.get(f"{SETS}sets/leads/edit/"))
    assert page.count(" checked") == 3
    assert "Lowri Lead" in text_of(client.get(f"{SETS}sets/leads/file/?year=2026-27&format=csv"))
    assert "Leads" in text_of(client.get(SETS))
    client.logout()
    assert client.get(f"{SETS}sets/leads/").status_code == 404
    assert client.get(f"{SETS}sets/leads/file/?year=2026-27&format=csv").status_code == 404
    client.force_login(person(Role.TEAM), backend=BACKEND)
    assert "The set of columns is removed." in text_of(client.post(f"{SETS}sets/leads/remove/", follow=True))
    assert not ColumnSet.objects.exists()


def test_two_who_change_the_same_title_see_both(client):
    given = ColumnSetFactory(slug_en="mine", columns=["title_en"])
    client.force_login(person(Role.TEAM), backend=BACKEND)
    ColumnSet.objects.update(title_en="Theirs")
    form = {"title_en": "Mine", "title_cy": given.title_cy, "chosen": ["title_en"], "version": given.version}
    clash = client.post(f"{SETS}sets/mine/edit/", form)
    assert clash.status_code == 409
    assert "Theirs" in text_of(clash)


def test_a_supplied_set_stays_and_a_public_one_hides_what_is_for_the_team(client, maps):
    supplied = load_columns()
    client.force_login(person(Role.TEAM), backend=BACKEND)
    kept = client.post(f"{SETS}sets/major-projects/remove/", follow=True)
    assert "This set came with the portal and stays." in text_of(kept)
    with pytest.raises(Refused):
        columnset_remove(supplied, by=person(Role.TEAM))
    ColumnSetFactory(slug_en="open", columns=["title_en", "lead", "gone"], is_public=True)
    client.logout()
    assert "Lead" not in lines(client.get(f"{SETS}sets/open/file/?year=2026-27&format=csv"))[0]
    assert ColumnSet.objects.count() == 2


def test_only_the_team_chooses_columns(client):
    given = ColumnSetFactory(slug_en="open", is_public=True)
    for path in ("", "new/", "sets/open/edit/", "sets/open/order/", "sets/open/remove/"):
        client.logout()
        assert client.post(SETS + path).status_code in {302, 405}
        client.force_login(person(Role.OFFICER), backend=BACKEND)
        assert client.get(SETS + path).status_code in {403, 405}
        assert client.post(SETS + path).status_code in {403, 405}
    stranger = person(Role.OFFICER)
    for write in (
        lambda: column_move(given, "title_en", up=True, by=stranger),
        lambda: columnset_remove(given, by=stranger),
        lambda: columnset_save(ColumnSetForm(instance=given), by=stranger),
    ):
        with pytest.raises(NotAllowed):
            write()
    assert ColumnSet.objects.get().columns == given.columns


def test_the_lineage_of_the_data_is_that_of_the_portal():
    assert {field.key for field in opendata.PARTS_BY_NAME["lineage"].fields} == {"earlier", "kind"}
    assert set(opendata.PARTS_BY_NAME["lineage"].fields[1].labels) == {
        value for value, _label in Lineage._meta.get_field("kind").choices or ()
    }

"""The portfolio: more filters and columns of the list, files, saved views; the board by phase and the timeline."""

import io
from datetime import date, timedelta
from html import unescape
from typing import Any

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from projects.models import MilestoneForecast, Project, SavedView
from projects.timeline import Timeline
from tests.factories.people import person
from tests.factories.projects import (
    DeliveryPlanFactory,
    MilestoneFactory,
    PlanProjectFactory,
    ProjectFactory,
    ProjectPartnerFactory,
    RiskFactory,
    SavedViewFactory,
    StatusUpdateFactory,
    ThemeFactory,
)

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LIST, BOARD, TIMELINE = "/en/projects/", "/en/projects/by-phase/", "/en/projects/timeline/"


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def days_ago(days):
    return timezone.localdate() - timedelta(days=days)


def titles(response) -> list[str]:
    return [str(project.title) for project in response.context["table"].data]


def sign_in(client, *roles):
    user = person(*roles)
    client.force_login(user, backend=BACKEND)
    return user


@pytest.fixture
def projects():
    """Bins are green with an overdue milestone; Maps unconfirmed, led; Pools green with a hidden red risk, overdue."""
    lead = person(Role.TEAM, name="Lowri Lead")
    bins = ProjectFactory(title_en="Bins", theme=ThemeFactory(slug="waste", title_en="Waste"), phase="alpha")
    maps = ProjectFactory(title_en="Maps", lead=lead, starts_on=date(2026, 1, 5), ends_on=date(2027, 1, 5))
    pools = ProjectFactory(title_en="Pools", phase="live")
    StatusUpdateFactory(project=bins, for_date=days_ago(1))
    StatusUpdateFactory(project=maps, for_date=days_ago(20))
    StatusUpdateFactory(project=pools, for_date=days_ago(2))
    MilestoneFactory(project=bins, title_en="First round", baseline=days_ago(9), forecast=days_ago(5))
    MilestoneFactory(
        project=bins, title_en="Reached", baseline=days_ago(30), forecast=days_ago(30), actual=days_ago(29)
    )
    RiskFactory(project=pools, likelihood=5, impact=5, review_on=days_ago(1))
    return {"bins": bins, "maps": maps, "pools": pools, "lead": lead}


# --- Filters --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("query", "everybody", "team"),
    [
        ("theme=waste", ["Bins"], ["Bins"]),
        ("attention=overdue", ["Bins"], ["Bins"]),
        ("attention=stale", ["Maps"], ["Maps"]),
        ("attention=contradiction", [], ["Pools"]),
        ("attention=overdue&attention=stale", [], []),
        ("lead=none", ["Bins", "Maps", "Pools"], ["Bins", "Pools"]),
    ],
)
def test_the_portfolio_is_narrowed_by_theme_lead_and_what_asks_for_attention(client, projects, query, everybody, team):
    assert titles(client.get(f"{LIST}?{query}")) == everybody
    sign_in(client, Role.TEAM)
    assert titles(client.get(f"{LIST}?{query}")) == team


def test_the_team_sees_what_each_leads_and_the_public_no_names(client, projects):
    query = f"{LIST}?lead={projects['lead'].pk}&columns=lead"
    assert "Lowri Lead" not in text_of(client.get(query))
    sign_in(client, Role.TEAM)
    response = client.get(query)
    assert (titles(response), "Lowri Lead" in text_of(response)) == (["Maps"], True)


@pytest.mark.parametrize("name", ["theme", "lead", "attention", "columns"])
@pytest.mark.parametrize("address", [LIST, BOARD, TIMELINE])
def test_nonsense_is_no_fault_of_the_portal(client, projects, name, address):
    sign_in(client, Role.TEAM)
    for value in ("%00", "x" * 3000, "-1", "99999999999999999999", "%22%3E%3Cscript%3E"):
        response = client.get(f"{address}?{name}={value}")
        assert response.status_code == 200
        assert b"<script>" not in response.content


# --- Columns --------------------------------------------------------------------------------------
def headings(response) -> list[str]:
    return [str(column.header) for column in response.context["table"].columns]


def test_a_reader_chooses_the_columns_and_the_title_stays(client, projects):
    response = client.get(f"{LIST}?columns=following&columns=ends&columns=theme&columns=lead&columns=nonsense")
    assert headings(response) == ["Project", "Strategy theme", "Ends", "Next milestone"]
    text = text_of(response)
    assert [part in text for part in ("Waste", "5 January 2027", "First round, ", "Reached, ")] == [
        True,
        True,
        True,
        False,
    ]
    assert 'value="theme" id="column-theme" checked' in text
    usual = ["Project", "Plan", "Phase", "Status", "Delivery confidence", "Last confirmed", "Councils"]
    assert headings(client.get(LIST)) == headings(client.get(f"{LIST}?columns=nonsense")) == usual


def test_the_columns_stay_when_the_list_is_filtered_and_sorted(client, projects):
    text = text_of(client.get(f"{LIST}?columns=phase&columns=ends&sort=-title"))
    assert '<input type="hidden" name="columns" value="phase"><input type="hidden" name="columns" value="ends">' in text
    assert "?columns=phase&columns=ends&sort=title" in text
    assert '<input type="hidden" name="sort" value="-title">' in text


def test_the_team_sorts_by_lead_and_the_next_milestone_is_the_earliest_ahead(client, projects):
    MilestoneFactory(project=projects["bins"], title_en="Later", baseline=date(2030, 1, 1), forecast=None)
    sign_in(client, Role.HEAD_OF_DELIVERY)
    response = client.get(f"{LIST}?columns=lead&columns=following&sort=lead")
    assert titles(response) == ["Maps", "Bins", "Pools"]
    text = text_of(response)
    assert ("Nobody" in text, "First round, " in text, "Later, " in text) == (True, True, False)


# --- Files ----------------------------------------------------------------------------------------
def test_the_workbook_holds_what_the_csv_holds(client, projects):
    response = client.get("/en/projects/projects.xlsx?theme=waste")
    rows = list(openpyxl.load_workbook(io.BytesIO(response.content)).active.values)
    assert (rows[0][0], rows[1][0], len(rows)) == ("Title (English)", "Bins", 2)
    csv = client.get("/en/projects/projects.csv?theme=waste").content.decode()
    assert csv.count("\r\n") == 2
    assert client.get("/cy/prosiectau/prosiectau.xlsx")["Content-Disposition"].endswith('.xlsx"')


# --- Saved views ----------------------------------------------------------------------------------
def test_a_person_keeps_a_view_opens_it_and_forgets_it(client, projects):
    user = sign_in(client)
    listed = text_of(client.get(f"{LIST}?theme=waste&sort=-title&page=1"))
    assert "/en/projects/views/save/?theme=waste&sort=-title" in listed
    address = "/en/projects/views/save/?theme=waste"
    assert 'value="theme=waste"' in text_of(client.get(address))
    answer = client.post(address, {"name": "Waste", "query": "theme=waste&page=3&as_at=2026-01-01"})
    assert answer["Location"] == f"{LIST}?theme=waste"
    view = SavedView.objects.get()
    assert (view.user, view.name, view.query) == (user, "Waste", "theme=waste")
    assert '<a class="govuk-link" href="/en/projects/?theme=waste">Waste</a>' in text_of(client.get(address))
    assert "Waste" in text_of(client.post(f"/en/projects/views/{view.pk}/forget/", follow=True))
    assert not SavedView.objects.exists()


def test_a_view_of_the_whole_list_is_the_list(client):
    sign_in(client)
    assert client.post("/en/projects/views/save/", {"name": "All", "query": ""})["Location"] == LIST


def test_a_name_that_is_taken_or_missing_gets_a_sentence(client):
    user = sign_in(client)
    SavedViewFactory(user=user, name="Mine")
    SavedViewFactory(name="Theirs")
    for name, sentence in (("Mine", "You have a view of this name already"), ("", "Enter “Name of the view”.")):
        assert sentence in text_of(client.post("/en/projects/views/save/", {"name": name, "query": ""}))
    assert client.post("/en/projects/views/save/", {"name": "Theirs", "query": ""}).status_code == 302


def test_a_view_is_its_owners_alone(client):
    view = SavedViewFactory(name="Private")
    sign_in(client, Role.HEAD_OF_DELIVERY)
    assert "Private" not in text_of(client.get("/en/projects/views/save/"))
    assert client.post(f"/en/projects/views/{view.pk}/forget/").status_code == 404
    client.logout()
    for address in (f"/en/projects/views/{view.pk}/forget/", "/en/projects/views/save/"):
        assert "/account/sign-in/" in client.post(address)["Location"]
    assert SavedView.objects.exists()


# --- The board by phase ---------------------------------------------------------------------------
def test_the_board_shows_each_phase_with_its_projects_their_confidence_and_its_age(client, projects):
    shown = client.get(BOARD).context["columns"]
    assert [(str(label), [str(card.project.title) for card in cards]) for label, cards in shown] == [
        ("Discovery", []),
        ("Alpha", ["Bins"]),
        ("Beta", []),
        ("Live", ["Pools"]),
        ("phase not published", ["Maps"]),
    ]
    text = text_of(client.get(BOARD))
    assert ("Unconfirmed" in text, "20 days ago" in text, "No project." in text) == (True, True, True)
    assert [len(cards) for _label, cards in client.get(f"{BOARD}?theme=waste").context["columns"]] == [0, 1, 0, 0]


@pytest.mark.parametrize(("count", "fit"), [(18, ""), (19, "close"), (41, "dense")])
def test_a_fuller_board_is_drawn_closer_on_paper(client, count, fit):
    Project.objects.bulk_create(ProjectFactory.build(phase="beta") for _number in range(count))
    assert client.get(BOARD).context["fit"].removeprefix("portfolio-board--") == fit


def test_a_filter_that_there_is_not_gets_a_sentence_on_each_view(client):
    for address in (BOARD, TIMELINE):
        assert "There is a problem" in text_of(client.get(f"{address}?phase=gamma"))


# --- The timeline ---------------------------------------------------------------------------------
def test_the_timeline_tells_what_it_draws_and_the_table_beside_it_says_the_same(client, projects):
    response = client.get(TIMELINE)
    text = text_of(response)
    assert "2 milestones: 1 reached, 1 expected late, 1 overdue." in text
    for part in ("<desc", "First round", "4 days late", "Projects of which no day is published", "Pools"):
        assert part in text
    assert [str(row.project.title) for row in response.context["timeline"].rows] == ["Bins", "Maps"]
    assert [str(one.title) for one in response.context["table"].data] == ["Reached", "First round"]


def test_each_mark_stands_at_its_day():
    project = ProjectFactory(title_en="M" * 60, starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31))
    MilestoneFactory(project=project, baseline=date(2026, 1, 1), forecast=date(2026, 12, 31))
    timeline = Timeline([project], date(2026, 7, 2))
    assert (timeline.x(date(2026, 1, 1)), timeline.x(date(2026, 12, 31))) == (1.5, 98.5)
    drawn = timeline.svg
    assert drawn.count("<path") == 2
    assert ('x1="1.5%" x2="98.5%"' in drawn, "M" * 43 + "…" in drawn) == (True, True)
    assert 'stroke-dasharray="6 4"' in drawn
    assert "style=" not in drawn


def test_the_day_of_the_page_is_drawn_when_it_is_near_and_not_when_it_is_far():
    project = ProjectFactory()
    MilestoneFactory(project=project, baseline=date(2022, 4, 1), forecast=date(2022, 9, 1))
    assert "6 4" in Timeline([project], date(2023, 4, 1)).svg
    assert "6 4" not in Timeline([project], date(2026, 4, 1)).svg
    assert "6 4" not in Timeline([project], date(2021, 4, 1)).svg


def test_a_dropped_milestone_keeps_its_baseline_and_one_day_is_drawn_too():
    project = ProjectFactory()
    MilestoneFactory(project=project, baseline=date(2026, 4, 1), forecast=date(2026, 9, 1), dropped_on=date(2026, 5, 1))
    assert Timeline([project], date(2026, 4, 1)).svg.count("<path") == 1
    assert Timeline([project], date(2026, 4, 1)).sentence == "1 milestone: 0 reached, 0 expected late, 0 overdue."


def test_without_a_day_there_is_nothing_to_draw(client):
    ProjectFactory()
    text = text_of(client.get(TIMELINE))
    assert ("No milestone has a day yet." in text, "<figure" in text) == (True, False)
    assert Timeline([], date(2026, 4, 1)).sentence == "No milestone has a day yet."


def test_the_board_and_the_timeline_speak_of_the_past_too(client, projects):
    address = f"{TIMELINE}?as_at=2020-01-01"
    assert client.get(address).context["timeline"].rows == []
    assert [len(cards) for _label, cards in client.get(f"{BOARD}?as_at=2020-01-01").context["columns"]] == [0] * 4


def test_the_demonstration_shows_only_where_its_plan_is_asked_for(client, settings):
    settings.DEMO = True
    plan = DeliveryPlanFactory(is_demo=True, slug_en="demonstration-plan")
    PlanProjectFactory(plan=plan, project__title_en="Clear letters", project__is_demo=True)
    for address in (BOARD, TIMELINE):
        assert "Clear letters" not in text_of(client.get(address))
        text = text_of(client.get(f"{address}?plan=demonstration-plan"))
        assert ("Clear letters" in text, "Demonstration: invented data" in text) == (True, True)


# --- Cost -----------------------------------------------------------------------------------------
COLUMNS = "columns=lead&columns=theme&columns=following&columns=councils&columns=plan&columns=ends"
ADDRESSES = [
    f"{LIST}?{COLUMNS}&attention=stale&attention=overdue&attention=contradiction",
    f"{LIST}?{COLUMNS}",
    BOARD,
    TIMELINE,
    "/en/projects/projects.xlsx",
]


@pytest.mark.parametrize("address", ADDRESSES)
def test_each_view_costs_the_same_at_1_and_at_30_projects(client, address):
    lead = sign_in(client, Role.TEAM)
    theme, counts = ThemeFactory(), []
    for count in (1, 29):
        for _number in range(count):
            project = PlanProjectFactory(project__lead=lead, project__theme=theme, project__phase="beta").project
            StatusUpdateFactory(project=project)
            MilestoneFactory(project=project)
            ProjectPartnerFactory(project=project)
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_a_forecast_that_was_moved_is_where_the_timeline_draws_it(client, projects):
    milestone = projects["bins"].milestones.get(title_en="First round")
    MilestoneForecast.objects.create(milestone=milestone, forecast=date(2027, 3, 4), for_date=timezone.localdate())
    assert "4 March 2027" in text_of(client.get(TIMELINE))

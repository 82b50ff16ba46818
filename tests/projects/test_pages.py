"""A project's page: what the public sees, what the team sees, and the past."""

from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import override

from accounts.roles import Role
from projects import reading
from projects.models import Project
from projects.reading import age, joined, lineage_of
from projects.tables import months_text, phase_tag, slip_text, status_tag
from tests.factories.people import BodyFactory, CouncilFactory, person
from tests.factories.projects import (
    ConfirmationFactory,
    DeliverableFactory,
    LineageFactory,
    MilestoneFactory,
    PhaseChangeFactory,
    PlanProjectFactory,
    ProjectFactory,
    ProjectPartnerFactory,
    SourceFactory,
    StatusUpdateFactory,
    ThemeFactory,
)
from wlga_portal.kernel import panels
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.panels import Panel
from wlga_portal.kernel.workflow import advance

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def page_of(client: Any, project: Project, language: str = "en", **query: str) -> str:
    with override(language):
        response = client.get(project.get_absolute_url(), query)
    assert response.status_code == 200
    return text_of(response)


@pytest.mark.django_db
def test_a_project_of_which_little_is_known_says_not_published(client):
    project = ProjectFactory(title_en="Training", is_historic=True, source=SourceFactory(), status="unstated")
    text = page_of(client, project)
    assert text.count("not published") == 6  # confidence, phase, status, plans, councils, duration
    assert "No updates yet." in text
    assert "No change, still true" not in text


@pytest.mark.django_db
def test_a_project_shows_everything_that_is_said_of_it(client):
    project = ProjectFactory(
        title_en="Maps",
        aim_en="Draw maps",
        aim_cy="Llunio mapiau",
        note_en="A note",
        note_cy="Nodyn",
        next_step_en="Then beta",
        next_step_cy="Yna beta",
        phase="alpha",
        duration_months=18,
        theme=ThemeFactory(title_en="Human-centred design"),
        lead=person(Role.TEAM, name="Lowri Lead"),
    )
    PlanProjectFactory(project=project, printed_ref="17.1", plan__year="2031-32")
    ProjectPartnerFactory(project=project, organisation=CouncilFactory(name_en="Torfaen"), role="lead")
    ProjectPartnerFactory(project=project, organisation=BodyFactory(name_en="A body"), inferred=True)
    PhaseChangeFactory(project=project, phase="discovery", since=None, source=SourceFactory())
    PhaseChangeFactory(project=project, phase="alpha", since=date(2026, 4, 1))
    MilestoneFactory(project=project, title_en="First map", baseline=date(2026, 1, 1), actual=date(2026, 1, 6))
    DeliverableFactory(project=project, title_en="Maps drawn")
    today = timezone.localdate()
    said = StatusUpdateFactory(
        project=project,
        confidence="amber",
        reason_en="The paper is late.",
        text_en="We wait for paper.",
        text_cy="Rydym yn aros am bapur.",
        internal="Ask the printer",
        for_date=today - timedelta(days=5),
        by=person(Role.TEAM, name="Lowri Writer"),
    )
    ConfirmationFactory(update=said, for_date=today - timedelta(days=1))
    text = page_of(client, project)
    for part in (
        "Draw maps",
        "A note",
        "Then beta",
        "18 months",
        "Human-centred design",
        "(17.1)",
        ">Torfaen</a></th>",
        'data-label="Role">Lead</td>',
        "(not stated by the source)",
        "first day not published",
        "since 1 April 2026",
        "5 days late",
        "Maps drawn",
        "Amber",
        "The paper is late.",
        "We wait for paper.",
        "1 day ago",
        "Delivery is feasible, but there are significant issues.",
    ):
        assert part in text
    for hidden in ("Ask the printer", "Lowri Writer", "Lowri Lead", "Post an update", "Correct this update"):
        assert hidden not in text
    welsh = page_of(client, project, "cy")
    assert "Rydym yn aros am bapur." in welsh
    assert "We wait for paper." not in welsh
    client.force_login(person(Role.TEAM), backend=BACKEND)
    team = page_of(client, project)
    for shown in ("Ask the printer", "Lowri Writer", "Lowri Lead", "Post an update", "Move to the backlog"):
        assert shown in team
    assert "Close the project" not in team


@pytest.mark.django_db
def test_older_updates_are_folded_away_and_the_queries_stay_the_same(client):
    project = ProjectFactory()
    counts = []
    for count in (1, 29):
        for _number in range(count):
            StatusUpdateFactory(project=project)
            MilestoneFactory(project=project)
            LineageFactory(later=project)
            ProjectPartnerFactory(project=project)
        page_of(client, project)
        with CaptureQueriesContext(connection) as queries:
            text = page_of(client, project)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert "Older updates" in text


@pytest.mark.django_db
def test_corrections_are_marked_on_both_sides(client):
    wrong = StatusUpdateFactory(confidence="green")
    StatusUpdateFactory(project=wrong.project, confidence="red", corrects=wrong)
    text = page_of(client, wrong.project)
    assert ("Corrected later" in text, "Correction" in text) == (True, True)


@pytest.mark.django_db
def test_a_project_is_found_by_either_slug_and_one_that_is_not_there_is_404(client):
    ProjectFactory(slug_en="maps", slug_cy="mapiau")
    assert client.get("/en/projects/mapiau/").status_code == 200
    assert client.get("/en/projects/nothing/").status_code == 404


@pytest.mark.django_db
def test_the_panels_of_higher_apps_are_drawn(client, monkeypatch):
    project = ProjectFactory()
    row = Panel("Bids about it", "projects/panel_organisation.html", {"rows": []})
    monkeypatch.setattr(panels, "_panels", {"projects.project": [(1, lambda request, thing: row)]})
    assert "Bids about it" in page_of(client, project)


# --- Lineage --------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_lineage_is_told_on_both_sides(client):
    events, blueprints = ProjectFactory(title_en="Life Events"), ProjectFactory(title_en="Service Blueprints")
    design = ProjectFactory(title_en="Life Events Service Design")
    for earlier in (events, blueprints):
        LineageFactory(earlier=earlier, later=design, kind="merged_from")
    first, second = (
        f'<a class="govuk-link" href="{one.get_absolute_url()}">{one.title}</a>' for one in (events, blueprints)
    )
    told = [f"{first} and {second} became <strong>Life Events Service Design</strong>."]
    assert lineage_of(design) == told
    assert "<strong>Life Events</strong> and <a" in page_of(client, events)
    with override("cy"):
        assert lineage_of(design)[0].startswith('Unwyd <a class="govuk-link"')


@pytest.mark.django_db
def test_each_kind_of_lineage_has_its_sentence():
    one = ProjectFactory(title_en="One & only")
    LineageFactory(earlier=one, later=ProjectFactory(title_en="Next"), kind="succeeds")
    LineageFactory(earlier=one, later=ProjectFactory(title_en="Part"), kind="split_from")
    first, second = lineage_of(one)
    assert first.startswith("<strong>One &amp; only</strong> continues as <a ")
    assert second.endswith("was split from <strong>One &amp; only</strong>.")


@pytest.mark.parametrize(
    ("language", "names", "text"),
    [
        ("en", ["A", "B", "C"], "A, B and C"),
        ("cy", ["Mapiau", "Biniau"], "Mapiau a Biniau"),
        ("cy", ["Mapiau", "Addysg"], "Mapiau ac Addysg"),
        ("cy", ["Mapiau"], "Mapiau"),
    ],
)
def test_names_are_joined_as_the_language_does(language, names, text):
    with override(language):
        assert joined((name, SafeString(name)) for name in names) == text


# --- Changes --------------------------------------------------------------------------------------
@pytest.mark.django_db
def test_the_history_says_what_changed_and_to_the_team_who_and_why(client):
    user = person(Role.HEAD_OF_DELIVERY, name="Owain Head")
    project = ProjectFactory(title_en="Maps", phase="alpha")
    with audited(by=user, why="the council asked"):
        project.title_en, project.phase, project.lead = "Better maps", "beta", user
        project.save()
    advance(project, "hold", by=user, why="We wait for paper")
    public = page_of(client, project)
    for part in ("“Maps”", "“Better maps”", "“Alpha”", "“Beta”", "status “Active” became “In the backlog”"):
        assert part in public
    for hidden in ("Owain Head", "the council asked", "We wait for paper"):
        assert hidden not in public
    client.force_login(person(Role.TEAM), backend=BACKEND)
    team = page_of(client, project)
    for shown in ("Owain Head", "the council asked", "We wait for paper"):
        assert shown in team


@pytest.mark.django_db
def test_the_reasons_of_the_portal_itself_are_told_in_the_pages_language(client):
    with audited(by=None, why="loaded from the facts of the programme"):
        project = ProjectFactory()
    assert "Llwythwyd o ffeithiau’r rhaglen" in page_of(client, project, "cy")


@pytest.mark.django_db
def test_a_change_of_what_nobody_reads_is_left_out():
    project = ProjectFactory()
    Project.objects.filter(pk=project.pk).update(slug_en="other-words")
    assert [change.first for change in reading.changes_of(project, names=False, until=None)] == [True]


# --- Words ----------------------------------------------------------------------------------------
def test_small_words():
    assert [age(days) for days in (-1, 0, 1, 3)] == ["today", "today", "1 day ago", "3 days ago"]
    assert [slip_text(days) for days in (-2, 0, 1)] == ["2 days early", "on time", "1 day late"]
    assert (months_text(18), months_text(1), months_text(None)) == ("18 months", "1 month", None)
    assert (phase_tag(""), status_tag("unstated")) == ('<span class="portal-none">not published</span>',) * 2
    assert "govuk-tag--purple" in phase_tag("alpha")
    with override("cy"):
        assert (age(2), slip_text(3), months_text(2)) == ("2 ddiwrnod yn ôl", "3 diwrnod yn hwyr", "2 fis")

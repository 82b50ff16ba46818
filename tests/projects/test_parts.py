"""Adding, changing and taking away the parts of a project: who may, what is kept, what is refused."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.utils import timezone
from django.utils.translation import override

from accounts.roles import Role
from projects import actions, parts
from projects.forms import LessonForm
from projects.models import (
    Benefit,
    Document,
    Gate,
    Lesson,
    Milestone,
    MilestoneForecast,
    ProjectCost,
    ProjectPartner,
    Risk,
)
from projects.panels import risks_to_review
from tests.factories.people import CouncilFactory, person
from tests.factories.projects import (
    BenefitFactory,
    DocumentFactory,
    GateFactory,
    LessonFactory,
    MilestoneFactory,
    ProjectCostFactory,
    ProjectFactory,
    ProjectPartnerFactory,
    RiskFactory,
)
from wlga_portal.kernel.history import event_model, history_of
from wlga_portal.kernel.versions import load_draft
from wlga_portal.kernel.workflow import NotAllowed

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def day(name: str, value: date) -> dict[str, str]:
    return {f"{name}_day": str(value.day), f"{name}_month": str(value.month), f"{name}_year": str(value.year)}


@pytest.fixture
def project():
    return ProjectFactory(title_en="Maps", title_cy="Mapiau", slug_en="maps", slug_cy="mapiau")


@pytest.fixture
def team(client):
    user = person(Role.TEAM, name="Lowri Writer")
    client.force_login(user, backend=BACKEND)
    return user


def both(name: str, text: str) -> dict[str, str]:
    return {f"{name}_en": text, f"{name}_cy": f"{text} (cy)"}


TODAY = timezone.localdate()
MILESTONE = {**both("title", "Open"), **day("baseline", date(2027, 1, 1))}
RISK = {**both("title", "Rain"), "kind": "risk", "likelihood": "3", "impact": "5", **day("raised_on", TODAY)}
BENEFIT = {**both("title", "Quicker"), **both("measure", "A survey"), **both("unit", "minutes"), "baseline": "30.5"}
COST = {"year": "2026-27", "kind": "forecast", "amount_pence": "£1,200", **both("narrative", "Dearer")}
DOCUMENT = {**both("title", "Report"), "url_en": "https://example.org/r", "url_cy": "/cy/bwrdd/"}
LESSON = both("text", "Ask early.")
GATE = {"phase": "alpha", **day("held_on", TODAY), "outcome": "conditions", **both("note", "Test more.")}
KINDS = {
    "milestone": (Milestone, MilestoneFactory, "milestones"),
    "risk": (Risk, RiskFactory, "risks"),
    "benefit": (Benefit, BenefitFactory, "benefits"),
    "cost": (ProjectCost, ProjectCostFactory, "costs"),
    "partner": (ProjectPartner, ProjectPartnerFactory, "partners"),
    "document": (Document, DocumentFactory, "documents"),
    "lesson": (Lesson, LessonFactory, "lessons"),
    "gate": (Gate, GateFactory, "gates"),
}
REMOVABLE = ["benefit", "cost", "partner", "document", "lesson", "gate"]


def given_for(noun: str, user: Any) -> dict[str, str]:
    """What a form of this kind sends."""
    if noun == "risk":
        return {**RISK, "owner": str(user.pk), **day("review_on", TODAY + timedelta(30))}
    if noun == "partner":
        return {"organisation": str(CouncilFactory().pk), "role": "lead"}
    forms = {"milestone": MILESTONE, "benefit": BENEFIT, "cost": COST, "document": DOCUMENT, "lesson": LESSON}
    return {**forms, "gate": GATE}[noun]


# --- Adding ---------------------------------------------------------------------------------------
@pytest.mark.parametrize("noun", KINDS)
def test_the_team_adds_a_part_which_the_page_shows_in_both_languages(client, project, team, noun):
    model, _factory, word = KINDS[noun]
    address = f"/en/projects/maps/{word}/add/"
    assert str(getattr(parts, noun.upper()).add) in text_of(client.get(address))
    response = client.post(address, given_for(noun, team), follow=True)
    assert "The changes are saved." in text_of(response)
    row = model.objects.get()
    assert row.project == project
    assert history_of(row)[-1].by_id == team.pk
    with override("cy"):
        assert client.get(project.get_absolute_url()).status_code == 200


def test_the_page_shows_what_was_added(client, project, team):
    for noun, (_model, _factory, word) in KINDS.items():
        client.post(f"/en/projects/maps/{word}/add/", given_for(noun, team))
    page = text_of(client.get("/en/projects/maps/"))
    for part in (
        "Open</th>", "1 January 2027", "Rain", "Red</span> (3 × 5)", "Lowri Writer", "A survey", "30.5 minutes",
        "£1,200", "2026-27, Forecast: Dearer", ">Report</a>", "Ask early.", "End of Alpha", "Go on, with conditions",
        "Test more.", "Add a milestone", "Change<span", ">Lead</td>",
    ):  # fmt: skip
        assert part in page, part
    welsh = text_of(client.get("/cy/prosiectau/mapiau/"))
    for part in ("Open (cy)", "30.5 minutes (cy)", "Ask early. (cy)", "/cy/bwrdd/", "Ychwanegu carreg filltir"):
        assert part in welsh, part
    client.logout()
    public = text_of(client.get("/en/projects/maps/"))
    assert ("Open" in public, "Rain" in public, "Add a milestone" in public, "Change<span" in public) == (
        True, False, False, False,
    )  # fmt: skip
    Risk.objects.update(is_public=True)
    public = text_of(client.get("/en/projects/maps/"))
    assert ("Rain" in public, "Lowri Writer" in public) == (True, False)


def test_a_document_in_one_language_says_so(client, project):
    DocumentFactory(project=project, title_en="Report", url_en="https://example.org/r", url_cy="")
    assert "in English only" in text_of(client.get("/en/projects/maps/"))
    assert "yn Saesneg yn unig" in text_of(client.get("/cy/prosiectau/mapiau/"))


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("milestones", {**MILESTONE, "title_cy": ""}, "Enter “Milestone (Welsh)”."),
    ("milestones", both("title", "Open"), "Enter the baseline, the expected day or the actual day."),
    ("milestones", {**MILESTONE, "why_en": "Late"}, "Write this in Welsh too."),
    ("milestones", {**MILESTONE, **day("actual", TODAY + timedelta(1))}, "The date must be today or earlier."),
    ("risks", {**RISK, "likelihood": ""}, "Choose how likely it is."),
    ("risks", RISK, "Choose who owns it while it is open."),
    ("risks", RISK, "Enter the day on which it is reviewed next."),
    ("risks", {**RISK, **day("closed_on", TODAY - timedelta(1))}, "It cannot be closed before it was raised."),
    ("risks", {**RISK, "mitigation_cy": "Aros"}, "Write this in English too."),
    ("benefits", {**BENEFIT, "unit_en": "", "unit_cy": ""}, "Say what the figures count."),
    ("benefits", {**BENEFIT, "baseline": "many"}, "Enter a number."),
    ("costs", {**COST, "amount_pence": "-1"}, "nought or more"),
    ("costs", {**COST, "kind": "baseline"}, "There is such a figure for that year already: change that one."),
    ("costs", {**COST, "year": ""}, "Choose an answer to “Year”."),
    ("partners", {"role": "lead"}, "Another organisation leads it: change that one first."),
    ("documents", {**DOCUMENT, "url_en": "", "url_cy": ""}, "Enter the address of at least one version."),
    ("documents", {**DOCUMENT, "url_en": "javascript:alert(1)"}, "Begin with https://"),
    ("documents", {**DOCUMENT, "url_en": "//example.org"}, "Begin with https://"),
    ("lessons", {"text_en": "Only English"}, "Enter “What was learnt (Welsh)”."),
    ("gates", {"phase": "alpha"}, "Enter the day for which it is planned, or on which it was held."),
    ("gates", {**GATE, "outcome": ""}, "Choose what it found."),
    ("gates", {"phase": "alpha", **day("due_on", TODAY), "outcome": "passed"}, "Enter the day on which it was held."),
]


@pytest.mark.parametrize(("word", "given", "sentence"), WRONG)
def test_what_is_wrong_gets_a_sentence_and_nothing_is_saved_or_lost(client, project, team, word, given, sentence):
    ProjectCostFactory(project=project)
    ProjectPartnerFactory(project=project, role="lead")
    model = next(model for model, _factory, known in KINDS.values() if known == word)
    before = model.objects.count()
    response = client.post(f"/en/projects/maps/{word}/add/", given)
    assert response.status_code == 200
    assert sentence in text_of(response)
    assert model.objects.count() == before


# --- Milestones and their forecasts ---------------------------------------------------------------
def test_an_expected_day_that_moves_is_appended_with_its_reason_and_the_page_shows_both(client, project, team):
    milestone = MilestoneFactory(
        project=project, title_en="Open", baseline=date(2026, 12, 1), forecast=date(2026, 12, 1)
    )
    address = f"/en/projects/maps/milestones/{milestone.pk}/"
    page = text_of(client.get(address))
    assert ('name="expected_day" value="1"' in page or 'value="1"' in page, "Baseline" in page) == (True, False)
    given = {"version": "1", **both("title", "Open"), **day("expected", date(2027, 2, 1)), **both("why", "Snow")}
    assert client.post(address, given).status_code == 302
    milestone.refresh_from_db()
    assert (milestone.baseline, milestone.forecast) == (date(2026, 12, 1), date(2027, 2, 1))
    said = MilestoneForecast.objects.first()
    assert (said.forecast, said.why_en, said.by, said.for_date) == (date(2027, 2, 1), "Snow", team, TODAY)
    shown = text_of(client.get("/en/projects/maps/"))
    assert ("Earlier forecasts" in shown, "62 days late" in shown, "Snow" in shown) == (True, True, True)
    assert "1 December 2026, said on" in shown
    again = {**given, "version": str(milestone.version), "title_en": "Open all"}
    assert client.post(address, again).status_code == 302
    assert MilestoneForecast.objects.count() == 2


def test_two_people_who_move_the_expected_day_both_stay_readable(client, project, team):
    milestone = MilestoneFactory(project=project)
    address = f"/en/projects/maps/milestones/{milestone.pk}/"
    given = {"version": "1", "title_en": milestone.title_en, "title_cy": milestone.title_cy}
    client.post(address, {**given, **day("expected", date(2027, 2, 1))})
    client.post(address, {**given, **day("expected", date(2027, 3, 1))})
    assert [one.forecast for one in milestone.forecasts.order_by("pk")] == [
        date(2026, 12, 1), date(2027, 2, 1), date(2027, 3, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({}, "Enter the day on which it is expected now."),
        ({**day("actual", TODAY), **day("dropped_on", TODAY)}, "It was reached: leave this empty."),
    ],
)
def test_a_milestone_keeps_an_expected_day(client, project, team, given, sentence):
    milestone = MilestoneFactory(project=project)
    titles = {"version": "1", "title_en": milestone.title_en, "title_cy": milestone.title_cy}
    response = client.post(f"/en/projects/maps/milestones/{milestone.pk}/", {**titles, **given})
    assert sentence in text_of(response)
    assert Milestone.objects.get().version == 1


def test_a_milestone_that_was_only_reached_needs_no_forecast(client, project, team):
    client.post("/en/projects/maps/milestones/add/", {**both("title", "Open"), **day("actual", TODAY)})
    row = Milestone.objects.get()
    assert (row.actual, row.forecast, row.baseline, row.forecasts.count()) == (TODAY, None, None, 0)
    client.post("/en/projects/maps/milestones/add/", {**both("title", "Next"), **day("expected", date(2027, 5, 1))})
    later = Milestone.objects.get(title_en="Next")
    assert (later.forecast, later.baseline, later.forecasts.get().by) == (date(2027, 5, 1), None, team)


def test_a_milestone_that_is_late_or_no_longer_planned_says_so(client, project):
    MilestoneFactory(project=project, forecast=TODAY - timedelta(1))
    assert "Overdue" in text_of(client.get("/en/projects/maps/"))
    Milestone.objects.update(dropped_on=TODAY)
    text = text_of(client.get("/en/projects/maps/"))
    assert ("Overdue" in text, "No longer planned" in text) == (False, True)


# --- Changing and taking away ---------------------------------------------------------------------
@pytest.mark.parametrize("noun", KINDS)
def test_the_team_changes_a_part_and_the_history_says_who(client, project, team, noun):
    model, factory, word = KINDS[noun]
    row = factory(project=project)
    address = f"/en/projects/maps/{word}/{row.pk}/"
    assert client.get(address).status_code == 200
    given = {"version": "1", **given_for(noun, team), **day("expected", date(2026, 12, 1))}
    assert client.post(address, given).status_code == 302
    changed = model.objects.get()
    assert history_of(changed)[0].by_id == team.pk
    assert history_of(changed)[0].why == "part changed"


def test_different_fields_of_a_part_merge_and_the_same_field_asks(client, project, team):
    row = LessonFactory(project=project, text_en="One", text_cy="Un")
    address = f"/en/projects/maps/lessons/{row.pk}/"
    client.post(address, {"version": "1", "text_en": "Two", "text_cy": "Un"})
    assert client.post(address, {"version": "1", "text_en": "One", "text_cy": "Dau"}).status_code == 302
    row.refresh_from_db()
    assert (row.text_en, row.text_cy) == ("Two", "Dau")
    clash = client.post(address, {"version": "1", "text_en": "Three", "text_cy": "Un"})
    assert clash.status_code == 409
    assert ("Two" in text_of(clash), "Three" in text_of(clash)) == (True, True)
    answer = {"version": "1", "text_en": "Three", "text_cy": "Un", "clash_text_en": "mine", "mine_text_en": "Three"}
    assert client.post(address, {**answer, "seen_text_en": "3"}).status_code == 302
    row.refresh_from_db()
    assert (row.text_en, row.text_cy) == ("Three", "Dau")


def test_an_issue_has_happened_and_a_risk_can_be_closed(client, project, team):
    given = {**RISK, "kind": "issue", "likelihood": "", "owner": str(team.pk), **day("review_on", TODAY)}
    client.post("/en/projects/maps/risks/add/", given)
    issue = Risk.objects.get()
    assert (issue.likelihood, issue.rating) == (5, "red")
    client.post(f"/en/projects/maps/risks/{issue.pk}/", {**given, "version": "1", **day("closed_on", TODAY)})
    text = text_of(client.get("/en/projects/maps/"))
    assert ("No open risks or issues." in text, "Closed risks and issues" in text) == (True, True)


def test_a_risk_whose_review_is_past_says_so_and_the_worst_comes_first(client, project, team):
    RiskFactory(project=project, title_en="Small rain", impact=1, review_on=TODAY - timedelta(1))
    RiskFactory(project=project, title_en="Great flood", impact=5)
    text = text_of(client.get("/en/projects/maps/"))
    assert text.index("Great flood") < text.index("Small rain") < text.index("Overdue")


@pytest.mark.parametrize("noun", REMOVABLE)
def test_a_part_that_is_taken_away_stays_in_the_history(client, project, team, noun):
    model, factory, word = KINDS[noun]
    row = factory(project=project)
    address = f"/en/projects/maps/{word}/{row.pk}/remove/"
    assert f'href="{address}"' in text_of(client.get(f"/en/projects/maps/{word}/{row.pk}/"))
    assert model.objects.count() == 1
    assert client.get(address).status_code == 200
    assert model.objects.count() == 1
    assert client.post(address, {"why": "A mistake"}).status_code == 302
    assert not model.objects.exists()
    gone = event_model(model)._base_manager.get(pgh_label="delete")
    assert (gone.pgh_context["by"], gone.pgh_context["why"]) == (team.pk, "A mistake")


def test_a_new_figure_has_its_kinds_to_choose_from_and_none_is_chosen(client, project, team):
    page = text_of(client.get("/en/projects/maps/costs/add/"))
    radios = re.findall(r'<input[^>]*name="kind"[^>]*>', page)
    assert re.findall(r'value="([^"]*)"', " ".join(radios)) == ["baseline", "forecast", "actual"]
    assert not any("checked" in radio for radio in radios)
    assert re.search(r'<option value=""[^>]*>Choose</option>', page)


def test_two_figures_of_one_year_show_the_variance_and_the_whole_life(client, project):
    for kind, amount in (("baseline", 100_000), ("forecast", 110_000)):
        ProjectCostFactory(project=project, year="2026-27", kind=kind, amount_pence=amount)
    ProjectCostFactory(project=project, year="2027-28", kind="baseline", amount_pence=50_000)
    ProjectCostFactory(project=project, year="2027-28", kind="actual", amount_pence=40_000)
    ProjectCostFactory(project=project, year="2028-29", kind="baseline", amount_pence=10_000)
    ProjectCostFactory(project=project, year="2028-29", kind="forecast", amount_pence=10_000)
    text = text_of(client.get("/en/projects/maps/"))
    for part in ("£100 more (10.0%)", "£100 less (20.0%)", "as planned", "Whole life", "£1,600", "£1,200", "£400"):
        assert part in text, part
    assert "Change a figure" not in text


def test_a_risk_whose_review_has_come_waits_for_its_owner(team):
    late = RiskFactory(owner=team, title_en="Rain", project__title_en="Maps", review_on=TODAY)
    RiskFactory(owner=team, review_on=TODAY + timedelta(1))
    RiskFactory(review_on=TODAY)
    RiskFactory(owner=team, review_on=TODAY, closed_on=TODAY)
    (need,) = risks_to_review(team)
    assert (need.text, need.due) == ("Review “Rain” (Maps)", TODAY)
    assert need.url == f"/en/projects/{late.project.slug_en}/risks/{late.pk}/"
    assert list(risks_to_review(late.project.lead or person(Role.OFFICER))) == []


# --- Drafts ---------------------------------------------------------------------------------------
def test_what_is_typed_is_kept_and_comes_back_and_is_dropped_when_saved(client, project, team):
    address, key = "/en/projects/maps/lessons/add/", f"projects.lesson:new:{project.pk}"
    kept = client.post(address, {"text_en": "Half"}, headers={"Accept": "application/json"})
    assert kept.json() == {"saved": True}
    assert "Half" in text_of(client.get(address))
    switched = client.post(address, {"text_en": "Half more", "_switch": "cy"})
    assert switched.url == "/cy/prosiectau/mapiau/gwersi/ychwanegu/"
    assert "Half more" in text_of(client.get(switched.url))
    assert not Lesson.objects.exists()
    client.post(address, LESSON)
    assert load_draft(team, key) is None


# --- Who may --------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", [*Role, None])
def test_the_team_alone_writes_the_parts(client, project, role):
    may = role in {Role.TEAM, Role.HEAD_OF_DELIVERY}
    if role:
        client.force_login(
            person(role, **({"organisation": CouncilFactory()} if role == Role.OFFICER else {})), backend=BACKEND
        )
    expected = 200 if may else 403 if role else 302
    for noun, (_model, factory, word) in KINDS.items():
        row = factory(project=project)
        paths = ["add/", f"{row.pk}/", *([f"{row.pk}/remove/"] if noun in REMOVABLE else [])]
        assert [client.get(f"/en/projects/maps/{word}/{path}").status_code for path in paths] == [expected] * len(paths)


def test_a_part_of_another_project_is_404_and_an_action_asks_its_rule(client, project, team):
    other = LessonFactory()
    for path in ("", "remove/"):
        assert client.get(f"/en/projects/maps/lessons/{other.pk}/{path}").status_code == 404
    form = LessonForm(LESSON, instance=Lesson(project=project))
    assert form.is_valid()
    with pytest.raises(NotAllowed):
        actions.part_save(form, by=person(Role.OFFICER), key="x")
    with pytest.raises(NotAllowed):
        actions.part_remove(other, by=person(Role.OFFICER), why="")
    assert Lesson.objects.count() == 1


# --- The past -------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_the_sections_of_the_page_show_the_past_too(client):
    project = ProjectFactory(title_en="Maps", title_cy="Mapiau", slug_en="maps", slug_cy="mapiau")
    risk = RiskFactory(project=project, title_en="Rain", is_public=True, likelihood=1, impact=1)
    milestone = MilestoneFactory(project=project, title_en="Open")
    lesson = LessonFactory(project=project, text_en="Ask early.")
    then = timezone.now()
    Risk.objects.filter(pk=risk.pk).update(title_en="Flood", likelihood=5, impact=5)
    Milestone.objects.filter(pk=milestone.pk).update(forecast=date(2027, 2, 1))
    lesson.delete()
    client.force_login(person(Role.TEAM), backend=BACKEND)
    past = text_of(client.get("/en/projects/maps/", {"as_at": then.isoformat()}))
    shown = {"Rain": True, "Flood": False, "Ask early.": True, "1 February 2027": False, "Add a milestone": False}
    assert {part: part in past for part in shown} == shown
    assert "Green</span> (1 × 1)" in past
    now = text_of(client.get("/en/projects/maps/"))
    assert {part: part in now for part in shown} == {part: not value for part, value in shown.items()}

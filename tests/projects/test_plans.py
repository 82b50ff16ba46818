"""Delivery plans: written by the team, agreed, changed by agreement alone; both plans readable."""

from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from accounts.roles import Role
from projects import actions
from projects.agreed import both_plans
from projects.forms import FundingForm, PlanForm
from projects.models import Deliverable, DeliveryPlan, FundingLine, Milestone, PlanChange, PlanProject
from projects.panels import plan_changes_to_settle
from projects.states import CHANGES
from tests.factories.people import BodyFactory, person
from tests.factories.projects import (
    DeliverableFactory,
    DeliveryPlanFactory,
    FundingLineFactory,
    MilestoneFactory,
    PlanChangeFactory,
    PlanProjectFactory,
    ProjectFactory,
    StrategyFactory,
    ThemeFactory,
)
from wlga_portal.kernel.history import history_of
from wlga_portal.kernel.models import StatusChange
from wlga_portal.kernel.workflow import NotAllowed, ReasonMissing, Refused, WrongState

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TODAY = timezone.localdate()
WHY = {"reason_en": "The board asked.", "reason_cy": "Gofynnodd y bwrdd."}


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


def day(name: str, value: date) -> dict[str, str]:
    return {f"{name}_day": str(value.day), f"{name}_month": str(value.month), f"{name}_year": str(value.year)}


@pytest.fixture
def government():
    return BodyFactory(name_en="Welsh Government", name_cy="Llywodraeth Cymru")


@pytest.fixture
def plan(government):
    return DeliveryPlanFactory(
        year="2031-32", slug_en="plan-31", slug_cy="cynllun-31", agreed_with=government, agreed_on=date(2026, 4, 1)
    )


@pytest.fixture
def head(client):
    user = person(Role.HEAD_OF_DELIVERY, name="Owain Head")
    client.force_login(user, backend=BACKEND)
    return user


PLAN = {
    "title_en": "Delivery plan 2032-33",
    "title_cy": "Cynllun cyflawni 2032-33",
    "year": "2032-33",
    **day("starts", date(2032, 4, 1)),
    **day("ends", date(2033, 3, 31)),
}


# --- The plan itself ------------------------------------------------------------------------------
def test_the_team_writes_a_plan_and_says_who_agreed_it_and_when(client, head, government):
    assert "/en/projects/new/plan/" in text_of(client.get("/en/projects/plans/"))
    strategy = StrategyFactory(title_en="The strategy")
    made = client.post("/en/projects/new/plan/", {**PLAN, "strategy": str(strategy.pk)}, follow=True)
    assert made.redirect_chain == [("/en/projects/plans/delivery-plan-2032-33/", 302)]
    plan = DeliveryPlan.objects.get()
    assert (plan.is_agreed, plan.slug_cy, plan.strategy) == (False, "cynllun-cyflawni-2032-33", strategy)
    agreed = {"agreed_with": str(government.pk), **day("agreed_on", date(2026, 11, 2)), "grant_pence": "1,000,000"}
    edit = "/en/projects/plans/delivery-plan-2032-33/edit/"
    assert client.post(edit, {**PLAN, **agreed, "version": "1"}).status_code == 302
    plan = DeliveryPlan.objects.get()
    assert (plan.agreed_with, plan.agreed_on, plan.grant_pence) == (government, date(2026, 11, 2), 100_000_000)
    assert [change.by_id for change in history_of(plan)] == [head.pk, head.pk]
    page = text_of(client.get(plan.get_absolute_url()))
    for part in ("Welsh Government", "2 November 2026", "£1,000,000"):
        assert part in page
    back = client.post(edit, {**PLAN, "version": str(plan.version)})
    assert "It is agreed: that is not taken back." in text_of(back)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title_cy": ""}, "Enter “Title (Welsh)”."),
        ({"year": "2032-34"}, "Enter a financial year, like 2027-28."),
        ({"year": "2031-32"}, "There is a plan for that year already."),
        (day("ends", date(2032, 4, 1)), "The last day must be after the first."),
        (day("agreed_on", date(2026, 4, 1)), "Say who it was agreed with."),
        ({"overall_en": "Good"}, "Write this in Welsh too."),
    ],
)
def test_what_is_wrong_with_a_plan_gets_a_sentence(client, head, plan, changes, sentence):
    assert sentence in text_of(client.post("/en/projects/new/plan/", {**PLAN, **changes}))
    assert DeliveryPlan.objects.count() == 1


def test_the_list_of_plans_says_who_agreed_each_and_when_and_shows_the_themes(client, plan, settings):
    settings.DEMO = False
    PlanProjectFactory(plan=plan)
    DeliveryPlanFactory(year="2029-30")
    DeliveryPlanFactory(is_demo=True, title_en="Invented")
    theme = ThemeFactory(title_en="Human-centred design", strategy__title_en="The strategy")
    ProjectFactory(title_en="Clear letters", theme=theme)
    DeliveryPlan.objects.filter(pk=plan.pk).update(strategy=theme.strategy)
    text = text_of(client.get("/en/projects/plans/"))
    for part in ("Welsh Government", "1 April 2026", "The strategy", "Human-centred design", "Clear letters"):
        assert part in text
    assert 'data-label="Agreed with"><span class="portal-none">not published' in text
    assert ("Invented" in text, "A new delivery plan" in text) == (False, False)
    assert "Cynlluniau cyflawni" in text_of(client.get("/cy/prosiectau/cynlluniau/"))


def test_the_list_of_plans_asks_the_same_number_of_questions_of_one_and_of_thirty(client):
    counts = []
    for count in (1, 29):
        for _number in range(count):
            DeliveryPlanFactory(agreed_with=BodyFactory(), strategy=(theme := ThemeFactory()).strategy)
            ProjectFactory(theme=theme)
        client.get("/en/projects/plans/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/en/projects/plans/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


# --- Funding, projects and deliverables -----------------------------------------------------------
def test_funding_lines_say_where_the_money_comes_from(client, head, plan, government):
    address = "/en/projects/plans/plan-31/funding/add/"
    client.post(address, {"source": str(government.pk), "amount_pence": "500"})
    client.post(address, {"title_en": "Own money", "title_cy": "Arian ei hun", "amount_pence": ""})
    assert list(FundingLine.objects.order_by("pk").values_list("amount_pence", flat=True)) == [50_000, None]
    text = text_of(client.get(plan.get_absolute_url()))
    assert ("£500" in text, "Own money" in text, "Change the funding line" in text) == (True, True, False)
    assert "Choose where it comes from, or give it a title." in text_of(client.post(address, {"amount_pence": "5"}))
    assert not FundingForm({"amount_pence": "-5", "title_en": "a", "title_cy": "b"}).is_valid()
    line = FundingLine.objects.order_by("pk")[0]
    client.post(
        f"/en/projects/plans/plan-31/funding/{line.pk}/",
        {"version": "1", "source": str(government.pk), "amount_pence": "600"},
    )
    client.post(f"/en/projects/plans/plan-31/funding/{FundingLine.objects.order_by('pk')[1].pk}/remove/", {})
    assert FundingLine.objects.get().amount_pence == 60_000


def test_before_it_is_agreed_the_list_of_a_plan_changes_at_once(client, head):
    plan = DeliveryPlanFactory(slug_en="free", slug_cy="rhydd")
    project = ProjectFactory(title_en="Maps")
    ProjectFactory(title_en="Over", status="closed")
    form = text_of(client.get("/en/projects/plans/free/projects/add/"))
    assert ("Maps" in form, "Over" in form) == (True, False)
    client.post("/en/projects/plans/free/projects/add/", {"project": str(project.pk), "listed_as": "discovery"})
    listing = PlanProject.objects.get()
    assert (listing.plan, listing.position, listing.listed_as) == (plan, 1, "discovery")
    address = f"/en/projects/plans/free/projects/{listing.pk}/"
    assert address in text_of(client.get("/en/projects/plans/free/"))
    client.post(address, {"listed_as": "project"})
    assert PlanProject.objects.get().listed_as == "project"
    client.post(f"{address}remove/", {})
    assert not PlanProject.objects.exists()


DELIVERABLE = {
    "title_en": "Officers trained",
    "title_cy": "Swyddogion a hyfforddwyd",
    "target": "250",
    "unit_en": "officers",
    "unit_cy": "o swyddogion",
    "evidence_en": "The register",
    "evidence_cy": "Y gofrestr",
    "evidence_url": "https://example.org/register",
}


def test_a_deliverable_has_target_actual_outcome_and_evidence(client, head):
    plan = DeliveryPlanFactory(slug_en="free", slug_cy="rhydd")
    for _number in range(2):
        client.post("/en/projects/plans/free/deliverables/add/", DELIVERABLE)
    first, second = Deliverable.objects.order_by("pk")
    assert [(one.position, one.slug_en) for one in (first, second)] == [
        (1, "officers-trained"),
        (2, "officers-trained-2"),
    ]
    address = f"/en/projects/plans/free/deliverables/{first.pk}/"
    given = {**DELIVERABLE, "version": "1", "actual": "180", "outcome": "not_met"}
    assert client.post(address, given).status_code == 302
    text = text_of(client.get(plan.get_absolute_url()))
    for part in (
        "250 officers",
        "180 officers",
        "Not met",
        '<a class="govuk-link" href="https://example.org/register">',
    ):
        assert part in text
    assert "Say what the figures count." in text_of(
        client.post(address, {**given, "version": "2", "unit_en": "", "unit_cy": ""})
    )
    client.post(f"/en/projects/plans/free/deliverables/{second.pk}/remove/", {})
    assert Deliverable.objects.count() == 1


def test_an_agreed_plan_takes_nothing_but_what_came_of_its_promises(client, head, plan):
    promise = DeliverableFactory(plan=plan, target=5, unit_en="roles", unit_cy="rolau", unit_forms={"en": {}, "cy": {}})
    listing = PlanProjectFactory(plan=plan)
    address = f"/en/projects/plans/plan-31/deliverables/{promise.pk}/"
    form = text_of(client.get(address))
    assert ('name="target"' in form, 'name="unit_en"' in form, 'name="actual"' in form) == (False, False, True)
    titles = {"title_en": promise.title_en, "title_cy": promise.title_cy}
    client.post(address, {**titles, "version": "1", "actual": "4", "outcome": "not_met"})
    promise.refresh_from_db()
    assert (promise.target, promise.actual, promise.outcome) == (5, 4, "not_met")
    refused = "This plan is agreed: propose a change of it."
    for path, given in (
        ("deliverables/add/", DELIVERABLE),
        ("projects/add/", {"project": str(ProjectFactory().pk), "listed_as": "project"}),
        (f"deliverables/{promise.pk}/remove/", {}),
        (f"projects/{listing.pk}/remove/", {}),
    ):
        assert refused in text_of(client.post(f"/en/projects/plans/plan-31/{path}", given)), path
    assert (Deliverable.objects.count(), PlanProject.objects.count()) == (1, 1)


# --- Changes of an agreed plan --------------------------------------------------------------------
AGREED = {"agreed_by_name": "Director of Digital", **day("agreed_on", TODAY), "reference": "WG/26/114"}


def propose(client: Any, words: str, **given: Any) -> PlanChange:
    """The change that this form proposes."""
    values = {**WHY, **{name: str(value) for name, value in given.items()}}
    response = client.post(f"/en/projects/plans/plan-31/proposals/{words}/", values)
    assert response.status_code == 302, text_of(response)
    found = PlanChange.objects.order_by("-pk").first()
    assert found is not None
    return found


def agree(client: Any, change: PlanChange) -> Any:
    return client.post(f"/en/projects/plans/plan-31/proposals/{change.pk}/agree/", AGREED, follow=True)


def test_a_project_is_added_when_welsh_government_agrees(client, head, plan):
    PlanProjectFactory(plan=plan, position=3)
    project = ProjectFactory(title_en="Maps")
    change = propose(client, "add-project", project=project.pk, listed_as="project")
    assert (change.status, change.proposed_by, change.proposed_on) == ("proposed", head, TODAY)
    assert not project.listings.exists()
    page = agree(client, change)
    assert "Agreed with Welsh Government" in text_of(page)
    for part in ("Director of Digital", "WG/26/114", "The board asked.", "Project added"):
        assert part in text_of(page)
    assert project.listings.get().position == 4
    change.refresh_from_db()
    assert (change.status, change.agreed_on, change.position) == ("agreed", TODAY, 4)
    assert history_of(project.listings.get())[0].why == "plan change agreed"


def test_a_project_is_dropped_a_target_and_a_baseline_move_and_both_plans_stay_readable(client, head, plan):
    kept, gone = (
        PlanProjectFactory(plan=plan, position=1),
        PlanProjectFactory(plan=plan, position=2, printed_ref="17.2"),
    )
    PlanProjectFactory(plan=plan, position=3)
    promise = DeliverableFactory(plan=plan, target=5, unit_en="roles", unit_cy="rolau", title_en="Roles filled")
    milestone = MilestoneFactory(project=kept.project, baseline=date(2026, 12, 1))
    agree(client, propose(client, "drop-project", project=gone.project.pk))
    agree(client, propose(client, "move-target", deliverable=promise.pk, target_after=4))
    agree(client, propose(client, "move-target", deliverable=promise.pk, target_after=3))
    moved = {"milestone": milestone.pk, **day("day_after", date(2027, 2, 1))}
    agree(client, propose(client, "move-baseline", **moved))
    milestone.refresh_from_db()
    promise.refresh_from_db()
    assert (promise.target, milestone.baseline) == (3, date(2027, 2, 1))
    assert [listing.position for listing in plan.listings.all()] == [1, 3]
    dropped = PlanChange.objects.get(kind="project_dropped")
    assert (dropped.position, dropped.printed_ref) == (2, "17.2")
    client.logout()
    for language, parts in (
        ("en", ("Roles filled", "5 roles", "3 roles", "1 December 2026", "1 February 2027", "not in the plan")),
        ("cy", ("5 rolau", "3 rolau", "1 Rhagfyr 2026", "nid yn y cynllun", "Gollyngwyd prosiect")),
    ):
        address = {"en": "/en/projects/plans/plan-31/first/", "cy": "/cy/prosiectau/cynlluniau/cynllun-31/cyntaf/"}
        text = text_of(client.get(address[language]))
        for part in parts:
            assert part in text, part
        assert str(gone.project.title.en if language == "en" else gone.project.title.cy) in text
    both = both_plans(plan)
    assert [(row.first, row.now) for row in both.projects] == [(True, True), (True, None), (True, True)]
    assert [len(row.changes) for row in both.targets] == [2]


def test_a_project_that_was_added_and_dropped_again_was_in_neither_end(client, head, plan):
    project = ProjectFactory(title_en="Maps")
    agree(client, propose(client, "add-project", project=project.pk, listed_as="project"))
    agree(client, propose(client, "drop-project", project=project.pk))
    (row,) = both_plans(plan).projects
    assert (row.first, row.now, row.moved, len(row.changes)) == (None, None, False, 2)


def test_both_plans_cost_a_constant_number_of_questions(client, head, plan):
    counts = []
    for count in (1, 29):
        for _number in range(count):
            change = PlanChangeFactory(plan=plan, project=PlanProjectFactory(plan=plan).project)
            PlanChange.objects.filter(pk=change.pk).update(
                status="agreed", agreed_on=TODAY, agreed_by_name="A", reference="B"
            )
            DeliverableFactory(plan=plan)
        for address in ("/en/projects/plans/plan-31/first/", "/en/projects/plans/plan-31/"):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
    assert max(counts) <= 14


def test_the_same_change_is_not_proposed_twice_and_one_that_no_longer_fits_is_not_agreed(client, head, plan):
    promise = DeliverableFactory(plan=plan, target=5, unit_en="roles", unit_cy="rolau")
    first = propose(client, "move-target", deliverable=promise.pk, target_after=4)
    address = "/en/projects/plans/plan-31/proposals/move-target/"
    again = client.post(address, {**WHY, "deliverable": str(promise.pk), "target_after": "3"})
    assert "The same change is proposed already." in text_of(again)
    same = client.post(address, {**WHY, "deliverable": str(promise.pk), "target_after": "5"})
    assert "This is the target already." in text_of(same)
    PlanChange.objects.filter(pk=first.pk).update(target_before=9)
    assert "The plan has changed since this was proposed" in text_of(agree(client, first))
    first.refresh_from_db()
    assert (first.status, Deliverable.objects.get().target) == ("proposed", 5)


def test_a_baseline_that_would_stay_gets_a_sentence(client, head, plan):
    milestone = MilestoneFactory(project=PlanProjectFactory(plan=plan).project)
    address = "/en/projects/plans/plan-31/proposals/move-baseline/"
    given = {**WHY, "milestone": str(milestone.pk)}
    assert "This is the baseline already." in text_of(
        client.post(address, {**given, **day("day_after", date(2026, 12, 1))})
    )
    assert "Enter “New baseline”." in text_of(client.post(address, given))
    assert f"{milestone.project.title}: {milestone.title}" in text_of(client.get(address))
    assert Milestone.objects.get().baseline == date(2026, 12, 1)


def test_a_plan_that_is_not_agreed_takes_no_proposals(client, head):
    plan = DeliveryPlanFactory(slug_en="free", slug_cy="rhydd")
    listing = PlanProjectFactory(plan=plan)
    response = client.post(
        "/en/projects/plans/free/proposals/drop-project/", {**WHY, "project": str(listing.project.pk)}
    )
    assert "This plan is not agreed yet: change it at once." in text_of(response)


def test_a_proposed_change_waits_for_the_head_of_delivery_alone(plan):
    change = PlanChangeFactory(plan=plan, project__title_en="Maps", proposed_on=TODAY)
    PlanChangeFactory(plan=plan, status="withdrawn")
    (need,) = plan_changes_to_settle(person(Role.HEAD_OF_DELIVERY))
    assert (need.text, need.url, need.due) == ("Project added: Maps", change.get_absolute_url(), TODAY)
    assert list(plan_changes_to_settle(person(Role.TEAM))) == []


def test_what_is_missing_in_an_agreement_gets_a_sentence(client, head, plan):
    change = PlanChangeFactory(plan=plan, proposed_on=TODAY - timedelta(3))
    address = f"/en/projects/plans/plan-31/proposals/{change.pk}/agree/"
    text = text_of(client.post(address, {}))
    for sentence in ("Enter “Agreed by”.", "Enter “Agreed on”.", "Enter “Reference”."):
        assert sentence in text
    early = client.post(address, {**AGREED, **day("agreed_on", TODAY - timedelta(4))})
    assert "It cannot be agreed before it was proposed." in text_of(early)
    assert PlanChange.objects.get().status == "proposed"


# --- States, and who may --------------------------------------------------------------------------
@pytest.mark.parametrize("status", ["proposed", "agreed", "refused", "withdrawn"])
@pytest.mark.parametrize("event", list(CHANGES.transitions))
def test_each_event_moves_a_proposed_change_alone(plan, event, status):
    change, user = PlanChangeFactory(plan=plan), person(Role.HEAD_OF_DELIVERY)
    given = {"agreed_on": TODAY, "agreed_by_name": "A", "reference": "B"} if status == "agreed" else {}
    PlanChange.objects.filter(pk=change.pk).update(status=status, **given)
    change.refresh_from_db()

    def move() -> PlanChange:
        if event == "agree":
            return actions.change_agree(change, by=user, name="A", day=TODAY, reference="B")
        return actions.change_advance(change, event, by=user, why="A reason")

    if status == "proposed":
        assert move().status == CHANGES.transitions[event].target
        assert StatusChange.of(change).get().event == event
    else:
        with pytest.raises(WrongState):
            move()


@pytest.mark.parametrize("event", ["refuse", "withdraw"])
@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_change_is_refused_or_withdrawn_with_a_reason_on_a_page_of_its_own(client, head, plan, event, language):
    change = PlanChangeFactory(plan=plan)
    with override(language):
        address = change.get_absolute_url() + f"{event}/"
        assert client.get(address).status_code == 200
        assert client.post(address, {"why": " "}).status_code == 200
        page = text_of(client.post(address, {"why": "Too dear"}, follow=True))
        assert CHANGES.done(event) in page
    assert "Too dear" in page
    assert PlanChange.objects.get().status == CHANGES.transitions[event].target
    with pytest.raises(ReasonMissing):
        actions.change_advance(PlanChangeFactory(plan=plan), event, by=head, why="")


@pytest.mark.parametrize("role", [*Role, None])
def test_the_team_writes_plans_and_the_head_of_delivery_records_what_was_agreed(client, plan, role):
    change = PlanChangeFactory(plan=plan)
    done = PlanChangeFactory(plan=plan, status="agreed", agreed_on=TODAY, agreed_by_name="A", reference="B")
    line, promise, listing = FundingLineFactory(plan=plan), DeliverableFactory(plan=plan), PlanProjectFactory(plan=plan)
    if role:
        client.force_login(person(role), backend=BACKEND)
    team, denied = role in {Role.TEAM, Role.HEAD_OF_DELIVERY}, 403 if role else 302
    for path in (
        "edit/", "funding/add/", f"funding/{line.pk}/", f"funding/{line.pk}/remove/", "projects/add/",
        f"projects/{listing.pk}/", f"projects/{listing.pk}/remove/", "deliverables/add/", f"deliverables/{promise.pk}/",
        f"deliverables/{promise.pk}/remove/", "proposals/add-project/", "proposals/drop-project/",
        "proposals/move-target/", "proposals/move-baseline/",
    ):  # fmt: skip
        assert client.get(f"/en/projects/plans/plan-31/{path}").status_code == (200 if team else denied), path
    assert client.get("/en/projects/new/plan/").status_code == (200 if team else denied)
    for path in ("", "first/", f"proposals/{done.pk}/"):
        assert client.get(f"/en/projects/plans/plan-31/{path}").status_code == 200, path
    proposal = f"/en/projects/plans/plan-31/proposals/{change.pk}/"
    assert client.get(proposal).status_code == (200 if team else 404)
    hidden = 404 if role else 302
    expected = {"agree": 200 if role == Role.HEAD_OF_DELIVERY else 403 if team else hidden}
    expected |= {"refuse": expected["agree"], "withdraw": 200 if team else hidden, "explode": 404 if role else 302}
    assert {event: client.get(f"{proposal}{event}/").status_code for event in expected} == expected
    page = text_of(client.get("/en/projects/plans/plan-31/"))
    assert (proposal in page, "Propose to add a project" in page, "Change a deliverable" in page) == (team, team, team)
    assert f"proposals/{done.pk}/" in page


def test_names_of_the_team_are_not_for_everybody(client, head, plan):
    change = PlanChangeFactory(plan=plan, proposed_by=head)
    agree(client, change)
    assert "Owain Head" in text_of(client.get(change.get_absolute_url()))
    client.logout()
    public = text_of(client.get(change.get_absolute_url()))
    assert ("Owain Head" in public, "Director of Digital" in public) == (False, True)


def test_an_action_asks_its_rule(plan):
    stranger = person(Role.OFFICER)
    form = PlanForm(PLAN, instance=DeliveryPlan())
    assert form.is_valid(), form.errors
    with pytest.raises(NotAllowed):
        actions.plan_save(form, by=stranger, key="x")
    change = PlanChangeFactory(plan=plan)
    with pytest.raises(Refused):
        actions.change_agree(change, by=person(Role.TEAM), name="A", day=TODAY, reference="B")
    with pytest.raises(NotAllowed):
        actions.change_advance(change, "withdraw", by=stranger, why="A reason")


def test_a_proposal_of_another_plan_and_of_the_demonstration_is_404(client, head, plan, settings):
    settings.DEMO = False
    other = PlanChangeFactory(plan=DeliveryPlanFactory(agreed_with=BodyFactory()))
    assert client.get(f"/en/projects/plans/plan-31/proposals/{other.pk}/").status_code == 404
    DeliveryPlan.objects.filter(pk=other.plan_id).update(is_demo=True)
    assert client.get(other.get_absolute_url()).status_code == 404

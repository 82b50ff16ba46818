"""Projects that become others: what goes along, that the totals stay, and undoing it."""

from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from accounts.roles import Role
from projects import actions
from projects.actions import Becomes
from projects.carrying import shares_of
from projects.descent import family_of, lanes_of
from projects.models import Lineage, LineageAction, PhaseChange, Project, ProjectCost
from projects.states import Descent
from projects.totals import totals_of, totals_shown
from tests.factories.people import CouncilFactory, person
from tests.factories.projects import (
    BenefitFactory,
    DeliverableFactory,
    LineageFactory,
    MilestoneFactory,
    ProjectCostFactory,
    ProjectFactory,
    ProjectPartnerFactory,
    RiskFactory,
    StatusUpdateFactory,
)
from wlga_portal.kernel.models import StatusChange
from wlga_portal.kernel.workflow import NotAllowed, Refused

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def head() -> Any:
    return person(Role.HEAD_OF_DELIVERY)


def full(title: str, pence: int = 1_000_01, **values: Any) -> Project:
    """A project that holds something of everything."""
    project = ProjectFactory(title_en=title, title_cy=f"{title} (cy)", **values)
    ProjectCostFactory(
        project=project, year="2026-27", kind="baseline", amount_pence=pence, narrative_en="n", narrative_cy="n"
    )
    ProjectCostFactory(project=project, year="2026-27", kind="actual", amount_pence=333)
    DeliverableFactory(project=project, target=5, actual=2, unit_en="maps", unit_cy="map", outcome="met")
    DeliverableFactory(project=project)
    BenefitFactory(project=project, target=Decimal(10))
    MilestoneFactory(project=project)
    MilestoneFactory(project=project, actual="2026-11-01")
    RiskFactory(project=project)
    RiskFactory(project=project, closed_on="2026-10-01")
    ProjectPartnerFactory(project=project, role="lead")
    return project


def costs(project: Project) -> dict[str, int]:
    return {f"{one.year} {one.kind}": one.amount_pence for one in ProjectCost.objects.filter(project=project)}


def test_a_merger_carries_everything_over_and_the_totals_stay():
    first, second = full("Life Events"), full("Service Blueprints", 2_000_00)
    shared = CouncilFactory()
    for one in (first, second):
        ProjectPartnerFactory(project=one, organisation=shared)
    before = totals_of([first.pk, second.pk])
    title = ("Life Events Service Design", "Dylunio Gwasanaethau Digwyddiadau Bywyd")
    action = actions.lineage_make(Descent.MERGED, [first, second], [Becomes(None, title)], by=head(), why="One team")
    design = Project.objects.get(title_en=title[0])
    assert totals_of([design.pk, first.pk, second.pk]) == before == action.totals_before == action.totals_after
    assert costs(design) == {"2026-27 baseline": 3_000_01, "2026-27 actual": 666}
    assert costs(first) == costs(second) == {}
    assert (design.deliverables.count(), design.benefits.count()) == (4, 2)
    assert (design.milestones.count(), design.risks.count()) == (2, 2)  # what is over stays in the past
    assert (first.milestones.count(), first.risks.count()) == (1, 1)
    assert sorted(design.partners.values_list("role", flat=True)) == ["lead", "partner", "partner"]
    assert {one.status for one in Project.objects.filter(pk__in=[first.pk, second.pk])} == {"continued"}
    assert (design.status, design.slug_en) == ("active", "life-events-service-design")
    assert StatusChange.of(first).get().event == "continue"
    assert list(Lineage.objects.filter(later=design).values_list("earlier", "kind", "action")) == [
        (first.pk, "merged_from", action.pk),
        (second.pk, "merged_from", action.pk),
    ]


def test_a_succession_into_a_project_that_there_is_adds_to_its_figures():
    old, new = full("Old"), full("New", phase="beta")
    actions.lineage_make(Descent.SUCCEEDS, [old], [Becomes(new)], by=head(), why="It goes on")
    assert costs(new) == {"2026-27 baseline": 2_000_02, "2026-27 actual": 666}
    assert new.deliverables.count() == 4
    assert sorted(new.partners.values_list("role", flat=True)) == ["lead", "partner"]


def test_a_new_project_begins_in_the_phase_of_the_earlier():
    old = full("Old", phase="alpha", lead=head())
    actions.lineage_make(Descent.SUCCEEDS, [old], [Becomes(None, ("Backlog", "Newidiadau"))], by=head(), why="On")
    new = Project.objects.get(title_en="Backlog")
    assert (new.phase, new.lead_id) == ("alpha", old.lead_id)
    assert PhaseChange.objects.get(project=new).phase == "alpha"
    assert new.slug_cy == "newidiadau-prosiect"  # the word by itself is an address of the portal


def test_a_split_gives_each_its_share_and_its_rows_and_the_rest_stays():
    project = full("Whole", 1_000_01)
    deliverable, benefit = project.deliverables.first(), project.benefits.get()
    becomes = [
        Becomes(None, ("One", "Un"), 33, frozenset({("deliverable", deliverable.pk)})),
        Becomes(None, ("Two", "Dau"), 33, frozenset({("benefit", benefit.pk)})),
    ]
    before = totals_of([project.pk])
    actions.lineage_make(Descent.SPLIT, [project], becomes, by=head(), why="Too large", ends=False)
    one, two = Project.objects.get(title_en="One"), Project.objects.get(title_en="Two")
    assert totals_of([project.pk, one.pk, two.pk]) == before
    assert [costs(each)["2026-27 baseline"] for each in (project, one, two)] == [340_01, 330_00, 330_00]
    assert [each.deliverables.count() for each in (project, one, two)] == [1, 1, 0]
    assert [each.benefits.count() for each in (project, one, two)] == [0, 0, 1]
    project.refresh_from_db()
    assert project.status == "active"


@pytest.mark.parametrize("kind", list(Descent))
@pytest.mark.parametrize("status", ["active", "backlog"])
def test_every_action_can_be_undone_and_everything_stands_as_before(kind, status):
    sources = [full("One", status=status)] + ([full("Two")] if kind == Descent.MERGED else [])
    pks = [one.pk for one in sources]
    held = {pk: totals_of([pk]) for pk in pks}
    texts = list(ProjectCost.objects.order_by("project", "kind").values_list("project", "kind", "narrative_en"))
    becomes = [Becomes(None, ("New", "Newydd"))]
    if kind == Descent.SPLIT:
        rows = frozenset(("deliverable", one.pk) for one in sources[0].deliverables.all())
        becomes = [Becomes(None, ("New", "Newydd"), 60, rows), Becomes(None, ("Newer", "Newyddach"), 40, frozenset())]
    user = head()
    action = actions.lineage_make(kind, sources, becomes, by=user, why="Try it")
    action = actions.lineage_undo(action, by=user, why="It was too early")
    assert {pk: totals_of([pk]) for pk in pks} == held
    assert list(ProjectCost.objects.order_by("project", "kind").values_list("project", "kind", "narrative_en")) == texts
    assert not Lineage.objects.exists()
    assert Project.objects.get(pk=pks[0]).status == status
    assert {one.status for one in Project.objects.exclude(pk__in=pks)} == {"closed"}
    assert (action.undone_by, action.undone_why, action.undone_at is not None) == (user, "It was too early", True)
    with pytest.raises(Refused, match="undone already"):
        actions.lineage_undo(action, by=user, why="Again")


def test_a_later_project_that_holds_something_of_its_own_stays_open_when_it_is_undone():
    action = actions.lineage_make(
        Descent.SUCCEEDS, [full("Old")], [Becomes(None, ("New", "Newydd"))], by=head(), why="On"
    )
    new = Project.objects.get(title_en="New")
    StatusUpdateFactory(project=new)
    actions.lineage_undo(action, by=head(), why="Back")
    new.refresh_from_db()
    assert new.status == "active"


def test_what_was_changed_since_then_cannot_be_undone_and_nothing_is_half_done():
    old = full("Old")
    user = head()
    action = actions.lineage_make(Descent.SUCCEEDS, [old], [Becomes(None, ("New", "Newydd"))], by=user, why="On")
    new = Project.objects.get(title_en="New")
    ProjectCost.objects.filter(project=new, kind="actual").update(amount_pence=400)
    with pytest.raises(Refused, match="“2026-27” was changed since then"):
        actions.lineage_undo(action, by=user, why="Back")
    ProjectCost.objects.filter(project=new, kind="actual").update(amount_pence=333)
    moved = new.deliverables.first()
    type(moved).objects.filter(pk=moved.pk).update(project=full("Other"))
    with pytest.raises(Refused, match="was changed since then"):
        actions.lineage_undo(action, by=user, why="Back")
    type(moved).objects.filter(pk=moved.pk).update(project=new)
    later = actions.lineage_make(Descent.SUCCEEDS, [new], [Becomes(None, ("Newest", "Diweddaraf"))], by=user, why="On")
    with pytest.raises(Refused, match="since then first"):
        actions.lineage_undo(action, by=user, why="Back")
    assert LineageAction.objects.get(pk=action.pk).undone_at is None
    actions.lineage_undo(later, by=user, why="Back")
    actions.lineage_undo(action, by=user, why="Back")
    old.refresh_from_db()
    assert old.status == "active"


def test_partners_that_the_earlier_lost_meanwhile_stop_the_undoing():
    old = full("Old")
    user = head()
    action = actions.lineage_make(Descent.SUCCEEDS, [old], [Becomes(None, ("New", "Newydd"))], by=user, why="On")
    old.partners.all().delete()
    with pytest.raises(Refused, match="totals would not be the same"):
        actions.lineage_undo(action, by=user, why="Back")


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (lambda one: ([one], [Becomes(one)]), "cannot become itself"),
        (lambda one: ([one], [Becomes(ProjectFactory(is_demo=True))]), "stay apart"),
        (lambda one: ([one, ProjectFactory(status="closed")], [Becomes(None, ("A", "B"))]), "has ended already"),
        (lambda one: ([one], [Becomes(LineageFactory(earlier=one).later)]), "told already"),
        (lambda one: ([one], [Becomes(None, ("A", "B"), 101)]), "more than the whole"),
    ],
)
def test_what_cannot_become_another_is_refused(make, sentence):
    sources, becomes = make(ProjectFactory())
    with pytest.raises(Refused, match=sentence):
        actions.lineage_make(Descent.MERGED, sources, becomes, by=head(), why="On")
    assert not LineageAction.objects.exists()


def test_only_the_head_of_delivery_makes_and_undoes():
    action = actions.lineage_make(Descent.SUCCEEDS, [full("A")], [Becomes(None, ("B", "C"))], by=head(), why="On")
    for role in (Role.TEAM, Role.OFFICER):
        with pytest.raises(NotAllowed):
            actions.lineage_make(Descent.SUCCEEDS, [full("D")], [Becomes(None, ("E", "F"))], by=person(role), why="On")
        with pytest.raises(NotAllowed):
            actions.lineage_undo(action, by=person(role), why="Back")


@given(pence=st.integers(0, 10**12), shares=st.lists(st.integers(1, 100), min_size=1, max_size=3))
def test_no_penny_is_lost_or_made_whatever_the_shares(pence, shares):
    parts = shares_of(pence, shares)
    if sum(shares) == 100:
        assert sum(parts) == pence
    if sum(shares) <= 100:
        assert 0 <= sum(parts) <= pence
    assert all(part >= 0 for part in parts)


def test_the_totals_are_said_in_words():
    shown = dict(totals_shown(totals_of([full("A").pk])))
    assert shown["Baseline, 2026-27"] == "£1,000.01"
    assert shown["Targets in maps"] == "5, actual 2"
    assert (shown["Deliverables: Met"], shown["Deliverables: no outcome yet"], shown["Benefits"]) == ("1", "1", "1")


# --- The picture ----------------------------------------------------------------------------------
def test_the_family_is_whole_and_in_order_and_costs_three_queries():
    one, two, three, four = (ProjectFactory(title_en=name) for name in ("One", "Two", "Three", "Four"))
    LineageFactory(earlier=two, later=one, kind="merged_from")
    LineageFactory(earlier=three, later=one, kind="merged_from")
    LineageFactory(earlier=one, later=four)
    ProjectFactory(title_en="Stranger")
    with CaptureQueriesContext(connection) as queries:
        family = family_of(three)
    assert len(queries) == 3
    assert [project.title_en for project in family.projects] == ["Two", "Three", "One", "Four"]
    assert [lanes_of(family)[each.pk] for each in (two, three, one, four)] == [0, 1, 0, 0]
    LineageFactory(earlier=four, later=two)  # a circle is drawn too
    assert len(family_of(one).projects) == 4


def test_the_page_draws_and_tells_the_lineage_in_both_languages(client):
    events, blueprints = ProjectFactory(title_en="Life Events"), ProjectFactory(title_en="Service Blueprints")
    design = ProjectFactory(title_en="Life Events Service Design")
    for earlier in (events, blueprints):
        LineageFactory(earlier=earlier, later=design, kind="merged_from")
    text = unescape(client.get(f"/en/projects/{events.slug_en}/lineage/").content.decode())
    assert "<svg" in text
    assert "Service Blueprints leads to Life Events Service Design" in text
    assert "became <a" in text
    assert ("Undo this" in text, "Merge with other projects" in text) == (False, False)
    with override("cy"):
        welsh = unescape(client.get(f"/cy/prosiectau/{design.slug_cy}/llinach/").content.decode())
    assert "Unwyd" in welsh
    lonely = ProjectFactory()
    assert "none came of it" in client.get(f"/en/projects/{lonely.slug_en}/lineage/").content.decode()


# --- The screens ----------------------------------------------------------------------------------
def test_the_head_merges_sees_the_proof_and_undoes(client):
    first, second = full("Life Events"), full("Service Blueprints")
    client.force_login(head(), backend=BACKEND)
    base = f"/en/projects/{first.slug_en}/lineage/"
    assert f"{base}merge/" in client.get(base).content.decode()
    page = unescape(client.get(f"{base}merge/").content.decode())
    assert "£1,000.01" in page
    given = {"other": second.pk, "title_en": "Design", "title_cy": "Dylunio", "why": "One team"}
    response = client.post(f"{base}merge/", given, follow=True)
    text = unescape(response.content.decode())
    for part in ("Done. The totals are the same before and after.", "One team", "£2,000.02", "Undo this"):
        assert part in text
    action = LineageAction.objects.get()
    undo = f"{base}{action.pk}/undo/"
    assert "became" in client.get(undo).content.decode()
    assert "Enter “Reason”." in unescape(client.post(undo, {}).content.decode())
    text = client.post(undo, {"why": "Too early"}, follow=True).content.decode()
    assert "It is undone" in text
    assert client.get(undo).status_code == 404


def test_the_head_splits_and_each_row_is_asked_for(client):
    project = full("Whole")
    client.force_login(head(), backend=BACKEND)
    address = f"/en/projects/{project.slug_en}/lineage/split/"
    rows = [f"row_deliverable_{one.pk}" for one in project.deliverables.all()]
    rows += [f"row_benefit_{project.benefits.get().pk}"]
    rows += [f"row_milestone_{project.milestones.filter(actual=None).get().pk}"]
    rows += [f"row_risk_{project.risks.filter(closed_on=None).get().pk}"]
    page = client.get(address).content.decode()
    assert all(f'name="{row}"' in page for row in rows)
    given = {"first_en": "One", "first_cy": "Un", "first_share": "60", "why": "Large", **dict.fromkeys(rows, "first")}
    bad = given | {"second_share": "10", "third_en": "Three", rows[0]: "second", "ends": "on", rows[1]: "stays"}
    text = unescape(client.post(address, bad).content.decode())
    for sentence in (
        "Give this project a title, or leave its share empty.",
        "Write the title in Welsh.",
        "There is no such project: give it a title above.",
        "A project that ends gives all its money away",
    ):
        assert sentence in text
    left = given | {"first_share": "100", "ends": "on", rows[1]: "stays"}
    assert "A project that ends keeps nothing" in client.post(address, left).content.decode()
    over = given | {"second_en": "Two", "second_cy": "Dau", "second_share": "50"}
    assert "more than the whole" in client.post(address, over).content.decode()
    assert not LineageAction.objects.exists()
    good = given | {"second_en": "Two", "second_cy": "Dau", "second_share": "40", "ends": "on"}
    assert client.post(address, good).status_code == 302
    project.refresh_from_db()
    assert (project.status, costs(project)) == ("continued", {})
    assert costs(Project.objects.get(title_en="One"))["2026-27 baseline"] == 600_01


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"why": "x"}, "Write the title in English."),
        ({"why": "x", "title_en": "A"}, "Write the title in Welsh."),
        ({"title_en": "A", "title_cy": "B"}, "Enter “Reason”."),
    ],
)
def test_a_succession_that_lacks_something_gets_a_sentence(client, given, sentence):
    project, other = ProjectFactory(), ProjectFactory()
    client.force_login(head(), backend=BACKEND)
    address = f"/en/projects/{project.slug_en}/lineage/succeed/"
    assert sentence in unescape(client.post(address, given).content.decode())
    both = {"why": "x", "into": other.pk, "title_en": "A", "title_cy": "B"}
    assert "not both" in client.post(address, both).content.decode()
    merge = {"why": "x", "other": other.pk, "into": other.pk}
    address = f"/en/projects/{project.slug_en}/lineage/merge/"
    assert "Choose each project once." in client.post(address, merge).content.decode()


def test_a_refusal_becomes_a_sentence_of_the_form(client):
    project, other = full("A"), ProjectFactory()
    LineageFactory(earlier=project, later=other)
    client.force_login(head(), backend=BACKEND)
    address = f"/en/projects/{project.slug_en}/lineage/succeed/"
    assert "told already" in client.post(address, {"why": "x", "into": other.pk}).content.decode()
    fresh = ProjectFactory()
    client.post(address, {"why": "x", "into": fresh.pk})
    ProjectCost.objects.filter(project=fresh, kind="actual").update(amount_pence=1)
    undo = f"/en/projects/{project.slug_en}/lineage/{LineageAction.objects.get().pk}/undo/"
    assert "was changed since then" in client.post(undo, {"why": "x"}).content.decode()


@pytest.mark.parametrize("role", [None, Role.TEAM, Role.OFFICER, Role.BOARD_MEMBER])
def test_nobody_else_opens_the_screens(client, role):
    project = ProjectFactory()
    action = actions.lineage_make(Descent.SUCCEEDS, [project], [Becomes(None, ("B", "C"))], by=head(), why="On")
    if role:
        client.force_login(person(role), backend=BACKEND)
    for page in ("succeed/", "merge/", "split/", f"{action.pk}/undo/"):
        address = f"/en/projects/{project.slug_en}/lineage/{page}"
        assert client.get(address).status_code == (403 if role else 302)
        assert client.post(address, {"why": "x"}).status_code == (403 if role else 302)

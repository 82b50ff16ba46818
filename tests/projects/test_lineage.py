"""Projects that become others: what goes along, that the totals stay, and undoing it."""

import pytest
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st

from accounts.roles import Role
from projects import actions
from projects.actions import Becomes
from projects.carrying import shares_of
from projects.models import Lineage, LineageAction, PhaseChange, Project, ProjectCost
from projects.states import Descent
from projects.totals import totals_of, totals_shown
from tests.factories.people import CouncilFactory, person
from tests.factories.projects import (
    LineageFactory,
    ProjectFactory,
    ProjectPartnerFactory,
    StatusUpdateFactory,
)
from tests.projects.lineages import costs, full, head
from wlga_portal.kernel.models import StatusChange
from wlga_portal.kernel.workflow import NotAllowed, Refused

pytestmark = pytest.mark.django_db


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


def test_what_was_undone_is_told_on_the_pages_of_its_projects(client):
    user = head()
    action = actions.lineage_make(
        Descent.MERGED, [full("Old"), full("Older")], [Becomes(None, ("New", "Newydd"))], by=user, why="On"
    )
    address = f"/en/projects/{Project.objects.get(title_en='Older').slug_en}/lineage/"
    assert "What was undone" not in client.get(address).content.decode()
    actions.lineage_undo(action, by=user, why="It was too early")
    page = strip_tags(client.get(address).content.decode())
    assert "What was undone Old and Older became New. Done on" in " ".join(page.split())
    assert ("It was too early" in page, str(user) in page) == (False, False)  # for the team alone
    client.force_login(user)
    assert f"{user}: It was too early" in strip_tags(client.get(address).content.decode())


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

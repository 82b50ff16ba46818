"""Assigning bids to assessors: by hand, by load, never to who has a part in the bid; saying no to one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import Membership
from accounts.roles import Role
from fund.actions import assessments as actions
from fund.models import Assessment, Partner, Score
from fund.querysets.assessing import in_conflict
from fund.states.assessing import ASSESSMENT, AssessmentStatus
from organisations.models import Organisation
from tests.factories.fund import PartnerFactory, open_round
from tests.factories.fund_assessing import AssessmentFactory, assessor, assigned, closed_round, scored, sent
from tests.factories.people import BodyFactory, person
from wlga_portal.kernel.models import StatusChange
from wlga_portal.kernel.service_models import Notification
from wlga_portal.kernel.workflow import NotAllowed, ReasonMissing, Refused, WrongState, advance

from .conftest import url
from .test_constraints import changed, refused

pytestmark = pytest.mark.django_db
MOVES = {
    "hand_in": ({"assigned"}, "handed_in"),
    "declare": ({"assigned", "handed_in"}, "conflict"),
    "decline": ({"assigned"}, "declined"),
    "remove": ({"assigned"}, "removed"),
    "assign_again": ({"declined", "removed"}, "assigned"),
}
MANAGED = {"remove", "assign_again"}


def in_the_way(bid, user, how):
    """Give the assessor's own organisation a part in the bid."""
    own = Organisation.objects.get(memberships__user=user)
    if how == "lead":
        type(bid).objects.filter(pk=bid.pk).update(lead=own)
    else:
        decided = {"decided_at": timezone.now(), "decided_by": user} if how in {"agreed", "void", "declined"} else {}
        PartnerFactory(bid=bid, organisation=own, status=how, **decided)
    bid.refresh_from_db()


@pytest.mark.parametrize("status", AssessmentStatus.values)
@pytest.mark.parametrize("event", MOVES)
def test_an_assessment_moves_only_along_the_table(status, event):
    assert set(MOVES) == set(ASSESSMENT.transitions) == set(ASSESSMENT.rules)
    row = AssessmentFactory(status=status)
    by, other = (person(Role.FUND_MANAGER), row.assessor) if event in MANAGED else (row.assessor, assessor())
    sources, target = MOVES[event]
    with pytest.raises(NotAllowed):
        advance(row, event, by=other, why="Because")
    if event == "hand_in" and status == "conflict":
        with pytest.raises(NotAllowed):
            advance(row, event, by=by, why="Because")
    elif status in sources:
        assert advance(row, event, by=by, why="Because").status == target
        assert StatusChange.of(row).get().event == event
    else:
        with pytest.raises(WrongState):
            advance(row, event, by=by, why="Because")


@pytest.mark.parametrize("event", ["declare", "decline"])
def test_saying_no_needs_a_reason(event):
    row = assigned()
    with pytest.raises(ReasonMissing):
        actions.assessment_leave(assessment=row, event=event, by=row.assessor, why=" ")
    with pytest.raises(ValueError, match="does not leave by"):
        actions.assessment_leave(assessment=row, event="remove", by=row.assessor, why="No")


@pytest.mark.parametrize("how", ["lead", "invited", "agreed", "void"])
def test_whoever_has_a_part_in_the_bid_cannot_see_be_assigned_or_score(signed_in, how):
    one, bid = assessor(), sent(closed_round(criteria=1))
    row = assigned(bid, one)
    client = signed_in(one)
    assert client.get(url("assessment_page", pk=row.pk)).status_code == 200
    in_the_way(bid, one, how)
    one = type(one).objects.get(pk=one.pk)
    assert not Assessment.objects.held_by(one).exists()
    assert not Assessment.objects.visible_to(one).exists()
    for name in ("assessment_page", "assessment_leave"):
        assert client.get(url(name, pk=row.pk)).status_code == 404
    assert client.post(url("assessment_draft", pk=row.pk), {"points_1": "5"}).status_code == 404
    assert bid.title not in client.get(url("assessment_own")).content.decode()
    with pytest.raises(NotAllowed):
        advance(row, "hand_in", by=one)
    advance(row, "remove", by=person(Role.FUND_MANAGER))
    with pytest.raises(Refused, match="has a part in"):
        assigned(bid, one)
    refused("assessment_without_conflict", changed(row, status="assigned"))


def test_a_partner_that_declined_or_a_membership_that_ended_is_no_conflict():
    one, bid = assessor(), sent()
    in_the_way(bid, one, "declined")
    assert assigned(bid, one).status == "assigned"
    two = assessor()
    other = sent(bid.round)
    Membership.objects.create(
        user=two,
        organisation=other.lead,
        role=Role.OFFICER,
        starts=timezone.localdate() - timedelta(days=9),
        ends=timezone.localdate() - timedelta(days=2),
    )
    assert assigned(other, type(two).objects.get(pk=two.pk)).status == "assigned"


def test_scores_of_who_has_a_part_since_do_not_count_and_are_not_seen():
    one, bid = assessor(), sent()
    scored(bid, one)
    assert Score.objects.counting().count() == 2
    in_the_way(bid, one, "agreed")
    assert Score.objects.counting().count() == 0
    assert not Score.objects.visible_to(type(one).objects.get(pk=one.pk)).exists()


def test_of_many_councils_each_assessor_finds_only_bids_that_their_own_has_no_part_in():
    one_round = closed_round(criteria=1)
    bids = [sent(one_round) for _number in range(8)]
    people = [assessor(organisation=bid.lead) for bid in bids]
    for number, bid in enumerate(bids):
        PartnerFactory(bid=bid, organisation=bids[number - 1].lead, status="invited")
    done = actions.assessments_balance(one_round=one_round, stage="sift", each=6, by=person(Role.FUND_MANAGER))
    assert (len(done.made), done.short) == (48, [])
    for number, one in enumerate(people):
        mine = {bids[number].pk, bids[(number + 1) % 8].pk}
        held = set(Assessment.objects.visible_to(one).values_list("bid", flat=True))
        assert held == {bid.pk for bid in bids} - mine
        assert {bid.pk for bid in type(bids[0]).objects.filter(in_conflict(one))} == mine


def test_a_declared_conflict_hides_the_bid_and_bars_it_for_good():
    row = assigned()
    manager = Notification.objects.get(kind="fund.assessment_assigned")
    assert manager.user == row.assessor
    actions.assessment_leave(assessment=row, event="declare", by=row.assessor, why="My sister wrote it.")
    assert not Assessment.objects.held_by(row.assessor).exists()
    assert StatusChange.of(row).get().why == "My sister wrote it."
    assert Notification.objects.get(kind="fund.assessment_left").context["conflict"] is True
    with pytest.raises(Refused, match="has a part in"):
        assigned(row.bid, row.assessor)
    refused("assessment_without_conflict", lambda: AssessmentFactory(
        bid=Panel.of(row.bid), assessor=row.assessor, stage="panel", submission=Panel.of(row.bid).latest
    ))  # fmt: skip


class Panel:
    """The same bid, sent as a proposal."""

    @staticmethod
    def of(bid):
        from tests.factories.fund import SubmissionFactory

        number = bid.submissions.count() + 1
        later = SubmissionFactory(bid=bid, number=number, stage="proposals")
        type(bid).objects.filter(pk=bid.pk).update(latest=later, stage="proposals")
        return type(bid).objects.get(pk=bid.pk)


def test_who_declined_is_asked_again_by_hand_alone():
    row = assigned()
    actions.assessment_leave(assessment=row, event="decline", by=row.assessor, why="No time.")
    done = actions.assessments_balance(one_round=row.bid.round, stage="sift", each=1, by=row.assigned_by)
    assert (done.made, done.short) == ([], [row.bid])
    assert assigned(row.bid, row.assessor).status == "assigned"
    with pytest.raises(Refused, match="has this bid already"):
        assigned(row.bid, row.assessor)


def test_a_bid_is_assigned_when_its_councils_can_no_longer_take_it_back():
    one_round = open_round(questions=1)
    with pytest.raises(Refused, match="once the stage has closed"):
        assigned(sent(one_round))
    bid = sent()
    type(bid).objects.filter(pk=bid.pk).update(status="withdrawn")
    with pytest.raises(Refused, match="Only a submitted bid"):
        assigned(bid)


def test_the_load_is_shared_evenly_and_each_bid_gets_as_many_as_were_asked_for():
    one_round = closed_round(criteria=1)
    bids, people = [sent(one_round) for _number in range(5)], [assessor() for _number in range(4)]
    assigned(bids[0], people[0])
    done = actions.assessments_balance(one_round=one_round, stage="sift", each=2, by=person(Role.FUND_MANAGER))
    assert (len(done.made), done.short) == (9, [])
    counts = [Assessment.objects.filter(assessor=one).count() for one in people]
    assert sorted(counts) == [2, 2, 3, 3]
    assert all(bid.assessments.count() == 2 for bid in bids)


def test_an_invented_assessor_scores_only_what_is_invented():
    invented, real = assessor(demo_slug="x"), assessor()
    assert actions.assessors_for(closed_round(is_demo=True)) == [invented]
    assert actions.assessors_for(closed_round()) == [real]


@pytest.mark.parametrize(
    ("name", "values"),
    [("assessment_status_known", {"status": "lost"}), ("assessment_stage_scores", {"stage": "decision"})],
)
def test_an_assessment_keeps_its_invariants(name, values):
    row = AssessmentFactory()
    if name == "assessment_stage_scores":
        refused("assessment_of_what_was_sent", changed(row, **values))
    else:
        refused(name, changed(row, **values))
    refused("assessment_once_at_a_stage", lambda: AssessmentFactory(bid=row.bid, assessor=row.assessor))
    refused("assessment_of_what_was_sent", changed(row, submission=sent().latest))


def test_the_manager_assigns_by_hand_and_by_load_on_one_page(signed_in):
    one_round = closed_round(criteria=1)
    bids, people = [sent(one_round) for _number in range(2)], [assessor(), assessor()]
    busy = assessor(organisation=bids[0].lead)
    client = signed_in(person(Role.FUND_MANAGER))
    address = url("assessor_list", slug=one_round.slug_en, stage="sift")
    hand = {"form": "hand", "bid": bids[0].pk, "assessor": people[0].pk}
    page = client.post(address, hand, follow=True).content.decode()
    assert f"{bids[0].reference} is given to {people[0]}." in page
    page = client.post(address, hand | {"assessor": busy.pk}).content.decode()
    assert f"{busy} has a part in {bids[0].reference} and cannot score it." in page
    page = client.post(address, {"form": "balance", "each": "4"}, follow=True).content.decode()
    assert "4 assignments were made." in page
    assert f"Not enough assessors are free for these bids: {bids[0].reference}, {bids[1].reference}." in page
    row = Assessment.objects.filter(assessor=busy).get()
    client.post(url("assessment_remove", pk=row.pk))
    row.refresh_from_db()
    assert row.status == "removed"
    page = client.post(url("assessment_remove", pk=row.pk), follow=True).content.decode()
    assert "cannot be done now" in page
    assert "Enter “Assessors for each bid”" in client.post(address, {"form": "balance"}).content.decode()
    assert client.get(url("assessor_list", slug=one_round.slug_en, stage="panel")).status_code == 200
    assert not Partner.objects.exists()
    assert BodyFactory()


def test_the_pages_of_assessors_cost_the_same_at_one_row_and_at_thirty(signed_in, django_assert_max_num_queries):
    one, one_round = assessor(), closed_round(criteria=1)
    manager = signed_in(person(Role.FUND_MANAGER))
    address, counts = url("assessor_list", slug=one_round.slug_en, stage="sift"), []
    officer, client = person(Role.OFFICER), signed_in(one)
    for number in (1, 29):
        for _number in range(number):
            assigned(sent(one_round, officer), one)
        with django_assert_max_num_queries(12) as asked:
            client.get(url("assessment_own"))
        first = len(asked)
        with django_assert_max_num_queries(16) as asked:
            manager.get(address)
        counts.append((first, len(asked)))
    assert counts[0] == counts[1]

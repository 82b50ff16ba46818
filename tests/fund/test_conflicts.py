"""Who has a part in a bid through those that it was merged from: cannot see, be assigned or score, in any of them."""

import pytest
from django.utils import timezone

from accounts.roles import Role
from fund.models import Assessment, Bid, Score
from fund.querysets.assessing import in_conflict
from fund.rules.assessing import free_of_conflict
from fund.states import TAKING_PART
from tests.factories.fund import PartnerFactory
from tests.factories.fund_assessing import AssessmentFactory, assessor, assigned, closed_round, scored, sent
from tests.factories.people import CouncilFactory, person
from wlga_portal.kernel.workflow import NotAllowed, Refused, advance

from .conftest import url
from .test_constraints import refused

pytestmark = pytest.mark.django_db


def went_on_in(made, *parents):
    """These bids were merged into `made`; of it their councils are no part, as if they had left it since."""
    Bid.objects.filter(pk__in=[bid.pk for bid in parents]).update(status="merged", merged_into=made)
    return made


def anew(user):
    """The person without what was remembered of their roles."""
    return type(user).objects.get(pk=user.pk)


@pytest.fixture
def line():
    """`first` and `second` became `middle`, that one and `third` became `last`; `apart` has no part in it."""
    one_round = closed_round(criteria=1)
    bids = {name: sent(one_round) for name in ("first", "second", "middle", "third", "last", "apart")}
    went_on_in(bids["middle"], bids["first"], bids["second"])
    went_on_in(bids["last"], bids["middle"], bids["third"])
    return {name: Bid.objects.get(pk=bid.pk) for name, bid in bids.items()}


@pytest.mark.parametrize("parent", ["first", "second", "middle", "third"])
def test_the_lead_of_a_merge_parent_that_left_cannot_be_assigned_see_or_score_the_one_bid(signed_in, line, parent):
    one, bid = assessor(organisation=line[parent].lead), line["last"]
    assert not bid.partners.exists()
    assert not free_of_conflict(one, bid)
    with pytest.raises(Refused, match="has a part in"):
        assigned(bid, one)
    refused("assessment_without_conflict", lambda: AssessmentFactory(bid=bid, assessor=one))
    assert free_of_conflict(one, line["apart"])
    assert assigned(line["apart"], one).status == "assigned"


def test_every_bid_of_the_line_is_hidden_from_who_has_a_part_in_one_of_them(line):
    family = set(line.values()) - {line["apart"]}
    for bid in family:
        assert set(Bid.objects.filter(in_conflict(assessor(organisation=bid.lead)))) == family
    assert set(Bid.objects.filter(in_conflict(assessor(organisation=line["apart"].lead)))) == {line["apart"]}
    assert not Bid.objects.filter(in_conflict(assessor())).exists()


@pytest.mark.parametrize("status", ["invited", "agreed", "void", "declined"])
def test_a_partner_of_a_merge_parent_has_a_part_unless_it_declined_there(line, status):
    council = CouncilFactory()
    decided = {"decided_at": timezone.now(), "decided_by": person(Role.DIGITAL_LEAD, organisation=council)}
    PartnerFactory(bid=line["first"], organisation=council, status=status, **({} if status == "invited" else decided))
    one = assessor(organisation=council)
    assert free_of_conflict(one, line["last"]) is (status not in TAKING_PART)
    if status in TAKING_PART:
        refused("assessment_without_conflict", lambda: AssessmentFactory(bid=line["last"], assessor=one))


def test_scores_handed_in_before_the_merge_are_gone_for_who_turns_out_to_have_a_part(signed_in):
    one_round = closed_round(criteria=1)
    parent, made = sent(one_round), sent(one_round)
    one, other = assessor(organisation=parent.lead), assessor()
    row = scored(made, one, 5)
    scored(made, other, 2)
    client = signed_in(one)
    assert client.get(url("assessment_page", pk=row.pk)).status_code == 200
    assert Score.objects.counting().count() == 2
    went_on_in(made, parent)
    assert [score.points for score in Score.objects.counting()] == [2]
    assert not Assessment.objects.held_by(anew(one)).exists()
    assert not Score.objects.visible_to(anew(one)).exists()
    assert client.get(url("assessment_page", pk=row.pk)).status_code == 404


def test_it_is_asked_anew_when_the_partners_of_a_parent_change(line):
    one, bid = assessor(), line["last"]
    row = assigned(bid, one)
    council = one.memberships.get().organisation
    partner = PartnerFactory(bid=line["second"], organisation=council, status="invited")
    assert not Assessment.objects.held_by(anew(one)).exists()
    with pytest.raises(NotAllowed):
        advance(row, "hand_in", by=anew(one))
    partner.delete()
    assert Assessment.objects.held_by(anew(one)).get() == row


def test_a_conflict_declared_on_a_bid_bars_the_one_that_it_went_on_in(line):
    one = assessor()
    AssessmentFactory(bid=line["third"], assessor=one, status="conflict")
    assert not free_of_conflict(one, line["last"])
    assert free_of_conflict(assessor(), line["last"])
    refused("assessment_without_conflict", lambda: AssessmentFactory(bid=line["last"], assessor=one))


def test_scores_of_many_are_counted_with_one_query(line, django_assert_num_queries):
    for _number in range(3):
        scored(line["last"])
    with django_assert_num_queries(1):
        assert len(Score.objects.counting()) == 3

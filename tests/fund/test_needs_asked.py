"""What was asked and waits: commitments, questions, changes of awards, each for whom and by when."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.roles import Role
from fund import panels_asked
from fund.models import Bid, Partner, Round, StageKind
from tests.factories.fund import EnquiryFactory, PartnerFactory, RoundFactory, StageFactory
from tests.factories.fund_awards import VariationFactory
from tests.factories.people import person
from tests.fund.test_writing import draft

pytestmark = pytest.mark.django_db


def asked(finder, user):
    return [(one.text, one.due, one.url) for one in finder(user)]


@pytest.fixture
def partner() -> Partner:
    """It has agreed to a share of a proposal that is being written, and committed nothing."""
    bid = draft(person(Role.OFFICER), stage=StageKind.PROPOSALS)
    StageFactory(round=bid.round, kind=StageKind.PROPOSALS)
    made = PartnerFactory(bid=bid, share_pence=50_000)
    lead = person(Role.DIGITAL_LEAD, organisation=made.organisation)
    agreed = {"status": "agreed", "decided_at": timezone.now(), "decided_by": lead}
    Partner.objects.filter(pk=made.pk).update(**agreed)
    return Partner.objects.get(pk=made.pk)


@pytest.mark.parametrize("role", [Role.FINANCE, Role.DIGITAL_LEAD])
def test_a_share_that_was_agreed_waits_for_its_commitment_by_the_end_of_the_stage(partner, role):
    user = person(role, organisation=partner.organisation)
    [need] = panels_asked.commitments_to_make(user)
    stage = partner.bid.round.stages.get(kind=StageKind.PROPOSALS)
    assert (need.due, need.detail) == (stage.closes_at, "£500")
    assert need.url.endswith(f"/partners/{partner.pk}/commitment/")
    due = timezone.now() + timedelta(days=90)
    Round.objects.filter(pk=partner.bid.round_id).update(commitments_due_at=due)
    [need] = panels_asked.commitments_to_make(user)
    assert need.due == due


def test_no_commitment_is_asked_of_who_may_not_make_it_or_before_its_time(partner):
    finance = person(Role.FINANCE, organisation=partner.organisation)
    assert asked(panels_asked.commitments_to_make, person(Role.FINANCE)) == []
    assert asked(panels_asked.commitments_to_make, person(Role.OFFICER, organisation=partner.organisation)) == []
    Bid.objects.filter(pk=partner.bid_id).update(stage=StageKind.STATEMENTS)
    assert asked(panels_asked.commitments_to_make, finance) == []


def test_a_question_waits_for_the_fund_manager_by_the_next_closing_of_its_round():
    one_round = RoundFactory()
    past = timezone.now() - timedelta(days=1)
    StageFactory(round=one_round, kind=StageKind.STATEMENTS, opens_at=past - timedelta(days=1), closes_at=past)
    coming = StageFactory(round=one_round, kind=StageKind.PROPOSALS)
    enquiry = EnquiryFactory(round=one_round)
    [(text, due, url)] = asked(panels_asked.enquiries_to_answer, person(Role.FUND_MANAGER))
    assert text == f"Answer the question of {enquiry.organisation.name}"
    assert due == coming.closes_at
    assert url.endswith(f"/questions/{enquiry.pk}/")
    assert asked(panels_asked.enquiries_to_answer, person(Role.OFFICER)) == []


def test_a_change_of_an_award_waits_for_the_fund_manager():
    variation = VariationFactory()
    [(text, _due, url)] = asked(panels_asked.variations_to_answer, person(Role.FUND_MANAGER))
    assert text == f"Agree to the change of the award {variation.award.bid.reference}, or refuse it"
    assert url.endswith(f"/changes/{variation.pk}/")
    assert asked(panels_asked.variations_to_answer, person(Role.FINANCE)) == []

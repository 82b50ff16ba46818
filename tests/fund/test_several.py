"""What the fund manager does to several awards at once, and what happened to each of them."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.roles import Role
from fund.actions import awards, claims, several, variations
from fund.award_timeline import award_timeline_of
from fund.models import Award, Claim, Payment
from tests.factories.fund_awards import (
    ClaimFactory,
    InstalmentFactory,
    LearningFactory,
    MonitoringReportFactory,
    PaymentFactory,
    TransactionFactory,
    VariationFactory,
    accepted,
    approved,
    awarded,
)
from tests.factories.people import person
from wlga_portal.kernel.service_models import Notification

from .conftest import url
from .test_awards import lead_of, manager
from .test_claims import parts

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()


def owed(**options) -> list[str]:
    return [one.text for one in several.owed_by_councils(Award.objects.all(), **options)]


def test_councils_are_reminded_of_what_they_owe_and_of_nothing_else(signed_in):
    offered, under_way, done = awarded(), accepted(), accepted(partner_pence=None)
    lead = lead_of(offered)
    waiting = under_way.shares.exclude(organisation=under_way.bid.lead).get()
    waiting.agreed_at = waiting.agreed_by = None
    waiting.save()
    ClaimFactory(award=under_way, status="returned")
    MonitoringReportFactory(award=under_way, due_on=TODAY - timedelta(days=1))
    MonitoringReportFactory(award=under_way, due_on=TODAY + timedelta(days=15))
    ClaimFactory(award=done)
    body = waiting.organisation.name.en
    assert owed() == [
        f"{offered.bid.lead.name.en} has not accepted the award",
        f"{body} has not agreed to its share",
        "claim 1 is returned and not sent again",
        f"the report due on {(TODAY - timedelta(days=1)):%-d %B %Y} is not sent",
    ]
    assert len(owed(today=TODAY + timedelta(days=1))) == 5
    client, address = signed_in(manager()), url("councils_remind")
    assert address in client.get(url("award_own")).content.decode()
    assert "What is not done yet" in client.post(address, {}).content.decode()
    client.post(address, {"things": [f"offer-{offered.pk}"], "why": "By Friday, please."})
    told = Notification.objects.filter(kind="fund.award_waits")
    assert [one.user for one in told] == [lead]
    every = [one.key for one in several.owed_by_councils(Award.objects.all())]
    page = client.post(address, {"things": every}, follow=True).content.decode()
    assert "4 reminders are sent." in page
    kinds = {"fund.award_waits": 2, "fund.share_waits": 2, "fund.claim_waits": 1, "fund.report_late": 1}
    assert {kind: Notification.objects.filter(kind=kind).count() for kind in kinds} == kinds


def test_what_councils_owe_costs_four_queries_at_any_number(django_assert_num_queries):
    for number in range(3):
        MonitoringReportFactory(award=accepted(partner_pence=None), due_on=TODAY)
        with django_assert_num_queries(4):
            assert len(owed()) == number + 1


def test_a_run_of_payments_pays_each_claim_with_its_own_amount_and_says_what_it_could_not_pay(signed_in):
    first, second = approved(), approved()
    unsigned = awarded()
    awards.award_accept(award=unsigned, by=lead_of(unsigned))
    third = approved(award=Award.objects.get(pk=unsigned.pk))
    TransactionFactory(claim=ClaimFactory(award=first.award, number=2))
    client, address = signed_in(manager()), url("claims_pay")
    form = client.get(address).content.decode()
    assert [f"{one.award.bid.reference}, 1" in form for one in (first, second, third)] == [True] * 3
    assert f"{first.award.bid.reference}, 2" not in form
    assert "Approved claims" in client.post(address, parts("paid_on", TODAY)).content.decode()
    given = parts("paid_on", TODAY) | {"reference": "BACS 12", "claims": [first.pk, third.pk]}
    page = client.post(address, given, follow=True).content.decode()
    assert "1 claim is paid." in page
    assert f"{third}: Nothing is paid before the lead has accepted and every partner has agreed." in page
    assert [(one.claim, one.reference, one.amount_pence) for one in Payment.objects.all()] == [
        (first, "BACS 12", 1_000_00)
    ]
    assert Claim.objects.get(pk=second.pk).status == "approved"
    invented = signed_in(person(Role.FUND_MANAGER, demo_slug="invented")).get(address).content.decode()
    assert "Nothing waits here." in invented


def test_the_timeline_of_an_award_says_everything_that_happened_who_when_and_why(signed_in):
    award = accepted()
    by, officer = manager(), lead_of(award, Role.OFFICER)
    awards.instalment_add(award=award, due_on=TODAY, amount_pence=500_00, by=by)
    awards.instalment_remove(instalment=award.instalments.get(), by=by)
    claim = approved(award=award)
    claims.claim_pay(claim=claim, paid_on=TODAY, reference="B", by=by)
    change = VariationFactory(award=award, new_amount_pence=12_000_00)
    variations.variation_answer(variation=change, event="agree", why="More want it", by=by)
    learned = LearningFactory(award=award, title_en="Ask early", published_on=TODAY)
    learned.link = "https://example.com/"
    learned.save()
    award = Award.objects.with_page().get(pk=award.pk)
    lead, partner = (one.organisation.name.en for one in award.shares.all())
    told = [(line.label, line.why, str(line.about)) for line in award_timeline_of(award)]
    assert sorted(told) == sorted([
        ("Learning published", "", "Ask early"),
        ("Change agreed", "More want it", ""),
        ("Share changed", "", f"{lead}, £9,600"),
        ("Share changed", "", f"{partner}, £2,400"),
        ("Change asked for", "More people want it.", ""),
        ("Claim paid", "", "claim 1"),
        ("Claim approved", "", "claim 1"),
        ("Claim sent", "", "claim 1"),
        ("Claim begun", "", "claim 1"),
        ("Planned payment taken out", "", f"{TODAY:%-d %B %Y}, £500"),
        ("Payment planned", "", f"{TODAY:%-d %B %Y}, £500"),
        ("Share agreed to", "", f"{partner}, £2,000"),
        ("Share agreed to", "", f"{lead}, £8,000"),
        ("Award accepted", "", ""),
        ("Awarded", "", "£10,000"),
    ])  # fmt: skip
    newest = [line.at for line in award_timeline_of(award)]
    assert newest == sorted(newest, reverse=True)
    paid = next(line for line in award_timeline_of(award) if line.label == "Payment planned")
    assert paid.by == by
    client = signed_in(officer)
    page = client.get(url("award_page", "cy", slug=award.bid.slug)).content.decode()
    assert "Cyhoeddwyd yr hyn a ddysgwyd" in page
    assert url("award_timeline", "cy", slug=award.bid.slug) in page
    whole = client.get(url("award_timeline", slug=award.bid.slug)).content.decode()
    assert whole.count("<br>") >= len(told)


def test_the_timeline_costs_the_same_at_one_thing_and_at_many(django_assert_max_num_queries):
    award, counts = PaymentFactory().award, []
    for number in (2, 3):
        TransactionFactory(claim=ClaimFactory(award=award, number=number))
        InstalmentFactory(award=award, due_on=TODAY + timedelta(days=number))
        fresh = Award.objects.with_page().get(pk=award.pk)
        with django_assert_max_num_queries(6) as asked:
            award_timeline_of(fresh)
        counts.append(len(asked))
    assert counts[0] == counts[1]

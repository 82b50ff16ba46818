"""Awards: made of a decision, accepted, shared, planned, changed, closed; sums that the database proves."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone
from pypdf import PdfReader

from accounts.roles import Role
from fund.actions import awards as actions
from fund.actions import reports, variations
from fund.models import Award, AwardShare, Bid, Learning, Variation
from fund.states.awards import AWARD, VARIATION, AwardStatus, VariationStatus
from tests.factories.fund_awards import (
    AMOUNT,
    AwardFactory,
    AwardShareFactory,
    InstalmentFactory,
    LearningFactory,
    VariationFactory,
    VariationShareFactory,
    accepted,
    approved,
    awarded,
)
from tests.factories.people import person
from wlga_portal.kernel.service_models import Notification
from wlga_portal.kernel.workflow import NotAllowed, ReasonMissing, Refused, WrongState, advance

from .conftest import url
from .test_constraints import changed, refused

pytestmark = pytest.mark.django_db
ENDS = timezone.localdate() + timedelta(days=100)


def now() -> None:
    """Ask the deferred constraints at once."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


def lead_of(award: Award, role: Role = Role.DIGITAL_LEAD) -> Any:
    return person(role, organisation=award.bid.lead)


def manager() -> Any:
    return person(Role.FUND_MANAGER)


@pytest.mark.parametrize("status", AwardStatus.values)
@pytest.mark.parametrize("event", ["accept", "turn_down", "close"])
def test_an_award_moves_only_along_the_table(status, event):
    assert set(AWARD.transitions) == set(AWARD.rules) == {"accept", "turn_down", "close"}
    award = AwardFactory()
    signed = {"accepted_at": timezone.now(), "accepted_by": award.bid.started_by}
    Award.objects.filter(pk=award.pk).update(status=status, **(signed if status in {"accepted", "closed"} else {}))
    award = Award.objects.get(pk=award.pk)
    by, other = (manager(), lead_of(award)) if event == "close" else (lead_of(award), manager())
    with pytest.raises(NotAllowed):
        advance(award, event, by=other, why="x")

    def sign(row: Award) -> None:
        if event == "accept":
            row.accepted_at, row.accepted_by = timezone.now(), by

    if (event, status) in {("accept", "offered"), ("turn_down", "offered"), ("close", "accepted")}:
        assert advance(award, event, by=by, why="x", also=sign).status == AWARD.transitions[event].target
    else:
        with pytest.raises(WrongState):
            advance(award, event, by=by, why="x")


@pytest.mark.parametrize("status", VariationStatus.values)
@pytest.mark.parametrize("event", ["agree", "refuse"])
def test_a_variation_moves_only_along_the_table(status, event):
    assert set(VARIATION.transitions) == set(VARIATION.rules) == {"agree", "refuse"}
    row = VariationFactory(status=status, award=AwardFactory())
    with pytest.raises(NotAllowed):
        advance(row, event, by=lead_of(row.award), why="x")
    if status == "asked":
        assert advance(row, event, by=manager(), why="x").status == VARIATION.transitions[event].target
    else:
        with pytest.raises(WrongState):
            advance(row, event, by=manager(), why="x")


def test_an_applied_decision_makes_an_award_shared_as_the_bid_said():
    award = awarded()
    assert (award.amount_pence, award.status, award.bid.status) == (AMOUNT, "offered", "awarded")
    shares = dict(award.shares.values_list("organisation", "amount_pence"))
    partner = award.bid.partners.get().organisation_id
    assert shares == {award.bid.lead_id: 8_000_00, partner: 2_000_00}
    assert Notification.objects.filter(kind="fund.award_offered").count() == 1
    assert dict(awarded(amount=1_000_00).shares.values_list("organisation__kind", "amount_pence"))
    cut = awarded(amount=1_000_00, partner_pence=4_000_00)
    assert sorted(cut.shares.values_list("amount_pence", flat=True)) == [0, 1_000_00]


def test_the_lead_accepts_and_each_partner_agrees_on_the_page(signed_in):
    award = awarded()
    lead, partner = lead_of(award), award.shares.exclude(organisation=award.bid.lead).get()
    other = person(Role.FINANCE, organisation=partner.organisation)
    client, address = signed_in(lead), url("award_answer", slug=award.bid.slug)
    assert "Accept the award" in client.get("/en/").content.decode()
    assert "Choose an answer" in client.post(address, {"why": ""}).content.decode()
    assert signed_in(other).post(url("share_agree", slug=award.bid.slug, pk=partner.pk), follow=True).status_code == 200
    partner.refresh_from_db()
    assert partner.agreed_at is None
    client.post(address, {"event": "accept"})
    award.refresh_from_db()
    assert (award.status, award.accepted_by) == ("accepted", lead)
    assert award.shares.get(organisation=award.bid.lead).agreed_by == lead
    assert "Agree to your share" in signed_in(other).get("/en/").content.decode()
    assert client.post(url("share_agree", slug=award.bid.slug, pk=partner.pk)).status_code == 403
    page = signed_in(other).post(url("share_agree", slug=award.bid.slug, pk=partner.pk), follow=True).content.decode()
    assert "Your council agreed to its share." in page
    with pytest.raises(Refused, match="cannot be agreed to now"):
        actions.share_agree(share=partner, by=other)
    assert "cannot be done now" in client.post(address, {"event": "accept"}).content.decode()


def test_the_letter_of_an_award_is_a_tagged_pdf_with_amount_and_conditions_in_the_language_of_the_bid(signed_in):
    said = {"language": "cy", "letter": "Dyfernir £10,000.", "conditions": "Rhannwch y gwersi."}
    award = awarded(language="cy", partner_pence=None, decision=said)
    page = signed_in(lead_of(award)).get(url("award_page", slug=award.bid.slug)).content.decode()
    address = url("decision_letter", pk=award.decision_id)
    assert address in page
    assert "Rhannwch y gwersi." in page
    reader = PdfReader(BytesIO(signed_in(lead_of(award)).get(address).content))
    words = " ".join(" ".join(sheet.extract_text() for sheet in reader.pages).split())
    assert "Dyfernir £10,000." in words
    assert "Amodau’r dyfarniad Rhannwch y gwersi." in words
    root = reader.trailer["/Root"]
    assert (str(root["/Lang"]), bool(root["/MarkInfo"]["/Marked"])) == ("cy-GB", True)
    assert root["/StructTreeRoot"]


def test_an_award_that_is_turned_down_frees_its_money(signed_in):
    from fund.actions.decisions import budget_left

    award = awarded()
    one_round = award.bid.round
    assert budget_left(one_round) == one_round.budget_pence - AMOUNT
    client = signed_in(lead_of(award))
    page = client.post(url("award_answer", slug=award.bid.slug), {"event": "turn_down"}).content.decode()
    assert "needs a reason" in page
    with pytest.raises(ReasonMissing):
        actions.award_turn_down(award=award, by=lead_of(award), why="")
    client.post(url("award_answer", slug=award.bid.slug), {"event": "turn_down", "why": "We have no staff."})
    assert budget_left(one_round) == one_round.budget_pence
    assert Notification.objects.filter(kind="fund.award_turned_down").exists()


def test_who_sees_an_award_and_who_does_not(signed_in):
    award = awarded()
    partner = award.shares.exclude(organisation=award.bid.lead).get()
    seers = [lead_of(award), person(Role.OFFICER, organisation=partner.organisation), manager()]
    address = url("award_page", slug=award.bid.slug)
    for one in seers:
        assert list(Award.objects.visible_to(one)) == [award]
        assert signed_in(one).get(address).status_code == 200
        assert award.bid.title in signed_in(one).get(url("award_own")).content.decode()
    for one in (person(Role.OFFICER), person(Role.ASSESSOR), person(Role.TEAM), person()):
        assert not Award.objects.visible_to(one).exists()
        assert signed_in(one).get(address).status_code == 404
    assert signed_in(None).get(address).status_code == 302


def test_payments_are_planned_within_the_award(signed_in):
    award = accepted()
    client, address = signed_in(manager()), url("instalment_add", slug=award.bid.slug)
    day = {"due_on_day": "1", "due_on_month": "3", "due_on_year": "2027"}
    client.post(address, day | {"amount_pence": "6,000"})
    assert award.instalments.get().amount_pence == 6_000_00
    assert "planned for that day already" in client.post(address, day | {"amount_pence": "1"}).content.decode()
    more = day | {"due_on_day": "2", "amount_pence": "4,000.01"}
    assert "more than the award" in client.post(address, more).content.decode()
    page = client.get(url("award_page", slug=award.bid.slug)).content.decode()
    assert "1 March 2027</th>" in page
    client.post(url("instalment_remove", slug=award.bid.slug, pk=award.instalments.get().pk))
    assert not award.instalments.exists()


def test_a_change_is_asked_for_shown_side_by_side_and_then_holds(signed_in):
    award = accepted()
    client, address = signed_in(lead_of(award, Role.OFFICER)), url("variation_ask", slug=award.bid.slug)
    same = {"new_amount_pence": "10,000", "new_conditions": "", "reason": "Why"}
    assert "Nothing would change." in client.post(address, same).content.decode()
    asked = same | {"new_amount_pence": "12,000", "new_conditions": "Tell others."}
    client.post(address, asked)
    row = Variation.objects.get()
    assert "A change cannot be asked for now." in client.post(address, asked).content.decode()
    page = client.get(url("variation_page", slug=award.bid.slug, pk=row.pk)).content.decode()
    assert "£10,000" in page
    assert "£12,000" in page
    assert "What is the answer?" not in page
    answer = signed_in(manager())
    where = url("variation_page", slug=award.bid.slug, pk=row.pk)
    assert "needs a reason" in answer.post(where, {"event": "refuse"}).content.decode()
    answer.post(where, {"event": "agree", "why": "Good"})
    award.refresh_from_db()
    assert (award.amount_pence, award.conditions) == (12_000_00, "Tell others.")
    partner = award.shares.exclude(organisation=award.bid.lead).get()
    lead = award.shares.get(organisation=award.bid.lead)
    assert [(one.amount_pence, one.agreed_at) for one in (lead, partner)] == [(9_600_00, None), (2_400_00, None)]
    now()


def test_the_share_of_a_partner_is_asked_for_and_whoever_gets_another_agrees_anew(signed_in):
    award = accepted()
    partner = award.shares.exclude(organisation=award.bid.lead).get()
    finance = person(Role.FINANCE, organisation=partner.organisation)
    client, address = signed_in(lead_of(award, Role.OFFICER)), url("variation_ask", slug=award.bid.slug)
    name = f"share_{partner.organisation_id}"
    form = client.get(address).content.decode()
    assert f"Share of {partner.organisation.name.en}" in form
    assert "Now £2,000." in form
    asked = {"new_amount_pence": "9,000", "new_conditions": "", "reason": "The partner does less."}
    assert "come to more than the amount" in client.post(address, asked | {name: "9,000.01"}).content.decode()
    client.post(address, asked | {name: "1,000"})
    row = Variation.objects.get()
    where = url("variation_page", slug=award.bid.slug, pk=row.pk)
    page = signed_in(finance).get(where).content.decode()
    assert [page.count(sum_) for sum_ in ("£10,000", "£2,000", "<strong>£1,000</strong>")] == [1, 1, 1]
    assert page.count("as before") == 3  # the last day, the conditions, the share of the lead
    signed_in(manager()).post(where, {"event": "agree", "why": ""})
    now()
    shares = {one.organisation_id: one for one in award.shares.all()}
    assert shares[award.bid.lead_id].agreed_at
    assert shares[partner.organisation_id].agreed_at is None
    assert shares[partner.organisation_id].amount_pence == 1_000_00
    told = Notification.objects.filter(kind="fund.share_changed")
    assert set(told.values_list("user", flat=True)) >= {finance.pk}
    assert "Agree to your share" in signed_in(finance).get("/en/").content.decode()
    client.post(address, asked | {name: "0"})  # the amount stays, the shares move
    assert [(one.old_pence, one.new_pence) for one in Variation.objects.latest("pk").shares.all()] == [
        (8_000_00, 9_000_00),
        (1_000_00, 0),
    ]


@pytest.mark.parametrize(
    ("pence", "sentence"),
    [(600_000_00, "budget of the round"), (500_00, "paid already"), (2_500_00, "schedule first")],
)
def test_a_change_stays_within_the_budget_what_is_paid_and_what_is_planned(pence, sentence):
    from fund.actions import claims

    award = accepted()
    claim = approved(award=award)
    claims.claim_pay(claim=claim, paid_on=timezone.localdate(), reference="B", by=manager())
    actions.instalment_add(award=award, due_on=ENDS, amount_pence=3_000_00, by=manager())
    row = VariationFactory(award=Award.objects.get(pk=award.pk), new_amount_pence=pence)
    with pytest.raises(Refused, match=sentence):
        variations.variation_answer(variation=row, event="agree", why="", by=manager())


def test_an_award_closes_when_nothing_is_open_in_it(signed_in):
    award = accepted(partner_pence=None)
    client, address = signed_in(manager()), url("award_close", slug=award.bid.slug)
    page = client.post(address, follow=True).content.decode()
    assert "Nothing of what was learned is published." in page
    LearningFactory(award=award, published_on=timezone.localdate())
    VariationFactory(award=award)
    reports.report_plan(award=award, due_on=ENDS, by=manager())
    reasons = actions.reasons_to_stay_open(award)
    assert reasons == ["Not every report is accepted.", "A change is asked for and not answered."]
    said = {"status": "accepted", "progress": "Built", "submitted_at": timezone.now()}
    award.reports.update(**said)
    award.variations.all().delete()
    client.post(address)
    award.refresh_from_db()
    assert award.status == "closed"
    with pytest.raises(Refused, match="not open"):
        reports.report_plan(award=award, due_on=ENDS, by=manager())


def test_what_was_learned_is_published_in_both_languages(signed_in):
    award = accepted(partner_pence=None)
    client, address = signed_in(lead_of(award, Role.OFFICER)), url("learning_add", slug=award.bid.slug)
    given = {"kind": "lesson", "title_en": "Ask early", "summary_en": "It helps.", "publish": "1"}
    assert "one of them is missing" in client.post(address, given).content.decode()
    assert not Learning.objects.exists()
    client.post(address, {key: value for key, value in given.items() if key != "publish"})
    row = Learning.objects.get()
    assert not Learning.objects.published().exists()
    both = given | {"title_cy": "Gofynnwch yn gynnar", "summary_cy": "Mae’n helpu."}
    client.post(url("learning_edit", slug=award.bid.slug, pk=row.pk), both)
    assert Learning.objects.published().get().title.cy == "Gofynnwch yn gynnar"
    assert Learning.objects.visible_to(person(Role.OFFICER)).count() == 0


def test_the_sums_of_an_award_are_proven_by_the_database():
    award = accepted()
    refused("award_status_known", changed(award, status="lost"))
    refused("award_within_the_budget", changed(award, amount_pence=award.bid.round.budget_pence + 1))
    refused("round_budget_covers_awards", changed(award.bid.round, budget_pence=AMOUNT - 1))
    changed(award.bid.round, budget_pence=None)()
    changed(award.bid.round, budget_pence=AMOUNT)()
    refused("award_accepted_when_and_by_whom", changed(award, accepted_at=None))

    def more() -> None:
        AwardShareFactory(award=award, amount_pence=1)
        now()

    refused("award_shares_add_up", more)

    def less() -> None:
        changed(award, amount_pence=AMOUNT - 1)()
        now()

    refused("award_shares_add_up", less)

    def gone() -> None:
        award.shares.first().delete()
        now()

    refused("award_shares_add_up", gone)
    share = award.shares.first()
    refused("award_share_not_negative", changed(share, amount_pence=-1))
    refused("award_share_agreed_when_and_by_whom", changed(share, agreed_by=None))
    refused("award_share_one_to_a_body", lambda: AwardShareFactory(award=award, organisation=share.organisation))
    refused("award_amount_above_nothing", changed(award, amount_pence=0))
    planned = InstalmentFactory(award=award)
    refused("instalment_above_nothing", changed(planned, amount_pence=0))
    refused("instalment_one_a_day", lambda: InstalmentFactory(award=award))
    refused("instalments_within_the_award", changed(planned, amount_pence=AMOUNT + 1))
    refused("award_covers_what_is_planned", changed(award, amount_pence=planned.amount_pence - 1))
    row = VariationFactory(award=award)
    refused("variation_status_known", changed(row, status="lost"))
    refused("variation_amount_above_nothing", changed(row, new_amount_pence=0))
    refused("variation_has_a_reason", changed(row, reason=""))
    refused("variation_one_at_a_time", lambda: VariationFactory(award=award))
    part = VariationShareFactory(variation=row)
    refused("variation_share_not_negative", lambda: VariationShareFactory(variation=row, new_pence=-1))
    refused("variation_share_one_to_a_body", lambda: VariationShareFactory(variation=part.variation))
    learned = LearningFactory(award=award, published_on=timezone.localdate())
    refused("learning_kind_known", changed(learned, kind="song"))
    refused("learning_published_in_both", changed(learned, title_cy=""))
    assert AwardShare.objects.filter(award=award).count() == 2
    assert Bid.objects.get(pk=award.bid_id).award == award

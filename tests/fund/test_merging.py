"""Two bids become one: every state x event, who must accept, texts, shares, lineage; or both stay as they were."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from accounts.roles import Role
from fund import actions
from fund.actions import merging
from fund.clock import Closed
from fund.merging import amount_together, lead_pence, parts_of, parts_together, plus, terms_of
from fund.models import Bid, Merge, MergeConsent, Partner, Submission
from fund.states import BidStatus
from fund.states.merging import MERGE, MergeStatus
from fund.tasks_similar import expire_merges
from tests.factories.bidding import CitationFactory, CostLineFactory
from tests.factories.fund import HistoricBidFactory, PartnerFactory, draft, open_round
from tests.factories.likeness import MergeFactory, Two, merge_page
from tests.factories.people import person
from wlga_portal.kernel.models import StatusChange
from wlga_portal.kernel.queue import run_jobs
from wlga_portal.kernel.workflow import NotAllowed, ReasonMissing, Refused, WrongState, advance

from .conftest import url

pytestmark = pytest.mark.django_db

# event -> the statuses from which it works, and where it leads
MOVES = {
    "accept": ({"proposed"}, "accepted"),
    "reopen": ({"accepted"}, "proposed"),
    "complete": ({"accepted"}, "merged"),
    "refuse": ({"proposed", "accepted"}, "refused"),
    "withdraw": ({"proposed", "accepted"}, "withdrawn"),
    "expire": ({"proposed", "accepted"}, "expired"),
}


@pytest.fixture
def two() -> Two:
    return Two()


def as_they_were(two: Two) -> bool:
    kept = Bid.objects.filter(pk__in=[bid.pk for bid in two.bids])
    said = [(bid.title, bid.status, bid.amount_pence, bid.merged_into_id) for bid in kept.order_by("pk")]
    return said == [(bid.title, "draft", bid.amount_pence, None) for bid in two.bids]


def test_every_event_has_a_rule_and_a_row_in_this_test():
    assert set(MERGE.rules) == set(MERGE.transitions) == set(MOVES)


@pytest.mark.parametrize("status", MergeStatus.values)
@pytest.mark.parametrize("event", MOVES)
def test_a_merge_moves_only_along_the_table(two, status, event):
    merge = two.propose()
    result = {"result": draft(two.officers[0], two.round)} if status == "merged" else {}
    Merge.objects.filter(pk=merge.pk).update(status=status, **result)
    merge = merge_page(merge)
    by = {"complete": two.officers[0], "withdraw": two.officers[0], "expire": None}.get(event, two.leads[1])
    with pytest.raises(NotAllowed):
        advance(merge, event, by=person(Role.OFFICER), why="x")
    sources, target = MOVES[event]

    def with_result(row: Merge) -> None:
        row.result = two.bids[0] if event == "complete" else row.result

    if status in sources:
        assert advance(merge, event, by=by, why="because", also=with_result).status == target
        assert StatusChange.of(merge).last().event == event
    else:
        with pytest.raises(WrongState):
            advance(merge, event, by=by, why="because")


def test_all_authorities_accept_the_texts_are_chosen_and_the_two_are_one(two):
    merge = two.propose()
    assert two.accept(merge, two.leads[1]).status == "proposed"
    assert two.accept(merge, two.third_lead).status == "proposed"
    assert two.accept(merge, two.leads[0]).status == "accepted"
    merging.text_choose(merge=merge, key="q1", choice="second", text="", by=two.officers[1])
    merging.text_choose(merge=merge, key="q2", choice="new", text="Worded together", by=two.officers[0])
    two.bids[1].answers.filter(question__key="q1").update(text="As the second says", words=4)
    made = merging.merge_complete(merge=merge, by=two.officers[0])
    made.refresh_from_db()
    assert (made.lead, made.status, made.amount_pence) == (two.councils[0], "draft", 150_000_00)
    assert dict(made.answers.values_list("question__key", "text")) == {
        "q1": "As the second says",
        "q2": "Worded together",
    }
    # 50,000 of the second less the partner's 5,000 were its own; the partner held 20,000 and 5,000
    shares = {one.organisation: (one.share_pence, one.status) for one in made.partners.all()}
    assert shares == {two.councils[1]: (45_000_00, "agreed"), two.third: (25_000_00, "agreed")}
    assert lead_pence(made) == 80_000_00
    for bid in two.bids:
        bid.refresh_from_db()
        assert (bid.status, bid.merged_into) == ("merged", made)
    merge.refresh_from_db()
    assert (merge.status, merge.result) == ("merged", made)
    assert [change.event for change in StatusChange.of(two.bids[0])] == ["merge"]


def test_effects_costs_and_citations_of_both_come_along(two):
    gone = PartnerFactory(bid=two.bids[1], share_pence=None)
    lines = [CostLineFactory(bid=two.bids[0], amount_pence=7_00), CostLineFactory(bid=two.bids[1], amount_pence=5_00)]
    category = lines[0].category
    two.bids[1].costs.update(organisation=gone.organisation, category=category)
    decided = {"decided_at": timezone.now(), "decided_by": person(Role.DIGITAL_LEAD, organisation=gone.organisation)}
    Partner.objects.filter(pk=gone.pk).update(status="declined", **decided)
    for bid in two.bids:
        CitationFactory(bid=bid, source=None, title="One earlier work")
    two.bids[0].answers.filter(question__key="q1").update(effect="none")
    two.bids[1].answers.update(effect="some")
    merge = two.accept(two.propose())
    merging.text_choose(merge=merge, key="q1", choice="second", text="", by=two.officers[0])
    made = merging.merge_complete(merge=merge, by=two.officers[0])
    assert [(one.amount_pence, one.organisation) for one in made.costs.order_by("-amount_pence")] == [
        (7_00, lines[0].organisation), (5_00, two.councils[0]),
    ]  # fmt: skip
    assert [one.title for one in made.citations.all()] == ["One earlier work"]
    assert dict(made.answers.values_list("question__key", "effect")) == {"q1": "some", "q2": "some"}
    assert [bid.costs.count() for bid in two.bids] == [1, 1]  # both old ones stay


def test_both_old_bids_are_read_by_the_councils_of_both_and_written_by_none(two, signed_in):
    merge = two.accept(two.propose())
    merging.merge_complete(merge=merge, by=two.officers[0])
    for officer in two.officers:
        client = signed_in(officer)
        for bid in two.bids:
            assert "A" in client.get(url("bid_read", slug=bid.slug_en)).content.decode()
            page = client.get(url("bid_page", slug=bid.slug_en)).content.decode()
            assert "This bid went on in another:" in page
            assert "The bid went on in another: the two were merged." in page
    assert (
        "Made of two bids:"
        in signed_in(two.officers[1]).get(merge_page(merge).result.get_absolute_url()).content.decode()
    )
    assert signed_in(person(Role.OFFICER)).get(url("bid_read", slug=two.bids[0].slug_en)).status_code == 404


def test_of_two_that_were_sent_comes_one_that_is_sent_and_frozen(two):
    for bid, officer in zip(two.bids, two.officers, strict=True):
        actions.bid_submit(bid=bid, by=officer)
    made = merging.merge_complete(merge=two.accept(two.propose()), by=two.officers[0])
    made.refresh_from_db()
    assert made.status == BidStatus.SUBMITTED
    assert made.latest.is_whole
    assert made.latest.snapshot["amount_pence"] == 150_000_00
    assert sum(one["share_pence"] for one in made.latest.snapshot["partners"]) == 70_000_00
    assert Submission.objects.filter(bid__in=two.bids).count() == 2
    manager = person(Role.FUND_MANAGER)
    assert set(Bid.objects.visible_to(manager)) == {made, *two.bids}


def test_a_sent_bid_of_two_that_would_have_gaps_is_not_made(two):
    for bid, officer in zip(two.bids, two.officers, strict=True):
        actions.bid_submit(bid=bid, by=officer)
    merge = two.accept(two.propose())
    merging.text_choose(merge=merge, key="q1", choice="new", text="", by=two.officers[0])
    with pytest.raises(actions.Incomplete):
        merging.merge_complete(merge=merge, by=two.officers[0])
    assert Bid.objects.filter(round=two.round).count() == 2
    assert set(Bid.objects.values_list("status", flat=True)) == {"submitted"}


def test_refused_both_stay_as_they_were_and_all_hear_why(two):
    merge = two.propose()
    with pytest.raises(ReasonMissing):
        merging.merge_refuse(merge=merge, why=" ", by=two.leads[1])
    merging.merge_refuse(merge=merge, why="Another service", by=two.leads[1])
    assert as_they_were(two)
    run_jobs()
    told = {mailed.to[0] for mailed in mail.outbox if "is refused" in mailed.subject}
    assert told == {two.leads[0].email, two.third_lead.email, *(officer.email for officer in two.officers)}
    assert two.propose().status == "proposed"  # and it can be proposed again


def test_run_out_or_taken_back_both_stay_as_they_were(two):
    merge = two.propose()
    late = merge.expires_at + timedelta(seconds=1)
    with pytest.raises(Closed, match="ran out"):
        merging.merge_accept(merge=merge, terms=terms_of(merge_page(merge)), by=two.leads[0], at=late)
    assert merging.merges_expire(merge.expires_at) == 0
    assert merging.merges_expire(late) == 1
    merge.refresh_from_db()
    assert merge.status == "expired"
    assert merging.merge_withdraw(merge=two.propose(), by=two.officers[0]).status == "withdrawn"
    assert as_they_were(two)
    expire_merges(timestamp=0)


def test_a_share_that_changes_after_it_was_accepted_is_asked_about_again(two):
    merge = two.accept(two.propose())
    Partner.objects.filter(bid=two.bids[1]).update(share_pence=9_000_00)
    with pytest.raises(merging.TermsChanged, match="asked again"):
        merging.merge_complete(merge=merge, by=two.officers[0])
    merge.refresh_from_db()
    assert merge.status == "proposed"
    assert Bid.objects.filter(round=two.round).count() == 2
    with pytest.raises(merging.TermsChanged, match="while you were reading"):
        merging.merge_accept(merge=merge, terms="0" * 64, by=two.leads[0])
    assert two.accept(merge).status == "accepted"


def test_only_digital_leads_of_the_authorities_accept_and_only_the_leading_council_completes(two):
    merge = two.propose()
    for stranger in (two.officers[0], person(Role.DIGITAL_LEAD), person(Role.FUND_MANAGER)):
        with pytest.raises(NotAllowed):
            two.accept(merge, stranger)
    assert not MergeConsent.objects.exists()
    merge = two.accept(merge)
    for stranger in (two.officers[1], two.leads[0]):
        with pytest.raises(NotAllowed):
            merging.merge_complete(merge=merge, by=stranger)
    with pytest.raises(WrongState):
        two.accept(merge, two.leads[0])


def test_a_partner_that_has_not_agreed_is_no_authority_and_is_asked_by_the_one_bid(two):
    asked = PartnerFactory(bid=two.bids[1])
    made = merging.merge_complete(merge=two.accept(two.propose()), by=two.officers[0])
    assert made.partners.get(organisation=asked.organisation).status == "invited"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"status": "unsuccessful"}, "decided, merged or of the past"),
        ({"stage": "proposals"}, "one round and one stage"),
    ],
)
def test_only_bids_of_one_stage_that_are_not_decided_are_merged(two, change, sentence):
    if "status" in change:
        actions.bid_submit(bid=two.bids[1], by=two.officers[1])
    Bid.objects.filter(pk=two.bids[1].pk).update(**change)
    two.bids[1].refresh_from_db()
    with pytest.raises(Refused, match=sentence):
        two.propose()


def test_no_merge_with_another_round_the_past_or_out_of_time(two):
    with pytest.raises(Refused, match="one round"):
        two.propose(second=Two().bids[0])
    with pytest.raises(Refused, match="one round"):
        two.propose(second=HistoricBidFactory())
    with pytest.raises(Closed, match="too late"):
        two.propose(at=timezone.now() + timedelta(days=20))


def test_a_bid_has_one_open_proposal_and_one_of_the_two_leads(two):
    with pytest.raises(Refused, match="One of the two lead councils"):
        two.propose(lead=two.third)
    with pytest.raises(Refused, match="Only an officer"):
        two.propose(by=two.officers[1])
    two.propose()
    with pytest.raises(Refused, match="open proposal"):
        two.propose()
    third = Two(two.round)
    with pytest.raises(Refused, match="open proposal"):
        third.propose(second=two.bids[0])


def test_shares_above_the_amount_are_put_right_first(two):
    Bid.objects.filter(pk=two.bids[0].pk).update(amount_pence=1)
    two.bids[0].refresh_from_db()
    with pytest.raises(Refused, match="more than the amount"):
        two.propose()


def test_texts_stay_once_the_merge_is_over(two):
    merge = two.propose()
    merging.merge_withdraw(merge=merge, by=two.officers[0])
    with pytest.raises(Refused, match="stay as they are"):
        merging.text_choose(merge=merge, key="q1", choice="first", text="", by=two.officers[0])


amounts = st.one_of(st.none(), st.integers(0, 10**9))


@given(st.tuples(amounts, amounts), st.lists(st.tuples(st.integers(0, 3), st.integers(0, 1), amounts), max_size=6))
@settings(max_examples=25, deadline=None)
def test_no_pence_is_lost_or_made_when_shares_are_added(totals, given_shares):
    """By organisation what both held, and in all what both asked for."""
    from django.db import transaction

    with transaction.atomic():
        merge = MergeFactory()
        others = [merge.second.lead, *(PartnerFactory(bid=merge.first).organisation for _one in range(3))]
        Partner.objects.all().delete()
        seen = set()
        for who, which, share in given_shares:
            bid = merge.bids[which]
            if (who, which) not in seen and others[who] != bid.lead:
                seen.add((who, which))
                PartnerFactory(bid=bid, organisation=others[who], share_pence=share)
        for bid, total in zip(merge.bids, totals, strict=True):
            Bid.objects.filter(pk=bid.pk).update(amount_pence=total)
        merge = merge_page(merge)
        held: dict[int, int | None] = {}
        for bid in merge.bids:
            for part in parts_of(bid):
                held[part.organisation.pk] = plus(held.get(part.organisation.pk), part.pence)
        assert {part.organisation.pk: part.pence for part in parts_together(merge)} == held
        if None not in totals:
            assert sum(pence or 0 for pence in held.values()) == amount_together(merge) == sum(totals)
        transaction.set_rollback(True)


def test_the_pages_propose_accept_word_and_complete(two, signed_in):
    first, second = two.bids
    Bid.objects.update(draft_shown=True)
    client = signed_in(two.officers[0])
    page = url("merge_propose", slug=first.slug_en, pk=second.pk)
    assert "Second" in client.get(page).content.decode()
    answer = client.post(page, {"lead": two.councils[0].pk, "message": "It is one problem"})
    merge = Merge.objects.get()
    address = merge.get_absolute_url()
    assert answer.headers["Location"] == address
    shown = client.get(address).content.decode()
    assert f"{two.councils[1].name} answers first." in shown
    assert "£" not in shown
    assert "Accept the merge" not in shown
    assert client.post(page, {"lead": two.councils[0].pk, "message": "Again"}).status_code == 200
    for lead in (*reversed(two.leads), two.third_lead):
        client = signed_in(lead)
        assert "Accept the merge" in client.get(address).content.decode()
        client.post(address, {"event": "accept", "terms": terms_of(merge_page(merge))})
    client = signed_in(two.officers[1])
    shown = client.get(address).content.decode()
    assert "£45,000" in shown
    assert "£150,000" in shown
    texts = url("merge_texts", pk=merge.pk)
    assert client.post(texts, {"key": "q1", "choice": "new", "text": ""}).status_code == 422
    assert client.post(texts, {"key": "q1", "choice": "new", "text": "Ours together"}).status_code == 302
    assert "Ours together" in client.get(texts).content.decode()
    assert "may not do this" in client.post(address, {"event": "complete"}).content.decode()
    client = signed_in(two.officers[0])
    made = client.post(address, {"event": "complete"}, follow=True).content.decode()
    assert "The two bids are one:" in made
    assert client.get(texts).status_code == 200
    merge.refresh_from_db()
    assert merge.result.answers.get(question__key="q1").text == "Ours together"


def test_the_page_refuses_with_a_reason_takes_back_and_tells_of_gaps(two, signed_in):
    merge = two.propose()
    client = signed_in(two.leads[1])
    assert client.post(merge.get_absolute_url(), {"event": "refuse", "why": ""}).status_code == 422
    assert client.post(merge.get_absolute_url(), {"event": "refuse", "why": "No"}, follow=True).status_code == 200
    assert Merge.objects.get().status == "refused"
    merge = two.propose()
    signed_in(two.officers[0]).post(merge.get_absolute_url(), {"event": "withdraw"})
    merge.refresh_from_db()
    assert merge.status == "withdrawn"


def test_nobody_else_knows_of_a_merge(two, signed_in):
    merge = two.propose()
    for stranger in (person(Role.OFFICER), person(Role.DIGITAL_LEAD), person(Role.ASSESSOR), person(Role.FUND_MANAGER)):
        client = signed_in(stranger)
        assert client.get(merge.get_absolute_url()).status_code == 404
        assert client.get(url("merge_texts", pk=merge.pk)).status_code == 404
        assert client.post(merge.get_absolute_url(), {"event": "withdraw"}).status_code == 404
    for bid, officer in zip(two.bids, two.officers, strict=True):
        actions.bid_submit(bid=bid, by=officer)
    assert signed_in(person(Role.FUND_MANAGER)).get(merge.get_absolute_url()).status_code == 200


def test_drafts_are_merged_only_while_the_round_takes_bids():
    two = Two(open_round(closes_at=timezone.now() + timedelta(days=1), consent_required=False))
    with pytest.raises(Closed):
        two.propose(at=timezone.now() + timedelta(days=2))

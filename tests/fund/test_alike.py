"""What a person may see of similar bids: nobody reads another council's draft by way of a likeness, or of a merge."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.roles import Role
from fund import actions
from fund.actions import likeness, merging
from fund.alike import Alike, Seen, alike, public_answers, readable
from fund.models import Bid, Round
from fund.problems import problem_store
from fund.rules.merging import inside
from fund.similar import Statement
from fund.views.interest import closed_interest
from tests.factories.fund import HistoricBidFactory, PartnerFactory, StageFactory, draft, open_round
from tests.factories.likeness import Two, merge_page
from tests.factories.people import CouncilFactory, person
from wlga_portal.kernel.queue import run_jobs

from .conftest import url

pytestmark = pytest.mark.django_db

PROBLEM = "Crews write on paper why recycling was left behind, and the contact centre cannot see it."
SECRET = "Our recycling crews are paid too little, says a secret report about missed bins on paper."


def problem(officer, one_round, title="Missed bins", text=SECRET, **fields):
    """A draft whose problem is known to the search; its second answer is not public."""
    bid = draft(officer, one_round, title=title, **fields)
    bid.answers.filter(question__key="q1").update(text=text, words=9)
    problem_store(bid)
    return bid


@pytest.fixture
def one_round() -> Round:
    return open_round(consent_required=False)


@pytest.fixture
def mine(one_round):
    return problem(person(Role.OFFICER), one_round, "Refuse rounds", PROBLEM)


def found_by(user, bid):
    run_jobs(swallow=True)
    asked = Statement(bid.pk, "en", bid.title, PROBLEM)
    return {one.bid.pk: one for one in alike(type(user).objects.get(pk=user.pk), asked, without=[bid.pk])}


def seen(user, bid):
    return readable(type(user).objects.get(pk=user.pk), [bid.pk]).get(bid.pk, (None, Seen.NOTHING))[1]


def test_a_draft_of_another_council_is_not_there_until_it_allows_it_and_then_by_title_and_lead(mine, one_round):
    other = problem(person(Role.OFFICER), one_round)
    assert found_by(mine.started_by, mine) == {}
    likeness.statement_save(bid=other, public_keys=["q1"], draft_shown=True, by=other.started_by)
    one = found_by(mine.started_by, mine)[other.pk]
    assert (one.seen, one.why, one.url, one.heading) == (Seen.TITLE, [], "", "Missed bins")
    likeness.statement_save(bid=other, public_keys=["q1"], draft_shown=False, by=other.started_by)
    assert found_by(mine.started_by, mine) == {}


@pytest.mark.parametrize("who", ["assessor", "manager", "team", "board member", "other council", "declined", "nobody"])
def test_a_shown_draft_is_for_councils_alone(mine, who):
    Bid.objects.update(draft_shown=True)
    roles = {
        "assessor": Role.ASSESSOR, "manager": Role.FUND_MANAGER, "team": Role.TEAM, "board member": Role.BOARD_MEMBER,
        "other council": Role.DIGITAL_LEAD, "declined": Role.OFFICER,
    }  # fmt: skip
    if who == "nobody":
        from django.contrib.auth.models import AnonymousUser

        assert readable(AnonymousUser(), [mine.pk]) == {}
        return
    user = person(roles[who])
    if who == "declined":
        decided = {"decided_at": timezone.now(), "decided_by": user}
        PartnerFactory(bid=mine, organisation=user.memberships.get().organisation, status="declined", **decided)
    wanted = Seen.TITLE if who in {"other council", "declined"} else Seen.NOTHING
    assert seen(user, mine) == wanted


def test_the_pages_show_of_a_shown_draft_no_word_status_or_round_of_it(mine, one_round, signed_in):
    other = problem(person(Role.OFFICER), open_round(name_en="Hidden round"), slug_en="o")
    Bid.objects.filter(pk=other.pk).update(draft_shown=True)
    run_jobs(swallow=True)
    client = signed_in(mine.started_by)
    typed = client.post(url("similar_find", slug=mine.slug, key="q1"), {"text": PROBLEM}).content.decode()
    whole = client.get(url("similar_page", slug=mine.slug)).content.decode()
    for shown in (typed, whole):
        assert "Missed bins" in shown
        assert str(other.lead.name) in shown
        assert "Its council shows only the title and who leads it." in shown
    assert "secret report" not in typed + whole
    assert "Hidden round" not in typed + whole
    assert "Draft" not in typed
    for name in ("similar_separate", "similar_join", "merge_propose"):
        assert "secret report" not in client.get(url(name, slug=mine.slug, pk=other.pk)).content.decode()
    assert client.get(url("statement_page", slug=other.slug)).status_code == 404


def test_of_a_draft_that_is_not_shown_no_page_of_the_pair_is_there(mine, one_round, signed_in):
    other = problem(person(Role.OFFICER), one_round)
    client = signed_in(mine.started_by)
    for name in ("similar_separate", "similar_join", "merge_propose"):
        address = url(name, slug=mine.slug, pk=other.pk)
        assert client.get(address).status_code == 404
        assert client.post(address, {"reason": "x", "message": "x", "lead": "1"}).status_code == 404
    assert client.get(url("similar_separate", slug=mine.slug, pk=mine.pk)).status_code == 404


def test_other_councils_read_public_answers_once_interest_opens_and_never_what_is_confidential(mine, one_round):
    """In a round without interest: once its statements have closed."""
    actions.confidential_mark(mine.answers.get(question__key="q2"), reason="A price", by=mine.started_by)
    likeness.statement_save(bid=mine, public_keys=["q1", "q2"], draft_shown=False, by=mine.started_by)
    actions.bid_submit(bid=mine, by=mine.started_by)
    mine.refresh_from_db()
    reader = person(Role.OFFICER)
    assert seen(reader, mine) == Seen.NOTHING
    closes_at = one_round.stages.get().closes_at
    assert readable(reader, [mine.pk], closes_at) == {}
    found = readable(reader, [mine.pk], closes_at + timedelta(seconds=1))
    assert found[mine.pk][1] == Seen.STATEMENT
    assert [answer["text"] for answer in public_answers(mine.latest)] == [PROBLEM]
    StageFactory(
        round=one_round,
        kind="interest",
        opens_at=closes_at + timedelta(days=2),
        closes_at=closes_at + timedelta(days=9),
    )
    assert readable(reader, [mine.pk], closes_at + timedelta(days=1)) == {}
    assert readable(reader, [mine.pk], closes_at + timedelta(days=2))[mine.pk][1] == Seen.STATEMENT
    assert not closed_interest(Round.objects.get(), closes_at + timedelta(days=9))
    assert closed_interest(Round.objects.get(), closes_at + timedelta(days=9, seconds=1))


def test_of_what_was_sent_the_title_is_that_which_was_sent(mine):
    actions.bid_submit(bid=mine, by=mine.started_by)
    Bid.objects.filter(pk=mine.pk).update(status="invited", title="Changed since")
    bid = Bid.objects.get(pk=mine.pk)
    for how in (Seen.STATEMENT, Seen.SENT):
        assert (Alike(bid, how, 0.5).heading, Alike(bid, how, 0.5).heading_lang) == ("Refuse rounds", "en")
    assert Alike(bid, Seen.OWN, 0.5).heading == "Changed since"


def test_the_passages_are_of_what_the_reader_may_read(mine, one_round):
    other = problem(person(Role.OFFICER), one_round, text=f"{SECRET} Bins wait.")
    actions.bid_submit(bid=other, by=other.started_by)
    other.answers.update(text="Unsent recycling words about missed bins on paper")
    manager = person(Role.FUND_MANAGER)
    one = found_by(manager, mine)[other.pk]
    assert one.seen == Seen.SENT
    assert one.url == url("submission_page", slug=other.slug, number=1)
    assert "secret report" in one.why[0].text
    assert "Unsent" not in "".join(passage.text for passage in one.why)
    own = found_by(other.started_by, mine)[other.pk]
    assert (own.seen, own.url) == (Seen.OWN, other.get_absolute_url())
    assert "Unsent" in own.why[0].text


def test_a_bid_of_the_past_is_read_by_everybody_once_its_round_is_published(mine):
    old = HistoricBidFactory(round__published_at=timezone.now(), problem_en=PROBLEM, problem_cy="Biniau ar bapur.")
    problem_store(old)
    one = found_by(mine.started_by, mine)[old.pk]
    assert (one.seen, one.url, one.heading) == (Seen.PUBLIC, old.get_absolute_url(), old.label.en)
    assert one.why[0].marked
    Round.objects.filter(pk=old.round_id).update(published_at=None)
    assert seen(mine.started_by, old) == Seen.NOTHING


def test_the_manager_reads_why_a_bid_is_separate_of_bids_that_were_sent_alone(mine, one_round, signed_in):
    shown, hidden = (problem(person(Role.OFFICER), one_round, title) for title in ("Sent one", "Hidden draft"))
    Bid.objects.update(draft_shown=True)
    for other in (shown, hidden):
        likeness.separate_say(bid=mine, other=other, reason=f"Not {other.pk}", by=mine.started_by)
    for bid in (mine, shown):
        actions.bid_submit(bid=bid, by=bid.started_by)
    page = signed_in(person(Role.FUND_MANAGER)).get(url("similar_page", slug=mine.slug)).content.decode()
    assert f"Not {shown.pk}" in page
    assert "Hidden draft" not in page
    assert f"Not {hidden.pk}" not in page


# --- Merges: proposing one opens nobody's draft -------------------------------------------------------
def test_a_proposal_shows_the_other_draft_only_once_its_own_council_has_accepted(signed_in):
    two = Two()
    two.bids[1].answers.update(text=SECRET)
    asked = PartnerFactory(bid=two.bids[1], share_pence=7_77)
    merge = two.propose()
    proposer, client = two.officers[0], signed_in(two.officers[0])
    pages = (merge.get_absolute_url(), url("merge_texts", pk=merge.pk))

    def shown():
        return "".join(client.get(address).content.decode() for address in pages)

    assert inside(proposer, merge_page(merge)) == {two.bids[0].pk}
    assert "secret report" not in shown()
    assert "£" not in shown()
    assert str(asked.organisation.name) not in shown()
    assert client.post(pages[1], {"key": "q1", "choice": "second"}).status_code == 200
    assert not merge.texts.exists()
    with pytest.raises(merging.Refused, match="answers first"):
        two.accept(merge, two.leads[0])
    two.accept(merge, two.leads[1])
    assert "secret report" in shown()
    assert inside(proposer, merge_page(merge)) == {bid.pk for bid in two.bids}
    merging.merge_refuse(merge=merge, why="Not now", by=two.third_lead)
    assert "secret report" not in shown()
    assert signed_in(two.officers[1]).get(pages[1]).content.decode().count("secret report") == 0
    assert inside(two.officers[1], merge_page(merge)) == {two.bids[1].pk}
    assert inside(two.third_lead, merge_page(merge)) == {bid.pk for bid in two.bids}


def test_the_manager_knows_of_a_merge_where_both_bids_were_sent(signed_in):
    two, manager = Two(), person(Role.FUND_MANAGER)
    actions.bid_submit(bid=two.bids[0], by=two.officers[0])
    merge = two.propose()
    client = signed_in(manager)
    assert client.get(merge.get_absolute_url()).status_code == 404
    actions.bid_submit(bid=two.bids[1], by=two.officers[1])
    assert client.get(merge.get_absolute_url()).status_code == 200
    assert inside(manager, merge_page(merge)) == {bid.pk for bid in two.bids}
    actions.bid_withdraw(bid=two.bids[1], by=two.officers[1])
    assert inside(manager, merge_page(merge)) == {two.bids[0].pk}


def test_twenty_two_councils_see_of_each_others_drafts_their_own_alone(one_round, django_assert_max_num_queries):
    officers = [person(Role.OFFICER, organisation=CouncilFactory()) for _number in range(22)]
    bids = [draft(officer, one_round, title=f"Bid {number}") for number, officer in enumerate(officers)]
    PartnerFactory(bid=bids[0], organisation=bids[1].lead, status="invited")
    Bid.objects.filter(pk__in=[bid.pk for bid in bids[::2]]).update(draft_shown=True)
    ids = [bid.pk for bid in bids]
    for number, officer in enumerate(officers):
        with django_assert_max_num_queries(8):
            found = {pk: how for pk, (_bid, how) in readable(officer, ids).items()}
        own = {ids[number], *(ids[:1] if number == 1 else ())}
        assert found == {pk: Seen.OWN if pk in own else Seen.TITLE for pk in (*own, *ids[::2])}


def test_a_bid_that_went_on_in_another_is_not_shown_beside_it(mine, one_round, monkeypatch):
    old, made = (problem(mine.started_by, one_round, title) for title in ("Old one", "The one bid"))
    Bid.objects.filter(pk=old.pk).update(status="merged", merged_into=made)
    monkeypatch.setattr("fund.alike.near", lambda _asked, without: [(old.pk, 0.9), (made.pk, 0.8)])
    assert set(found_by(mine.started_by, mine)) == {made.pk}

"""Every address of the fund as each kind of person: what is not theirs is not there."""

from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any

import pytest
from django.utils import timezone

from accounts.roles import Role
from fund import actions
from fund.models import Bid, BidTranslation, Partner, Submission
from fund.urls import urlpatterns, urls_assessing, urls_awards, urls_rounds, urls_similar
from tests.factories.bidding import CitationFactory, CommentFactory, CommentLinkFactory, CostLineFactory
from tests.factories.fund import HistoricBidFactory, PartnerFactory, QuestionFactory, RoundFactory, draft, open_round
from tests.factories.people import CouncilFactory, person
from tests.walk import unrendered

from .conftest import url

pytestmark = pytest.mark.django_db

PEOPLE = (
    "lead_officer", "lead_digital", "lead_finance", "agreed_officer", "agreed_digital", "asked_officer",
    "asked_digital", "declined_officer", "declined_digital", "other_officer", "other_digital", "coordinator",
    "assessor", "manager",
    "team", "board_member", "administrator", "translator", "anonymous",
)  # fmt: skip
LEAD = {"lead_officer", "lead_digital", "lead_finance"}
JOINED = {"agreed_officer", "agreed_digital", "asked_officer", "asked_digital"}
OWN = LEAD | JOINED
OFFICERS = {"lead_officer", "agreed_officer", "asked_officer", "declined_officer", "other_officer"}
EVERYBODY = set(PEOPLE)
SIGNED_IN = EVERYBODY - {"anonymous"}


@dataclass
class World:
    """A bid of one council with partners in each state of consent, and everybody who might look at it."""

    bid: Bid
    partners: dict[str, Partner]
    people: dict[str, Any]
    cost: Any
    citation: Any
    comment: Any
    link: Any
    translation: int = 0


@pytest.fixture
def world() -> World:
    officer = person(Role.OFFICER)
    one_round = open_round(consent_required=False)
    bid = draft(officer, one_round, slug_en="secret", slug_cy="secret", title="A secret title", language="cy")
    lead = bid.lead
    people: dict[str, Any] = {
        "lead_officer": officer,
        "lead_digital": person(Role.DIGITAL_LEAD, organisation=lead),
        "lead_finance": person(Role.FINANCE, organisation=lead),
        "coordinator": person(Role.COORDINATOR, organisation=lead),
        "board_member": person(Role.BOARD_MEMBER, organisation=lead),
        "assessor": person(Role.ASSESSOR),
        "manager": person(Role.FUND_MANAGER),
        "team": person(Role.TEAM),
        "translator": person(Role.TRANSLATOR),
        "administrator": person(Role.ADMINISTRATOR),
        "anonymous": None,
    }
    partners = {}
    for name, status in (("agreed", "agreed"), ("asked", "invited"), ("declined", "declined")):
        council = CouncilFactory()
        people[f"{name}_officer"] = person(Role.OFFICER, organisation=council)
        people[f"{name}_digital"] = person(Role.DIGITAL_LEAD, organisation=council)
        decided = {"decided_at": timezone.now(), "decided_by": people[f"{name}_digital"]} if name != "asked" else {}
        partners[name] = PartnerFactory(bid=bid, organisation=council, status=status, **decided)
    other = CouncilFactory()
    people["other_officer"] = person(Role.OFFICER, organisation=other)
    people["other_digital"] = person(Role.DIGITAL_LEAD, organisation=other)
    cost = CostLineFactory(bid=bid)
    category = cost.category
    assert category.round == bid.round
    writing = (CitationFactory(bid=bid), CommentFactory(bid=bid), CommentLinkFactory(bid=bid))
    return World(bid, partners, people, cost, *writing)


WITHOUT_BID = {
    "front", "bid_list", "bid_own", "submission_list", "round_page", "bid_start", "translation_list",
    "translation_page", "translation_text",
}  # fmt: skip


def parts_of(name: str, world: World) -> dict[str, Any]:
    """The parts of each address, all of them of the secret bid."""
    given: dict[str, dict[str, Any]] = {
        "front": {}, "bid_list": {}, "bid_own": {}, "submission_list": {}, "translation_list": {},
        "round_page": {"slug": world.bid.round.slug_en}, "bid_start": {"slug": world.bid.round.slug_en},
        "answer_edit": {"key": "q1"}, "answer_draft": {"key": "q1"}, "answer_discard": {"key": "q1"},
        "partner_edit": {"pk": world.partners["asked"].pk}, "partner_remove": {"pk": world.partners["asked"].pk},
        "partner_consent": {"pk": world.partners["asked"].pk}, "submission_page": {"number": 1},
        "commitment_page": {"pk": world.partners["asked"].pk}, "signatory_invite": {"pk": world.partners["asked"].pk},
        "answer_assign": {"key": "q1"}, "cost_edit": {"pk": world.cost.pk}, "cost_remove": {"pk": world.cost.pk},
        "citation_remove": {"pk": world.citation.pk}, "comment_settle": {"pk": world.comment.pk},
        "link_end": {"pk": world.link.pk}, "translation_page": {"pk": world.translation},
        "translation_text": {"pk": world.translation, "order": 1},
    }  # fmt: skip
    parts = given.get(name, {})
    return (
        parts
        if name in WITHOUT_BID
        else {
            "slug": "secret",
            **parts,
        }
    )


# address -> who gets the page of a draft; whoever is not named gets 404, or 403 where `KNOWN` knows the thing
DRAFT = {
    "front": EVERYBODY,
    "bid_list": EVERYBODY,
    "round_page": EVERYBODY,
    "bid_own": SIGNED_IN,
    "bid_start": OFFICERS,
    "submission_list": {"manager"},
    "bid_page": OWN,
    "bid_read": OWN,
    "partner_list": OWN,
    "details_edit": {"lead_officer", "agreed_officer"},
    "answer_edit": {"lead_officer", "agreed_officer"},
    "bid_submit": {"lead_officer"},
    "bid_withdraw": {"lead_officer"},
    "partner_edit": {"lead_officer"},
    "partner_consent": {"asked_digital"},
    "bid_receipt": set(),
    "submission_page": set(),
    "bid_owner": {"lead_officer", "lead_digital"},
    "bid_timeline": OWN,
    "bid_word": OWN,
    "cost_list": OWN,
    "cost_edit": {"lead_officer", "agreed_officer"},
    "citation_list": OWN,
    "comment_list": OWN,
    "commitment_page": {"asked_digital"},
    "signatory_invite": {"lead_officer"},
    "addendum_send": {"lead_officer"},
    "translation_list": {"translator"},
    "translation_page": set(),
    "translation_text": set(),
}
FORBIDDEN = {  # who knows that the page is there, and may not use it
    "bid_start": SIGNED_IN - OFFICERS,
    "submission_list": SIGNED_IN - {"manager"},
    "details_edit": OWN,
    "answer_edit": OWN,
    "bid_submit": OWN,
    "bid_withdraw": OWN,
    "bid_owner": OWN,
    "cost_edit": OWN,
    "addendum_send": OWN,
    "translation_list": SIGNED_IN - {"translator"},
}
SUBMITTED = DRAFT | {
    "bid_page": OWN | {"manager"},
    "bid_receipt": OWN,
    "submission_page": OWN | {"manager"},
    "translation_page": OWN | {"manager", "translator"},
    "translation_text": {"lead_officer", "translator"},
}
LINKS = {"comment_read", "sign_page"}  # opened by a token: test_comments.py, test_commitments.py
WRITING = {
    "answer_draft", "answer_discard", "answer_assign", "cost_remove", "citation_remove", "comment_settle", "link_make",
    "link_end",
}  # fmt: skip
POSTED = {*WRITING, "partner_remove"}
TRANSLATING = {"translation_move", "translation_draft"}  # test_translations.py
# the sift and the panel: test_assessing.py and test_assessing_access.py
ASSESSING = {pattern.name for pattern in urls_assessing.urlpatterns}
# similar bids, interest and merges: test_likeness_pages.py, test_merging.py
SIMILAR = {pattern.name for pattern in urls_similar.urlpatterns}
# a round's set-up: test_round_setup.py
SETUP = {pattern.name for pattern in urls_rounds.urlpatterns}
# the sift, the panel and what follows: test_assessing_access.py, test_awards.py, test_claims.py
ASSESSING = {pattern.name for pattern in (*urls_assessing.urlpatterns, *urls_awards.urlpatterns)}
LINKING = {"bid_links", "bid_unlink"}  # a project's bids: tests/projects/test_linking.py
PUBLIC = {"front", "bid_list", "round_page", "bid_page"}


def test_every_address_is_in_the_table():
    ours = set(DRAFT) | POSTED | LINKING | LINKS | TRANSLATING
    assert {pattern.name for pattern in urlpatterns} == ours | ASSESSING | SETUP | SIMILAR


def wanted(name: str, who: str, table: dict[str, set[str]]) -> int:
    if who in table[name]:
        return 200
    if name == "translation_text" and who in SUBMITTED["translation_page"] and table is SUBMITTED:
        return 403  # reads the translation, and does not write it
    if who == "anonymous" and name not in PUBLIC:
        return 302
    return 403 if who in FORBIDDEN.get(name, set()) else 404


def test_a_draft_is_seen_by_its_councils_alone(world, signed_in):
    for who in PEOPLE:
        client = signed_in(world.people[who])
        for name in DRAFT:
            with unrendered() if who in OWN else nullcontext():
                response = client.get(url(name, **parts_of(name, world)))
            assert response.status_code == wanted(name, who, DRAFT), (who, name)
            if who not in OWN:
                page = response.content.decode()
                assert "A secret title" not in page, (who, name)
                assert "Some words of an answer" not in page, (who, name)


@pytest.mark.usefixtures("unrendered")
def test_a_submitted_bid_is_seen_by_its_councils_and_the_fund_manager(world, signed_in):
    sent = actions.bid_submit(bid=world.bid, by=world.people["lead_officer"])
    world.translation = BidTranslation.objects.get(submission=sent).pk
    for who in PEOPLE:
        client = signed_in(world.people[who])
        for name in SUBMITTED:
            status = client.get(url(name, **parts_of(name, world)), follow=name == "bid_page").status_code
            to_the_receipt = (who, name) == ("lead_officer", "bid_submit")
            assert status == (302 if to_the_receipt else wanted(name, who, SUBMITTED)), (who, name)


@pytest.mark.usefixtures("unrendered")
@pytest.mark.parametrize("name", sorted(POSTED))
def test_only_who_may_write_posts(world, signed_in, name):
    may = {"lead_officer"} if name == "partner_remove" else {"lead_officer", "agreed_officer"}
    address = url(name, **parts_of(name, world))
    once = {"cost_remove", "citation_remove"}  # the first who may takes it out
    for who in sorted(EVERYBODY - may) + sorted(may)[: 1 if name in once else None]:
        client = signed_in(world.people[who])
        assert client.get(address).status_code in {405, 302}, who
        response = client.post(address, {"version": "1", "text": "x"})
        if who in may:
            assert response.status_code in {200, 302}, who
        elif who == "anonymous":
            assert response.headers["Location"].startswith("/en/account/")
        else:
            assert response.status_code == (403 if who in OWN and name != "partner_remove" else 404), who


def test_only_the_asked_council_agrees(world, signed_in):
    partner = world.partners["asked"]
    address = url("partner_consent", slug="secret", pk=partner.pk)
    for who in sorted(EVERYBODY - {"asked_digital"}):
        signed_in(world.people[who]).post(address, {"version": "1", "event": "agree"})
        partner.refresh_from_db()
        assert partner.status == "invited", who
    signed_in(world.people["asked_digital"]).post(address, {"version": "1", "event": "agree"})
    partner.refresh_from_db()
    assert partner.status == "agreed"


def test_a_council_that_declined_sees_only_what_it_was_asked(world, signed_in):
    client = signed_in(world.people["declined_digital"])
    page = client.get(url("partner_consent", slug="secret", pk=world.partners["declined"].pk)).content.decode()
    assert "A secret title" in page
    assert "Read the bid in full" not in page


@pytest.mark.parametrize("who", ["manager", "other_officer", "assessor", "anonymous"])
def test_a_withdrawn_bid_shows_nobody_else_what_was_changed_since(world, signed_in, who):
    officer = world.people["lead_officer"]
    actions.bid_submit(bid=world.bid, by=officer)
    actions.bid_withdraw(bid=world.bid, by=officer)
    Bid.objects.update(title="Changed after")
    client = signed_in(world.people[who])
    for name in DRAFT:
        page = client.get(url(name, **parts_of(name, world)), follow=True).content.decode()
        assert "Changed after" not in page, name


@pytest.mark.parametrize("who", ["lead_officer", "lead_digital", "manager", "anonymous"])
def test_a_historic_bid_is_public_and_nobody_writes_in_it(world, signed_in, who):
    bid = HistoricBidFactory(slug_en="old", slug_cy="hen")
    partner = PartnerFactory(bid=bid, organisation=world.bid.lead, status="unknown")
    client = signed_in(world.people[who])
    assert client.get(url("bid_page", slug="old")).status_code == 200
    away = 302 if who == "anonymous" else 404
    for name in ("bid_read", "details_edit", "bid_submit", "bid_withdraw", "partner_list", "bid_receipt"):
        assert client.get(url(name, slug="old")).status_code == away, name
    for name in ("partner_edit", "partner_consent"):
        assert client.get(url(name, slug="old", pk=partner.pk)).status_code == away, name


def test_a_round_in_preparation_is_seen_by_the_fund_manager_alone(world, signed_in):
    hidden = RoundFactory(published_at=None)
    for who in PEOPLE:
        status = signed_in(world.people[who]).get(url("round_page", slug=hidden.slug_en)).status_code
        assert status == (200 if who == "manager" else 404), who


def test_of_twenty_two_councils_each_sees_its_own_bids_and_partnerships_and_no_other():
    one_round = open_round(questions=1, consent_required=False)
    QuestionFactory(round=one_round, required=False)
    officers = [person(Role.OFFICER) for _number in range(22)]
    bids = [draft(officer, one_round) for officer in officers]
    councils = [bid.lead for bid in bids]
    for number, bid in enumerate(bids):
        PartnerFactory(bid=bid, organisation=councils[(number + 1) % 22])
    manager = person(Role.FUND_MANAGER)
    for number, officer in enumerate(officers):
        own = {bids[number], bids[number - 1]}
        assert set(Bid.objects.visible_to(officer)) == own
        assert set(Bid.objects.of_councils(officer)) == own
        assert not Submission.objects.visible_to(officer).exists()
    assert not Bid.objects.visible_to(manager).exists()
    sent = [actions.bid_submit(bid=bid, by=officer) for bid, officer in zip(bids, officers, strict=True)]
    for number, officer in enumerate(officers):
        assert set(Submission.objects.visible_to(officer)) == {sent[number], sent[number - 1]}
        assert set(Bid.objects.visible_to(officer)) == {bids[number], bids[number - 1]}
    assert set(Bid.objects.visible_to(manager)) == set(bids)
    assert not Bid.objects.visible_to(person(Role.ASSESSOR)).exists()
    assert not Bid.objects.visible_to(None).exists()

"""22 councils x the bids of 22 councils: whoever has no part in a bid finds nothing of it, by any read plan or page."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.http import Http404, HttpRequest, HttpResponse
from django.test import RequestFactory
from django.urls import resolve, reverse
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from fund import actions, rules
from fund.alike import readable
from fund.models import (
    Attachment,
    Bid,
    BidTranslation,
    Decision,
    Merge,
    Partner,
    Round,
    Submission,
    TranslatedText,
)
from fund.urls import urlpatterns
from tests.factories.bidding import (
    AddendumFactory,
    CitationFactory,
    CommentFactory,
    CommentLinkFactory,
    CommitmentFactory,
    CostLineFactory,
)
from tests.factories.fund import AttachmentFactory, ConfidentialityFactory, PartnerFactory, draft, open_round
from tests.factories.fund_assessing import DecisionFactory
from tests.factories.likeness import InterestFactory, LikenessFactory, MergeFactory
from tests.factories.people import person

pytestmark = pytest.mark.django_db
COUNCILS = 22
STATES = ("draft", "submitted", "withdrawn")
CONSENTS = ("agreed", "invited", "void", "declined")
# addresses that name a round or a project
WITHOUT_BID = {
    "round_page", "bid_start", "statement_list", "bid_links", "bid_unlink",
}  # fmt: skip
OF_A_ROUND = re.compile("^(cronfa|fund|rounds)/rounds/|^rounds/")


@dataclass
class Country:
    """22 councils with an officer, a digital lead and a finance approver each; a bid of each with one partner."""

    round: Round
    people: list[dict[str, Any]]
    bids: list[Bid]
    partners: list[Partner]

    def taking_part(self, council: int) -> set[int]:
        """The bids in which a council has a part: its own, and that of the one before it unless it declined."""
        before = (council - 1) % COUNCILS
        joins = self.partners[before].status != "declined"
        return {self.bids[council].pk} | ({self.bids[before].pk} if joins else set())


def word(number: int) -> str:
    """What stands in the texts of one bid alone."""
    return f"Cyfrinair{number:02d}"


@pytest.fixture
def country(settings, tmp_path) -> Country:
    settings.MEDIA_ROOT = tmp_path
    one_round = open_round(questions=1, consent_required=False)
    people: list[dict[str, Any]] = []
    bids: list[Bid] = []
    for number in range(COUNCILS):
        officer = person(Role.OFFICER)
        bid = draft(
            officer, one_round, title=f"{word(number)} title", language="cy" if number % 2 else "en",
            slug_en=f"bid-{number}", slug_cy=f"bid-{number}",
        )  # fmt: skip
        council = bid.lead
        others = {role: person(role, organisation=council) for role in (Role.DIGITAL_LEAD, Role.FINANCE)}
        people.append({Role.OFFICER: officer, **others})
        bid.answers.update(text=f"{word(number)} answer")
        bids.append(bid)
    partners = []
    for number, bid in enumerate(bids):
        council, status = bids[(number + 1) % COUNCILS].lead, CONSENTS[number % 4]
        decided = {"decided_at": timezone.now(), "decided_by": bid.started_by} if status != "invited" else {}
        partner = PartnerFactory(bid=bid, organisation=council, status=status, role=f"{word(number)} role", **decided)
        partners.append(partner)
        CommitmentFactory(partner=partner, recorded_by=bid.started_by, approver=f"{word(number)} treasurer")
        CostLineFactory(bid=bid, note=f"{word(number)} cost")
        CitationFactory(bid=bid, title=f"{word(number)} source")
        CommentFactory(bid=bid, text=f"{word(number)} comment")
        CommentLinkFactory(bid=bid, name=f"{word(number)} reader")
        AttachmentFactory(bid=bid, name=f"{word(number)}.pdf", scan="clean", scanned_at=timezone.now())
        ConfidentialityFactory(answer=bid.answers.get(), reason=f"{word(number)} reason")
        if STATES[number % 3] != "draft":
            sent = actions.bid_submit(bid=bid, by=bid.started_by)
            AddendumFactory(submission=sent, content=f"{word(number)} addendum")
            DecisionFactory(bid=bid, letter=f"{word(number)} letter", reason=f"{word(number)} record")
        if STATES[number % 3] == "withdrawn":
            bid.refresh_from_db()
            actions.bid_withdraw(bid=bid, by=bid.started_by)
    for first, second in ((bids[0], bids[3]), (bids[6], bids[9])):
        MergeFactory(first=first, second=second, message=f"{word(bids.index(first))} merge")
        LikenessFactory(bid=first, other=second)
        InterestFactory(bid=first, organisation=second.lead, comment=f"{word(bids.index(first))} interest")
    return Country(one_round, people, [Bid.objects.get(pk=bid.pk) for bid in bids], partners)


def ids(rows: Any, way: str = "bid_id") -> set[int]:
    return set(rows.values_list(way, flat=True))


def test_every_read_plan_gives_each_of_22_councils_its_own_bids_and_no_other(country):
    everything = [bid.pk for bid in country.bids]
    for number, people in enumerate(country.people):
        own = country.taking_part(number)
        lead = {country.bids[number].pk}
        asked = {country.bids[(number - 1) % COUNCILS].pk}
        merging = {merge.pk for merge in Merge.objects.all() if {merge.first_id, merge.second_id} & own}
        for role, user in people.items():
            assert ids(Bid.objects.visible_to(user), "pk") == own
            assert ids(Bid.objects.of_councils(user), "pk") == own
            assert ids(Submission.objects.visible_to(user)) == own & ids(Submission.objects.all())
            assert ids(Attachment.objects.visible_to(user)) == own
            assert ids(BidTranslation.objects.visible_to(user), "submission__bid_id") <= own
            assert ids(TranslatedText.objects.visible_to(user), "translation__submission__bid_id") <= own
            assert not Decision.objects.visible_to(user).exists()  # pending
            assert ids(Merge.objects.visible_to(user), "pk") == merging
            assert ids(Partner.objects.for_consent(user)) == (asked if role == Role.DIGITAL_LEAD else set())
            assert ids(Partner.objects.for_commitment(user)) == (set() if role == Role.OFFICER else asked)
            assert ids(Partner.objects.of_bids(user)) == (lead if role == Role.OFFICER else set())
            assert set(readable(user, everything)) == own
            writes = {bid.pk for bid in country.bids if rules.bid_write(user, bid)}
            assert writes <= own
            assert lead <= writes or role != Role.OFFICER
    for stranger in (None, *(person(role) for role in Role if role not in {Role.FUND_MANAGER, Role.TRANSLATOR})):
        assert not Bid.objects.visible_to(stranger).exists(), stranger
        assert not Submission.objects.visible_to(stranger).exists(), stranger
        assert not Attachment.objects.visible_to(stranger).exists(), stranger
        assert not Merge.objects.visible_to(stranger).exists(), stranger
        assert not readable(stranger, everything), stranger
    sent = {bid.pk for bid in country.bids if bid.latest_id}
    assert ids(Bid.objects.visible_to(person(Role.FUND_MANAGER)), "pk") == sent


def addresses(bid: Bid) -> dict[str, str]:
    """Every address that names this bid, by the name of its view (and the stage, where it has two)."""
    rows = {
        "partner": bid.partners.get().pk, "cost": bid.costs.get().pk, "citation": bid.citations.get().pk,
        "comment": bid.comments.get().pk, "link": bid.comment_links.get().pk, "attachment": bid.attachments.get().pk,
        "commitment": bid.partners.get().pk, "signatory": bid.partners.get().pk,
        "translation": getattr(getattr(bid.latest, "translation", None), "pk", 0),
        "decision": getattr(bid.decisions.first(), "pk", 0), "review": getattr(bid.decisions.first(), "pk", 0),
        "merge": getattr(Merge.objects.filter(first=bid).first(), "pk", 0), "assessment": 0, "score": 0,
        "similar": bid.pk,
    }  # fmt: skip
    found = {}
    for pattern in urlpatterns:
        name, route = str(pattern.name), str(pattern.pattern)
        of_a_thing = {"slug", "pk"} & pattern.pattern.converters.keys()
        if name in WITHOUT_BID or not of_a_thing or OF_A_ROUND.search(route):
            continue
        parts: dict[str, Any] = {}
        for part in pattern.pattern.converters:
            if part == "slug":
                parts[part] = bid.slug
            elif part == "key":
                parts[part] = "q1"
            elif part == "pk":
                parts[part] = rows.get(name.partition("_")[0], 0)
            else:
                parts[part] = 1
        found[f"{name} {pattern.default_args.get('stage', '')}"] = reverse(
            f"fund:{name}", kwargs=parts | pattern.default_args
        )
    return found


class Viewer:
    """A person whom the views answer without what stands before them (session, headers, the page of a refusal)."""

    def __init__(self, user: User) -> None:
        self.user = user

    def send(self, request: HttpRequest) -> HttpResponse:
        request.user = self.user
        view, _nothing, parts = resolve(request.path)
        try:
            return view(request, **parts)
        except Http404:
            return HttpResponse(status=404)

    def get(self, path: str) -> HttpResponse:
        return self.send(RequestFactory().get(path))

    def post(self, path: str) -> HttpResponse:
        return self.send(RequestFactory().post(path))


def look(country: Country, signed_in: Any, viewer: int, bids: list[int], known: dict[int, dict[str, str]]) -> int:
    """Open every address of these bids (send to it, where it is only sent to) as a person of another council: officer,
    digital lead and finance approver in turn. Gives how many were tried."""
    count = 0
    own = country.taking_part(viewer)
    clients = [(role, signed_in(user)) for role, user in country.people[viewer].items()]
    merging = {merge.first_id for merge in Merge.objects.visible_to(country.people[viewer][Role.OFFICER])}
    for number in bids:
        bid = country.bids[number]
        if bid.pk in own:
            continue
        if number not in known:
            known[number] = addresses(bid)
        role, client = clients[(viewer + number) % len(clients)]
        for name, address in known[number].items():
            if number == (viewer - 1) % COUNCILS and name.split()[0] in {"partner_consent", "commitment_page"}:
                continue  # it declined, and may read again what it was asked
            if bid.pk in merging and name.startswith("merge_"):
                continue  # a merge with its own bid is proposed
            answer = client.get(address)
            if answer.status_code == 405:
                answer = client.post(address)
            assert answer.status_code == 404, (role, name, number, answer.status_code)
            assert word(number) not in answer.content.decode(), (role, name, number)
            count += 1
    return count


def lists() -> list[str]:
    """Pages that show many bids, or what waits for a person."""
    names = ("front", "bid_list", "bid_own", "standing_list", "standing_csv")
    others = ("programme:front", "kernel:message_list", "organisations:council_list")
    return [reverse(f"fund:{name}") for name in names] + [reverse(name) for name in others]


def test_no_page_of_a_bid_opens_to_another_council(country, signed_in):
    assert look(country, signed_in, 7, [0, 4, 5], {}) > 180  # a draft, one that was sent, one that was taken back


def test_no_list_shows_another_councils_bid(country, signed_in):
    for viewer in (1, 8):
        strangers = [n for n, bid in enumerate(country.bids) if bid.pk not in country.taking_part(viewer)]
        client = signed_in(country.people[viewer][Role.DIGITAL_LEAD])
        for address in lists():
            page = client.get(address, follow=True).content.decode()
            assert [n for n in strangers if word(n) in page and n != (viewer - 1) % COUNCILS] == [], address


@pytest.mark.deep(minutes=3)
def test_no_page_of_any_of_22_bids_opens_to_any_other_of_22_councils(country):
    # some thirty thousand refusals: what stands before the views, and the page of a refusal, are tested above
    everyone = list(range(COUNCILS))
    known: dict[int, dict[str, str]] = {}
    assert sum(look(country, Viewer, viewer, everyone, known) for viewer in everyone) > 22 * 20 * 60

"""Who opens which page of similar bids, statements, interest and merges, and what each form does."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.roles import Role
from fund import actions
from fund.models import Bid, Interest, JoinRequest, SeparateReason
from fund.urls_similar import urlpatterns
from tests.factories.fund import PartnerFactory, StageFactory, draft, open_round
from tests.factories.likeness import InterestFactory, JoinRequestFactory, MergeFactory
from tests.factories.people import CouncilFactory, person
from wlga_portal.kernel.service_models import Notification

from .conftest import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def asking():
    """A round whose statements have closed and that asks for interest now, with one bid that was sent."""
    one_round = open_round(consent_required=False)
    bid = draft(person(Role.OFFICER), one_round, title="Missed bins", public_keys=["q1"], draft_shown=True)
    bid.answers.filter(question__key="q2").update(text="A confidence", words=2)
    actions.bid_submit(bid=bid, by=bid.started_by)
    now = timezone.now()
    one_round.stages.update(opens_at=now - timedelta(days=9), closes_at=now - timedelta(days=1))
    StageFactory(round=one_round, kind="interest", opens_at=now - timedelta(days=1), closes_at=now + timedelta(days=9))
    return Bid.objects.get(pk=bid.pk)


@pytest.mark.usefixtures("unrendered")
def test_each_page_is_for_whom_it_is(asking, signed_in):
    mine = draft(person(Role.OFFICER), asking.round, title="Mine")
    merge = MergeFactory(first=mine, second=asking, lead=mine.lead, proposed_by=mine.started_by)
    people = {
        "mine": mine.started_by,
        "their": asking.started_by,
        "their_lead": person(Role.DIGITAL_LEAD, organisation=asking.lead),
        "other": person(Role.OFFICER),
        "manager": person(Role.FUND_MANAGER),
        "assessor": person(Role.ASSESSOR),
        "team": person(Role.TEAM),
        "anonymous": None,
    }
    theirs, councils = {"their", "their_lead"}, {"mine", "their", "their_lead", "other"}
    pair, of_merge = {"slug": mine.slug, "pk": asking.pk}, ({"pk": merge.pk}, theirs | {"mine"}, set())
    # address -> its parts, who gets it, who knows that it is there and may not use it
    table = {
        "similar_find": ({"slug": mine.slug, "key": "q1"}, {"mine"}, set()),
        "similar_page": ({"slug": asking.slug}, theirs | {"manager"}, set()),
        "similar_separate": (pair, {"mine"}, set()),
        "similar_join": (pair, {"mine"}, set()),
        "merge_propose": (pair, {"mine"}, set()),
        "statement_edit": ({"slug": asking.slug}, {"their"}, {"their_lead"}),
        "merge_page": of_merge,
        "merge_texts": of_merge,
        "statement_list": ({"slug": asking.round.slug_en}, councils | {"manager"}, {"assessor", "team"}),
        "statement_page": ({"slug": asking.slug}, councils | {"manager"}, set()),
        "interest_remove": ({"slug": asking.slug}, {"mine", "other"}, theirs | {"manager"}),
        "standing_list": ({}, set(people), set()),
        "standing_csv": ({}, set(people), set()),
    }
    assert set(table) == {pattern.name for pattern in urlpatterns}
    for who, user in people.items():
        client = signed_in(user)
        for name, (parts, may, known) in table.items():
            post = name in {"similar_find", "interest_remove"}
            status = (client.post if post else client.get)(url(name, **parts)).status_code
            allowed = {200, 302} if who in may else {302} if user is None else {403} if who in known else {404}
            assert status in allowed, (who, name, status)


def test_a_council_says_that_it_has_the_problem_too_changes_it_and_takes_it_back(asking, signed_in):
    other = person(Role.DIGITAL_LEAD)
    council = other.memberships.get().organisation
    client, page = signed_in(other), url("statement_page", slug=asking.slug)
    shown = client.get(page).content.decode()
    assert "Some words of an answer." in shown
    assert "A confidence" not in shown
    assert "None has said so yet." in shown
    said = {"organisation": council.pk, "joining": "yes", "comment": "We too."}
    assert client.post(page, said).status_code == 302
    assert client.post(page, said | {"joining": "maybe"}).status_code == 302
    row = Interest.objects.get()
    assert (row.organisation, row.joining, row.comment, row.said_by) == (council, "maybe", "We too.", other)
    assert Notification.objects.filter(user=asking.started_by, kind__contains="interest").count() == 1
    assert "We too." in signed_in(asking.started_by).get(page).content.decode()
    third = signed_in(person(Role.OFFICER)).get(page).content.decode()
    assert str(council.name) in third
    assert "We too." not in third  # for the lead council and the fund manager
    assert "Yours too" in client.get(url("statement_list", slug=asking.round.slug_en)).content.decode()
    manager = signed_in(person(Role.FUND_MANAGER)).get(url("similar_page", slug=asking.slug)).content.decode()
    assert "We too." in manager
    client.post(url("interest_remove", slug=asking.slug))
    assert not Interest.objects.exists()


def test_nobody_says_it_for_another_council_or_for_one_that_has_a_part_or_out_of_time(asking, signed_in):
    other = person(Role.OFFICER)
    council = other.memberships.get().organisation
    page, said = url("statement_page", slug=asking.slug), {"organisation": council.pk, "joining": "yes"}
    signed_in(person(Role.OFFICER)).post(page, said)
    signed_in(asking.started_by).post(page, said | {"organisation": asking.lead_id})
    assert not Interest.objects.exists()
    PartnerFactory(bid=asking, organisation=council)
    assert "has a part in this bid already" in signed_in(other).post(page, said).content.decode()
    asking.partners.all().delete()
    kept = InterestFactory(bid=asking, organisation=council)
    now = timezone.now()
    asking.round.stages.filter(kind="interest").update(closes_at=now - timedelta(seconds=1))
    client = signed_in(other)
    assert "The time for saying so ended on" in client.post(page, said | {"joining": "no"}).content.decode()
    client.post(url("interest_remove", slug=asking.slug))
    assert Interest.objects.get().joining == kept.joining == "yes"


def test_asking_to_join_and_saying_why_one_is_separate(asking, signed_in):
    mine = draft(person(Role.OFFICER), asking.round, title="Mine")
    client, pair = signed_in(mine.started_by), {"slug": mine.slug, "pk": asking.pk}
    page = url("similar_join", **pair)
    assert "Enter “Message to the lead council”." in client.post(page, {"organisation": mine.lead_id}).content.decode()
    assert client.post(page, {"organisation": mine.lead_id, "message": "May we?"}).status_code == 302
    row = JoinRequest.objects.get()
    assert (row.bid, row.organisation, row.message) == (asking, mine.lead, "May we?")
    assert Notification.objects.filter(user=asking.started_by, kind="fund.join_asked").exists()
    assert "May we?" in signed_in(asking.started_by).get(url("similar_page", slug=asking.slug)).content.decode()
    PartnerFactory(bid=asking, organisation=mine.lead)
    assert (
        "has a part in this bid already"
        in client.post(page, {"organisation": mine.lead_id, "message": "Again"}).content.decode()
    )
    page = url("similar_separate", **pair)
    client.post(page, {"reason": "Another service"})
    client.post(page, {"reason": "Another service, said better"})
    assert SeparateReason.objects.get().reason == "Another service, said better"
    assert "said better" in client.get(page).content.decode()
    Bid.objects.filter(pk=asking.pk).update(status="unsuccessful")
    assert "its partners are settled" in client.get(url("similar_join", **pair)).content.decode()


def test_the_lead_chooses_what_other_councils_may_see(asking, signed_in):
    mine = draft(person(Role.OFFICER), asking.round)
    client, page = signed_in(mine.started_by), url("statement_edit", slug=mine.slug)
    assert client.post(page, {"public_keys": ["q2"], "draft_shown": "on"}).status_code == 302
    mine.refresh_from_db()
    assert (mine.public_keys, mine.draft_shown) == (["q2"], True)
    assert client.post(page, {"public_keys": ["other"]}).status_code == 200
    assert client.post(page, {}).status_code == 302
    mine.refresh_from_db()
    assert (mine.public_keys, mine.draft_shown) == ([], False)


def test_the_matrix_says_who_seeks_and_who_shares_and_links_only_to_what_the_reader_may_see(asking, signed_in):
    sharing, joining = CouncilFactory(), CouncilFactory()
    InterestFactory(bid=asking, organisation=sharing, joining="no")
    InterestFactory(bid=asking, organisation=joining, joining="yes")
    officer = signed_in(person(Role.OFFICER))
    rows = officer.get(url("standing_csv")).content.decode().splitlines()
    found = {
        name: [row for row in rows if name in row] for name in map(str, (asking.lead.name, sharing.name, joining.name))
    }
    assert "Seeks" in found[str(asking.lead.name)][0]
    assert "Shares the problem" in found[str(sharing.name)][0]
    assert "Seeks" in found[str(joining.name)][0]
    public = signed_in(None).get(url("standing_list")).content.decode()
    assert str(asking.title) not in public
    assert url("statement_page", slug=asking.slug) not in public


def test_statements_cost_the_same_at_one_row_and_at_thirty(asking, signed_in, django_assert_max_num_queries):
    client, counts = signed_in(person(Role.OFFICER)), []
    officer = person(Role.OFFICER)
    client.get(url("statement_list", slug=asking.round.slug_en))  # the first reading fills what is kept in memory
    for number in (0, 29):
        for _number in range(number):
            bid = draft(officer, asking.round)
            JoinRequestFactory(bid=bid)
            InterestFactory(bid=bid)
            Bid.objects.filter(pk=bid.pk).update(status="submitted", latest=asking.latest)
        with django_assert_max_num_queries(12) as asked:
            client.get(url("statement_list", slug=asking.round.slug_en))
        counts.append(len(asked))
    assert counts[0] == counts[1]

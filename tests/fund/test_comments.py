"""Comments on a draft: of its councils, and of readers with a link that expires, can be ended and is limited."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from fund.actions import comments as actions
from fund.models import Bid, Comment, CommentLink
from fund.secrets import hashed
from fund.views import comments as views
from tests.factories.bidding import CommentFactory, CommentLinkFactory
from tests.factories.fund import PartnerFactory, draft, open_round
from tests.factories.people import person
from wlga_portal.kernel.workflow import Refused

from .conftest import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def bid() -> Bid:
    return draft(person(Role.OFFICER))


@pytest.fixture
def link(bid) -> tuple[CommentLink, str]:
    return actions.link_make(bid=bid, name="Sam of the library", days=7, by=bid.started_by)


def test_everybody_in_the_councils_comments_and_a_writer_settles_it(signed_in, bid):
    finance, address = person(Role.FINANCE, organisation=bid.lead), url("comment_list", slug=bid.slug)
    answer = bid.answers.get(question__key="q1")
    assert signed_in(finance).post(address, {"text": "Which year?", "answer": answer.pk}).status_code == 302
    assert "There is a problem" in signed_in(finance).post(address, {"text": ""}).content.decode()
    comment = Comment.objects.get()
    assert (comment.by, comment.answer, comment.link) == (finance, answer, None)
    client = signed_in(bid.started_by)
    assert "Which year?" in client.get(url("answer_edit", slug=bid.slug, key="q1")).content.decode()
    for _twice in range(2):
        client.post(url("comment_settle", slug=bid.slug, pk=comment.pk))
    comment.refresh_from_db()
    assert comment.done_by == bid.started_by
    assert "Dealt with" in client.get(address).content.decode()
    assert "Which year?" not in client.get(url("answer_edit", slug=bid.slug, key="q1")).content.decode()


def test_a_link_is_shown_once_kept_as_a_hash_and_opens_the_bid_without_an_account(signed_in, bid):
    client = signed_in(bid.started_by)
    page = client.post(url("link_make", slug=bid.slug), {"name": "Sam", "days": "7"}).content.decode()
    token = re.search(r"<code>[^<]*/en/fund/read/([^/<]+)/</code>", page).group(1)
    link = CommentLink.objects.get()
    assert link.sha256 == hashed(token)
    assert token not in client.get(url("comment_list", slug=bid.slug)).content.decode()
    response = Client().get(url("comment_read", token=token))
    assert response.status_code == 200
    assert "Some words of an answer." in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"
    assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert '<meta name="robots" content="noindex, nofollow">' in response.content.decode()
    assert not Comment.objects.exists()


def test_a_link_without_a_name_is_not_made(signed_in, bid):
    page = signed_in(bid.started_by).post(url("link_make", slug=bid.slug), {"name": "", "days": "7"})
    assert "Enter “For whom”." in page.content.decode()
    assert not CommentLink.objects.exists()


def test_a_reader_with_a_link_comments_and_sees_their_own_comments_alone(bid, link):
    CommentFactory(bid=bid, text="Between us.")
    reader, address = Client(), url("comment_read", token=link[1])
    assert reader.post(address, {"text": "Say how many.", "answer": ""}).status_code == 302
    page = reader.get(address).content.decode()
    assert "Say how many." in page
    assert "Between us." not in page
    comment = Comment.objects.get(link=link[0])
    assert (comment.by, comment.writer) == (None, "Sam of the library")
    other = bid.answers.model.objects.exclude(bid=bid).first()
    assert other is None
    assert "There is a problem" in reader.post(address, {"text": ""}).content.decode()


def test_a_link_opens_its_own_bid_and_no_other_page(bid, link):
    other = draft(person(Role.OFFICER), open_round(), title="Another bid")
    reader = Client()
    reader.get(url("comment_read", token=link[1]))
    assert reader.get(url("bid_page", slug=bid.slug)).status_code == 404
    assert reader.get(url("comment_list", slug=bid.slug)).status_code == 302
    data = {"text": "x", "answer": other.answers.first().pk}
    assert "There is a problem" in reader.post(url("comment_read", token=link[1]), data).content.decode()


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_link_that_expired_or_was_ended_opens_nothing(signed_in, bid, link, language):
    expired = CommentLinkFactory(bid=bid, sha256=hashed("old"), expires_at=timezone.now() - timedelta(seconds=1))
    signed_in(bid.started_by).post(url("link_end", slug=bid.slug, pk=link[0].pk))
    for token in ("old", link[1]):
        for send in (Client().get, Client().post):
            response = send(url("comment_read", language, token=token))
            assert response.status_code == 410
            assert "Some words of an answer." not in response.content.decode()
    assert Client().get(url("comment_read", token="guessed")).status_code == 404
    with pytest.raises(Refused, match="no longer holds"):
        actions.comment_make(bid=bid, answer=None, text="x", link=expired)
    actions.link_end(link=link[0], by=bid.started_by)
    assert bid.happenings.filter(kind="link_ended").count() == 1


def test_links_are_opened_and_used_so_often_and_no_oftener(link, monkeypatch):
    reader, address = Client(), url("comment_read", token=link[1])
    monkeypatch.setattr(views, "COMMENTED", 1)
    reader.post(address, {"text": "One."})
    assert "many comments by this link" in reader.post(address, {"text": "Two."}).content.decode()
    assert Comment.objects.count() == 1
    monkeypatch.setattr(views, "OPENED", 1)
    assert reader.get(address).status_code == 429


def test_a_link_to_a_demonstration_bid_opens_in_demonstration_mode_alone(settings):
    bid = draft(person(Role.OFFICER), open_round(is_demo=True))
    _link, token = actions.link_make(bid=bid, name="Sam", days=7, by=bid.started_by)
    settings.DEMO = False
    assert Client().get(url("comment_read", token=token)).status_code == 404
    settings.DEMO = True
    assert Client().get(url("comment_read", token=token)).status_code == 200


def test_only_who_writes_makes_links(signed_in, bid):
    asked = PartnerFactory(bid=bid)
    reader = person(Role.DIGITAL_LEAD, organisation=asked.organisation)
    assert "Make a link" not in signed_in(reader).get(url("comment_list", slug=bid.slug)).content.decode()
    assert signed_in(reader).post(url("link_make", slug=bid.slug), {"name": "x", "days": "7"}).status_code == 403

"""What happened since somebody was here: kept once a visit, told newest first, and only what they may see."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import User
from accounts.roles import Role
from fund.models import Happening
from programme.views.front import AT_FIRST, LONGEST
from tests.factories.fund import BidFactory, PartnerFactory
from tests.factories.people import CouncilFactory, person
from tests.walk import BACKEND
from wlga_portal.kernel import news
from wlga_portal.kernel.news import News, happened, happened_to, news_of
from wlga_portal.kernel.notify import notify
from wlga_portal.kernel.panels import there

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return person(Role.OFFICER, organisation=CouncilFactory(name_en="Torfaen"))


def visiting(user: User, language: str = "en") -> tuple[Client, str]:
    client = Client()
    client.force_login(user, backend=BACKEND)
    return client, client.get(f"/{language}/").content.decode()


def told(page: str) -> str:
    return page.split('id="news"')[1].split("</section>")[0]


def was_here(user: User, days: int) -> None:
    User.objects.filter(pk=user.pk).update(last_login=timezone.now() - timedelta(days=days))
    user.refresh_from_db()


def test_a_visit_is_kept_when_it_begins_and_no_page_of_it_writes_anything(officer):
    client, first = visiting(officer)
    assert "In the last two weeks" in first
    began = User.objects.get(pk=officer.pk).last_login
    with CaptureQueriesContext(connection) as seen:
        client.get("/en/")
        client.get("/en/fund/")
    assert [one["sql"] for one in seen if one["sql"].startswith(("UPDATE", "INSERT", "DELETE"))] == []
    officer.refresh_from_db()
    assert officer.last_login == began
    _client, second = visiting(officer)
    assert f"Since your last visit on {timezone.localtime(began).day} " in second


def test_only_what_came_after_the_last_visit_is_told_the_newest_first(officer, monkeypatch):
    now = timezone.now()
    old, new, newest = (News(now - timedelta(days=days), f"{days} days ago", f"/en/{days}/") for days in (9, 3, 1))
    monkeypatch.setattr(news, "_public", [lambda: [old, new]])
    monkeypatch.setattr(news, "_own", [])
    happened_to(where="accounts_user WHERE id = %(person)s")(lambda user, since: [newest])
    was_here(officer, 5)
    part = told(visiting(officer)[1])
    assert part.index("1 days ago") < part.index("3 days ago")
    assert "9 days ago" not in part


def test_somebody_new_is_told_of_two_weeks_and_somebody_long_away_of_a_quarter(officer, monkeypatch):
    now = timezone.now()
    rows = [News(now - timedelta(days=days), f"day {days}!", "/en/") for days in (13, 15, 89, 91)]
    monkeypatch.setattr(news, "_public", [lambda: rows])
    part = told(visiting(officer)[1])
    assert ["day 13!" in part, "day 15!" in part] == [True, False]
    was_here(officer, 400)
    part = told(visiting(officer)[1])
    assert ["day 89!" in part, "day 91!" in part] == [True, False]
    assert (AT_FIRST.days, LONGEST.days) == (14, 90)


def test_a_message_and_what_colleagues_did_to_a_bid_are_told_and_not_ones_own_doing(officer):
    council = officer.memberships.get().organisation
    colleague = person(Role.OFFICER, organisation=council)
    stranger = person(Role.OFFICER)
    bid = BidFactory(lead=council, title="Shared forms")
    was_here(officer, 2)
    Happening.record(bid, "costs", by=colleague)
    Happening.record(bid, "details", by=officer)
    Happening.record(bid, "answer", by=colleague, at=timezone.now() - timedelta(days=3))
    notify(officer, "fund.bid_received", url=bid, context={"title": bid.title, "reference": "X", "round": "R"})
    part = told(visiting(officer)[1])
    assert "Costs changed: Shared forms" in part
    assert "Bid X received: “Shared forms”" in part
    assert "Details changed" not in part
    assert "Answer saved" not in part
    assert "Shared forms" not in visiting(stranger)[1]


def test_a_partner_is_told_of_the_bid_once_it_has_a_part_in_it(officer):
    council = officer.memberships.get().organisation
    bid = BidFactory(title="Shared forms")
    Happening.record(bid, "costs", by=person(Role.OFFICER, organisation=bid.lead))
    since = timezone.now() - timedelta(days=1)
    assert there(news.looks(), person=officer.pk, since=since) == set()
    PartnerFactory(bid=bid, organisation=council)
    assert len(there(news.looks(), person=officer.pk, since=since)) == 1


def test_where_nothing_happened_the_page_says_so_in_the_language_of_the_page(officer, monkeypatch):
    monkeypatch.setattr(news, "_public", [])
    assert "Nothing that you would see has happened." in told(visiting(officer)[1])
    was_here(officer, 1)
    welsh = told(visiting(officer, "cy")[1])
    assert "Ers eich ymweliad diwethaf ar" in welsh
    assert "Nid oes dim y byddech yn ei weld wedi digwydd." in welsh


def test_the_same_thing_told_twice_is_told_once(monkeypatch):
    monkeypatch.setattr(news, "_public", [])
    at = timezone.now()
    happened(lambda: [News(at, "One", "/en/one/"), News(at, "One", "/en/one/"), News(at, "Two", "/en/one/")])
    found = news_of(None, at - timedelta(minutes=1), there=set(), seen="")
    assert sorted(one.text for one in found) == ["One", "Two"]

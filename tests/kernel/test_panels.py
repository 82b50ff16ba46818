"""What a higher app shows on the pages of a lower one, and what waits for a person."""

from datetime import UTC, date, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from tests.factories.people import person
from wlga_portal.kernel import panels
from wlga_portal.kernel.panels import Need, Panel, needs, needs_of, panel, panels_for


@pytest.fixture(autouse=True)
def nothing_registered(monkeypatch):
    monkeypatch.setattr(panels, "_panels", {})
    monkeypatch.setattr(panels, "_needs", [])


def test_a_page_draws_the_panels_of_its_place_in_their_order():
    request, thing = RequestFactory().get("/"), object()
    given = []

    @panel("projects.project", order=60)
    def bids(request, thing):
        given.append((request, thing))
        return Panel("Bids", "fund/bids.html", {"bids": [1]})

    @panel("projects.project", order=20)
    def decisions(request, thing):
        return Panel("Decisions", "board/decisions.html")

    @panel("projects.project")
    def silent(request, thing):
        return None

    @panel("organisations.organisation")
    def elsewhere(request, thing):
        raise AssertionError("another page's panel was drawn")

    assert panels_for("projects.project", request, thing) == [
        Panel("Decisions", "board/decisions.html", {}),
        Panel("Bids", "fund/bids.html", {"bids": [1]}),
    ]
    assert given == [(request, thing)]
    assert panels_for("fund.bid", request, thing) == []


def test_what_waits_is_told_by_its_deadline_and_what_has_none_comes_last():
    first = Need("b: at noon", "/b", datetime(2026, 11, 23, 12, tzinfo=UTC))
    second = Need("a: that day", "/a", date(2026, 11, 23))
    third, fourth = Need("c: some time", "/c"), Need("d: some time", "/d")
    needs(lambda user: [fourth, second])
    needs(lambda user: (one for one in [third, first]))
    assert needs_of(AnonymousUser()) == [first, second, third, fourth]


@pytest.mark.django_db
def test_a_finder_with_a_condition_is_asked_only_where_there_is_such_a_row(django_assert_num_queries):
    anna, ben = person(name="Anna"), person(name="Ben")
    asked = []

    @needs(where="accounts_user WHERE id = %(person)s AND name = 'Anna'")
    def of_anna(user):
        asked.append(user.name)
        return [Need("Anna's", "/")]

    @needs(where="accounts_user WHERE id = %(person)s AND name = 'Nobody'")
    def of_nobody(user):
        raise AssertionError("there is no such row")

    needs(lambda user: [Need("everybody's", "/")])
    with django_assert_num_queries(1):
        assert [need.text for need in needs_of(anna)] == ["Anna's", "everybody's"]
    assert [need.text for need in needs_of(ben)] == ["everybody's"]
    assert asked == ["Anna"]


@pytest.mark.parametrize(
    ("due", "overdue"),
    [
        (None, False),
        (date(2026, 11, 22), True),
        (date(2026, 11, 23), False),
        (datetime(2026, 11, 23, 8, 59, tzinfo=UTC), True),
        (datetime(2026, 11, 23, 9, 1, tzinfo=UTC), False),
    ],
)
def test_a_day_is_overdue_when_it_is_over_and_a_moment_when_it_is_past(time_machine, due, overdue):
    time_machine.move_to(datetime(2026, 11, 23, 9, tzinfo=UTC), tick=False)
    assert Need("Something", "/", due).overdue is overdue

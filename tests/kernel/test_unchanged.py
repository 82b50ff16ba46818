"""What was read is kept while nobody writes, and never a moment longer."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.test import RequestFactory
from django.utils.translation import override

from tests.databases import owner
from tests.factories.people import CouncilFactory
from wlga_portal.kernel import panels, unchanged
from wlga_portal.kernel.panels import Panel, panels_for, shared_panel
from wlga_portal.kernel.unchanged import snapshot, while_unchanged

commits = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    unchanged._kept.clear()
    monkeypatch.setattr(panels, "_panels", {})
    monkeypatch.setattr(panels, "_readers", {})


def counting():
    """A function that gives 1, 2, 3, …: how often something was read."""
    read = iter(range(1, 100))
    return lambda: next(read)


@commits
def test_it_is_read_again_only_when_something_was_committed_by_whomever():
    read, seen = counting(), snapshot()
    assert [while_unchanged("a", read, seen) for _time in range(3)] == [1, 1, 1]
    CouncilFactory()
    assert (before := seen) != (seen := snapshot())
    assert [while_unchanged("a", read, seen) for _time in range(2)] == [2, 2]
    with owner(connection.settings_dict["NAME"]) as other:
        other.execute("CREATE TABLE written_elsewhere ()")
    assert snapshot() not in {before, seen}
    assert [while_unchanged("a", read, snapshot()) for _time in range(1)] == [3]


@commits
def test_what_another_has_written_and_not_committed_is_not_missed_when_it_commits():
    read = counting()
    with owner(connection.settings_dict["NAME"]) as other:
        with other.transaction():
            other.execute("CREATE TABLE written_elsewhere ()")
            CouncilFactory()  # a younger transaction commits first
            seen = snapshot()
            assert while_unchanged("a", read, seen) == 1
        assert snapshot() != seen
        assert while_unchanged("a", read, snapshot()) == 2


@commits
def test_within_a_transaction_nothing_is_kept_and_nothing_kept_is_given():
    read, seen = counting(), snapshot()
    assert while_unchanged("a", read, seen) == 1
    with transaction.atomic():
        assert [while_unchanged("a", read, snapshot()) for _time in range(2)] == [2, 3]
    assert while_unchanged("a", read, seen) == 1


def test_the_clock_ends_it_too(monkeypatch):
    read, now = counting(), [0.0]
    monkeypatch.setattr(unchanged, "monotonic", lambda: now[0])
    assert while_unchanged("a", read, "7:7:") == 1
    now[0] = 59.0
    assert while_unchanged("a", read, "7:7:") == 1
    now[0] = 61.0
    assert while_unchanged("a", read, "7:7:") == 2


def test_what_was_asked_for_longest_ago_goes_first(monkeypatch):
    monkeypatch.setattr(unchanged, "KEPT", 2)
    for key in ("a", "b", "a", "c"):
        while_unchanged(key, counting(), "7:7:")
    assert list(unchanged._kept) == ["a", "c"]


@commits
def test_a_shared_panel_is_drawn_once_for_each_language_and_kind_of_reader(monkeypatch):
    monkeypatch.setattr(panels, "snapshot", lambda: "7:7:")  # other tests write to the same server
    drawn_for = []

    @shared_panel("programme.front", reader=lambda user: user.is_authenticated)
    def latest(request, _thing):
        drawn_for.append(request.user)
        return Panel("Posts", "projects/panel_posts.html", {"posts": [], "url": "/posts/", "label": "All <posts>"})

    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    first, again = panels_for("programme.front", request, None), panels_for("programme.front", request, None)
    assert "All &lt;posts&gt;" in first[0].html
    assert first == again
    assert len(drawn_for) == 1
    with override("cy"):
        panels_for("programme.front", request, None)
    request.user = type("Signed", (), {"is_authenticated": True})()
    panels_for("programme.front", request, None)
    assert len(drawn_for) == 3

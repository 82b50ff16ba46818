"""Who finds the statements of other councils by the search, and in which words."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import User
from fund.alike import Seen, readable
from fund.models import Bid, Stage, StageKind, Submission
from fund.searching import shown_to_councils, statement

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


@pytest.fixture(autouse=True)
def demonstration(settings: Any) -> None:
    settings.DEMO = True


def officer(slug: str = "officer-cardiff") -> User:
    return User.objects.get(demo_slug=slug)


def bids_of(user: User) -> set[int]:
    return set(shown_to_councils(user).values_list("bid", flat=True))


def test_each_person_finds_exactly_the_statements_that_their_pages_show() -> None:
    everything = list(Bid.objects.values_list("pk", flat=True))
    found = {}
    for user in User.objects.exclude(demo_slug=None):
        shown = {pk for pk, (_bid, seen) in readable(user, everything).items() if seen == Seen.STATEMENT}
        found[user.demo_slug] = bids_of(user)
        assert found[user.demo_slug] == shown, user.demo_slug
    assert any(found.values())
    assert found["team"] == found["board-member"] == found["fund-manager"] == set()


def test_before_the_window_opens_nobody_finds_them_and_a_round_without_one_waits_for_its_last_statement() -> None:
    shown, later = bids_of(officer("officer-torfaen")), timezone.now() + timedelta(days=1)
    windows = Stage.objects.filter(kind=StageKind.INTEREST)
    without = set(
        Bid.objects.filter(pk__in=shown).exclude(round__in=windows.values("round")).values_list("pk", flat=True)
    )
    assert shown > without > set()
    windows.update(opens_at=later, closes_at=later + timedelta(days=5))
    assert bids_of(officer("officer-torfaen")) == without
    rounds = list(Bid.objects.filter(pk__in=without).values_list("round", flat=True))
    Stage.objects.filter(round__in=rounds, kind=StageKind.STATEMENTS).update(closes_at=later)
    assert bids_of(officer("officer-torfaen")) == set()


def test_without_a_demonstration_its_statements_are_not_there(settings: Any) -> None:
    settings.DEMO = False
    assert bids_of(officer()) == bids_of(officer("officer-torfaen")) == set()


def test_only_public_answers_that_are_not_confidential_are_words() -> None:
    sent = Submission.objects.select_related("bid").first()
    assert sent is not None
    sent.snapshot = {
        "answers": [
            {"text": "Everybody waits", "public": True},
            {"text": "Our own money", "public": False},
            {"text": "A name", "public": True, "confidential": True},
        ]
    }
    told = statement(sent)
    words = told.text.en + told.text.cy
    assert "Everybody waits" in words
    assert not {"Our own money", "A name"} & set(words.split("\n"))
    assert not told.for_all
    assert "/fund/" in told.addresses()["en"]
    assert "/cronfa/" in told.addresses()["cy"]

"""The index of problems: read once by each worker, then only what changed; what is near to a bid that was sent."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from accounts.roles import Role
from fund import actions
from fund.likeness import Index, likenesses_store, near, statement_of
from fund.models import Bid, Likeness, ProblemText
from fund.problems import lacking, problem_store, problems_read, told_by, untold
from fund.similar import Statement, meaning
from fund.tasks_similar import read_lacking, read_problem
from tests.factories.fund import HistoricBidFactory, draft, open_round
from tests.factories.likeness import ProblemTextFactory
from tests.factories.people import person

from .conftest import url

pytestmark = pytest.mark.django_db

BINS = "Crews write on paper why recycling was left behind, and the contact centre cannot see it."
REFUSE = "When recycling is not collected, crews tell the office late and staff have no news, as notes are on paper."
POOL = "Parents wait for months although another swimming class has places."


def vector(*places):
    """A vector with ones at these places, as a model might have made it."""
    import numpy

    made = numpy.zeros(meaning.DIMENSIONS, "float32")
    made[list(places)] = 1
    return meaning.packed(made)


def text(problem, **fields):
    return ProblemTextFactory(
        title="", problem=problem, sha256=f"{ProblemText.objects.count():064x}", model=meaning.MODEL, **fields
    )


@pytest.fixture
def index():
    return Index()


def asked(row):
    return Statement(0, row.language, row.title, row.problem, kept=meaning.unpacked(bytes(row.vector)))


def queries(index, statement):
    with CaptureQueriesContext(connection) as seen:
        index.near(statement, without=(), most=40)
    return [query["sql"] for query in seen]


def test_what_is_known_is_not_read_again_and_only_what_changed_is(index):
    rows = [text(BINS, vector=vector(number)) for number in range(3)]
    assert len(queries(index, asked(rows[0]))) == 3
    assert len(queries(index, asked(rows[0]))) == 1
    rows[1].problem, rows[1].sha256 = POOL, "f" * 64
    rows[1].save()
    (_stamp, _hashes, changed) = queries(index, asked(rows[0]))
    assert f"IN ({rows[1].bid_id})" in changed
    ProblemText.objects.filter(pk=rows[2].pk).delete()
    assert len(queries(index, asked(rows[0]))) == 2
    assert set(index.held) == {rows[0].bid_id, rows[1].bid_id}
    assert len(queries(index, asked(rows[0]))) == 1


def test_a_bid_that_was_merged_is_not_compared_any_more(index):
    rows = [text(BINS, vector=vector(number)) for number in range(2)]
    queries(index, asked(rows[0]))
    Bid.objects.filter(pk=rows[1].bid_id).update(status="merged", merged_into=rows[0].bid)
    queries(index, asked(rows[0]))
    assert set(index.corpus.places) == set(index.held) == {rows[0].bid_id}
    assert len(queries(index, asked(rows[0]))) == 1


def test_one_search_costs_one_query_at_any_number_of_texts(index):
    first = text(BINS, vector=vector(0))
    queries(index, asked(first))
    for number in range(30):
        text(BINS, vector=vector(number))
    assert len(queries(index, asked(first))) == 3
    assert len(queries(index, asked(first))) == 1


def test_by_meaning_no_page_waits_for_the_text_of_another(index, monkeypatch):
    row, unread = text(BINS, vector=vector(1)), ProblemTextFactory(problem=REFUSE)
    monkeypatch.setattr(meaning, "read", lambda _text: pytest.fail("a text was read"))
    queries(index, asked(row))
    assert set(index.corpus.places) == {row.bid_id}
    assert unread.bid_id in index.held


def test_without_the_extra_all_is_found_by_words(index, monkeypatch):
    row, other = text(BINS, vector=vector(1)), ProblemTextFactory(problem=REFUSE)
    monkeypatch.setattr(meaning, "available", lambda: False)
    found = index.near(Statement(0, "en", "", BINS), without=(), most=5)
    assert found[0][0] == row.bid_id
    assert set(index.corpus.places) == {row.bid_id, other.bid_id}
    monkeypatch.undo()
    index.near(asked(row), without=(), most=5)
    assert set(index.corpus.places) == {row.bid_id}  # begun anew, by meaning


def problem(title, told, one_round):
    bid = draft(person(Role.OFFICER), one_round, title=title)
    bid.answers.filter(question__key="q1").update(text=told, words=9)
    problem_store(bid)
    return bid


def test_the_managers_list_shows_which_sent_bids_are_near_and_forgets_one_that_is_withdrawn(signed_in):
    one_round = open_round(consent_required=False)
    bins, refuse, pool = (problem(*told, one_round) for told in (
        ("Missed bins", BINS), ("Refuse rounds", REFUSE), ("Swimming lessons", POOL)
    ))  # fmt: skip
    old = HistoricBidFactory(round=one_round, problem_en=REFUSE, problem_cy="")
    problem_store(old)
    for bid in (bins, refuse, pool, old):
        read_problem(bid=bid.pk)
    assert not Likeness.objects.exists()
    for bid in (bins, refuse):
        actions.bid_submit(bid=bid, by=bid.started_by)
        bid.refresh_from_db()
        likenesses_store(bid)
    assert set(Likeness.objects.values_list("bid", "other")) == {
        (refuse.pk, bins.pk), (bins.pk, refuse.pk), (refuse.pk, old.pk),
    }  # fmt: skip
    page = signed_in(person(Role.FUND_MANAGER)).get(url("submission_list")).content.decode()
    assert bins.reference in page.split("Refuse rounds")[1]
    Bid.objects.filter(pk=refuse.pk).update(status="withdrawn")
    likenesses_store(Bid.objects.get(pk=refuse.pk))
    assert not Likeness.objects.exists()
    with override("cy"):
        welsh = signed_in(person(Role.FUND_MANAGER)).get(reverse("fund:submission_list")).content.decode()
    assert "ni chafwyd yr un" in welsh
    assert "none found" not in welsh


def test_a_bid_that_says_nothing_has_no_statement_and_what_was_missed_is_read_in_the_night():
    bid = draft(person(Role.OFFICER), open_round())
    assert statement_of(bid) is None
    assert list(untold()) == [bid]
    read_lacking(timestamp=0)
    assert not list(untold())
    assert not list(lacking())
    statement = statement_of(bid)
    assert (statement.title, statement.language, statement.kept is not None) == (bid.title, "en", True)
    assert bid.pk not in dict(near(statement, without=[bid.pk]))


def test_a_bid_of_the_past_is_compared_in_both_languages_and_what_it_no_longer_says_goes():
    old = HistoricBidFactory(problem_en=POOL, problem_cy="Mae rhieni’n aros am fisoedd.")
    assert [language for language, _title, _problem in told_by(old)] == ["en", "cy"]
    problem_store(old)
    assert old.problem_texts.count() == 2
    Bid.objects.filter(pk=old.pk).update(problem_cy="")
    problem_store(Bid.objects.get(pk=old.pk))
    assert [row.language for row in old.problem_texts.all()] == ["en"]


def test_a_text_that_changed_while_it_was_read_gets_no_vector_of_the_old_words(monkeypatch):
    row = ProblemTextFactory()
    ProblemText.objects.filter(pk=row.pk).update(sha256="1" * 64)
    assert problems_read([row]) == 0
    monkeypatch.setattr(meaning, "available", lambda: False)
    assert problems_read([row]) == 0
    assert ProblemText.objects.get().vector is None

"""In the deadline hour no save waits for the model: what has no vector yet is compared by words alone."""

import pytest

from fund.similar import Corpus, Statement, meaning

WASTE = "Residents report missed bins by telephone and wait for an answer."


@pytest.fixture
def clock(monkeypatch):
    """Seconds that a test sets; no text was read before."""
    now = [1000.0]
    monkeypatch.setattr(meaning, "_spared_at", 0.0)
    monkeypatch.setattr(meaning.time, "monotonic", lambda: now[0])
    return now


def test_pages_read_one_text_a_second_on_their_way(clock):
    assert [meaning.spare(), meaning.spare()] == [True, False]
    clock[0] += 0.9
    assert not meaning.spare()
    clock[0] += 0.1
    assert meaning.spare()


def test_only_a_hurried_text_without_a_vector_is_put_off(clock):
    assert meaning.spare()
    assert not Statement(1, "en", "Waste", WASTE, hurried=True).can_be_read()
    assert Statement(1, "en", "Waste", WASTE, hurried=True, kept=object()).can_be_read()
    assert Statement(1, "en", "Waste", WASTE).can_be_read()


def test_by_words_the_same_problem_is_found_though_the_corpus_knows_meanings(monkeypatch):
    def never(_text):
        raise AssertionError("the model was asked")

    monkeypatch.setattr(meaning, "read", never)
    kept = Statement(2, "en", "Waste", WASTE)
    other = Statement(3, "en", "Planning", "Maps of old plans are on paper in one office.")
    corpus = Corpus([kept, other], by_meaning=True)
    [first, *_rest] = corpus.nearest(Statement(1, "en", "Waste", WASTE, hurried=True), by_words=True)
    assert (first.statement.key, first.shown) == (2, True)

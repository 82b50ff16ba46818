"""Similar bids: by words, by meaning, and how it is measured."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from fund.similar import Corpus, Statement, available, meaning
from fund.similar.evaluation import BadFile, Labelled, measure, write_means
from fund.similar.words import folded, sentences, terms

BINS = Statement(
    1, "en", "Missed bins", "Crews write on paper why recycling was left behind, and our contact centre cannot see it."
)
REFUSE = Statement(
    2,
    "en",
    "Refuse rounds",
    "When recycling is not collected, crews tell the office late and staff have no news, as notes arrive on paper.",
)
GWASTRAFF = Statement(
    3,
    "cy",
    "Biniau heb eu casglu",
    "Nid yw’r ganolfan gyswllt yn gwybod pam na chafodd y gwastraff ei gasglu, am fod y criw yn ysgrifennu ar bapur.",
)
POOL = Statement(4, "en", "Swimming lessons", "Parents wait for months although another class has places.")
FOSTER = Statement(5, "en", "Foster carers", "Carers send claims for mileage by post and are paid late.")
MICROFICHE = Statement(6, "en", "Planning archive", "Old decisions are on film that solicitors cannot search.")
ALL = [BINS, REFUSE, GWASTRAFF, POOL, FOSTER, MICROFICHE]


@pytest.mark.parametrize("word", ["caerdydd", "gaerdydd", "ngaerdydd", "chaerdydd"])
def test_welsh_initial_mutations_count_as_one_word(word):
    assert folded(word) == "caerdydd"


def test_all_forms_of_a_word_are_one_and_short_words_are_none():
    assert terms("Collecting what was collected, and a collection", "en") == {"collec": 3, "what": 1}
    assert terms("bwrdd y fwrdd", "cy") == {"pwrdd": 2}


def test_a_heading_and_the_parts_of_a_long_sentence_are_sentences():
    assert sentences("Missed bins\nThey wait; nobody calls. No.") == ["Missed bins", "They wait;", "nobody calls."]


def test_by_words_alone_a_text_in_the_other_language_is_not_found():
    found = Corpus(ALL, by_meaning=False).nearest(BINS, without=1)
    assert [match.statement.key for match in found][:1] == [2]
    assert 3 not in [match.statement.key for match in found]


def test_the_statement_itself_is_not_similar_to_itself():
    assert BINS not in [match.statement for match in Corpus(ALL, by_meaning=False).nearest(BINS, without=1)]
    assert Corpus(ALL, by_meaning=False).nearest(BINS)[0].statement == BINS


def test_among_no_statements_nothing_is_found():
    assert Corpus([], by_meaning=False).nearest(BINS) == []
    assert Corpus([], by_meaning=True).nearest(BINS) == []


def test_by_meaning_the_same_problem_is_found_in_other_words_and_in_the_other_language():
    assert available()
    found = Corpus(ALL).nearest(BINS, without=1)
    assert {match.statement.key for match in found[:2]} == {2, 3}
    assert [match.shown for match in found][:2] == [True, True]
    assert not any(match.shown for match in found[2:])


def test_without_the_extra_the_portal_looks_by_words(monkeypatch):
    monkeypatch.setattr(meaning, "available", lambda: False)
    assert Corpus(ALL).by_meaning is False


def labelled_file(folder: Path, text: str) -> Path:
    path = folder / "labelled.yaml"
    path.write_text(text, encoding="utf-8")
    return path


GOOD = """
statements:
- {id: a, language: en, title: Potholes, problem: Reports of potholes come twice}
- {id: b, language: en, title: Road defects, problem: Potholes are reported twice}
- {id: c, language: en, title: Weddings, problem: Couples must telephone}
same:
- [a, b]
"""


def test_the_figures_are_over_ordered_pairs(tmp_path):
    figures = measure(Labelled.read(labelled_file(tmp_path, GOOD)), by_meaning=False)
    assert (figures["recall_at_5_within"], figures["recall_at_5_across"]) == (1.0, None)
    assert (figures["recall_shown"], figures["false_alarm_rate"]) == (1.0, 0.0)
    assert figures["p50_ms"] >= 0


def test_the_command_prints_one_object_with_the_figures_of_both_ways(tmp_path):
    out = StringIO()
    call_command("evaluate_similar", str(labelled_file(tmp_path, GOOD)), stdout=out)
    printed = json.loads(out.getvalue())
    assert set(printed["words_alone"]) == {
        "recall_at_5_within", "recall_at_5_across", "recall_shown", "false_alarm_rate", "p50_ms",
    }  # fmt: skip
    assert printed["recall_at_5_within"] == 1.0
    assert (printed["statements"], printed["pairs"], printed["by_meaning"]) == (3, 1, True)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("nothing: here", "is no file of labelled statements"),
        ("[", "is no file of labelled statements"),
        (GOOD + "- [a, zz]\n", "names statements that it does not have: zz"),
        (GOOD.replace("language: en, title: Weddings", "language: fr, title: Weddings"), "other than en and cy: fr"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(tmp_path, text, sentence):
    with pytest.raises(BadFile, match=sentence):
        Labelled.read(labelled_file(tmp_path, text))


def test_a_file_that_is_not_there_is_a_sentence(tmp_path):
    with pytest.raises(CommandError, match="cannot be read: No such file"):
        call_command("evaluate_similar", str(tmp_path / "none.yaml"))


def test_the_means_are_written_from_a_labelled_file(tmp_path, monkeypatch):
    monkeypatch.setattr(meaning, "MEANS", tmp_path / "means.json")
    write_means(labelled_file(tmp_path, GOOD + "").parent / "labelled.yaml")
    read = json.loads((tmp_path / "means.json").read_text(encoding="utf-8"))
    assert {part: sorted(by) for part, by in read.items()} == {part: ["en"] for part in meaning.PARTS}
    assert len(read["query"]["en"]) == 384
    meaning.means.cache_clear()
    meaning.available.cache_clear()

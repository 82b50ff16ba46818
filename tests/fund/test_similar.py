"""Similar bids: by words, by meaning, and how it is measured."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from fund.similar import Corpus, Statement, available, meaning
from fund.similar.concepts import concept_of, concepts
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
SETS = Path(__file__).parents[1] / "data"
ALL = [BINS, REFUSE, GWASTRAFF, POOL, FOSTER, MICROFICHE]


@pytest.mark.parametrize("word", ["caerdydd", "gaerdydd", "ngaerdydd", "chaerdydd"])
def test_welsh_initial_mutations_count_as_one_word(word):
    assert folded(word) == "caerdydd"


def test_all_forms_of_a_word_are_one_and_short_words_are_none():
    assert terms("Collecting what was collected, and a collection", "en") == {"collec": 3, "what": 1}
    assert terms("bwrdd y fwrdd", "cy") == {"pwrdd": 2}


def test_a_heading_and_the_parts_of_a_long_sentence_are_sentences():
    assert sentences("Missed bins\nThey wait; nobody calls. No.") == ["Missed bins", "They wait;", "nobody calls."]


def test_by_words_alone_the_same_problem_is_found_in_either_language():
    found = Corpus(ALL, by_meaning=False).nearest(BINS, without=[1])
    assert {match.statement.key for match in found[:2]} == {2, 3}


def test_the_statement_itself_is_not_similar_to_itself():
    assert BINS not in [match.statement for match in Corpus(ALL, by_meaning=False).nearest(BINS, without=[1])]
    assert Corpus(ALL, by_meaning=False).nearest(BINS)[0].statement == BINS


def test_among_no_statements_nothing_is_found():
    assert Corpus([], by_meaning=False).nearest(BINS) == []
    assert Corpus([], by_meaning=True).nearest(BINS) == []


def test_by_meaning_the_same_problem_is_found_in_other_words_and_in_the_other_language():
    assert available()
    found = Corpus(ALL).nearest(BINS, without=[1])
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


def test_the_means_are_written_from_labelled_files(tmp_path, monkeypatch):
    monkeypatch.setattr(meaning, "MEANS", tmp_path / "means.json")
    write_means([labelled_file(tmp_path, GOOD)])
    read = json.loads((tmp_path / "means.json").read_text(encoding="utf-8"))
    assert {language: len(row) for language, row in read.items()} == {"en": 384}
    meaning.means.cache_clear()
    meaning.available.cache_clear()


@pytest.mark.parametrize(
    ("english", "welsh"),
    [("refuse", "gwastraff"), ("schools", "ysgolion"), ("tenants", "denantiaid"), ("bin", "biniau")],
)
def test_a_word_and_its_welsh_are_one_subject(english, welsh):
    assert concept_of(english, "en") == concept_of(welsh, "cy") is not None


def test_a_word_that_says_nothing_of_the_subject_has_none():
    assert concept_of("slowly", "en") is None
    assert concepts("They wait and wait for the bins, bins again.", "en") == {concept_of("bins", "en"): 2}


def test_by_words_alone_the_other_language_is_found_by_its_subject():
    found = Corpus([REFUSE, GWASTRAFF, POOL, FOSTER], by_meaning=False).nearest(GWASTRAFF, without=[3])
    assert [match.statement.key for match in found][:1] == [2]


def test_a_statement_in_both_languages_is_found_once():
    twice = [BINS, Statement(1, "cy", "Biniau", "Nid yw’r criw yn gwybod pam y gadawyd y gwastraff ailgylchu.")]
    found = Corpus([*twice, POOL, FOSTER], by_meaning=True).nearest(REFUSE)
    assert [match.statement.key for match in found].count(1) == 1


@pytest.mark.parametrize("by_meaning", [True, False])
def test_what_came_and_went_leaves_the_corpus_as_one_made_of_the_rest(by_meaning):
    corpus = Corpus([BINS, POOL, REFUSE, FOSTER], by_meaning=by_meaning)
    corpus.nearest(BINS)
    corpus.drop(4)
    corpus.drop(2)
    corpus.put(GWASTRAFF)
    corpus.put(MICROFICHE)
    anew = Corpus([BINS, FOSTER, GWASTRAFF, MICROFICHE], by_meaning=by_meaning)

    def found(one: Corpus) -> list[tuple[int, float]]:
        return [(match.statement.key, round(match.score, 3)) for match in one.nearest(REFUSE)]

    assert found(corpus) == found(anew)
    assert 4 not in dict(found(corpus))


def test_a_vector_is_stored_and_read_as_it_was():
    vector = meaning.read("Missed bins")
    assert (meaning.unpacked(meaning.packed(vector)) == vector).all()
    kept = Statement(1, "en", "Missed bins", "", kept=vector * 2)
    assert abs(float((kept.vector**2).sum()) - 1) < 1e-5


@pytest.mark.parametrize("name", ["similar_bids", "similar_second"])
def test_words_alone_find_the_partner_on_the_labelled_sets(name):
    figures = measure(Labelled.read(SETS / f"{name}.yaml"), by_meaning=False)
    assert figures["recall_at_5_within"] >= 0.95
    assert figures["recall_at_5_across"] >= 0.95


@pytest.mark.deep
@pytest.mark.parametrize(("name", "shown"), [("similar_bids", 0.95), ("similar_second", 0.85), ("similar_check", 0.95)])
def test_with_meaning_the_partner_is_found_and_shown_with_few_false_ones(name, shown):
    figures = measure(Labelled.read(SETS / f"{name}.yaml"), by_meaning=True)
    assert min(figures["recall_at_5_within"], figures["recall_at_5_across"]) >= 0.95
    assert figures["recall_shown"] >= shown
    assert figures["false_alarm_rate"] <= 1 / 3

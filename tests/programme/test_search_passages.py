"""The passage with the words marked."""

from programme.search.passages import marked, passage, spans_of, split
from programme.search.words import words_of


def test_a_word_stands_where_the_index_counts_it():
    for text in (
        "I'r dim: fly-tipping, a’r cyngor’s 2022-23 plan",
        "",
        "a-b-c d",
        "—",
        f"{'x' * 80} y",
        f"{'x' * 80}-y z",
    ):
        assert len(list(spans_of(text))) == len(words_of(text, joined=True)), text
    text = "No fly-tipping here"
    assert [text[slice(*span)] for span in spans_of(text)] == [
        "No",
        "fly-tipping",
        "fly-tipping",
        "fly-tipping",
        "here",
    ]


def test_places_are_those_of_the_title_first():
    assert split("Two words", "and the text", [2, 3, 5]) == ({2}, {1, 3})


def test_words_are_marked_and_everything_is_escaped():
    assert marked("<b>Sgôr</b> & sgôr", {2}) == "&lt;b&gt;<mark>Sgôr</mark>&lt;/b&gt; &amp; sgôr"
    assert marked("No fly-tipping", {2, 3, 4}) == "No <mark>fly-tipping</mark>"
    assert marked("One", {7}) == "One"


def test_the_passage_is_where_most_of_the_words_stand():
    text = " ".join(["early", *["filler"] * 60, "first", "second", *["filler"] * 60])
    said = passage(text, {1, 62, 63})
    assert said.startswith("… filler")
    assert said.endswith("filler …")
    assert "<mark>first</mark> <mark>second</mark>" in said
    assert len(said.replace("…", "").split()) == 36


def test_without_a_word_in_the_text_it_begins_at_the_beginning():
    assert passage("Short text.", set()) == "Short text."
    assert passage("", {1}) == ""

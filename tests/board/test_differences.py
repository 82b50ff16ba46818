"""What changed from one edition to the next: block by block, word by word."""

import re
from typing import Any

import pytest
from django.urls import reverse

from board.actions import paper_correct, paper_step
from board.differences import How, Piece, compare, longest_in_order, pieces_of
from board.models import Block, Paper


def edition(*blocks: tuple[str, str, str], **front: Any) -> dict[str, Any]:
    """An edition whose blocks are (uid, English, Welsh)."""
    pair = {"en": "", "cy": ""}
    return {
        "title": {"en": "Letters", "cy": "Llythyrau"}, "summary": pair, "audience": pair, "purpose": "decision",
        "blocks": [
            {"uid": uid, "kind": "paragraph", "level": None, "number": number, "anchor": f"p{number}",
             "text": {"en": en, "cy": cy}, "table": None}
            for number, (uid, en, cy) in enumerate(blocks, 1)
        ],
        **front,
    }  # fmt: skip


ONE, TWO, THREE = ("a", "One.", "Un."), ("b", "Two.", "Dau."), ("c", "Three.", "Tri.")


def said(found):
    return [(change.how, change.label, change.sentence) for change in found.blocks]


def test_words_that_came_and_went_are_marked_and_sums_stay_whole():
    assert pieces_of("It costs £1,200 a year.", "It costs £1,250.50 each year.") == (
        Piece("same", "It costs "),
        Piece("del", "£1,200"),
        Piece("ins", "£1,250.50"),
        Piece("same", " "),
        Piece("del", "a"),
        Piece("ins", "each"),
        Piece("same", " year."),
    )


def test_the_same_edition_has_no_changes():
    found = compare(edition(ONE, TWO), edition(ONE, TWO), "en")
    assert not found
    assert (found.blocks, found.front, found.same) == ((), (), 2)


def test_each_block_says_in_words_what_became_of_it():
    new = edition(ONE, ("d", "Four new words here.", "Pedwar."), ("b", "Two and more.", "Dau."))
    assert said(compare(edition(ONE, TWO, THREE), new, "en")) == [
        (How.ADDED, "Paragraph 2", "New."),
        (How.CHANGED, "Paragraph 3", "2 words added."),
        (How.REMOVED, "Paragraph 3", "Removed."),
    ]
    changed = compare(edition(ONE, TWO, THREE), new, "en").blocks[1]
    assert (changed.before, changed.anchor) == ("Paragraph 2", "p3")


def test_a_change_in_one_language_is_none_in_the_other():
    new = edition(("a", "One.", "Un newydd."))
    assert not compare(edition(ONE), new, "en")
    assert said(compare(edition(ONE), new, "cy")) == [(How.CHANGED, "Paragraph 1", "1 word added.")]


def test_a_block_in_another_place_is_moved_and_the_others_are_not():
    found = compare(edition(ONE, TWO, THREE), edition(TWO, THREE, ONE), "en")
    assert [(change.how, change.label, change.before) for change in found.blocks] == [
        (How.MOVED, "Paragraph 3", "Paragraph 1")
    ]
    assert found.same == 2
    both = compare(edition(ONE, TWO, THREE), edition(TWO, THREE, ("a", "One more.", "Un.")), "en").blocks[0]
    assert both.sentence == "1 word added. It also stands in another place."
    assert compare(edition(ONE, TWO), edition(TWO, ONE), "en").blocks[0].sentence.startswith("In another place")


def test_a_table_is_compared_with_its_rows_and_a_form_that_changed_is_said():
    def table(cell: str, kind: str = "table") -> dict[str, Any]:
        whole = edition(("t", "Sums", "Symiau"))
        rows = {"columns": [{"en": "Sum", "cy": "Swm"}], "rows": [[{"en": cell, "cy": cell}]]}
        whole["blocks"][0] |= {"kind": kind, "table": rows, "anchor": "t1"}
        return whole

    change = compare(table("£5"), table("£6"), "en").blocks[0]
    assert [piece.text for piece in change.pieces] == ["Sums\nSum\n", "£5", "£6"]
    assert change.sentence == "1 word added, 1 word removed."
    assert compare(table("£5"), table("£5", "figure"), "en").blocks[0].sentence == "Only signs or the form changed."


def test_the_front_and_the_implications_are_compared_too():
    none = {"kind": "welsh", "none": True, "text": {"en": "it is internal.", "cy": "mae'n fewnol."}}
    old = edition(ONE)
    new = edition(ONE, title={"en": "New letters", "cy": "Llythyrau newydd"}, purpose="", implications=[none])
    assert [(one.label, one.how, one.anchor) for one in compare(old, new, "en").front] == [
        ("Title", How.CHANGED, ""),
        ("Purpose", How.REMOVED, ""),
        ("Implications: Welsh language", How.ADDED, "i-welsh"),
    ]
    assert compare(old, new, "en").front[2].pieces == (Piece("ins", "None, because it is internal."),)
    assert [one.how for one in compare(new, old, "en").front] == [How.CHANGED, How.ADDED, How.REMOVED]


def test_the_longest_run_in_order_is_found():
    place = {"a": 0, "b": 1, "c": 2, "d": 3}
    assert longest_in_order(list("dabc"), place) == ["a", "b", "c"]
    assert longest_in_order([], place) == []


@pytest.mark.django_db
def test_readers_see_what_a_correction_changed_in_their_language(people, browse):
    paper = people.published(("It costs £5.", "Mae'n costio £5."), ("Two.", "Dau."))
    paper_correct(paper, by=people.secretary, why="a wrong sum")
    Block.objects.filter(pk=paper.blocks.first().pk).update(text_en="It costs £6.", text_cy="Mae'n costio £6.")
    Paper.objects.filter(pk=paper.pk).update(correction_en="The sum of paragraph 1.", correction_cy="Swm paragraff 1.")
    for event, by in (("submit", people.author), ("clear", people.clearer), ("publish", people.secretary)):
        paper_step(Paper.objects.get(pk=paper.pk), event, by=by)
    client = browse(None)
    url = reverse("board:edition_changes", kwargs={"slug": paper.slug, "number": 2})
    assert url in client.get(paper.get_absolute_url()).content.decode()
    page = client.get(url).content.decode()
    assert '<del><span class="govuk-visually-hidden">removed: </span>£5' in page
    assert '<ins><span class="govuk-visually-hidden">added: </span>£6' in page
    assert "The sum of paragraph 1." in page
    assert "Two." not in page
    found = compare(paper.editions.get(number=1).data, paper.editions.get(number=2).data, "en")
    assert (found.changed, found.same) == (1, 1)
    rows = re.sub(r"<[^>]+>|\s+", " ", page)
    assert re.search(r"Parts that changed +1 ", rows)
    assert re.search(r"Blocks that did not change +1 ", rows)
    welsh = client.get(f"/cy/bwrdd/papurau/{paper.slug_cy}/argraffiadau/2/newidiadau/").content.decode()
    assert '<ins><span class="govuk-visually-hidden">ychwanegwyd: </span>£6' in welsh
    assert client.get(reverse("board:edition_changes", kwargs={"slug": paper.slug, "number": 1})).status_code == 404

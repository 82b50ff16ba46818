"""Blocks are split and joined, moved and gone, and no word of anybody is lost on the way."""

import pytest
from django.urls import reverse

from board.actions import block_delete, block_move
from board.actions.arranging import Moved, block_join, block_split, parts_of, pieces, worst
from board.actions.comments import comment_add
from board.models import Block, Paper
from board.tables import work_url
from tests.factories.board import BlockFactory
from wlga_portal.kernel.versions import load_draft
from wlga_portal.kernel.workflow import Refused

pytestmark = pytest.mark.django_db


def url(name, block):
    return reverse(f"board:{name}", kwargs={"slug": block.paper.slug, "pk": block.pk})


def texts(paper):
    return list(paper.blocks.order_by("position").values_list("text_en", "text_cy"))


def fields(block, **changed):
    return {"text_en": block.text_en, "text_cy": block.text_cy, "version": block.version, **changed}


@pytest.fixture
def paper(people):
    return people.paper(("One. Two.\n\nThree.", "Un. Dau.\n\nTri."), ("Last.", "Olaf."))


@pytest.fixture
def first(paper):
    return paper.blocks.order_by("position")[0]


def test_a_text_is_split_between_sentences_and_lines_and_joined_it_is_the_same():
    text = "It costs £1.50. Is it? Yes!\n\n- a list\n- its end"
    assert pieces(text) == ["It costs £1.50. ", "Is it? ", "Yes!\n\n", "- a list\n", "- its end"]
    assert "".join(pieces(text)) == text
    assert pieces("") == []


def test_a_block_is_split_in_each_language_at_its_own_place(people, paper, first):
    made = block_split(first, by=people.author, version=1, at={"en": 2, "cy": 1})
    assert texts(paper) == [("One. Two.", "Un."), ("Three.", "Dau.\n\nTri."), ("Last.", "Olaf.")]
    first.refresh_from_db()
    assert (first.uid != made.uid, first.version, made.kind) == (True, 2, first.kind)


def test_a_split_that_leaves_one_block_empty_is_refused(people, paper, first):
    for at in ({"en": 0, "cy": 0}, {"en": 3, "cy": 3}):
        with pytest.raises(Refused, match="words on both sides"):
            block_split(first, by=people.author, version=1, at=at)
    block_split(first, by=people.author, version=1, at={"en": 1, "cy": 3})
    assert texts(paper)[1] == ("Two.\n\nThree.", "")


def test_the_mark_of_the_translation_holds_for_both_parts_and_for_the_whole(people, paper, first):
    Block.objects.filter(pk=first.pk).update(text_mark="reviewed")
    made = block_split(first, by=people.author, version=2, at={"en": 1, "cy": 1})
    assert set(Block.objects.filter(pk__in=[first.pk, made.pk]).values_list("text_mark", flat=True)) == {"reviewed"}
    Block.objects.filter(pk=made.pk).update(text_mark="stale_cy")
    first.refresh_from_db()
    made.refresh_from_db()
    block_join(first, by=people.author, version=first.version, next_version=made.version)
    first.refresh_from_db()
    assert (first.text_en, first.text_mark) == ("One.\n\nTwo.\n\nThree.", "stale_cy")
    assert [worst(set(marks)) for marks in (["reviewed"], ["reviewed", "unreviewed"], ["stale_en", "stale_cy"])] == [
        "reviewed", "unreviewed", "unreviewed",
    ]  # fmt: skip


def test_a_table_is_split_by_its_rows_and_both_keep_the_names_of_the_columns(people, paper):
    cells = {"cells_en": "A | B\n1 | 2\n3 | 4", "cells_cy": "C | D\n1 | 2\n3 | 4"}
    table = BlockFactory(paper=paper, kind="table", position=9, text_en="Sums", text_cy="Symiau", **cells)
    assert parts_of(table) == {"en": ["1 | 2", "3 | 4"], "cy": ["1 | 2", "3 | 4"]}
    made = block_split(table, by=people.author, version=1, at={"en": 1, "cy": 1})
    table.refresh_from_db()
    assert (table.cells_en, made.cells_en, made.cells_cy) == ("A | B\n1 | 2", "A | B\n3 | 4", "C | D\n3 | 4")
    assert made.text_en == "Sums"
    made.refresh_from_db()
    block_join(table, by=people.author, version=table.version, next_version=made.version)
    table.refresh_from_db()
    assert (table.cells_en, table.cells_cy) == (cells["cells_en"], cells["cells_cy"])


def test_joined_blocks_keep_the_first_ones_id_and_the_comments_of_both(people, paper, first):
    second = paper.blocks.get(text_en="Last.")
    comment = comment_add(paper, second.uid, "Say more.", by=people.clearer)
    block_join(first, by=people.author, version=1, next_version=1)
    comment.refresh_from_db()
    assert texts(paper) == [("One. Two.\n\nThree.\n\nLast.", "Un. Dau.\n\nTri.\n\nOlaf.")]
    assert comment.uid == first.uid


def test_only_neighbours_of_one_kind_are_joined(people, paper, first):
    BlockFactory(paper=paper, kind="heading", level=2, position=5)
    last = paper.blocks.get(text_en="Last.")
    for block, versions in ((last, (1, 1)), (paper.blocks.get(kind="heading"), (1, 1))):
        with pytest.raises(Refused, match="same kind"):
            block_join(block, by=people.author, version=versions[0], next_version=versions[1])


def test_a_block_that_somebody_changed_is_neither_split_nor_joined(people, paper, first):
    second = paper.blocks.get(text_en="Last.")
    Block.objects.filter(pk=second.pk).update(text_en="Last, changed.")
    with pytest.raises(Moved):
        block_join(first, by=people.author, version=1, next_version=1)
    Block.objects.filter(pk=first.pk).update(text_en="Changed. Too.")
    with pytest.raises(Moved):
        block_split(first, by=people.author, version=1, at={"en": 1, "cy": 1})
    with pytest.raises(Moved):
        block_join(first, by=people.author, version=1, next_version=2)
    assert [en for en, _cy in texts(paper)] == ["Changed. Too.", "Last, changed."]


def test_nobody_splits_or_joins_a_paper_that_is_out_of_their_hands(people, paper, first):
    Paper.objects.filter(pk=paper.pk).update(status="review")
    with pytest.raises(Refused, match="cannot be arranged"):
        block_split(first, by=people.author, version=1, at={"en": 1, "cy": 1})
    with pytest.raises(Refused, match="cannot be arranged"):
        block_join(first, by=people.author, version=1, next_version=1)


def test_splitting_and_joining_in_the_browser_with_no_script(people, browse, paper, first):
    client = browse(people.author)
    work = client.get(work_url(paper)).content.decode()
    assert url("block_split", first) in work
    assert url("block_join", first) in work
    page = client.get(url("block_split", first)).content.decode()
    assert 'id="at_cy_2"' in page
    answer = client.post(url("block_split", first), {"version": 1, "at_en": 2, "at_cy": 2})
    made = paper.blocks.get(text_en="Three.")
    assert answer["Location"] == f"{work_url(paper)}#block-{made.pk}"
    stale = client.post(url("block_split", first), {"version": 1, "at_en": 1, "at_cy": 1})
    assert stale.status_code == 409
    assert "Somebody changed this block meanwhile" in stale.content.decode()
    join = client.get(url("block_join", first)).content.decode()
    assert "Three." in join
    late = client.post(url("block_join", first), {"version": "x", "next_version": 1})
    assert late.status_code == 409
    first.refresh_from_db()
    versions = {"version": first.version, "next_version": made.version}
    assert client.post(url("block_join", first), versions).status_code == 302
    assert paper.blocks.count() == 2
    last = paper.blocks.get(text_en="Last.")
    assert client.get(url("block_join", last)).status_code == 404
    heading = BlockFactory(paper=paper, kind="heading", level=2)
    assert client.get(url("block_split", heading)).status_code == 404
    table = BlockFactory(paper=paper, kind="table", cells_en="A | B\n1 | 2\n3 | 4", cells_cy="A | B\n1 | 2\n3 | 4")
    assert "3 | 4" in client.get(url("block_split", table)).content.decode()
    client.post(url("block_split", table), {"version": 1, "at_en": 1})
    assert paper.blocks.filter(kind="table").count() == 2


def test_a_writer_and_a_mover_do_not_overwrite_each_other(people, browse, paper, first):
    version = first.version
    block_move(first, by=people.secretary, up=False)
    answer = browse(people.author).post(url("block_edit", first), fields(first, version=version, text_en="Written."))
    assert answer.status_code == 302
    assert [en for en, _cy in texts(paper)] == ["Last.", "Written."]


def test_a_writer_sees_both_texts_where_the_block_was_split_meanwhile(people, browse, paper, first):
    said = fields(first, text_en="One. Two. Two and a half.\n\nThree.")
    block_split(first, by=people.secretary, version=1, at={"en": 2, "cy": 2})
    answer = browse(people.author).post(url("block_edit", first), said)
    assert answer.status_code == 409
    assert "Two and a half." in answer.content.decode()
    assert texts(paper)[:2] == [("One. Two.", "Un. Dau."), ("Three.", "Tri.")]


@pytest.mark.parametrize("how", ["joined", "deleted"])
def test_what_was_typed_into_a_block_that_is_gone_can_be_kept(people, browse, paper, first, how):
    second = paper.blocks.get(text_en="Last.")
    said, address = fields(second, text_en="Last, and longer."), url("block_edit", second)
    client = browse(people.author)
    client.post(url("block_draft", second), said)
    if how == "joined":
        block_join(first, by=people.secretary, version=1, next_version=1)
    else:
        block_delete(second, by=people.secretary)
    answer = client.post(address, said)
    assert answer.status_code == 409
    assert "Last, and longer." in answer.content.decode()
    assert "Last, and longer." in client.get(address).content.decode()
    assert browse(people.secretary).get(address).status_code == 404
    kept = client.post(url("block_gone", second), {"text_en": "Last, and longer.", "text_cy": "Olaf.", "keep": "1"})
    assert kept.status_code == 302
    assert texts(paper)[-1] == ("Last, and longer.", "Olaf.")
    assert load_draft(people.author, f"board.block:{second.pk}") is None
    assert client.get(url("block_gone", first)).status_code == 404

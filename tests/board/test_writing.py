"""Writing a paper in the browser: blocks, drafts, two editors, the workbench."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from board.models import Block, Paper
from board.tables import work_url
from tests.factories.board import AgendaItemFactory, BlockFactory
from wlga_portal.kernel.versions import load_draft

pytestmark = pytest.mark.django_db


def url(name, paper, **parts):
    return reverse(f"board:{name}", kwargs={"slug": paper.slug, **parts})


def order(paper):
    return list(paper.blocks.order_by("position").values_list("text_en", flat=True))


def fields(block, **changed):
    said = {"text_en": block.text_en, "text_cy": block.text_cy, "version": block.version}
    return {**said, **changed}


@pytest.fixture
def paper(people):
    return people.paper(("One.", "Un."), ("Two.", "Dau."), ("Three.", "Tri."))


def test_the_secretariat_begins_a_paper_for_an_item(people, browse):
    item = AgendaItemFactory()
    address = reverse("board:paper_new", kwargs={"slug": item.meeting.slug, "position": item.position})
    client = browse(people.secretary)
    page = client.get(address).content.decode()
    assert 'value="An item"' in page
    answer = client.post(
        address,
        {
            "title_en": "Letters",
            "title_cy": "Llythyrau",
            "purpose": "decision",
            "drafted_in": "cy",
            "authors": [people.author.pk],
        },
    )
    paper = Paper.objects.get()
    assert answer["Location"] == work_url(paper)
    assert (paper.agenda_item, paper.number, paper.status, paper.drafted_in) == (item, 1, "draft", "cy")
    assert [credit.user for credit in paper.credits.all()] == [people.author]
    assert client.get(work_url(paper)).status_code == 200  # no block stands in it yet


def test_a_paper_without_a_title_is_not_begun_and_what_was_typed_is_still_there(people, browse):
    item = AgendaItemFactory()
    address = reverse("board:paper_new", kwargs={"slug": item.meeting.slug, "position": item.position})
    answer = browse(people.secretary).post(
        address, {"title_en": "", "title_cy": "", "summary_en": "Typed.", "purpose": "decision", "drafted_in": "en"}
    )
    assert answer.status_code == 200
    assert "Enter a title in at least one language." in answer.content.decode()
    assert "Typed." in answer.content.decode()
    assert not Paper.objects.exists()


def test_a_block_is_added_at_the_end_or_after_another_and_opens_for_writing(people, browse, paper):
    client = browse(people.author)
    answer = client.post(url("block_add", paper), {"kind": "recommendation"})
    added = paper.blocks.get(kind="recommendation")
    assert answer["Location"] == url("block_edit", paper, pk=added.pk)
    first = paper.blocks.get(text_en="One.")
    client.post(url("block_add", paper), {"kind": "heading", "after": first.pk})
    assert order(paper) == ["One.", "", "Two.", "Three.", ""]
    assert paper.blocks.get(kind="heading").level == 2


def test_a_kind_of_block_that_there_is_not_adds_nothing(people, browse, paper):
    browse(people.author).post(url("block_add", paper), {"kind": "song"})
    assert paper.blocks.count() == 3


def test_blocks_move_up_and_down_and_stay_at_the_ends(people, browse, paper):
    client, (one, _two, three) = browse(people.author), paper.blocks.order_by("position")
    client.post(url("block_down", paper, pk=one.pk))
    assert order(paper) == ["Two.", "One.", "Three."]
    client.post(url("block_up", paper, pk=three.pk))
    assert order(paper) == ["Two.", "Three.", "One."]
    client.post(url("block_down", paper, pk=one.pk))
    assert order(paper) == ["Two.", "Three.", "One."]


def test_a_block_is_deleted_after_one_question(people, browse, paper):
    client, block = browse(people.author), paper.blocks.get(text_en="Two.")
    page = client.get(url("block_delete", paper, pk=block.pk))
    assert "Two." in page.content.decode()
    assert paper.blocks.count() == 3
    client.post(url("block_delete", paper, pk=block.pk))
    assert order(paper) == ["One.", "Three."]


def test_a_block_is_written_in_both_languages(people, browse, paper):
    block = paper.blocks.get(text_en="Two.")
    answer = browse(people.author).post(
        url("block_edit", paper, pk=block.pk), fields(block, text_en="Two **new**.", text_cy="Dau newydd.")
    )
    assert answer["Location"] == f"{work_url(paper)}#block-{block.pk}"
    block.refresh_from_db()
    assert (block.text_en, block.text_cy, block.version) == ("Two **new**.", "Dau newydd.", 2)


def test_saving_can_go_on_to_a_new_paragraph_below(people, browse, paper):
    block = paper.blocks.get(text_en="One.")
    answer = browse(people.author).post(url("block_edit", paper, pk=block.pk), fields(block, next="1"))
    added = paper.blocks.get(text_en="")
    assert answer["Location"] == url("block_edit", paper, pk=added.pk)
    assert order(paper) == ["One.", "", "Two.", "Three."]


def test_a_heading_keeps_its_level_and_a_table_its_rows(people, browse, paper):
    heading = BlockFactory(paper=paper, kind="heading", level=2)
    table = BlockFactory(paper=paper, kind="table")
    client = browse(people.author)
    client.post(url("block_edit", paper, pk=heading.pk), fields(heading, level="3"))
    cells = {"cells_en": "A | B\r\n1 | 2", "cells_cy": "C | D\n1 | 2"}
    client.post(url("block_edit", paper, pk=table.pk), fields(table, **cells))
    heading.refresh_from_db()
    table.refresh_from_db()
    assert (heading.level, table.cells_en) == (3, "A | B\n1 | 2")


def test_rows_that_do_not_fit_are_refused_with_a_sentence_and_kept_as_typed(people, browse, paper):
    table = BlockFactory(paper=paper, kind="table")
    answer = browse(people.author).post(
        url("block_edit", paper, pk=table.pk), fields(table, cells_en="A | B\n1", cells_cy="")
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "as many cells as the first line" in page or "same number of cells" in page
    assert "A | B\n1" in page
    table.refresh_from_db()
    assert table.cells_en == ""


def test_what_is_typed_is_kept_as_a_draft_of_one_person_and_offered_again(people, browse, paper):
    block = paper.blocks.get(text_en="One.")
    client, other = browse(people.author), browse(people.secretary)
    answer = client.post(url("block_draft", paper, pk=block.pk), fields(block, text_en="Typed."))
    assert answer.status_code == 200
    assert "saved_at" in answer.json()
    block.refresh_from_db()
    assert block.text_en == "One."
    page = client.get(url("block_edit", paper, pk=block.pk)).content.decode()
    assert "Typed." in page
    assert "you typed and did not save" in page
    assert "Typed." not in other.get(url("block_edit", paper, pk=block.pk)).content.decode()
    client.post(url("block_discard", paper, pk=block.pk))
    assert "Typed." not in client.get(url("block_edit", paper, pk=block.pk)).content.decode()


def test_a_draft_that_says_the_same_as_the_block_is_not_offered(people, browse, paper):
    block = paper.blocks.get(text_en="One.")
    client = browse(people.author)
    client.post(url("block_draft", paper, pk=block.pk), fields(block))
    assert "did not save" not in client.get(url("block_edit", paper, pk=block.pk)).content.decode()


def test_the_language_switch_keeps_what_was_typed(people, browse, paper):
    block = paper.blocks.get(text_en="One.")
    client = browse(people.author)
    answer = client.post(url("block_edit", paper, pk=block.pk), fields(block, text_en="Typed.", _switch="cy"))
    assert answer["Location"] == f"/cy/bwrdd/papurau/{paper.slug_cy}/gweithio/blociau/{block.pk}/"
    assert load_draft(people.author, f"board.block:{block.pk}").data["text_en"] == "Typed."


def test_two_editors_of_different_languages_are_both_kept(people, browse, paper):
    block = paper.blocks.get(text_en="One.")
    browse(people.author).post(url("block_edit", paper, pk=block.pk), fields(block, text_en="Mine."))
    answer = browse(people.secretary).post(url("block_edit", paper, pk=block.pk), fields(block, text_cy="F'un i."))
    assert answer.status_code == 302
    block.refresh_from_db()
    assert (block.text_en, block.text_cy) == ("Mine.", "F'un i.")


def test_two_editors_of_the_same_text_see_both_and_neither_is_lost(people, browse, paper):
    block = paper.blocks.get(text_en="One.")
    address = url("block_edit", paper, pk=block.pk)
    browse(people.author).post(address, fields(block, text_en="The author's."))
    client = browse(people.secretary)
    answer = client.post(address, fields(block, text_en="The secretary's."))
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "The author&#x27;s." in page
    assert "The secretary&#x27;s." in page
    assert load_draft(people.secretary, f"board.block:{block.pk}").data["text_en"] == "The secretary's."
    block.refresh_from_db()
    assert block.text_en == "The author's."
    chosen = fields(block, clash_text_en="mine", mine_text_en="The secretary's.")
    assert client.post(address, chosen).status_code == 302
    block.refresh_from_db()
    assert block.text_en == "The secretary's."


def test_a_paper_that_moved_on_while_somebody_wrote_keeps_the_text_as_a_draft(people, browse, paper, monkeypatch):
    block = paper.blocks.get(text_en="One.")
    # the guard of the screen has let the writer in; the paper is sent to review before the save
    monkeypatch.setattr("board.actions.papers.paper_edit", lambda *_args: False)
    answer = browse(people.author).post(url("block_edit", paper, pk=block.pk), fields(block, text_en="Late."))
    assert answer["Location"] == work_url(paper)
    assert load_draft(people.author, f"board.block:{block.pk}").data["text_en"] == "Late."
    block.refresh_from_db()
    assert block.text_en == "One."


@pytest.mark.parametrize("name", ["block_add", "block_up", "block_down", "block_delete"])
def test_a_paper_that_moved_on_refuses_to_be_arranged(people, browse, paper, monkeypatch, name):
    monkeypatch.setattr("board.actions.papers.paper_arrange", lambda *_args: False)
    parts = {} if name == "block_add" else {"pk": paper.blocks.get(text_en="Two.").pk}
    answer = browse(people.author).post(url(name, paper, **parts), {"kind": "heading"}, follow=True)
    assert "cannot be arranged now" in answer.content.decode()
    assert order(paper) == ["One.", "Two.", "Three."]


def test_the_front_of_a_paper_is_edited_and_two_titles_clash(people, browse, paper):
    address = url("paper_front", paper)
    said = {"title_en": "New", "title_cy": paper.title_cy, "purpose": "decision", "drafted_in": "en", "version": 1}
    assert browse(people.author).post(address, {**said, "authors": [people.author.pk]}).status_code == 302
    answer = browse(people.secretary).post(address, {**said, "title_en": "Newer"})
    assert answer.status_code == 409
    refused = browse(people.secretary).post(address, {**said, "purpose": ""})
    assert "Choose an answer to “Purpose”." in refused.content.decode()
    paper.refresh_from_db()
    assert paper.title_en == "New"


def test_the_front_of_a_correction_asks_what_was_corrected(people, browse):
    paper = people.published()
    client = browse(people.secretary)
    assert client.post(url("paper_step", paper, event="correct"), {"why": "A wrong sum."}).status_code == 302
    assert "What was corrected" in client.get(url("paper_front", paper)).content.decode()


def test_the_way_of_a_paper_in_the_browser(people, browse, paper):
    step = {
        event: url("paper_step", paper, event=event)
        for event in ("submit", "send_back", "clear", "translate", "translated", "publish")
    }
    author, clearer, secretary = browse(people.author), browse(people.clearer), browse(people.secretary)
    translator = browse(people.translator)
    author.post(step["submit"])
    refused = clearer.post(step["send_back"], {"why": ""})
    assert "Enter “Reason”." in refused.content.decode()
    clearer.post(step["send_back"], {"why": "Say what it costs."})
    assert "Say what it costs." in author.get(work_url(paper)).content.decode()
    author.post(step["submit"])
    clearer.post(step["clear"])
    secretary.post(step["translate"])
    for block in paper.blocks.all():
        translator.post(url("block_review", paper, pk=block.pk))
    translator.post(url("front_review", paper))
    translator.post(step["translated"])
    secretary.post(step["publish"])
    paper.refresh_from_db()
    assert (paper.status, paper.editions.count()) == ("published", 1)
    assert set(Block.objects.filter(paper=paper).values_list("text_mark", flat=True)) == {"reviewed"}
    again = secretary.post(step["publish"], follow=True)
    assert "cannot be done now" in again.content.decode()


def test_a_publication_with_gaps_is_refused_on_the_workbench_with_links_to_the_blocks(people, browse):
    paper = people.cleared(("One.", ""))
    client = browse(people.secretary)
    assert "“Text” has no Welsh text." in client.get(work_url(paper)).content.decode()
    answer = client.post(url("paper_step", paper, event="publish"))
    assert answer.status_code == 409
    block = paper.blocks.get()
    assert f'href="#block-{block.pk}"' in answer.content.decode()
    client.post(url("paper_step", paper, event="translate"))
    page = client.get(work_url(paper)).content.decode()
    assert f'href="{url("block_edit", paper, pk=block.pk)}"' in page


def test_marks_on_the_workbench(people, browse):
    paper = people.paper(("One.", "Un."), ("Two.", ""), ("Three.", "Tri."), ("Four.", "Pedwar."), ("Five.", "Pump."))
    blocks = list(paper.blocks.order_by("position"))
    Block.objects.filter(pk=blocks[2].pk).update(text_en="Changed.")
    Block.objects.filter(pk=blocks[3].pk).update(text_cy="Newidiwyd.")
    Block.objects.filter(pk=blocks[4].pk).update(text_mark="reviewed")
    page = browse(people.translator).get(work_url(paper)).content.decode()
    for words in (
        "Translation not reviewed",
        "A language is missing",
        "The Welsh is behind the English",
        "The English is behind the Welsh",
        "Translation reviewed",
    ):
        assert words in page


def test_a_meeting_is_called_and_cancelled_with_a_reason_in_the_browser(people, browse):
    meeting = AgendaItemFactory().meeting
    client = browse(people.secretary)

    def step(event):
        return reverse("board:meeting_step", kwargs={"slug": meeting.slug, "event": event})

    assert client.get(step("call")).status_code == 200
    client.post(step("call"))
    cancel = reverse("board:meeting_cancel", kwargs={"slug": meeting.slug})
    assert client.get(step("cancel")).headers["Location"] == cancel
    assert "Enter “Reason (Welsh)”." in client.post(cancel, {"reason_en": "Snow."}).content.decode()
    client.post(cancel, {"reason_en": "Snow.", "reason_cy": "Eira."})
    again = client.post(step("call"), follow=True)
    assert "cannot be done now" in again.content.decode()
    meeting.refresh_from_db()
    assert meeting.status == "cancelled"
    assert "Snow." in client.get(meeting.get_absolute_url()).content.decode()
    assert client.get(step("sing")).status_code == 404


def test_the_draft_of_a_person_is_not_older_than_what_they_typed(people, browse, paper):
    block = paper.blocks.get(text_en="One.")
    browse(people.author).post(url("block_draft", paper, pk=block.pk), fields(block, text_en="Typed."))
    draft = load_draft(people.author, f"board.block:{block.pk}")
    assert timezone.now() - draft.saved_at < timedelta(minutes=1)

"""Word files in and out: what is taken, what is left out and said, what is refused."""

import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from docx import Document
from docx.oxml.ns import qn

from board.actions.word import word_append, word_side
from board.editions import content_of
from board.models import Block, Paper
from board.tables import work_url
from board.word_in import read_word
from board.word_out import word_of
from board.word_package import checked_package
from tests.board import word_files as files
from tests.factories.board import BlockFactory
from wlga_portal.kernel.bilingual import Text
from wlga_portal.kernel.workflow import Refused


def blocks(found):
    return [(row["kind"], row["level"], row["text"]) for row in found.blocks]


def test_headings_paragraphs_recommendations_tables_and_links_are_taken():
    found = read_word(files.plain())
    assert found.title == "Letters"
    assert found.left_out == []
    assert blocks(found) == [
        ("heading", 2, "Recommendations"),
        ("recommendation", None, "Agree the trial."),
        ("recommendation", None, "Note the cost."),
        ("heading", 2, "Why"),
        ("paragraph", None, "It is **bold** and *new*: [the page](https://example.org/a%20%28b%29)"),
        ("paragraph", None, "a \\* b\\_c \\[d\\] \\<e>"),
        ("paragraph", None, "\\- no list, but it looks so"),
        ("heading", 3, "Figures"),
        ("table", None, "Sums of the year"),
    ]
    assert found.blocks[-1]["cells"] == "Name | Sum\nA \\| B | £5"


AWKWARD = {
    "tracked_changes": (
        [("paragraph", None, "It costs £6 a year.")],
        [
            "A change was tracked: what it deletes is left out: “£5”",
            "A change was tracked: what it adds is taken in: “£6”",
            "A change was tracked: what it deletes is left out: “gone”",
        ],
    ),
    "footnotes": ([("paragraph", None, "It was found.")], ["A footnote is left out: “From the report of 2021.”"]),
    "merged_cells": (
        [("table", None, "")],
        [
            "A table within a table is taken in as words: “4 within”",
            "A table has merged cells: each part is a cell of its own now, some are empty: “Year | First Second | ”",
            "A table has no caption: write one: “Year | First Second |”",
        ],
    ),
    "nested_lists": (
        [
            ("paragraph", None, "The team will:\n\n- ask\n   - the councils\n      - each of them\n- listen"),
            ("heading", 2, "After"),
            ("paragraph", None, "- a list with nothing before it"),
        ],
        [],
    ),
    "pictures": ([("paragraph", None, "Before.")], ["A picture or drawing is left out. “A chart of calls”"]),
    "skipped_headings": (
        [("heading", 2, "First"), ("heading", 2, "Second"), ("heading", 3, "Third"), ("paragraph", None, "Text.")],
        [
            "A level of headings is skipped before this one: “First”",
            "A paper has two levels of headings; this one is taken in as the second: “First”",
            "A level of headings is skipped before this one: “Third”",
            "A paper has two levels of headings; this one is taken in as the second: “Third”",
        ],
    ),
    "huge_table": (
        [("paragraph", None, "Before.")],
        ["A table of 1500 rows and 2 columns is too large for a paper, and is left out: “a |”"],
    ),
    "welsh_letters": (
        [("heading", 2, "Ŵy, ŷd a thŷ"), ("paragraph", None, "Ŵyn â’r tô: „dyfyniad” – ac ẃ.\u00a0Diwedd\u200b.")],
        [],
    ),
    "boxes_and_comments": (
        [("paragraph", None, "Text with a comment"), ("paragraph", None, "Beside it"), ("paragraph", None, "So")],
        [
            "A comment is left out: “Is this so?”",
            "A text box is left out: “In a box”",
            "A formula is left out: “a=b”",
            "The header or footer is left out: “Draft 3”",
        ],
    ),
}


@pytest.mark.parametrize("name", AWKWARD)
def test_awkward_files_are_taken_and_what_is_left_out_is_said(name):
    found = read_word(getattr(files, name)())
    wanted, left_out = AWKWARD[name]
    assert blocks(found) == wanted
    assert [one.replace(" ”", "”") for one in found.left_out] == [one.replace(" ”", "”") for one in left_out]


def test_merged_cells_are_cells_of_their_own():
    assert read_word(files.merged_cells()).blocks[0]["cells"].splitlines()[0] == "| Year | First Second |  |"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (files.empty(), "no text that can be taken in"),
        (b"Not a Word file", "not a Word file"),
        (files.no_word(), "not a Word file"),
        (b"\xd0\xcf\x11\xe0 old", "old Word file"),
        (files.bomb(), "unpacks to far more"),
        (files.entities(), "is not opened"),
        (files.macros(), "holds macros"),
        (files.damaged(), "damaged"),
        (files.plain()[:-200], "not a Word file"),
        (b"x" * (20 * 1024 * 1024 + 1), "too large"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(content, said):
    with pytest.raises(ValidationError, match=said):
        read_word(content)


def test_a_file_with_a_password_is_refused():
    content = bytearray(files.plain())
    at = content.index(b"PK\x01\x02")  # the first entry of the list of parts, whose flags are two bytes further on
    content[at + 8] |= 1
    with pytest.raises(ValidationError, match="protected by a password"):
        checked_package(bytes(content))


pytestmark = pytest.mark.django_db


@pytest.fixture
def paper(people):
    paper = people.paper(("One **bold** [link](https://example.org).", "Un **trwm** [dolen](https://example.org)."))
    BlockFactory(paper=paper, position=2, kind="heading", level=2, text_en="Why", text_cy="Pam")
    lists = {"text_en": "The team will:\n\n- ask\n- listen", "text_cy": "Bydd y tîm yn:\n\n- gofyn\n- gwrando"}
    BlockFactory(paper=paper, position=3, **lists)
    BlockFactory(paper=paper, position=4, kind="recommendation", text_en="Agree.", text_cy="Cytuno.")
    cells = {"cells_en": "Name | Sum\nA | £5", "cells_cy": "Enw | Swm\nA | £5"}
    BlockFactory(paper=paper, position=5, kind="table", text_en="Sums", text_cy="Symiau", **cells)
    return paper


@pytest.mark.parametrize("language", ["en", "cy"])
def test_what_is_written_out_is_read_again_as_the_same_blocks(people, paper, language):
    content = word_of(content_of(paper), language, authors=[Text("A", "A")], cleared=[])
    found = read_word(content)
    rows = list(paper.blocks.order_by("position"))
    assert [(row["kind"], row["text"], row["cells"]) for row in found.blocks] == [
        (row.kind, getattr(row, f"text_{language}"), getattr(row, f"cells_{language}")) for row in rows
    ]
    assert found.left_out == []
    assert found.title == getattr(paper, f"title_{language}")


def test_the_ask_stands_first_in_the_file_and_its_language_is_marked(people, paper):
    document = Document(io.BytesIO(word_of(content_of(paper), "cy", authors=[Text("Nia", "Nia")], cleared=[])))
    said = [paragraph.text for paragraph in document.paragraphs]
    assert said[0] == paper.title_cy
    assert said.index("1. Cytuno.") < said.index("1.\tUn trwm dolen.")
    assert "Awduron: Nia" in said
    assert "Y Gymraeg: Dim, oherwydd nid oes dim yn newid." in said
    assert document.core_properties.language == "cy-GB"
    assert {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))} == {"cy-GB"}


def test_a_file_of_the_other_language_is_put_beside_the_blocks(people, paper):
    rows = read_word(word_of(content_of(paper), "cy", authors=[], cleared=[])).blocks
    Block.objects.filter(paper=paper).update(text_cy="", cells_cy="")
    assert word_side(paper, rows, "cy", by=people.author) == 5
    assert paper.blocks.get(position=4).text_cy == "Cytuno."
    assert word_side(paper, rows, "cy", by=people.author) == 0
    with pytest.raises(Refused, match="Block 1 has a text in this language already"):
        word_side(paper, [{**rows[0], "text": "Other."}, *rows[1:]], "cy", by=people.author)
    with pytest.raises(Refused, match="has 5 blocks, the file has 4"):
        word_side(paper, rows[1:], "cy", by=people.author)
    with pytest.raises(Refused, match="Block 2: the paper has “Heading” there, the file “Paragraph”"):
        word_side(paper, [rows[0], rows[2], *rows[2:]], "cy", by=people.author)
    Block.objects.filter(paper=paper, position=5).update(cells_en="Name\nA")
    with pytest.raises(Refused, match="Block 5: the table has other rows"):
        word_side(paper, rows, "cy", by=people.author)


def test_a_file_is_refused_once_the_paper_moved_on(people, paper):
    Paper.objects.filter(pk=paper.pk).update(status="review")
    with pytest.raises(Refused, match="cannot be arranged"):
        word_append(paper, [], "en", by=people.author)


def upload(content, **said):
    return {"file": SimpleUploadedFile("paper.docx", content), "language": "en", "mode": "end", **said}


def test_a_file_is_looked_at_before_it_is_taken_in(people, browse, paper):
    client = browse(people.author)
    new, take = (reverse(f"board:{name}", kwargs={"slug": paper.slug}) for name in ("word_new", "word_take"))
    assert client.get(take).status_code == 404
    assert new in client.get(work_url(paper)).content.decode()
    assert "not a Word file" in client.post(new, upload(b"x")).content.decode()
    assert client.post(new, upload(files.footnotes()))["Location"] == take
    page = client.get(take).content.decode()
    assert "A footnote is left out: “From the report of 2021.”" in page
    assert "It was found." in page
    assert paper.blocks.count() == 5
    assert browse(people.secretary).get(take).status_code == 404
    client.post(take, {"take": "1"})
    assert paper.blocks.order_by("-position").first().text_en == "It was found."
    assert client.post(take, {"take": "1"})["Location"] == work_url(paper)
    assert paper.blocks.count() == 6
    client.post(new, upload(files.plain(), mode="side", language="cy"))
    assert "The title in the file is “Letters”" in client.get(take).content.decode()
    refused = client.post(take, {"take": "1"}, follow=True).content.decode()
    assert "cannot be put side by side" in refused
    client.post(take, {"leave": "1"})
    assert client.get(take).status_code == 404
    for user, status in ((people.clearer, 403), (people.stranger, 404), (None, 302)):
        assert browse(user).get(new).status_code == status


def test_who_may_take_a_paper_away_as_a_word_file(people, browse):
    paper = people.published()
    address = reverse("board:edition_word", kwargs={"slug": paper.slug, "number": 1})
    assert address in browse(None).get(paper.get_absolute_url()).content.decode()
    for url in (address, reverse("board:paper_word", kwargs={"slug": paper.slug})):
        answer = browse(None).get(url)
        assert answer["Content-Type"].startswith("application/vnd.openxmlformats")
        assert f'filename="{paper.slug_en}' in answer["Content-Disposition"]
        assert read_word(answer.content).blocks[0]["text"] == "One."
    draft = people.paper(("Draft.", "Drafft."))
    url = reverse("board:paper_word", kwargs={"slug": draft.slug})
    assert read_word(browse(people.author).get(url).content).blocks[0]["text"] == "Draft."
    welsh = browse(None).get(f"/cy/bwrdd/papurau/{paper.slug_cy}/word/")
    assert read_word(welsh.content).blocks[0]["text"] == "Un."
    assert browse(None).get(url).status_code == 404

"""How a paper is read: clean text, numbers and links that are the same in both languages, tables and figures."""

import pytest

from board.cells import is_rectangular, read_cells, same_shape, table_of, write_cells
from board.editions import content_of, numbered
from board.markup import block_html, inline_html
from board.models import BlockKind
from board.reading import credited, number_of, read
from tests.factories.board import BlockFactory, CreditFactory, PersonFactory, paper_with


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Plain.", '<p class="govuk-body">Plain.</p>'),
        ("**Bold** and *slanted*", '<p class="govuk-body"><strong>Bold</strong> and <em>slanted</em></p>'),
        ("a\n\nb", '<p class="govuk-body">a</p>\n<p class="govuk-body">b</p>'),
        (
            "- one\n- two",
            '<ul class="govuk-list govuk-list--bullet">\n<li>one</li>\n<li>two</li>\n</ul>',
        ),
        (
            "2. two\n3. three",
            '<ol start="2" class="govuk-list govuk-list--number">\n<li>two</li>\n<li>three</li>\n</ol>',
        ),
        ("<script>alert(1)</script>", '<p class="govuk-body">&lt;script&gt;alert(1)&lt;/script&gt;</p>'),
        ("# Not a heading", '<p class="govuk-body"># Not a heading</p>'),
        ("[x](javascript:alert(1))", '<p class="govuk-body">[x](javascript:alert(1))</p>'),
        ("![x](https://example.org/x.png)", None),
    ],
)
def test_markdown_within_a_block_is_clean_html(text, html):
    drawn = block_html(text)
    assert "<img" not in drawn
    assert html is None or drawn == html


def test_a_link_keeps_its_address():
    assert 'href="https://example.org/a"' in block_html("[words](https://example.org/a)")


def test_a_heading_is_one_line_of_text():
    assert inline_html("Two\nlines & **bold**") == "Two lines &amp; <strong>bold</strong>"


def test_cells_are_read_as_written():
    rows = [["Name", "Sum"], ["A | B", "£2"], ["", "3"]]
    assert read_cells(write_cells(rows)) == rows
    assert read_cells("| a | b |\n\n| 1 | 2 |") == [["a", "b"], ["1", "2"]]
    assert read_cells("ends with a bar \\|") == [["ends with a bar |"]]


def test_the_shape_of_tables():
    assert is_rectangular([["a", "b"], ["1", "2"]])
    assert not is_rectangular([["a", "b"]])
    assert not is_rectangular([["a", "b"], ["1"]])
    assert same_shape("a | b\n1 | 2", "c | d\n3 | 4")
    assert not same_shape("a | b\n1 | 2", "c | d")


def test_a_cell_that_one_language_lacks_is_empty_there():
    assert table_of("A | B\n1 | 2", "C") == {
        "columns": [{"en": "A", "cy": "C"}, {"en": "B", "cy": ""}],
        "rows": [[{"en": "1", "cy": ""}, {"en": "2", "cy": ""}]],
    }
    assert table_of("", "") == {"columns": [], "rows": []}


def test_each_kind_of_block_is_counted_by_itself():
    kinds = ["heading", "paragraph", "table", "paragraph", "recommendation", "figure", "heading", "table"]
    blocks = numbered([{"kind": kind} for kind in kinds])
    assert [block["anchor"] for block in blocks] == ["s1", "p1", "t1", "p2", "r1", "f1", "s2", "t2"]


@pytest.mark.django_db
def test_a_block_without_a_side_is_read_in_the_other_language_and_says_so():
    paper = paper_with(("Only English.", ""))
    shown = read(content_of(paper), "cy").blocks[0]
    assert (shown.lang, shown.html) == ("en", '<p class="govuk-body">Only English.</p>')
    assert read(content_of(paper), "en").blocks[0].lang == ""


@pytest.mark.django_db
def test_a_figure_is_a_chart_of_its_numbers_with_its_table():
    paper = paper_with(("One.", "Un."))
    cells = {
        "cells_en": "Council | Sum\nCardiff | £1,200\nNewport | none",
        "cells_cy": "Cyngor | Swm\nCaerdydd | £1,200\nCasnewydd | dim",
    }
    BlockFactory(paper=paper, kind=BlockKind.FIGURE, text_en="Sums", text_cy="Symiau", **cells)
    figure = read(content_of(paper), "cy").blocks[-1]
    assert figure.chart is not None
    assert list(figure.chart.labels) == ["Caerdydd", "Casnewydd"]
    assert list(figure.chart.series[0].values) == [1200, None]
    assert [[cell.html for cell in row] for row in figure.rows] == [["Caerdydd", "£1,200"], ["Casnewydd", "dim"]]


@pytest.mark.django_db
def test_a_column_of_numbers_is_marked_so_with_its_heading():
    paper = paper_with(("One.", "Un."))
    rows = "2021 | Calls | Note\n2022 | 1,200 | 5\n2023 | 96% | none"
    BlockFactory(paper=paper, kind=BlockKind.TABLE, cells_en=rows, cells_cy=rows)
    table = read(content_of(paper), "en").blocks[-1]
    assert [[cell.n for cell in line] for line in (table.columns, *table.rows)] == [[False, True, False]] * 3


@pytest.mark.django_db
def test_a_figure_without_numbers_is_its_table_alone():
    paper = paper_with(("One.", "Un."))
    cells = {"cells_en": "A | B\nx | y", "cells_cy": "A | B\nx | y"}
    BlockFactory(paper=paper, kind=BlockKind.FIGURE, **cells)
    assert read(content_of(paper), "en").blocks[-1].chart is None


@pytest.mark.parametrize(("text", "value"), [("1,200", 1200), ("£2.50", 2.5), ("12%", 12), ("none", None), ("", None)])
def test_numbers_in_cells(text, value):
    assert number_of(text) == value


@pytest.mark.django_db
def test_contents_and_recommendations():
    paper = paper_with(("One.", "Un."))
    BlockFactory(paper=paper, kind=BlockKind.HEADING, level=2, text_en="Part", text_cy="Rhan")
    BlockFactory(paper=paper, kind=BlockKind.RECOMMENDATION, text_en="Agree.", text_cy="Cytuno.")
    reading = read(content_of(paper), "en")
    assert [block.anchor for block in reading.contents] == ["s1"]
    assert [block.html for block in reading.recommendations] == ['<p class="govuk-body">Agree.</p>']


@pytest.mark.django_db
def test_people_are_named_by_their_ids_and_posts_by_their_words():
    credit = CreditFactory()
    paper = credit.paper
    named = PersonFactory(public_name="Jane Doe", style_en="Cllr", style_cy="Y Cyng.")
    CreditFactory(paper=paper, user=None, person=named)
    CreditFactory(paper=paper, user=None, post_en="Head", post_cy="Pennaeth")
    data = content_of(paper)
    assert [name.cy for name in credited(data, "authors")] == [str(credit.user), "Y Cyng. Jane Doe", "Pennaeth"]
    data["authors"].append({"user": 0})
    assert len(credited(data, "authors")) == 3
    assert credited(data, "cleared_by") == []

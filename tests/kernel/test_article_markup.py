"""Markdown as clean HTML: headings, tables, the article's own pictures, and nothing that runs."""

import pytest
from django.utils.safestring import SafeString

from wlga_portal.kernel.markup import article_html, picture_faults, plain


def drawn(number: int) -> SafeString:
    return SafeString(f"<p>picture {number}</p>")


def test_headings_begin_below_the_pages_own_and_skip_no_level():
    html = article_html("# One\n\n#### Deep\n\n###### Deeper\n\n## Two")
    assert [line[:4] for line in html.splitlines()] == ["<h2 ", "<h3 ", "<h4 ", "<h2 "]


@pytest.mark.parametrize(
    "text",
    [
        "<script>alert(1)</script>",
        "[x](javascript:alert(1))",
        "[x](data:text/html,hello)",
        '<img src="x" onerror="alert(1)">',
        "![x](https://elsewhere.example.org/track.png)",
    ],
)
def test_nothing_that_a_person_types_runs_or_leads_away(text):
    html = article_html(text, drawn)
    assert "<script" not in html
    assert "<img" not in html
    assert "href" not in html


def test_a_table_scrolls_by_itself_and_its_heads_are_of_columns():
    html = article_html("| a | b |\n|---|---|\n| 1 | 2 |")
    assert html.startswith('<div class="portal-scroll" tabindex="0" role="region" aria-label="Table"><table')
    assert html.count('<th scope="col"') == 2


def test_a_picture_on_a_line_of_its_own_is_drawn_and_no_other():
    html = article_html("![](picture:1)\n\nIn ![alt](picture:2) line\n\n- ![](picture:3)\n\n![](picture:4)", drawn)
    assert html.count("<p>picture ") == 2
    assert "<p>picture 1</p>" in html
    assert "<p>picture 4</p>" in html


def test_the_mark_of_a_pictures_place_cannot_be_typed():
    assert article_html("![](picture:1)\n\n\x020\x03", drawn).count("picture 1") == 1


def test_what_is_wrong_with_pictures_is_said_in_sentences():
    text = "![](picture:1)\n\nIn ![](picture:1) line\n\n![](picture:7)\n\n![](https://example.org/a.png)"
    assert picture_faults(text, {1}) == [
        "Put picture 1 on a line of its own.",
        "There is no picture 7.",
        "Only pictures that were added here can be shown, like ![](picture:1).",
    ]
    assert picture_faults("![](picture:1)\n\n## Words", {1}) == []


def test_a_plain_text_reads_as_it_stands():
    text = "# 1. *Not* [a](link) <b> & `code` - _x_ ![](picture:1) | ~"
    html = article_html(plain(text), drawn)
    assert "&lt;b&gt;" in html
    assert html.count("<") == 2  # one paragraph
    assert plain("two\n\nlines") == "two lines"

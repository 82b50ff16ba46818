"""PDF that a screen reader can read: tags, language, words; what cannot be printed; what is refused."""

import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from django.utils.translation import override
from pypdf import PdfReader

from wlga_portal.kernel.pdf import PdfProblem, render, render_pdf
from wlga_portal.kernel.pdf_blocks import readable

OUTLOUD = Path(sys.executable).parent / "outloud"
SQUARE = "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='40'><rect width='90' height='40'/></svg>"
PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645"
    "400000000049454e44ae426082"
)
BLOCKS = [
    {"type": "heading", "level": 1, "text": "Cefndir", "id": "background"},
    {
        "type": "paragraph",
        "number": "1.1",
        "text": [
            "Plain, ",
            {"text": "bold", "bold": True},
            {"text": " slanted", "italic": True},
            {"text": " English", "lang": "en"},
            {"text": " elsewhere", "link": "https://example.org/"},
            {"text": " below", "link": "#second"},
        ],
    },
    {"type": "heading", "level": 2, "text": "Ffigurau"},
    {"type": "paragraph", "text": "No number", "id": "second"},
    {
        "type": "table",
        "header": ["Cyngor", "Swm"],
        "rows": [["Torfaen", "£1"], ["Gwynedd", {"text": "£2", "bold": True}]],
        "align": ["left", "right"],
        "widths": [3, 1],
        "caption": "Sums",
    },
    {"type": "table", "header": ["One"], "rows": [["x"]]},
    {"type": "figure", "image": SQUARE, "format": "svg", "alt": "A dark square", "caption": "Square", "width": 40},
    {"type": "figure", "image": PNG, "format": "png", "alt": "A dot"},
    {"type": "list", "items": ["one", {"text": "two", "ordered": True, "items": ["inner"]}]},
    {"type": "recommendation", "number": "1", "text": "Agree the plan", "id": "r1"},
    {"type": "page_break"},
    {"type": "recommendation", "text": "Note the paper"},
]
DATA = {
    "title": "Adroddiad Blynyddol",
    "subtitle": "2021-22",
    "meta": [("Dyddiad", ["20 Medi ", {"text": "2022", "bold": True}])],
    "author": "CLlLC",
    "contents": True,
    "date": datetime(2022, 9, 20, tzinfo=UTC),
    "blocks": BLOCKS,
}


def paragraphs(*texts, **extra):
    return {"title": "T", "blocks": [{"type": "paragraph", "text": text} for text in texts], **extra}


def words_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).replace("\u00a0", " ")


def tags(element) -> Iterator[str]:
    """The names of the structure's elements, in reading order."""
    element = element.get_object()
    if isinstance(element, list):
        for kid in element:
            yield from tags(kid)
    elif isinstance(element, dict):
        if "/S" in element:
            yield element["/S"]
        if "/K" in element:
            yield from tags(element["/K"])


def elements(element, kind: str) -> Iterator:
    element = element.get_object()
    if isinstance(element, list):
        for kid in element:
            yield from elements(kid, kind)
    elif isinstance(element, dict):
        if element.get("/S") == kind:
            yield element
        if "/K" in element:
            yield from elements(element["/K"], kind)


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("large", [False, True], ids=["standard", "large"])
def test_every_kind_of_block_passes_the_check_of_pdf_ua_in_both_languages(tmp_path, language, large):
    path = tmp_path / "made.pdf"
    path.write_bytes(render_pdf("document.typ", DATA, language, large=large))

    done = subprocess.run([OUTLOUD, "--json", tmp_path / "report.json", path], capture_output=True, text=True)

    assert done.returncode == 0, done.stdout
    assert "0 error(s), 0 warning(s)" in done.stdout
    assert json.loads((tmp_path / "report.json").read_text())


def test_the_structure_holds_headings_table_lists_links_and_figures():
    tree = PdfReader(BytesIO(render_pdf("document.typ", DATA, "en"))).trailer["/Root"]["/StructTreeRoot"]
    count = Counter(tags(tree))

    assert {tag: count[tag] for tag in ("/H2", "/Table", "/THead", "/TH", "/TD", "/L", "/LI", "/Figure", "/TOC")} == {
        "/H2": 1, "/Table": 2, "/THead": 2, "/TH": 3, "/TD": 5, "/L": 2, "/LI": 3, "/Figure": 2, "/TOC": 2,
    }  # fmt: skip
    assert count["/H1"] == 2  # the contents and the one chapter
    assert count["/Link"] == 4  # two of the contents, one inside, one outside
    assert [figure["/Alt"] for figure in elements(tree, "/Figure")] == ["A dark square", "A dot"]
    assert {head["/A"][0]["/Scope"] for head in elements(tree, "/TH")} == {"/Column"}


def test_title_language_and_the_language_of_a_part_are_in_the_file():
    reader = PdfReader(BytesIO(render_pdf("document.typ", DATA, "cy")))
    root = reader.trailer["/Root"]

    assert root["/Lang"] == "cy-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == "Adroddiad Blynyddol"
    assert reader.metadata.author == "CLlLC"
    assert b"/Lang(en-GB)" in reader.pages[0].get_contents().get_data()


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", ["Page 1 of 2", "Contents", "Recommendation 1", "Table 1", "Figure 1"]),
        ("cy", ["Tudalen 1 o 2", "Cynnwys", "Argymhelliad 1", "Tabl 1", "Ffigur 1"]),
    ],
)
def test_the_words_of_the_template_are_in_the_language_of_the_document(language, words):
    with override("en" if language == "cy" else "cy"):
        text = words_of(render_pdf("document.typ", DATA, language))

    for word in words:
        assert word in text


def test_large_print_is_eighteen_point_and_takes_more_pages():
    data = paragraphs("word " * 900)
    standard, large = (PdfReader(BytesIO(render_pdf("document.typ", data, "en", large=size))) for size in (False, True))

    assert len(large.pages) > len(standard.pages)
    assert b" 18 Tf" in large.pages[0].get_contents().get_data()


def test_what_people_type_is_never_source_of_the_template():
    typed = '#panic("x") *bold* $x^2$ = heading \\u{41} <label> @cite // comment #import "a"'

    assert typed in words_of(render_pdf("document.typ", paragraphs(typed), "en")).replace("\n", " ")


def test_welsh_letters_and_common_signs_are_printed():
    rendered = render("document.typ", paragraphs("ŵ ŷ Ŵ Ŷ â ê î ô û ï £ € – “ ” ’ → ✓ ½ №"), "cy")

    assert rendered.unprintable == ()


def test_a_character_that_no_font_has_is_printed_as_its_code_and_listed():
    rendered = render("document.typ", paragraphs("Da iawn 😀 中 a\u0007b"), "en")

    text = words_of(rendered.pdf)
    assert rendered.unprintable == ("\u0007", "中", "😀")
    assert "Da iawn [U+1F600] [U+4E2D] a[U+0007]b" in text
    assert "U+1F600 GRINNING FACE" in text
    assert "could not be printed" in text


def test_a_mark_that_fits_no_letter_is_coded_and_the_letter_kept():
    rendered = render("document.typ", paragraphs("x\u20dd and x"), "en")

    assert rendered.unprintable == ("\u20dd",)
    assert "x[U+20DD] and x" in words_of(rendered.pdf)


def test_the_same_dated_data_gives_the_same_bytes():
    assert render_pdf("document.typ", DATA, "cy") == render_pdf("document.typ", DATA, "cy")


def heading(level, text="H", **extra):
    return {"type": "heading", "level": level, "text": text, **extra}


@pytest.mark.parametrize(
    ("blocks", "sentence"),
    [
        ([heading(2)], "The first heading, “H”, is at level 2; it must be at level 1."),
        (
            [heading(1), heading(3, "Deep")],
            "The heading “Deep” is at level 3 but follows level 1: leave no level out.",
        ),
        (
            [{"type": "figure", "image": SQUARE, "format": "svg", "alt": " ", "caption": "Map"}],
            "The figure “Map” needs a text that says what it shows.",
        ),
        (
            [{"type": "figure", "image": b"GIF89a", "format": "png", "alt": "a"}],
            "The picture of the figure “1” cannot be read.",
        ),
        ([{"type": "table", "header": ["A", ""], "rows": []}], "The table “A” needs a header for each of its columns."),
        ([{"type": "table", "rows": []}], "The table “” needs a header for each of its columns."),
        (
            [{"type": "table", "header": ["A"], "rows": [["1", "2"]]}],
            "The table “A” has a row with more or fewer cells than its header.",
        ),
        (
            [{"type": "paragraph", "text": {"text": "x", "link": "javascript:alert(1)"}}],
            "The link “javascript:alert(1)” is not a web, mail or telephone address.",
        ),
        (
            [{"type": "paragraph", "text": {"text": "x", "link": "#gone"}}],
            "A link leads to “#gone”, which is not in the document.",
        ),
        ([heading(1, id="a"), heading(1, id="a")], "Two parts of the document share the anchor “a”."),
    ],
)
def test_what_would_break_the_document_is_refused_with_a_sentence(blocks, sentence):
    with override("en"), pytest.raises(PdfProblem) as refused:
        render_pdf("document.typ", {"title": "T", "blocks": blocks}, "en")

    assert refused.value.sentences == [sentence]


def test_all_problems_are_told_at_once_in_the_language_of_the_person():
    with override("cy"), pytest.raises(PdfProblem) as refused:
        render_pdf("document.typ", {"title": " ", "blocks": [heading(2)]}, "en")

    assert len(refused.value.sentences) == 2
    assert refused.value.sentences[0] == "Rhaid i’r ddogfen gael teitl."


def test_a_picture_that_typst_cannot_read_is_a_problem_and_not_a_crash():
    broken = {"type": "figure", "image": PNG[:30], "format": "png", "alt": "a"}

    with override("en"), pytest.raises(PdfProblem, match="The document could not be made"):
        render_pdf("document.typ", {"title": "T", "blocks": [broken]}, "en")


def test_an_unknown_block_or_picture_is_a_mistake_of_the_caller():
    with pytest.raises(ValueError, match="'poem'"):
        render_pdf("document.typ", {"title": "T", "blocks": [{"type": "poem"}]}, "en")
    with pytest.raises(ValueError, match="'gif'"):
        readable(b"GIF89a", "gif")


@pytest.mark.parametrize(
    ("content", "form", "expected"),
    [
        (PNG, "png", True),
        (PNG[:16] + b"\xff" * 8, "png", False),
        (b"\xff\xd8\xff\xe0", "jpg", True),
        (SQUARE.encode(), "svg", True),
        (b"<html/>", "svg", False),
        (b"<svg", "svg", False),
        (b"<!DOCTYPE x [<!ENTITY a 'b'>]><svg xmlns='http://www.w3.org/2000/svg'>&a;</svg>", "svg", False),
    ],
)
def test_a_picture_is_what_it_says_and_of_a_sane_size(content, form, expected):
    assert readable(content, form) is expected


def test_five_hundred_pages_take_less_than_ten_seconds():
    chapter = [
        heading(1, "A chapter"),
        {"type": "paragraph", "number": "1.1", "text": "words of the paper and more words " * 70},
        {"type": "table", "header": ["A", "B"], "rows": [["x", "1"]] * 6},
    ]
    began = time.monotonic()

    pdf = render_pdf("document.typ", {"title": "Pack", "contents": True, "blocks": chapter * 700}, "en")

    assert len(PdfReader(BytesIO(pdf)).pages) >= 500
    assert time.monotonic() - began < 10

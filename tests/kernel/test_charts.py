"""Charts and tile maps: what they say, draw and refuse."""

import re
from xml.etree import ElementTree

import pytest
from django.template import Context, Template
from django.utils.translation import override

from wlga_portal.kernel import charts, svg
from wlga_portal.kernel.charts import Series, bars, grouped_bars, lines, shares
from wlga_portal.kernel.tilemap import SHADES, Tile, TileMap
from wlga_portal.kernel.wording import pounds

SVG = "{http://www.w3.org/2000/svg}"
PAIRS = [("Data", 12), ("Planning & roads", 5), ("Unknown", None), ("None yet", 0)]
YEARS = ["2021-22", "2022-23", "2023-24", "2024-25", "2025-26"]
TILES = [
    Tile("TOR", "Torfaen", "/en/councils/torfaen/", 5, 5, 8),
    Tile("CRF", "Cardiff", "/en/councils/cardiff/", 4, 6, 3, note="demonstration"),
    Tile("GWN", "Gwynedd", "/en/councils/gwynedd/", 2, 2, 0),
    Tile("POW", "Powys", "/en/councils/powys/", 3, 3, None),
]


def parsed(drawn: str) -> ElementTree.Element:
    return ElementTree.fromstring(drawn)


def words(drawn: str) -> list[str]:
    return [element.text or "" for element in parsed(drawn).iter(f"{SVG}text")]


def every_chart() -> list[charts.Chart]:
    return [
        bars("Bids", PAIRS),
        grouped_bars(
            "Target and actual", ["Officers", "Discoveries"], [Series("Target", [250, 5]), Series("Actual", [1, 5])]
        ),
        lines(
            "Learning", YEARS, [Series("Bookings", [1, 2, None, 4, 5]), Series("People", [1, 1, 1, 2, 2])], area=True
        ),
        lines("One year", ["2021-22"], [Series("Bookings", [3])]),
        lines("No year", [], [Series("Bookings", [])]),
        shares("Confidence", YEARS[:2], [Series(str(number), [number, None]) for number in range(7)]),
    ]


@pytest.mark.parametrize("chart", every_chart(), ids=lambda chart: chart.title)
def test_a_chart_is_one_image_with_a_title_and_a_sentence_and_no_style_or_script(chart):
    root = parsed(chart.svg)

    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == f"{chart.id}-title {chart.id}-desc"
    assert (root[0].text, root[1].text) == (chart.title, chart.sentence)
    for element in root.iter():
        assert element.tag not in {f"{SVG}style", f"{SVG}script"}
        assert not {"style", "class"} & set(element.attrib)
        assert not [name for name in element.attrib if name.startswith("on")]


def test_bars_are_as_long_as_their_values_and_the_unpublished_draws_none():
    drawn = parsed(bars("Bids", PAIRS).svg)

    widths = [element.get("width") for element in drawn.iter(f"{SVG}rect") if element.get("width", "").endswith("%")]
    assert widths == ["68%", "28.33%"]
    assert words(bars("Bids", PAIRS).svg) == [
        "Data", "12", "Planning & roads", "5", "Unknown", "not published", "None yet", "0",
    ]  # fmt: skip


def test_values_are_written_as_the_caller_says_in_the_language_of_the_page():
    chart = bars("Awards", [("Torfaen", 100_000_00), ("Gwynedd", None)], say=pounds, value_label="Award")

    assert "£100,000" in words(chart.svg)
    with override("cy"):
        assert "heb ei gyhoeddi" in words(chart.svg)
        assert chart.rows == [("Torfaen", ["£100,000"]), ("Gwynedd", ["heb ei gyhoeddi"])]


def test_each_series_has_a_look_of_its_own_in_colour_and_in_pattern():
    drawn = parsed(grouped_bars("G", ["a"], [Series(str(n), [1]) for n in range(svg.LOOKS)]).svg)

    looks = [ElementTree.tostring(pattern) for pattern in drawn.iter(f"{SVG}pattern")]
    assert len(looks) == svg.LOOKS
    drawn_with = {rect.get("fill") for rect in drawn.iter(f"{SVG}rect") if rect.get("fill", "").startswith("url")}
    assert len(drawn_with) == svg.LOOKS
    assert len(set(svg.PATTERNS)) == len(set(svg.COLOURS)) == len(set(svg.DASHES)) == svg.LOOKS


def test_a_line_breaks_where_nothing_is_published():
    drawn = parsed(lines("L", YEARS, [Series("S", [1, 2, None, 4, 5])]).svg)
    alone = parsed(lines("L", YEARS, [Series("S", [1, None, 3, None, 5])]).svg)

    assert len(list(drawn.iter(f"{SVG}polyline"))) == 2
    assert list(alone.iter(f"{SVG}polyline")) == []
    assert len([part for part in alone.iter(f"{SVG}svg") if part.get("overflow")]) == 3  # a marker for each value


def test_the_lines_across_stand_at_round_values_and_times_fit_a_narrow_screen():
    said = words(lines("L", YEARS, [Series("S", [0, 620, 1, 1, 1])]).svg)

    assert said == ["0", "200", "400", "600", "800", "2021-22", "2023-24", "2025-26"]
    assert words(lines("L", YEARS[:2], [Series("S", [0.2, 0.55])]).svg) == [
        "0",
        "0.2",
        "0.4",
        "0.6",
        "2021-22",
        "2022-23",
    ]
    assert words(lines("L", [], [Series("S", [])]).svg)[-1] == "Nothing is published yet."


def test_parts_of_a_whole_fill_the_width_and_large_ones_are_numbered():
    drawn = shares(
        "S", ["All"], [Series("Green", [5]), Series("Amber", [4]), Series("Red", [1]), Series("Grey", [0])]
    ).svg

    widths = [rect.get("width") for rect in parsed(drawn).iter(f"{SVG}rect") if rect.get("width", "").endswith("%")]
    assert widths == ["50%", "40%", "10%"]
    assert words(drawn) == ["Green", "Amber", "Red", "Grey", "All", "5", "4"]
    assert words(shares("S", ["All"], [Series("A", [0]), Series("B", [0])]).svg)[-1] == "0"
    assert words(shares("S", ["All"], [Series("A", [None]), Series("B", [None])]).svg)[-1] == "not published"


@pytest.mark.parametrize(
    ("chart", "sentence"),
    [
        (bars("B", PAIRS, value_label="Bids"), "Bids: highest for Data (12), lowest for None yet (0)."),
        (bars("B", [("A", 3), ("B", 3)], value_label="Bids"), "Bids: 3 each."),
        (bars("B", [("A", 3), ("B", None)]), "A: 3."),
        (bars("B", [("A", None)]), "Nothing is published yet."),
        (grouped_bars("G", [], []), "Nothing is published yet."),
        (bars("B", PAIRS, sentence="Twelve bids ask for data."), "Twelve bids ask for data."),
        (
            lines("L", YEARS, [Series("Bookings", [1, 2, None, 4, 1500])]),
            "Bookings: 1 at the start (2021-22), 1,500 at the end (2025-26).",
        ),
        (
            shares("S", ["a", "b"], [Series("Green", [3, 2]), Series("Red", [1, None])]),
            "The largest part is “Green”: 5 of 6 (83%).",
        ),
        (shares("S", ["a"], [Series("Green", [0])]), "Nothing is published yet."),
    ],
)
def test_a_chart_says_in_a_sentence_what_it_shows(chart, sentence):
    with override("en"):
        assert chart.sentence == sentence


def test_the_sentence_is_in_the_language_of_the_page():
    with override("cy"):
        assert bars("B", PAIRS, value_label="Ceisiadau").sentence == (
            "Ceisiadau: uchaf ar gyfer Data (12), isaf ar gyfer None yet (0)."
        )


def test_a_series_must_have_a_value_for_each_label():
    with pytest.raises(ValueError, match="one value for each label"):
        lines("L", YEARS, [Series("S", [1])])


def test_the_page_holds_sentence_picture_table_and_csv_link():
    chart = bars(
        "Bids & <more>", PAIRS, value_label="Bids", csv_url="/en/fund/bids.csv", note="Draft bids are not counted."
    )

    html = Template("{% load charts %}{% chart chart %}").render(Context({"chart": chart}))

    assert html.count("<svg") == 1
    assert "Bids &amp; &lt;more&gt;" in html
    assert "<more>" not in html
    assert '<th scope="row">Planning &amp; roads</th><td class="n">5</td>' in html
    assert '<td class="n">not published</td>' in html
    assert 'href="/en/fund/bids.csv"' in html
    assert "Draft bids are not counted." in html
    assert " style=" not in html
    ids = re.findall(r' id="([^"]+)"', html)
    assert len(ids) == len(set(ids))


def test_an_empty_chart_is_a_sentence_only():
    html = Template("{% load charts %}{% chart chart %}").render(Context({"chart": bars("Bids", [])}))

    assert "Nothing is published yet." in html
    assert "<svg" not in html


def test_the_figures_as_data_leave_the_unpublished_empty():
    assert list(bars("B", PAIRS[1:], value_label="Bids", header="Topic").csv_rows()) == [
        ["Topic", "Bids"], ["Planning & roads", 5], ["Unknown", None], ["None yet", 0],
    ]  # fmt: skip


# --- Tile maps ------------------------------------------------------------------------------------
def test_each_tile_is_a_link_with_a_name_and_a_value_in_reading_order():
    drawn = parsed(TileMap("Bids", TILES, value_label="Bids").svg)

    links = [(link.get("href"), link.get("aria-label")) for link in drawn.iter(f"{SVG}a")]
    assert links == [
        ("/en/councils/gwynedd/", "GWN 0, Gwynedd"),
        ("/en/councils/powys/", "POW not published, Powys"),
        ("/en/councils/torfaen/", "TOR 8, Torfaen"),
        ("/en/councils/cardiff/", "CRF 3, Cardiff"),
    ]
    assert drawn.get("role") == "group"  # an image would hide its links


def test_a_value_is_told_by_text_and_by_shade():
    tile_map = TileMap("Bids", TILES, value_label="Bids")
    drawn = parsed(tile_map.svg)

    seen = [[part.get("fill") for part in link] for link in drawn.iter(f"{SVG}a")]
    assert [(fills[0], fills[1]) for fills in seen] == [SHADES[0], SHADES[0], SHADES[4], SHADES[2]]
    assert [link[2].text for link in drawn.iter(f"{SVG}a")] == ["0", "–", "8", "3"]
    assert tile_map.unknown


def test_no_two_tiles_overlap_and_each_is_a_target_of_44_px_on_a_screen_of_320():
    drawn = parsed(TileMap("Bids", TILES, value_label="Bids").svg)

    boxes = [{key: float(rect.get(key)) for key in ("x", "y", "width", "height")} for rect in drawn.iter(f"{SVG}rect")]
    for number, one in enumerate(boxes):
        for other in boxes[number + 1 :]:
            apart = abs(one["x"] - other["x"]) >= one["width"] or abs(one["y"] - other["y"]) >= one["height"]
            assert apart
    scale = (320 - 2 * 15 - 2 * 8) / float(drawn.get("viewBox").split()[2])
    assert all(box["width"] * scale >= 44 for box in boxes)


@pytest.mark.parametrize(
    ("tiles", "message"),
    [([TILES[0], TILES[0]], "same place"), ([Tile("A", "A", "/", 0, 1)], "count from 1")],
)
def test_tiles_that_would_cover_each_other_are_refused(tiles, message):
    with pytest.raises(ValueError, match=message):
        TileMap("M", tiles)


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([8, 3], "Bids: highest for Torfaen (8)."),
        ([0, 0], "Bids: 0 everywhere."),
        ([None, None], "Nothing is published yet."),
    ],
)
def test_a_map_says_in_a_sentence_what_it_shows(values, sentence):
    tiles = [
        Tile("A", name, "/", place, 1, value)
        for place, (name, value) in enumerate(zip(("Torfaen", "Powys"), values, strict=True), 1)
    ]

    with override("en"):
        assert TileMap("M", tiles, value_label="Bids").sentence == sentence
        assert TileMap("M", tiles, value_label="Bids", stated="As stated.").sentence == "As stated."


def test_a_map_without_values_shows_names_only():
    drawn = TileMap("Councils", TILES)

    assert words(drawn.svg) == ["GWN", "POW", "TOR", "CRF"]
    assert drawn.sentence == ""
    assert not drawn.unknown
    assert 'aria-label="TOR, Torfaen"' in drawn.svg


def test_a_long_value_is_written_smaller():
    link = parsed(TileMap("M", [Tile("A", "A", "/", 1, 1, 1_234_567)], value_label="£").svg).find(f"{SVG}a")

    assert (link[2].text, link[2].get("font-size")) == ("1,234,567", "10")


def test_the_page_holds_the_map_and_the_same_as_a_list():
    tile_map = TileMap("Bids", TILES, value_label="Bids", csv_url="/en/bids.csv")

    html = Template("{% load charts %}{% tile_map map %}").render(Context({"map": tile_map}))

    assert '<li><a class="govuk-link portal-target" href="/en/councils/torfaen/">Torfaen</a>: 8</li>' in html
    assert "Cardiff</a>: 3 (demonstration)</li>" in html
    assert "A dash on the map: not published." in html
    assert 'href="/en/bids.csv"' in html
    assert list(tile_map.csv_rows()) == [
        ["Council", "Bids"],
        ["Torfaen", 8],
        ["Cardiff", 3],
        ["Gwynedd", 0],
        ["Powys", None],
    ]

"""The update of 28 October 2022: only what the source states, in both languages."""

import datetime
import re
from typing import Any

from tests.programme.facts_reading import load, pairs, rows

UPDATE = load("update_2022_10_28")
BLOCKS: list[dict[str, Any]] = UPDATE["blocks"]
# Every number that the update may hold; each stands in the facts as the update's own, or counts what the facts list.
NUMBERS = {
    "28", "20", "2022", "3", "2021-22", "2022-23", "2021-23", "2020-21", "2020", "2021", "2018", "1", "22", "10",
    "790,000", "8", "5", "4", "2", "100", "250", "400", "18", "1,000,000",
    *(f"17.{number}" for number in range(1, 9)),
}  # fmt: skip


def texts(language: str) -> list[str]:
    return [en if language == "en" else cy for _, en, cy in pairs("update_2022_10_28")]


def table(caption: str) -> list[list[str]]:
    (found,) = [block for block in BLOCKS if block["kind"] == "table" and block["caption"]["en"] == caption]
    assert all(len(row) == len(found["columns"]) for row in found["rows"])
    return [[cell["en"] for cell in row] for row in found["rows"]]


def test_it_is_a_report_about_the_board_to_the_members() -> None:
    assert UPDATE["date"] == datetime.date(2022, 10, 28)
    assert UPDATE["audience"]["en"] == "WLGA members"
    authors = [author["en"] for author in UPDATE["authors"]]
    assert authors == ["Head of Policy", "Local Government Chief Digital Officer"]
    assert [person["name"] for person in UPDATE["cleared_by"]] == ["Jane Mudd", "Neil Prior"]
    kinds = [block["kind"] for block in BLOCKS]
    assert set(kinds) == {"heading", "paragraph", "table", "recommendation"}
    assert 30 <= kinds.count("paragraph") <= 45
    assert kinds[-1] == "recommendation"
    assert BLOCKS[-1]["text"] == {
        "en": "Members are asked to note the paper.", "cy": "Gofynnir i'r aelodau nodi'r papur.",
    }  # fmt: skip


def test_every_number_stands_in_the_facts() -> None:
    for language in ("en", "cy"):
        found = {number for text in texts(language) for number in re.findall(r"\d[\d,.-]*\d|\d", text)}
        assert found <= NUMBERS
        assert {"790,000", "1,000,000", "250", "400", "100"} <= found


def test_nothing_inferred_is_said() -> None:
    english = texts("en")
    # That Jane Mudd chairs the board is our reading: the update names her only as one who cleared it.
    assert [text for text in english if "Jane Mudd" in text] == [BLOCKS[3]["text"]["en"]]
    assert "Chair" not in BLOCKS[3]["text"]["en"]
    assert [row[0] for row in table("People on the board")] == [
        "Cllr Neil Prior", "Cllr Chris Weaver", "Cllr Gill German", "Cllr Clive Griffiths", "Paul Matthews", "Huw Ynyr",
    ]  # fmt: skip
    # That Merthyr Tydfil is a partner of the food poverty project is our reading: the council stands in a bid alone.
    assert [text for text in english if "Merthyr Tydfil" in text] == [table("The bids that have progressed")[1][2]]
    # The topic of the second bid is our reading.
    assert table("The bids that have progressed")[1][1] == "not published"
    # SOLACE and the Heads of IT Network as partners are our reading: they stand in the roles of two people alone.
    assert [text for text in english if "SOLACE" in text or "Heads of IT" in text] == [
        "SOLACE digital lead", "Chair of the Heads of IT Network",
    ]  # fmt: skip
    # How the round ran comes from another source.
    assert not [text for text in english if "statement" in text or "shortlist" in text or "spreadsheet" in text]


def test_its_tables_agree_with_the_facts() -> None:
    deliverables = load("projects")["plans"][0]["deliverables"]
    found = table("The deliverables of 2021-22")
    for row, fact in zip(found, deliverables, strict=True):
        unit = fact["unit"]["en"] if fact["unit"] else ""
        for cell, count in zip(row[1:3], (fact["target"], fact["actual"]), strict=True):
            assert cell == ("not published" if count is None else f"{count} {unit}")
        assert (row[0], row[3]) == (fact["title"]["en"], fact["outcome"].replace("_", " "))
    plan = [project for project in load("projects")["projects"] if project["plan"] == "2022-23"]
    assert [row[:2] for row in table("The projects of 2022-23")] == [
        [project["title"]["en"], project["printed_ref"]] for project in plan
    ]
    names = {row["slug_en"]: row["name_en"] for row in rows("councils.csv")}
    assert [row[2] for row in table("The bids that have progressed")] == [
        ", ".join(names[council] for council in bid["councils"]) for bid in load("fund")["bids"]
    ]


def test_its_councils_are_named_alike_in_both_languages() -> None:
    names = {row["name_en"]: row["name_cy"] for row in rows("councils.csv")}
    for block in BLOCKS:
        if block["kind"] == "table" and block["columns"][-1]["en"] in {"Council", "Councils"}:
            for *_, cell in block["rows"]:
                assert [names[name] for name in cell["en"].split(", ")] == cell["cy"].split(", ")


def test_what_is_not_published_is_said_in_words() -> None:
    said = " ".join(texts("en"))
    for sentence in (
        "Their titles, amounts, lead councils and decisions are not published.", "The amount is not published.",
        "The number trained is not published.", "What it proposes is not published.",
        "The papers of that meeting, its attendance, its times and its outcomes are not published.",
    ):  # fmt: skip
        assert sentence in said

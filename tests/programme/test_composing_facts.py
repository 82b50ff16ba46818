"""The update of 28 October 2022, composed from the loaded facts and held against the facts themselves."""

import datetime
import re
import time
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from board.cells import read_cells
from board.models import Board
from programme.composing import compose
from programme.composing.period import Period
from programme.composing.writing import NONE, Composed
from tests.programme.facts_reading import load, rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
STARTS, ENDS = datetime.date(2022, 4, 1), datetime.date(2022, 10, 28)
BOARD, PROJECTS, FUND, TRAINING = load("board"), load("projects"), load("fund"), load("training")
BODIES = {one["slug_en"]: one for one in load("organisations")["organisations"]}
COUNCILS = {row["slug_en"]: row for row in rows("councils.csv")}


@pytest.fixture
def composed() -> list[Composed]:
    return compose.update(Period(Board.objects.get(is_demo=False), STARTS, ENDS))


def said(blocks: list[Composed], language: str) -> str:
    texts = [f"{getattr(block.text, language)}\n{getattr(block.cells, language)}" for block in blocks]
    return "\n".join(texts).replace("\\", "")


def table(blocks: list[Composed], caption: str, language: str = "en") -> list[list[str]]:
    (found,) = [block for block in blocks if block.kind == "table" and block.text.en == caption]
    return read_cells(getattr(found.cells, language))[1:]


def test_nothing_that_the_facts_state_is_missing(composed: list[Composed]) -> None:
    for language in ("en", "cy"):
        text = said(composed, language)
        assert [fact for fact in stated(language) if bare(fact) not in text] == []


def bare(text: str) -> str:
    return " ".join(text.split()).removesuffix(".")


def stated(language: str) -> list[str]:
    """Every text of the facts that the update states, in one language."""
    found: list[Any] = [BOARD["board"]["name"], *BOARD["board"]["remit"]]
    for seat in BOARD["seats"]:
        if not seat["inferred"]:
            found += [seat["role"], seat["name"]]
    for meeting in BOARD["meetings"]:
        found += [item["title"] for item in meeting["items"]]
    found += [one["title"] for one in BOARD["also_considered"]]
    office = PROJECTS["office"]
    post = office["chief_digital_officer"]
    found += [office["team_size_note"], office["note"], office["working_in_the_open"], BODIES["wlga"]["short_name"]]
    found += [post[name] for name in (
        "title", "set_up_as", "confirmed_permanent_by", "funding_before", "funding_after",
    )]  # fmt: skip
    strategy = PROJECTS["strategy"]
    found += [strategy["title"], strategy["approved_by"], strategy["theme_named"]]
    for plan in PROJECTS["plans"]:
        found += [plan[name] for name in ("status", "funding_note", "overall") if plan[name]]
        for one in plan["deliverables"]:
            found += [one["title"], *([one["note"]] if one["note"] else [])]
    for project in PROJECTS["projects"]:
        found += [project["title"], *(project[name] for name in ("aim", "note", "then") if project[name])]
        found += [project["printed_ref"]] if project["printed_ref"] else []
    fund, round_ = FUND["fund"], FUND["round"]
    found += [fund["previously_managed_by"], fund["known_pain"], fund["support"], str(fund["created_year"])]
    found += [round_["title"], round_["run_as"], round_["applications"], *(topic["title"] for topic in FUND["topics"])]
    for bid in FUND["bids"]:
        found += [bid[name] for name in ("problem", "proposal") if bid[name]]
        found += [BODIES[slug]["name"] for slug in [*bid["other_partners"], *bid["possible_partners"]]]
    found += [stream["title"] for stream in TRAINING["streams"]]
    found += [one["note"] for one in TRAINING["stated_totals"]]
    found += [body["name"] for body in BODIES.values() if body["programme_partner"] == "stated"]
    return [fact[language] if isinstance(fact, dict) else fact for fact in found]


def test_every_date_and_sum_of_the_facts_is_there_in_both_languages(composed: list[Composed]) -> None:
    dates = {
        "en": ["20 September 2022", "October 2020", "1 April 2022", "September 2021", "20 January 2022"],
        "cy": ["20 Medi 2022", "Hydref 2020", "1 Ebrill 2022", "Medi 2021", "20 Ionawr 2022"],
    }
    for language, expected in dates.items():
        text = said(composed, language)
        assert [one for one in [*expected, "£790,000", "£1,000,000", "2020-21"] if one not in text] == []
    assert "over 400" in said(composed, "en")
    assert "dros 400" in said(composed, "cy")


def test_the_deliverables_are_those_of_the_facts_figure_by_figure(composed: list[Composed]) -> None:
    outcome = {"met": "Met", "not_met": "Not met"}
    expected = [
        [
            one["title"]["en"],
            *(NONE.en if one[side] is None else f"{one[side]} {one['unit']['en']}" for side in ("target", "actual")),
            outcome[one["outcome"]],
        ]
        for one in PROJECTS["plans"][0]["deliverables"]
    ]
    assert table(composed, "The deliverables of 2021-22") == expected
    assert table(composed, "The deliverables of 2021-22", "cy")[5][1:] == ["4 rôl", "2 rôl", "Ni chyflawnwyd"]
    assert "The plan lists 8 deliverables. Met: 7. Not met: 1." in said(composed, "en")
    assert "Mae’r cynllun yn rhestru 8 peth i'w cyflawni. Cyflawnwyd: 7. Ni chyflawnwyd: 1." in said(composed, "cy")


def test_the_plan_has_its_eight_projects_and_no_confidence_that_nobody_stated(composed: list[Composed]) -> None:
    phases = {None: NONE.en, "discovery": "Discovery"}
    expected = [
        [one["title"]["en"], one["printed_ref"], one["aim"]["en"], phases[one["phase"]], NONE.en, NONE.en]
        for one in PROJECTS["projects"]
        if one["plan"] == "2022-23"
    ]
    assert table(composed, "The projects of the plan") == expected
    assert len(expected) == 8
    assert "Start a Career in Local Government Digital. Duration: 18 months." in said(composed, "en")
    assert "It comes from: Life Events and Service Blueprints." in said(composed, "en")
    assert "The amount of the funding: not published." in said(composed, "en")
    assert "Swm y cyllid: heb ei gyhoeddi." in said(composed, "cy")


def test_the_fund_has_its_five_bids_with_their_councils_and_no_inferred_topic(composed: list[Composed]) -> None:
    topics = {topic["slug"]["en"]: topic["title"]["en"] for topic in FUND["topics"]}
    found = table(composed, "The bids that progressed")
    for number, (row, bid) in enumerate(zip(found, FUND["bids"], strict=True), 1):
        names = [COUNCILS[slug]["name_en"] for slug in bid["councils"]]
        councils = f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else names[0]
        topic = NONE.en if bid["topic_inferred"] else topics[bid["topic"]]
        assert row == [f"Bid {number}", NONE.en, topic, councils, NONE.en, NONE.en]
    assert table(composed, "The bids that progressed", "cy")[2][3] == (
        "Torfaen, Sir Fynwy, Blaenau Gwent, Caerffili a Chasnewydd"
    )
    assert "Bids that progressed: 5 bids." in said(composed, "en")
    assert "Ceisiadau a symudodd ymlaen: 5 cais." in said(composed, "cy")


def test_what_the_facts_do_not_say_reads_not_published(composed: list[Composed]) -> None:
    text = said(composed, "en")
    for sentence in (
        "Papers: not published. Present: not published. Times: not published. Outcomes: not published.",
        "The date: not published.", "Agreed on: not published.", "The proposal: not published.",
        "officers trained: not published; learning opportunities: over 400; councils: not published.",
    ):  # fmt: skip
        assert sentence in text
    assert all(row[3] == NONE.en for row in table(composed, "People on the board"))


def test_nothing_inferred_is_said(composed: list[Composed]) -> None:
    text = said(composed, "en")
    assert "Jane Mudd" not in text
    assert [row[0] for row in table(composed, "People on the board")] == [
        "Cllr Neil Prior", "Cllr Chris Weaver", "Cllr Gill German", "Cllr Clive Griffiths", "Paul Matthews", "Huw Ynyr",
    ]  # fmt: skip
    assert [line for line in text.splitlines() if "Merthyr Tydfil" in line] == [
        line for line in text.splitlines() if line.startswith("Bid 2 |")
    ]
    partners = next(line for line in text.splitlines() if line.startswith("The partners of the programme"))
    assert "SOLACE" not in partners
    assert "Heads of IT" not in partners
    # how the round ran comes from another source
    assert "Shortlisted" not in text


def test_nothing_is_invented(composed: list[Composed]) -> None:
    """Every number of the text is one of the facts, or counts what the facts list."""
    facts = "\n".join(str(one) for one in (BOARD, PROJECTS, FUND, TRAINING))
    in_facts = set(re.findall(r"\d+", facts)) | {"790", "000"}
    counts = {
        "3",
        "4",
        "5",
        "7",
        "8",
        "0",
        "1",
    }  # items, topics, bids and discoveries, met, deliverables, changed, missed
    numbers = set(re.findall(r"\d+", said(composed, "en")))
    assert numbers - in_facts - counts == set()
    assert "demonstration" not in said(composed, "en").lower()


def test_every_value_has_its_source_and_both_languages_the_same_number_of_values(composed: list[Composed]) -> None:
    values = [value for block in composed for value in block.values.values()]
    assert len(values) > 250
    assert all(value.rows or value.counted for value in values)
    assert all(value.said.en and value.said.cy for value in values)


def test_composing_takes_under_a_second_and_a_known_number_of_queries() -> None:
    board = Board.objects.get(is_demo=False)
    began = time.process_time()
    with CaptureQueriesContext(
        connection,
    ) as asked:
        compose.update(Period(board, STARTS, ENDS))
    assert time.process_time() - began < 1
    assert len(asked) <= 56

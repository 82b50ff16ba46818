"""The facts that the portal loads: two languages that say the same, nothing lost, nothing guessed."""

import datetime
import re

import pytest

from tests.programme.facts_reading import AREAS, BODIES, COUNCILS, SAME, by_slug, load, numbers, pairs, rows, walk


@pytest.mark.parametrize("area", AREAS)
def test_every_text_has_both_languages(area: str) -> None:
    found = list(pairs(area))
    assert found
    for path, english, welsh in found:
        assert isinstance(english, str), path
        assert isinstance(welsh, str), path
        assert english == english.strip() != "", path
        assert welsh == welsh.strip() != "", path
        if not re.fullmatch(r"[\d.,]+", english) and english not in SAME:
            assert english != welsh, path


@pytest.mark.parametrize("area", AREAS)
def test_both_languages_give_the_same_numbers_and_dates(area: str) -> None:
    different = [(path, en, cy) for path, en, cy in pairs(area) if numbers(en) != numbers(cy)]
    assert different == []


@pytest.mark.parametrize("area", AREAS)
def test_slugs_are_plain_words_and_unique_in_each_language(area: str) -> None:
    for path, node in walk(load(area), area):
        if not isinstance(node, list):
            continue
        for language in ("en", "cy"):
            slugs = [x["slug"][language] for x in node if isinstance(x, dict) and isinstance(x.get("slug"), dict)]
            assert len(slugs) == len(set(slugs)), path
            assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) for slug in slugs), path


@pytest.mark.parametrize("area", AREAS)
def test_every_organisation_referred_to_exists(area: str) -> None:
    for path, node in walk(load(area), area):
        last = path.rsplit("/", 1)[-1]
        if last in {"organisation", "council", "lead", "represents", "agreed_with", "sits_within"} and node is not None:
            assert node in COUNCILS | BODIES, path
        if last in {"councils", "other_partners", "possible_partners"} and isinstance(node, list):
            assert set(node) <= COUNCILS | BODIES, path


def test_the_councils_and_the_glossary_are_whole() -> None:
    councils = rows("councils.csv")
    assert len(councils) == 22
    assert len({row["gss"] for row in councils}) == len({row["slug_cy"] for row in councils}) == 22
    assert all(all(row.values()) for row in councils)
    assert len(councils[0]) == 12
    glossary = rows("glossary.csv")
    assert len(glossary) == 36
    assert all(row["term_en"] and (row["term_cy"] or row["plural_cy"]) for row in glossary)


def test_the_tile_map_holds_each_council_once_and_overlaps_nowhere() -> None:
    tilemap = load("tilemap")
    tiles = tilemap["tiles"]
    assert sorted(tile["council"] for tile in tiles) == sorted(COUNCILS)
    assert len({(tile["column"], tile["row"]) for tile in tiles}) == 22
    assert {tile["column"] for tile in tiles} == set(range(1, tilemap["columns"] + 1))
    assert {tile["row"] for tile in tiles} == set(range(1, tilemap["rows"] + 1))
    for language in ("en", "cy"):
        labels = {tile["label"][language] for tile in tiles}
        assert len(labels) == 22
        assert all(3 <= len(label) <= 4 and label == label.upper() for label in labels)


def test_the_board_keeps_what_is_known_and_what_is_not() -> None:
    data = load("board")
    assert data["board"]["first_meeting"] == datetime.date(2022, 9, 20)
    assert len(data["board"]["remit"]) == 4
    seats = [(seat["name"], seat["organisation"], seat["inferred"]) for seat in data["seats"]]
    assert seats == [
        ("Jane Mudd", "newport", True), ("Neil Prior", "pembrokeshire", False), ("Chris Weaver", "cardiff", False),
        ("Gill German", "denbighshire", False), ("Clive Griffiths", "ceredigion", False),
        ("Paul Matthews", "monmouthshire", False), ("Huw Ynyr", "gwynedd", False),
    ]  # fmt: skip
    assert {(seat["starts"], seat["ends"]) for seat in data["seats"]} == {(None, None)}
    (meeting,) = data["meetings"]
    assert meeting["date"] == datetime.date(2022, 9, 20)
    assert [meeting[key] for key in ("starts_at", "ends_at", "place", "attendance")] == [None] * 4
    assert [item["title"]["en"] for item in meeting["items"]] == [
        "Chief Digital Officer's annual report 2021-22", "Business plan 2022-23", "Digital Transformation Fund update",
    ]  # fmt: skip
    assert {(item["kind"], item["paper"], item["outcome"]) for item in meeting["items"]} == {(None, None, None)}
    assert [item["date"] for item in data["also_considered"]] == [None]


def test_the_plans_keep_their_figures_and_their_gaps() -> None:
    data = load("projects")
    first, second = data["plans"]
    assert (first["year"], first["funding_pence"], second["year"], second["funding_pence"]) == (
        "2021-22", 790_000 * 100, "2022-23", None,
    )  # fmt: skip
    assert [(row["target"], row["actual"], row["outcome"]) for row in first["deliverables"]] == [
        (None, None, "met"), (5, 5, "met"), (None, None, "met"), (None, None, "met"), (None, None, "met"),
        (4, 2, "not_met"), (4, 4, "met"), (250, None, "met"),
    ]  # fmt: skip
    for row in first["deliverables"]:
        assert (row["unit"] is None) == (row["unit_forms"] is None) == (row["target"] is None)
        if row["unit_forms"]:
            assert set(row["unit_forms"]["en"]) == {"one", "other"}
            assert set(row["unit_forms"]["cy"]) == {"zero", "one", "two", "three", "six", "other"}
    assert "20 January 2022" in first["deliverables"][3]["note"]["en"]
    assert "over 100 people" in first["deliverables"][3]["note"]["en"]
    office = data["office"]
    assert office["team_size"] == 10
    assert office["chief_digital_officer"]["recruited"] == "2020-10"
    assert office["chief_digital_officer"]["permanent_from"] == datetime.date(2022, 4, 1)
    assert data["strategy"]["approved"] == "2021-09"


def test_the_projects_keep_their_phases_references_and_lineage() -> None:
    projects = load("projects")["projects"]
    found = by_slug(projects)
    listed = [project["listed_as"] for project in projects]
    assert {kind: listed.count(kind) for kind in set(listed)} == {
        "earlier": 1, "discovery": 5, "deliverable": 1, "project": 12,
    }  # fmt: skip
    phases = {slug: project["phase"] for slug, project in found.items() if project["phase"] not in (None, "discovery")}
    assert phases == {"elearning-alpha": "alpha", "image-library": "alpha"}
    plan = [project for project in projects if project["plan"] == "2022-23"]
    assert [project["printed_ref"] for project in plan] == [f"17.{number}" for number in range(1, 9)]
    assert [project["phase"] for project in plan] == [None] * 6 + ["discovery", None]
    assert {project["confidence"] for project in projects} == {None}
    assert found["start-a-career-in-local-government-digital"]["duration_months"] == 18
    assert found["merthyr-food-poverty-data-project"]["partners"] == [
        {"organisation": "merthyr-tydfil", "inferred": True}
    ]
    lineage = {slug: project["predecessors"] for slug, project in found.items() if project["predecessors"]}
    assert lineage == {
        "image-library": [{"slug": "all-wales-image-library", "kind": "succeeds"}],
        "life-events-service-design": [
            {"slug": "life-events", "kind": "merged_from"}, {"slug": "service-blueprints", "kind": "merged_from"},
        ],
        "learning-frameworks": [{"slug": "capability-model", "kind": "succeeds"}],
    }  # fmt: skip
    assert {step["slug"] for steps in lineage.values() for step in steps} <= set(found)
    assert {slug for slug, project in found.items() if project["backlog"]} == {
        "image-library", "commercialisation-and-discretionary-services",
    }  # fmt: skip
    assert found["elearning-alpha"]["groundwork_for"] in by_slug(load("fund")["bids"])


def test_the_fund_keeps_its_figures_and_its_gaps() -> None:
    data = load("fund")
    assert (data["round"]["budget_pence"], data["fund"]["created_year"]) == (1_000_000 * 100, 2018)
    topics = set(by_slug(data["topics"]))
    assert topics == {"digital-skills", "digital-inclusion", "independent-living", "modernising-services"}
    bids = data["bids"]
    assert [(bid["topic"], bid["topic_inferred"], len(bid["councils"])) for bid in bids] == [
        ("digital-skills", False, 4), ("digital-skills", True, 4), ("digital-inclusion", False, 5),
        ("independent-living", False, 1), ("modernising-services", False, 4),
    ]  # fmt: skip
    for bid in bids:
        assert [bid[key] for key in ("title", "lead", "amount_pence", "decision")] == [None] * 4
        assert bid["label_is_ours"] is True
        assert bid["status"] == "progressed"
        assert bid["problem"]
    assert [bid["proposal"] is None for bid in bids] == [False, False, False, False, True]
    assert bids[2]["other_partners"] == ["shared-resource-service"]
    assert bids[2]["possible_partners"] == ["gwent-police", "aneurin-bevan", "regional-public-services-board"]
    assert "skills" not in bids[1]["label"]["en"].lower()  # its topic is our reading
    run = data["round_as_run"]
    keys = (
        "statements_received", "statements_expected_about", "interest_window_weeks", "sift_hours", "shortlisted",
        "to_panel",
    )  # fmt: skip
    assert [run[key] for key in keys] == [18, 6, 2, 4, 6, 5]
    assert run["source"] != data["source"]


def test_training_totals_are_stated_ones() -> None:
    data = load("training")
    assert len(data["streams"]) == 5
    totals = [(row["target"], row["actual"], row["at_least"], row["outcome"]) for row in data["stated_totals"]]
    assert totals == [(250, None, None, "met"), (None, None, 400, None)]
    assert all(row["source"] for row in data["stated_totals"])


def test_partners_of_the_programme_are_stated_or_marked_as_inferred() -> None:
    bodies = load("organisations")["organisations"]
    assert all(body["inferred"] == (body["programme_partner"] == "inferred") for body in bodies)
    assert {body["slug_en"] for body in bodies if body["inferred"]} == {"solace", "heads-of-it-network"}
    assert {body["slug_en"] for body in bodies if body["programme_partner"] == "stated"} == {
        "centre-for-digital-public-services", "office-of-the-welsh-government-chief-digital-officer",
    }  # fmt: skip
    assert len({body["slug_en"] for body in bodies}) == len({body["slug_cy"] for body in bodies}) == len(bodies)

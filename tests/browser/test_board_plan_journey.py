"""A meeting planned in each language: its agenda by buttons and by the mouse, its dates with the sum, who comes."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site

pytestmark = pytest.mark.journey
languages = pytest.mark.parametrize("language", ["en", "cy"])
WORDS = {
    "en": {
        "new": "/en/board/demonstration-board/meetings/new/",
        "dates": "/en/board/meetings/20-september-2022/dates/",
        "publish": "Papers are to be published by 13 September 2022.",
        "sum": [
            "Tuesday 20 September 2022 The day of the meeting does not count",
            "Monday 19 September 2022 Bank holiday in Wales: does not count",
            "Sunday 18 September 2022 Weekend: does not count",
            "Saturday 17 September 2022 Weekend: does not count",
            "Friday 16 September 2022 Clear working day 1",
            "Thursday 15 September 2022 Clear working day 2",
            "Wednesday 14 September 2022 Clear working day 3",
            "Tuesday 13 September 2022 Publish by this day, which does not count",
        ],
        "open": "A quorum is not certain yet: 1 are coming, 2 are needed",
        "met": "There will be a quorum: 2 are coming and 2 are needed.",
        "agenda": "agenda/",
        "answer": "answer/",
        "answers": "answers/",
    },
    "cy": {
        "new": "/cy/bwrdd/bwrdd-enghreifftiol/cyfarfodydd/newydd/",
        "dates": "/cy/bwrdd/cyfarfodydd/20-medi-2022/dyddiadau/",
        "publish": "13 Medi 2022",
        "sum": [
            "20 Medi 2022", "19 Medi 2022", "18 Medi 2022", "17 Medi 2022", "16 Medi 2022", "15 Medi 2022",
            "14 Medi 2022", "13 Medi 2022",
        ],
        "open": "1",
        "met": "2",
        "agenda": "agenda/",
        "answer": "ateb/",
        "answers": "atebion/",
    },
}  # fmt: skip


def submit(site: Site, page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form[method=post]").last.locator("button").first.click()
    site.check(page)


def titles(page: Page) -> list[str]:
    return [re.sub(r"\s+", " ", text).strip() for text in page.locator(".board-agenda__item h2").all_inner_texts()]


def drag_to_the_top(page: Page, number: int) -> None:
    """The item at that place, by the mouse."""
    found = page.locator(".board-agenda__item")
    item, top = found.nth(number).bounding_box(), found.first.bounding_box()
    assert item is not None
    assert top is not None
    page.mouse.move(item["x"] + 12, item["y"] + item["height"] - 6)
    page.mouse.down()
    for height in (30, 4):
        page.mouse.move(top["x"] + 40, top["y"] + height, steps=4)
    page.mouse.up()


@languages
def test_the_dates_of_20_september_2022_are_counted_for_anybody_to_see(site: Site, page: Page, language: str) -> None:
    words = WORDS[language]
    site.open(page, str(words["dates"]))
    expect(page.locator("main")).to_contain_text(str(words["publish"]))
    rows = page.locator("tbody tr").all_inner_texts()
    shown = [re.sub(r"\s+", " ", row).strip() for row in rows]
    assert len(shown) == 8
    for said, row in zip(words["sum"], shown, strict=True):
        assert str(said) in row


@languages
def test_a_meeting_is_planned_its_agenda_built_and_its_members_asked(site: Site, page: Page, language: str) -> None:
    words = {name: str(word) for name, word in WORDS[language].items()}
    page.set_viewport_size({"width": 1280, "height": 1600})
    site.sign_in(page, "secretariat", language)
    site.open(page, words["new"])
    filled = {
        "title_en": f"Spring planning {language}", "title_cy": f"Cynllunio'r gwanwyn {language}",
        "date_day": "9", "date_month": "3", "date_year": "2027", "starts_at": "10:00", "ends_at": "12:00",
        "place_en": "Cardiff", "place_cy": "Caerdydd", "quorum": "2",
    }  # fmt: skip
    for name, value in filled.items():
        page.locator(f"[name={name}]").fill(value)
    submit(site, page)
    meeting = re.sub(r"^https?://[^/]+", "", page.url)
    if meeting.endswith(f"/{words['agenda']}"):
        meeting = meeting[: -len(words["agenda"])]
    agenda = meeting + words["agenda"]
    for name in ("Bins", "Trees"):
        site.open(page, agenda)
        page.locator("main a.govuk-button").first.click()
        page.wait_for_load_state()
        page.locator("[name=title_en]").fill(name)
        page.locator("[name=title_cy]").fill(f"{name} (cy)")
        page.locator("[name=minutes]").fill("20")
        page.locator("input[name=kind]").first.check()
        submit(site, page)
    site.open(page, agenda)
    before = titles(page)
    bins = next(n for n, title in enumerate(before) if "Bins" in title)
    with page.expect_navigation():
        page.locator(".board-agenda__item").nth(bins).locator("button[formaction]").nth(1).click()  # down
    after = titles(page)
    assert after == [*before[:bins], before[bins + 1], before[bins], *before[bins + 2 :]]
    drag_to_the_top(page, bins + 1)
    with page.expect_navigation():
        page.locator("[data-agenda-save] button").click()
    assert "Bins" in titles(page)[0]
    site.check(page)
    site.open(page, meeting)
    page.locator("a[href$='/call/']").first.click()
    page.wait_for_load_state()
    submit(site, page)
    # a member answers, and the secretariat writes down what another one said by telephone
    page.context.clear_cookies()
    site.sign_in(page, "board-member", language)
    site.open(page, meeting + words["answer"])
    page.locator("input[name=answer][value=in_person]").check()
    submit(site, page)
    page.context.clear_cookies()
    site.sign_in(page, "secretariat", language)
    site.open(page, meeting + words["answers"])
    expect(page.locator("main .govuk-body-l")).to_contain_text(words["open"])
    page.locator("tbody tr", has=page.locator(".govuk-tag")).first.locator("a").click()
    page.wait_for_load_state()
    page.locator("input[name=answer][value=online]").check()
    submit(site, page)
    site.open(page, meeting + words["answers"])
    expect(page.locator("main .govuk-body-l")).to_contain_text(words["met"])

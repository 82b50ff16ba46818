"""The search in a real browser, in each language: from the header's box to a page, narrowed, by keyboard."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site

pytestmark = pytest.mark.journey
WORDS: dict[str, dict[str, str]] = {
    "en": {
        "start": "/en/help/", "box": "Search the portal", "asked": "Caerdydd", "council": "Cardiff",
        "narrow": "Narrow the search", "kind": "Kind", "council kind": "Council", "send": "Search",
        "other": "In Welsh:", "nothing": "Nothing was found", "everything": "Search in everything",
        "mistaken": "delviery plan",
    },
    "cy": {
        "start": "/cy/cymorth/", "box": "Chwilio’r porth", "asked": "yng Nghaerdydd", "council": "Caerdydd",
        "narrow": "Cyfyngu’r chwiliad", "kind": "Math", "council kind": "Cyngor", "send": "Chwilio",
        "other": "Yn Saesneg:", "nothing": "Ni ddaethpwyd o hyd i ddim", "everything": "Chwilio ym mhopeth",
        "mistaken": "cynlun cyflwni",
    },
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "cy"])
def test_from_the_box_in_the_header_to_the_page_of_a_council(site: Site, page: Page, language: str) -> None:
    said = WORDS[language]
    page.set_viewport_size({"width": 320, "height": 640})
    site.open(page, said["start"])
    box = page.get_by_role("search").get_by_label(said["box"])
    for target in (box, page.get_by_role("search").get_by_role("button")):
        size = target.bounding_box()
        assert size
        assert min(size["height"], size["width"]) >= 44
    box.focus()
    page.keyboard.type(said["asked"])
    page.keyboard.press("Enter")
    expect(page.locator(".portal-hit").first).to_contain_text(said["other"])
    expect(page.locator(".portal-hit mark").first).to_be_visible()
    site.check(page)

    page.set_viewport_size({"width": 1280, "height": 900})
    main = page.locator("main")
    main.get_by_text(said["narrow"]).click()
    main.get_by_label(said["kind"], exact=False).first.select_option(label=said["council kind"])
    main.get_by_role("button", name=said["send"], exact=True).click()
    expect(page).to_have_url(re.compile("kind=council"))
    expect(page.locator(".portal-hit")).to_have_count(1)
    page.locator(".portal-hit").get_by_role("link", name=said["council"], exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(said["council"])


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_mistake_is_forgiven_and_nothing_found_gets_help(site: Site, page: Page, language: str) -> None:
    said = WORDS[language]
    site.open(page, said["start"])
    box = page.get_by_role("search").get_by_label(said["box"])
    box.fill(said["mistaken"])
    box.press("Enter")
    expect(page.locator(".portal-hit").first).to_be_visible()
    site.open(page, page.url.removeprefix(site.url).split("?")[0] + "?q=zzzz&kind=council")
    expect(page.locator("main").get_by_text(said["nothing"], exact=True)).to_be_visible()
    site.check(page)
    page.get_by_role("link", name=said["everything"]).click()
    expect(page).to_have_url(re.compile(r"\?q=zzzz$"))

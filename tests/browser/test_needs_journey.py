"""What needs you, done with a button of the front page; one’s projects at a glance; the map as the way into a list."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site

pytestmark = pytest.mark.journey


def test_a_status_is_confirmed_from_the_front_page_by_keyboard_and_the_line_is_gone(site: Site, page: Page) -> None:
    site.sign_in(page, "team")
    page.goto(f"{site.url}/en/")
    button = page.get_by_role("button", name="No change, still true").first
    name = button.inner_text()
    before = page.get_by_role("button", name="No change, still true").count()
    button.focus()
    page.keyboard.press("Enter")
    page.wait_for_load_state()

    expect(page).to_have_url(f"{site.url}/en/")
    expect(page.get_by_text("The status is confirmed: still true.")).to_be_visible()
    assert page.get_by_role("button", name="No change, still true").count() == before - 1, name
    site.check(page)


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_team_goes_from_its_projects_at_a_glance_to_a_project_at_320_px(
    site: Site, page: Page, language: str
) -> None:
    heading = {"en": "Your projects at a glance", "cy": "Cipolwg ar eich prosiectau"}[language]
    page.set_viewport_size({"width": 320, "height": 700})
    site.sign_in(page, "team", language)
    site.open(page, f"/{language}/")
    own = page.get_by_role("region", name=heading)
    assert own.get_by_role("listitem").count() == 5
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    link = own.get_by_role("link").first
    title = link.inner_text()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)


@pytest.mark.parametrize("path", ["/en/projects/", "/cy/prosiectau/", "/en/fund/bids/", "/cy/cronfa/ceisiadau/"])
def test_the_map_narrows_a_list_by_keyboard(site: Site, page: Page, path: str) -> None:
    page.goto(site.url + path)
    page.locator("main details", has=page.locator("svg.portal-tile-map")).first.locator("summary").first.focus()
    page.keyboard.press("Enter")
    tile = page.locator("svg.portal-tile-map a[aria-label$=', Torfaen']")
    expect(tile).to_be_visible()
    site.check(page)
    tile.focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**?council=*")
    site.check(page)

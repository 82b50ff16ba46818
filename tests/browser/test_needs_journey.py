"""What needs you, done with a button, and the way from the map to a council's page, in both languages."""

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

    assert page.url == f"{site.url}/en/"
    expect(page.get_by_text("The status is confirmed: still true.")).to_be_visible()
    assert page.get_by_role("button", name="No change, still true").count() == before - 1, name
    site.check(page)


@pytest.mark.parametrize(("language", "path", "council"), [
    ("en", "councils/", "Torfaen County Borough Council"),
    ("cy", "cynghorau/", "Cyngor Bwrdeistref Sirol Torfaen"),
])  # fmt: skip
def test_a_tile_of_the_map_leads_to_a_council_with_its_figures(
    site: Site, page: Page, language: str, path: str, council: str
) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    site.sign_in(page, "officer-torfaen", language)
    site.check(page)
    site.open(page, f"/{language}/{path}?show=bids_joined")
    page.locator("svg.portal-tile-map a[aria-label*='Torfaen']").click()
    page.wait_for_load_state()

    expect(page.get_by_role("heading", name=council)).to_be_visible()
    assert page.locator(".portal-table--stack tbody tr").count() == 6
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    site.check(page)

"""What needs you, done with a button of the front page."""

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

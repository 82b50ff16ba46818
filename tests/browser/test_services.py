"""Messages, the outbox, exports, charts and maps in a real browser, in both languages."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests import databases
from tests.browser.conftest import Site

pytestmark = pytest.mark.journey

PATHS = {
    "en": ("messages/", "messages/by-mail/", "files/", "demo/outbox/", "components/"),
    "cy": ("negeseuon/", "negeseuon/drwy-e-bost/", "ffeiliau/", "demo/blwch-anfon/", "cydrannau/"),
}


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("width", [320, 1100])
def test_the_pages_of_the_services_are_right_in_both_languages(
    site: Site, page: Page, language: str, width: int
) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    site.sign_in(page, "officer-torfaen", language)
    for path in PATHS[language]:
        site.open(page, f"/{language}/{path}")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_a_choice_is_made_by_keyboard_alone(site: Site, page: Page) -> None:
    site.sign_in(page, "officer-torfaen")
    site.open(page, "/en/messages/by-mail/")
    page.get_by_role("radio", name="Once a day, all together").first.focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Save").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_text("Your choices are saved.")).to_be_visible()
    expect(page.get_by_role("radio", name="Once a day, all together").first).to_be_checked()
    site.check(page)


def test_every_tile_of_a_map_is_reached_by_keyboard_seen_and_large_enough_at_320_px(site: Site, page: Page) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(f"{site.url}/en/components/#charts")
    links = page.locator("svg.portal-tile-map a")

    assert links.count() == 4
    for number in range(4):
        box = links.nth(number).bounding_box()
        assert box is not None
        assert min(box["width"], box["height"]) >= 44
    links.first.focus()
    focused = links.first.locator("rect").evaluate("rect => getComputedStyle(rect).strokeWidth")
    assert focused == "4px"
    assert links.first.evaluate("link => link === document.activeElement")


def test_the_page_of_an_export_keeps_itself_up_to_date(site: Site, page: Page) -> None:
    with databases.owner(site.database) as connection:
        row = connection.execute(
            "INSERT INTO kernel_export (asker_id, name, source, params, columns, format, language, status, done, total,"
            " file, created_at) SELECT id, 'Bids', 'x', '{}', '[]', 'csv', 'en', 'running', 1000, 3000, '', now()"
            " FROM accounts_user WHERE demo_slug = 'officer-torfaen' RETURNING id"
        ).fetchone()
        assert row is not None
        site.sign_in(page, "officer-torfaen")
        site.open(page, f"/en/files/{row[0]}/")
        status = page.get_by_role("status").filter(has_text="Rows written:")
        expect(status).to_have_text("Rows written: 1,000 / 3,000")

        connection.execute("UPDATE kernel_export SET done = 2500 WHERE id = %s", [row[0]])
        expect(status).to_have_text("Rows written: 2,500 / 3,000")
        assert page.locator("progress").evaluate("bar => bar.value") == 2500
        connection.execute("UPDATE kernel_export SET status = 'failed' WHERE id = %s", [row[0]])
        expect(page.get_by_text("The file could not be made.")).to_be_visible()
    site.check(page)


def test_charts_can_be_read_when_the_system_forces_its_colours(site: Site, page: Page) -> None:
    page.emulate_media(forced_colors="active", color_scheme="dark")
    page.goto(f"{site.url}/en/components/")

    ink = page.locator(".portal-chart text").first.evaluate("text => getComputedStyle(text).fill")
    ground = page.locator(".portal-chart").first.evaluate("box => getComputedStyle(box).backgroundColor")
    assert (re.findall(r"\d+", ink)[:3], re.findall(r"\d+", ground)[:3]) == (["255"] * 3, ["0"] * 3)


def test_the_pages_of_the_services_work_without_script(site: Site, page: Page) -> None:
    context = page.context.browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{site.url}/en/components/#charts")

    sentence = plain.locator("p", has_text="Projects: highest for Discovery (12), lowest for Alpha (5).")
    expect(sentence).to_be_visible()
    plain.get_by_text("The figures as a table").first.click()
    expect(plain.locator("#charts ~ figure table").first).to_be_visible()
    context.close()

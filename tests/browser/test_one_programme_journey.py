"""Across the areas, in a real browser and each language: open data, a council’s page, mails and how to stop them."""

import csv
import json
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site

pytestmark = pytest.mark.journey
WORDS: dict[str, dict[str, str]] = {
    "en": {
        "as data": "These figures as data (CSV)", "data": "/en/data/", "set": "Councils", "csv": "Download as CSV",
        "json": "Download as JSON", "dictionary": "Data dictionary", "council": "Torfaen",
        "councils": "/en/councils/", "measure": "Bids joined as a partner", "region": "South East Wales",
        "figures": "In figures, beside its region", "all": "These figures of all councils (CSV)",
        "settings": "/en/messages/by-mail/", "group": "Training", "daily": "Once a day, all together",
        "save": "Save", "saved": "Your choices are saved.", "none": "Not by mail",
        "session": "/en/training/sessions", "key": "content-1", "person": "officer-torfaen",
        "book": "Book a place", "confirm": "Confirm the booking", "outbox": "/en/demo/outbox/",
        "subject": "You have a place", "stop": "Stop these mails", "stopped": "These mails are stopped",
    },
    "cy": {
        "as data": "Y ffigurau hyn fel data (CSV)", "data": "/cy/data/", "set": "Cynghorau",
        "csv": "Lawrlwytho fel CSV",
        "json": "Lawrlwytho fel JSON", "dictionary": "Geiriadur data", "council": "Torfaen",
        "councils": "/cy/cynghorau/", "measure": "Ceisiadau y mae’n bartner ynddynt", "region": "De-ddwyrain Cymru",
        "figures": "Mewn ffigurau, ochr yn ochr â’i ranbarth", "all": "Y ffigurau hyn ar gyfer pob cyngor (CSV)",
        "settings": "/cy/negeseuon/drwy-e-bost/", "group": "Hyfforddiant", "daily": "Unwaith y dydd, gyda’i gilydd",
        "save": "Cadw", "saved": "Mae eich dewisiadau wedi’u cadw.", "none": "Nid drwy’r e-bost",
        "session": "/cy/hyfforddiant/sesiynau", "key": "content-2", "person": "officer-cardiff",
        "book": "Archebu lle", "confirm": "Cadarnhau’r archeb", "outbox": "/cy/demo/blwch-anfon/",
        "subject": "Mae gennych le", "stop": "Atal yr e-byst hyn", "stopped": "Mae’r e-byst hyn wedi’u hatal",
    },
}  # fmt: skip


@pytest.fixture(params=["en", "cy"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def table(page: Page, link: str) -> list[list[str]]:
    """The rows of the file behind a link."""
    with page.expect_download() as download:
        page.get_by_role("link", name=link, exact=True).first.click()
    with download.value.path().open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def test_a_figure_of_the_front_page_and_every_set_can_be_taken_away_with_its_dictionary(
    site: Site, page: Page, language: str
) -> None:
    said = WORDS[language]
    page.goto(f"{site.url}/{language}/")
    figures = table(page, said["as data"])
    assert len(figures) > 1

    site.open(page, said["data"])
    page.get_by_role("main").get_by_role("link", name=said["set"], exact=True).click()
    site.check(page)
    expect(page.get_by_role("heading", name=said["dictionary"])).to_be_visible()
    councils = table(page, said["csv"])
    assert len(councils) == 23  # the headings and 22 councils
    described = page.locator("th[scope=row] code").all_inner_texts()
    assert set(councils[0]) <= set(described)
    page.get_by_role("link", name=said["json"], exact=True).click()
    rows = json.loads(page.locator("body").inner_text())["rows"]
    assert len(rows) == 22
    assert {"en": "Cardiff", "cy": "Caerdydd"}.items() <= next(
        one["name"] for one in rows if one["id"] == "cardiff"
    ).items()


def test_from_the_map_to_a_council_beside_its_region_and_its_figures_as_a_file(
    site: Site, page: Page, language: str
) -> None:
    said = WORDS[language]
    page.set_viewport_size({"width": 390, "height": 844})
    site.open(page, said["councils"])
    page.get_by_role("link", name=said["measure"], exact=True).click()
    expect(page).to_have_url(re.compile(r"\?show=.+#map$"))
    tile = page.locator(f"svg.portal-tile-map a[aria-label$=', {said['council']}']")
    on_map = re.search(r"\d+", tile.get_attribute("aria-label") or "")
    assert on_map is not None
    tile.focus()
    page.keyboard.press("Enter")
    site.check(page)

    part = page.get_by_role("region", name=said["figures"])
    row = part.get_by_role("row", name=said["measure"])
    expect(row.get_by_role("cell").first).to_have_text(on_map.group())
    assert said["region"] in (part.text_content() or "")
    rows = table(page, said["all"])
    column = rows[0].index(said["measure"])
    assert len(rows) == 23
    assert next(line[column] for line in rows if line[0] == said["council"]) == on_map.group()


def test_a_choice_of_mails_is_kept_and_a_mail_is_stopped_by_its_link_without_signing_in(
    site: Site, page: Page, browser: Browser, language: str
) -> None:
    said = WORDS[language]
    site.sign_in(page, said["person"], language)
    site.open(page, said["settings"])
    choices = page.get_by_role("group", name=said["group"])
    choices.get_by_label(said["none"]).check()
    choices.get_by_label(said["daily"]).check()
    page.get_by_role("button", name=said["save"]).click()
    expect(page.get_by_text(said["saved"])).to_be_visible()
    expect(choices.get_by_label(said["daily"])).to_be_checked()
    choices.get_by_role("radio").first.check()  # at once again
    page.get_by_role("button", name=said["save"]).click()

    number = site.rows("SELECT id FROM training_session WHERE reference = %s", f"demo-{said['key']}")[0][0]
    page.goto(f"{site.url}{said['session']}/{number}/")
    page.get_by_role("button", name=said["book"], exact=True).click()
    page.get_by_role("button", name=said["confirm"], exact=True).click()

    visitor = browser.new_context().new_page()  # whoever holds the mail, signed in nowhere
    for _wait in range(60):
        visitor.goto(site.url + said["outbox"])
        mail = visitor.get_by_role("link", name=re.compile(said["subject"]))
        if mail.count():
            break
        visitor.wait_for_timeout(250)
    mail.first.click()
    visitor.locator("main a", has_text=re.compile(r"/(stop|atal)/")).click()
    page.goto(site.url + said["settings"])
    expect(choices.get_by_role("radio").first).to_be_checked()  # opening the link changed nothing
    visitor.get_by_role("button", name=said["stop"]).click()
    expect(visitor.get_by_role("heading", level=1)).to_have_text(said["stopped"])
    site.check(visitor)
    visitor.context.close()
    page.reload()
    expect(choices.get_by_label(said["none"])).to_be_checked()

"""From an open round to the fund manager's list, in each language: two councils write one bid and send it."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import Site

pytestmark = pytest.mark.journey


@dataclass(frozen=True)
class Words:
    """What is read and pressed in one language."""

    title: str
    fund: str
    start: str
    begin: str
    topic: str
    save_next: str
    saved: str
    save_list: str
    partners: str
    partner: str
    ask: str
    agree: str
    agreed: str
    check: str
    missing: str
    submit: str
    received: str
    submitted: str


WORDS = {
    "en": Words(
        title="Forms that know what they were told",
        fund="/en/fund/",
        start="Start a bid",
        begin="Start the bid",
        topic="Better use of data",
        save_next="Save and continue",
        saved="Saved at",
        save_list="Save and go to the list",
        partners="Partners",
        partner="Cardiff",
        ask="Ask to join",
        agree="Agree in principle",
        agreed="Your council agreed in principle.",
        check="Check and submit",
        missing="Still missing",
        submit="Submit the bid",
        received="Bid received",
        submitted="/en/fund/submitted/",
    ),
    "cy": Words(
        title="Ffurflenni sy’n cofio",
        fund="/cy/cronfa/",
        start="Dechrau cais",
        begin="Dechrau’r cais",
        topic="Gwell defnydd o ddata",
        save_next="Cadw a pharhau",
        saved="Cadwyd am",
        save_list="Cadw a mynd i’r rhestr",
        partners="Partneriaid",
        partner="Caerdydd",
        ask="Gofyn am ymuno",
        agree="Cytuno mewn egwyddor",
        agreed="Cytunodd eich cyngor mewn egwyddor.",
        check="Gwirio a chyflwyno",
        missing="Ar goll o hyd",
        submit="Cyflwyno’r cais",
        received="Cais wedi dod i law",
        submitted="/cy/cronfa/a-gyflwynwyd/",
    ),
}
KEYS = ("problem", "who-is-affected", "evidence", "proposal", "benefits")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


@pytest.mark.parametrize("language", ["en", "cy"])
def test_two_councils_write_a_bid_and_the_fund_manager_reads_it(site: Site, page: Page, language: str) -> None:
    say = WORDS[language]
    site.sign_in(page, "officer-torfaen", language)
    site.open(page, say.fund)
    page.get_by_role("button", name=say.start, exact=True).first.click()
    site.check(page)
    press(page, say.begin)
    site.check(page)  # with its errors
    page.get_by_label(re.compile("^(Title of the bid|Teitl y cais)")).fill(say.title)
    page.get_by_label(say.topic).check()
    press(page, say.begin)
    site.check(page)
    tasks = page.url

    # the text is kept while it is typed, and is there again on coming back
    page.locator("#main-content .govuk-task-list__link").first.click()
    site.check(page)
    with page.expect_response(re.compile("/(draft|drafft)/$")) as kept:
        page.locator("#id_text").fill("Typed and not saved")
    assert kept.value.ok
    expect(page.locator("[data-saved]")).to_have_text(re.compile(rf"{say.saved} \d\d:\d\d:\d\d"))
    page.goto(tasks)
    page.locator("#main-content .govuk-task-list__link").first.click()
    expect(page.locator("#id_text")).to_have_value("Typed and not saved")
    site.check(page)

    for number, _key in enumerate(KEYS):
        page.locator("#id_text").fill(f"{say.title}, {number}.")
        press(page, say.save_next if number < len(KEYS) - 1 else say.save_list)
    expect(page).to_have_url(tasks)
    expect(page.locator("#main-content .govuk-task-list .govuk-tag--green")).to_have_count(len(KEYS))
    site.check(page)

    page.locator("#main-content").get_by_role("link", name=say.partners, exact=True).click()
    site.check(page)
    page.locator("#id_organisation").select_option(label=say.partner)
    page.locator("#id_role").fill("Tests")
    page.locator("#id_share_pence").fill("2,500")
    press(page, say.ask)
    site.check(page)
    page.goto(tasks)
    page.get_by_role("button", name=say.check, exact=True).click()
    expect(page.get_by_role("heading", name=say.missing)).to_be_visible()
    site.check(page)

    site.sign_in(page, "lead-cardiff", language)
    page.get_by_role("link", name=re.compile(re.escape(say.title))).first.click()
    site.check(page)
    press(page, say.agree)
    expect(page.get_by_text(say.agreed)).to_be_visible()
    site.check(page)

    site.sign_in(page, "officer-torfaen", language)
    page.goto(tasks)
    page.get_by_role("button", name=say.check, exact=True).click()
    press(page, say.submit)
    expect(page.get_by_text(say.received, exact=True)).to_be_visible()
    digest = page.locator("code").inner_text()
    assert re.fullmatch("[0-9a-f]{64}", digest)
    site.check(page)

    site.sign_in(page, "fund-manager", language)
    site.open(page, say.submitted)
    page.get_by_role("link", name=say.title, exact=True).click()
    site.check(page)
    expect(page.locator("code")).to_have_text(digest)
    expect(page.get_by_text(f"{say.title}, 0.")).to_be_visible()
    assert site.rows("SELECT count(*) FROM fund_submission WHERE sha256 = %s", digest) == [(1,)]


def test_a_bid_is_written_without_script(site: Site, browser: Browser) -> None:
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    site.sign_in(page, "officer-cardiff")
    page.goto(f"{site.url}/en/fund/rounds/demonstration-round/start/")
    page.locator("#id_title").fill("Without script")
    page.locator("#id_topic").check()
    press(page, "Start the bid")
    page.locator("#main-content .govuk-task-list__link").first.click()
    page.locator("#id_text").fill("word " * 251)
    press(page, "Save and go to the list")
    assert "Use 250 words or fewer. There are 251." in page.content()
    page.locator("#id_text").fill("A few words.")
    press(page, "Save and go to the list")
    assert "Answered" in page.content()
    context.close()


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("/en/fund/rounds/2022-23/", "£1,000,000"),
        ("/cy/cronfa/rowndiau/2022-23/", "£1,000,000"),
        ("/en/fund/bids/shared-e-learning/", "amount not published"),
        ("/cy/cronfa/ceisiadau/e-ddysgu-ar-y-cyd/", "swm heb ei gyhoeddi"),
        ("/en/fund/bids/", "E-learning: Caerphilly"),
        ("/cy/cronfa/ceisiadau/", "E-ddysgu: Caerffili"),
    ],
)
@pytest.mark.parametrize("width", [320, 1280])
def test_the_public_pages_hold_at_every_width(site: Site, page: Page, path: str, text: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    site.open(page, path)
    expect(page.get_by_text(text).first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= width

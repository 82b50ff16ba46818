"""People and councils in a real browser, in each language: signing in by a code, the account, the directory."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site

pytestmark = pytest.mark.journey
WORDS = {
    "en": {
        "sign in": "/en/account/sign-in/",
        "address": "E-mail address",
        "send": "Send me a code",
        "code": "Code",
        "enter": "Sign in",
        "wrong": "This is not the code. You have 2 more tries.",
        "sentence": "8 digits",
        "welcome": "Welcome",
        "name": "Name",
        "continue": "Continue",
        "account": "Your account",
        "officer": "Council officer",
        "details": "/en/account/details/",
        "save": "Save",
        "saved in the other": "Mae eich manylion wedi’u cadw.",
        "sessions": "Where you are signed in",
        "everywhere": "Sign out everywhere",
        "out": "You are signed out everywhere.",
        "directory": "/en/councils/",
        "map list": "The map as a list",
        "tile": "TOF",
        "council": "/en/councils/torfaen/",
        "heading": "Torfaen County Borough Council",
        "search": "Name, in Welsh or English",
        "show": "Show",
        "found": "Isle of Anglesey",
    },
    "cy": {
        "sign in": "/cy/cyfrif/mewngofnodi/",
        "address": "Cyfeiriad e-bost",
        "send": "Anfonwch god ataf",
        "code": "Cod",
        "enter": "Mewngofnodi",
        "wrong": "Nid hwn yw’r cod. Mae gennych 2 gynnig arall.",
        "sentence": "8 digid",
        "welcome": "Croeso",
        "name": "Enw",
        "continue": "Parhau",
        "account": "Eich cyfrif",
        "officer": "Swyddog cyngor",
        "details": "/cy/cyfrif/manylion/",
        "save": "Cadw",
        "saved in the other": "Your details are saved.",
        "sessions": "Ble rydych wedi mewngofnodi",
        "everywhere": "Allgofnodi ym mhobman",
        "out": "Rydych wedi allgofnodi ym mhobman.",
        "directory": "/cy/cynghorau/",
        "map list": "Y map ar ffurf rhestr",
        "tile": "TOR",
        "council": "/cy/cynghorau/torfaen/",
        "heading": "Cyngor Bwrdeistref Sirol Torfaen",
        "search": "Enw, yn Gymraeg neu’n Saesneg",
        "show": "Dangos",
        "found": "Ynys Môn",
    },
}
OTHER = {"en": "cy", "cy": "en"}


SUBJECT = re.compile("Your code|Eich cod")
read: set[str] = set()  # the mails with a code that were read: the next code is in another


def code_for(site: Site, page: Page, address: str, language: str) -> str:
    """The code, read where a person of the demonstration reads it: in the outbox, in another tab.

    Mails arrive in their own time: one about something else may be newer, and one with an earlier code stands there.
    """
    tab = page.context.new_page()
    outbox = {"en": "/en/demo/outbox/", "cy": "/cy/demo/blwch-anfon/"}[language]
    fresh: list[str] = []
    for _wait in range(80):
        tab.goto(site.url + outbox)
        links = tab.locator("tr", has_text=address).get_by_role("link", name=SUBJECT)
        found = [f"{site.url}{link.get_attribute('href')}" for link in links.all()]
        fresh = [link for link in found if link not in read]
        if fresh:
            break
        tab.wait_for_timeout(250)
    assert fresh, f"no mail with a code for {address} came"
    read.add(fresh[0])
    tab.goto(fresh[0])
    code = re.search(r"\d{4} \d{4}", tab.locator("main").inner_text())
    tab.close()
    assert code is not None
    return code.group()


@pytest.mark.parametrize("language", ["en", "cy"])
def test_somebody_of_a_council_registers_by_code_and_comes_to_their_account(
    site: Site, page: Page, language: str
) -> None:
    words, address = WORDS[language], f"newcomer-{language}@torfaen.example.org"
    site.open(page, words["sign in"])
    page.get_by_label(words["address"]).fill(address)
    page.get_by_role("button", name=words["send"]).click()
    site.check(page)
    field = page.get_by_label(words["code"], exact=True)
    assert field.get_attribute("autocomplete") == "one-time-code"

    code = code_for(site, page, address, language)
    page.bring_to_front()
    field.fill("0000 0000" if code != "0000 0000" else "0000 0001")
    page.get_by_role("button", name=words["enter"]).click()
    expect(page.locator(".govuk-error-summary")).to_contain_text(words["wrong"])
    site.check(page)

    # a paste, with the space that the mail shows
    page.context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site.url)
    page.evaluate("code => navigator.clipboard.writeText(` ${code} `)", code)
    field = page.get_by_label(words["code"], exact=True)
    field.fill("")
    field.focus()
    page.keyboard.press("Control+V")
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text(words["welcome"])
    site.check(page)
    page.get_by_label(words["name"], exact=True).fill("Beca Newydd")
    page.get_by_role("button", name=words["continue"]).click()
    expect(page).to_have_url(re.compile(f"/{language}/$"))

    page.get_by_role("link", name="Beca Newydd").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(words["account"])
    expect(page.locator("main")).to_contain_text(words["officer"])
    site.check(page)
    assert site.rows(
        "SELECT role, slug_en FROM accounts_membership m JOIN organisations_organisation o ON o.id = organisation_id"
        " JOIN accounts_user u ON u.id = user_id WHERE u.email = %s",
        address,
    ) == [("officer", "torfaen")]

    site.open(page, words["details"])
    page.locator(f"input[name=language][value={OTHER[language]}]").check()
    page.get_by_role("button", name=words["save"]).click()
    assert page.url.startswith(f"{site.url}/{OTHER[language]}/")
    expect(page.locator("main")).to_contain_text(words["saved in the other"])
    site.check(page)


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_person_signs_out_everywhere(site: Site, page: Page, language: str) -> None:
    words = WORDS[language]
    site.sign_in(page, "trainer", language)
    page.locator(".portal-header__account a").click()
    page.get_by_role("link", name=words["sessions"]).click()
    site.check(page)
    page.get_by_role("button", name=words["everywhere"]).click()
    expect(page.locator("main")).to_contain_text(words["out"])
    site.check(page)


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_directory_and_its_map_work_by_keyboard(site: Site, page: Page, language: str) -> None:
    words = WORDS[language]
    site.open(page, words["directory"])
    tiles = page.locator(".portal-tile-map a")
    assert tiles.count() == 22
    tile = page.locator(f".portal-tile-map a[href='{words['council']}']")
    expect(tile).to_have_text(words["tile"])
    # from the top of the page by the Tab key alone
    for _press in range(60):
        page.keyboard.press("Tab")
        if tile.evaluate("tile => tile === document.activeElement"):
            break
    else:
        raise AssertionError("the tile is not reached by the Tab key")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(words["heading"])
    expect(page).to_have_url(site.url + words["council"])
    site.check(page)

    site.open(page, words["directory"])
    expect(page.locator("#map summary")).to_have_text(words["map list"])
    page.locator("#map summary").focus()
    page.keyboard.press("Enter")
    listed = page.locator("#map details a")
    assert listed.count() == 22
    expect(listed.first).to_be_visible()
    site.check(page)
    page.locator(".portal-filters summary").first.click()
    page.get_by_label(words["search"]).fill("mon")
    page.get_by_label(words["search"]).press("Enter")
    expect(page.locator("main table").first.locator("th[scope=row]")).to_contain_text([words["found"]])
    site.check(page)


@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_digital_lead_gives_a_role_and_ends_it(site: Site, page: Page, language: str) -> None:
    site.sign_in(page, "lead-cardiff", language)
    people = {"en": "/en/account/people/cardiff/", "cy": "/cy/cyfrif/pobl/caerdydd/"}[language]
    site.open(page, people)
    page.locator(".portal-page-header a[role=button]").click()
    site.check(page)
    address = f"colleague-{language}@cardiff.example.org"
    page.locator("#id_email").fill(address)
    page.locator("#id_name").fill("Cydweithiwr")
    page.locator("input[name=role][value=finance]").check()
    page.locator("#page-form button[type=submit]").click()
    expect(page).to_have_url(site.url + people)
    row = page.locator("tr", has_text=address)
    expect(row).to_have_count(1)
    site.check(page)
    row.get_by_role("link").first.click()
    site.check(page)
    page.locator("#page-form button[type=submit]").click()
    expect(page).to_have_url(site.url + people)
    assert site.rows(
        "SELECT m.ends = (now() AT TIME ZONE 'Europe/London')::date FROM accounts_membership m"
        " JOIN accounts_user u ON u.id = m.user_id WHERE u.email = %s",
        address,
    ) == [(True,)]


def test_signing_in_works_without_script(site: Site, browser: "object") -> None:
    context = browser.new_context(java_script_enabled=False)  # type: ignore[attr-defined]  # playwright's Browser
    page = context.new_page()
    address = "angharad.llywarch@example.org"
    page.goto(site.url + "/en/account/sign-in/")
    page.get_by_label("E-mail address").fill(address)
    page.get_by_role("button", name="Send me a code").click()
    page.get_by_label("Code", exact=True).fill(code_for(site, page, address, "en").replace(" ", "-"))
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".portal-header__account a")).to_contain_text("Angharad Llywarch")
    context.close()

"""Reading papers in a real browser, in each language: with no connection, through a new edition, and out again."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import Site

pytestmark = pytest.mark.journey
PAPERS = {"en": "/en/board/meetings/coming-meeting/papers/", "cy": "/cy/bwrdd/cyfarfodydd/cyfarfod-nesaf/papurau/"}
TRIAL = {
    "en": "/en/board/papers/results-of-the-trial-of-clear-letters/",
    "cy": "/cy/bwrdd/papurau/canlyniadau-treial-y-llythyrau-clir/",
}
CLEAR = {
    "en": "/en/board/papers/clear-letters-about-council-tax/",
    "cy": "/cy/bwrdd/papurau/llythyrau-clir-am-y-dreth-gyngor/",
}
WORDS: dict[str, dict[str, str]] = {
    "en": {
        "kept": "This meeting is kept on this device until",
        "unsent": "Not yet sent",
        "elsewhere": "Written on another device",
        "no connection": "No connection",
        "meeting": "Coming meeting of the demonstration board",
        "projects": "/en/projects/",
        "sign out": "/en/account/sign-out/",
        "sign out button": "Sign out",
        "changed": "The words changed",
        "own": "Your note",
        "keep": "Keep the note",
        "since": "What changed since you read it",
        "find word": "treth",
        "large": "English, large print (18 point)",
        "find": "Find in these papers",
    },
    "cy": {
        "kept": "Cedwir y cyfarfod hwn ar y ddyfais hon tan",
        "unsent": "Heb ei anfon eto",
        "elsewhere": "Ysgrifennwyd ar ddyfais arall",
        "no connection": "Dim cysylltiad",
        "meeting": "Cyfarfod nesaf y bwrdd enghreifftiol",
        "projects": "/cy/prosiectau/",
        "sign out": "/cy/cyfrif/allgofnodi/",
        "sign out button": "Allgofnodi",
        "changed": "Newidiodd y geiriau",
        "own": "Eich nodyn",
        "keep": "Cadw’r nodyn",
        "since": "Beth sydd wedi newid ers i chi ei ddarllen",
        "find word": "dreth",
        "large": "Cymraeg, print bras (18 pwynt)",
        "find": "Chwilio yn y papurau hyn",
    },
}
languages = pytest.mark.parametrize("language", ["en", "cy"])
NOTES = """SELECT n.id, n.version FROM board_note n JOIN accounts_user u ON u.id = n.user_id
    JOIN board_paper p ON p.id = n.paper_id
    WHERE p.slug_en LIKE 'clear-letters%%' AND u.demo_slug = 'board-member' ORDER BY n.id"""
CACHES = "async () => (await caches.keys()).filter(name => name.startsWith('portal-kept-'))"

# which of these addresses are kept on the device
KEPT = "async urls => Promise.all(urls.map(async url => Boolean(await caches.match(url, { ignoreVary: true }))))"


def act(site: Site, page: Page, person: str, path: str, button: str) -> None:
    """This person opens the page and presses the button."""
    page.context.clear_cookies()
    site.sign_in(page, person)
    page.goto(site.url + path)
    if path.endswith("/correct/"):
        page.locator("#id_why").fill("A sentence is missing.")
    page.get_by_role("button", name=button, exact=True).first.click()
    page.wait_for_load_state()


class Reader:
    """A board member with their tablet."""

    def __init__(self, site: Site, page: Page, language: str) -> None:
        self.site, self.page, self.language, self.words = site, page, language, WORDS[language]

    def keep(self) -> None:
        """Mark the meeting; the copies are there once the page says so."""
        self.site.open(self.page, PAPERS[self.language])
        self.page.locator("[data-device-keep]").click()
        expect(self.page.locator("[data-device-state]")).to_contain_text(self.words["kept"], timeout=20_000)
        self.site.check(self.page)

    def write(self, block: str, text: str) -> None:
        """A note on a block, from the page of the paper."""
        self.page.locator(f"#{block} summary").first.click()
        self.page.locator(f"#{block} [data-note]").first.click()
        form = self.page.locator(f"#{block} .board-note--new")
        form.locator("textarea").fill(text)
        form.get_by_role("button", name=self.words["keep"]).click()


def elsewhere(site: Site, browser: Browser, settings: dict[str, Any], language: str, text: str) -> None:
    """The same person, on another device, writes on the same paragraph."""
    context = browser.new_context(**settings)
    page = context.new_page()
    site.sign_in(page, "board-member", language)
    page.goto(site.url + CLEAR[language])
    Reader(site, page, language).write("p2", text)
    expect(page.locator("#p2 .board-note").first).to_contain_text(text)
    context.close()


@languages
def test_a_kept_meeting_is_read_and_noted_with_no_connection(
    site: Site,
    page: Page,
    context: BrowserContext,
    browser: Browser,
    browser_context_args: dict[str, Any],
    language: str,
) -> None:
    words, reader, before = WORDS[language], Reader(site, page, language), site.rows(NOTES)
    site.sign_in(page, "board-member", language)
    reader.keep()
    context.set_offline(True)
    page.goto(site.url + TRIAL[language])
    expect(page.locator("#f1 svg")).to_be_visible()
    expect(page.locator("#p1 .board-note")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.portal-panel')).borderTopWidth") != "0px"
    other = "cy" if language == "en" else "en"
    page.goto(site.url + TRIAL[other])
    expect(page.locator("#p1")).to_contain_text("290")
    page.goto(site.url + words["projects"])
    expect(page.get_by_role("heading", name=words["no connection"])).to_be_visible()
    page.get_by_role("link", name=words["meeting"]).click()
    page.locator(f"a[href='{CLEAR[language]}']").click()
    reader.write("p1", f"Offline one {language}")
    expect(page.locator("#p1 [data-state]")).to_contain_text(words["unsent"])
    reader.write("p2", f"Offline two {language}")
    expect(page.locator("#p2 [data-state]")).to_contain_text(words["unsent"])
    page.goto(site.url + CLEAR[language])
    expect(page.locator("#p1 textarea")).to_have_value(f"Offline one {language}")
    assert site.rows(NOTES) == before
    elsewhere(site, browser, browser_context_args, language, f"Online two {language}")
    context.set_offline(False)
    site.faults.clear()  # what the browser said of the missing connection
    page.goto(site.url + CLEAR[language])
    page.wait_for_url(re.compile("/(notes|nodiadau)/"))
    expect(page.get_by_text(words["elsewhere"])).to_be_visible()
    expect(page.get_by_text(f"Offline two {language}").first).to_be_visible()
    page.goto(site.url + CLEAR[language])
    expect(page.locator("#p1 .board-note")).to_contain_text(f"Offline one {language}")
    expect(page.locator("#p2 .board-note").first).to_contain_text(f"Online two {language}")
    assert len(page.evaluate(CACHES)) == 1
    site.open(page, words["sign out"])
    with page.expect_navigation(url=re.compile("sign-in|mewngofnodi")):
        page.get_by_role("button", name=words["sign out button"]).last.click()
    assert page.evaluate(CACHES) == []
    context.set_offline(True)
    with pytest.raises(Exception, match="ERR_INTERNET_DISCONNECTED"):
        page.goto(site.url + CLEAR[language])
    context.set_offline(False)


def test_copies_leave_when_somebody_else_signs_in(site: Site, page: Page, context: BrowserContext) -> None:
    site.sign_in(page, "board-member")
    Reader(site, page, "en").keep()
    [mine] = page.evaluate(CACHES)
    context.clear_cookies()
    site.sign_in(page, "officer-torfaen")
    page.goto(site.url + PAPERS["en"])
    page.wait_for_function("async () => !(await caches.keys()).some(name => name.startsWith('portal-kept-'))")
    context.set_offline(True)
    page.goto(site.url + TRIAL["en"])
    expect(page.get_by_role("heading", name=WORDS["en"]["no connection"])).to_be_visible()
    assert mine not in page.evaluate("caches.keys()")
    context.set_offline(False)


def test_a_note_survives_a_new_edition_and_the_other_language_and_says_that_the_words_changed(
    site: Site, page: Page
) -> None:
    site.sign_in(page, "board-member", "cy")
    page.goto(site.url + CLEAR["cy"])
    reader = Reader(site, page, "cy")
    reader.write("p3", "Gofyn am hyn.")
    expect(page.locator("#p3 .board-note")).to_contain_text("Gofyn am hyn.")
    reader.write("p4", "Da iawn.")
    expect(page.locator("#p4 .board-note")).to_contain_text("Da iawn.")
    page.locator("#p3 summary").first.click()
    page.locator("#p3 button[name=uid]").click()
    work = f"{CLEAR['en']}work/"
    act(site, page, "secretariat", f"{work}steps/correct/", "Begin a correction")
    assert page.url.endswith(work), page.url
    page.get_by_role("link", name="Edit Paragraph 3").click()
    for language, word in (("en", "Corrected."), ("cy", "Cywirwyd.")):
        field = page.locator(f"#id_text_{language}")
        field.fill(f"{field.input_value()} {word}")
    page.get_by_role("button", name="Save", exact=True).click()
    page.goto(f"{site.url}{work}front/")
    page.locator("#id_correction_en").fill("A sentence is added.")
    page.locator("#id_correction_cy").fill("Ychwanegwyd brawddeg.")
    page.get_by_role("button", name="Save", exact=True).click()
    act(site, page, "author", work, "Send to review")
    act(site, page, "clearer", work, "Clear the paper")
    act(site, page, "secretariat", work, "Publish")
    page.context.clear_cookies()
    site.sign_in(page, "board-member", "cy")
    for language in ("cy", "en"):
        words = WORDS[language]
        site.open(page, CLEAR[language])
        expect(page.locator("#p3 .board-note")).to_contain_text("Gofyn am hyn.")
        expect(page.locator("#p3 .board-note")).to_contain_text(words["changed"])
        expect(page.locator("#p4 .board-note")).to_contain_text("Da iawn.")
        expect(page.locator("#p4 .board-note")).not_to_contain_text(words["changed"])
        page.get_by_role("link", name=words["since"]).click()
        expect(page.locator("ins").first).to_contain_text("Corrected." if language == "en" else "Cywirwyd.")
        site.check(page)


@languages
def test_the_pack_is_offered_in_large_print_too_and_found_in_as_one_types(
    site: Site, page: Page, language: str
) -> None:
    words = WORDS[language]
    site.open(page, PAPERS[language])
    page.get_by_label(words["find"]).fill(words["find word"])
    expect(page.locator("[data-found] a").first).to_be_visible()
    for size in ("large", "standard"):
        page.locator(f"form:has(input[value={language}]):has(input[value={size}]) button").click()
        page.wait_for_load_state()
    large = page.get_by_role("link", name=re.compile(re.escape(words["large"]) + ".*PDF"))
    expect(large).to_be_visible(timeout=30_000)
    with page.expect_download() as download:
        large.click()
    assert download.value.suggested_filename.endswith("-18pt.pdf")
    site.check(page)


def withdraw(site: Site, browser: Browser, settings: dict[str, Any], paper: str) -> None:
    """Two people take a published paper back, each on a device of their own."""
    context = browser.new_context(**settings)
    page = context.new_page()
    site.sign_in(page, "secretariat")
    page.goto(f"{site.url}{paper}work/")
    page.locator("a[href$='/withdraw/']").first.click()
    boxes = page.locator("input[name=editions]").all()
    editions = len(boxes)
    for box in boxes:
        box.check()
    page.locator("#id_reason_en").fill("It named a person.")
    page.locator("#id_reason_cy").fill("Roedd yn enwi person.")
    page.get_by_role("button", name="Ask for the withdrawal").click()
    site.sign_in(page, "clearer")
    title = paper.rstrip("/").rpartition("/")[2].replace("-", " ").capitalize()
    for _edition in range(editions):
        page.goto(f"{site.url}/en/")
        page.get_by_role("link", name=re.compile(f"withdrawal.*{title}")).first.click()
        for _press in ("asked", "confirmed"):
            with page.expect_navigation():
                page.get_by_role("button", name="Withdraw it now").click()
    standing = (
        "SELECT count(*) FROM board_edition e JOIN board_paper p ON p.id = e.paper_id"
        " WHERE p.slug_en = %s AND e.withdrawn_at IS NULL"
    )
    assert site.rows(standing, paper.rstrip("/").rpartition("/")[2]) == [(0,)]
    context.close()


@languages
def test_a_withdrawn_copy_leaves_the_device_at_its_next_contact_signed_in_or_not(
    site: Site,
    page: Page,
    context: BrowserContext,
    browser: Browser,
    browser_context_args: dict[str, Any],
    language: str,
) -> None:
    """In English the device has no session any more; in Welsh its person is signed in."""
    paper = TRIAL if language == "en" else CLEAR
    site.sign_in(page, "board-member", language)
    Reader(site, page, language).keep()
    both = [paper["en"], paper["cy"]]
    assert page.evaluate(KEPT, both) == [True, True]
    withdraw(site, browser, browser_context_args, paper["en"])
    if language == "en":
        context.clear_cookies()
    workers = page.context.new_cdp_session(page)
    workers.send("ServiceWorker.enable")
    for attempt in range(100):
        if not attempt % 20:  # it would ask again after 30 seconds only; one that is slow to stop asks the next time
            workers.send("ServiceWorker.stopAllWorkers")
            page.goto(f"{site.url}/{language}/")
        if page.evaluate(KEPT, both) == [False, False]:
            break
        page.wait_for_timeout(200)
    assert page.evaluate(KEPT, both) == [False, False]
    context.set_offline(True)
    page.goto(site.url + paper[language])
    expect(page.get_by_role("heading", name=WORDS[language]["no connection"])).to_be_visible()
    context.set_offline(False)
    site.faults.clear()  # what the browser said of the missing connection

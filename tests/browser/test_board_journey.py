"""The board in a real browser, in each language: a paper from draft to publication, and the reading of it."""

import re
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site

pytestmark = pytest.mark.journey
WORDS: dict[str, dict[str, str]] = {
    "en": {
        "meeting": "/en/board/meetings/coming-meeting/",
        "begin": "Begin a paper.*Actions and dates to come",
        "title": "Dates of the spring",
        "submit": "Begin the paper",
        "add": "Add the block",
        "save": "Save",
        "next": "Save and write the next paragraph",
        "review": "Send to review",
        "return": "Return to the author",
        "reason": "Reason",
        "clear": "Clear the paper",
        "publish": "Publish",
        "gaps": "The paper cannot be published yet",
        "translate": "Send to translation",
        "mark": "Mark as reviewed Paragraph 1",
        "finished": "Translation is finished",
        "published": "Published",
        "wait": "Clear or return the paper",
        "update": "/en/board/papers/update-28-october-2022/",
        "report": "This is a report about the board. It is not a paper of the board.",
        "asked": "Members are asked to note the paper.",
        "historic": "/en/board/meetings/20-september-2022/",
        "no paper": "paper not published",
        "no outcome": "outcome not published",
        "inferred": "This role is public knowledge",
        "table": "People on the board",
        "kept": "you typed and did not save",
    },
    "cy": {
        "meeting": "/cy/bwrdd/cyfarfodydd/cyfarfod-nesaf/",
        "begin": "Dechrau papur.*Camau gweithredu a dyddiadau i ddod",
        "title": "Dyddiadau'r gwanwyn",
        "submit": "Dechrau’r papur",
        "add": "Ychwanegu’r bloc",
        "save": "Cadw",
        "next": "Cadw ac ysgrifennu’r paragraff nesaf",
        "review": "Anfon i’w adolygu",
        "return": "Dychwelyd i’r awdur",
        "reason": "Rheswm",
        "clear": "Clirio’r papur",
        "publish": "Cyhoeddi",
        "gaps": "Ni ellir cyhoeddi’r papur eto",
        "translate": "Anfon i’w gyfieithu",
        "mark": "Nodi ei fod wedi’i adolygu Paragraff 1",
        "finished": "Mae’r cyfieithu wedi’i orffen",
        "published": "Wedi’i gyhoeddi",
        "wait": "Cliriwch neu dychwelwch y papur",
        "update": "/cy/bwrdd/papurau/diweddariad-28-hydref-2022/",
        "report": "Adroddiad am y bwrdd yw hwn. Nid un o bapurau’r bwrdd ydyw.",
        "asked": "Gofynnir i'r aelodau nodi'r papur.",
        "historic": "/cy/bwrdd/cyfarfodydd/20-medi-2022/",
        "no paper": "papur heb ei gyhoeddi",
        "no outcome": "canlyniad heb ei gyhoeddi",
        "inferred": "Mae’r rôl hon yn wybodaeth gyhoeddus",
        "table": "Pobl ar y bwrdd",
        "kept": "a deipiwyd gennych",
    },
}
FRONT = {"en": "/en/board/", "cy": "/cy/bwrdd/"}
languages = pytest.mark.parametrize("language", ["en", "cy"])


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def write(page: Page, en: str, cy: str) -> None:
    """Fill in both sides of a block."""
    page.locator("#id_text_en").fill(en)
    page.locator("#id_text_cy").fill(cy)


class Papers:
    """The people who take one paper from draft to publication, each in turn in the same browser."""

    def __init__(self, site: Site, page: Page, language: str) -> None:
        self.site, self.page, self.language, self.words = site, page, language, WORDS[language]
        self.work = ""

    def become(self, person: str) -> None:
        self.page.context.clear_cookies()
        self.site.sign_in(self.page, person, self.language)

    def go_on_as(self, person: str) -> None:
        self.become(person)
        self.site.open(self.page, self.work)

    def draft(self) -> None:
        """The secretariat begins the paper and writes three blocks; the second paragraph lacks its Welsh."""
        site, page, words = self.site, self.page, self.words
        self.become("secretariat")
        site.open(page, words["meeting"])
        page.get_by_role("link", name=re.compile(words["begin"])).click()
        site.check(page)
        page.locator("#id_title_en").fill(f"{words['title']} (en)")
        page.locator("#id_title_cy").fill(f"{words['title']} (cy)")
        page.get_by_label("Catrin Ednyfed").check()
        press(page, words["submit"])
        site.check(page)
        self.work = re.sub(r"^https?://[^/]+", "", page.url)
        page.locator("#id_kind").select_option("recommendation")
        press(page, words["add"])
        site.check(page)
        write(page, "The board is asked to note the dates.", "Gofynnir i'r bwrdd nodi'r dyddiadau.")
        press(page, words["next"])
        write(page, "The first meeting is in March.", "Mae'r cyfarfod cyntaf ym mis Mawrth.")
        press(page, words["next"])
        write(page, "The second is in May.", "")
        press(page, words["save"])
        site.check(page)

    def clearance(self) -> None:
        """Sent to review, returned with a reason, sent again, cleared by another person."""
        site, page, words = self.site, self.page, self.words
        press(page, words["review"])
        self.become("clearer")
        expect(page.get_by_role("link", name=re.compile(words["wait"])).first).to_be_visible()
        site.open(page, self.work)
        page.get_by_role("button", name=words["return"], exact=True).click()
        page.get_by_label(words["reason"]).fill("Say which year.")
        press(page, words["return"])
        site.check(page)
        expect(page.get_by_text("Say which year.")).to_be_visible()
        self.go_on_as("author")
        press(page, words["review"])
        self.go_on_as("clearer")
        press(page, words["clear"])

    def publication(self) -> None:
        """Refused while a side is missing; the translator fills it; published."""
        site, page, words = self.site, self.page, self.words
        self.go_on_as("secretariat")
        press(page, words["publish"])
        site.check(page)
        expect(page.get_by_role("heading", name=words["gaps"])).to_be_visible()
        site.open(page, self.work)
        press(page, words["translate"])
        self.go_on_as("translator")
        page.locator(".govuk-error-summary__list a").first.click()
        write(page, "The second is in May.", "Mae'r ail ym mis Mai.")
        press(page, words["save"])
        press(page, words["mark"])
        site.check(page)
        press(page, words["finished"])
        self.go_on_as("secretariat")
        press(page, words["publish"])
        site.check(page)
        expect(page.get_by_text(words["published"], exact=True).first).to_be_visible()


@languages
def test_a_paper_goes_from_draft_to_publication_and_a_member_links_to_a_paragraph(
    site: Site, page: Page, language: str
) -> None:
    papers, words = Papers(site, page, language), WORDS[language]
    papers.draft()
    papers.clearance()
    papers.publication()
    papers.become("board-member")
    site.open(page, words["meeting"])
    page.get_by_role("link", name=re.compile(re.escape(words["title"]))).click()
    site.check(page)
    page.locator("#p2 > a").click()
    assert page.url.endswith("#p2")
    said = "The second is in May." if language == "en" else "Mae'r ail ym mis Mai."
    expect(page.locator("#p2")).to_contain_text(said)
    expect(page.locator("#r1")).to_be_visible()


@languages
def test_anybody_reads_the_board_its_first_meeting_and_the_report_about_it(
    site: Site, page: Page, language: str
) -> None:
    words = WORDS[language]
    site.open(page, FRONT[language])
    expect(page.get_by_text(words["inferred"])).to_be_visible()
    site.open(page, words["historic"])
    expect(page.get_by_text(words["no paper"])).to_have_count(3)
    expect(page.get_by_text(words["no outcome"])).to_have_count(3)
    site.open(page, words["update"])
    expect(page.get_by_text(words["report"])).to_be_visible()
    expect(page.get_by_text(words["asked"]).first).to_be_visible()
    expect(page.get_by_role("table", name=re.compile(words["table"]))).to_be_visible()
    page.goto(f"{site.url}{words['update']}#p12")
    expect(page.locator("#p12")).to_be_in_viewport()


@pytest.mark.parametrize("width", [320, 820, 1280])
def test_the_pages_of_the_board_fit_the_screen(site: Site, page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    site.sign_in(page, "secretariat")
    for path in (
        FRONT["en"],
        "/en/board/papers/",
        "/en/board/papers/in-preparation/",
        WORDS["en"]["historic"],
        WORDS["en"]["update"],
        "/en/board/papers/one-way-to-report-a-missed-collection/work/",
    ):
        site.open(page, path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path


def test_what_an_author_types_is_kept_without_a_save(site: Site, page: Page) -> None:
    site.sign_in(page, "author")
    site.open(page, "/en/board/papers/booking-leisure-services-online/work/")
    page.get_by_role("link", name="Edit Paragraph 1").click()
    with page.expect_response(lambda answer: answer.url.endswith("/draft/")):
        page.locator("#id_text_en").fill("Typed, and never saved.")
    expect(page.locator("[data-saved]")).to_contain_text("Saved at")
    page.reload()
    site.check(page)
    expect(page.get_by_text(WORDS["en"]["kept"])).to_be_visible()
    expect(page.locator("#id_text_en")).to_have_value("Typed, and never saved.")


def test_a_block_is_written_and_moved_with_no_script(
    site: Site, browser: Browser, browser_context_args: dict[str, Any]
) -> None:
    context = browser.new_context(**{**browser_context_args, "java_script_enabled": False})
    page = context.new_page()
    site.sign_in(page, "author")
    page.goto(f"{site.url}/en/board/papers/booking-leisure-services-online/work/")
    page.locator("#id_kind").select_option("paragraph")
    press(page, "Add the block")
    write(page, "Written with no script.", "Ysgrifennwyd heb sgript.")
    press(page, "Save")
    expect(page.get_by_text("Written with no script.")).to_be_visible()
    page.get_by_role("button", name=re.compile("Move up")).last.click()
    expect(page.locator(".board-row").last).not_to_contain_text("Written with no script.")
    context.close()

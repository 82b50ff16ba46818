"""The day of a meeting on a tablet, in each language: the line breaks in the middle, nothing is lost and nothing stands
twice; the public note, the minutes, and the trace from a recommendation to a project and back."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Route, expect

from tests.browser.conftest import Site

pytestmark = pytest.mark.journey
languages = pytest.mark.parametrize("language", ["en", "cy"])
TABLET = {"width": 820, "height": 1180}
WORDS = {
    "en": {
        "day": "/en/board/meetings/todays-meeting/day/",
        "note": "/en/board/meetings/todays-meeting/note/",
        "register": "/en/board/decisions/",
        "title": "Today’s meeting of the demonstration board",
        "kept": "No connection: what you recorded is kept on this device",
        "sent": "What was kept on this device is recorded now.",
        "agreed": "Agreed",
        "asked": "five councils",
        "vote": "Votes: 2 for, 0 against, 0 abstained.",
        "decision": "The dates were noted.",
        "due": "seven working days after the meeting",
    },
    "cy": {
        "day": "/cy/bwrdd/cyfarfodydd/cyfarfod-yfory/diwrnod/",
        "note": "/cy/bwrdd/cyfarfodydd/cyfarfod-yfory/nodyn/",
        "register": "/cy/bwrdd/penderfyniadau/",
        "title": "Cyfarfod yfory y bwrdd enghreifftiol",
        "kept": "Dim cysylltiad: mae’r hyn a gofnodwyd gennych yn cael ei gadw ar y ddyfais hon",
        "sent": "Mae’r hyn a gadwyd ar y ddyfais hon wedi’i gofnodi bellach.",
        "agreed": "Cytunwyd",
        "asked": "pum cyngor",
        "vote": "Pleidleisiau: 2 o blaid, 0 yn erbyn, 0 yn ymatal.",
        "decision": "Nodwyd y dyddiadau.",
        "due": "saith diwrnod gwaith ar ôl y cyfarfod",
    },
}


@dataclass
class Tablet:
    """The secretariat's tablet at the meeting."""

    site: Site
    page: Page
    language: str

    @property
    def words(self) -> dict[str, str]:
        return WORDS[self.language]

    def open(self) -> None:
        self.site.open(self.page, self.words["day"])

    def item(self, number: int) -> None:
        self.open()
        self.page.locator(".govuk-task-list a").nth(number - 1).click()
        self.page.wait_for_load_state()
        self.site.check(self.page)

    def save(self) -> None:
        """Press the button of the page's form; the script sends it and goes where the portal says."""
        here = self.page.url
        self.page.locator("#page-form button").first.click()
        self.page.wait_for_url(lambda url: url != here)
        self.site.check(self.page)

    def recorded(self, column: str = "result") -> list[str]:
        """What the database holds of the outcomes of this meeting."""
        sql = (
            f"SELECT o.{column} FROM board_outcome o JOIN board_agendaitem i ON i.id = o.item_id"
            " JOIN board_meeting m ON m.id = i.meeting_id WHERE %s IN (m.title_en, m.title_cy) ORDER BY o.id"
        )
        return [str(row[0]) for row in self.site.rows(sql, self.words["title"])]


def lose_the_answer(route: Route) -> None:
    """The portal gets what was sent, and its answer never arrives."""
    route.fetch()
    route.abort()


def attendance(tablet: Tablet) -> None:
    tablet.open()
    tablet.page.locator("section[aria-labelledby=who] a.govuk-button").click()
    tablet.page.wait_for_load_state()
    tablet.site.check(tablet.page)
    for number in (0, 1):
        tablet.page.locator("input[type=radio][value=in_person]").nth(number).check()
    with tablet.page.expect_navigation():
        tablet.page.locator("#page-form button").first.click()
    tablet.site.check(tablet.page)


def broken_line(tablet: Tablet, context: BrowserContext) -> None:
    """All as recommended with no connection; the page is closed, and another one of that day sends it."""
    tablet.item(1)
    context.set_offline(True)
    tablet.page.locator("form[data-day] button").first.click()
    line = tablet.page.locator("[data-day-line]")
    expect(line).to_contain_text(tablet.words["kept"])
    tablet.page.locator("form[data-day] button").first.click()  # pressed again, it is kept once
    expect(line).to_contain_text("1")
    assert tablet.recorded() == []
    tablet.page.close()
    context.set_offline(False)
    tablet.page = context.new_page()
    tablet.page.set_viewport_size(TABLET)
    tablet.open()
    expect(tablet.page.locator("[data-day-line]")).to_contain_text(tablet.words["sent"])
    assert tablet.recorded() == ["agreed", "agreed"]


def lost_answer(tablet: Tablet) -> None:
    """A decision arrives, its answer does not: sent again, it stands once."""
    tablet.item(2)
    tablet.page.locator("section[aria-labelledby=asked] a.govuk-button").last.click()
    tablet.page.wait_for_load_state()
    tablet.page.locator("#id_words_en").fill("The dates were noted.")
    tablet.page.locator("#id_words_cy").fill("Nodwyd y dyddiadau.")
    tablet.page.locator("input[value=noted]").check()
    here = tablet.page.url
    tablet.page.route(here, lose_the_answer, times=1)
    tablet.page.locator("#page-form button").first.click()
    expect(tablet.page.locator("[data-day-line]")).to_contain_text(tablet.words["kept"])
    assert tablet.recorded() == ["agreed", "agreed", "noted"]
    tablet.page.evaluate("dispatchEvent(new Event('online'))")
    tablet.page.wait_for_url(lambda url: url != here)
    expect(tablet.page.locator("main")).to_contain_text(tablet.words["decision"])
    assert tablet.recorded() == ["agreed", "agreed", "noted"]


def vote_and_action(tablet: Tablet) -> None:
    tablet.item(1)
    links = tablet.page.locator(".board-asked__links").first.locator("a")
    links.nth(1).click()
    tablet.page.locator("#id_in_favour").fill("2")
    tablet.page.locator("#id_against").fill("0")
    tablet.save()
    expect(tablet.page.locator("main")).to_contain_text(tablet.words["vote"])
    tablet.page.locator(".board-asked__links").first.locator("a").nth(2).click()
    page = tablet.page
    page.locator("#id_text_en").fill("Write to the schools.")
    page.locator("#id_text_cy").fill("Ysgrifennu at yr ysgolion.")
    page.locator("#id_owner").select_option(index=1)
    for part, value in (("day", "1"), ("month", "3"), ("year", "2031")):
        page.locator(f"[name=due_{part}]").fill(value)
    page.locator("#id_projects").select_option(index=0)
    tablet.save()


def held(tablet: Tablet) -> None:
    tablet.open()
    tablet.page.locator("section[aria-labelledby=after] .govuk-button-group a").first.click()
    tablet.page.wait_for_load_state()
    tablet.page.locator("main form button").first.click()
    tablet.page.wait_for_load_state()
    tablet.site.check(tablet.page)


def public_note(tablet: Tablet, browser: Browser) -> None:
    """Its clock, its publication, and what anybody reads."""
    words = tablet.words
    tablet.site.open(tablet.page, words["note"])
    expect(tablet.page.locator(".board-clock")).to_contain_text(words["due"])
    tablet.page.locator("main form button").first.click()
    tablet.page.wait_for_load_state()
    tablet.site.check(tablet.page)
    anybody = browser.new_context().new_page()
    tablet.site.open(anybody, words["note"])
    for said in (words["asked"], words["decision"], words["vote"]):
        expect(anybody.locator("main")).to_contain_text(said)
    anybody.context.close()


def minutes(tablet: Tablet) -> None:
    """Drafted from the record, approved by a later meeting, then frozen and public."""
    tablet.open()
    tablet.page.locator("section[aria-labelledby=after] form button").click()
    tablet.page.wait_for_load_state()
    tablet.site.check(tablet.page)
    expect(tablet.page.locator("main")).to_contain_text(tablet.words["asked"])
    tablet.page.locator("button[formaction$='/approve/']").click()
    tablet.page.wait_for_load_state()
    tablet.site.check(tablet.page)
    tablet.page.locator("main select").select_option(index=1)
    tablet.page.locator("main form button").first.click()
    tablet.page.wait_for_load_state()
    tablet.site.check(tablet.page)
    expect(tablet.page.locator("main .govuk-error-summary")).to_have_count(0)
    expect(tablet.page.locator("#p1")).to_be_visible()


def trace(tablet: Tablet) -> None:
    """From the register to the recommendation's chain, to its action, to the project, and back."""
    page = tablet.page
    tablet.site.open(page, tablet.words["register"])
    page.locator("main table a", has_text=tablet.words["asked"]).first.click()
    page.wait_for_load_state()
    tablet.site.check(page)
    decision = page.url
    page.locator(".board-trace__action a").first.click()
    page.wait_for_load_state()
    tablet.site.check(page)
    action = page.url
    page.locator("section[aria-labelledby=done] a").first.click()
    page.wait_for_load_state()
    tablet.site.check(page)
    page.locator(f"a[href='{path_of(action)}']").first.click()
    expect(page).to_have_url(action)
    page.locator("section[aria-labelledby=from] a").first.click()
    expect(page).to_have_url(decision)


def path_of(url: str) -> str:
    return "/" + url.split("/", 3)[3]


@languages
def test_a_meeting_is_recorded_on_a_tablet_whose_line_breaks_and_followed_to_its_projects(
    site: Site, page: Page, context: BrowserContext, browser: Browser, language: str
) -> None:
    page.set_viewport_size(TABLET)
    site.sign_in(page, "secretariat", language)
    tablet = Tablet(site, page, language)
    attendance(tablet)
    broken_line(tablet, context)
    lost_answer(tablet)
    vote_and_action(tablet)
    held(tablet)
    public_note(tablet, browser)
    minutes(tablet)
    trace(tablet)

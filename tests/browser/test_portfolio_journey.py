"""The portfolio in a real browser, in each language: the weekly update by keyboard, views, paper, several at once."""

import io
import time
from dataclasses import dataclass, field

import pypdf
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site

pytestmark = pytest.mark.journey
NARROW = {"width": 320, "height": 640}
A3 = (842, 1191)  # points
MOST_ACTIONS, MOST_SECONDS = 6, 60


@dataclass(frozen=True)
class Words:
    """The words of one language, and the project that its journey uses."""

    language: str
    weekly: str
    slug: str
    published: str
    still_true: str
    board: str
    timeline: str
    listed: str
    columns: str
    theme: str
    show: str
    several: str
    every_change: str
    make: str
    changed: str
    live: str


ENGLISH = Words(
    "en", "/en/projects/weekly/", "demo-missed-collections", "1 project is published.", "still true.",
    "/en/projects/by-phase/", "/en/projects/timeline/", "/en/projects/", "Choose the columns", "Strategy theme",
    "Show these columns", "/en/projects/several/", "Show every change", "Make these changes", "1 project is changed.",
    "Live",
)  # fmt: skip
WELSH = Words(
    "cy", "/cy/prosiectau/wythnosol/", "demo-school-meals", "Mae 1 prosiect wedi’i gyhoeddi.", "yn dal yn wir.",
    "/cy/prosiectau/fesul-cyfnod/", "/cy/prosiectau/llinell-amser/", "/cy/prosiectau/", "Dewis y colofnau",
    "Thema’r strategaeth", "Dangos y colofnau hyn", "/cy/prosiectau/sawl/", "Dangos pob newid",
    "Gwneud y newidiadau hyn", "Mae 1 prosiect wedi’i newid.", "Byw",
)  # fmt: skip
PLAN = "?plan=demonstration-plan"


@pytest.fixture(params=[ENGLISH, WELSH], ids=["en", "cy"])
def words(request: pytest.FixtureRequest) -> Words:
    return request.param


@dataclass
class Keyboard:
    """Each key that is pressed and each passage that is typed is one action."""

    page: Page
    done: list[str] = field(default_factory=list)

    def press(self, key: str) -> None:
        self.done.append(key)
        self.page.keyboard.press(key)

    def write(self, text: str) -> None:
        self.done.append(text)
        self.page.keyboard.type(text)


def start(site: Site, page: Page, words: Words) -> int:
    """Open the weekly screen at the project, as the link of what needs a person does; the project's id."""
    site.sign_in(page, "team", words.language)
    ((pk, confidence),) = site.rows(
        "SELECT p.id, s.confidence FROM projects_project p JOIN projects_standing s ON s.project_id = p.id"
        " WHERE p.slug_en = %s",
        words.slug,
    )
    place = {"green": "", "amber": "-2", "red": "-3"}[confidence]
    site.open(page, f"{words.weekly}#id_p{pk}-confidence{place}")
    expect(page.locator(f"#id_p{pk}-confidence{place}")).to_be_focused()
    return int(pk)


def test_one_project_is_updated_by_keyboard_in_six_actions(site: Site, page: Page, words: Words) -> None:
    pk, began = start(site, page, words), time.monotonic()
    keys = Keyboard(page)
    keys.press("ArrowDown")
    keys.press("Tab")
    keys.write(f"This week ({words.language}).")
    keys.press("Tab")
    keys.write(f"Yr wythnos hon ({words.language}).")
    keys.press("Control+Enter")
    expect(page.get_by_text(words.published)).to_be_visible()
    assert len(keys.done) <= MOST_ACTIONS, keys.done
    assert time.monotonic() - began < MOST_SECONDS
    site.check(page)
    written = (f"This week ({words.language}).", f"Yr wythnos hon ({words.language}).")
    rows = site.rows(
        "SELECT u.reason_en, u.reason_cy FROM projects_standing s JOIN projects_statusupdate u ON u.id = s.update_id"
        " WHERE s.project_id = %s",
        pk,
    )
    assert rows == [written if words.language == "en" else written[::-1]]  # the page's language stands first


def test_no_change_is_said_by_keyboard_in_two_actions_and_the_screen_fits_a_phone(
    site: Site, page: Page, words: Words
) -> None:
    pk = start(site, page, words)
    keys = Keyboard(page)
    keys.press("Shift+Tab")
    keys.press("Enter")
    expect(page.get_by_text(words.still_true)).to_be_visible()
    assert len(keys.done) == 2
    assert site.rows("SELECT 1 FROM projects_confirmation WHERE project_id = %s AND for_date = current_date", pk)
    page.set_viewport_size(NARROW)
    site.check(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_list_the_board_and_the_timeline_print_on_one_sheet_of_a3(site: Site, page: Page, words: Words) -> None:
    for address, turned in ((words.listed, False), (words.board, True), (words.timeline, False)):
        for query in ("", PLAN):
            site.open(page, address + query)
            paper = pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True, print_background=True)))
            box = paper.pages[0].mediabox
            size = (round(box.width), round(box.height))
            assert (len(paper.pages), size) == (1, A3[::-1] if turned else A3), (address, query)
        page.set_viewport_size(NARROW)
        site.check(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address
        page.set_viewport_size({"width": 1280, "height": 900})


# as many as one sheet is to hold, each with the words of those that are there
MORE = """([rows, count]) => {
  const found = [...document.querySelectorAll(rows)], last = found.at(-1);
  for (let number = found.length; number < count; number++) last.after(found[number % found.length].cloneNode(true));
}"""
LANES = """(count) => {
  const drawn = document.querySelector('.portfolio-timeline'), text = drawn.querySelector(':scope > text:last-of-type');
  for (let number = 0; number < count; number++) drawn.append(text.cloneNode(true));
  drawn.setAttribute('height', `${2.5 + 2.85 * count}em`);
}"""


def test_a_full_page_is_one_sheet_too(site: Site, page: Page) -> None:
    def sheets() -> int:
        return len(pypdf.PdfReader(io.BytesIO(page.pdf(prefer_css_page_size=True))).pages)

    page.goto(site.url + ENGLISH.listed)
    page.evaluate(MORE, ["tbody tr", 50])
    assert sheets() == 1
    page.goto(site.url + ENGLISH.timeline + PLAN)
    page.evaluate(LANES, 50)
    assert sheets() == 1
    for count, fit in ((18, ""), (40, "portfolio-board--close"), (90, "portfolio-board--dense")):
        page.goto(site.url + ENGLISH.board)
        page.evaluate("fit => document.querySelector('.portfolio-board').className += fit", f" {fit}")
        page.evaluate(MORE, [".portfolio-phase:last-child li", count])
        assert sheets() == 1, count


def test_a_reader_chooses_columns(site: Site, page: Page, words: Words) -> None:
    site.open(page, words.listed + PLAN)
    page.get_by_text(words.columns, exact=True).click()
    site.check(page)
    page.locator("#column-theme").check()
    page.get_by_role("button", name=words.show, exact=True).click()
    page.wait_for_load_state()
    expect(page.locator("thead")).to_contain_text(words.theme)
    site.check(page)


def test_several_projects_are_changed_after_every_change_is_seen(site: Site, page: Page, words: Words) -> None:
    site.sign_in(page, "team", words.language)
    site.open(page, words.several + PLAN)
    ((pk,),) = site.rows("SELECT id FROM projects_project WHERE slug_en = 'demo-parking-permits'")
    phase = {"en": "beta", "cy": "live"}[words.language]
    page.locator(f"input[name=projects][value='{pk}']").check()
    page.locator("#id_phase").select_option(value=phase)
    page.locator("#id_why").fill("The board asked")
    page.get_by_role("button", name=words.every_change, exact=True).click()
    page.wait_for_load_state()
    expect(page.locator("tbody tr")).to_have_count(1)
    site.check(page)
    page.get_by_role("button", name=words.make, exact=True).click()
    expect(page.get_by_text(words.changed)).to_be_visible()
    assert site.rows("SELECT phase FROM projects_project WHERE id = %s", pk) == [(phase,)]

"""From a self-assessment to a booking, in a real browser, in each language."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site

pytestmark = pytest.mark.journey


@dataclass(frozen=True)
class Words:
    """The words of one language, and whose journey it is."""

    language: str
    person: str
    role: str
    team: str
    assess: str
    start: str
    not_yet: str
    save: str
    send_it: str
    send: str
    agree: str
    agreed: str
    next_session: str
    book: str
    confirm: str
    has_place: str
    heat_map: str


ENGLISH = Words(
    "en", "officer-torfaen", "/en/training/skills/roles/content-designer/",
    "/en/training/my-team-skills/", "Assess my skills against this level", "Start", "Not yet", "Save",
    "Send it to your manager", "Send", "Agree the levels", "Agreed", "Next session", "Book a place",
    "Confirm the booking", "has a place", "/en/training/skills/heat-map/",
)  # fmt: skip
WELSH = Words(
    "cy", "coordinator-torfaen", "/cy/hyfforddiant/sgiliau/rolau/dylunydd-cynnwys/",
    "/cy/hyfforddiant/sgiliau-fy-nhim/", "Asesu fy sgiliau yn erbyn y lefel hon", "Dechrau", "Ddim eto", "Cadw",
    "Ei anfon at eich rheolwr", "Anfon", "Cytuno ar y lefelau", "Cytunwyd", "Y sesiwn nesaf", "Archebu lle",
    "Cadarnhau’r archeb", "Mae gan", "/cy/hyfforddiant/sgiliau/map-gwres/",
)  # fmt: skip


@pytest.fixture(params=[ENGLISH, WELSH], ids=["en", "cy"])
def words(request: pytest.FixtureRequest) -> Words:
    return request.param


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()
    page.wait_for_load_state()


def follow(page: Page, label: str) -> None:
    page.get_by_role("link", name=re.compile(label)).first.click()
    page.wait_for_load_state()


def test_an_officer_assesses_their_skills_and_books_what_closes_a_gap(
    site: Site, page: Page, browser: Browser, words: Words
) -> None:
    name = site.rows("SELECT name FROM accounts_user WHERE demo_slug = %s", words.person)[0][0]
    manager_name = site.rows("SELECT name FROM accounts_user WHERE demo_slug = %s", "lead-torfaen")[0][0]
    site.sign_in(page, words.person, words.language)
    site.open(page, words.role)
    follow(page, words.assess)
    site.check(page)
    press(page, words.start)
    site.check(page)
    for group in page.locator("#page-form fieldset").all():
        group.get_by_label(words.not_yet, exact=True).check()
    press(page, words.save)
    site.check(page)
    press(page, words.send_it)
    site.check(page)
    page.locator("#id_manager").select_option(label=manager_name)
    press(page, words.send)
    site.check(page)
    assessment = page.url

    other = browser.new_context().new_page()
    site.sign_in(other, "lead-torfaen", words.language)
    site.open(other, words.team)
    other.get_by_role("link", name=name, exact=True).first.click()
    press(other, words.agree)
    site.check(other)
    press(other, words.agree)
    site.check(other)
    assert other.url == assessment
    expect(other.locator("main")).to_contain_text(words.agreed)
    other.context.close()

    page.reload()
    expect(page.locator("main")).to_contain_text(words.agreed)
    follow(page, words.next_session)
    press(page, words.book)
    press(page, words.confirm)
    site.check(page)
    expect(page.locator("main")).to_contain_text(words.has_place)
    site.open(page, words.heat_map)
    assert page.locator(".skills-map tbody tr").count() > 10

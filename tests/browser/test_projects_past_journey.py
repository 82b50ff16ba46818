"""The past of the projects in a real browser, in each language: as at a day, a difference, a merger, the backlog."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site

pytestmark = pytest.mark.journey
NARROW = {"width": 320, "height": 640}


@dataclass(frozen=True)
class Words:
    """The words of one language, and the addresses that its journey uses."""

    language: str
    letters: str
    first: str
    second: str
    permits: str
    backlog: str
    edit: str
    save: str
    saved: str
    changes: str
    was: str
    known: str
    keep: str
    kept: str
    merge: str
    lineage: str
    merged: str
    undo: str
    undo_it: str
    undone: str
    record: str
    save_decisions: str
    recorded: str
    keep_in: str


ENGLISH = Words(
    "en", "/en/projects/demo-clear-letters/", "/en/projects/demo-booking-leisure/", "Shared content patterns",
    "Parking permits", "/en/projects/backlog/?world=demo", "edit/", "Save", "The changes are saved.",
    "What changed between two dates", "This page as it was on", "What we said then, and what we know now",
    "Keep this page", "A kept page", "Merge", "The whole lineage, drawn",
    "Done. The totals are the same before and after.", "Undo this", "Undo it",
    "It is undone: everything stands where it stood before.", "Record the decisions of a meeting",
    "Save the decisions", "1 decision is recorded.", "Keep in the backlog",
)  # fmt: skip
WELSH = Words(
    "cy", "/cy/prosiectau/enghraifft-llythyrau-clir/", "/cy/prosiectau/enghraifft-archebu-hamdden/",
    "Patrymau cynnwys ar y cyd", "Trwyddedau parcio", "/cy/prosiectau/ol-groniad/?world=demo", "golygu/", "Cadw",
    "Mae’r newidiadau wedi’u cadw.", "Beth newidiodd rhwng dau ddyddiad", "Y dudalen hon fel yr oedd ar",
    "Yr hyn a ddywedwyd bryd hynny, a’r hyn a wyddom nawr", "Cadw’r dudalen hon", "Tudalen a gadwyd", "Uno",
    "Y llinach gyfan, wedi’i darlunio", "Wedi’i wneud. Mae’r cyfansymiau yr un fath cyn ac ar ôl.",
    "Dadwneud hyn", "Ei ddadwneud", "Mae wedi’i ddadwneud: mae popeth yn y lle yr oedd o’r blaen.",
    "Cofnodi penderfyniadau cyfarfod", "Cadw’r penderfyniadau", "Cofnodwyd 1 penderfyniad.",
    "Cadw yn yr ôl-groniad",
)  # fmt: skip


@pytest.fixture(params=[ENGLISH, WELSH], ids=["en", "cy"])
def words(request: pytest.FixtureRequest) -> Words:
    return request.param


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()
    page.wait_for_load_state()


def fits(site: Site, page: Page) -> None:
    """The page holds at 320 px too."""
    page.set_viewport_size(NARROW)
    site.check(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.set_viewport_size({"width": 1280, "height": 900})


def test_somebody_reads_a_page_as_it_was_and_what_changed_since(site: Site, page: Page, words: Words) -> None:
    site.sign_in(page, "team", words.language)
    moment = site.rows("SELECT to_char(now() AT TIME ZONE 'Europe/London', 'YYYY-MM-DD\"T\"HH24:MI:SS.US')")[0][0]
    page.goto(site.url + words.letters + words.edit)
    title = page.locator(f"#id_title_{words.language}")
    before = title.input_value()
    title.fill(f"{before} 2")
    press(page, words.save)
    expect(page.get_by_text(words.saved)).to_be_visible()
    site.open(page, f"{words.letters}?as_at={moment}")
    expect(page.locator(".portal-as-at")).to_contain_text(words.was)
    expect(page.get_by_role("heading", level=1)).to_have_text(before)
    press(page, words.keep)
    expect(page.get_by_text(words.kept, exact=True)).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text(before)
    fits(site, page)
    page.goto(site.url + words.letters)
    page.get_by_role("link", name=words.changes).click()
    page.locator("#id_since").fill(moment)
    page.locator("main form button[type=submit]").first.press("Enter")
    page.wait_for_load_state()
    expect(page.get_by_text(f"“{before} 2”")).to_be_visible()
    fits(site, page)
    page.goto(site.url + words.letters)
    page.get_by_role("link", name=words.known).click()
    fits(site, page)


def test_the_head_of_delivery_merges_two_projects_and_undoes_it(site: Site, page: Page, words: Words) -> None:
    site.sign_in(page, "head-of-delivery", words.language)
    page.goto(site.url + words.first)
    page.get_by_role("link", name=words.lineage).click()
    page.locator("main a[href*='/merge/'], main a[href*='/uno/']").click()
    site.check(page)
    page.locator("#id_other").select_option(label=words.second)
    page.locator("#id_title_en").fill(f"One service ({words.language})")
    page.locator("#id_title_cy").fill(f"Un gwasanaeth ({words.language})")
    page.locator("#id_why").fill("One team")
    press(page, words.merge)
    expect(page.get_by_text(words.merged)).to_be_visible()
    expect(page.locator("main svg")).to_be_visible()
    fits(site, page)
    page.get_by_role("link", name=words.undo).click()
    site.check(page)
    page.locator("#id_why").fill("Too early")
    press(page, words.undo_it)
    expect(page.get_by_text(words.undone)).to_be_visible()
    expect(page.locator("main svg")).to_have_count(0)
    statuses = site.rows("SELECT status FROM projects_project WHERE title_en = %s", f"One service ({words.language})")
    assert statuses == [("closed",)]


def test_the_team_records_what_a_meeting_decided_about_the_backlog(site: Site, page: Page, words: Words) -> None:
    site.sign_in(page, "team", words.language)
    site.open(page, words.backlog)
    page.get_by_role("link", name=words.record).or_(page.get_by_role("button", name=words.record)).click()
    page.wait_for_load_state()
    item = page.locator("section.portal-panel", has=page.get_by_role("heading", name=words.permits))
    item.get_by_label(words.keep_in, exact=True).check()
    for language in ("en", "cy"):
        item.locator(f"textarea[name$=reason_{language}]").fill(f"Not yet ({words.language})")
    later = date.today() + timedelta(days=90)
    for part, value in (("day", later.day), ("month", later.month), ("year", later.year)):
        item.locator(f"input[name$=review_on_{part}]").fill(str(value))
    site.check(page)
    press(page, words.save_decisions)
    expect(page.get_by_text(words.recorded)).to_be_visible()
    expect(page.get_by_text(f"Not yet ({words.language})")).to_be_visible()
    fits(site, page)

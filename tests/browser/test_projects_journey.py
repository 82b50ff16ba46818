"""The projects in a real browser, in each language: the list, an update, a confirmation, a clash, the past."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site

pytestmark = pytest.mark.journey
NARROW, TABLET = {"width": 320, "height": 640}, {"width": 820, "height": 1180}


@dataclass(frozen=True)
class Words:
    """The words of one language, and the projects that its journey uses."""

    language: str
    listed: str
    project: str
    stale: str
    plan: str
    update: str
    edit: str
    show: str
    confidence: str
    red: str
    amber: str
    unconfirmed: str
    post_an_update: str
    post: str
    saved: str
    posted: str
    still_true: str
    confirmed: str
    save: str
    both: str
    theirs: str
    changed: str
    the_past: str
    as_it_was: str
    no_welsh: str


ENGLISH = Words(
    "en", "/en/projects/", "/en/projects/demo-clear-letters/", "/en/projects/demo-booking-leisure/",
    "Demonstration plan", "update/", "edit/", "Show", "Delivery confidence", "Red", "Amber", "Unconfirmed",
    "Post an update", "Post the update", "Saved at", "The update is posted.", "No change, still true",
    "The status is confirmed: still true.", "Save", "Somebody else changed this too", "Keep theirs",
    "The changes are saved.", "See this page as it was", "On that day the portal held nothing about this yet.",
    "Write the reason in Welsh.",
)  # fmt: skip
WELSH = Words(
    "cy", "/cy/prosiectau/", "/cy/prosiectau/enghraifft-patrymau-cynnwys/",
    "/cy/prosiectau/enghraifft-trwyddedau-parcio/",
    "Cynllun enghreifftiol", "diweddaru/", "golygu/", "Dangos", "Hyder cyflawni", "Coch", "Oren", "Heb ei gadarnhau",
    "Postio diweddariad", "Postio’r diweddariad", "Cadwyd am", "Mae’r diweddariad wedi’i bostio.",
    "Dim newid, yn dal yn wir", "Mae’r statws wedi’i gadarnhau: yn dal yn wir.", "Cadw",
    "Mae rhywun arall wedi newid hwn hefyd", "Cadw’r testun arall", "Mae’r newidiadau wedi’u cadw.",
    "Gweld y dudalen hon fel yr oedd", "Ar y diwrnod hwnnw, nid oedd gan y porth ddim am hyn eto.",
    "Ysgrifennwch y rheswm yn Gymraeg.",
)  # fmt: skip


@pytest.fixture(params=[ENGLISH, WELSH], ids=["en", "cy"])
def words(request: pytest.FixtureRequest) -> Words:
    return request.param


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()
    page.wait_for_load_state()


def test_a_visitor_filters_the_list_and_asks_the_past(site: Site, page: Page, words: Words) -> None:
    site.open(page, words.listed)
    rows = page.locator("tbody tr")
    expect(rows).to_have_count(19)
    page.locator(".portal-filters summary").first.click()
    page.locator("#id_plan").select_option(label=words.plan)
    page.locator("#id_confidence").select_option(label=words.red)
    press(page, words.show)
    expect(rows).to_have_count(1)
    site.check(page)
    page.set_viewport_size(NARROW)
    site.check(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    rows.get_by_role("link").first.click()
    site.check(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    page.get_by_text(words.the_past, exact=True).click()
    page.locator("#id_as_at").fill("2020-01-01")
    press(page, words.show)
    expect(page.get_by_text(words.as_it_was)).to_be_visible()
    site.check(page)


def test_the_team_posts_an_update_and_the_public_page_shows_it(
    site: Site, page: Page, browser: Browser, words: Words
) -> None:
    page.set_viewport_size(TABLET)
    site.sign_in(page, "team", words.language)
    site.open(page, words.project)
    press(page, words.post_an_update)
    site.check(page)
    page.get_by_label(words.amber, exact=True).check()
    page.locator("#id_reason_en").fill(f"The printer is late ({words.language}).")
    expect(page.get_by_text(words.saved)).to_be_visible(timeout=10_000)
    page.reload()
    expect(page.locator("#id_reason_en")).to_have_value(f"The printer is late ({words.language}).")
    press(page, words.post)
    expect(page.locator(".govuk-error-summary")).to_contain_text(words.no_welsh)
    site.check(page)
    page.locator("#id_reason_cy").fill(f"Mae’r argraffydd yn hwyr ({words.language}).")
    press(page, words.post)
    expect(page.get_by_text(words.posted)).to_be_visible()
    site.check(page)
    visitor = browser.new_context(java_script_enabled=False)
    public = visitor.new_page()
    public.goto(site.url + words.project)
    reason = {"en": "The printer is late (en).", "cy": "Mae’r argraffydd yn hwyr (cy)."}[words.language]
    expect(public.get_by_text(reason).first).to_be_visible()
    expect(public.locator(".portal-confidence").first).to_have_text(words.amber)
    visitor.close()


def test_the_head_of_delivery_confirms_a_status_by_keyboard(site: Site, page: Page, words: Words) -> None:
    site.sign_in(page, "head-of-delivery", words.language)
    site.open(page, words.stale)
    page.get_by_role("button", name=words.still_true).focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text(words.confirmed)).to_be_visible()
    expect(page.locator("main").get_by_text(words.unconfirmed)).to_have_count(0)
    site.check(page)


def test_two_editors_of_one_field_see_both_texts(site: Site, page: Page, browser: Browser, words: Words) -> None:
    address = site.url + words.project + words.edit
    title, other = f"#id_title_{words.language}", "cy" if words.language == "en" else "en"
    site.sign_in(page, "team", words.language)
    page.goto(address)
    site.check(page)
    colleague = browser.new_context()
    second = colleague.new_page()
    site.sign_in(second, "head-of-delivery", words.language)
    second.goto(address)
    second.locator(title).fill("Theirs")
    press(second, words.save)
    expect(second.get_by_text(words.changed)).to_be_visible()
    colleague.close()
    page.locator(title).fill("Mine")
    page.locator(f"#id_aim_{other}").fill("Aim of mine")
    press(page, words.save)
    expect(page.get_by_role("heading", name=words.both)).to_be_visible()
    expect(page.get_by_text("Mine", exact=True).first).to_be_visible()
    expect(page.get_by_text("Theirs", exact=True).first).to_be_visible()
    site.check(page)
    page.get_by_label(words.theirs).check()
    press(page, words.save)
    expect(page.get_by_text(words.changed)).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_have_text("Theirs")
    slug = words.project.rstrip("/").rsplit("/", 1)[-1]
    columns = f"title_{words.language}, aim_{other}"
    rows = site.rows(f"SELECT {columns} FROM projects_project WHERE slug_{words.language} = %s", slug)
    assert rows == [("Theirs", "Aim of mine")]


def test_a_form_saved_at_once_leaves_no_draft_behind(site: Site, page: Page, words: Words) -> None:
    address = site.url + words.project + words.edit
    site.sign_in(page, "team", words.language)
    page.goto(address)
    page.locator(f"#id_aim_{words.language}").fill("Aim that is saved")
    press(page, words.save)
    expect(page.get_by_text(words.changed)).to_be_visible()
    page.goto(address)
    expect(page.locator(f"#id_aim_{words.language}")).to_have_value("Aim that is saved")
    assert site.rows("SELECT key FROM kernel_draft WHERE key LIKE %s", "projects.project:%") == []

"""Training in a real browser, in each language: book, wait, take an offer, book colleagues, keep a register."""

import re
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site

pytestmark = pytest.mark.journey
TABLET = {"width": 820, "height": 1180}


@dataclass(frozen=True)
class Words:
    """The words of one language, and the sessions that its journey uses."""

    language: str
    sessions: str
    register: str
    counting: str
    own: str
    to_book: str
    full: str
    for_colleague: str
    to_register: str
    book: str
    confirm: str
    cancel: str
    join: str
    has_place: str
    first_in_queue: str
    booked: str
    cancelled: str
    colleague: str
    book_colleague: str
    start: str
    save: str
    present: str
    absent: str
    close: str
    closed: str
    offered: str
    take: str
    for_list: str
    list: str
    book_list: str
    no_address: str
    add: str
    add_present: str
    partly: str
    all_saved: str


ENGLISH = Words(
    "en", "/en/training/sessions", "register", "/en/training/demonstration/", "/en/training/my-bookings/",
    "content-1", "pages-3", "journeys-1", "residents-0",
    "Book a place", "Confirm the booking", "Cancel the booking", "Join the waiting list", "has a place",
    "Place 1 in the queue", "Booked", "Cancelled", "Book a colleague", "Book the colleague",
    "Start the register", "Save the register", "Present", "Absent", "Close the register", "The register is closed",
    "Place offered", "Take the place", "journeys-1", "Book a list", "Book the list",
    "There is no e-mail address in this line.",
    "Add somebody who came", "Add as present", "Part of it", "Every mark is saved.",
)  # fmt: skip
WELSH = Words(
    "cy", "/cy/hyfforddiant/sesiynau", "cofrestr", "/cy/hyfforddiant/enghreifftiol/", "/cy/hyfforddiant/fy-archebion/",
    "content-2", "residents-1", "journeys-1", "pages-2",
    "Archebu lle", "Cadarnhau’r archeb", "Canslo’r archeb", "Ymuno â’r rhestr aros", "Mae gan",
    "Safle 1 yn y ciw", "Wedi archebu", "Wedi’i chanslo", "Archebu lle i gydweithiwr", "Archebu lle i’r cydweithiwr",
    "Dechrau’r gofrestr", "Cadw’r gofrestr", "Presennol", "Absennol", "Cau’r gofrestr", "Mae’r gofrestr wedi’i chau",
    "Lle wedi’i gynnig", "Derbyn y lle", "journeys-1", "Archebu rhestr", "Archebu’r rhestr",
    "Nid oes cyfeiriad e-bost yn y llinell hon.",
    "Ychwanegu rhywun a ddaeth", "Ychwanegu yn bresennol", "Rhan ohoni", "Mae pob marc wedi’i gadw.",
)  # fmt: skip


@pytest.fixture(params=[ENGLISH, WELSH], ids=["en", "cy"])
def words(request: pytest.FixtureRequest) -> Words:
    return request.param


def session_of(site: Site, key: str) -> int:
    return int(site.rows("SELECT id FROM training_session WHERE reference = %s", f"demo-{key}")[0][0])


def press(page: Page, label: str) -> None:
    """Press a button or a link that looks like one."""
    page.get_by_role("button", name=label, exact=True).click()
    page.wait_for_load_state()


def status(page: Page) -> str:
    return page.locator("main .govuk-tag").first.inner_text()


def opportunities(site: Site, page: Page, words: Words) -> int:
    """The number of learning opportunities on the demonstration's page of figures."""
    site.open(page, words.counting)
    return int(page.locator(".portal-stat__number").nth(1).inner_text())


def test_an_officer_books_and_cancels(site: Site, page: Page, words: Words) -> None:
    site.sign_in(page, "officer-torfaen", words.language)
    site.open(page, f"{words.sessions}/{session_of(site, words.to_book)}/")
    press(page, words.book)
    site.check(page)
    press(page, words.confirm)
    site.check(page)
    expect(page.locator("main")).to_contain_text(words.has_place)
    assert status(page) == words.booked
    booking = page.url
    with page.expect_download() as download:
        page.locator("a[href$='.ics']").click()
    calendar = download.value.path().read_text(encoding="utf-8")
    assert "BEGIN:VEVENT" in calendar
    site.open(page, words.own)
    expect(page.locator("main")).to_contain_text(words.booked)
    page.goto(booking)
    press(page, words.cancel)
    site.check(page)
    press(page, words.cancel)
    site.check(page)
    assert status(page) == words.cancelled


def test_the_second_waits_and_takes_the_place_that_is_offered(
    site: Site, page: Page, browser: Browser, words: Words
) -> None:
    number = session_of(site, words.full)
    site.rows("UPDATE training_session SET capacity = 1 WHERE id = %s RETURNING id", number)
    site.sign_in(page, "officer-torfaen", words.language)
    site.open(page, f"{words.sessions}/{number}/")
    press(page, words.book)
    press(page, words.confirm)
    other = browser.new_context().new_page()
    site.sign_in(other, "officer-cardiff", words.language)
    site.open(other, f"{words.sessions}/{number}/")
    press(other, words.join)
    site.check(other)
    press(other, words.join)
    site.check(other)
    expect(other.locator("main")).to_contain_text(words.first_in_queue)
    press(page, words.cancel)
    press(page, words.cancel)
    assert status(page) == words.cancelled
    other.reload()
    site.check(other)
    assert status(other) == words.offered
    press(other, words.take)
    site.check(other)
    assert status(other) == words.booked
    other.context.close()


def test_a_coordinator_books_a_colleague(site: Site, page: Page, words: Words) -> None:
    number = session_of(site, words.for_colleague)
    colleague = {"en": "Mabli Gwrgant", "cy": "Angharad Llywarch"}[words.language]
    site.sign_in(page, "coordinator-torfaen", words.language)
    site.open(page, f"{words.sessions}/{number}/")
    press(page, words.colleague)
    site.check(page)
    options = page.locator("#id_colleague option").all_inner_texts()
    assert colleague in options
    assert "Steffan Ithel" not in options  # of another council
    page.locator("#id_colleague").select_option(label=colleague)
    press(page, words.book_colleague)
    site.check(page)
    expect(page.locator(".govuk-notification-banner")).to_contain_text(f"{colleague}")
    press(page, words.colleague)
    assert colleague not in page.locator("#id_colleague option").all_inner_texts()


def test_a_coordinator_books_a_list(site: Site, page: Page, words: Words) -> None:
    number = session_of(site, words.for_list)
    site.sign_in(page, "coordinator-torfaen", words.language)
    site.open(page, f"{words.sessions}/{number}/")
    press(page, words.list)
    site.check(page)
    name = f"Mair {words.language}"
    page.locator("#id_lines").fill(f"{name}, mair.{words.language}@example.org\nNobody\n")
    press(page, words.book_list)
    site.check(page)
    results = page.locator("main table").inner_text()
    assert (name in results, words.booked in results, words.no_address in results) == (True, True, True)
    assert page.locator("#id_lines").input_value().strip() == "Nobody"


def test_a_trainer_keeps_the_register_on_a_tablet(site: Site, browser: Browser, words: Words) -> None:
    number = session_of(site, words.to_register)
    begin(site, number)
    context = browser.new_context(viewport=TABLET, has_touch=True)
    page = context.new_page()
    site.sign_in(page, "trainer", words.language)
    before = opportunities(site, page, words)
    site.open(page, f"{words.sessions}/{number}/{words.register}/")
    press(page, words.start)
    site.check(page)
    names = page.locator("#page-form legend").count()
    assert names >= 1
    for target in page.locator("#page-form .govuk-radios__item").all():
        assert (target.bounding_box() or {"height": 0})["height"] >= 44
    for row in range(names):
        label = words.present if row == 0 else words.absent
        page.locator("#page-form fieldset").nth(row).get_by_label(label, exact=True).tap()
    line = page.locator("[data-line]")
    expect(line).to_have_text(words.all_saved)
    context.set_offline(True)
    first = page.locator("#page-form fieldset").first
    first.get_by_label(words.absent, exact=True).tap()
    expect(line).to_contain_text("1")
    first.get_by_label(words.present, exact=True).tap()
    assert page.evaluate("Object.keys(localStorage).length") == 1
    context.set_offline(False)
    expect(line).to_have_text(words.all_saved, timeout=15000)
    assert page.evaluate("Object.keys(localStorage).length") == 0
    press(page, words.save)
    site.check(page)
    press(page, words.add)
    site.check(page)
    page.locator("#id_name").fill(f"Rhys {words.language}")
    page.locator("#id_organisation").select_option(index=1)
    press(page, words.add_present)
    site.check(page)
    walked_in = page.get_by_role("group", name=f"Rhys {words.language}")
    walked_in.get_by_label(words.partly, exact=True).tap()
    part = page.locator(f"[data-booking]:has(legend:has-text('Rhys {words.language}')) select")
    part.select_option("40")
    expect(line).to_have_text(words.all_saved)
    site.check(page)
    press(page, words.close)
    site.check(page)
    press(page, words.close)
    site.check(page)
    expect(page.locator("main")).to_contain_text(words.closed)
    assert opportunities(site, page, words) == before + 1
    assert public_figures(site, page, words) == ["0", "0"]
    context.close()


def begin(site: Site, number: int) -> None:
    """As if the session had begun three hours ago."""
    site.rows(
        "UPDATE training_session SET starts_at = now() - interval '3 hours', ends_at = now() - interval '1 hour',"
        " cut_off_at = now() - interval '2 days' WHERE id = %s RETURNING id",
        number,
    )


def test_a_list_and_a_register_work_without_script(site: Site, browser: Browser) -> None:
    number = session_of(site, "service-1")
    begin(site, number)
    context = browser.new_context(java_script_enabled=False, viewport=TABLET)
    page = context.new_page()
    site.sign_in(page, "trainer")
    page.goto(f"{site.url}/en/training/sessions/")
    page.locator(".portal-filters summary").first.click()
    page.locator("form select[name=language]").select_option("cy")
    page.locator("form button", has_text=re.compile("^Show$")).click()
    texts = page.locator("tbody tr td:nth-child(5)").all_inner_texts()
    assert texts
    assert set(texts) <= {"Welsh", "Welsh and English"}
    page.goto(f"{site.url}/en/training/sessions/{number}/register/")
    press(page, "Start the register")
    assert page.locator("#page-form legend").count() == 2  # who waited has no place
    for row in range(2):
        page.locator("#page-form fieldset").nth(row).get_by_label("Present", exact=True).check()
    press(page, "Save the register")
    press(page, "Close the register")
    press(page, "Close the register")
    expect(page.locator("main")).to_contain_text("The register is closed")
    context.close()


def public_figures(site: Site, page: Page, words: Words) -> list[str]:
    """The two counted figures that everybody sees."""
    site.open(page, {"en": "/en/training/", "cy": "/cy/hyfforddiant/"}[words.language])
    return page.locator(".portal-stat__number").all_inner_texts()[:2]

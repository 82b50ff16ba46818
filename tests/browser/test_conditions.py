"""The main pages by keyboard from the first stop to the last, without script, and when the time is over."""

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import Site
from tests.browser.looking import FOCUSED

pytestmark = pytest.mark.journey
PAGES = {
    "en": [
        "/en/", "/en/board/", "/en/projects/", "/en/fund/", "/en/training/", "/en/councils/", "/en/help/",
        "/en/account/sign-in/", "/en/components/",
    ],
    "cy": [
        "/cy/", "/cy/bwrdd/", "/cy/prosiectau/", "/cy/cronfa/", "/cy/hyfforddiant/", "/cy/cynghorau/", "/cy/cymorth/",
        "/cy/cyfrif/mewngofnodi/", "/cy/cydrannau/",
    ],
}  # fmt: skip
MOST_STOPS = 40  # of the tab key, on one page
PHONE: ViewportSize = {"width": 390, "height": 844}
MOST_MOVED = 0.05  # of layout shift; a tenth is what a reader notices
MOVED = """() => new Promise(tell => {
    let sum = 0;
    const add = entries => { for (const entry of entries) sum += entry.value; };
    const observer = new PerformanceObserver(list => add(list.getEntries()));
    observer.observe({type: "layout-shift", buffered: true});
    setTimeout(() => { add(observer.takeRecords()); tell(sum); }, 300);
})"""
HALF_A_DAY = 12 * 3600


@pytest.fixture(params=["en", "cy"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_everything_is_reached_by_keyboard_with_a_focus_that_is_seen(site: Site, page: Page, language: str) -> None:
    faults = []
    for path in PAGES[language][:-1]:  # the gallery's error summary takes the focus, as it does on a form with errors
        page.goto(site.url + path)
        page.keyboard.press("Tab")
        assert "govuk-skip-link" in page.evaluate(FOCUSED)["html"], path
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "main-content", path
        page.goto(site.url + path)
        for _stop in range(MOST_STOPS):
            page.keyboard.press("Tab")
            focused = page.evaluate(FOCUSED)
            if focused["name"] == "BODY":
                break
            if not focused["seen"] or not focused["inside"]:
                faults.append(f"{path}: {focused['html']}")
    assert faults == []


def test_pages_say_the_same_without_script(site: Site, browser: Browser, language: str) -> None:
    plain = browser.new_context(java_script_enabled=False, viewport=PHONE).new_page()
    for path in PAGES[language]:
        answer = plain.goto(site.url + path)
        assert answer is not None
        assert answer.status == 200
        assert plain.locator("h1").is_visible()
        assert plain.locator(".govuk-service-navigation__link").first.is_visible(), path
        assert plain.locator(".portal-clear a").is_visible(), path
    plain.context.close()


def test_nothing_jumps_on_a_phone_when_the_script_begins(site: Site, browser: Browser, language: str) -> None:
    phone = browser.new_context(viewport=PHONE).new_page()
    for path in PAGES[language]:
        phone.goto(site.url + path)
        expect(phone.locator(".govuk-service-navigation__toggle")).to_be_visible()
        assert phone.evaluate(MOVED) < MOST_MOVED, path
    phone.context.close()


def test_the_menu_of_a_phone_comes_although_the_script_never_does(site: Site, browser: Browser, language: str) -> None:
    phone = browser.new_context(viewport=PHONE).new_page()
    phone.route("**/js/portal*.js", lambda route: route.abort())
    phone.goto(site.url + PAGES[language][0])
    expect(phone.locator(".govuk-service-navigation__link").first).to_be_visible(timeout=20_000)
    phone.context.close()


def test_before_the_time_is_over_a_dialog_offers_to_stay_and_the_text_is_kept(site: Site, page: Page) -> None:
    page.clock.install()
    site.sign_in(page, "team")
    page.goto(f"{site.url}/en/projects/?plan=demonstration-plan")
    page.goto(site.url + str(page.locator("tbody a").first.get_attribute("href")))
    page.get_by_role("button", name="Post an update", exact=True).click()
    reason = page.locator("#id_reason_en")
    reason.fill("Half a sentence that nobody may lose")
    dialog = page.locator("#session-end")
    expect(dialog).to_be_hidden()
    page.clock.fast_forward((HALF_A_DAY - 280) * 1000)
    expect(dialog).to_be_visible()
    expect(dialog).to_contain_text("What you typed stays on this page")
    site.check(page)
    page.get_by_role("button", name="Stay signed in").click()
    expect(dialog).to_be_hidden()
    expect(reason).to_have_value("Half a sentence that nobody may lose")
    expect(page.locator("[data-saved]")).to_have_attribute("role", "status")
    page.reload()
    expect(reason).to_have_value("Half a sentence that nobody may lose")

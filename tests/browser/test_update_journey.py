"""The update that writes itself, in a real browser, in each language: compose, edit, clear, publish, ask what has
changed."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site

pytestmark = pytest.mark.journey
WORDS: dict[str, dict[str, str]] = {
    "en": {
        "drafts": "/en/board/papers/in-preparation/", "compose": "Compose an update",
        "board": "Demonstration board",
        "send": "Compose the draft", "figures": "Where the figures come from", "rows": "Rows behind it",
        "follow": "Bring the paper up to date", "nothing": "Nothing has changed.", "submit": "Send to review",
        "clear": "Clear the paper", "publish": "Publish",
        "since": "What has changed since the board saw this",
        "still": "Every figure, date and name of the paper still stands.",
        "own": "Members are asked to read the paper.",
        "save": "Save", "edit": "Edit Recommendation 1", "field": "text_en",
        "cleared": "The paper is cleared: its figures are frozen.",
    },
    "cy": {
        "drafts": "/cy/bwrdd/papurau/ar-y-gweill/", "compose": "Llunio diweddariad",
        "board": "Bwrdd enghreifftiol",
        "send": "Llunio’r drafft", "figures": "O ble y daw’r ffigurau", "rows": "Y rhesi y tu ôl iddo",
        "follow": "Diweddaru’r papur", "nothing": "Nid oes dim wedi newid.", "submit": "Anfon i’w adolygu",
        "clear": "Clirio’r papur", "publish": "Cyhoeddi",
        "since": "Beth sydd wedi newid ers i’r bwrdd weld hwn",
        "still": "Mae pob ffigur, dyddiad ac enw yn y papur yn dal i sefyll.",
        "own": "Gofynnir i’r aelodau ddarllen y papur.",
        "save": "Cadw", "edit": "Golygu Argymhelliad 1", "field": "text_cy",
        "cleared": "Mae’r papur wedi’i glirio: mae ei ffigurau wedi’u rhewi.",
    },
}  # fmt: skip


@pytest.mark.parametrize("language", ["en", "cy"])
def test_compose_clear_publish_and_ask_what_has_changed(site: Site, page: Page, language: str) -> None:
    said = WORDS[language]
    site.sign_in(page, "secretariat", language)
    site.open(page, said["drafts"])
    page.get_by_role("link", name=said["compose"], exact=True).click()
    page.get_by_label(said["board"]).check()
    site.check(page)
    page.get_by_role("button", name=said["send"]).click()
    work = page.url
    page.get_by_role("link", name=said["figures"]).click()
    page.locator("main details summary").nth(1).click()
    expect(page.get_by_text(said["rows"]).nth(1)).to_be_visible()
    site.check(page)
    page.get_by_role("button", name=said["follow"]).click()
    expect(page.get_by_text(said["nothing"])).to_be_visible()
    figures = page.url

    page.goto(work)
    page.locator(".board-row__actions a").filter(has_text=said["edit"]).last.click()
    page.locator(f"[name={said['field']}]").fill(said["own"])
    page.get_by_role("button", name=said["save"], exact=True).click()
    expect(page.get_by_text(said["own"]).first).to_be_visible()
    other = "text_cy" if said["field"] == "text_en" else "text_en"
    page.goto(work)
    page.locator(".board-row__actions a").filter(has_text=said["edit"]).last.click()
    page.locator(f"[name={other}]").fill(WORDS["cy" if language == "en" else "en"]["own"])
    page.get_by_role("button", name=said["save"], exact=True).click()
    page.goto(work)
    page.locator("main form button", has_text=said["submit"]).first.click()
    page.context.clear_cookies()
    site.sign_in(page, "clearer", language)
    page.goto(work)
    page.locator("main form button", has_text=said["clear"]).first.click()
    page.context.clear_cookies()
    site.sign_in(page, "secretariat", language)
    page.goto(figures)
    expect(page.get_by_text(said["cleared"])).to_be_visible()
    page.goto(work)
    page.locator("main form button", has_text=said["publish"]).last.click()
    page.goto(work.removesuffix(work.rstrip("/").split("/")[-1] + "/"))
    page.context.clear_cookies()
    page.reload()
    page.get_by_role("link", name=said["since"]).click()
    expect(page.get_by_text(said["still"])).to_be_visible()
    site.check(page)

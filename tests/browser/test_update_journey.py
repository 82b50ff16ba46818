"""The update that writes itself, in a real browser, in each language: what is known of the team, compose, edit, clear,
publish, ask what has changed."""

import pytest
from django.utils import timezone
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
        "team": "What it says of the team and its posts", "add": "Add a statement", "change": "Change",
        "missing": "Enter “Source (Welsh)”.", "saved": "The changes are saved.", "history": "History",
        "source": "Note of the secretariat",
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
        "team": "Yr hyn y mae’n ei ddweud am y tîm a’i swyddi", "add": "Ychwanegu datganiad", "change": "Newid",
        "missing": "Rhowch “Ffynhonnell (Cymraeg)”.", "saved": "Mae’r newidiadau wedi’u cadw.", "history": "Hanes",
        "source": "Nodyn gan yr ysgrifenyddiaeth",
    },
}  # fmt: skip


@pytest.mark.parametrize(("language", "size"), [("en", "31"), ("cy", "32")])
def test_what_is_known_of_the_team_is_written_and_stands_behind_the_figure(
    site: Site, page: Page, language: str, size: str
) -> None:
    said, today = WORDS[language], timezone.localdate()
    site.sign_in(page, "secretariat", language)
    site.open(page, said["drafts"])
    page.get_by_role("link", name=said["team"], exact=True).click()
    site.check(page)
    if language == "en":
        page.get_by_role("button", name=said["add"]).or_(page.get_by_role("link", name=said["add"])).click()
        for part, value in (("day", today.day), ("month", today.month), ("year", today.year)):
            page.locator(f"[name=dated_{part}]").fill(str(value))
        page.locator("[name=source_en]").fill(WORDS["en"]["source"])
    else:  # the statement of the English journey, changed
        page.locator(f"a[href$='/{said['change'].lower()}/']").first.click()
        page.locator("[name=source_cy]").fill("")
    page.locator("[name=team_size]").fill(size)
    page.get_by_role("button", name=said["save"], exact=True).click()
    expect(page.get_by_role("link", name=said["missing"])).to_be_visible()
    expect(page.locator("[name=team_size]")).to_have_value(size)
    site.check(page)
    page.locator("[name=source_cy]").fill(WORDS["cy"]["source"])
    page.get_by_role("button", name=said["save"], exact=True).click()
    expect(page.get_by_text(said["saved"])).to_be_visible()
    expect(page.get_by_text(said["source"])).to_be_visible()
    site.check(page)
    page.get_by_role("link", name=said["history"]).first.click()
    site.check(page)

    site.open(page, said["drafts"])
    page.get_by_role("link", name=said["compose"], exact=True).click()
    page.get_by_label(said["board"]).check()
    page.get_by_role("button", name=said["send"]).click()
    page.get_by_role("link", name=said["figures"]).click()
    block = page.locator("main details").filter(has=page.locator("a[href*='#statement-']")).first
    block.locator("summary").click()
    expect(block.get_by_text(size, exact=True)).to_be_visible()
    block.locator("a[href*='#statement-']").first.click()
    expect(page.get_by_text(said["source"])).to_be_visible()


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

"""Writing and clearing in a real browser, in each language: the parity check refuses, is answered or mended; a
translator takes a file out and brings it back; a correction shows what it changed; two people withdraw an edition."""

from pathlib import Path

import pytest
from docx import Document
from lxml import etree
from playwright.sync_api import Page, expect

from programme.translating.xliff import named
from tests.browser.conftest import Site

pytestmark = pytest.mark.journey
WORDS = {
    "en": {
        "work": "/en/board/papers/answering-letters-by-e-mail/work/",
        "parity": "/en/board/papers/answering-letters-by-e-mail/work/parity/",
        "publish": "Publish",
        "refused": "The paper cannot be published yet",
        "list": "/en/translating/?area=board&state=missing",
        "files": "Take out as a file, or bring one back",
        "file": "XLIFF 1.2, for a translation program",
        "look": "Look at the file",
        "save": "Save these translations",
        "saved": "1 translation is saved.",
        "changes": "/en/board/papers/when-the-helpdesk-is-open/editions/2/changes/",
        "needs": "Confirm or decline the withdrawal",
        "confirm": "Withdraw it now",
        "tomb": "Withdrawn paper",
    },
    "cy": {
        "work": "/cy/bwrdd/papurau/ateb-llythyrau-drwy-e-bost/gweithio/",
        "parity": "/cy/bwrdd/papurau/ateb-llythyrau-drwy-e-bost/gweithio/cyfatebiaeth/",
        "publish": "Cyhoeddi",
        "refused": "Ni ellir cyhoeddi’r papur eto",
        "list": "/cy/cyfieithu/?area=board&state=stale",
        "files": "Tynnu testunau allan mewn ffeil, neu ddod ag un yn ôl",
        "file": "Tabl Word",
        "look": "Edrych ar y ffeil",
        "save": "Cadw’r cyfieithiadau hyn",
        "saved": "Cadwyd 1 cyfieithiad.",
        "changes": "/cy/bwrdd/papurau/pryd-maer-ddesg-gymorth-ar-agor/argraffiadau/2/newidiadau/",
        "needs": "Cadarnhewch neu gwrthodwch dynnu",
        "confirm": "Ei dynnu’n ôl nawr",
        "tomb": "Papur a dynnwyd yn ôl",
    },
}
GONE = """SELECT e.sha256 FROM board_edition AS e JOIN board_paper AS p ON p.id = e.paper_id
    WHERE e.content = '' AND p.slug_en = 'when-the-helpdesk-is-open'"""
ANSWER = {
    "en": "Ni chaiff neb ateb drwy e-bost oni bai iddo ofyn amdano.",
    "cy": "Mae ateb drwy e-bost yn cymryd 2 ddiwrnod, ac ateb ar bapur 6 i 8.",
}
languages = pytest.mark.parametrize("language", ["en", "cy"])


def become(site: Site, page: Page, person: str, language: str) -> None:
    page.context.clear_cookies()
    site.sign_in(page, person, language)


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).first.click()
    page.wait_for_load_state()


def written(path: Path, language: str) -> None:
    """The translator's own program writes the one translation into the file."""
    if language == "cy":
        document = Document(str(path))
        document.tables[0].rows[1].cells[3].text = ANSWER["cy"]
        document.save(str(path))
        return
    root = etree.parse(str(path))
    (unit,) = root.iter(named("trans-unit"))
    unit.find(named("target")).text = ANSWER["en"]
    root.write(str(path), encoding="UTF-8", xml_declaration=True)


@languages
def test_a_paper_is_refused_translated_in_a_file_and_published(site: Site, page: Page, tmp_path: Path, language: str):
    """In English the difference is accepted with a reason; in Welsh it is mended, and the paper goes out."""
    words = WORDS[language]
    become(site, page, "secretariat", language)
    site.open(page, words["work"])
    press(page, words["publish"])
    expect(page.get_by_text(words["refused"]).first).to_be_visible()
    if language == "en":
        site.open(page, words["parity"])
        page.get_by_role("link", name="Accept with a reason").first.click()
        page.get_by_label("Reason").fill("The Welsh is being brought up to date.")
        press(page, "Accept the difference")
        expect(page.get_by_text("The Welsh is being brought up to date.")).to_be_visible()
        site.check(page)
    become(site, page, "translator", language)
    site.open(page, words["list"])
    page.get_by_role("link", name=words["files"]).click()
    site.check(page)
    with page.expect_download() as waiting:
        page.get_by_role("link", name=words["file"]).click()
    path = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(path)
    written(path, language)
    page.locator("input[type=file]").set_input_files(path)
    press(page, words["look"])
    expect(page.get_by_text(ANSWER[language])).to_be_visible()
    site.check(page)
    press(page, words["save"])
    expect(page.get_by_text(words["saved"])).to_be_visible()
    marks = site.rows("SELECT text_mark FROM board_block WHERE text_cy = %s", ANSWER[language])
    assert marks == [("unreviewed",)]
    if language == "cy":
        become(site, page, "secretariat", language)
        site.open(page, words["work"])
        press(page, words["publish"])
        found = site.rows("SELECT status FROM board_paper WHERE slug_en = %s", "answering-letters-by-e-mail")
        assert found == [("published",)]


@languages
def test_a_correction_shows_what_it_changed_and_two_people_withdraw_an_edition(site: Site, page: Page, language: str):
    """In English the edition that the demonstration asked about; in Welsh the other one, from the first person on."""
    words = WORDS[language]
    site.open(page, words["changes"], status=200 if language == "en" else 404)
    if language == "en":
        expect(page.locator("ins").first).to_contain_text("17")
        expect(page.locator("del").first).to_contain_text("16")
    else:
        become(site, page, "secretariat", language)
        site.open(page, "/cy/bwrdd/papurau/pryd-maer-ddesg-gymorth-ar-agor/gweithio/")
        page.locator("a[href$='/tynnu-yn-ol/']").first.click()
        site.check(page)
        page.locator("input[name=editions]").first.check()
        page.locator("#id_reason_en").fill("It named a person.")
        page.locator("#id_reason_cy").fill("Roedd yn enwi person.")
        press(page, "Gofyn am dynnu’n ôl")
    become(site, page, "clearer", language)
    page.goto(f"{site.url}/{language}/")
    page.get_by_role("link", name=words["needs"]).first.click()
    site.check(page)
    page.get_by_role("link", name=words["confirm"]).or_(page.get_by_role("button", name=words["confirm"])).first.click()
    site.check(page)
    press(page, words["confirm"])
    expect(page.locator("h1")).to_contain_text(words["tomb"])
    hashes = site.rows(GONE)
    assert len(hashes) == (1 if language == "en" else 2)
    tombstone = page.url
    page.context.clear_cookies()
    site.open(page, tombstone.removeprefix(site.url))
    assert any(found in page.content() for (found,) in hashes)

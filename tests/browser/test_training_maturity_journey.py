"""A council assesses its digital maturity, and somebody checks a certificate: in a real browser, in each language."""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site

pytestmark = pytest.mark.journey


@dataclass(frozen=True)
class Words:
    """The words of one language, and the council whose people make its journey."""

    language: str
    council: str
    stranger: str
    front: str
    check: str
    own: str
    start: str
    begin: str
    save_next: str
    agree: str
    everybody_elses: str
    share: str
    only_us: str
    save: str
    gaps: str
    code: str
    do_check: str
    genuine: str
    not_found: str
    get_certificate: str


ENGLISH = Words(
    "en", "torfaen", "officer-cardiff", "/en/training/maturity/", "/en/training/certificates/",
    "/en/training/my-bookings/", "Start an assessment", "Start", "Save and continue", "Agree the assessment",
    "People of every council, and the WLGA digital team", "Choose who sees it", "Our council alone", "Save",
    "Gaps, and what may help", "Code, link or badge", "Check", "The certificate is genuine",
    "No certificate of this portal has this code", "Open the certificate",
)  # fmt: skip
WELSH = Words(
    "cy", "cardiff", "officer-torfaen", "/cy/hyfforddiant/aeddfedrwydd/", "/cy/hyfforddiant/tystysgrifau/",
    "/cy/hyfforddiant/fy-archebion/", "Dechrau asesiad", "Dechrau", "Cadw a pharhau", "Cytuno ar yr asesiad",
    "Pobl pob cyngor, a thîm digidol CLlLC", "Dewis pwy sy’n ei weld", "Ein cyngor ni yn unig", "Cadw",
    "Bylchau, a’r hyn a all helpu", "Cod, dolen neu fathodyn", "Gwirio", "Mae’r dystysgrif yn ddilys",
    "Nid oes gan unrhyw dystysgrif", "Agor y dystysgrif",
)  # fmt: skip


@pytest.fixture(params=[ENGLISH, WELSH], ids=["en", "cy"])
def words(request: pytest.FixtureRequest) -> Words:
    return request.param


def press(page: Page, label: str) -> None:
    """Press a button or a link that looks like one."""
    page.get_by_role("button", name=label, exact=True).click()
    page.wait_for_load_state()


def open_assessment(site: Site, page: Page, words: Words) -> int:
    """The council's open assessment: the one that there is, else a new one. Gives its id."""
    site.open(page, words.front)
    sql = (
        "SELECT a.id FROM training_maturityassessment a JOIN organisations_organisation o ON o.id = a.organisation_id"
        " WHERE o.slug_en = %s AND a.status = 'open'"
    )
    if not site.rows(sql, words.council):
        press(page, words.start)
        site.check(page)
        press(page, words.begin)
    [(number,)] = site.rows(sql, words.council)
    site.open(page, f"{words.front}{number}/")
    return int(number)


def test_a_council_answers_together_agrees_and_chooses_who_sees_it(
    site: Site, page: Page, browser: Browser, words: Words
) -> None:
    site.sign_in(page, f"officer-{words.council}", words.language)
    number = open_assessment(site, page, words)
    page.locator("#main-content a[href$='/direction/']").first.click()
    site.check(page)
    page.locator("input[name=level][value='2']").check()
    page.locator("select[name=aim]").select_option("4")
    page.locator("textarea[name=evidence]").fill("Page 12 of the plan.")
    press(page, words.save_next)
    site.check(page)
    assert page.url.endswith("/accountability/")
    [(level, aim, evidence)] = site.rows(
        "SELECT answer.level, aim, evidence FROM training_maturityanswer answer JOIN training_maturityquestion question"
        " ON question.id = question_id WHERE assessment_id = %s AND question.code = 'direction'",
        number,
    )
    assert (level, aim, evidence) == (2, 4, "Page 12 of the plan.")
    answer_the_rest(site, number)

    lead = browser.new_context().new_page()
    site.sign_in(lead, f"lead-{words.council}", words.language)
    site.open(lead, f"{words.front}{number}/")
    press(lead, words.agree)
    site.check(lead)
    lead.get_by_label(words.everybody_elses, exact=True).check()
    press(lead, words.agree)
    site.check(lead)
    assert lead.locator("figure svg[role=img]").count() == 1
    expect(lead.locator("main")).to_contain_text(words.gaps)

    stranger = browser.new_context().new_page()
    site.sign_in(stranger, words.stranger, words.language)
    site.open(stranger, f"{words.front}{number}/")
    press(lead, words.share)
    site.check(lead)
    lead.get_by_label(words.only_us, exact=True).check()
    press(lead, words.save)
    site.open(stranger, f"{words.front}{number}/", status=404)
    lead.context.close()
    stranger.context.close()


def answer_the_rest(site: Site, number: int) -> None:
    """As colleagues would: every other question at level 3."""
    site.rows(
        "UPDATE training_maturityanswer SET level = 3 WHERE assessment_id = %s AND level IS NULL RETURNING id", number
    )


def test_a_certificate_is_opened_by_its_owner_and_checked_by_a_stranger(
    site: Site, page: Page, browser: Browser, words: Words
) -> None:
    site.sign_in(page, "officer-torfaen", words.language)
    [(booking, code)] = site.rows("SELECT booking_id, code FROM training_certificate WHERE revoked_at IS NULL")
    place = {"en": "/en/training/bookings", "cy": "/cy/hyfforddiant/archebion"}[words.language]
    site.open(page, f"{place}/{booking}/")
    page.get_by_role("link", name=words.get_certificate).click()
    site.check(page)
    with page.expect_download() as download:
        page.locator("a[href$='.jwt']").click()
    badge = download.value.path().read_text(encoding="utf-8")
    with page.expect_download() as download:
        page.locator("a[href$='.pdf']").click()
    assert download.value.path().read_bytes().startswith(b"%PDF-")

    stranger = browser.new_context().new_page()
    for pasted, said in ((str(code), words.genuine), (badge, words.genuine), ("nonsense", words.not_found)):
        site.open(stranger, words.check)
        stranger.get_by_label(words.code).fill(pasted)
        press(stranger, words.do_check)
        site.check(stranger)
        expect(stranger.locator("main")).to_contain_text(said)
    stranger.context.close()

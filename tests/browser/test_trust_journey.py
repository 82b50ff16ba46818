"""Support sees what a person sees, with their consent; a file waits, closed, while the scanner is away."""

import os
import re
import shutil
import tempfile
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests import databases
from tests.browser.conftest import Site
from tests.browser.test_fund_writing_journey import PLAN, path, start_bid
from tools.clamd import running

pytestmark = pytest.mark.journey
BOTH = pytest.mark.parametrize("language", ["en", "cy"])
SCANNER = Path(
    tempfile.gettempdir(), f"portal-scanner-{os.getpid()}"
)  # nobody listens there until a journey starts the scanner
PORTAL = {"PORTAL_CLAMD": str(SCANNER / "clamd.ctl")}
ROUND = {"en": "demonstration-round", "cy": "rownd-enghreifftiol"}
ACCOUNT = {"en": "/en/account/", "cy": "/cy/cyfrif/"}
SUPPORT = {"en": "/en/account/support/", "cy": "/cy/cyfrif/cymorth/"}
CONSENTS = {"en": "Administrators may look until", "cy": "Caiff gweinyddwyr edrych tan"}
CLOSED = {"en": "Closed while you look", "cy": "Ar gau tra byddwch yn edrych"}
NOBODY = {"en": "Nobody has looked.", "cy": "Nid oes neb wedi edrych."}
ENDED = {"en": "(ended ", "cy": "(daeth i ben "}
WAITS = {"en": "while the scanner is away the files wait, closed", "cy": "mae’r ffeiliau’n aros, ar gau"}


@BOTH
def test_support_sees_what_a_person_sees_with_their_consent_and_changes_nothing(
    site: Site, page: Page, browser: Browser, language: str
) -> None:
    person = {"en": "trainer", "cy": "lead-cardiff"}[language]
    [(name, public_id)] = site.rows("SELECT name, public_id::text FROM accounts_user WHERE demo_slug = %s", person)

    site.sign_in(page, person, language)  # asked: the person agrees for an hour
    site.open(page, ACCOUNT[language])
    page.locator(f"main a[href='{SUPPORT[language]}']").click()
    expect(page.locator("main")).to_contain_text(NOBODY[language])
    site.check(page)
    page.locator("input[name=lasts][value='1']").check()
    page.locator("#page-form button[type=submit]").click()
    expect(page.locator("main")).to_contain_text(CONSENTS[language])

    other = browser.new_context(locale="en-GB")
    support = other.new_page()
    site.sign_in(support, "admin", language)
    about = {"en": f"/en/account/person/{public_id}/", "cy": f"/cy/cyfrif/person/{public_id}/"}[language]
    support.goto(site.url + about)
    begin = f"{about}{ {'en': 'view/', 'cy': 'gweld/'}[language] }"
    support.locator(f"main a[href='{begin}']").click()
    site.check(support)
    support.locator("#id_why").fill("The list is empty")
    support.locator("#page-form button[type=submit]").click()
    bar = support.locator("section.portal-strip:has(form)")
    expect(bar).to_contain_text(name)
    expect(support.locator(".portal-header__account a")).to_contain_text(name)
    site.check(support)

    support.goto(site.url + SUPPORT[language])  # the person's account stays closed, and nothing is sent
    expect(support.get_by_role("heading", level=1)).to_have_text(CLOSED[language])
    site.check(support)
    token = support.locator("input[name=csrfmiddlewaretoken]").first.input_value()
    sent = support.request.post(
        site.url + SUPPORT[language], form={"end": "1", "csrfmiddlewaretoken": token}, headers={"Referer": site.url}
    )
    assert (sent.status, CLOSED[language] in sent.text()) == (403, True)
    seen = "SELECT v.ended_at IS NULL, b.demo_slug FROM accounts_viewing v JOIN accounts_user b ON b.id = v.by_id"
    one = f"{seen} JOIN accounts_consent c ON c.id = v.consent_id JOIN accounts_user u ON u.id = c.user_id"
    assert site.rows(f"{one} WHERE u.demo_slug = %s", person) == [(True, "admin")]

    bar.get_by_role("button").click()  # back to one's own pages
    expect(support).to_have_url(re.compile(f"{about}$"))
    expect(bar).to_have_count(0)
    assert site.rows(f"{one} WHERE u.demo_slug = %s", person) == [(False, "admin")]
    page.reload()
    expect(page.locator("main li", has_text=ENDED[language])).to_have_count(1)  # the person reads who looked
    site.check(page)
    page.locator("button[name=end]").click()  # and takes the consent back: support finds the page no more
    expect(page.locator("button[name=end]")).to_have_count(0)
    answer = support.goto(site.url + begin)
    assert answer is not None
    assert answer.status == 404
    other.close()


@BOTH
def test_a_file_waits_closed_while_the_scanner_is_away_and_opens_when_it_is_back(
    site: Site, page: Page, language: str, tmp_path: Path
) -> None:
    site.sign_in(page, "officer-torfaen", language)
    bid = start_bid(site, page, language, ROUND[language], f"Scanned {language}")
    files = path("attachment_list", language, slug=bid)
    site.open(page, files)
    plan = tmp_path / f"Plan-{language}.pdf"
    plan.write_bytes(PLAN)
    page.locator("input[type=file]").set_input_files(plan)
    with page.expect_navigation():
        page.locator("form[data-upload] button[type=submit]").click()
    expect(page.locator("section.portal-panel .govuk-tag--yellow")).to_be_visible()
    expect(page.locator("main .govuk-inset-text").first).to_contain_text(WAITS[language])
    site.check(page)
    [(key,)] = site.rows("SELECT id FROM fund_attachment WHERE name = %s", plan.name)
    address = site.url + path("attachment_file", language, slug=bid, pk=key)
    assert page.request.get(address).status == 404
    asked_again = "status = 'todo' AND attempts > 0 AND task_name = 'fund.scan_attachment'"
    for _wait in range(60):  # the worker has asked and found nobody
        if site.rows(f"SELECT 1 FROM procrastinate_jobs WHERE {asked_again}"):
            break
        page.wait_for_timeout(250)
    page.reload()
    expect(page.locator("section.portal-panel .govuk-tag--yellow")).to_be_visible()

    with running(SCANNER) as socket:
        assert str(socket) == PORTAL["PORTAL_CLAMD"]
        with databases.owner(site.database) as connection:  # the next try, which comes within two minutes, comes now
            connection.execute(f"UPDATE procrastinate_jobs SET scheduled_at = now() WHERE {asked_again}".encode())
        for _wait in range(80):
            if page.request.get(address).status == 200:
                break
            page.wait_for_timeout(250)
        page.reload()
        with page.expect_download() as fetched:
            page.locator("section.portal-panel h3 a").click()
        assert fetched.value.suggested_filename == plan.name
        assert Path(fetched.value.path()).read_bytes() == PLAN
        site.check(page)
    shutil.rmtree(SCANNER)


@BOTH
def test_a_person_moves_on_one_page_and_whoever_left_is_erased(site: Site, page: Page, language: str) -> None:
    people = {"en": "/en/account/person/", "cy": "/cy/cyfrif/person/"}[language]
    mover, leaver = f"mover-{language}@torfaen.example.org", f"leaver-{language}@torfaen.example.org"
    with databases.owner(site.database) as connection:
        for address, name in ((mover, f"Mari {language}"), (leaver, f"Ifan {language}")):
            connection.execute(
                "WITH made AS (INSERT INTO accounts_user"
                " (public_id, email, name, language, is_active, joined_at, password)"
                " VALUES (gen_random_uuid(), %s, %s, 'en', true, now(), '!') RETURNING id)"
                " INSERT INTO accounts_membership (user_id, organisation_id, role, starts)"
                " SELECT made.id, o.id, 'officer', '2026-01-01' FROM made, organisations_organisation o"
                " WHERE o.slug_en = 'torfaen'",
                [address, name],
            )
    number = "SELECT public_id::text FROM accounts_user WHERE email = %s"
    [(moving,)], [(leaving,)] = site.rows(number, mover), site.rows(number, leaver)

    site.sign_in(page, "admin", language)
    site.open(page, f"{people}{moving}/")
    page.locator(f"main a[href$='{ {'en': '/move/', 'cy': '/symud/'}[language] }']").click()
    site.check(page)
    expect(page.locator("input[name=leaving]:checked")).to_have_count(1)
    page.locator("#id_organisation").select_option(label={"en": "Cardiff", "cy": "Caerdydd"}[language])
    page.locator("input[name=roles][value=coordinator]").check()
    for part, value in (("day", 1), ("month", 2), ("year", 2099)):
        page.locator(f"[name=starts_{part}]").fill(str(value))
    page.locator("#page-form button[type=submit]").click()
    expect(page).to_have_url(f"{site.url}{people}{moving}/")
    site.check(page)
    assert site.rows(
        "SELECT m.role, o.slug_en, m.starts::text, m.ends::text FROM accounts_membership m"
        " JOIN organisations_organisation o ON o.id = m.organisation_id JOIN accounts_user u ON u.id = m.user_id"
        " WHERE u.email = %s ORDER BY m.starts",
        mover,
    ) == [("officer", "torfaen", "2026-01-01", "2099-01-31"), ("coordinator", "cardiff", "2099-02-01", None)]

    site.open(page, f"{people}{leaving}/")
    page.locator("#id_why").fill("Left")
    page.locator("button[name=close]").click()
    page.locator(f"main a[href$='{ {'en': '/erase/', 'cy': '/dileu/'}[language] }']").click()
    site.check(page)
    page.locator("#page-form button[type=submit]").click()  # not said yet that one is sure
    expect(page.locator(".govuk-error-summary")).to_be_visible()
    site.check(page)
    page.locator("input[name=sure]").check()
    page.locator("#page-form button[type=submit]").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(
        {"en": "Erased person", "cy": "Person a ddilëwyd"}[language]
    )
    site.check(page)
    assert site.rows("SELECT 1 FROM accounts_user WHERE email = %s OR name = %s", leaver, f"Ifan {language}") == []

"""A round is set up and a file added to a bid; two councils write one bid, a colleague comments, it is sent twice."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils.translation import override
from playwright.sync_api import Browser, Page, expect

from .conftest import Site

pytestmark = pytest.mark.journey
BOTH = pytest.mark.parametrize("language", ["en", "cy"])
PLAN = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
AGREE = {"en": "Agree in principle", "cy": "Cytuno mewn egwyddor"}
KEPT = {"en": "Saved at", "cy": "Cadwyd am"}


SO_FAR = {"en": "Sent so far:", "cy": "Wedi’i anfon hyd yn hyn:"}
# what the page says while a file is sent, kept over the page that follows
WATCH = """() => { const words = document.querySelector('[data-upload-progress] span'), seen = [];
    new MutationObserver(() => { seen.push(words.textContent); sessionStorage.seen = JSON.stringify(seen); })
        .observe(words, { childList: true, characterData: true, subtree: true }); }"""


def path(name: str, language: str, **parts: Any) -> str:
    with override(language):
        return str(reverse(f"fund:{name}", kwargs=parts or None))


def send(page: Page, form: str = "#page-form") -> None:
    """Press the first button of a form, and wait for the page that answers."""
    with page.expect_navigation():
        page.locator(f"{form} button[type=submit]:not([name=_switch])").first.click()


def fill_moment(page: Page, name: str, day: int, month: int, year: int) -> None:
    for part, value in (("day", day), ("month", month), ("year", year), ("time", "12:00")):
        page.locator(f"#id_{name}_{part}, [name={name}_{part}]").first.fill(str(value))


def start_bid(site: Site, page: Page, language: str, round_slug: str, title: str) -> str:
    """Start a bid; gives its slug."""
    page.goto(site.url + path("bid_start", language, slug=round_slug))
    page.locator("#id_title").fill(title)
    page.locator("input[name=topic]").first.check()
    send(page)
    site.check(page)
    return page.url.rstrip("/").rpartition("/")[2]


@BOTH
def test_the_fund_manager_sets_up_a_round_and_a_file_waits_for_the_scanner(
    site: Site, page: Page, language: str, tmp_path: Path
) -> None:
    stem = f"J{language.upper()}"
    site.sign_in(page, "fund-manager", language)
    site.open(page, path("round_new", language))
    page.locator("#id_name_en").fill(f"Journey {stem}")
    with page.expect_response(lambda answer: answer.request.method == "POST") as kept:
        page.locator("#id_name_cy").fill(f"Taith {stem}")
    assert kept.value.ok
    expect(page.locator("[data-saved]")).to_contain_text(KEPT[language])
    page.reload()  # what was typed is there again
    expect(page.locator("#id_name_cy")).to_have_value(f"Taith {stem}")
    for name, value in (("year", "2031-32"), ("reference_stem", stem), ("budget_pence", "250,000")):
        page.locator(f"#id_{name}").fill(value)
    send(page)
    site.check(page)
    slug = page.url.rstrip("/").split("/")[-2]
    site.open(page, path("topic_add", language, slug=slug))
    page.locator("#id_name_en").fill("Waste")
    page.locator("#id_name_cy").fill("Gwastraff")
    send(page)
    site.open(page, path("stages_edit", language, slug=slug))
    for kind, opens, closes in (("statements", (1, 1, 2026), (1, 6, 2099)), ("proposals", (1, 7, 2099), (1, 9, 2099))):
        fill_moment(page, f"opens_{kind}", *opens)
        fill_moment(page, f"closes_{kind}", *closes)
    send(page)
    site.check(page)
    site.open(page, path("round_preview", language, slug=slug))
    page.goto(site.url + path("round_setup", language, slug=slug))
    send(page, f"form[action='{path('round_publish', language, slug=slug)}']")
    site.check(page)
    assert site.rows("SELECT published_at IS NOT NULL FROM fund_round WHERE reference_stem = %s", stem) == [(True,)]

    site.sign_in(page, "officer-torfaen", language)
    bid = start_bid(site, page, language, slug, f"Bins {stem}")
    files = path("attachment_list", language, slug=bid)
    site.open(page, files)
    plan = tmp_path / "Plan.pdf"
    plan.write_bytes(PLAN + b"%" + b"x" * 900_000)
    page.locator("input[type=file]").set_input_files(plan)
    line = page.context.new_cdp_session(page)  # a slow line, so that there is something to see
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 300_000}
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", slow)
    page.evaluate(WATCH)
    with page.expect_navigation():
        page.locator("form[data-upload] button[type=submit]").click()
    line.send("Network.emulateNetworkConditions", {**slow, "uploadThroughput": -1})
    seen = page.evaluate("JSON.parse(sessionStorage.seen)")
    assert [text for text in seen if text.startswith(SO_FAR[language])], seen
    assert "%" in seen[0]
    expect(page.locator("section.portal-panel h3")).to_have_text("Plan.pdf")
    expect(page.locator("section.portal-panel .govuk-tag--yellow")).to_be_visible()
    assert page.locator("section.portal-panel h3 a").count() == 0  # closed until it is checked
    site.check(page)
    assert site.rows("SELECT kind, scan FROM fund_attachment WHERE name = 'Plan.pdf' ORDER BY id DESC LIMIT 1") == [
        ("pdf", "waiting")
    ]


@BOTH
def test_two_councils_write_together_a_colleague_comments_and_the_bid_is_sent_twice(
    site: Site, page: Page, browser: Browser, language: str
) -> None:
    title = f"Together {language}"
    round_slug = {"en": "demonstration-round", "cy": "rownd-enghreifftiol"}[language]
    site.sign_in(page, "officer-torfaen", language)
    bid = start_bid(site, page, language, round_slug, title)

    site.open(page, path("partner_list", language, slug=bid))
    page.locator("#id_organisation").select_option(label={"en": "Cardiff", "cy": "Caerdydd"}[language])
    page.locator("#id_role").fill("Tests")
    page.locator("#id_share_pence").fill("2,500")
    send(page)
    [(partner,)] = site.rows(
        "SELECT p.id FROM fund_partner p JOIN fund_bid b ON b.id = p.bid_id WHERE b.slug_en = %s", bid
    )
    other = browser.new_context(locale="en-GB", reduced_motion="reduce").new_page()
    site.sign_in(other, "lead-cardiff", language)
    site.open(other, path("partner_consent", language, slug=bid, pk=partner))
    other.get_by_role("button", name=AGREE[language], exact=True).click()
    other.wait_for_load_state()
    assert site.rows("SELECT status FROM fund_partner WHERE id = %s", partner) == [("agreed",)]

    # two officers at the same answer: the second to save sees both texts
    site.sign_in(other, "officer-cardiff", language)
    answer = path("answer_edit", language, slug=bid, key="problem")
    site.open(page, answer)
    site.open(other, answer)
    other.locator("#id_text").fill("Written in Cardiff.")
    send(other)
    page.locator("#id_text").fill("Written in Torfaen.")
    send(page)
    site.check(page)
    texts = page.locator(".portal-clash__texts")
    expect(texts).to_contain_text("Written in Cardiff.")
    expect(texts).to_contain_text("Written in Torfaen.")
    page.locator("input[type=radio][value=new]").check()
    page.locator("#id_text").fill("Written in Torfaen and Cardiff.")
    send(page)
    saved = "SELECT a.text FROM fund_answer a JOIN fund_bid b ON b.id = a.bid_id WHERE b.slug_en = %s AND a.words > 0"
    assert site.rows(saved, bid) == [("Written in Torfaen and Cardiff.",)]

    # a colleague without an account reads and comments by a link
    comments = path("comment_list", language, slug=bid)
    site.open(page, comments)
    make = f"form[action='{path('link_make', language, slug=bid)}']"
    page.locator(f"{make} #id_name, {make} [name=name]").first.fill("Sam")
    send(page, make)
    site.check(page)
    address = page.locator("main code").inner_text()
    reader = browser.new_context(locale="en-GB").new_page()
    reader.goto(re.sub("^https?://[^/]+", site.url, address))
    expect(reader.get_by_text("Written in Torfaen and Cardiff.")).to_be_visible()
    reader.locator("#id_text").fill("Say how many.")
    send(reader)
    expect(reader.get_by_text("Say how many.")).to_be_visible()
    site.open(page, comments)
    expect(page.get_by_text("Say how many.")).to_be_visible()

    # sent, taken back, changed, sent again: two submissions, and each has its own hash
    for key in ("who-is-affected", "evidence", "proposal", "benefits"):
        page.goto(site.url + path("answer_edit", language, slug=bid, key=key))
        page.locator("#id_text").fill(f"{title}: {key}.")
        send(page)
    hashes = []
    for number in (1, 2):
        site.open(page, path("bid_submit", language, slug=bid))
        send(page)
        site.check(page)
        hashes.append(page.locator("main code").inner_text())
        if number == 1:
            site.open(page, path("bid_withdraw", language, slug=bid))
            send(page)
            page.goto(site.url + path("answer_edit", language, slug=bid, key="benefits"))
            page.locator("#id_text").fill(f"{title}: changed.")
            send(page)
    sent = "SELECT s.sha256 FROM fund_submission s JOIN fund_bid b ON b.id = s.bid_id WHERE b.slug_en = %s ORDER BY 1"
    assert [digest for (digest,) in site.rows(sent, bid)] == sorted(hashes)
    assert len(set(hashes)) == 2

"""People of training in a real browser, in each language: a file with mistakes, doubles, what is held and erasure."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Site
from tests.browser.looking import OVERFLOW, WIDE
from tests.browser.training_people import ENGLISH, WELSH, Words
from training.years import Year

pytestmark = pytest.mark.journey
NARROW = {"width": 320, "height": 640}
AT_WORK = 20_000  # milliseconds that the worker may take for a small file
HEADINGS = "Who,Mail,Where,Which,When,Came"
COLUMNS = dict(zip(("name", "email", "council", "course", "day", "attended"), HEADINGS.split(","), strict=True))


@pytest.fixture(params=[ENGLISH, WELSH], ids=["en", "cy"])
def words(request: pytest.FixtureRequest) -> Words:
    return request.param


def press(page: Page, label: str) -> None:
    page.get_by_role("button", name=label, exact=True).click()
    page.wait_for_load_state()


def look(site: Site, page: Page) -> None:
    """Check the page, and that nothing of it goes over the edge of 320 px."""
    site.check(page)
    page.set_viewport_size(NARROW)
    assert page.evaluate(OVERFLOW) == 0, page.url
    page.set_viewport_size(WIDE)


def text(page: Page) -> str:
    return page.locator("main").inner_text()


def day(words: Words) -> str:
    """A day of the past, as a trainer writes it: each language has its own."""
    return (timezone.localdate() - timedelta(days=words.days_ago)).strftime("%d/%m/%Y")


def line(words: Words, name: str, email: str, council: str, on: str = "") -> str:
    return f"{name},{email},{council},{words.course},{on or day(words)},yes"


def send(site: Site, page: Page, words: Words, source: str, content: bytes, *, known: bool = False) -> None:
    """Send a file of a source; of a new one say which column is which. Ends on the page of the checked file."""
    site.open(page, f"{words.training}{words.files}")
    page.locator("main a.govuk-button").click()
    look(site, page)
    if known:
        page.locator("#id_source").select_option(label=source)
    else:
        page.locator("#id_name").fill(source)
    page.locator("#id_file").set_input_files({"name": "register.csv", "mimeType": "text/csv", "buffer": content})
    press(page, words.send_file)
    if not known:
        look(site, page)
        for field, heading in COLUMNS.items():
            page.locator(f"#id_column_{field}").select_option(heading)
        page.locator("#id_mode").select_option("online")
        page.locator("#id_language").select_option("cy")
        press(page, words.check)
    becomes(page, words.checked)
    look(site, page)


def becomes(page: Page, status: str) -> None:
    """The worker does its part, and the page shows it by itself."""
    expect(page.locator("main .govuk-tag").first).to_have_text(status, timeout=AT_WORK)
    page.wait_for_load_state()


def found(page: Page) -> list[int]:
    """How many rows are new, matched, doubtful, held already and wrong."""
    return [int(number) for number in page.locator(".portal-counts b").all_inner_texts()]


def bring_in(site: Site, page: Page, words: Words, source: str, lines: list[str]) -> None:
    """A file without mistakes, to its end."""
    send(site, page, words, source, "\n".join([HEADINGS, *lines]).encode())
    page.locator("button[name=event][value=start]").click()
    becomes(page, words.inside)


def attended(site: Site) -> int:
    return int(site.rows("SELECT count(*) FROM training_booking WHERE status = 'attended'")[0][0])


def figures(site: Site, page: Page, words: Words) -> tuple[list[int], int]:
    """Officers trained, the least and the most, and learning opportunities, of the year in which the files' day is."""
    year = Year.of(timezone.localdate() - timedelta(days=words.days_ago))
    site.open(page, f"{words.training}{words.counting}?year={year}")
    officers, opportunities = page.locator(".portal-stat__number").all_inner_texts()[:2]
    numbers = [int(number) for number in re.findall(r"\d+", officers)]
    return [numbers[0], numbers[-1]], int(opportunities)


def test_a_register_of_the_past_is_brought_in_with_its_mistakes_and_undone(
    site: Site, page: Page, words: Words
) -> None:
    source = f"Register {words.language}"
    lines = [
        line(words, words.newcomer, f"newcomer.{words.language}@example.org", "Powys"),
        line(words, "Mabli Gwrgant", "mabli.gwrgant@example.org", "Torfaen"),
        line(words, "Idwal Brochan", f"another.{words.language}@example.org", "Powys"),
        line(words, words.mistaken[0], f"first.{words.language}@example.org", "Nowhere"),
        line(words, words.mistaken[1], f"second.{words.language}@example.org", "Conwy", "31/31/2025"),
    ]
    content = "\n".join([HEADINGS, *lines]).encode()
    before = attended(site)
    site.sign_in(page, "team", words.language)

    send(site, page, words, source, content)
    assert found(page) == [1, 1, 1, 0, 2]
    rows = page.locator("tbody tr").all_inner_texts()
    assert [row for row, reason in zip(rows[2:], (words.same_name, words.no_council, words.no_day), strict=True)
            if reason not in row] == []  # fmt: skip
    assert attended(site) == before  # nothing is written yet
    press(page, words.put_in.format(3))
    becomes(page, words.inside)
    look(site, page)
    first = page.url
    assert attended(site) == before + 3

    with page.expect_download() as download:
        page.locator("main a[href$='.csv']").click()
    wrong = Path(download.value.path()).read_text(encoding="utf-8-sig")
    assert words.newcomer not in wrong
    assert all(part in wrong for part in (*words.mistaken, words.no_council, words.no_day))

    put_right = wrong.replace(",Nowhere,", ",Conwy,").replace(",31/31/2025,", f",{day(words)},")
    send(site, page, words, source, put_right.encode(), known=True)
    assert found(page) == [2, 0, 0, 0, 0]
    page.locator("button[name=event][value=start]").click()
    becomes(page, words.inside)
    assert attended(site) == before + 5
    press(page, words.undo)
    becomes(page, words.undone)
    assert attended(site) == before + 3

    send(site, page, words, source, content, known=True)
    assert found(page) == [0, 0, 0, 3, 2]  # the same file twice: there is nothing to put in
    assert page.locator("button[name=event][value=start]").count() == 0

    page.goto(first)
    press(page, words.undo)
    becomes(page, words.undone)
    look(site, page)
    assert attended(site) == before
    assert site.rows("SELECT 1 FROM training_learner WHERE name = %s", words.newcomer) == []


def test_two_who_may_be_one_are_merged_and_parted_again(site: Site, page: Page, words: Words) -> None:
    site.sign_in(page, "team", words.language)
    both = [
        line(words, "Steffan Ithel", "steffan.ithel@example.org", "Cardiff"),
        f"Steff Ithel,steffan@example.org,Cardiff,{words.course},"
        f"{(timezone.localdate() - timedelta(days=words.days_ago + 5)).strftime('%d/%m/%Y')},yes",
    ]
    bring_in(site, page, words, f"Doubles {words.language}", both)
    (least, most), opportunities = figures(site, page, words)
    assert least < most

    site.open(page, f"{words.training}{words.doubles}")
    page.get_by_role("link", name="Steffan Ithel – Steff Ithel").click()
    look(site, page)
    pair = page.url
    assert page.locator(".portal-panel").count() == 2
    page.get_by_label(words.one_person, exact=True).check()
    press(page, words.save_decision)
    look(site, page)
    expect(page.locator("main .govuk-tag").first).to_have_text(words.merged)
    assert figures(site, page, words) == ([least, most - 1], opportunities)  # one person fewer, no attendance lost
    page.goto(pair)
    page.locator(".portal-panel h2 a").first.click()
    look(site, page)
    heading = page.get_by_role("heading", name=words.same_heading, exact=True)
    expect(heading.locator("+ ul")).to_contain_text("Steff Ithel, steffan@example.org")

    page.goto(pair)
    press(page, words.take_back)
    assert page.locator(".govuk-error-summary").count() == 1  # not without a reason
    page.locator("#id_why").fill("Two of one family")
    press(page, words.take_back)
    look(site, page)
    expect(page.locator("main .govuk-tag").first).to_have_text(words.open)
    assert figures(site, page, words) == ([least, most], opportunities)


def test_a_person_reads_what_is_held_takes_it_away_and_is_erased(
    site: Site, page: Page, browser: Browser, words: Words
) -> None:
    name, email = site.rows("SELECT name, email FROM accounts_user WHERE demo_slug = %s", words.person)[0]
    team = browser.new_context().new_page()
    site.sign_in(team, "team", words.language)
    bring_in(site, team, words, f"Erased {words.language}", [line(words, name, email, "Gwynedd")])
    counted = figures(site, team, words)

    site.sign_in(page, words.person, words.language)
    site.open(page, f"{words.training}{words.held}")
    look(site, page)
    assert (words.course in text(page), email in text(page)) == (True, True)
    with page.expect_download() as download:
        page.get_by_role("button", name=words.download, exact=True).click()
    taken = json.loads(Path(download.value.path()).read_text(encoding="utf-8"))
    assert [value for rows in taken.values() for row in rows for value in row.values()].count(words.course) == 1
    press(page, words.ask)
    look(site, page)
    press(page, words.ask)
    look(site, page)
    assert words.asked in text(page)
    request = page.url
    learner = site.rows(
        "SELECT learner.id FROM training_learner AS learner JOIN accounts_user AS account ON account.id = user_id"
        " WHERE demo_slug = %s", words.person,
    )[0][0]  # fmt: skip

    site.open(team, f"{words.training}{words.requests}")
    team.locator("tbody").get_by_role("link", name=name, exact=True).click()
    look(site, team)
    assert team.url == request
    team.get_by_label(words.done, exact=True).check()
    press(team, words.save_answer)
    site.check(team)
    assert name not in text(team)
    assert figures(site, team, words) == counted
    site.open(team, f"{words.training}{words.learners}{learner}/")
    look(site, team)
    assert (words.erased in text(team), name in text(team), words.course in text(team)) == (True, False, True)
    team.context.close()

    site.open(page, f"{words.training}{words.held}")
    assert (words.course in text(page), email in text(page)) == (False, False)
    assert words.nothing in text(page)
    for table in ("training_learneraddress", "training_learneraddressevent"):
        assert site.rows(f"SELECT 1 FROM {table} WHERE learner_id = %s", learner) == []

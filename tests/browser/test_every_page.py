"""What holds for every page, looked at by walking the running portal as each kind of person, in both languages.

The walk follows links as `tests/walk.py` does, in a real browser: no fault of axe, no complaint in the console, no
sideways scroll at 320 px, targets of 44 px, a title of its own; and the Nu checker finds no error in the HTML.
"""

import json
import re
import subprocess
from collections import deque
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests import databases
from tests.browser.conftest import Site

pytestmark = pytest.mark.journey
VNU = databases.ROOT / "tools/audit/node_modules/vnu-jar/build/dist/vnu.jar"
PEOPLE = [
    None, "secretariat", "team", "fund-manager", "officer-torfaen", "lead-cardiff", "coordinator-torfaen", "trainer",
    "admin",
]  # fmt: skip
SAMPLES = 1  # pages of one kind that are looked at for one person

# Links inside a sentence are as high as its line (WCAG 2.5.8 excepts them); these are not inside one.
SMALL_TARGETS = """
() => [...document.querySelectorAll(
    'button, input:not([type=hidden]), select, textarea, nav a, thead a,'
    + '.govuk-button, .govuk-pagination a, .govuk-tabs a'
)].filter(e => e.checkVisibility({visibilityProperty: true, opacityProperty: true}))
  .filter(e => !e.closest('.govuk-skip-link, .govuk-breadcrumbs, [data-inline]'))
  .map(e => ['radio', 'checkbox'].includes(e.type)
    ? (e.closest('.govuk-radios__item, .govuk-checkboxes__item') || e) : e)
  .map(e => e.matches('.govuk-tabs__tab') ? e.closest('li') : e)
  .map(e => [e, e.getBoundingClientRect()])
  .filter(([e, box]) => box.width > 0 && box.height < 43.5)
  .map(([e, box]) => e.outerHTML.slice(0, 120) + ' is ' + Math.round(box.height) + ' px high')
"""


def kind_of(path: str) -> str:
    """Pages of one kind differ only in their slugs and numbers: the shape of the address with its objects left out."""
    from django.urls import Resolver404, resolve

    try:
        return resolve(path).view_name
    except Resolver404:
        return path


def pages_for(site: Site, page: Page, language: str, known: set[str]) -> tuple[list[tuple[str, str]], list[str]]:
    """Address and HTML of each kind of page that this person comes to and nobody before them did; and the faults."""
    queue, seen = deque([f"/{language}/"]), {f"/{language}/"}
    found: list[tuple[str, str]] = []
    faults: list[str] = []
    kinds: dict[str, int] = {}
    while queue:
        path = queue.popleft()
        answer = page.request.get(site.url + path)
        if answer.status != 200:
            faults.append(f"{path}: {answer.status}")
        if answer.status != 200 or "text/html" not in answer.headers.get("content-type", ""):
            continue
        html = answer.text()
        if kind_of(path) not in known:
            page.goto(site.url + path)
            faults += look_at(site, page)
            found.append((path, html))
        for link in re.findall(r'href="(/[^"#?]*)', html):
            kind = kind_of(link)
            if link.startswith(f"/{language}/") and link not in seen and kinds.get(kind, 0) < SAMPLES:
                kinds[kind] = kinds.get(kind, 0) + 1
                seen.add(link)
                queue.append(link)
    known.update(kind_of(path) for path, _html in found)
    return found, faults


def look_at(site: Site, page: Page) -> list[str]:
    """What is wrong with the page that stands open."""
    faults = []
    page.set_viewport_size({"width": 1280, "height": 900})
    try:
        site.check(page)
    except AssertionError as fault:
        faults.append(str(fault).splitlines()[0])
    if page.title().count(" – ") < 1:
        faults.append(f"{page.url}: title {page.title()!r}")
    if page.locator("h1").count() != 1:
        faults.append(f"{page.url}: {page.locator('h1').count()} h1")
    faults += [f"{page.url}: {small}" for small in page.evaluate(SMALL_TARGETS)]
    page.set_viewport_size({"width": 320, "height": 640})
    width = page.evaluate("document.documentElement.scrollWidth")
    if width > 320:
        faults.append(f"{page.url}: {width} px wide at 320 px")
    return faults


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_page_is_accessible_narrow_and_valid(language: str, site: Site, page: Page, tmp_path: Path) -> None:
    known: set[str] = set()
    pages: list[tuple[str, str]] = []
    faults: list[str] = []
    for person in PEOPLE:
        page.context.clear_cookies()
        if person:
            site.sign_in(page, person, language)
        found, wrong = pages_for(site, page, language, known)
        pages += found
        faults += wrong
    assert len(pages) > 30, [path for path, _html in pages]
    for number, (_path, html) in enumerate(pages):
        (tmp_path / f"{number:03}.html").write_text(html, encoding="utf-8")
    done = subprocess.run(
        ["java", "-jar", str(VNU), "--format", "json", "--skip-non-html", "--errors-only", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    messages = json.loads(done.stderr or '{"messages": []}')["messages"]
    faults += [f"{pages[int(Path(m['url']).stem)][0]}: {m['message']}: {m.get('extract', '')}" for m in messages]
    assert not faults, "\n".join(faults)

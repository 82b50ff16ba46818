"""What holds for every page, looked at by walking the running portal as each kind of person, in both languages.

The walk follows links as `tests/walk.py` does, in a real browser: no fault of axe, no complaint in the console, no
sideways scroll at 320 px, targets of 44 px, a title of its own; and the Nu checker finds no error in the HTML.
"""

import json
import re
import subprocess
from collections import deque
from pathlib import Path
from urllib.parse import urlsplit

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
    'button, input:not([type=hidden]), select, textarea, nav a, .govuk-button, .govuk-pagination a, .govuk-tabs a, th a'
)].filter(e => e.checkVisibility({visibilityProperty: true, opacityProperty: true}))
  .filter(e => !e.closest('.govuk-skip-link, .govuk-breadcrumbs, [data-inline]'))
  .map(e => ['radio', 'checkbox'].includes(e.type)
    ? (e.closest('.govuk-radios__item, .govuk-checkboxes__item') || e) : e)
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


def pages_for(site: Site, page: Page, language: str, known: set[str]) -> list[tuple[str, str]]:
    """Address and HTML of each kind of page that this person comes to and nobody before them did."""
    queue, seen, found = deque([f"/{language}/"]), {f"/{language}/"}, []
    kinds: dict[str, int] = {}
    while queue:
        path = queue.popleft()
        kind = kind_of(path)
        if kind in known:
            # looked at for somebody else already; its links may still lead this person further
            answer = page.request.get(site.url + path)
            links = re.findall(r'href="(/[^"#?]*)', answer.text())
        else:
            answer_in_tab = page.goto(site.url + path)
            assert answer_in_tab is not None
            assert answer_in_tab.status == 200, f"{path}: {answer_in_tab.status}"
            look_at(site, page)
            found.append((path, page.request.get(site.url + path).text()))
            links = page.eval_on_selector_all("a[href^='/']", "all => all.map(a => a.getAttribute('href'))")
        for link in links:
            target = urlsplit(link).path
            target_kind = kind_of(target)
            if not target.startswith(f"/{language}/") or target in seen or kinds.get(target_kind, 0) >= SAMPLES:
                continue
            if re.search(r"\.(csv|ics|xlsx|pdf|json|svg|xml)$|/(csv|ics|pdf|xlsx)/$", target):
                continue
            kinds[target_kind] = kinds.get(target_kind, 0) + 1
            seen.add(target)
            queue.append(target)
    known.update(kind_of(path) for path, _html in found)
    return found


def look_at(site: Site, page: Page) -> None:
    page.set_viewport_size({"width": 1280, "height": 900})
    site.check(page)
    assert page.title().count(" – ") >= 1, f"{page.url}: title {page.title()!r}"
    assert page.locator("h1").count() == 1, f"{page.url}: one h1"
    small = page.evaluate(SMALL_TARGETS)
    assert small == [], f"{page.url}: {small}"
    page.set_viewport_size({"width": 320, "height": 640})
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= 320, f"{page.url}: {width} px wide at 320 px"


@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_page_is_accessible_narrow_and_valid(language: str, site: Site, page: Page, tmp_path: Path) -> None:
    known: set[str] = set()
    pages: list[tuple[str, str]] = []
    for person in PEOPLE:
        page.context.clear_cookies()
        if person:
            site.sign_in(page, person, language)
        pages += pages_for(site, page, language, known)
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
    faults = [f"{pages[int(Path(m['url']).stem)][0]}: {m['message']}: {m.get('extract', '')}" for m in messages]
    assert faults == []

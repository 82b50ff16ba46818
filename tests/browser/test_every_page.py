"""What holds for every page, looked at by walking the running portal as each kind of person, in both languages.

The walk follows links as `tests/walk.py` does, in a real browser: no fault of axe, no complaint in the console, a title
of its own, targets of 44 px, no sideways scroll at 320 px, in both orientations and with text of 200 %, edges in forced
colours, nothing to press on paper, a focus that is seen, nothing that is dead without script; and the Nu checker finds
no error in the HTML.
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
from tests.browser.looking import WIDE, dead_without_script, faults_of
from tests.walk import view_name

pytestmark = pytest.mark.journey
VNU = databases.ROOT / "tools/audit/node_modules/vnu-jar/build/dist/vnu.jar"
PEOPLE = [
    None, "secretariat", "team", "fund-manager", "officer-torfaen", "lead-cardiff", "coordinator-torfaen", "trainer",
    "admin",
]  # fmt: skip
SAMPLES = 1  # pages of one kind that are looked at for one person


def kind_of(path: str) -> str:
    """Pages of one kind differ only in their slugs and numbers: the shape of the address with its objects left out."""
    return view_name(path) or path


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
            faults += [f"{path}: {fault}" for fault in dead_without_script(html)]
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
    page.set_viewport_size(WIDE)
    try:
        site.check(page)
    except AssertionError as fault:
        faults.append(str(fault).splitlines()[0])
    return faults + [f"{page.url}: {fault}" for fault in faults_of(page)]


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

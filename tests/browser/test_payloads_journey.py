"""What people who mean harm typed into every text, shown by a real browser: nothing of theirs runs.

`tests/security/test_payloads.py` walks every page as a parser reads it; this opens one page of each view in Chromium,
which has the last word. A journey, not deep: it needs the browser.
"""

import re
from collections import deque
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page

from tests import databases
from tests.browser.conftest import Site
from tests.security.payloads import MARK, plant
from tests.test_factories import ours
from tests.walk import view_name

pytestmark = pytest.mark.journey
WALKS = [("secretariat", "en"), ("team", "cy"), ("fund-manager", "en"), ("lead-torfaen", "cy")]
MOST = 40  # pages of one walk: all four together take less than a minute on free cores
# what a page of the browser's own says after every script ran: elements that would run, and links that are script
LIVE = """() => [...document.querySelectorAll('*')].filter(one =>
    [...one.attributes].some(a => a.name.startsWith('on') || a.name === 'style')
    || ['href', 'action', 'formaction', 'src'].some(name =>
        /^[\\s\\x00-\\x1f]*(javascript|vbscript|data):/i.test(one.getAttribute(name) || ''))
    || ['IFRAME', 'OBJECT', 'EMBED', 'BASE', 'APPLET', 'MATH'].includes(one.tagName)
    || (one.tagName === 'SCRIPT' && !one.src && !/json/.test(one.type))
).map(one => one.outerHTML.slice(0, 160))"""
LINKS = """() => [...document.querySelectorAll('main a[href], nav a[href]')]
    .map(one => new URL(one.getAttribute('href'), location).href)"""


def planted(site: Site) -> int:
    """How many columns of the site's database took the payloads."""
    with databases.owner(site.database) as connection:

        def run(sql: str, values: dict[str, Any]) -> bool:
            try:
                connection.execute(sql.encode(), values)
            except databases.psycopg.Error:
                return False
            return True

        return plant(ours(), run)[0]


def test_no_stored_payload_runs_in_a_browser(site: Site, page: Page) -> None:
    page.set_content("<a href=' javascript:1'>x</a><p onclick=1>x</p><iframe></iframe><p title='on=1'>x</p>")
    assert len(page.evaluate(LIVE)) == 3  # what is looked for would be seen
    assert planted(site) > 150
    dialogs: list[str] = []
    abroad: list[str] = []
    page.on("dialog", lambda dialog: (dialogs.append(f"{page.url}: {dialog.message}"), dialog.dismiss()))
    page.on("request", lambda request: abroad.append(request.url) if not request.url.startswith(site.url) else None)
    page.add_init_script("window.alert = text => { throw new Error('a payload ran: ' + text); };")
    shown: set[str] = set()
    looked: set[str] = set()
    for person, language in WALKS:
        site.sign_in(page, person, language)
        queue, opened = deque([f"{site.url}/{language}/"]), 0
        while queue and opened < MOST:
            answer = page.goto(queue.popleft(), wait_until="load")
            opened += 1
            assert answer is not None
            assert answer.status < 500, page.url
            assert page.evaluate(LIVE) == [], page.url
            shown.update(re.findall(rf"{MARK}\d+", page.content()))
            for link in page.evaluate(LINKS):
                path = urlsplit(link).path
                name = view_name(path)
                ours_too = link.startswith(f"{site.url}/{language}/") and name and name not in looked
                if ours_too and not re.search(r"\.\w+$|sign-out|allgofnodi|/demo/", path):
                    looked.add(str(name))
                    queue.append(site.url + path)
    assert (dialogs, abroad, site.faults) == ([], [], [])
    assert len(shown) > 250, len(shown)
    assert len(looked) > 80, len(looked)

"""A real portal for real browsers: gunicorn on a loaded copy of the programme, Debian's Chromium, axe on each page."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page

from tests import databases

CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
FLAGS = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip
AXE = databases.ROOT / "tools/audit/node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """With `--dist loadfile` the journeys of a file follow each other on one core. The walks over every page take
    longest: they come first.
    """
    items.sort(key=lambda item: item.path.name != "test_every_page.py")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    if not CHROMIUM.exists():
        pytest.exit(f"The journeys need Chromium; there is none at {CHROMIUM}. Install it: apt-get install chromium", 1)
    if not AXE.exists():
        pytest.exit("The journeys need axe-core: run `npm ci` in tools/audit", 1)
    return {"executable_path": str(CHROMIUM), "args": FLAGS}


@dataclass
class Site:
    """The portal that the browsers visit."""

    url: str
    database: str
    faults: list[str] = field(default_factory=list)
    axe: str = field(default_factory=lambda: AXE.read_text(encoding="utf-8"), repr=False)

    def sign_in(self, page: Page, person: str, language: str = "en") -> None:
        """Sign in as a person of the demonstration, as a visitor would: by their button."""
        page.goto(f"{self.url}/{language}/demo/")
        page.locator(f"form:has(input[value='{person}']) button[type=submit]").click()
        page.wait_for_load_state()
        assert page.url.startswith(f"{self.url}/{language}/"), page.url

    def open(self, page: Page, path: str, *, status: int = 200) -> None:
        """Go to a page and check it."""
        answer = page.goto(self.url + path)
        assert answer is not None
        assert answer.status == status, f"{path}: {answer.status}"
        self.check(page)

    def check(self, page: Page) -> None:
        """What holds for every page: no fault of axe, no complaint in the console, its language, no sideways scroll."""
        language = re.match(rf"{re.escape(self.url)}/(en|cy)/", page.url)
        if language:
            assert page.locator("html").get_attribute("lang") == language.group(1), page.url
        found = page.evaluate(
            "async ([source, rules]) => {"
            " if (!window.axe) { (0, eval)(source); }"
            " return (await axe.run(document, {runOnly: rules})).violations"
            ".map(v => v.id + ': ' + v.nodes.map("
            "n => n.target.join(' ') + ' ' + (n.any[0]?.message || n.failureSummary)).join(' | ')); }",
            [self.axe, RULES],
        )
        assert found == [], f"{page.url}: {found}"
        assert self.faults == [], f"{page.url}: {self.faults}"

    def rows(self, sql: str, *params: object) -> list[tuple[Any, ...]]:
        """What the site's database says, read as the owner."""
        with databases.owner(self.database) as connection:
            return connection.execute(sql.encode(), params).fetchall()


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def await_answer(url: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    for _attempt in range(150):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=2) as answer:  # noqa: S310  an address of ours
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the portal did not start:\n{log.read_text()[-4000:]}")


@pytest.fixture(scope="session")
def texts() -> None:
    """The Welsh texts, compiled as they are now."""
    compile_messages = [sys.executable, "-m", "tools.compile_messages"]
    subprocess.run(compile_messages, cwd=databases.ROOT, check=True, capture_output=True)


@pytest.fixture(scope="session")
def static(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The static files, collected once for all portals of this process."""
    folder = tmp_path_factory.mktemp("collected")
    collect = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity", "0"]
    subprocess.run(collect, cwd=databases.ROOT, check=True, env={**os.environ, "PORTAL_VAR": str(folder)})
    return folder / "static"


@pytest.fixture(scope="module")
def portal(
    server: None, texts: None, static: Path, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Site]:
    """One running portal for the journeys of a file, with the settings that its `PORTAL` names."""
    folder = tmp_path_factory.mktemp("portal")
    name = f"{settings.DATABASES['default']['TEST']['NAME']}_site_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    databases.copy_template(databases.make_template(loaded=True), name)
    if Path(settings.MEDIA_ROOT).exists():  # the demonstration's files
        shutil.copytree(settings.MEDIA_ROOT, folder / "files")
    port = free_port()
    environment = {
        **databases.environment_for(name),
        "PORTAL_DEMO": "1",
        "PORT": str(port),
        "PORTAL_LOG_LEVEL": "WARNING",
        "PORTAL_VAR": str(folder),
        **getattr(request.module, "PORTAL", {}),
    }
    (folder / "static").symlink_to(static)
    log = folder / "web.log"
    command = [
        sys.executable, "-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "1", "--threads", "4",
        "wlga_portal.wsgi",
    ]  # fmt: skip
    worker = [sys.executable, "manage.py", "work"]
    with log.open("wb") as output:
        web = subprocess.Popen(command, cwd=databases.ROOT, env=environment, stdout=output, stderr=output)
        queue = subprocess.Popen(worker, cwd=databases.ROOT, env=environment, stdout=output, stderr=output)
        try:
            await_answer(f"http://127.0.0.1:{port}/livez", web, log)
            yield Site(f"http://127.0.0.1:{port}", name)
        finally:
            web.send_signal(signal.SIGQUIT)  # at once: a browser's open connections are not waited for
            queue.terminate()
            for process in (web, queue):
                process.wait(20)
    databases.drop(name)


VIOLATIONS: list[str] = []  # of the Content-Security-Policy, in any window of any journey


def note_violation(message: ConsoleMessage) -> None:
    if "Content Security Policy" in message.text:
        VIOLATIONS.append(f"{message.page.url if message.page else ''}: {message.text}")


@pytest.fixture(scope="session")
def browser(browser: Browser) -> Browser:
    """Every window that any journey opens is listened to, whoever opens it."""
    new_context = browser.new_context

    def listened(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.on("console", note_violation)
        return context

    browser.new_context = listened  # type: ignore[method-assign]  # see above
    return browser


@pytest.fixture(autouse=True)
def no_violation() -> Iterator[None]:
    """No page of any journey asks for what the Content-Security-Policy forbids."""
    VIOLATIONS.clear()
    yield
    assert not VIOLATIONS, "\n".join(VIOLATIONS)


@pytest.fixture
def site(portal: Site, context: BrowserContext) -> Site:
    """The portal, with a fresh list of what the browser complains about."""
    portal.faults = []

    def listen(message: ConsoleMessage) -> None:
        # a page that answers 4xx on purpose is no complaint
        if message.type in {"error", "warning"} and "Failed to load resource" not in message.text:
            portal.faults.append(message.text)

    context.on("console", listen)
    context.on("weberror", lambda error: portal.faults.append(str(error.error)))
    return portal


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return {**browser_context_args, "locale": "en-GB", "timezone_id": "Europe/London", "reduced_motion": "reduce"}

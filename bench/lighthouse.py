"""Lighthouse on ten public pages in both languages: `make lighthouse`. Writes bench/lighthouse.json and docs/looks.md.

Each page is measured three times (`RUNS`), as a phone of Lighthouse's own settings; the median counts. `PAGES=2` takes
the first two pages only. The portal is served as production is: without the demonstration, on what the database holds.
"""

import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from typing import Any

import django
from django.urls import reverse
from django.utils.translation import override

ROOT = Path(__file__).resolve().parent.parent
CLI = ROOT / "tools/lighthouse/node_modules/lighthouse/cli/index.js"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking"
ATTEMPTS = 5
WARM = 8  # requests before the first run: a page is measured as it is on a server that was not started a moment ago
RESULTS, DOCS = ROOT / "bench/lighthouse.json", ROOT / "docs/looks.md"
BEGIN, END = "<!-- lighthouse -->", "<!-- end of lighthouse -->"
AIMS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
NAMES = (
    ("programme:front", ""), ("organisations:council_list", ""), ("organisations:organisation_page", "cardiff"),
    ("projects:project_list", ""), ("fund:front", ""), ("fund:bid_list", ""), ("board:front", ""),
    ("board:paper_list", ""), ("training:counting", ""), ("programme:data_page", ""),
)  # fmt: skip
SLUGS = {"cardiff": {"en": "cardiff", "cy": "caerdydd"}}


def pages() -> list[str]:
    """The addresses, each page in English and in Welsh."""
    found = []
    for name, slug in NAMES[: int(os.environ.get("PAGES", len(NAMES)))]:
        for language in ("en", "cy"):
            with override(language):
                found.append(reverse(name, kwargs={"slug": SLUGS[slug][language]} if slug else None))
    return found


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def served(port: int) -> "subprocess.Popen[bytes]":
    """The portal on this port, answering."""
    environment = {**os.environ, "PORTAL_DEMO": "0", "PORT": str(port), "PORTAL_LOG_LEVEL": "WARNING"}
    command = [sys.executable, "-m", "gunicorn", "-b", f"127.0.0.1:{port}", "wlga_portal.wsgi"]
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    for _second in range(120):
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/en/help/", timeout=30).read()
            return server
        except OSError:
            time.sleep(1)
    server.terminate()
    raise SystemExit("The portal did not answer within two minutes.")


def measured(url: str) -> dict[str, float]:
    """One run: the score of each category, of 100. A page that the browser could not record is loaded again."""
    for _attempt in range(ATTEMPTS):
        if scores := recorded(url):
            return scores
    raise SystemExit(f"Lighthouse could not record {url}.")


def recorded(url: str) -> dict[str, float]:
    """The scores, or none where Lighthouse says that the recording failed."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "report.json"
        command = [
            shutil.which("node") or "node", str(CLI), url, "--quiet", "--output=json", f"--output-path={target}",
            f"--chrome-flags={FLAGS}", f"--only-categories={','.join(AIMS)}",
        ]  # fmt: skip
        subprocess.run(command, check=False, env={**os.environ, "CHROME_PATH": CHROMIUM}, timeout=300)
        report = json.loads(target.read_text(encoding="utf-8"))
    if "runtimeError" in report:
        return {}
    for audit in report["audits"].values():
        if audit.get("score") is not None and audit["score"] < 1 and audit["scoreDisplayMode"] == "binary":
            print(f"  {url}: {audit['title']}", flush=True)
    return {name: round(100 * report["categories"][name]["score"]) for name in AIMS}


def table(results: dict[str, Any]) -> str:
    lines = ["| page | performance | accessibility | best practices | SEO |", "|---|---|---|---|---|"]
    for path, scores in results["pages"].items():
        lines.append(f"| `{path}` | " + " | ".join(f"{scores[name]:g}" for name in AIMS) + " |")
    return f"Measured {results['measured']}, median of {results['runs']}.\n\n" + "\n".join(lines)


def main() -> None:
    django.setup()
    runs, port = int(os.environ.get("RUNS", "3")), free_port()
    found: dict[str, dict[str, float]] = {}
    server = served(port)
    try:
        for path in pages():
            for _request in range(WARM):
                urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=30).read()
            rounds = [measured(f"http://127.0.0.1:{port}{path}") for _run in range(runs)]
            found[path] = {name: statistics.median(one[name] for one in rounds) for name in AIMS}
            print(path, found[path], flush=True)
    finally:
        server.terminate()
        server.wait(30)
    results = {"measured": time.strftime("%Y-%m-%d"), "runs": runs, "aims": AIMS, "pages": found}
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")
    before, rest = DOCS.read_text(encoding="utf-8").split(BEGIN)
    DOCS.write_text(f"{before}{BEGIN}\n{table(results)}\n{END}{rest.split(END)[1]}", encoding="utf-8")
    below = [
        f"{path}: {name} {scores[name]:g}"
        for path, scores in found.items()
        for name in AIMS
        if scores[name] < AIMS[name]
    ]
    print("\n".join(below) or "Every page reaches its aims.")


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wlga_portal.settings")
    main()

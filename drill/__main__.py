"""`make drill`: what can break is broken, on loopback, in a temporary folder, and what held is written down.

    python -m drill [--short] [STEP …]      worker, database, web, away, full, moment, release; all where none is named

Prints a table; writes drill/results.json and docs/operations/drill.md (not in the short form). Exit code 1 when
something did not hold.
"""

import json
import os
import sys
import time
from dataclasses import asdict
from datetime import UTC, datetime
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wlga_portal.settings")

from drill.ground import ROOT
from drill.steps import Result, steps

RESULTS = ROOT / "drill/results.json"
PAGE = ROOT / "docs/operations/drill.md"
HEAD = """# What was tried, what held, what was lost
Written by `make drill` (`make drill STEP=worker` tries one step). Each step has a portal of its own in a temporary
folder, with its own PostgreSQL, web server (2 processes), worker and mail server on loopback; readers and writers use
it while something is broken.

| tried | held | lost | figures |
|---|---|---|---|
"""


def run(names: list[str], *, short: bool) -> tuple[dict[str, Any], bool]:
    """What each step found, and whether all held. A step that ends in an error did not hold."""
    found: dict[str, Any] = {}
    for name, step in steps().items():
        if names and name not in names:
            continue
        began, results = time.monotonic(), []
        try:
            for result in step(short):
                results.append(result)
                show(result)
        except Exception as error:
            results.append(Result(f"step {name}", False, "not known", f"{type(error).__name__}: {error}"[:300]))
            show(results[-1])
        found[name] = {
            "on": f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC",
            "seconds": round(time.monotonic() - began),
            "results": [asdict(result) for result in results],
        }
    return found, all(one["held"] for step in found.values() for one in step["results"])


def show(result: Result) -> None:
    print(
        f"{'held' if result.held else 'NOT HELD':9} {result.tried}\n{'':9} lost: {result.lost}; {result.figures}",
        flush=True,
    )


def page(found: dict[str, Any]) -> str:
    lines = [
        f"| {one['tried']} | {'yes' if one['held'] else '**no**'} | {one['lost']} | {one['figures']} |"
        for step in found.values()
        for one in step["results"]
    ]
    when = ", ".join(f"{name} {step['on']} ({step['seconds']} s)" for name, step in found.items())
    return f"{HEAD}{chr(10).join(lines)}\n\nRun: {when}; {os.cpu_count()} cores.\n"


def main(arguments: list[str]) -> int:
    short = "--short" in arguments
    names = [one for one in arguments if one != "--short"]
    if not set(names) <= set(steps()):
        print(__doc__)
        return 2
    found, held = run(names, short=short)
    if not short:
        before = json.loads(RESULTS.read_text()) if RESULTS.exists() else {}
        merged = {name: {**before, **found}[name] for name in steps() if name in {**before, **found}}
        RESULTS.write_text(json.dumps(merged, indent=2) + "\n")
        PAGE.write_text(page(merged))
        print(f"Written: {PAGE.relative_to(ROOT)}")
    print("All held." if held else "Not all held.")
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""`make journeys`: walks through a real browser; one that fails is walked once more by itself, on a portal of its own.

A browser, a web server and a worker each take their own time, on a machine that others use too. What fails twice fails
the run. What failed once is named at the end: it is a fault of the portal or of the journey, and is to be mended.
"""

import subprocess
import sys

import pytest

from .catalogues import ROOT

FAILED = ROOT / "var/log/journeys-failed.txt"
MOST = 5  # more than these are no accident: nothing is walked again
EVERY = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder", "tests/browser")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """The names of those that failed, each once: kept for the second walk."""
    reports = [*terminalreporter.stats.get("failed", []), *terminalreporter.stats.get("error", [])]
    names = dict.fromkeys(report.nodeid for report in reports)
    if terminalreporter.stats.get("skipped"):
        names = {}  # a skip fails the run (tools/no_skips.py), whatever a second walk would say
    FAILED.parent.mkdir(parents=True, exist_ok=True)
    FAILED.write_text("".join(f"{name}\n" for name in names), encoding="utf-8")


def walked(*which: str) -> int:
    """Walk these; pytest's exit code."""
    FAILED.unlink(missing_ok=True)
    command = [sys.executable, "-m", "pytest", "-p", "tools.journeys", "-m", "journey", *which]
    return subprocess.run(command, cwd=ROOT, check=False).returncode


def main() -> int:
    code = walked(*EVERY)
    names = FAILED.read_text(encoding="utf-8").splitlines() if FAILED.exists() else []
    if code != pytest.ExitCode.TESTS_FAILED or not 0 < len(names) <= MOST:
        return code
    print("Walked once more:", *names, sep="\n  ", flush=True)
    code = walked(*names)
    if code == 0:
        print("Failed at first, held by themselves, and are to be mended:", *names, sep="\n  ", flush=True)
    return code


if __name__ == "__main__":
    sys.exit(main())

"""bandit over the code that is served, with each finding that is accepted and why.

    python -m tools.bandit_check

A finding is accepted by `# noqa: S<number> <reason>` in its statement (the rules S of ruff are those of bandit),
or by a row of ACCEPTED for the files whose work it is: in another file it is a finding.
"""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CODE = (
    "accounts", "bench", "board", "fund", "organisations", "programme", "projects", "tools", "training", "wlga_portal",
    "gunicorn.conf.py", "manage.py",
)  # fmt: skip
SKIPPED = {
    "B404": "subprocess is imported where commands are run; each run is looked at by itself",
    "B603": "commands are lists that we wrote, never a shell's line (pyproject.toml, S603)",
    "B607": "commands are found on the path of whoever runs the tools (pyproject.toml, S607)",
}
# test -> why it is accepted, in which files or folders
ACCEPTED: dict[str, tuple[str, tuple[str, ...]]] = {
    "B703": (
        "what format_html, nh3 or escape made; tests/security/test_payloads.py shows that none of it runs",
        (
            "board/noting.py", "board/reading.py", "programme/views/pages.py", "projects/reading.py",
            "projects/tables/", "wlga_portal/kernel/components.py", "wlga_portal/kernel/forms/",
            "wlga_portal/kernel/markup.py", "wlga_portal/kernel/svg.py", "wlga_portal/kernel/tables.py",
            "wlga_portal/kernel/templatetags/",
        ),
    ),
    "B608": (
        "SQL of triggers and counts, made of our own names when the module is read; values are parameters",
        ("accounts/limits.py", "board/models/", "fund/models/", "projects/models/", "training/forecast.py"),
    ),
    "B311": ("chance in measurements need not be secret", ("bench/",)),
    "B310": ("the portal's own address, on loopback", ("bench/",)),
    "B105": ("a sample that only the check of settings reads", ("tools/check.py",)),
    "B106": ("people of measurements have no password", ("bench/",)),
    "B108": ("memory that gunicorn's own heartbeat uses; it makes the file itself", ("gunicorn.conf.py",)),
    "B405": ("pictures of our own charts; a document type is refused before", ("wlga_portal/kernel/pdf_blocks.py",)),
}  # fmt: skip


def findings() -> list[dict[str, Any]]:
    """What bandit says. Raises RuntimeError when it cannot read the code."""
    command = [sys.executable, "-m", "bandit", "-q", "-r", *CODE, "-f", "json"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    try:
        said = json.loads(done.stdout)
    except json.JSONDecodeError as error:
        raise RuntimeError(done.stdout + done.stderr) from error
    if said["errors"]:
        raise RuntimeError(str(said["errors"]))
    return list(said["results"])


def reasoned(finding: dict[str, Any]) -> bool:
    """Whether the statement says itself why it is as it is."""
    lines = (ROOT / finding["filename"]).read_text(encoding="utf-8").splitlines()
    first, last = finding["line_range"][0], finding["line_range"][-1]
    number = finding["test_id"].removeprefix("B")
    return any(re.search(rf"# noqa: [\w, ]*\bS{number}\b\s+\w", line) for line in lines[first - 1 : last])


def accepted(finding: dict[str, Any]) -> bool:
    """Whether a row of ACCEPTED speaks of it."""
    _why, places = ACCEPTED.get(finding["test_id"], ("", ()))
    return str(finding["filename"]).removeprefix("./").startswith(places)


def left(found: list[dict[str, Any]]) -> list[str]:
    """The findings that nobody has accepted, a line each."""
    return [
        f"{one['filename']}:{one['line_number']}: {one['test_id']}: {one['issue_text']}"
        for one in found
        if one["test_id"] not in SKIPPED and not reasoned(one) and not accepted(one)
    ]


def main() -> int:
    lines = left(findings())
    print("\n".join(lines) or "bandit: nothing but what is accepted with a reason.")
    return 1 if lines else 0


if __name__ == "__main__":
    sys.exit(main())

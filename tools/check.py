"""`make check`: every check, all of them run, one line each; exit 1 when one failed.

    python -m tools.check [NAME ...]

Needs a PostgreSQL that runs (`python -m wlga_portal.kernel.postgres with -- …`), for the SQL of the migrations.
"""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from . import migration_lint
from .catalogues import ROOT

BIN = Path(sys.executable).parent
Result = tuple[bool, str]
# What a real server has; the values matter to nobody, their presence does.
PRODUCTION = {
    "PORTAL_LISTEN": "0.0.0.0",  # noqa: S104  only checked, never listened on
    "PORTAL_HOSTS": "portal.example.org",
    "PORTAL_BASE_URL": "https://portal.example.org",
    "SECRET_KEY": "a-key-of-fifty-characters-and-more-that-only-this-check-uses",
    "EMAIL_HOST": "mail.example.org",
    "PORTAL_DEMO": "0",
}


def run(*command: str, environment: Mapping[str, str] | None = None) -> Result:
    """Whether a command ended well, and what it said."""
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **(environment or {})}, text=True, check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    return done.returncode == 0, done.stdout


def python(*arguments: str, environment: Mapping[str, str] | None = None) -> Result:
    return run(sys.executable, *arguments, environment=environment)


def templates() -> Result:
    """Templates are formatted as djade does it."""
    files = sorted(str(path.relative_to(ROOT)) for path in (ROOT / "templates").rglob("*.html"))
    return run(str(BIN / "djade"), "--target-version", "5.2", "--check", *files)


def imports() -> Result:
    """Imports point one way."""
    return python("-c", "from importlinter.cli import lint_imports_command; lint_imports_command()", "--no-cache")


CHECKS: dict[str, Callable[[], Result]] = {
    "ruff": lambda: python("-m", "ruff", "check", "."),
    "ruff-format": lambda: python("-m", "ruff", "format", "--check", "."),
    "bandit": lambda: python("-m", "tools.bandit_check"),
    "djade": templates,
    "mypy": lambda: python("-m", "mypy"),
    "imports": imports,
    "migrations": lambda: python("manage.py", "makemigrations", "--check", "--dry-run"),
    "migration-lint": migration_lint.lint,
    "deploy": lambda: python(
        "-W", "error", "manage.py", "check", "--deploy", "--fail-level", "WARNING", environment=PRODUCTION
    ),
    "welsh": lambda: python("-m", "tools.messages", "--check"),
}


def main(names: list[str]) -> int:
    if not set(names) <= set(CHECKS):
        print(f"{__doc__}\nThe checks: {', '.join(CHECKS)}")
        return 2
    failed = []
    for name in names or CHECKS:
        began = time.monotonic()
        good, said = CHECKS[name]()
        print(f"{name:15} {'good' if good else 'FAILED'} ({time.monotonic() - began:.1f} s)", flush=True)
        if not good:
            failed.append(name)
            print(said.rstrip(), flush=True)
    print(f"Checks that failed: {', '.join(failed)}." if failed else "All checks are good.")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""Looks at the SQL of the portal's migrations for what would lock or break a portal that people use.

What was made before the first release met no table in use: it is not looked at. Each rule that is off has its reason
here.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from .catalogues import ROOT

APPS = {
    "kernel": "wlga_portal/kernel",
    **{name: name for name in ("organisations", "accounts", "projects", "training", "fund", "board", "programme")},
}
# The last migration of each app that 0.1.0 begins with; 1 where not named.
BEFORE_RELEASE = {
    "kernel": 3,
    "organisations": 2,
    "accounts": 4,
    "projects": 5,
    "training": 8,
    "fund": 13,
    "board": 11,
    "programme": 5,
}
OFF = {
    "prefer-bigint-over-int": "Django chooses the type of a field; a count that stays small may be an integer",
    "prefer-bigint-over-smallint": "the same",
    "prefer-identity": "Django makes identity columns by itself",
    "prefer-text-field": "a length is a rule of the form and of the database alike",
    "prefer-robust-stmts": "each migration is one transaction: it is done whole or not at all",
    "require-timeout-settings": "the timeouts are the owner role's, set where the role is made",
}


def later_migrations() -> Iterator[tuple[str, str]]:
    """App and name of every migration that changes a database already in use."""
    for app, folder in APPS.items():
        for path in sorted((ROOT / folder / "migrations").glob("[0-9]*.py")):
            if int(path.stem.split("_")[0]) > BEFORE_RELEASE.get(app, 1):
                yield app, path.stem


def sql_of(app: str, name: str) -> tuple[bool, str]:
    """Whether Django can write a migration as SQL, and the SQL."""
    done = subprocess.run(
        [sys.executable, "manage.py", "sqlmigrate", app, name],
        cwd=ROOT, env={**os.environ, "PORTAL_AS_OWNER": "1"}, text=True, capture_output=True, check=False,
    )  # fmt: skip
    return done.returncode == 0, done.stdout if done.returncode == 0 else done.stderr


def squawk(sql: str, shown: str) -> tuple[bool, str]:
    """The linter's judgement of one migration's SQL."""
    done = subprocess.run(
        [str(Path(sys.executable).parent / "squawk"), "--pg-version", "15", "--reporter", "gcc",
         "--exclude", ",".join(OFF), "--stdin-filepath", shown],
        input=sql, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    return done.returncode == 0, done.stdout


def lint() -> tuple[bool, str]:
    """Whether all later migrations are safe, and what was found."""
    good, lines = True, []
    for app, name in later_migrations():
        fine, said = sql_of(app, name)
        if fine:
            fine, said = squawk(said, f"{app}/{name}.sql")
        if not fine:
            good = False
            lines.append(f"{app}.{name}\n{said}")
    return good, "\n".join(lines)

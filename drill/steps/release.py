"""The migrations of this release run while the code of the release before serves, and that code goes on working."""

import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from drill.ground import ROOT, Ground
from drill.load import Load

from . import Result

MOST_PAGES = 150  # of the sitemap's


def before() -> str:
    """The release before: `RELEASE_BEFORE`, or the last tag, or the code from before the newest migration."""
    asked = os.environ.get("RELEASE_BEFORE", "")
    if asked:
        return asked
    tag = git("tag", "--list", "v*", "--sort=-version:refname").split()
    if tag:
        return tag[0]
    newest = git("log", "-1", "--diff-filter=A", "--format=%h", "--", "*/migrations/0*.py").strip()
    return git("rev-parse", "--short=12", f"{newest}^").strip()


def git(*arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=ROOT, check=True, capture_output=True, text=True).stdout


def drill(_short: bool) -> Iterator[Result]:
    name = before()
    with tempfile.TemporaryDirectory(prefix="portal-drill-before-") as folder:
        packed = subprocess.run(["git", "archive", name], cwd=ROOT, check=True, capture_output=True).stdout
        subprocess.run(["tar", "-x", "-C", folder], input=packed, check=True)
        old = Path(folder)
        with Ground(prepare=False, root=old, DJANGO_SETTINGS_MODULE="wlga_portal.settings") as ground:
            ground.python("-m", "tools.compile_messages")
            ground.manage("migrate", "--skip-checks", "--verbosity", "0", PORTAL_AS_OWNER="1")
            ground.manage("load_programme")
            ground.manage("load_demo")
            ground.manage("collectstatic", "--no-input", "--verbosity", "0")
            ground.web()
            yield migrated(ground, name)


def migrated(ground: Ground, name: str) -> Result:
    known = count(ground)
    with Load(ground, readers=2, writers=1, pause=0.5) as load:
        time.sleep(3)
        began = time.monotonic()
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--no-input", "--skip-checks", "--verbosity", "0"],
            cwd=ROOT, env=ground.environment(PORTAL_AS_OWNER="1", PYTHONPATH=str(ROOT)), check=True,
        )  # fmt: skip
        took = time.monotonic() - began
        time.sleep(3)
    pages = sorted(set(re.findall(r"<loc>https?://[^/]+(/[^<]*)</loc>", ground.get("/sitemap.xml")[1])))[:MOST_PAGES]
    broken = [path for path in pages if ground.status(path) != 200]
    failed, lost = load.failed(), load.lost()
    return Result(
        f"the migrations of this release run while the code of {name} serves",
        not failed and not lost and not broken and bool(pages) and ground.status("/readyz") == 200,
        f"{lost} of {len(load.acknowledged)} acknowledged writes",
        f"{count(ground) - known} migrations in {took:.1f} s; {len(failed)} of {len(load.requests)} requests failed; "
        f"afterwards {len(pages) - len(broken)} of {len(pages)} pages of the older code answer",
    )


def count(ground: Ground) -> int:
    return int(ground.ask("SELECT count(*) FROM django_migrations")[0][0])

"""The machine is lost while people write: all is brought back elsewhere, from the backup and the archive alone."""

import os
import shutil
import signal
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from drill.ground import Ground, wait_for
from drill.load import Load
from wlga_portal.kernel.postgres import url
from wlga_portal.kernel.postgres.cluster import EmbeddedPostgres

from . import Result

RPO_S, RTO_S = 300, 1800
KEY = "ZHJpbGxkcmlsbGRyaWxsZHJpbGxkcmlsbGRyaWxsISE="


def drill(short: bool) -> Iterator[Result]:
    writing = 20 if short else 75  # seconds, more than two passes of the archive
    with Ground(PORTAL_BACKUP_KEY=KEY) as ground:
        store = ground.folder / "elsewhere"
        ground.extra["PORTAL_BACKUPS"] = str(store)
        ground.web()
        archive = ground.begin("manage.py", "archive", *(["--every", "5"] if short else []))
        wait_for(lambda: list(store.glob("archive-*/passed")), 120, "the archive")
        ground.manage("backup")
        with Load(ground, readers=1, writers=2, pause=0.1) as load:
            time.sleep(writing / 2)
            middle, by_then = datetime.now(UTC), len(load.acknowledged)
            time.sleep(writing / 2)
            lost_at = datetime.now(UTC)
            ground.kill(archive)
            os.kill(ground.server.process() or 0, signal.SIGKILL)
        written = set(load.acknowledged)
        wait_for(lambda: not ground.server.running(), 30, "the end of the server")
        shutil.rmtree(ground.server.data)  # what the machine held is gone
        for asked, name in (("latest", "latest"), (middle.isoformat(), "middle")):
            began = time.monotonic()
            again = ground.folder / name
            ground.manage("restore", "newest", str(again), "--to", asked)
            server = EmbeddedPostgres(again)
            server.start()
            try:
                kept = rows(again)
                took = time.monotonic() - began
            finally:
                server.stop()
            if asked == "latest":
                last = max(at for _words, at in kept)
                gone = (lost_at - last).total_seconds()
                missing = len(written - {words for words, _at in kept})
                yield Result(
                    "the machine lost under load: brought back from the backup and the archive",
                    gone <= RPO_S and took <= RTO_S,
                    f"the last {max(gone, 0):.1f} s: {missing} of {len(written)} acknowledged writes (aim: {RPO_S} s)",
                    f"back and ready to serve after {took:.0f} s (aim: {RTO_S} s)",
                )
            else:
                later = [at for _words, at in kept if at > middle]
                earlier = set(load.acknowledged[: max(by_then - 10, 0)]) - {words for words, _at in kept}
                yield Result(
                    "brought back to a moment between two writes",
                    not later and not earlier,
                    f"{len(earlier)} writes of before the moment",
                    f"{len(kept)} rows of before it, {len(later)} of after it; {took:.0f} s",
                )


def rows(var: Path) -> list[tuple[str, datetime]]:
    with psycopg.connect(url("portal_owner", var)) as connection:
        return connection.execute(
            "SELECT comment, at FROM programme_pagefeedback WHERE comment LIKE 'drill%'"
        ).fetchall()

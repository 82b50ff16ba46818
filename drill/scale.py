"""`make scale-test`: more than one machine's worth of processes on this one, and what happens when each is lost.

A primary with a streaming replica, two web servers and two workers, on loopback and in a temporary folder. Readers and
writers go through what a load balancer does: the other web server is asked where one does not answer. Prints a table
and writes docs/operations/scale-test.md. Exit code 1 when something did not hold.
"""

import os
import re
import signal
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "wlga_portal.settings")

import psycopg

from drill.balanced import Balanced
from drill.ground import ROOT, Ground, free_port, wait_for
from drill.steps import Result
from wlga_portal.kernel.postgres import socket_dir
from wlga_portal.kernel.postgres.cluster import EmbeddedPostgres

PAGE = ROOT / "docs/operations/scale-test.md"
HEAD = """# More than one machine: what was tried
Written by `make scale-test`: a primary with a streaming replica, two web servers (2 processes each) and two workers on
one machine of {cores} cores, which also makes the load. All figures here are measured, on {on}.

| tried | held | lost | figures |
|---|---|---|---|
"""
MESSAGES = 120


class Pair:
    """A primary and its replica, two web servers, two workers."""

    def __init__(self, ground: Ground, seconds: float) -> None:
        self.ground, self.seconds = ground, seconds
        self.replica = EmbeddedPostgres(ground.folder / "replica")
        self.ports = [free_port(), free_port()]
        self.sockets = [str(ground.server.home / "socket"), ""]

    def start(self) -> None:
        ground, copy = self.ground, self.replica
        primary = str(socket_dir(ground.var))
        with copy.lock():
            copy.settle()
            copy.own(copy.data)
            copy.call(
                [copy.tool("pg_basebackup"), "--dbname", f"host={primary} user=postgres", "--pgdata", copy.data,
                 "--write-recovery-conf", "--wal-method", "stream", "--checkpoint", "fast"],
            )  # fmt: skip
        copy.start()
        self.sockets = [primary, str(socket_dir(copy.var))]
        both = ",".join(self.sockets)
        ground.extra |= {
            "DATABASE_URL": f"postgresql://portal_app@/portal?host={both}&port=5432&target_session_attrs=read-write",
            "DATABASE_OWNER_URL": f"postgresql://portal_owner@/portal?host={primary}&port=5432",
            "DATABASE_REPLICA_URL": f"postgresql://portal_app@/portal?host={self.sockets[1]}&port=5432",
        }
        self.webs = [self.web(port) for port in self.ports]
        self.workers = [ground.worker(), ground.worker()]

    def web(self, port: int) -> Any:
        ground = self.ground
        ground.port = port
        return ground.web()

    def asked(self, of: int, query: str) -> Any:
        """One value from the primary (0) or the replica (1)."""
        where = f"host={self.sockets[of]} port=5432 dbname=portal user=postgres"
        with psycopg.connect(where, autocommit=True) as connection:
            row = connection.execute(query).fetchone()
            return row[0] if row else None

    def transactions(self, of: int) -> int:
        return int(self.asked(of, "SELECT xact_commit FROM pg_stat_database WHERE datname = 'portal'"))


def figures(load: Balanced, since: float) -> tuple[str, int]:
    """Requests a second since then, how slow, and how many failed."""
    took = sorted(one[1] for one in load.requests if one[0] >= since)
    failed = load.failed(since)
    seconds = time.monotonic() - since
    said = f"{len(took) / seconds:.0f} requests a second, p50 {took[len(took) // 2] * 1000:.0f} ms, "
    return said + f"p95 {took[int(len(took) * 0.95)] * 1000:.0f} ms, {failed} failed", failed


def whole(pair: Pair, load: Balanced) -> Iterator[Result]:
    before, began = [pair.transactions(0), pair.transactions(1)], time.monotonic()
    time.sleep(pair.seconds)
    said, failed = figures(load, began)
    time.sleep(1.2)  # until both servers have told their counters
    primary, replica = (pair.transactions(of) - before[of] for of in (0, 1))
    share = 100 * replica / max(1, primary + replica)
    yield Result(
        "two web servers, two workers, a primary and its replica", failed == 0 and replica > 0, "nothing",
        f"{said}; {share:.0f} % of the transactions on the replica",
    )  # fmt: skip


def behind(pair: Pair, load: Balanced) -> Iterator[Result]:
    """The replica stands still while people write: who wrote reads it, from the primary."""
    pair.asked(1, "SELECT pg_wal_replay_pause()")
    began, checked, stale = time.monotonic(), load.checked, load.stale
    time.sleep(pair.seconds)
    said, failed = figures(load, began)
    pair.asked(1, "SELECT pg_wal_replay_resume()")
    wrote = load.checked - checked
    yield Result(
        f"the replica {pair.seconds:.0f} s behind", failed == 0 and load.stale == stale and wrote > 0,
        f"{load.stale - stale} of {wrote} own writes not seen at once", said,
    )  # fmt: skip


def web_lost(pair: Pair, load: Balanced) -> Iterator[Result]:
    began = time.monotonic()
    pair.ground.kill(pair.webs[0])
    time.sleep(pair.seconds)
    said, failed = figures(load, began)
    pair.webs[0] = pair.web(pair.ports[0])
    yield Result("a web server killed", failed == 0, f"{failed} requests, the other was asked", said)


def worker_lost(pair: Pair, load: Balanced) -> Iterator[Result]:
    ground = pair.ground
    known = len(ground.mail.taken)
    began = time.monotonic()
    numbers = ground.notify(MESSAGES)
    ground.kill(pair.workers[0])
    took = wait_for(lambda: ground.jobs() == 0, 240, "the other worker")
    names = [name for _at, name in ground.mail.taken[known:]]
    twice = len(names) - len(set(names))
    said, failed = figures(load, began)
    pair.workers[0] = ground.worker()
    yield Result(
        f"a worker killed once {MESSAGES} messages were written", len(set(names)) == len(numbers) and failed == 0,
        f"{len(numbers) - len(set(names))} of {len(numbers)} messages lost, {twice} twice",
        f"drained in {took:.0f} s by the other; {said}",
    )  # fmt: skip


def replica_lost(pair: Pair, load: Balanced) -> Iterator[Result]:
    began = time.monotonic()
    process = pair.replica.process()
    if process is not None:
        os.kill(process, signal.SIGQUIT)
    time.sleep(pair.seconds)
    said, failed = figures(load, began)
    pair.replica.start()
    yield Result("the replica lost", failed <= 10, f"{failed} requests; pages came from the primary", said)


def promoted(pair: Pair, load: Balanced) -> Iterator[Result]:
    """The primary is lost, the replica takes its place; nothing of the portal is started anew."""
    caught = "SELECT pg_last_wal_replay_lsn() = pg_last_wal_receive_lsn() AND EXISTS (SELECT FROM pg_stat_wal_receiver)"
    wait_for(lambda: pair.asked(1, caught), 60, "the replica to stream again")
    process = pair.ground.server.process()
    began = time.monotonic()
    if process is not None:
        os.kill(process, signal.SIGQUIT)
    pair.asked(1, "SELECT pg_promote(wait => true)")
    took_over = time.monotonic()
    wait_for(lambda: load.wrote_since(took_over), 90, "a write on the new primary")
    written = time.monotonic() - began
    time.sleep(pair.seconds)
    said, _failed = figures(load, took_over + (written if written < pair.seconds else 0))
    between = load.failed(began)
    lost = load.lost(pair)
    yield Result(
        "the primary killed, the replica promoted", written < 60 and lost == 0,
        f"{lost} of {len(load.acknowledged)} acknowledged writes; {between} requests failed",
        f"writes again after {written:.1f} s, without a restart; then {said}",
    )  # fmt: skip


def run(seconds: float) -> list[Result]:
    found: list[Result] = []
    with Ground() as ground:
        pair = Pair(ground, seconds)
        try:
            pair.start()
            with Balanced(pair.ports) as load:
                for step in (whole, behind, web_lost, worker_lost, replica_lost, promoted):
                    for result in step(pair, load):
                        found.append(result)
                        print(row(result), flush=True)
        finally:
            pair.replica.stop()
    return found


def row(result: Result) -> str:
    return f"| {result.tried} | {'yes' if result.held else '**no**'} | {result.lost} | {result.figures} |"


def main() -> int:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 and re.fullmatch(r"\d+", sys.argv[1]) else 10.0
    found = run(seconds)
    head = HEAD.format(cores=os.cpu_count(), on=f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC")
    PAGE.write_text(head + "\n".join(row(result) for result in found) + "\n", encoding="utf-8")
    return 0 if all(result.held for result in found) else 1


if __name__ == "__main__":
    sys.exit(main())

"""The deadline hour: `make deadline`. 200 officers save once every 10 s, and 60 bids are sent within the last minute.

    python -m bench.deadline [SECONDS]       90 where none are given; at least 60

The portal runs as in production (gunicorn with 2 workers, and a worker of the queue) on loopback, on a database of its
own. Each officer opens an answer, saves it with new words and goes on to the next question, two of them in each bid;
each sender opens the page to submit, submits and reads the receipt. An error is any answer but the one that is meant.
A save is lost when the portal acknowledged it and its words are nowhere in the history of the answers, or when the last
words of an answer do not stand. Written: bench/deadline.json.
"""

import asyncio
import json
import os
import random
import re
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from bench.__main__ import ROOT, Server, environment, run
from tests import databases

READY, NAME = "portal_deadline_ready", "portal_deadline"
RESULTS = ROOT / "bench/deadline.json"
WRITERS, SENDERS, EVERY_S, LAST_S = 200, 60, 10.0, 60.0
AIM_MS = 500
TOKEN = "d" * 32  # of the browsers of this run, against forged forms


def prepare() -> None:
    """A fresh database with the generated programme at a tenth, and the rows of the hour are made in it."""
    sources = (*databases.CONTENT, "bench/generate.py", "fund/standard.yaml")
    wanted = databases.fingerprint(*sources)
    with databases.owner() as connection:
        row = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [READY]
        ).fetchone()
        if row is None or row[0] != wanted:
            databases.remove(connection, READY)
            connection.execute(f'CREATE DATABASE "{READY}"')
            print(f"Generating {READY} …", flush=True)
            run(READY, "manage.py", "migrate", "--skip-checks", "--verbosity", "0", PORTAL_AS_OWNER="1")
            run(READY, "manage.py", "load_programme")
            run(READY, "-m", "bench.generate", "0.1")
            connection.execute(f"COMMENT ON DATABASE \"{READY}\" IS '{wanted}'")
        databases.remove(connection, NAME)
        connection.execute(f'CREATE DATABASE "{NAME}" TEMPLATE "{READY}"')
    with databases.owner(NAME) as connection:
        connection.execute("VACUUM ANALYZE")


@dataclass
class Run:
    """What happened: the milliseconds of each kind of request, what went wrong, what was acknowledged."""

    port: int
    csrf: str
    times: dict[str, list[float]] = field(default_factory=dict)
    errors: list[str] = field(default_factory=list)
    saved: list[str] = field(default_factory=list)
    last: dict[str, str] = field(default_factory=dict)
    receipts: int = 0
    clashes: int = 0

    async def ask(self, kind: str, path: str, cookie: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """One request on a connection of its own: status, where it leads, the page."""
        body = urlencode({"csrfmiddlewaretoken": TOKEN, **form}) if form is not None else ""
        lines = [
            f"{'GET' if form is None else 'POST'} {path} HTTP/1.1", f"Host: 127.0.0.1:{self.port}", "Connection: close",
            f"Cookie: {cookie}; {self.csrf}={TOKEN}", f"Content-Length: {len(body)}",
            "Content-Type: application/x-www-form-urlencoded", "", body,
        ]  # fmt: skip
        began = time.perf_counter()
        try:
            reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
            writer.write("\r\n".join(lines).encode())
            answer = (await asyncio.wait_for(reader.read(), 30)).decode()
            writer.close()
        except (OSError, TimeoutError) as error:
            self.errors.append(f"{kind}: {type(error).__name__}")
            return 0, "", ""
        self.times.setdefault(kind, []).append((time.perf_counter() - began) * 1000)
        head, _, page = answer.partition("\r\n\r\n")
        found = re.search(r"^Location: (\S+)", head, re.M | re.I)
        return int(head.split(" ", 2)[1]), found.group(1) if found else "", page

    def wrong(self, kind: str, said: Any) -> None:
        self.errors.append(f"{kind}: {said}")

    async def writer(self, number: int, who: dict[str, str], until: float, first: float) -> None:
        """Save and continue once every 10 s, from question to question; what was saved last stands at the end."""
        await asyncio.sleep(first)
        start = f"/en/fund/bids/{who['slug']}/questions/{who['first']}/"
        path, turn = start.replace(who["first"], who["key"]), 0
        status, _to, page = await self.ask("open the answer", path, who["cookie"])
        await asyncio.sleep(EVERY_S)  # the officer writes
        while time.monotonic() < until:
            began = time.monotonic()
            turn += 1
            version = re.search(r'name="version" value="(\d+)"', page)
            if status != 200 or version is None:
                self.wrong("open the answer", status)
                return
            text = (f"Officer {number} writes words {turn} of the answer, and means them. " * 3).strip()
            form = {"version": version.group(1), "text": text, "effect": "none", "next": "1"}
            status, to, shown = await self.ask("save", path, who["cookie"], form)
            if status == 302 and "/fund/bids/" in to:
                self.saved.append(text)
                self.last[path] = text
                path = to if "/questions/" in to else start
            elif status == 409 and text in shown:
                self.clashes += 1  # the other of the bid came to this question: both texts are shown, nothing is lost
            else:
                self.wrong("save", f"{status} {to}")
                return
            status, _to, page = await self.ask("page after the save", path, who["cookie"])
            await asyncio.sleep(max(0.0, EVERY_S - (time.monotonic() - began)))

    async def sender(self, who: dict[str, str], first: float) -> None:
        """Open the page to submit, submit, read the receipt."""
        await asyncio.sleep(first)
        path = f"/en/fund/bids/{who['slug']}/submit/"
        status, _to, _page = await self.ask("open the page to submit", path, who["cookie"])
        if status != 200:
            self.wrong("open the page to submit", status)
        status, to, _page = await self.ask("submit", path, who["cookie"], {})
        if status != 302 or "/receipt/" not in to:
            self.wrong("submit", f"{status} {to}")
            return
        status, _to, page = await self.ask("receipt", to, who["cookie"])
        if status == 200 and re.search("<code>[0-9a-f]{64}</code>", page):
            self.receipts += 1
        else:
            self.wrong("receipt", status)

    async def hour(self, rows: dict[str, Any], seconds: float) -> None:
        chance = random.Random(1)
        until = time.monotonic() + seconds - EVERY_S / 2  # the last save is in before the round closes
        writers = [
            self.writer(number, who, until, number * EVERY_S / len(rows["write"]))
            for number, who in enumerate(rows["write"])
        ]
        begins = seconds - LAST_S
        senders = [self.sender(who, begins + chance.random() * (LAST_S - 3)) for who in rows["send"]]
        await asyncio.gather(*writers, *senders)


def drained() -> None:
    """The worker has done what the made rows left to do: the hour does not begin with a morning's work."""
    waiting = (
        "SELECT count(*) FROM procrastinate_jobs"
        " WHERE status IN ('todo', 'doing') AND coalesce(scheduled_at, now()) <= now()"
    )
    until = time.monotonic() + 300
    with databases.owner(NAME) as connection:
        while connection.execute(waiting).fetchone() != (0,):
            if time.monotonic() > until:
                raise RuntimeError("the queue did not empty in five minutes")
            time.sleep(1)


def told(done: Run, kept: dict[str, Any], seconds: float) -> dict[str, Any]:
    """The figures: lost are acknowledged words that are in no version, and last words that do not stand."""
    texts, standing = set(kept["texts"]), set(kept["standing"])
    everything = [one for times in done.times.values() for one in times]
    kinds = {
        kind: {
            "requests": len(times),
            "p50_ms": round(statistics.median(times), 1),
            "p95_ms": round(sorted(times)[int(len(times) * 0.95)], 1),
            "max_ms": round(max(times), 1),
        }
        for kind, times in {**done.times, "all": everything}.items()
    }
    return {
        "seconds": seconds,
        "writers": WRITERS,
        "senders": SENDERS,
        "errors": len(done.errors),
        "error_kinds": sorted(set(done.errors))[:20],
        "clashes_shown": done.clashes,
        "saves_acknowledged": len(done.saved),
        "versions_kept": sum(text in texts for text in done.saved),
        "saves_lost": sum(text not in texts for text in done.saved)
        + sum(text not in standing for text in done.last.values()),
        "submits_acknowledged": done.receipts,
        "submissions_kept": len(kept["sent"]),
        "submissions_whole": kept["whole"],
        "failed_jobs": kept["failed_jobs"],
        "requests": kinds,
    }


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    seconds = max(LAST_S, float(sys.argv[1]) if len(sys.argv) > 1 else 90.0)
    prepare()
    rows = json.loads(run(NAME, "-m", "bench.deadline_rows", "make", str(WRITERS), str(SENDERS)).splitlines()[-1])
    run(NAME, "manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    worker = subprocess.Popen([sys.executable, "manage.py", "work"], cwd=ROOT, env=environment(NAME))
    server = Server(NAME)
    try:
        done = Run(server.port, rows["csrf"])
        for path in ("/en/", "/en/fund/", "/en/fund/rounds/deadline/") * 8:  # every thread of both workers has begun
            server.get(path)
        drained()
        run(NAME, "-m", "bench.deadline_rows", "close", str(seconds + 1))
        asyncio.run(done.hour(rows, seconds))
    finally:
        server.stop()
        worker.terminate()
        worker.wait(30)
    results = told(done, json.loads(run(NAME, "-m", "bench.deadline_rows", "count").splitlines()[-1]), seconds)
    RESULTS.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(results, indent=2))
    p95 = results["requests"]["all"]["p95_ms"]
    good = not (results["errors"] or results["saves_lost"]) and results["submissions_kept"] == SENDERS and p95 < AIM_MS
    print(f"{'Within' if good else 'Past'} the aim: no error, no lost save, every bid kept, p95 under {AIM_MS} ms.")
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

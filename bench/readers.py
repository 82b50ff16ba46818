"""50 board members read the papers of one meeting: `make readers`. Prints what it found and writes bench/readers.json.

Each opens a page every 2 to 5 seconds for a minute, from a portal with 2 workers; then one reader alone opens a paper
of 60 pages, and the pack of all papers is made in each language. Traffic goes to 127.0.0.1 only, bounded in count.
"""

import json
import os
import random
import statistics
import sys
import threading
import time
from typing import Any

from tests import databases

from .__main__ import ROOT, Server, alone, run

NAME = "portal_readers"
RESULTS = ROOT / "bench/readers.json"
SECONDS = 60
BETWEEN = (2.0, 5.0)  # seconds from one page to the next
AIM_MS, AIM_PAPER_MS, AIM_PACK_SECONDS, AIM_PACK_PAGES = 200, 100, 10, 500


def prepare() -> None:
    """A fresh programme with the meeting; made again when what makes it has changed."""
    wanted = databases.fingerprint(*databases.CONTENT, "bench/readers_rows.py")
    with databases.owner() as connection:
        row = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [NAME]
        ).fetchone()
        if row and row[0] == wanted:
            return
        connection.execute(f'DROP DATABASE IF EXISTS "{NAME}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{NAME}"')
        run(NAME, "manage.py", "migrate", "--skip-checks", "--verbosity", "0", PORTAL_AS_OWNER="1")
        run(NAME, "manage.py", "load_programme")
        run(NAME, "-m", "bench.readers_rows")
        with databases.owner(NAME) as inside:
            inside.execute("VACUUM ANALYZE")
        connection.execute(f"COMMENT ON DATABASE \"{NAME}\" IS '{wanted}'")


def read(server: Server, cookies: list[str], pages: list[str]) -> tuple[list[float], list[str]]:
    """The milliseconds of each page that the readers opened, and what went wrong."""
    times: list[float] = []
    faults: list[str] = []

    def reader(number: int) -> None:
        chance = random.Random(number)
        time.sleep(chance.uniform(0, BETWEEN[1]))
        ends = time.monotonic() + SECONDS
        while time.monotonic() < ends:
            path = chance.choice(pages)
            began = time.perf_counter()
            status, _body = server.get(path, {"Cookie": cookies[number], "Accept-Encoding": "gzip"})
            times.append((time.perf_counter() - began) * 1000)
            if status != 200:
                faults.append(f"{path}: {status}")
            time.sleep(chance.uniform(*BETWEEN))

    threads = [threading.Thread(target=reader, args=[number]) for number in range(len(cookies))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(times), faults


def measure() -> dict[str, Any]:
    listed = json.loads(run(NAME, "-m", "bench.readers_rows", PORTAL_POOL="0").splitlines()[-1])
    server = Server(NAME)
    try:
        for _worker in range(4):  # both workers have drawn each paper once
            for path in listed["pages"]:
                server.get(path, {"Cookie": listed["cookies"][0]})
        times, faults = read(server, listed["cookies"], listed["pages"])
        paper = alone(server, listed["paper"], listed["cookies"][0])
    finally:
        server.stop()
    return {
        "readers": len(listed["cookies"]),
        "seconds": SECONDS,
        "opened": len(times),
        "faults": faults,
        "p50_ms": round(statistics.median(times), 1),
        "p95_ms": round(times[int(len(times) * 0.95)], 1),
        "paper_of_60_pages_alone_ms": paper,
        "pack": json.loads(run(NAME, "-m", "bench.readers_rows", "pack", PORTAL_POOL="0").splitlines()[-1]),
    }


def within(found: dict[str, Any]) -> bool:
    """Whether every aim of the issue is met."""
    packs = found["pack"].values()
    return (
        not found["faults"]
        and found["p95_ms"] < AIM_MS
        and found["paper_of_60_pages_alone_ms"] < AIM_PAPER_MS
        and all(one["seconds"] < AIM_PACK_SECONDS and one["pages"] >= AIM_PACK_PAGES for one in packs)
    )


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    prepare()
    run(NAME, "manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    found = measure()
    RESULTS.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print(json.dumps(found, indent=2))
    return 0 if within(found) else 1


if __name__ == "__main__":
    sys.exit(main())

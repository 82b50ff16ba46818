"""The benchmark: `make bench`. Loads, serves as production does, measures, prints ratios, writes bench/results.json.

The ratio of a page is its p50 over the p50 of the plain table in the same run (bench/yardsticks.py): machines differ
and are shared, so that milliseconds alone say little. Traffic goes to 127.0.0.1 only, bounded in count.
"""

import http.client
import json
import os
import re
import signal
import socket
import statistics
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bench import WORKER
from tests import databases

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "bench/results.json"
WORKERS = 2
CONNECTIONS = 8
REQUESTS = int(os.environ.get("BENCH_REQUESTS") or 400)  # for each page
ROUNDS = 10  # the pages take turns, so that a busy minute of the machine falls on all of them
SCALES = {"portal_bench": "1", "portal_bench_tenth": "0.1"}
SEARCH = "tests/data/search.yaml"  # the labelled questions on which searching is measured
SIMILAR = "tests/data/similar_bids.yaml"  # the labelled statements on which similar bids are measured
AIM_SIMILAR_MS = 100  # of server time for one search for similar bids, without making the vector of the text
LIMITS = {"list": 2.5, "detail": 2.0}  # of the ratio
ALONE = 40  # requests of one reader, nobody else reading: what is called server time
# of server time, where a page has such an aim of its own
AIMS_MS = {"count": 100, "portfolio as at a day": 150, "search": 50}


def environment(name: str, **extra: str) -> dict[str, str]:
    variables = databases.environment_for(name)
    variables.pop("PORTAL_DEMO", None)
    return {**variables, "DJANGO_SETTINGS_MODULE": "bench.settings", "PORTAL_LOG_LEVEL": "WARNING", **extra}


def run(name: str, *command: str, **extra: str) -> str:
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=environment(name, **extra),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout


def prepare(name: str, scale: str) -> None:
    """The generated programme in its own database; made again when what makes it has changed."""
    wanted = databases.fingerprint(*databases.CONTENT, "bench/generate.py") + scale
    with databases.owner() as connection:
        row = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
        if row and row[0] == wanted:
            return
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute(f'CREATE DATABASE "{name}"')
        print(f"Generating {name} at scale {scale} …", flush=True)
        run(name, "manage.py", "migrate", "--skip-checks", "--verbosity", "0", PORTAL_AS_OWNER="1")
        run(name, "manage.py", "load_programme")
        run(name, "-m", "bench.generate", scale)
        with databases.owner(name) as inside:
            inside.execute("VACUUM ANALYZE")
        connection.execute(f"COMMENT ON DATABASE \"{name}\" IS '{wanted}'")


class Server:
    """gunicorn with 2 workers on a free port, its start timed."""

    def __init__(self, name: str) -> None:
        with socket.socket() as one:
            one.bind(("127.0.0.1", 0))
            self.port = int(one.getsockname()[1])
        began = time.monotonic()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--access-logfile", "/dev/null", "wlga_portal.wsgi"],
            cwd=ROOT,
            env=environment(name, PORT=str(self.port), PORTAL_WORKERS=str(WORKERS)),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.STDOUT,
        )
        while True:
            try:
                if self.get("/readyz")[0] == 200:
                    break
            except OSError:
                pass
            if self.process.poll() is not None or time.monotonic() - began > 60:
                raise RuntimeError("the server did not start")
            time.sleep(0.02)
        self.cold_start_s = round(time.monotonic() - began, 2)

    def get(self, path: str, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.request("GET", path, headers=headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read()
        finally:
            connection.close()

    def memory_mb(self) -> float:
        """The proportional share of memory of one worker, the larger."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        sizes = [
            int(re.search(r"^Pss:\s+(\d+)", Path(f"/proc/{child}/smaps_rollup").read_text(), re.M).group(1))  # type: ignore[union-attr]  # always there
            for child in children
        ]
        return round(max(sizes) / 1024, 1)

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)


def readers(server: Server, path: str, cookie: str) -> list[http.client.HTTPConnection]:
    """8 open connections, as many to each worker.

    Which worker takes a connection is chance. Six on one and two on the other make two speeds of one page, and its
    median falls on either.
    """
    held: dict[str, list[http.client.HTTPConnection]] = {}
    for _try in range(40 * CONNECTIONS):
        if sum(map(len, held.values())) == CONNECTIONS:
            return [connection for each in held.values() for connection in each]
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
        connection.request("HEAD", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        mine = held.setdefault(answer.headers[WORKER], [])
        if len(mine) < CONNECTIONS // WORKERS:
            mine.append(connection)
        else:
            connection.close()
    raise RuntimeError("one worker takes no connection")


def load(server: Server, path: str, cookie: str, requests: int) -> tuple[list[float], float]:
    """The milliseconds of each request over 8 connections, and the seconds that all of them took."""
    times: list[float] = []
    each = requests // CONNECTIONS
    faults: list[str] = []

    def reader(connection: http.client.HTTPConnection) -> None:
        mine = []
        for _ in range(each):
            began = time.perf_counter()
            connection.request("GET", path, headers={"Cookie": cookie, "Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            answer.read()
            mine.append((time.perf_counter() - began) * 1000)
            if answer.status != 200:
                faults.append(f"{path}: {answer.status}")
                break
        connection.close()
        times.extend(mine)

    threads = [threading.Thread(target=reader, args=[each]) for each in readers(server, path, cookie)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if faults:
        raise RuntimeError(faults[0])
    return times, time.perf_counter() - began


def alone(server: Server, path: str, cookie: str) -> float:
    """The median milliseconds of a page where nobody else asks for any."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=30)
    times = []
    for _ in range(ALONE):
        began = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": cookie, "Accept-Encoding": "gzip"})
        connection.getresponse().read()
        times.append((time.perf_counter() - began) * 1000)
    connection.close()
    return round(statistics.median(times), 1)


def weight(server: Server, path: str, cookie: str) -> tuple[int, int, int]:
    """Bytes of the page, compressed, and compressed with every style, script and picture that it names."""
    _status, page = server.get(path, {"Cookie": cookie})
    compressed = len(server.get(path, {"Cookie": cookie, "Accept-Encoding": "gzip"})[1])
    assets = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page.decode()))
    assets_bytes = sum(len(server.get(urlsplit(asset).path, {"Accept-Encoding": "gzip"})[1]) for asset in assets)
    return len(page), compressed, compressed + assets_bytes


def measure(server: Server, listed: dict[str, Any]) -> dict[str, Any]:
    times: dict[str, list[float]] = {page["name"]: [] for page in listed["pages"]}
    seconds: dict[str, float] = dict.fromkeys(times, 0.0)
    for page in listed["pages"]:  # both workers warm
        load(server, page["path"], page["cookie"], 4 * CONNECTIONS)
    for _round in range(ROUNDS):
        for page in listed["pages"]:
            found, took = load(server, page["path"], page["cookie"], REQUESTS // ROUNDS)
            times[page["name"]] += found
            seconds[page["name"]] += took
    yardstick = statistics.median(times["table"])
    rows = []
    for page in listed["pages"]:
        found = sorted(times[page["name"]])
        size, compressed, whole = weight(server, page["path"], page["cookie"])
        rows.append(
            {
                "name": page["name"],
                "kind": page["kind"],
                "rows": page["rows"],
                "queries": page["queries"],
                "queries_at_a_tenth": page["queries_at_a_tenth"],
                "p50_ms": round(statistics.median(found), 2),
                "p95_ms": round(found[int(len(found) * 0.95)], 2),
                "alone_ms": alone(server, page["path"], page["cookie"]),
                "rps": round(len(found) / seconds[page["name"]], 1),
                "bytes": size,
                "bytes_compressed": compressed,
                "bytes_compressed_with_assets": whole,
                "ratio": round(statistics.median(found) / yardstick, 2),
            }
        )
    yardsticks = {row["name"]: row for row in rows if row["kind"] == "yardstick"}
    return {
        "connections": CONNECTIONS,
        "requests_each": REQUESTS,
        "cold_start_s": server.cold_start_s,
        "worker_memory_mb": server.memory_mb(),
        "yardsticks": yardsticks,
        "pages": [row for row in rows if row["kind"] != "yardstick"],
    }


def table(results: dict[str, Any]) -> str:
    lines = [
        f"{'page':<22}{'kind':<10}{'rows':>7}{'queries':>9}{'p50 ms':>9}{'p95 ms':>9}{'alone':>8}{'req/s':>8}"
        f"{'KB':>7}{'KB gz':>7}{'all gz':>8}{'ratio':>7}"
    ]
    for row in [*results["yardsticks"].values(), *results["pages"]]:
        queries = f"{row['queries']}" + (
            "" if row["queries"] == row["queries_at_a_tenth"] else f"/{row['queries_at_a_tenth']}"
        )
        within = row["ratio"] <= LIMITS.get(row["kind"], 99) and row["alone_ms"] <= AIMS_MS.get(row["name"], 1000)
        mark = "" if within and (row["kind"] != "list" or row["queries"] <= 12) else "  !"
        lines.append(
            f"{row['name']:<22}{row['kind']:<10}{row['rows']:>7}{queries:>9}{row['p50_ms']:>9.1f}{row['p95_ms']:>9.1f}{row['alone_ms']:>8.1f}"
            f"{row['rps']:>8.0f}{row['bytes'] / 1000:>7.0f}{row['bytes_compressed'] / 1000:>7.1f}"
            f"{row['bytes_compressed_with_assets'] / 1000:>8.1f}{row['ratio']:>7.2f}{mark}"
        )
    lines.append(f"cold start {results['cold_start_s']} s; a worker uses {results['worker_memory_mb']} MB")
    said = results["similar"]
    lines.append(
        f"similar bids: in five {said['recall_at_5_within']} within and {said['recall_at_5_across']} across, shown "
        f"{said['recall_shown']} with {said['false_alarm_rate']} false, {said['p50_ms']} ms each"
    )
    said = results["similar_search"]
    lines.append(
        f"similar over {said['bids']:,} bids: p50 {said['p50_ms']} ms, p95 {said['p95_ms']} ms (aim {AIM_SIMILAR_MS}), "
        f"the first of a worker {said['first_ms']} ms" + ("  !" if said["p95_ms"] > AIM_SIMILAR_MS else "")
    )
    said = results["search"]
    lines.append(
        f"search: right first {said['right_first']}, within five {said['right_in_5']}, {said['p50_ms']} ms each"
        f" ({said['queries']} questions to {said['documents']} texts)"
    )
    return "\n".join(lines)


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    for name, scale in SCALES.items():
        prepare(name, scale)
    run("portal_bench", "manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    listed = json.loads(run("portal_bench", "-m", "bench.pages", PORTAL_POOL="0").splitlines()[-1])
    tenth = json.loads(run("portal_bench_tenth", "-m", "bench.pages", PORTAL_POOL="0").splitlines()[-1])
    for page, smaller in zip(listed["pages"], tenth["pages"], strict=True):
        page["queries_at_a_tenth"] = smaller["queries"]
    server = Server("portal_bench")
    try:
        results = measure(server, listed)
    finally:
        server.stop()
    results["similar"] = json.loads(run("portal_bench", "manage.py", "evaluate_similar", SIMILAR).splitlines()[-1])
    results["similar_search"] = json.loads(run("portal_bench", "-m", "bench.similar").splitlines()[-1])
    results["search"] = json.loads(run("portal_bench", "manage.py", "evaluate_search", SEARCH).splitlines()[-1])
    RESULTS.write_text(json.dumps(results, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    print(table(results))
    print(f"Written: {RESULTS.relative_to(ROOT)}. A page marked ! is past its aim.")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""A backup of a running portal is brought back into a new folder, and every table and every file is as it was.

And with the archive, as they were at a moment between two writes that came after the backup.
"""

import contextlib
import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from tools.catalogues import ROOT
from wlga_portal.kernel.postgres import url
from wlga_portal.kernel.postgres.cluster import EmbeddedPostgres

pytestmark = pytest.mark.deep(minutes=1)


def environment(var: Path) -> dict[str, str]:
    plain = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE", "PORTAL"))}
    return {**plain, "PORTAL_VAR": str(var), "PORTAL_DEMO": "1", "PORTAL_LOG_LEVEL": "WARNING"}


def manage(var: Path, *command: str, **extra: str) -> str:
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT, env={**environment(var), **extra}, text=True, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    return done.stdout


def tables(var: Path) -> dict[str, str]:
    """A checksum of the rows of each table."""
    query = """SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
        WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1"""
    found = {}
    with psycopg.connect(url("portal_owner", var)) as connection:
        for (table,) in connection.execute(query).fetchall():
            rows = f"SELECT md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '')) FROM {table} AS t"
            found[table] = connection.execute(rows).fetchone()[0]
    return found


def numbers(var: Path) -> dict[str, int]:
    """The last number that each sequence gave."""
    with psycopg.connect(url("portal_owner", var)) as connection:
        return dict(connection.execute("SELECT sequencename::text, coalesce(last_value, 0) FROM pg_sequences"))


def files(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def folder() -> Iterator[Path]:
    """One that the server's user may enter."""
    made = Path(tempfile.mkdtemp(prefix="portal-restore-"))
    made.chmod(0o755)
    yield made
    shutil.rmtree(made)


@contextlib.contextmanager
def archiving(var: Path) -> Iterator[Path]:
    """`manage.py archive` at work; gives the file that says when its last pass began."""
    command = [sys.executable, "manage.py", "archive", "--every", "0.5"]
    with subprocess.Popen(command, cwd=ROOT, env=environment(var)) as process:
        try:
            until = time.monotonic() + 60
            while not (found := list((var / "backups").glob("archive-*/passed"))):
                assert time.monotonic() < until
                time.sleep(0.1)
            yield found[0]
        finally:
            process.send_signal(signal.SIGTERM)
            assert process.wait(60) == 0


def write(var: Path, word: str) -> datetime:
    """A row and a file; the moment after both."""
    with psycopg.connect(url("portal_owner", var), autocommit=True) as connection:
        connection.execute("UPDATE organisations_organisation SET in_cy = %s", [f"yn {word}"])
    (var / f"files/{word}.txt").write_text(word)
    time.sleep(0.2)
    return datetime.now(UTC)


def test_every_table_and_every_file_comes_back_as_it_was(folder):
    before, after = folder / "before", folder / "after"
    first = EmbeddedPostgres(before)
    first.start()
    try:
        manage(before, "migrate", "--verbosity", "0")
        manage(before, "load_programme")
        manage(before, "load_demo")
        (before / "files/bids").mkdir(parents=True)
        (before / "files/bids/plan.pdf").write_bytes(os.urandom(3_000_000))
        with archiving(before) as passed:
            (said,) = (line for line in manage(before, "backup").splitlines() if line.startswith("Written: "))
            written = Path(said.removeprefix("Written: "))
            kept = {"": (tables(before), files(before / "files"), numbers(before))}
            for word in ("one", "two"):
                moment = write(before, word)
                kept[moment.isoformat()] = tables(before), files(before / "files"), numbers(before)
                time.sleep(0.3)
            (before / "files/one.txt").unlink()
            write(before, "three")
            kept["latest"] = tables(before), files(before / "files"), numbers(before)
            last = datetime.now(UTC)
            while datetime.fromisoformat(passed.read_text()) < last:
                time.sleep(0.1)
            os.kill(first.process() or 0, signal.SIGKILL)  # nothing more is said to the archive
    finally:
        first.stop()
    assert b"example.org" not in (written / "database.enc").read_bytes()
    for path in written.parent.glob("archive-*/*/*.enc"):
        assert b"example.org" not in path.read_bytes()
    for number, (moment, (rows, contents, given)) in enumerate(kept.items()):
        again = after / str(number)
        said = manage(
            before, "restore", "newest" if moment else str(written), str(again), *(["--to", moment] if moment else [])
        )
        assert not moment or "the archive was kept until" in said
        second = EmbeddedPostgres(again)
        second.start()
        try:
            found = tables(again)
            assert [name for name in rows if found.pop(name) != rows[name]] == []
            assert found == {}
            assert files(again / "files") == contents
            # The server writes down 32 numbers at a time, and reads those of the transaction after the moment before
            # it sees that this one came too late: some numbers may be left out, none is given twice.
            left_out = {name: last - given[name] for name, last in numbers(again).items()}
            assert {name: count for name, count in left_out.items() if not 0 <= count <= 100} == {}
            if not moment:
                assert len(rows) > 200
                manage(again, "check_frozen")
                manage(again, "migrate", "--check")
        finally:
            second.stop()
    assert len({tuple(rows.items()) for rows, _contents, _given in kept.values()}) == 4

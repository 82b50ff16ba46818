"""A backup of a running portal is brought back into a new folder, and every table and every file is as it was."""

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from tools.catalogues import ROOT
from wlga_portal.kernel.postgres import url
from wlga_portal.kernel.postgres.cluster import EmbeddedPostgres

pytestmark = pytest.mark.deep


def manage(var: Path, *command: str, **extra: str) -> str:
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE", "PORTAL"))}
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT, env={**environment, "PORTAL_VAR": str(var), "PORTAL_DEMO": "1", **extra}, text=True, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    return done.stdout


def tables(var: Path) -> dict[str, str]:
    """A checksum of the rows of each table, and of the sequences' last numbers."""
    query = """SELECT format('%I.%I', schemaname, tablename) FROM pg_tables
        WHERE schemaname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1"""
    found = {}
    with psycopg.connect(url("portal_owner", var)) as connection:
        for (table,) in connection.execute(query).fetchall():
            rows = f"SELECT md5(coalesce(string_agg(t::text, chr(10) ORDER BY t::text), '')) FROM {table} AS t"
            found[table] = connection.execute(rows).fetchone()[0]
        numbers = "SELECT md5(string_agg(sequencename || last_value, ',' ORDER BY sequencename)) FROM pg_sequences"
        found["sequences"] = connection.execute(numbers).fetchone()[0]
    return found


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
        written = Path(manage(before, "backup").removeprefix("Written: ").strip())
        kept = tables(before), files(before / "files")
        (before / "files/bids/later.pdf").write_bytes(b"after the backup")
    finally:
        first.stop()
    assert b"example.org" not in (written / "database.enc").read_bytes()
    manage(before, "restore", str(written), str(after))
    second = EmbeddedPostgres(after)
    second.start()
    try:
        assert (tables(after), files(after / "files")) == kept
        assert len(kept[0]) > 200
        manage(after, "check_frozen")
        manage(after, "migrate", "--check")
    finally:
        second.stop()

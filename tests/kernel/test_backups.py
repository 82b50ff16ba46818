"""Backups: written whole, encrypted, brought back as they were, deleted when they have run out."""

import json
import random
import tarfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from tests.buckets import content, names
from wlga_portal.kernel import backups
from wlga_portal.kernel.backups import BackupProblem
from wlga_portal.kernel.backups.sealing import PIECE, Broken, Opened, Sealed
from wlga_portal.kernel.backups.server import Position
from wlga_portal.kernel.postgres import programs
from wlga_portal.kernel.postgres.cluster import EmbeddedPostgres

KEY = b"k" * 32
MADE_BY = {"version": "17"}  # the server that is copied


@pytest.fixture(autouse=True)
def places(settings, tmp_path, monkeypatch):
    """Folders of this test; the database's part is written from a small folder in its place."""
    settings.VAR_DIR, settings.BACKUPS_DIR, settings.MEDIA_ROOT = tmp_path, tmp_path / "backups", tmp_path / "files"
    settings.BACKUP_KEY = ""
    settings.MEDIA_ROOT.mkdir()
    (settings.MEDIA_ROOT / "paper.pdf").write_bytes(b"a file" * 100)

    def small(target, secret):
        cluster = tmp_path / "cluster"
        cluster.mkdir(exist_ok=True)
        (cluster / "PG_VERSION").write_text(f"{MADE_BY['version']}\n")
        with Sealed(target, secret) as sealed, tarfile.open(fileobj=sealed, mode="w|") as tar:
            tar.add(cluster, arcname=".")
        return backups.part_of(target)

    monkeypatch.setattr(backups, "write_database", small)
    monkeypatch.setattr(backups, "position", lambda: Position("71", "00000001000000000000000A"))
    monkeypatch.setattr(EmbeddedPostgres, "may_enter", lambda _self, _path: True)  # the data stays in this folder
    return tmp_path


# --- Sealing
@pytest.mark.parametrize("size", [0, 1, PIECE, 3 * PIECE + 17])
def test_what_is_sealed_is_opened_as_it_was(tmp_path, size):
    said = random.Random(size).randbytes(size)
    with Sealed(tmp_path / "sealed", KEY) as sealed:
        for start in range(0, size, 100_000):
            sealed.write(said[start : start + 100_000])
    with Opened(tmp_path / "sealed", KEY) as opened:
        assert opened.read() == said
    if size > 64:
        assert said[:64] not in (tmp_path / "sealed").read_bytes()


def spoilt(path: Path, change) -> None:
    data = bytearray(path.read_bytes())
    path.write_bytes(bytes(change(data)))


def swapped(data: bytearray) -> bytearray:
    """The first two pieces, each as long as the other, in the other order."""
    size = 4 + int.from_bytes(data[8:12], "big")
    return data[:8] + data[8 + size : 8 + 2 * size] + data[8 : 8 + size] + data[8 + 2 * size :]


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data[:20] + bytes([data[20] ^ 1]) + data[21:],
        lambda data: data[: 8 + 4 + int.from_bytes(data[8:12], "big")],  # ends after a piece
        lambda data: data[:-1],
        swapped,
    ],
    ids=["changed", "cut off", "a byte short", "in another order"],
)
def test_what_was_touched_is_not_opened(tmp_path, change):
    with Sealed(tmp_path / "sealed", KEY) as sealed:
        sealed.write(random.Random(1).randbytes(4 * PIECE))
    spoilt(tmp_path / "sealed", change)
    with Opened(tmp_path / "sealed", KEY) as opened, pytest.raises(Broken):
        opened.read()


# --- Backups
def test_a_backup_is_whole_or_not_there(settings, monkeypatch):
    folder = backups.make(35)
    assert [one.name for one in backups.read(folder).parts] == ["database.enc", "files.enc"]
    backups.check(folder)

    def full(target, secret, _say):
        target.write_bytes(b"half")
        raise OSError("No space left on device")

    monkeypatch.setattr(backups, "write_files", full)
    with time_machine.travel(datetime(2027, 1, 1, tzinfo=UTC)), pytest.raises(OSError, match="No space"):
        backups.make(35)
    assert [one.name for one in settings.BACKUPS_DIR.iterdir()] == [folder.name]


def test_a_backup_is_deleted_when_it_has_run_out_and_not_before(settings, capsys):
    with time_machine.travel(datetime(2026, 11, 1, 2, tzinfo=UTC), tick=False):
        call_command("backup", days=35)
    with time_machine.travel(datetime(2026, 12, 6, 1, 59, tzinfo=UTC), tick=False):
        assert backups.prune() == []
        call_command("backup", list=True)
    assert "20261101T020000Z  runs out 2026-12-06T02:00" in capsys.readouterr().out
    with time_machine.travel(datetime(2026, 12, 6, 2, tzinfo=UTC), tick=False):
        call_command("backup", dry_run=True)
        assert "Would delete: 20261101T020000Z" in capsys.readouterr().out
        assert len(backups.made()) == 1
        call_command("backup", days=35)
    assert [folder.name for folder, _manifest in backups.made()] == ["20261206T020000Z"]


def test_it_is_brought_back_into_a_new_folder_alone(places, capsys):
    folder = backups.make(35)
    into = places / "again"
    call_command("restore", folder, into)
    assert "PORTAL_VAR" in capsys.readouterr().out
    assert (into / "files/paper.pdf").read_bytes() == b"a file" * 100
    assert [path.read_text() for path in into.rglob("PG_VERSION")] == ["17\n"]
    with pytest.raises(CommandError, match="not empty"):
        call_command("restore", folder, into)


def test_a_server_that_kept_its_settings_elsewhere_is_brought_back_behind_its_socket(places):
    backups.restore(backups.make(35), places / "again")
    data = EmbeddedPostgres(places / "again").data
    assert {path.name: path.read_text() for path in data.glob("*.conf")} == {
        "pg_hba.conf": "local all all trust\n", "pg_ident.conf": "", "postgresql.conf": "",
    }  # fmt: skip
    assert data.stat().st_mode & 0o777 == 0o700


def test_what_another_version_made_is_served_by_that_versions_programs_or_refused(places, monkeypatch, capsys):
    monkeypatch.setattr(programs, "DEBIAN", places / "debian")
    monkeypatch.setitem(MADE_BY, "version", "15")
    folder = backups.make(35)
    with pytest.raises(CommandError, match="install postgresql-15"):
        call_command("restore", folder, places / "again")
    assert not (places / "again").exists()
    (places / "debian/15/bin").mkdir(parents=True)
    (places / "debian/15/bin/postgres").touch(0o755)
    call_command("restore", folder, places / "again")
    assert EmbeddedPostgres(places / "again").tool("postgres") == places / "debian/15/bin/postgres"


def test_a_damaged_backup_or_another_key_is_refused_and_nothing_is_left(places, settings):
    folder = backups.make(35)
    settings.BACKUP_KEY = "b3RoZXJvdGhlcm90aGVyb3RoZXJvdGhlcm90aGVyISE="
    with pytest.raises(BackupProblem, match="the key is another one"):
        backups.restore(folder, places / "again")
    settings.BACKUP_KEY = ""
    spoilt(folder / "files.enc", lambda data: data[:-3] + b"abc")
    with pytest.raises(CommandError, match="damaged"):
        call_command("restore", folder, places / "again", dry_run=True)
    assert not (places / "again").exists()
    (folder / "manifest.json").write_text(json.dumps({"made_at": "x"}))
    with pytest.raises(BackupProblem, match="no finished backup"):
        backups.restore(folder, places / "again")


@pytest.mark.parametrize(
    ("given", "sentence"), [("", "is not set"), ("c2hvcnQ=", "not 32 bytes"), ("%", "not 32 bytes")]
)
def test_production_needs_a_key_of_its_own(settings, given, sentence):
    settings.BACKUP_KEY, settings.LOOPBACK = given, False
    with pytest.raises(CommandError, match=sentence):
        call_command("backup")
    assert backups.made() == []


# --- With a bucket
def test_the_files_of_a_bucket_are_in_the_backup_encrypted_and_come_back_into_an_empty_one(places, bucket, capsys):
    kept = {f"attachments/7/{number}": random.Random(number).randbytes(100_000) for number in range(3)}
    for name, said in kept.items():
        default_storage.save(name, ContentFile(said))
    call_command("backup", dry_run=True)
    assert "with 3 files of 300000 bytes" in capsys.readouterr().out
    call_command("backup")
    said = capsys.readouterr()
    assert (said.out.partition(":")[0], said.err) == ("Written", "Files: 3 of 3\n")
    (folder, _manifest), *_none = backups.made()
    assert kept["attachments/7/0"][:64] not in (folder / "files.enc").read_bytes()

    for name in kept:
        default_storage.delete(name)
    default_storage.save("attachments/8/of-today", ContentFile(b"new"))
    call_command("restore", folder, places / "again", into_bucket=True, dry_run=True)
    assert "Would put 3 files into the bucket; 0 are there." in capsys.readouterr().out
    assert names() == ["attachments/8/of-today"]
    call_command("restore", folder, places / "again", into_bucket=True)
    assert "Put into the bucket and read back: 3 files." in capsys.readouterr().out
    assert {name: content(name) for name in names()} == {**kept, "attachments/8/of-today": b"new"}
    assert {name: (places / "again/files" / name).read_bytes() for name in kept} == kept
    call_command("restore", folder, places / "once-more", into_bucket=True)
    assert "read back: 0 files" in capsys.readouterr().out


def test_nothing_in_a_bucket_is_written_over_by_a_backup_that_comes_back(places, bucket):
    for name in ("a.pdf", "b.pdf"):
        default_storage.save(name, ContentFile(b"then"))
    folder = backups.make(35)
    for name in ("a.pdf", "b.pdf"):
        default_storage.delete(name)
    default_storage.save("b.pdf", ContentFile(b"another"))
    with pytest.raises(CommandError, match=r"b\.pdf is in the bucket already, and is another file"):
        call_command("restore", folder, places / "again", into_bucket=True)
    assert {name: content(name) for name in names()} == {"b.pdf": b"another"}
    assert (places / "again/files/a.pdf").read_bytes() == b"then"


def test_a_bucket_that_is_away_makes_no_backup_and_takes_none(places, bucket, settings):
    default_storage.save("a.pdf", ContentFile(b"then"))
    folder = backups.make(35)
    with bucket.stopped():
        with time_machine.travel(datetime(2027, 1, 1, tzinfo=UTC)):
            for rehearsal in (True, False):
                with pytest.raises(CommandError, match="The store of files is away"):
                    call_command("backup", dry_run=rehearsal)
        assert [one.name for one in settings.BACKUPS_DIR.iterdir()] == [folder.name]
        with pytest.raises(CommandError, match=r"say it again\. The store of files is away"):
            call_command("restore", folder, places / "again", into_bucket=True)
    settings.S3_BUCKET = ""
    with pytest.raises(CommandError, match="PORTAL_S3_BUCKET names no bucket"):
        call_command("restore", folder, places / "other", into_bucket=True)
    assert not (places / "other").exists()

"""The archive: what is written after a backup is kept, encrypted, and brought back up to a moment."""

import json
import shutil
import signal
import subprocess
import tarfile
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from tools.catalogues import ROOT
from wlga_portal.kernel import backups, postgres
from wlga_portal.kernel.backups import BackupProblem, archive, moment, server
from wlga_portal.kernel.management.commands import archive as command
from wlga_portal.kernel.postgres import cluster
from wlga_portal.kernel.postgres.cluster import EmbeddedPostgres


@pytest.fixture
def var(open_folder: Path, settings: Any) -> Path:
    """The folder of a small portal: its files and backups, on no server yet."""
    settings.VAR_DIR, settings.MEDIA_ROOT, settings.BACKUPS_DIR = open_folder, open_folder / "files", open_folder / "b"
    settings.BACKUP_KEY, settings.BACKUP_DATABASE_URL = "", ""
    settings.MEDIA_ROOT.mkdir()
    return open_folder


@pytest.fixture
def running(var: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EmbeddedPostgres]:
    """A small server; quick: no machine crashes here."""
    monkeypatch.setitem(cluster.SETTINGS, "fsync", "off")
    monkeypatch.setitem(cluster.SETTINGS, "shared_buffers", "16MB")
    server = EmbeddedPostgres(var)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def still(var: Path, monkeypatch: pytest.MonkeyPatch) -> archive.Archive:
    """An archive whose log arrives by hand."""
    monkeypatch.setattr(archive, "position", lambda: server.Position("71", "00000001000000000000000A"))
    return archive.Archive()


def ask(server: EmbeddedPostgres, sql: str) -> list[tuple[Any, ...]]:
    with psycopg.connect(postgres.url("portal_owner", server.var), autocommit=True) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchall() if cursor.description else []


def wait_until(condition: Any) -> None:
    until = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.02)


def write(server: EmbeddedPostgres, word: str) -> datetime:
    """A row and a file; the moment after both."""
    ask(server, f"INSERT INTO kept VALUES ('{word}')")
    (server.var / "files" / word).write_text(word)
    time.sleep(0.02)
    return datetime.now(UTC)


def test_the_portal_is_brought_back_to_a_moment_between_two_writes(
    running: EmbeddedPostgres, var: Path, settings: Any
) -> None:
    with psycopg.connect(server.server_url(), autocommit=True) as connection:  # as tools/deploy/roles.sh makes it
        connection.execute("CREATE ROLE portal_backup LOGIN REPLICATION")
    settings.BACKUP_DATABASE_URL = server.server_url().replace("postgres@", "portal_backup@")
    ask(running, "CREATE TABLE kept (word text)")
    stop = threading.Event()
    keeper = threading.Thread(target=archive.run, args=(lambda seconds: stop.wait(0.1), 0.1))
    keeper.start()
    wait_until(lambda: list(var.glob("b/archive-*/passed")))
    folder = backups.make(35)
    after_one = write(running, "one")
    (var / "files/one").unlink()
    after_two = write(running, "two")
    system = backups.read(folder).system
    before = datetime.now(UTC)
    wait_until(lambda: (archive.passed(system) or before) > before)
    write(running, "three")
    stop.set()  # it makes one last pass
    keeper.join()
    running.stop()
    for number, (asked, words, names) in enumerate(
        [
            (after_one, ["one"], {"one"}),
            (after_two, ["one", "two"], {"two"}),
            (datetime.now(UTC), ["one", "two", "three"], {"two", "three"}),  # nothing was written since
            (None, ["one", "two", "three"], {"two", "three"}),
        ]
    ):
        again = EmbeddedPostgres(var / f"again{number}")
        reached = moment.restore_to(folder, again.var, asked)
        again.start()
        assert ask(again, "SELECT word FROM kept") == [(word,) for word in words]
        assert ask(again, "SHOW restore_command") == [("",)]
        again.stop()
        kept = {path.name for path in (again.var / "files").iterdir()}
        assert kept - {"one"} == names - {"one"}  # that it was gone is known from the next pass on
        assert reached.moment is None or reached.moment <= (asked or datetime.now(UTC))
    assert "one" not in kept


def test_a_log_that_is_damaged_is_refused_and_nothing_is_left(
    running: EmbeddedPostgres, var: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = backups.make(35)
    system = backups.read(folder).system
    monkeypatch.setattr(cluster, "START_SECONDS", 20)
    for fault in ("start", "log"):
        with monkeypatch.context() as patch:
            if fault == "start":
                patch.setattr(EmbeddedPostgres, "start", lambda _self: (_ for _ in ()).throw(postgres.Refusal("No.")))
            else:
                (archive.store(system) / "log").mkdir(parents=True)
                (archive.store(system) / f"log/{'F' * 24}.enc").write_bytes(b"\0" * 40)
            with pytest.raises(BackupProblem, match=r"log cannot be read so far|cannot be opened"):
                moment.restore_to(folder, var / "again", None)
            assert not (var / "again").exists()


def test_what_was_written_before_the_pass_is_kept_and_encrypted(still: archive.Archive, var: Path) -> None:
    """A full file of the log takes the place of the one that was being written."""
    first, second = "00000001000000000000000A", "00000001000000000000000B"
    (still.arriving / f"{first}.partial").write_bytes(b"so far")
    still.keep()
    still.keep()
    assert [path.name for path in still.log.iterdir()] == [f"{first}.partial.enc"]
    (still.arriving / f"{first}.partial").rename(still.arriving / first)
    (still.arriving / f"{second}.partial").write_bytes(b"begun")
    (still.arriving / "00000002.history").write_text("1 0/A")
    still.keep()
    assert sorted(path.name for path in still.log.iterdir()) == [
        f"{first}.enc", f"{second}.partial.enc", "00000002.history.enc",
    ]  # fmt: skip
    assert [path.name for path in still.arriving.iterdir()] == [f"{second}.partial"]
    assert all(b"so far" not in path.read_bytes() for path in still.log.iterdir())
    (var / "opened").mkdir()
    assert archive.unseal_log("71", second, still.secret, var / "opened") == 2
    assert {path.name: path.read_text() for path in (var / "opened").iterdir()} == {
        second: "begun", "00000002.history": "1 0/A",
    }  # fmt: skip
    (still.log / f"{second}.enc").write_bytes((still.log / f"{second}.partial.enc").read_bytes())
    assert archive.unseal_log("71", second, still.secret, var / "opened") == 2
    assert archive.passed("72") is None


def test_files_are_kept_when_they_change_and_only_then(still: archive.Archive, var: Path) -> None:
    still.keep()
    assert list(still.files.iterdir()) == []
    (var / "files/a").write_text("one")
    still.keep()
    still.keep()
    assert len(list(still.files.iterdir())) == 1
    (var / "files/a").write_text("another")
    still.keep_files()
    (var / "files/a").unlink()
    still.keep_files()
    assert len(list(still.files.iterdir())) == 3
    assert json.loads((var / "archive/files.json").read_text()) == {}


def test_what_changed_in_a_bucket_is_kept_pass_by_pass_and_replayed(
    still: archive.Archive, var: Path, bucket: Any
) -> None:
    begun = timezone.now().isoformat()
    for name in ("attachments/1", "attachments/2"):
        default_storage.save(name, ContentFile(name.encode()))
    still.keep()
    still.keep()
    assert len(list(still.files.iterdir())) == 1
    default_storage.delete("attachments/1")
    default_storage.save("attachments/3", ContentFile(b"later"))
    with bucket.stopped(), pytest.raises(BackupProblem, match="The store of files is away"):
        still.keep()
    still.keep()
    first, second = sorted(still.files.iterdir())
    with backups.opening(second, still.secret) as opened, tarfile.open(fileobj=opened, mode="r|") as tar:
        assert [member.name for member in tar] == ["files/attachments/3", "gone.json"]  # what changed, and no more
    assert b"attachments" not in first.read_bytes()
    archive.replay_files("71", begun, None, still.secret, var / "again")
    found = {path.name: path.read_text() for path in (var / "again").rglob("*") if path.is_file()}
    assert found == {"2": "attachments/2", "3": "later"}


def test_what_no_backup_needs_any_more_goes(still: archive.Archive, var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"0000000100000000000000{end}" for end in ("09", "0A", "0B")]
    for name in names:
        (still.arriving / name).write_bytes(b"log")
    (var / "files/a").write_text("before the backup")
    still.keep()
    assert archive.prune() == 0  # there is no backup: everything may be needed
    now = timezone.now()
    manifest = backups.Manifest(now.isoformat(), now.isoformat(), (), now.isoformat(), "71", names[1])
    monkeypatch.setattr(archive, "made", lambda: [(var, manifest)])
    (var / "files/a").write_text("after it")
    still.keep()
    assert archive.prune() == 2
    assert sorted(path.name for path in still.log.iterdir()) == [f"{name}.enc" for name in names[1:]]
    assert len(list(still.files.iterdir())) == 1


def test_it_waits_for_a_server_that_is_away(
    var: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def away() -> server.Position:
        raise BackupProblem("The database server cannot be asked: no route")

    monkeypatch.setattr(archive, "position", away)
    answers = iter([False, True])
    archive.run(lambda _seconds: next(answers), 1)
    assert caplog.text.count("The archive waits: The database server cannot be asked: no route") == 2


def test_a_server_that_cannot_be_asked_is_a_sentence(var: Path) -> None:
    with pytest.raises(BackupProblem, match=r"^The database server cannot be asked: "):
        server.position()


@pytest.mark.parametrize(
    ("place", "size", "name"),
    [
        ("0/0", 16, "000000010000000000000000"),
        ("2/9A000060", 16, "00000001000000020000009A"),
        ("2/FF000000", 64, "00000001000000020000003F"),
    ],
)
def test_a_place_of_the_log_is_in_the_file_of_postgresqls_rule(place: str, size: int, name: str) -> None:
    assert server.segment(1, place, size * 1024**2) == name


# --- Which backup, which moment
def test_a_moment_is_taken_as_it_is_written() -> None:
    assert moment.moment_of("2026-07-01T12:00:00") == datetime(2026, 7, 1, 11, tzinfo=UTC)
    assert moment.moment_of("2026-07-01T12:00:00+00:00") == datetime(2026, 7, 1, 12, tzinfo=UTC)
    with pytest.raises(BackupProblem, match="is no moment"):
        moment.moment_of("noon")


def test_the_newest_backup_that_was_whole_by_then_is_chosen(var: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = timezone.now()
    hours = [now - timedelta(hours=hour) for hour in (1, 3)]
    listed = [
        (
            var / str(number),
            backups.Manifest(at.isoformat(), now.isoformat(), (), (at + timedelta(minutes=5)).isoformat()),
        )
        for number, at in enumerate(hours)
    ]
    monkeypatch.setattr(moment, "made", lambda: listed)
    assert moment.newest(None) == var / "0"
    assert moment.newest(hours[0] + timedelta(minutes=4)) == var / "1"
    with pytest.raises(BackupProblem, match="No backup was made before"):
        moment.newest(hours[1])


@pytest.mark.parametrize(
    ("hours", "system", "sentence"),
    [(-2, "71", "made after the moment"), (2, "71", "has not come yet"), (0, "", "belongs to no archive")],
)
def test_a_moment_that_cannot_be_reached_is_refused_before_anything_is_written(
    var: Path, monkeypatch: pytest.MonkeyPatch, hours: int, system: str, sentence: str
) -> None:
    at = (timezone.now() - timedelta(hours=1)).isoformat()
    monkeypatch.setattr(moment, "read", lambda _folder: backups.Manifest(at, at, (), at, system))
    asked = timezone.now() + timedelta(hours=hours)
    with pytest.raises(BackupProblem, match=sentence):
        moment.restore_to(var, var / "again", asked)
    assert not (var / "again").exists()


# --- The commands
def test_the_command_of_a_restore_takes_the_newest_and_a_moment(
    var: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = []

    def restored(folder: Path, into: Path, to: datetime | None) -> moment.Reached:
        asked.append((folder.name, into.name, to))
        return moment.Reached(to, to)

    monkeypatch.setattr(moment, "newest", lambda _before: var / "20261123T020000Z")
    monkeypatch.setattr(moment, "restore_to", restored)
    call_command("restore", "newest", var / "again", to="2026-11-23T10:15:00+00:00")
    call_command("restore", var / "older", var / "again", to="latest")
    assert asked == [
        ("20261123T020000Z", "again", datetime(2026, 11, 23, 10, 15, tzinfo=UTC)), ("older", "again", None),
    ]  # fmt: skip
    assert "From older up to its own end; the archive was kept until None." in capsys.readouterr().out
    with pytest.raises(CommandError, match="is no moment"):
        call_command("restore", "newest", var / "again", to="noon")


def test_the_command_ends_on_sigterm_and_never_waits_more_than_five_minutes(monkeypatch: pytest.MonkeyPatch) -> None:
    handlers: dict[int, Any] = {}
    monkeypatch.setattr(command.signal, "signal", handlers.__setitem__)

    def run(stopping: Any, every: float) -> None:
        assert every == archive.EVERY_SECONDS <= 300
        assert not stopping(0)
        handlers[signal.SIGTERM]()
        assert stopping(0)

    monkeypatch.setattr(archive, "run", run)
    call_command("archive")
    with pytest.raises(CommandError, match="no more than five minutes"):
        call_command("archive", every=301)


def test_the_portals_commands_can_be_called_from_anywhere(tmp_path: Path) -> None:
    (tmp_path / "a place").mkdir()
    script = Path(shutil.copy(ROOT / "portal", tmp_path / "a place"))
    (tmp_path / "a place/manage.py").write_text("import sys; print(sys.argv[1:])")
    done = subprocess.run([script, "backup", "--days", "3"], cwd="/", capture_output=True, text=True, check=False)
    assert done.stdout == "['backup', '--days', '3']\n"

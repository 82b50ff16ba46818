"""The archive: what is written after a backup, so that the portal can be brought back to any moment.

Beside the backups, `archive-<number of the server>` holds `log/` (the server's log, file by file, the one that is
being written too), `files/` (what changed among the files, pass by pass) and `passed` (when the last pass began). All
but that moment is compressed and encrypted (`sealing.py`). `pg_receivewal` brings the log as it is written into
`<var>/archive`; its slot makes the server keep what has not been fetched.
"""

import contextlib
import io
import json
import logging
import os
import subprocess
import tarfile
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, Any, cast

from django.conf import settings
from django.utils import timezone

from ..postgres.cluster import EmbeddedPostgres
from . import COPIED, key, made, opening
from .sealing import Sealed
from .server import BackupProblem, position, server_url
from .stored import add, all_stored

logger = logging.getLogger(__name__)

EVERY_SECONDS = 30  # between two passes: what a lost machine can cost
SLOT = "portal_archive"
PARTIAL = ".partial"  # the file of the log that is being written
SEALED = ".enc"
MOMENT = "%Y%m%dT%H%M%S%fZ"
GONE = "gone.json"
Known = dict[str, list[int]]  # of each file its size and when it was changed, in nanoseconds


def store(system: str) -> Path:
    return Path(settings.BACKUPS_DIR) / f"archive-{system}"


def passed(system: str) -> datetime | None:
    """When the last pass that came to its end began: whatever was written before is in the archive."""
    with contextlib.suppress(OSError, ValueError):
        return datetime.fromisoformat((store(system) / "passed").read_text())
    return None


@contextlib.contextmanager
def sealed(target: Path, secret: bytes) -> Iterator[Sealed]:
    """Write an encrypted file whole or not at all, and to the disk before it counts."""
    fresh = target.with_name(f"{target.name}.new")
    fresh.unlink(missing_ok=True)
    with Sealed(fresh, secret) as writing:
        yield writing
    with fresh.open("rb") as written:
        os.fsync(written.fileno())
    fresh.replace(target)


class Archive:
    """Passes over the server's log and the files. Raises BackupProblem where the server or the key is away."""

    def __init__(self) -> None:
        self.secret, self.system = key(), position().system
        self.log, self.files = store(self.system) / "log", store(self.system) / "files"
        self.arriving = Path(settings.VAR_DIR) / "archive/log"
        self.seen: dict[str, int] = {}
        for folder in (self.log, self.files, self.arriving):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)

    def receive(self, said: IO[Any]) -> "subprocess.Popen[bytes]":
        """Start bringing the log; it ends when the server does."""
        tool = str(EmbeddedPostgres(settings.VAR_DIR).tool("pg_receivewal"))
        base = [tool, "--dbname", server_url(), "--no-password", "--slot", SLOT]
        subprocess.run([*base, "--create-slot", "--if-not-exists"], stdout=said, stderr=said, check=False)
        return subprocess.Popen(
            [*base, "--directory", str(self.arriving), "--no-loop", "--status-interval", "5"],
            stdin=subprocess.DEVNULL, stdout=said, stderr=said,
        )  # fmt: skip

    def keep(self) -> None:
        """One pass. What is written before it begins is in the archive when it ends."""
        began = timezone.now()
        self.keep_log()
        self.keep_files()
        fresh = store(self.system) / "passed.new"
        fresh.write_text(began.isoformat())
        fresh.replace(fresh.with_suffix(""))

    def keep_log(self) -> None:
        for path in sorted(self.arriving.iterdir()):
            with contextlib.suppress(FileNotFoundError):  # a partial one was finished meanwhile: in the next pass
                changed = path.stat().st_mtime_ns
                if self.seen.get(path.name) == changed:
                    continue
                with path.open("rb") as arrived, sealed(self.log / f"{path.name}{SEALED}", self.secret) as writing:
                    while data := arrived.read(COPIED):
                        writing.write(data)
                if path.suffix == PARTIAL:
                    self.seen = {path.name: changed}
                else:
                    (self.log / f"{path.name}{PARTIAL}{SEALED}").unlink(missing_ok=True)
                    path.unlink()

    def keep_files(self) -> None:
        """Those of folder or bucket that are new, changed or gone since the last pass, in one sealed tar."""
        book = self.arriving.parent / "files.json"
        before: Known = json.loads(book.read_text()) if book.exists() else {}
        found = all_stored()
        now: Known = {one.name: [one.size, one.changed] for one in found}
        changed = {name for name, mark in now.items() if before.get(name) != mark}
        gone = sorted(set(before) - set(now))
        if not changed and not gone:
            return
        target = self.files / f"{timezone.now():{MOMENT}}{SEALED}"
        with (
            sealed(target, self.secret) as writing,
            tarfile.open(fileobj=cast(Any, writing), mode="w|", format=tarfile.PAX_FORMAT) as tar,
        ):
            for one in found:
                if one.name in changed:
                    add(tar, one, under="files/")
            words = json.dumps(gone).encode()
            about = tarfile.TarInfo(GONE)
            about.size = len(words)
            tar.addfile(about, io.BytesIO(words))
        fresh = book.with_suffix(".new")
        fresh.write_text(json.dumps(now))
        fresh.replace(book)


def run(stopping: Callable[[float], bool], every: float) -> None:
    """Bring and keep until `stopping(seconds)`, which waits so long, says so; one last pass at the end."""
    archive: Archive | None = None
    receiver: subprocess.Popen[bytes] | None = None
    kept = Path(settings.VAR_DIR) / "archive"
    kept.mkdir(parents=True, exist_ok=True, mode=0o700)
    said = (kept / "receive.log").open("ab")
    try:
        while True:
            try:
                archive = archive or Archive()
                if receiver is None or receiver.poll() is not None:
                    receiver = archive.receive(said)
                ended = stopping(every)
                if ended:
                    end(receiver)
                archive.keep()
            except (BackupProblem, OSError) as problem:
                logger.warning("The archive waits: %s", problem)
                ended = stopping(every)
            if ended:
                return
    finally:
        end(receiver)
        said.close()


def end(receiver: "subprocess.Popen[bytes] | None") -> None:
    if receiver is not None and receiver.poll() is None:
        receiver.terminate()
        receiver.wait()


def prune() -> int:
    """Delete what no backup that is left needs; gives how many files. Without a backup nothing is deleted."""
    backups = [manifest for _folder, manifest in made()]
    count = 0
    for system in {manifest.system for manifest in backups if manifest.system}:
        oldest = min((one for one in backups if one.system == system), key=lambda one: one.made_at)
        first = f"{datetime.fromisoformat(oldest.made_at):{MOMENT}}"
        for path in (store(system) / "log").glob(f"*{SEALED}"):
            if ".history" not in path.name and path.name[8:24] < oldest.log_from[8:24]:
                path.unlink()
                count += 1
        for path in (store(system) / "files").glob(f"*{SEALED}"):
            if path.name < first:
                path.unlink()
                count += 1
    return count


def unseal_log(system: str, first: str, secret: bytes, into: Path) -> int:
    """The log from the file `first` on, opened into a folder; gives how many files."""
    count = 0
    for path in sorted((store(system) / "log").glob(f"*{SEALED}")):
        name = path.name.removesuffix(SEALED)
        if ".history" not in name and name[8:24] < first[8:24]:
            continue
        if name.endswith(PARTIAL):
            name = name.removesuffix(PARTIAL)
            if (into / name).exists():
                continue
        with opening(path, secret) as opened, (into / name).open("wb") as writing:
            while data := opened.read(COPIED):
                writing.write(data)
        count += 1
    return count


def replay_files(system: str, after: str, moment: datetime | None, secret: bytes, into: Path) -> None:
    """What changed among the files after a backup (made at `after`, ISO), up to the moment, onto its files."""
    begins = f"{datetime.fromisoformat(after):{MOMENT}}"
    for path in sorted((store(system) / "files").glob(f"*{SEALED}")):
        if path.name < begins:
            continue
        with opening(path, secret) as opened, tarfile.open(fileobj=cast(Any, opened), mode="r|") as tar:
            for member in tar:
                if member.name == GONE:
                    listed = tar.extractfile(member)
                    gone = json.loads(listed.read()) if listed else []
                    if moment is None or path.name <= f"{moment:{MOMENT}}":
                        for name in gone:
                            (into / name).unlink(missing_ok=True)
                elif moment is None or member.mtime <= moment.timestamp():
                    member.name = member.name.removeprefix("files/")
                    tar.extract(member, into)

"""Backups: the whole database server and all files, encrypted, each with the day on which it runs out.

A backup is a folder named by its moment: `database.enc` (a base backup of the server, with the log that makes it
whole), `files.enc`, and `manifest.json`, written last, with the size and SHA-256 of each part. What has no manifest was
not finished. Each part is a compressed tar, encrypted in pieces (`sealing.py`).
"""

import base64
import contextlib
import hashlib
import json
import os
import secrets
import shutil
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, cast

from django.conf import settings
from django.utils import timezone

from ..postgres import Refusal
from ..postgres.cluster import EmbeddedPostgres
from .sealing import KEY_BYTES, Broken, Opened, Sealed
from .server import BackupProblem, position, server_url
from .stored import Say, add_all, silent

__all__ = ["BackupProblem", "Manifest", "Part", "check", "key", "made", "make", "names", "prune", "read", "restore"]

MANIFEST = "manifest.json"
DATABASE, FILES = "database.enc", "files.enc"
NAME = "%Y%m%dT%H%M%SZ"
COPIED = 1024 * 1024  # bytes at a time
# Who may come in, and as whom: of a server that was brought back its own machine's rules say nothing. It is reached by
# its private socket alone.
RULES = {"pg_hba.conf": "local all all trust\n", "pg_ident.conf": ""}


@dataclass(frozen=True, slots=True)
class Part:
    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. Moments are in the ISO form, UTC.

    `system` and `log_from` say in which archive, and from which file of the log on, what was written since is found;
    backups from before there was an archive have neither.
    """

    made_at: str
    runs_out: str
    parts: tuple[Part, ...]
    whole_at: str = ""
    system: str = ""
    log_from: str = ""

    @property
    def has_run_out(self) -> bool:
        return datetime.fromisoformat(self.runs_out) <= timezone.now()


def key() -> bytes:
    """The key of the backups: `PORTAL_BACKUP_KEY`, or on a loopback address one that is made on first use.

    Raises BackupProblem where production has none, or where it is no key.
    """
    given = settings.BACKUP_KEY
    if not given:
        if not settings.LOOPBACK:
            raise BackupProblem("PORTAL_BACKUP_KEY is not set: 32 random bytes as base64, kept apart from the backups.")
        kept = settings.VAR_DIR / "keys/backups.key"
        if not kept.exists():
            kept.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            fresh = kept.with_suffix(".new")
            fresh.touch(0o600)
            fresh.write_text(base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode())
            fresh.rename(kept)
        given = kept.read_text()
    try:
        found = base64.b64decode(given, validate=True)
    except ValueError:
        found = b""
    if len(found) != KEY_BYTES:
        raise BackupProblem("PORTAL_BACKUP_KEY is not 32 bytes written as base64.")
    return found


def made() -> list[tuple[Path, Manifest]]:
    """The finished backups, newest first."""
    folders = sorted(settings.BACKUPS_DIR.glob(f"*/{MANIFEST}"), reverse=True)
    return [(one.parent, read(one.parent)) for one in folders]


def read(folder: Path) -> Manifest:
    """The manifest of a backup. Raises BackupProblem where there is none."""
    try:
        data = json.loads((folder / MANIFEST).read_text())
        parts = tuple(Part(**one) for one in data.pop("parts"))
        return Manifest(**data, parts=parts)
    except (OSError, ValueError, TypeError, KeyError):
        raise BackupProblem(f"{folder} is no finished backup.") from None


def make(days: int, say: Say = silent) -> Path:
    """Make a backup that runs out after so many days and say how far it is; gives its folder. Raises BackupProblem."""
    now = timezone.now()
    folder: Path = settings.BACKUPS_DIR / f"{now:{NAME}}"
    half = folder.with_suffix(".half")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True, mode=0o700)
    try:
        secret, begins = key(), position()
        parts = (write_database(half / DATABASE, secret), write_files(half / FILES, secret, say))
        runs_out, whole_at = now + timedelta(days=days), timezone.now()
        manifest = Manifest(
            now.isoformat(), runs_out.isoformat(), parts, whole_at.isoformat(), begins.system, begins.segment
        )
        (half / MANIFEST).write_text(json.dumps(asdict(manifest), indent=2) + "\n")
        half.rename(folder)
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return folder


def write_database(target: Path, secret: bytes) -> Part:
    command = [
        str(EmbeddedPostgres(settings.VAR_DIR).tool("pg_basebackup")),
        *("--dbname", server_url(), "--pgdata", "-", "--format", "tar"),
        *("--wal-method", "fetch", "--checkpoint", "fast", "--no-password"),
    ]
    with tempfile.TemporaryFile() as said, Sealed(target, secret) as sealed:
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=said) as process:
            for data in iter(lambda: process.stdout.read(COPIED) if process.stdout else b"", b""):
                sealed.write(data)
        if process.returncode != 0:
            said.seek(0)
            raise BackupProblem(f"The database was not copied: {said.read().decode(errors='replace').strip()}")
    return part_of(target)


def write_files(target: Path, secret: bytes, say: Say = silent) -> Part:
    """Every file of the store, wherever that is: the folder, or the bucket."""
    with Sealed(target, secret) as sealed, tarfile.open(fileobj=cast(Any, sealed), mode="w|") as tar:
        add_all(tar, say)
    return part_of(target)


def part_of(path: Path) -> Part:
    with path.open("rb") as stream:
        return Part(path.name, path.stat().st_size, hashlib.file_digest(stream, "sha256").hexdigest())


def prune(*, dry_run: bool = False) -> list[Path]:
    """Delete the backups that have run out, and gives them."""
    gone = [folder for folder, manifest in made() if manifest.has_run_out]
    for folder in gone:
        if not dry_run:
            (folder / MANIFEST).unlink()  # from now on it is no backup any more, whatever happens to the rest
            shutil.rmtree(folder)
    return gone


def check(folder: Path) -> None:
    """Read a backup from end to end. Raises BackupProblem where it is not what was written under this key."""
    secret = key()
    for part in read(folder).parts:
        if not (folder / part.name).exists() or part_of(folder / part.name) != part:
            raise BackupProblem(f"{part.name} is not what the backup was: it is damaged.")
        with opening(folder / part.name, secret) as opened:
            while opened.read(COPIED):
                pass


def names(folder: Path) -> set[str]:
    """What the files of a backup are called in their store. Raises BackupProblem."""
    with opening(folder / FILES, key()) as opened, tarfile.open(fileobj=cast(Any, opened), mode="r|") as tar:
        return {one.name.removeprefix("./") for one in tar if one.isfile()}


@contextlib.contextmanager
def opening(source: Path, secret: bytes) -> Iterator[Opened]:
    try:
        with Opened(source, secret) as opened:
            yield opened
    except (Broken, tarfile.TarError) as problem:
        raise BackupProblem(f"{source.name} cannot be opened: the key is another one, or it is damaged.") from problem


def restore(folder: Path, into: Path) -> None:
    """Unpack a backup into a new folder, which is then a `PORTAL_VAR`. Raises BackupProblem; nothing is left then."""
    if into.exists() and any(into.iterdir()):
        raise BackupProblem(f"{into} is not empty: a backup is brought back into a new folder.")
    check(folder)
    secret = key()
    into.mkdir(parents=True, exist_ok=True)
    cluster = EmbeddedPostgres(into)
    try:
        with cluster.lock():
            cluster.settle()
            cluster.own(cluster.data)
            unpack(folder / DATABASE, secret, cluster.data)
            settle(cluster)
        unpack(folder / FILES, secret, into / "files")
    except BaseException:
        shutil.rmtree(cluster.data, ignore_errors=True)
        shutil.rmtree(into, ignore_errors=True)
        raise


def unpack(source: Path, secret: bytes, into: Path) -> None:
    """The tar of a part into a folder."""
    into.mkdir(parents=True, exist_ok=True)
    with opening(source, secret) as opened, tarfile.open(fileobj=cast(Any, opened), mode="r|") as tar:
        tar.extractall(into)  # noqa: S202  what was written here and has been authenticated


def settle(cluster: EmbeddedPostgres) -> None:
    """Make a copied cluster one that starts here, as its user's. Debian's keeps its settings outside the data.

    Raises BackupProblem where the programs of its version are not installed.
    """
    for name, text in RULES.items():
        (cluster.data / name).write_text(text)
    (cluster.data / "postgresql.conf").touch()
    if cluster.user is not None:
        for path in (cluster.data, *cluster.data.rglob("*")):
            os.chown(path, cluster.user.pw_uid, cluster.user.pw_gid)
    cluster.data.chmod(0o700)
    try:
        cluster.tool("postgres")
    except Refusal as problem:
        raise BackupProblem(str(problem)) from problem

"""The files as backups see them: listed and read from the portal's store, a folder or a bucket; put into a bucket."""

import hashlib
import tarfile
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.core.files import File
from django.core.files.storage import default_storage

from ..files import FilesAway, Stored, listed
from .server import BackupProblem

Say = Callable[[str], object]
EACH = 500  # files between two signs of progress


def silent(_words: str) -> None:
    return


def all_stored() -> list[Stored]:
    """Every file of the store. Raises BackupProblem."""
    try:
        return list(listed())
    except FilesAway as error:
        raise BackupProblem(error.why) from error


def add(tar: tarfile.TarFile, one: Stored, *, under: str = "") -> bool:
    """A file of the store into a tar; one that went meanwhile is left out. Raises BackupProblem."""
    try:
        with default_storage.open(one.name) as content:
            about = tarfile.TarInfo(f"{under}{one.name}")
            about.size, about.mtime, about.mode = content.size, one.changed / 1_000_000_000, 0o644
            tar.addfile(about, content)
    except FileNotFoundError:
        return False
    except FilesAway as error:
        raise BackupProblem(error.why) from error
    return True


def add_all(tar: tarfile.TarFile, say: Say) -> None:
    found = all_stored()
    for number, one in enumerate(found, 1):
        add(tar, one)
        if number % EACH == 0 or number == len(found):
            say(f"Files: {number} of {len(found)}")


def demand_bucket() -> None:
    """Raises BackupProblem where the portal keeps its files in a folder."""
    if not settings.S3_BUCKET:
        raise BackupProblem("PORTAL_S3_BUCKET names no bucket: the files stand in the folder.")


def put(folder: Path, say: Say) -> int:
    """Put every file of a folder into the bucket and read it back; gives how many were not there yet.

    Nothing is written over: a file that stands there is left as it is, and where it is another one, nothing is put at
    all. Raises BackupProblem.
    """
    demand_bucket()
    paths = {str(path.relative_to(folder)): path for path in sorted(folder.rglob("*")) if path.is_file()}
    try:
        there = {one.name for one in listed()}
        for name in sorted(there & set(paths)):
            if digest_of(name) != digest(paths[name]):
                raise BackupProblem(f"{name} is in the bucket already, and is another file: nothing was put into it.")
        fresh = sorted(set(paths) - there)
        for number, name in enumerate(fresh, 1):
            put_one(name, paths[name])
            if number % EACH == 0 or number == len(fresh):
                say(f"Put into the bucket: {number} of {len(fresh)}")
    except FilesAway as error:
        raise BackupProblem(f"Not every file was put into the bucket: say it again. {error.why}") from error
    return len(fresh)


def put_one(name: str, path: Path) -> None:
    with path.open("rb") as content:
        kept = default_storage.save(name, File(content))
    if kept != name or digest_of(name) != digest(path):
        raise BackupProblem(f"{name} is not in the bucket as it was in the backup.")


def digest(path: Path) -> str:
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def digest_of(name: str) -> str:
    """SHA-256 of what the store has under a name."""
    with default_storage.open(name) as content:
        found = hashlib.sha256()
        while data := content.read(1024 * 1024):
            found.update(data)
    return found.hexdigest()

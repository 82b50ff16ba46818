"""The store of files: a folder of this machine, or a bucket that all machines reach. Both fail in one way.

Whatever keeps a store from answering is raised as `FilesAway`. A page that needs the file then says so and every other
page is read as before (`middleware.FilesMiddleware`); a job is tried again (`queue.is_away`). So no page may ask the
store for anything but the file that it serves: sizes and names stand in rows.
"""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from django.core.files.storage import FileSystemStorage, default_storage
from django.http import FileResponse, Http404, HttpResponse
from django.utils.translation import gettext as _

from .queue import enqueue, task

ANSWERS = (FileNotFoundError, FileExistsError, IsADirectoryError)  # the folder said something about the name


class FilesAway(OSError):
    """The store of files does not answer, or refuses; `__cause__` says how. Said to a reader in their language."""

    def __str__(self) -> str:
        return _("The files cannot be reached just now. Try again in a few minutes; nothing else is affected.")

    @property
    def why(self) -> str:
        """For the operator."""
        return f"The store of files is away: {self.__cause__ or 'it was silent a moment ago, and rests'}"


@dataclass(frozen=True, slots=True)
class Stored:
    """A file of the store: its name in it, its bytes, and when it was written (nanoseconds since 1970)."""

    name: str
    size: int
    changed: int


class Asked:
    """Passes each question to the store behind it within `asked()`, which knows how that one fails."""

    def asked(self) -> contextlib.AbstractContextManager[None]:
        raise NotImplementedError

    def _open(self, name: str, mode: str = "rb") -> Any:
        with self.asked():
            return super()._open(name, mode)  # type: ignore[misc]  # of the store that this stands before

    def _save(self, name: str, content: Any) -> str:
        with self.asked():
            return cast(str, super()._save(name, content))  # type: ignore[misc]

    def delete(self, name: str) -> None:
        with self.asked():
            super().delete(name)  # type: ignore[misc]

    def exists(self, name: str) -> bool:
        with self.asked():
            return cast(bool, super().exists(name))  # type: ignore[misc]

    def size(self, name: str) -> int:
        with self.asked():
            return cast(int, super().size(name))  # type: ignore[misc]


class Folder(Asked, FileSystemStorage):
    """`PORTAL_VAR/files`. Away: a disk that is not mounted, full or broken, or that may not be read or written."""

    @contextlib.contextmanager
    def asked(self) -> Iterator[None]:
        try:
            yield
        except ANSWERS as error:
            if not Path(self.location).is_dir():
                raise FilesAway from error
            raise
        except OSError as error:
            raise FilesAway from error

    def listed(self) -> Iterator[Stored]:
        """Every file, by name."""
        root = Path(self.location)
        if root.exists() and not root.is_dir():
            raise FilesAway from NotADirectoryError(str(root))
        for path in sorted(root.rglob("*")):
            with contextlib.suppress(FileNotFoundError):
                if path.is_file():
                    about = path.stat()
                    yield Stored(str(path.relative_to(root)), about.st_size, about.st_mtime_ns)


def listed() -> Iterator[Stored]:
    """Every file of the portal's store. Raises FilesAway."""
    store: Any = default_storage
    yield from store.listed()


def served(file: Any, **options: Any) -> HttpResponse:
    """The content of a file field, by whoever has asked its rights; `options` are FileResponse's.

    It passes through the portal: no reader is ever sent to the store. Raises Http404 where it is gone, and FilesAway.
    """
    try:
        content = file.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    return cast(HttpResponse, FileResponse(content, **options))


def drop_file(file: Any) -> None:
    """Have the content of a file field deleted: a job of the transaction that ends its row, so that a store that is

    away keeps nothing for good, and a transaction that is rolled back loses nothing.
    """
    if file:
        enqueue(remove_file, name=str(file.name))


@task("kernel.remove_file", retry=3)
def remove_file(*, name: str) -> None:
    """Delete one file of the store; one that is gone already is no fault."""
    default_storage.delete(name)

"""What is frozen stays as its hash says: every frozen row, read from the disk again each night.

    register_frozen(Edition)  # in the app's `frozen.py`, found by itself; a row has `content` and `sha256`
    register_frozen(Submission, lambda row: digest(row.snapshot))  # a hash of something else

The database refuses to write a row that breaks its hash; this finds what changed behind its back: a disk, a restored
copy, somebody with the owner's rights.
"""

import hashlib
import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import Q

from .queue import task

logger = logging.getLogger(__name__)


def hash_of_content(row: Any) -> str:
    """SHA-256 of the bytes (UTF-8) of `content`."""
    return hashlib.sha256(row.content.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Frozen:
    """One kind of frozen row: how its hash is worked out again, and which rows gave up their words on purpose."""

    model: type[models.Model]
    hash_of: Callable[[Any], str]
    without: Q


@dataclass(frozen=True, slots=True)
class Broken:
    """A row whose words are not those of its hash. `label` is its model (`board.edition`)."""

    label: str
    pk: Any
    name: str

    def __str__(self) -> str:
        return f"{self.label} {self.pk} ({self.name})"


class FrozenBroken(Exception):
    """Some frozen rows are not what they were."""


KINDS: dict[type[models.Model], Frozen] = {}


def register_frozen(
    model: type[models.Model], hash_of: Callable[[Any], str] = hash_of_content, *, without: Q | None = None
) -> None:
    """Hold the rows of `model` to their `sha256`; rows that `without` finds have no words any more."""
    KINDS[model] = Frozen(model, hash_of, without or Q(pk__in=[]))


def counted() -> dict[str, int]:
    """How many rows of each kind are held to their hash."""
    return {kind.model._meta.label_lower: kind.model._base_manager.exclude(kind.without).count() for kind in kinds()}


def broken() -> Iterator[Broken]:
    """The rows that are not what they were; the whole of each table is read, a hundred rows at a time."""
    for kind in kinds():
        rows = kind.model._base_manager.exclude(kind.without).order_by("pk")
        for row in rows.iterator(chunk_size=100):
            if kind.hash_of(row) != row.sha256:  # type: ignore[attr-defined]  # every frozen kind has it
                yield Broken(kind.model._meta.label_lower, row.pk, str(row))


def kinds() -> list[Frozen]:
    return sorted(KINDS.values(), key=lambda kind: kind.model._meta.label_lower)


@task(every="40 2 * * *")
def check_frozen(*, timestamp: int) -> None:
    """Every night. What is broken fails the job, so that it stands in `manage.py jobs` and in the log."""
    found = [str(one) for one in broken()]
    if found:
        logger.critical("frozen rows are not what their hash says: %s", "; ".join(found))
        raise FrozenBroken("; ".join(found))

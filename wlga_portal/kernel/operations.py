"""What an operator asks of the portal in one look: queue, failed jobs, mail, storage, backups, versions.

Each part is one question, so that the page costs the same however much there is.
"""

import json
import platform
import shutil
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import django
from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection
from django.utils import timezone

from wlga_portal import VERSION

from . import backups
from .health import commit, missing_migrations
from .logs import redacted
from .service_models import Bounce, Notification, OutboxMessage

SHOWN = 50  # failed jobs on the page; the newest
MAILS = "kernel.send%"  # the names of the jobs that send mail
LOW_SPACE = 0.1  # of the disk: less free than this is said aloud
BACKUP_IS_OLD = timedelta(hours=26)  # one is made each night


@dataclass(frozen=True, slots=True)
class FailedJob:
    """A job that was given up. `words` are its arguments: ids; addresses of people are left out."""

    number: int
    task: str
    words: str
    attempts: int
    at: datetime | None


def failed_jobs() -> tuple[list[FailedJob], int]:
    """The newest failed jobs, and how many there are."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT job.id, job.task_name, job.args, job.attempts,
                (SELECT max(at) FROM procrastinate_events WHERE job_id = job.id), count(*) OVER ()
            FROM procrastinate_jobs job WHERE job.status = 'failed' ORDER BY job.id DESC LIMIT %s
            """,
            [SHOWN],
        )
        rows = cursor.fetchall()
    return [FailedJob(row[0], row[1], words_of(row[2]), row[3], row[4]) for row in rows], rows[0][5] if rows else 0


def words_of(arguments: object) -> str:
    """The arguments of a job for an operator's eyes: numbers and short words, never a text or an address."""
    given = json.loads(arguments) if isinstance(arguments, str) else arguments
    known = given if isinstance(given, dict) else {}
    plain = {name: value for name, value in known.items() if isinstance(value, int) or len(str(value)) <= 40}
    return redacted(", ".join(f"{name} {value}" for name, value in plain.items()))


@dataclass(frozen=True, slots=True)
class MailState:
    """Mail: `waiting` and `failed` are jobs, `sent` messages of the last day, `stopped` addresses that refused.

    `kept` is the demonstration's outbox; None where mail is sent.
    """

    waiting: int
    failed: int
    sent: int
    stopped: int
    kept: int | None
    server: str


def mail_state() -> MailState:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FILTER (WHERE status IN ('todo', 'doing')), count(*) FILTER (WHERE status = 'failed')"
            " FROM procrastinate_jobs WHERE task_name LIKE %s",
            [MAILS],
        )
        waiting, failed = cursor.fetchone()
    return MailState(
        waiting,
        failed,
        Notification.objects.filter(sent_at__gt=timezone.now() - timedelta(days=1)).count(),
        Bounce.objects.filter(hard=True, cleared_at=None).values("address_digest").distinct().count(),
        None if settings.EMAIL_HOST else OutboxMessage.objects.count(),
        settings.EMAIL_HOST,
    )


def size_said(size: int) -> str:
    """Bytes in a unit that is easy to read; the units are the same in both languages."""
    for unit, name in ((10**9, "GB"), (10**6, "MB"), (10**3, "kB")):
        if size >= unit:
            return f"{size / unit:,.1f} {name}"
    return f"{size} B"


@dataclass(frozen=True, slots=True)
class Storage:
    """Bytes of the database, and of the disk that files stand on (None where they stand in an object store)."""

    database: int
    files: str
    free: int | None
    total: int | None

    @property
    def is_low(self) -> bool:
        return self.free is not None and bool(self.total) and self.free < LOW_SPACE * (self.total or 0)


def storage_state() -> Storage:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_database_size(current_database())")
        (database,) = cursor.fetchone()
    if not isinstance(default_storage, FileSystemStorage):
        return Storage(database, str(getattr(default_storage, "bucket_name", "")), None, None)
    disk = shutil.disk_usage(nearest(Path(settings.MEDIA_ROOT)))
    return Storage(database, "", disk.free, disk.total)


def nearest(folder: Path) -> Path:
    """The folder, or the one above it that there is."""
    return folder if folder.exists() else nearest(folder.parent)


@dataclass(frozen=True, slots=True)
class BackupState:
    """The newest backup, how many there are, and what they take in bytes."""

    newest: datetime | None
    count: int
    size: int

    @property
    def is_old(self) -> bool:
        return self.newest is None or timezone.now() - self.newest > BACKUP_IS_OLD


def backup_state() -> BackupState:
    try:
        made = [manifest for _folder, manifest in backups.made()]
    except (OSError, backups.BackupProblem):
        made = []
    size = sum(part.bytes for manifest in made for part in manifest.parts)
    return BackupState(datetime.fromisoformat(made[0].made_at) if made else None, len(made), size)


@dataclass(frozen=True, slots=True)
class Versions:
    portal: str
    commit: str
    python: str
    django: str
    postgres: str
    missing: int


def versions() -> Versions:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('server_version')")
        (postgres,) = cursor.fetchone()
    return Versions(
        VERSION,
        commit(),
        platform.python_version(),
        django.get_version(),
        str(postgres).partition(" ")[0],
        len(missing_migrations()),
    )

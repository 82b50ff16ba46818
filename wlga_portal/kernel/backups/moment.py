"""Back to a moment: a backup, and what the archive holds of the time after it."""

import os
import shutil
import time
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import psycopg
from django.utils import timezone

from ..postgres import Refusal, url
from ..postgres.cluster import EmbeddedPostgres
from . import Manifest, key, made, read, restore
from .archive import passed, replay_files, unseal_log
from .server import BackupProblem

REPLAY_SECONDS = 3600  # at most, for reading the log
NOT_SO_FAR = "recovery ended before configured recovery target was reached"


@dataclass(frozen=True, slots=True)
class Reached:
    """`moment`: of the last thing that was done; None where the log holds nothing after the backup.

    `kept_until`: the archive's last pass; what was written later is lost.
    """

    moment: datetime | None
    kept_until: datetime | None


def newest(before: datetime | None) -> Path:
    """The newest backup that was whole by a moment. Raises BackupProblem where there is none."""
    for folder, manifest in made():
        if before is None or datetime.fromisoformat(manifest.whole_at or manifest.made_at) <= before:
            return folder
    raise BackupProblem("No backup was made before that moment.")


def restore_to(folder: Path, into: Path, moment: datetime | None) -> Reached:
    """Bring a backup into a new folder and go on to a moment, or as far as the archive goes. Raises BackupProblem."""
    manifest = read(folder)
    if moment is not None and moment < datetime.fromisoformat(manifest.whole_at or manifest.made_at):
        raise BackupProblem("That backup was made after the moment: take an older one, or `newest`.")
    if moment is not None and moment > timezone.now():
        raise BackupProblem("That moment has not come yet.")
    if not manifest.system:
        raise BackupProblem("That backup belongs to no archive: it can be brought back only as it is.")
    restore(folder, into)
    try:
        replay_files(manifest.system, manifest.made_at, moment, key(), into / "files")
        reached = replay_log(manifest, EmbeddedPostgres(into), moment)
    except BaseException as problem:
        cluster = EmbeddedPostgres(into)
        words = cluster.log.read_text(errors="replace").splitlines()[-3:] if cluster.log.exists() else []
        shutil.rmtree(cluster.data, ignore_errors=True)
        shutil.rmtree(into, ignore_errors=True)
        if isinstance(problem, (Refusal, psycopg.Error)):
            raise BackupProblem(f"The log cannot be read so far: {' / '.join(words)}") from problem
        raise
    return Reached(reached, passed(manifest.system))


def replay_log(manifest: Manifest, cluster: EmbeddedPostgres, moment: datetime | None) -> datetime | None:
    """Let the server read its log up to the moment, and stop it again, ready for the portal."""
    log = cluster.place / "log-to-read"
    log.mkdir(mode=0o700)
    unseal_log(manifest.system, manifest.log_from, key(), log)
    own(cluster, log, *log.iterdir())
    settings_file = cluster.data / "postgresql.auto.conf"
    before = settings_file.read_text()
    cluster.start_seconds = REPLAY_SECONDS
    try:
        try:
            reached = read_log(cluster, settings_file, before, log, moment)
        except (Refusal, psycopg.OperationalError):  # refused at the start, or stopped while it was asked
            # Nothing was done between the last thing in the log and the moment: all of the log is what was then.
            if moment is None or NOT_SO_FAR not in cluster.log.read_text(errors="replace"):
                raise
            reached = read_log(cluster, settings_file, before, log, None)
    finally:
        cluster.stop()
        settings_file.write_text(before)
        shutil.rmtree(log)
    return reached


def read_log(
    cluster: EmbeddedPostgres, settings_file: Path, before: str, log: Path, moment: datetime | None
) -> datetime | None:
    target = f"recovery_target_time = '{moment.isoformat()}'\nrecovery_target_action = 'promote'\n" if moment else ""
    settings_file.write_text(f'{before}\nrestore_command = \'cp "{log}/%f" "%p"\'\n{target}')
    signal = cluster.data / "recovery.signal"
    signal.touch(mode=0o600)
    own(cluster, settings_file, signal)
    cluster.start()
    # of the database `postgres`, which every cluster has: the portal's own may have another name
    address = url("postgres", cluster.var).replace("/portal?", "/postgres?")
    with psycopg.connect(address, autocommit=True) as connection:
        # stopped before it has taken its own timeline, it would read on, past the moment, at its next start
        while connection.execute("SELECT 1 WHERE pg_is_in_recovery()").fetchone():
            time.sleep(0.05)
        row = connection.execute("SELECT pg_last_xact_replay_timestamp()").fetchone()
        connection.execute("CHECKPOINT")
    return row[0] if row else None


def own(cluster: EmbeddedPostgres, *paths: Path) -> None:
    if cluster.user is not None:
        for path in paths:
            os.chown(path, cluster.user.pw_uid, cluster.user.pw_gid)


def moment_of(text: str) -> datetime:
    """`2026-11-23T10:15:00+00:00`, or without the offset in the portal's own time. Raises BackupProblem."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise BackupProblem(f"{text!r} is no moment: write 2026-11-23T10:15:00+00:00.") from None
    return found if found.tzinfo else timezone.make_aware(found, timezone.get_default_timezone())

"""The database server as backups see it: its address, its own number, and where in its log it is."""

from dataclasses import dataclass
from urllib.parse import quote

import psycopg
from django.conf import settings

from ..postgres import PORT, socket_dir

UNITS = {"MB": 1024**2, "GB": 1024**3}
FOUR_GB = 2**32  # of log, which the middle part of a segment's name counts


class BackupProblem(Exception):
    """Why there is no backup, or why it cannot be brought back: a sentence for the operator."""


@dataclass(frozen=True, slots=True)
class Position:
    """`system` tells this server from any other; `segment` is the file of the log that is written now."""

    system: str
    segment: str


def server_url() -> str:
    """The address that may copy the whole server: `DATABASE_BACKUP_URL`, or the portal's own PostgreSQL."""
    sockets = quote(str(socket_dir(settings.VAR_DIR)), safe="")
    return settings.BACKUP_DATABASE_URL or f"postgresql://postgres@/postgres?host={sockets}&port={PORT}"


def position() -> Position:
    """Ask the server, as a copy of it would. Raises BackupProblem."""
    try:
        with psycopg.connect(
            server_url(), autocommit=True, replication="true", client_encoding="utf8", connect_timeout=10
        ) as connection:
            system, timeline, place, _database = connection.execute("IDENTIFY_SYSTEM").fetchone() or ()
            (size,) = connection.execute("SHOW wal_segment_size").fetchone() or ()
    except psycopg.Error as error:
        raise BackupProblem(f"The database server cannot be asked: {str(error).strip()}") from error
    return Position(str(system), segment(int(timeline), place, int(size[:-2]) * UNITS[size[-2:]]))


def segment(timeline: int, place: str, size: int) -> str:
    """The name of the file that holds a place of the log (`2/9A000060`), by PostgreSQL's rule."""
    high, _, low = place.partition("/")
    number = ((int(high, 16) << 32) + int(low, 16)) // size
    return f"{timeline:08X}{number // (FOUR_GB // size):08X}{number % (FOUR_GB // size):08X}"

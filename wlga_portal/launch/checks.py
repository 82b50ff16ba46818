"""What is looked at before anything is made: the configuration, the folder, the disk, the port, the database."""

import contextlib
import errno
import fcntl
import os
import re
import shutil
import socket
from pathlib import Path
from types import ModuleType
from typing import IO, Any

import psycopg
from django.core.exceptions import ImproperlyConfigured

from . import Fault

MEGABYTE = 1024 * 1024
ROOM_TO_MAKE = 150 * MEGABYTE  # a cluster, the programme, static files
ROOM_TO_RUN = 20 * MEGABYTE
CONNECT_SECONDS = 5


def settings() -> ModuleType:
    """The portal's settings, or the sentence that says what in the environment is wrong."""
    try:
        from wlga_portal import settings as read
    except ImproperlyConfigured as error:
        raise Fault(str(error)) from error
    if bool(os.environ.get("DATABASE_URL")) != bool(os.environ.get("DATABASE_OWNER_URL")):
        raise Fault("Set both DATABASE_URL and DATABASE_OWNER_URL, or neither; see docs/configuration.md.")
    if read.APP_DATABASE["USER"] == read.OWNER_DATABASE["USER"]:
        raise Fault("Set DATABASE_URL and DATABASE_OWNER_URL to two roles: the application must not own its history.")
    return read


def port() -> int:
    """The port that the environment names; 8000 unless it does."""
    number = int(os.environ.get("PORT", "").strip() or 8000)
    if not 0 < number < 65536:
        raise Fault(f"Set PORT to a number from 1 to 65535; it is now {number}.")
    return number


def folder(var: Path) -> None:
    """`var` can be written and has room."""
    try:
        (var / "log").mkdir(parents=True, exist_ok=True)
        probe = var / f".probe-{os.getpid()}"
        probe.write_bytes(b"x" * 4096)
        probe.unlink()
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise Fault("The disk is full: make room and try again.") from error
        raise Fault(f"The folder {var} cannot be written: the portal keeps its data in it.") from error
    needed = ROOM_TO_RUN if (var / "stamps/load").exists() else ROOM_TO_MAKE
    free = shutil.disk_usage(var).free
    if free < needed:
        raise Fault(
            f"The disk is too full: the portal needs {needed // MEGABYTE} MB in {var}, "
            f"and {free // MEGABYTE} MB are free."
        )


def only_one(var: Path) -> IO[str]:
    """The lock of this folder's one running portal; held until the file is closed, also by a kill."""
    handle = (var / "run.lock").open("a+")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.seek(0)
        running = handle.read().strip() or "it is starting"
        handle.close()
        raise Fault(f"The portal already runs from this folder: {running}.") from None
    handle.truncate(0)
    return handle


def port_free(listen: str, number: int) -> None:
    """Nobody else listens there."""
    family = socket.AF_INET6 if ":" in listen else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((listen, number))
            probe.listen()
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise Fault(
                    f"Port {number} is taken: choose another, for example PORT={number + 1} make run."
                ) from None
            if error.errno == errno.EACCES:
                raise Fault(f"Port {number} is not open to this user: choose one above 1023.") from None
            raise Fault(f"The portal cannot listen on {listen}, port {number}: {error.strerror}.") from None


def connect(database: dict[str, Any]) -> "psycopg.Connection[tuple[Any, ...]]":
    """A connection to a database as Django's settings describe it."""
    options = {key: value for key, value in database["OPTIONS"].items() if key not in {"pool"}}
    return psycopg.connect(
        dbname=database["NAME"],
        user=database["USER"],
        password=database["PASSWORD"],
        host=database["HOST"],
        port=database["PORT"],
        autocommit=True,
        **{"connect_timeout": CONNECT_SECONDS, **options},
    )


def database_answers(name: str, database: dict[str, Any]) -> None:
    """The database that the variable `name` describes takes our connection."""
    try:
        connect(database).close()
    except psycopg.Error as error:
        line = next((line for line in str(error).splitlines() if line.strip()), "it gave no reason")
        reason = re.split(r"failed: |FATAL: ", line)[-1].strip().rstrip(".")
        where = f"{database['HOST'] or 'this machine'}:{database['PORT'] or 5432}"
        raise Fault(
            f"The database that {name} names ({database['NAME']} at {where}) cannot be used: {reason}."
        ) from None


def mark(database: dict[str, Any]) -> str:
    """What tells this database, as it is migrated now, from any other; empty when nothing was migrated."""
    with contextlib.suppress(psycopg.Error), connect(database) as connection:
        row = connection.execute(
            "SELECT d.oid, count(*), max(m.applied) FROM django_migrations m, pg_database d"
            " WHERE d.datname = current_database() GROUP BY d.oid"
        ).fetchone()
        return " ".join(map(str, row)) if row else ""
    return ""

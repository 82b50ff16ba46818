"""The databases of the suite: templates that the owner migrates and loads once, and quick copies of them."""

import fcntl
import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db import connections
from psycopg import sql

ROOT = Path(__file__).resolve().parent.parent


def owner(name: str = "postgres") -> psycopg.Connection[Any]:
    """A connection as the owner's role."""
    database = settings.OWNER_DATABASE
    return psycopg.connect(
        dbname=name, user=database["USER"], password=database["PASSWORD"], host=database["HOST"],
        port=database["PORT"] or None, autocommit=True,
    )  # fmt: skip


def environment_for(name: str) -> dict[str, str]:
    """The environment in which the portal's own commands use the database `name`."""
    variables = dict(os.environ)
    for variable, database in (
        ("DATABASE_OWNER_URL", settings.OWNER_DATABASE),
        ("DATABASE_URL", settings.APP_DATABASE),
    ):
        password = f":{database['PASSWORD']}" if database["PASSWORD"] else ""
        port = database["PORT"] or 5432
        variables[variable] = f"postgresql://{database['USER']}{password}@/{name}?host={database['HOST']}&port={port}"
    return variables


def fingerprint(*patterns: str) -> str:
    """Changes when a file that matches changes."""
    digest = hashlib.sha256()
    for path in sorted({path for pattern in patterns for path in ROOT.glob(pattern)}):
        digest.update(path.read_bytes())
    return digest.hexdigest()


SCHEMA = (
    "*/migrations/*.py", "wlga_portal/kernel/**/*.py", "*/models*.py", "*/models/*.py", "*/searching.py",
    "programme/search/watching.py",
)  # fmt: skip
CONTENT = (
    *SCHEMA, "programme/search/[ikw]*.py", "programme/facts/*", "*/loading*.py", "*/demo*.py", "*/demo/*.py",
    "*/actions*.py", "*/states.py",
)  # fmt: skip


def manage(name: str, *command: str, **extra: str) -> None:
    """Run a command of `manage.py` on the database `name`; what it prints is shown when it fails."""
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env={**environment_for(name), **extra},
        capture_output=True,
        text=True,
    )
    if done.returncode:
        raise RuntimeError(f"manage.py {' '.join(command)}\n{done.stdout}\n{done.stderr}")


def remove(connection: psycopg.Connection[Any], name: str) -> None:
    """Drop a database. The server's own vacuum may be at work in it, which the owner cannot end: wait for it."""
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    for _attempt in range(300):
        try:
            connection.execute(statement)
            return
        except psycopg.errors.InsufficientPrivilege:
            time.sleep(0.1)
    connection.execute(statement)


def make_template(*, loaded: bool) -> str:
    """The name of a migrated database, with facts and demonstration if `loaded`; made by whoever comes first."""
    name = f"{settings.DATABASES['default']['TEST']['NAME']}_{'loaded' if loaded else 'template'}"
    migrated = make_template(loaded=False) if loaded else ""
    wanted = fingerprint(*(CONTENT if loaded else SCHEMA))
    settings.VAR_DIR.mkdir(parents=True, exist_ok=True)
    with (settings.VAR_DIR / f"{name}.lock").open("w") as lock, owner() as connection:
        fcntl.flock(lock, fcntl.LOCK_EX)
        row = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
        if row and row[0] == wanted:
            return name
        remove(connection, name)
        if loaded:
            copy_template(migrated, name)
            manage(name, "load_programme")
            manage(name, "load_demo", PORTAL_DEMO="1")
        else:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            manage(name, "migrate", "--skip-checks", "--verbosity", "0", PORTAL_AS_OWNER="1")
        comment = sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(wanted))
        connection.execute(comment)
    return name


def copy_template(template: str, name: str) -> None:
    """Make `name` anew as a copy of the template."""
    with (settings.VAR_DIR / f"{template}.lock").open("w") as lock, owner() as connection:
        fcntl.flock(lock, fcntl.LOCK_EX)  # PostgreSQL copies one template for one at a time
        remove(connection, name)
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )


def drop(name: str) -> None:
    with owner() as connection:
        remove(connection, name)


def hang_up() -> None:
    """End every connection of this process: a database that is in use cannot be dropped."""
    connections.close_all()
    close_pool = getattr(connections["default"], "close_pool", None)
    if close_pool:
        close_pool()


def use(name: str) -> None:
    """From now on this process works on the database `name`."""
    hang_up()
    connections["default"].settings_dict["NAME"] = name
    settings.DATABASES["default"]["NAME"] = name


if __name__ == "__main__":  # both templates, made while the workers of a run read its tests
    import django

    django.setup()
    make_template(loaded=True)

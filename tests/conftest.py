"""The suite runs on real PostgreSQL, as the application's own role.

The owner migrates one template database (again only when a migration changed); each worker gets a copy of it.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import connections
from django.test import TransactionTestCase
from psycopg import sql

from wlga_portal.kernel import postgres

ROOT = Path(__file__).resolve().parent.parent


def owner(name: str = "postgres") -> psycopg.Connection[Any]:
    """A connection as the owner's role."""
    database = settings.OWNER_DATABASE
    return psycopg.connect(
        dbname=name, user=database["USER"], password=database["PASSWORD"], host=database["HOST"],
        port=database["PORT"] or None, autocommit=True,
    )  # fmt: skip


def fingerprint() -> str:
    """Changes when the schema, the roles' rights or the as-at views may have changed."""
    digest = hashlib.sha256()
    sources = [*ROOT.glob("*/migrations/*.py"), *ROOT.glob("wlga_portal/kernel/**/*.py"), *ROOT.glob("*/models*.py")]
    for path in sorted(sources):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def make_template(name: str) -> None:
    """The migrated database that the workers copy; made once, by whoever comes first."""
    wanted = fingerprint()
    with (settings.VAR_DIR / f"{name}.lock").open("w") as lock, owner() as connection:
        fcntl.flock(lock, fcntl.LOCK_EX)
        row = connection.execute(
            "SELECT shobj_description(oid, 'pg_database') FROM pg_database WHERE datname = %s", [name]
        ).fetchone()
        if row and row[0] == wanted:
            return
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        command = [sys.executable, "manage.py", "migrate", "--skip-checks", "--verbosity", "0"]
        environment = {**os.environ, "PORTAL_AS_OWNER": "1"}
        for variable, database in (("DATABASE_OWNER_URL", settings.OWNER_DATABASE), ("DATABASE_URL", settings.APP_DATABASE)):
            password = f":{database['PASSWORD']}" if database["PASSWORD"] else ""
            environment[variable] = (
                f"postgresql://{database['USER']}{password}@/{name}?host={database['HOST']}&port={database['PORT'] or 5432}"
            )
        subprocess.run(command, cwd=ROOT, check=True, env=environment)  # noqa: S603  our own command
        comment = sql.SQL("COMMENT ON DATABASE {} IS {}").format(sql.Identifier(name), sql.Literal(wanted))
        connection.execute(comment)


def copy_template(template: str, name: str) -> None:
    with (settings.VAR_DIR / f"{template}.lock").open("w") as lock, owner() as connection:
        fcntl.flock(lock, fcntl.LOCK_EX)  # PostgreSQL copies one template for one at a time
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        connection.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
        )


def hang_up() -> None:
    """End every connection of this process: a database that is in use cannot be dropped."""
    connections.close_all()
    close_pool = getattr(connections["default"], "close_pool", None)
    if close_pool:
        close_pool()


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: Any) -> Iterator[None]:
    """Replaces pytest-django's: the application's role could not create a database, and must not."""
    if not os.environ.get("DATABASE_URL"):
        postgres.EmbeddedPostgres(settings.VAR_DIR).start()
    template = f"{settings.DATABASES['default']['TEST']['NAME']}_template"
    name = f"{settings.DATABASES['default']['TEST']['NAME']}_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    make_template(template)
    copy_template(template, name)
    with django_db_blocker.unblock():
        connection = connections["default"]
        hang_up()
        connection.settings_dict["NAME"] = name
        settings.DATABASES["default"]["NAME"] = name

        def start_again(_case: TransactionTestCase) -> None:
            """After a test that commits: a fresh copy (the application's role may not truncate)."""
            hang_up()
            copy_template(template, name)

        TransactionTestCase._fixture_teardown = start_again  # type: ignore[method-assign]  # see above
        yield
        hang_up()
    with owner() as connection_as_owner:
        connection_as_owner.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture
def owner_connection(db: None) -> Iterator[psycopg.Connection[Any]]:
    """A second connection to the test's database, as the owner."""
    with owner(settings.DATABASES["default"]["NAME"]) as connection:
        yield connection

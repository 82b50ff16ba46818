"""The suite runs on real PostgreSQL, as the application's own role; each worker has its own copy of one template."""

import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.files.storage import default_storage
from django.test import TransactionTestCase
from hypothesis import HealthCheck
from hypothesis import settings as property_settings

from tests import databases, walk
from wlga_portal.kernel.postgres.cluster import EmbeddedPostgres

# A property is tried on the same examples in every run, so that a run says something about the change at hand.
# New examples are looked for by hand: pytest --hypothesis-profile=explore
# How long an example takes says something about the machine's other work only: no health check of that.
property_settings.register_profile("same", derandomize=True, suppress_health_check=[HealthCheck.too_slow])
property_settings.register_profile("explore", derandomize=False)
property_settings.load_profile("same")


def own_name(kind: str = "") -> str:
    worker = os.environ.get("PYTEST_XDIST_WORKER", "main")
    return f"{settings.DATABASES['default']['TEST']['NAME']}_{kind}{worker}"


@pytest.fixture(scope="session")
def server() -> None:
    """PostgreSQL runs: the one that the environment names, or the portal's own."""
    if not os.environ.get("DATABASE_URL"):
        EmbeddedPostgres(settings.VAR_DIR).start()


@pytest.fixture(scope="session")
def django_db_setup(server: None, django_db_blocker: Any) -> Iterator[None]:
    """Replaces pytest-django's: the application's role could not create a database, and must not."""
    template, name = databases.make_template(loaded=False), own_name()
    databases.copy_template(template, name)
    with django_db_blocker.unblock():
        databases.use(name)

        def start_again(_case: TransactionTestCase) -> None:
            """After a test that commits: a fresh copy (the application's role may not truncate)."""
            databases.hang_up()
            databases.copy_template(template, name)

        TransactionTestCase._fixture_teardown = start_again  # type: ignore[method-assign]  # see above
        yield
        databases.hang_up()
    databases.drop(name)


@pytest.fixture(scope="session")
def loaded_database(django_db_setup: None) -> Iterator[str]:
    """A database of this worker with the facts and the demonstration."""
    template, name = databases.make_template(loaded=True), own_name("loaded_")
    databases.copy_template(template, name)
    yield name
    databases.drop(name)


@pytest.fixture(scope="module")
def loaded(loaded_database: str, django_db_blocker: Any) -> Iterator[None]:
    """The tests of this module work on the loaded programme; what each writes is rolled back."""
    with django_db_blocker.unblock():
        databases.use(loaded_database)
    yield
    with django_db_blocker.unblock():
        databases.use(own_name())


@pytest.fixture
def owner_connection(db: None) -> Iterator[psycopg.Connection[Any]]:
    """A second connection to the test's database, as the owner."""
    with databases.owner(settings.DATABASES["default"]["NAME"]) as connection:
        yield connection


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Each test begins in English, whatever the one before asked for."""
    from django.utils import translation

    translation.activate("en")
    yield
    translation.deactivate()


@pytest.fixture
def unrendered() -> Iterator[None]:
    """Pages answer and are not drawn: for tests of who may open what."""
    with walk.unrendered():
        yield


@pytest.fixture
def bucket(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """The files stand in a bucket, which a server on loopback keeps (`tests.buckets.Server`)."""
    from tests import buckets

    server = buckets.Server()
    buckets.use(settings, monkeypatch, server)
    yield server
    default_storage.silent_until = 0.0
    for one in default_storage.bucket.objects.all():
        one.delete()
    default_storage.bucket.delete()
    server.down()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-access", action="store_true", help="write tests/access.txt anew")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Of the deep tests those that take minutes come first, so that no core waits for the last of them."""

    def minutes(item: pytest.Item) -> int:
        mark = item.get_closest_marker("deep")
        return int(mark.kwargs.get("minutes", 0)) if mark else 0

    items.sort(key=minutes, reverse=True)


def pytest_sessionstart(session: pytest.Session) -> None:
    """A run of several workers: its databases are made while they read its tests."""
    if getattr(session.config.option, "numprocesses", None) and os.environ.get("DATABASE_URL"):
        environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "wlga_portal.settings"}
        maker = subprocess.Popen([sys.executable, "-m", "tests.databases"], cwd=databases.ROOT, env=environment)
        session.config.add_cleanup(lambda: maker.wait(60) and None)


def pytest_collection_finish() -> None:
    """What was loaded and collected lives to the end: no collection of garbage needs to look at it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_configure(config: pytest.Config) -> None:
    """The catalogues compiled; static files by their plain names: the suite runs without collecting them."""
    if not hasattr(config, "workerinput"):
        subprocess.run([sys.executable, "-m", "tools.compile_messages"], cwd=databases.ROOT, check=True)
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    # tests with many threads are about rows, not about how many may wait for a connection
    settings.DATABASES["default"]["OPTIONS"]["pool"]["max_waiting"] = 0
    settings.SECOND_STEP = False  # asked for in tests/accounts/test_second_steps.py alone
    # none of them is there: each new Client would look at every file that was collected
    settings.STATIC_ROOT = settings.VAR_DIR / "static-of-tests"
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)

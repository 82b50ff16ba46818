"""What stops a start before anything is made, each with one sentence."""

import errno
import os
import shutil
import socket
import sys
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from wlga_portal.launch import Fault, checks


def test_a_wrong_value_in_the_environment_is_the_settings_own_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def __getattr__(self, name: str) -> Any:
            raise ImproperlyConfigured("Set PORT to a whole number.")

    monkeypatch.setitem(sys.modules, "wlga_portal", Broken())
    with pytest.raises(Fault, match=r"^Set PORT to a whole number\.$"):
        checks.settings()


def test_one_address_of_the_database_without_the_other_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://a@b/c")
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    with pytest.raises(Fault, match="Set both DATABASE_URL and DATABASE_OWNER_URL"):
        checks.settings()


def test_one_role_for_both_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    from wlga_portal import settings as read

    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.delenv("DATABASE_OWNER_URL", raising=False)
    assert checks.settings() is read
    monkeypatch.setattr(read, "APP_DATABASE", read.OWNER_DATABASE)
    with pytest.raises(Fault, match="two roles"):
        checks.settings()


@pytest.mark.parametrize(("value", "number"), [("", 8000), ("8124", 8124)])
def test_port(value: str, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", value)
    assert checks.port() == number


def test_a_port_out_of_range_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", "65536")
    with pytest.raises(Fault, match=r"^Set PORT to a number from 1 to 65535; it is now 65536\.$"):
        checks.port()


def test_a_writable_folder_with_room_is_taken(tmp_path: Path) -> None:
    checks.folder(tmp_path / "var")
    assert (tmp_path / "var/log").is_dir()
    assert list((tmp_path / "var").iterdir()) == [tmp_path / "var/log"]


def test_an_unwritable_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "var").write_text("a file")
    with pytest.raises(Fault, match=r"var cannot be written: the portal keeps its data in it\.$"):
        checks.folder(tmp_path / "var")


def test_a_full_disk_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_args: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(Fault, match=r"^The disk is full: make room and try again\.$"):
        checks.folder(tmp_path)


def test_a_disk_with_too_little_room_is_refused_and_less_is_asked_once_all_is_made(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = shutil.disk_usage(tmp_path)._replace(free=100 * checks.MEGABYTE)
    monkeypatch.setattr(checks.shutil, "disk_usage", lambda _path: usage)
    with pytest.raises(Fault, match=r"needs 150 MB in .*, and 100 MB are free"):
        checks.folder(tmp_path)
    (tmp_path / "stamps").mkdir()
    (tmp_path / "stamps/load").touch()
    checks.folder(tmp_path)


def test_a_second_portal_in_the_folder_is_told_of_the_first(tmp_path: Path) -> None:
    with checks.only_one(tmp_path) as first:
        with pytest.raises(Fault, match="already runs from this folder: it is starting"):
            checks.only_one(tmp_path)
        first.write("process 7, http://127.0.0.1:8000/")
        first.flush()
        with pytest.raises(Fault, match=r"folder: process 7, http://127\.0\.0\.1:8000/\.$"):
            checks.only_one(tmp_path)
    checks.only_one(tmp_path).close()
    assert (tmp_path / "run.lock").read_text() == ""


def test_a_taken_port_is_refused_with_another_proposed() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        number = taken.getsockname()[1]
        with pytest.raises(Fault, match=f"^Port {number} is taken: .* PORT={number + 1} make run"):
            checks.port_free("127.0.0.1", number)
    checks.port_free("127.0.0.1", number)


@pytest.mark.parametrize(
    ("number", "sentence"),
    [
        (errno.EACCES, "not open to this user"),
        (errno.EADDRNOTAVAIL, "cannot listen on 127.0.0.1, port 80: Cannot assign"),
    ],
)
def test_a_port_that_cannot_be_had_is_refused(number: int, sentence: str, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_args: object) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(checks.socket.socket, "bind", refuse)
    with pytest.raises(Fault, match=sentence):
        checks.port_free("127.0.0.1", 80)


def database(**changes: Any) -> dict[str, Any]:
    given = {**settings.APP_DATABASE, "NAME": "postgres", **changes}
    return {**given, "OPTIONS": {**given["OPTIONS"], "pool": {}}}


@pytest.mark.usefixtures("server")
def test_a_database_that_answers_is_taken() -> None:
    checks.database_answers("DATABASE_URL", database())


@pytest.mark.usefixtures("server")
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"HOST": "127.0.0.1", "PORT": "1"}, r"\(postgres at 127\.0\.0\.1:1\) cannot be used: Connection refused\.$"),
        ({"NAME": "no such"}, r'cannot be used: database "no such" does not exist\.$'),
        ({"USER": "nobody at all"}, r'cannot be used: role "nobody at all" does not exist\.$'),
    ],
)
def test_a_database_that_does_not_is_refused_without_its_password(changes: dict[str, str], sentence: str) -> None:
    with pytest.raises(Fault, match=sentence) as refused:
        checks.database_answers("DATABASE_URL", database(PASSWORD="secret", **changes))
    assert "secret" not in str(refused.value)


@pytest.mark.django_db
def test_the_mark_tells_a_migrated_database_from_any_other() -> None:
    ours = {**settings.DATABASES["default"], "OPTIONS": {"pool": {}}}
    assert checks.mark(ours) == checks.mark(ours)
    oid, count, _applied = checks.mark(ours).split(" ", 2)
    assert int(oid) > 0
    assert int(count) > 20
    assert checks.mark(database()) == ""
    assert checks.mark(database(HOST="127.0.0.1", PORT="1")) == ""


def test_the_mark_is_empty_where_no_migration_ran(monkeypatch: pytest.MonkeyPatch) -> None:
    class Empty:
        def __enter__(self) -> "Empty":
            return self

        def __exit__(self, *_: object) -> None:
            pass

        def execute(self, _sql: str) -> "Empty":
            return self

        def fetchone(self) -> None:
            return None

    monkeypatch.setattr(psycopg, "connect", lambda **_: Empty())
    assert checks.mark(database()) == ""

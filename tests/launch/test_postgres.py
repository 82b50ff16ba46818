"""The embedded PostgreSQL: made whole or not at all, started, stopped, found again after anything."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tests.launch.conftest import make_open_folder
from wlga_portal.kernel import postgres
from wlga_portal.kernel.postgres import Refusal, __main__, cluster
from wlga_portal.kernel.postgres.cluster import EmbeddedPostgres


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """A cluster made once; tests that do not look at the making get a copy."""
    folder = make_open_folder()
    template = EmbeddedPostgres(folder)
    template.start()
    template.stop()
    yield template.data
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def bare(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[EmbeddedPostgres]:
    """A server in a long folder with spaces, nothing made yet; quick: no machine crashes here."""
    monkeypatch.setitem(cluster.SETTINGS, "fsync", "off")
    monkeypatch.setitem(cluster.SETTINGS, "shared_buffers", "16MB")
    server = EmbeddedPostgres(open_folder / ("a long folder " * 8).strip())
    yield server
    with contextlib.suppress(Refusal):
        server.stop()


@pytest.fixture
def server(bare: EmbeddedPostgres, made: Path) -> EmbeddedPostgres:
    bare.home.mkdir(parents=True)
    subprocess.run(["cp", "-a", made, bare.data], check=True)
    return bare


def ask(server: EmbeddedPostgres, sql: str, role: str = "portal_owner") -> list[tuple[object, ...]]:
    with psycopg.connect(postgres.url(role, server.var), autocommit=True) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchall() if cursor.description else []


def test_first_start_makes_the_cluster_with_both_roles_and_the_database(bare: EmbeddedPostgres) -> None:
    assert bare.start() is True
    assert ask(bare, "SELECT current_database()", "portal_app") == [("portal",)]
    rows = ask(bare, "SELECT rolname, rolcreatedb, rolsuper FROM pg_roles WHERE rolname LIKE 'portal%' ORDER BY 1")
    assert rows == [("portal_app", False, False), ("portal_owner", True, False)]
    assert ask(bare, "SHOW listen_addresses") == [("",)]
    assert ask(bare, "SELECT datlocprovider::text, datlocale FROM pg_database WHERE datname = 'portal'") == [
        ("b", "C.UTF-8")
    ]


def test_the_extensions_of_the_portal_can_be_made_by_the_owner(server: EmbeddedPostgres) -> None:
    server.start()
    for name in ("pg_trgm", "unaccent", "btree_gist", "pgcrypto"):
        ask(server, f"CREATE EXTENSION {name}")


def test_second_start_leaves_a_running_server_alone_and_stop_keeps_the_rows(server: EmbeddedPostgres) -> None:
    server.start()
    ask(server, "CREATE TABLE kept AS SELECT 7 AS number")
    assert server.start() is False
    server.stop()
    assert not server.running()
    assert not postgres.socket_dir(server.var).exists()
    server.start()
    assert ask(server, "SELECT number FROM kept") == [(7,)]


def test_start_after_a_kill_recovers_what_was_committed(server: EmbeddedPostgres) -> None:
    server.start()
    ask(server, "CREATE TABLE kept AS SELECT 7 AS number")
    process = server.process()
    assert process
    os.kill(process, signal.SIGKILL)
    while server.running():
        time.sleep(0.01)
    assert server.start() is True
    assert ask(server, "SELECT number FROM kept") == [(7,)]


def test_start_waits_for_the_last_processes_of_a_killed_server(server: EmbeddedPostgres) -> None:
    server.start()
    with psycopg.connect(postgres.url("portal_app", server.var)) as connection:
        backend, process = connection.info.backend_pid, server.process()
        assert process
        os.kill(backend, signal.SIGSTOP)
        os.kill(process, signal.SIGKILL)
        while server.running():
            time.sleep(0.01)
        waker = subprocess.Popen(["/bin/sh", "-c", f"sleep 1.5; kill -CONT {backend}"])
        began = time.monotonic()
        assert server.start() is True
        assert time.monotonic() - began > 1
        waker.wait()
        with contextlib.suppress(psycopg.Error):
            connection.close()


def test_a_number_that_is_another_programs_by_now_is_not_taken_for_the_server(server: EmbeddedPostgres) -> None:
    server.start()
    server.stop()
    (server.data / "postmaster.pid").write_text(f"{os.getpid()}\n{server.data}\n0\n5432\n/tmp\n\n0 0\nready\n")
    assert server.running() is False
    assert server.start() is True


def test_a_server_whose_socket_was_swept_away_is_started_again(server: EmbeddedPostgres) -> None:
    server.start()
    (postgres.socket_dir(server.var) / ".s.PGSQL.5432").unlink()
    assert server.start() is True
    assert ask(server, "SELECT 1") == [(1,)]


def test_a_half_made_cluster_is_thrown_away(bare: EmbeddedPostgres) -> None:
    (bare.home / "data.new").mkdir(parents=True)
    (bare.home / "data.new/PG_VERSION").write_text("17")
    bare.start()
    assert not (bare.home / "data.new").exists()
    assert ask(bare, "SELECT 1") == [(1,)]


@pytest.mark.parametrize("program", ["initdb", "postgres"])
def test_nothing_is_left_when_the_cluster_cannot_be_made(
    bare: EmbeddedPostgres, program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tool = EmbeddedPostgres.tool
    monkeypatch.setattr(
        EmbeddedPostgres, "tool", lambda self, name: Path("/bin/false") if name == program else tool(self, name)
    )
    with pytest.raises(Refusal, match=r"^The database could not be made; .*postgres\.log says why\.$"):
        bare.start()
    assert not bare.data.exists()
    assert not (bare.place / "data.new").exists()


def test_a_full_disk_is_said_and_leaves_nothing(
    bare: EmbeddedPostgres, open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = open_folder / "full"
    full.write_text("#!/bin/sh\necho 'could not write: No space left on device'; exit 1\n")
    full.chmod(0o755)
    monkeypatch.setattr(EmbeddedPostgres, "tool", lambda self, name: full)
    with pytest.raises(Refusal, match=r"^The disk is full, so the database could not be made"):
        bare.start()
    assert not bare.data.exists()


def test_a_server_that_cannot_start_says_where_to_read_why(
    server: EmbeddedPostgres, open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.start()
    server.stop()
    program = open_folder / "program"
    monkeypatch.setattr(EmbeddedPostgres, "tool", lambda self, name: program)
    for words, sentence in (
        ("No space left on device", "The disk is full"),
        ("oh", "PostgreSQL could not be started; "),
    ):
        program.write_text(f"#!/bin/sh\necho '{words}'\n")
        program.chmod(0o755)
        with pytest.raises(Refusal, match=f"^{sentence}"):
            server.start()


def test_a_server_that_is_never_ready_is_given_up(
    server: EmbeddedPostgres, open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.start()
    server.stop()
    program = open_folder / "program"
    program.write_text("#!/bin/sh\nexec sleep 60\n")
    program.chmod(0o755)
    monkeypatch.setattr(EmbeddedPostgres, "tool", lambda self, name: program)
    monkeypatch.setattr(cluster, "START_SECONDS", 0.2)
    with pytest.raises(Refusal, match="could not be started"):
        server.start()


def test_a_server_that_does_not_stop_is_said(server: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch) -> None:
    server.start()
    with monkeypatch.context() as patch:
        patch.setattr(cluster, "STOP_SECONDS", -1)
        patch.setattr(cluster.os, "kill", lambda *_: None)
        with pytest.raises(Refusal, match="does not stop"):
            server.stop()


def test_an_unwritable_folder_is_said(open_folder: Path) -> None:
    (open_folder / "var").write_text("a file")
    with pytest.raises(Refusal, match=r"PostgreSQL could not be started: .*var"):
        EmbeddedPostgres(open_folder / "var").start()


def test_errors_of_the_disk_while_copying_are_said(bare: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(EmbeddedPostgres, "may_enter", lambda self, path: "postgres" in path.parts[-1])

    def fail(*_args: object, **_kwargs: object) -> None:
        raise cluster.shutil.Error([("a", "b", "[Errno 28] No space left on device")])

    monkeypatch.setattr(cluster.shutil, "copytree", fail)
    monkeypatch.setattr(cluster, "ELSEWHERE", bare.var)
    with pytest.raises(Refusal, match=r"^The disk is full: make room and try again\.$"):
        bare.start()


def test_a_socket_folder_of_somebody_else_is_refused(bare: EmbeddedPostgres, open_folder: Path) -> None:
    (open_folder / "theirs").mkdir()
    bare.home.mkdir(parents=True)
    postgres.socket_dir(bare.var).symlink_to(open_folder / "theirs")
    try:
        with pytest.raises(Refusal, match="belongs to somebody else"):
            bare.start()
    finally:
        postgres.socket_dir(bare.var).unlink()


def test_under_a_private_folder_the_data_and_a_copy_of_the_server_live_elsewhere(
    bare: EmbeddedPostgres, open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "ELSEWHERE", open_folder / "elsewhere")
    monkeypatch.setattr(EmbeddedPostgres, "may_enter", lambda self, path: False)
    bare.start()
    assert bare.place.parent == open_folder / "elsewhere"
    assert bare.data.is_dir()
    assert not (bare.home / "data").exists()
    assert next(bare.place.glob("server-*/bin/postgres")).exists()
    assert ask(bare, "SELECT 1") == [(1,)]
    bare.stop()
    assert bare.start() is True


def test_root_runs_the_server_as_nobody_and_says_when_there_is_none(
    open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster.os, "getuid", lambda: 0)
    assert EmbeddedPostgres(open_folder).identity()["user"] == cluster.pwd.getpwnam("nobody").pw_uid

    def unknown(_name: str) -> None:
        raise KeyError

    monkeypatch.setattr(cluster.pwd, "getpwnam", unknown)
    with pytest.raises(Refusal, match="no user nobody"):
        EmbeddedPostgres(open_folder)


def test_an_ordinary_user_runs_the_server_as_themselves(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster.os, "getuid", lambda: 1000)
    ours = EmbeddedPostgres(open_folder)
    assert ours.identity() == {}
    assert ours.may_enter(open_folder / "whatever")


def test_the_socket_has_a_short_path_and_is_remembered(open_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postgres.os, "getuid", lambda: 1000)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(open_folder))
    assert postgres.socket_dir(open_folder / "var").parent == open_folder
    monkeypatch.setenv("XDG_RUNTIME_DIR", "/tmp/" + "x" * 90)
    assert postgres.socket_dir(open_folder / "var").parent == Path("/tmp")
    (open_folder / "postgres").mkdir()
    (open_folder / "postgres/socket").write_text("/run/somewhere")
    assert (
        postgres.url("portal_app", open_folder) == "postgresql://portal_app@/portal?host=%2Frun%2Fsomewhere&port=5432"
    )


def test_the_last_user_stops_a_server_that_was_started_for_use(server: EmbeddedPostgres) -> None:
    with server.used():
        with server.used():
            pass
        assert server.running()
    assert not server.running()


def test_a_server_started_by_hand_goes_on_after_its_users(server: EmbeddedPostgres) -> None:
    server.start()
    with server.used():
        pass
    assert server.running()


# --- The commands -----------------------------------------------------------------------------------
@pytest.fixture
def var(bare: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PORTAL_VAR", str(bare.var))
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return bare.var


def test_commands_start_show_and_stop(var: Path, server: EmbeddedPostgres, capsys: pytest.CaptureFixture[str]) -> None:
    assert __main__.main(["status"]) == 3
    assert __main__.main(["start"]) == 0
    assert __main__.main(["status"]) == 0
    assert __main__.main(["url"]) == 0
    assert __main__.main(["with", "--", "true"]) == 0
    assert server.running()
    assert __main__.main(["stop"]) == 0
    assert __main__.main(["nonsense"]) == 2
    lines = capsys.readouterr().out.splitlines()
    assert [lines[0], lines[2], lines[3]] == ["stopped", "running", postgres.url("portal_app", var)]


def test_with_runs_a_command_while_the_server_runs(var: Path, server: EmbeddedPostgres) -> None:
    code = f"import psycopg; psycopg.connect({postgres.url('portal_app', var)!r}).close(); raise SystemExit(7)"
    before = signal.getsignal(signal.SIGTERM)
    assert __main__.main(["with", "--", sys.executable, "-c", code]) == 7
    signal.signal(signal.SIGTERM, before)
    assert not server.running()


@pytest.fixture
def try_out(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], int]]:
    """Runs a command that passes where it finds the server of tests, as both roles."""
    code = """
import os, psycopg
with psycopg.connect(os.environ["DATABASE_URL"]) as app, psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner:
    said = app.info.user, owner.info.user, owner.execute("SHOW fsync").fetchone()[0]
raise SystemExit(said != ("portal_app", "portal_owner", "off"))
"""
    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setenv("DATABASE_URL", "")
    monkeypatch.setenv("DATABASE_OWNER_URL", "")
    yield lambda: __main__.main(["trial", "--", sys.executable, "-c", code])
    signal.signal(signal.SIGTERM, before)


def test_a_trial_has_a_server_in_memory_that_is_gone_with_it(
    var: Path, bare: EmbeddedPostgres, try_out: Callable[[], int], open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(__main__, "MEMORY", open_folder)
    monkeypatch.setattr(__main__, "ROOM", 0)
    assert try_out() == 0
    trial = EmbeddedPostgres(__main__.trial_folder(var))
    assert trial.var.parent == open_folder
    assert trial.log.exists()
    assert not trial.data.exists()
    assert not trial.running()
    assert not bare.running()
    assert not (var / "trial").exists()


def test_a_trial_without_room_in_memory_is_on_the_disk_and_does_not_wait_for_it(
    var: Path, bare: EmbeddedPostgres, try_out: Callable[[], int], open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = open_folder / "memory"
    memory.mkdir()
    monkeypatch.setattr(__main__, "MEMORY", memory)
    monkeypatch.setattr(__main__, "ROOM", 2**62)
    assert try_out() == 0
    trial = EmbeddedPostgres(var / "trial")
    assert trial.data.exists()
    assert not trial.running()
    assert not bare.running()
    assert list(memory.iterdir()) == []


def test_a_folder_of_somebody_else_in_memory_is_left_alone(
    var: Path, open_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(__main__, "MEMORY", open_folder)
    monkeypatch.setattr(__main__, "ROOM", 0)
    ours = __main__.trial_folder(var)
    ours.rmdir()
    ours.symlink_to("/", target_is_directory=True)
    assert __main__.trial_folder(var) == var / "trial"


def test_with_leaves_a_named_database_alone(var: Path, bare: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://somewhere/else")
    assert __main__.main(["with", "--", "false"]) == 1
    assert not bare.home.exists()


def test_a_told_end_goes_the_way_that_stops_the_server() -> None:
    with pytest.raises(SystemExit) as ended:
        __main__.leave(15, None)
    assert ended.value.code == 143


def test_a_refusal_is_one_sentence(
    var: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_self: EmbeddedPostgres) -> None:
        raise Refusal("No.")

    monkeypatch.setattr(EmbeddedPostgres, "start", refuse)
    assert __main__.main(["start"]) == 1
    assert capsys.readouterr().err == "No.\n"

    def interrupt(_self: EmbeddedPostgres) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(EmbeddedPostgres, "start", interrupt)
    assert __main__.main(["start"]) == 130


def test_hold_keeps_the_server_until_its_input_ends(var: Path, server: EmbeddedPostgres) -> None:
    command = [sys.executable, "-m", "wlga_portal.kernel.postgres", "hold"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdin
        assert holder.stdout
        assert holder.stdout.readline() == b"ready\n"
        process = server.process()
        assert process
        holder.send_signal(signal.SIGINT)
        os.kill(process, signal.SIGKILL)
        until = time.monotonic() + 20
        while server.process() in {None, process} and time.monotonic() < until:
            time.sleep(0.05)
        assert server.running()
        holder.stdin.close()
        assert holder.wait(20) == 0
    assert not server.running()


def test_hold_in_this_process(
    server: EmbeddedPostgres, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = iter([[], ["ended"]])
    monkeypatch.setattr(__main__.select, "select", lambda *_: [next(answers)])
    monkeypatch.setattr(__main__.signal, "signal", lambda *_: None)
    monkeypatch.setattr(EmbeddedPostgres, "running", lambda self: False)
    starts: list[EmbeddedPostgres] = []
    monkeypatch.setattr(EmbeddedPostgres, "start", lambda self: starts.append(self))
    __main__.hold(server)
    assert len(starts) == 2
    assert capsys.readouterr().out == "ready\n"

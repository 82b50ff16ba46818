"""The order of a start, a watch and a stop, with small programs in the place of the portal's."""

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from wlga_portal.launch import Fault, Stopped, __main__, checks, steps
from wlga_portal.launch.__main__ import Supervisor
from wlga_portal.launch.children import Child, Database

SERVER = """
import http.server, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/readyz" else 404)
        self.end_headers()
    def log_message(self, *_): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""
SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]


def free_port() -> int:
    with checks.socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def portal(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SimpleNamespace]:
    """A configuration, and what the supervisor did with it."""
    number = free_port()
    seen = SimpleNamespace(
        port=number, var=tmp_path, done=[], database=[], web=[sys.executable, "-c", SERVER, str(number)]
    )
    read = SimpleNamespace(
        VAR_DIR=tmp_path, LISTEN="127.0.0.1", DEMO=True, APP_DATABASE={"a": 1}, OWNER_DATABASE={"o": 1}
    )
    seen.settings = read
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("PORT", str(number))
    monkeypatch.setattr(checks, "settings", lambda: read)
    monkeypatch.setattr(Database, "start", lambda self: seen.database.append("start"))
    monkeypatch.setattr(Database, "stop", lambda self: seen.database.append("stop"))
    monkeypatch.setattr(checks, "mark", lambda database: "")

    def ensure(step: steps.Step, var: Path, *_: Any) -> None:
        seen.done.append(step.name)
        if step.name == "people":
            (var / "log/people.txt").write_text("Ann\n")

    monkeypatch.setattr(steps, "ensure", ensure)
    monkeypatch.setattr(
        Supervisor,
        "processes",
        lambda self: [
            Child("web server", seen.web, self.var / "log/web.log", 5),
            Child("worker", SLEEPER, self.var / "w", 5),
        ],
    )
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)}
    yield seen
    signal.set_wakeup_fd(-1)
    for number, handler in before.items():
        signal.signal(number, handler)


def stop_soon(portal: SimpleNamespace, seconds: float = 0.0) -> threading.Thread:
    """SIGTERM for this process once the portal's processes are written down."""

    def send() -> None:
        until = time.monotonic() + 20
        while not (portal.var / "run.processes").exists() and time.monotonic() < until:
            time.sleep(0.01)
        time.sleep(seconds)
        os.kill(os.getpid(), signal.SIGTERM)

    thread = threading.Thread(target=send)
    thread.start()
    return thread


def test_a_whole_run_from_start_to_stop(portal: SimpleNamespace, capfd: pytest.CaptureFixture[str]) -> None:
    thread = stop_soon(portal, 1.5)
    assert __main__.main([]) == 0
    thread.join()
    out = capfd.readouterr().out
    assert f"Portal ready at http://127.0.0.1:{portal.port}/\nAnn\nCtrl-C stops it.\nStopped.\n" in out
    assert portal.done == ["messages", "static", "migrate", "load", "demo", "people"]
    assert portal.database == ["start", "stop"]
    assert not (portal.var / "run.processes").exists()
    checks.port_free("127.0.0.1", portal.port)


def test_without_the_demonstration_nothing_of_it_is_loaded(portal: SimpleNamespace) -> None:
    portal.settings.DEMO = False
    supervisor = Supervisor()
    supervisor.prepare()
    supervisor.stop()
    assert portal.done == ["messages", "static", "migrate", "load"]
    assert supervisor.people == ""


def test_a_named_database_is_asked_and_none_is_started(
    portal: SimpleNamespace, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, object]] = []
    monkeypatch.setenv("DATABASE_URL", "postgresql://a@b/c")
    monkeypatch.setattr(checks, "database_answers", lambda *found: asked.append(found))
    supervisor = Supervisor()
    supervisor.prepare()
    supervisor.stop()
    assert asked == [("DATABASE_URL", {"a": 1}), ("DATABASE_OWNER_URL", {"o": 1})]
    assert portal.database == []


def test_a_stop_during_the_start_is_no_fault(portal: SimpleNamespace, capfd: pytest.CaptureFixture[str]) -> None:
    portal.web = SLEEPER
    thread = stop_soon(portal)
    assert __main__.main([]) == 0
    thread.join()
    assert capfd.readouterr().out == "Stopped.\n"


def test_a_stop_between_two_steps(portal: SimpleNamespace) -> None:
    supervisor = Supervisor()
    supervisor.stopping = True
    with pytest.raises(Stopped):
        supervisor.prepare()
    supervisor.stop()
    assert portal.done == []


def test_a_second_portal_does_not_touch_the_first(portal: SimpleNamespace, capfd: pytest.CaptureFixture[str]) -> None:
    with checks.only_one(portal.var):
        (portal.var / "run.processes").write_text("")
        assert __main__.main([]) == 1
    assert (portal.var / "run.processes").exists()
    assert capfd.readouterr().err.startswith("The portal already runs from this folder")


def test_a_web_server_that_cannot_start_is_a_fault_and_all_is_stopped(
    portal: SimpleNamespace, capfd: pytest.CaptureFixture[str]
) -> None:
    portal.web = [sys.executable, "-c", "raise SystemExit('CommandError: Set the sails.')"]
    assert __main__.main([]) == 1
    assert capfd.readouterr().err == "The web server could not be started: Set the sails.\n"
    assert portal.database == ["start", "stop"]


def test_a_portal_that_never_answers_is_given_up(portal: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    portal.web = SLEEPER
    monkeypatch.setattr(__main__, "READY_SECONDS", -1)
    supervisor = Supervisor()
    supervisor.prepare()
    with pytest.raises(Fault, match=r"^The portal does not answer; .*web\.log may say why\.$"):
        supervisor.serve()
    supervisor.stop()


def test_a_process_that_dies_is_started_again(portal: SimpleNamespace, capfd: pytest.CaptureFixture[str]) -> None:
    supervisor = Supervisor()
    supervisor.prepare()
    supervisor.serve()
    web = supervisor.children[0]
    assert web.process
    first = web.process.pid
    os.kill(first, signal.SIGKILL)

    def stop_when_revived() -> None:
        until = time.monotonic() + 10
        while web.process and web.process.pid == first and time.monotonic() < until:
            time.sleep(0.01)
        supervisor.signalled()

    thread = threading.Thread(target=stop_when_revived)
    thread.start()
    supervisor.watch()
    thread.join()
    assert web.process.pid != first
    supervisor.stop()
    assert "The web server stopped and is started again; see " in capfd.readouterr().err


def test_a_database_that_dies_is_started_again(
    portal: SimpleNamespace, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    supervisor = Supervisor()
    supervisor.prepare()

    def dead(_self: Database) -> bool:
        supervisor.signalled() if len(portal.database) > 2 else None
        return len(portal.database) < 2

    monkeypatch.setattr(Database, "dead", dead)
    supervisor.watch()
    supervisor.stop()
    assert portal.database == ["start", "stop", "start", "stop"]
    assert "PostgreSQL stopped and is started again; see " in capfd.readouterr().err


def test_an_address_of_the_newer_kind_is_shown_in_brackets(portal: SimpleNamespace) -> None:
    portal.settings.LISTEN = "::1"
    supervisor = Supervisor()
    supervisor.prepare()
    supervisor.stop()
    assert supervisor.shown == f"http://[::1]:{portal.port}/"


def test_an_error_of_the_machine_is_one_sentence(
    portal: SimpleNamespace, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device", "var/stamps")

    monkeypatch.setattr(steps, "ensure", fail)
    assert __main__.main([]) == 1
    assert capfd.readouterr().err == "The portal stopped: No space left on device: var/stamps.\n"


def test_the_portals_processes(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    supervisor = Supervisor()
    supervisor.var = tmp_path
    monkeypatch.delenv("PORTAL_BACKUPS", raising=False)
    web, worker = supervisor.processes()
    assert web.command[1:3] == ["-m", "gunicorn"]
    assert worker.command[1:] == ["manage.py", "work"]
    assert "--preload" not in web.command
    assert {web.log.parent, worker.log.parent} == {tmp_path / "log"}
    monkeypatch.setenv("PORTAL_BACKUPS", str(tmp_path / "backups"))  # somebody said where: the archive runs beside them
    assert supervisor.processes()[2].command[1:] == ["manage.py", "archive"]


def test_other_arguments_show_the_usage(capfd: pytest.CaptureFixture[str]) -> None:
    assert __main__.main(["nonsense"]) == 2
    assert "--with-parent" in capfd.readouterr().out


def test_with_parent_asks_for_the_parents_end(portal: SimpleNamespace, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bool] = []
    monkeypatch.setattr(__main__, "die_with_parent", lambda: asked.append(True))
    thread = stop_soon(portal)
    assert __main__.main(["--with-parent"]) == 0
    thread.join()
    assert asked == [True]

"""The portal's processes are watched, started again, and never left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from wlga_portal.launch import Fault, children
from wlga_portal.launch.children import Child, Database


@pytest.fixture
def child(tmp_path: Path) -> Iterator[Child]:
    child = Child("sleeper", [sys.executable, "-c", "import time; time.sleep(60)"], tmp_path / "log", 5)
    yield child
    child.ask(signal.SIGKILL)
    child.reap(5)


def wait_for(condition: object) -> None:
    until = time.monotonic() + 10
    while not condition() and time.monotonic() < until:  # type: ignore[operator]  # a function
        time.sleep(0.01)
    assert condition()  # type: ignore[operator]  # a function


def test_a_child_runs_in_a_group_of_its_own_until_it_is_asked_to_end(child: Child) -> None:
    child.start()
    assert child.process
    assert os.getpgid(child.process.pid) == child.process.pid
    assert not child.dead()
    child.ask()
    child.reap(5)
    assert child.process.returncode == -signal.SIGTERM


def test_a_child_that_does_not_listen_is_killed_with_its_own_children(child: Child) -> None:
    child.command = ["/bin/sh", "-c", "trap '' TERM; sleep 60 & echo $!; wait; wait"]
    child.start()
    wait_for(lambda: child.log.read_text().endswith("\n"))
    grandchild = int(child.log.read_text())
    child.ask()
    child.reap(0.2)
    assert child.process
    assert child.process.returncode == -signal.SIGKILL
    wait_for(lambda: not children.born(grandchild) or children.is_zombie(grandchild))


def test_a_dead_child_is_started_again_until_that_does_not_help(child: Child) -> None:
    child.command = ["/bin/false"]
    child.start()
    for _ in range(children.TRIES - 1):
        wait_for(child.dead)
        child.revive()
    wait_for(child.dead)
    with pytest.raises(Fault, match=r"^The sleeper keeps stopping; .*log says why\.$"):
        child.revive()


def test_a_child_that_never_ran_needs_no_end(child: Child) -> None:
    child.ask()
    child.reap(1)
    assert not child.dead()


def test_a_long_log_is_put_aside(child: Child, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(children, "LOG_BYTES", 3)
    child.log.write_text("long")
    child.start()
    assert child.log.with_suffix(".log.1").read_text() == "long"


def test_children_end_when_the_one_who_started_them_is_killed(tmp_path: Path) -> None:
    code = f"""
import sys, time
from pathlib import Path
from wlga_portal.launch.children import Child
child = Child("sleeper", [sys.executable, "-c", "import time; time.sleep(60)"], Path({str(tmp_path / "log")!r}), 5)
child.start()
print(child.process.pid, flush=True)
time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout
        number = int(parent.stdout.readline())
        parent.kill()
    wait_for(lambda: not children.born(number) or children.is_zombie(number))


def test_what_a_killed_run_left_is_ended_and_nothing_else(child: Child, tmp_path: Path) -> None:
    book = tmp_path / "book"
    child.start()
    assert child.process
    children.remember([child, Child("never", [], tmp_path / "x", 1)], book)
    assert book.read_text() == f"{child.process.pid} {children.born(child.process.pid)}"
    book.write_text(book.read_text() + f"\n{os.getpid()} 12345\n999999999 1")
    children.end_leftovers(book)
    wait_for(child.dead)
    assert not book.exists()
    children.end_leftovers(book)


def test_nothing_is_known_of_a_process_that_is_not_there() -> None:
    assert children.born(999_999_999) == ""
    assert children.is_zombie(999_999_999) is True
    assert children.is_zombie(os.getpid()) is False


def test_asking_the_kernel_for_a_signal_at_the_parents_end() -> None:
    process = subprocess.run(
        [sys.executable, "-c", "from wlga_portal.launch.children import die_with_parent as d; d()"], check=False
    )
    assert process.returncode == 0
    children.libc.prctl(children.PR_SET_PDEATHSIG, 0, 0, 0, 0)
    children.die_with_parent()
    children.libc.prctl(children.PR_SET_PDEATHSIG, 0, 0, 0, 0)


def test_the_database_is_held_until_let_go(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    database = Database(tmp_path / "log")
    monkeypatch.setattr(children.sys, "executable", "/bin/sh")
    script = tmp_path / "script"
    script.write_text("echo ready; read -r line; echo ended >&2")
    monkeypatch.setattr(Database, "COMMAND", (str(script),))
    assert not database.dead()
    database.start()
    assert not database.dead()
    database.stop()
    assert database.dead()
    assert (tmp_path / "log").read_text() == "ended\n"
    Database(tmp_path / "log").stop()


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("The disk is full.", r"^The disk is full\.$"),
        ("Traceback\nmore", r"^PostgreSQL could not be started; .*log says"),
    ],
)
def test_a_database_that_does_not_start_is_a_fault(
    words: str, sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(children.sys, "executable", "/bin/sh")
    monkeypatch.setattr(Database, "COMMAND", ("-c", f"printf '{words}\\n' >&2".replace("\n", "\\n")))
    database = Database(tmp_path / "log")
    with pytest.raises(Fault, match=sentence):
        database.start()
    database.stop()

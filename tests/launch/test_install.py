"""`.venv` is made whole or not at all, and again when what it is made from changed."""

import errno
import fcntl
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tools import install


class Machine:
    """Stands for `python -m venv` and pip: what they were asked, and what they answer."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.asked: list[str] = []
        self.answers: dict[str, str] = {}

    def call(self, command: list[str], log: Path, root: Path) -> str:
        kind = "venv" if command[-1] == ".venv" else "pip"
        self.asked.append(kind)
        if kind == "venv":
            (root / ".venv/bin").mkdir(parents=True)
            (root / ".venv/bin/python").symlink_to(sys.executable)
        return self.answers.get(kind, "")


@pytest.fixture(autouse=True)
def signals() -> Iterator[None]:
    before = signal.getsignal(signal.SIGTERM)
    yield
    signal.signal(signal.SIGTERM, before)
    install.locks.clear()


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    (tmp_path / "requirements").mkdir()
    (tmp_path / "tools").mkdir()
    for kind in ("run", "dev"):
        (tmp_path / f"requirements/{kind}.lock").write_text(f"a=={kind}")
    machine = Machine(tmp_path)
    monkeypatch.setattr(install, "call", machine.call)
    monkeypatch.setattr(install, "__file__", str(tmp_path / "tools/install.py"))
    return machine


def test_the_first_time_makes_it_and_the_second_does_nothing(machine: Machine) -> None:
    assert install.main(["run"]) == 0
    assert install.main(["run"]) == 0
    assert machine.asked == ["venv", "pip"]


def test_a_changed_lock_installs_again_into_the_same_environment(machine: Machine) -> None:
    install.main(["run"])
    (machine.root / "requirements/run.lock").write_text("a==2")
    assert install.main(["run"]) == 0
    assert machine.asked == ["venv", "pip", "pip"]


def test_what_can_test_can_run(machine: Machine) -> None:
    install.main(["dev"])
    install.main(["run"])
    assert machine.asked == ["venv", "pip"]
    install.main(["run"])
    (machine.root / "requirements/dev.lock").write_text("a==2")
    install.main(["dev"])
    assert machine.asked == ["venv", "pip", "pip"]


def test_an_installation_that_was_cut_short_is_made_anew(machine: Machine) -> None:
    install.main(["run"])
    (machine.root / ".venv/installing").touch()
    (machine.root / ".venv/installed-run").unlink()
    (machine.root / ".venv/left").touch()
    assert install.main(["run"]) == 0
    assert machine.asked == ["venv", "pip", "venv", "pip"]
    assert not (machine.root / ".venv/left").exists()


def test_an_environment_that_does_not_start_is_made_anew(machine: Machine) -> None:
    install.main(["run"])
    (machine.root / ".venv/bin/python").unlink()
    assert install.main(["run"]) == 0
    assert machine.asked == ["venv", "pip", "venv", "pip"]


def test_a_link_in_its_place_is_replaced_and_what_it_leads_to_is_left(machine: Machine, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/kept").touch()
    (machine.root / ".venv").symlink_to(tmp_path / "elsewhere")
    assert install.main(["run"]) == 0
    assert (tmp_path / "elsewhere/kept").exists()


@pytest.mark.parametrize(
    ("kind", "said", "sentence"),
    [
        ("venv", "ensurepip is not available", "install the package python3-venv."),
        ("venv", "No space left on device", "The disk is full: make room and try again."),
        ("venv", "oh", "could not be made; var/log/install.log says why."),
        ("pip", "OSError: [Errno 28] No space left on device", "The disk is full: make room and try again."),
        ("pip", "THESE PACKAGES DO NOT MATCH THE HASHES", "is not the one that requirements/run.lock names"),
        ("pip", "No matching distribution found", "was not found for this machine"),
        ("pip", "Permission denied", "The folder .venv cannot be written."),
        ("pip", "oh", "could not be installed; var/log/install.log says why."),
    ],
)
def test_a_failure_is_one_sentence_and_leaves_nothing_half_made(
    kind: str, said: str, sentence: str, machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.answers[kind] = said
    assert install.main(["run"]) == 1
    error = capsys.readouterr().err
    assert sentence in error
    assert error.count("\n") == 1
    assert not (machine.root / ".venv").exists()


def test_a_failed_change_keeps_the_environment_that_was_there(machine: Machine) -> None:
    install.main(["run"])
    (machine.root / "requirements/run.lock").write_text("a==2")
    machine.answers["pip"] = "oh"
    assert install.main(["run"]) == 1
    assert (machine.root / ".venv").exists()
    assert not (machine.root / ".venv/installing").exists()
    assert not (machine.root / ".venv/installed-run").exists()


def test_too_little_room_is_said_before_anything_is_made(
    machine: Machine, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = install.shutil.disk_usage(machine.root)._replace(free=7 * install.MEGABYTE)
    monkeypatch.setattr(install.shutil, "disk_usage", lambda _path: usage)
    assert install.main(["run"]) == 1
    assert capsys.readouterr().err == "The disk is too full: the portal needs 900 MB here and 7 MB are free.\n"
    assert machine.asked == []


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (PermissionError(errno.EACCES, "no", "var"), "cannot be written: the portal keeps .venv and var in it."),
        (OSError(errno.EROFS, "no", "var"), "cannot be written: the portal keeps .venv and var in it."),
        (OSError(errno.EIO, "no", "var"), f"The portal could not be installed: {os.strerror(errno.EIO)}."),
        (KeyboardInterrupt(), "Stopped."),
    ],
)
def test_errors_of_the_machine_are_one_sentence(
    error: BaseException, sentence: str, machine: Machine, capsys: pytest.CaptureFixture[str], monkeypatch: Any
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(install, "install", fail)
    assert install.main(["run"]) in {1, 130}
    assert capsys.readouterr().err.strip().endswith(sentence)


def test_a_command_that_fails_gives_its_own_words(tmp_path: Path) -> None:
    log = tmp_path / "log"
    assert install.call(["/bin/echo", "good"], log, tmp_path) == ""
    assert install.call(["/bin/sh", "-c", "echo bad; exit 1"], log, tmp_path) == "bad\n"
    assert install.call(["/bin/false"], log, tmp_path) == "it said nothing"
    assert "good" in log.read_text()


def test_what_is_installing_keeps_the_lock_when_we_are_killed(tmp_path: Path) -> None:
    with (tmp_path / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        install.locks[:] = [lock.fileno()]
        code = f"exec sleep 60 & echo $! > {tmp_path / 'number'}"
        assert install.call(["/bin/sh", "-c", code], tmp_path / "log", tmp_path) == ""
    number = int((tmp_path / "number").read_text())
    with (tmp_path / "lock").open("w") as lock:
        with pytest.raises(BlockingIOError):
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.kill(number, signal.SIGKILL)
        fcntl.flock(lock, fcntl.LOCK_EX)


def test_a_told_end_ends_what_is_installing(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(install, "install", lambda *_: os.kill(os.getpid(), signal.SIGTERM))
    assert install.main(["run"]) == 130


def test_whether_an_environment_is_sound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert install.sound(tmp_path) is False
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin/python").symlink_to(sys.executable)
    monkeypatch.setattr(install.subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 0))
    assert install.sound(tmp_path) is True
    (tmp_path / "installing").touch()
    assert install.sound(tmp_path) is False


def test_other_arguments_show_the_usage(capsys: pytest.CaptureFixture[str]) -> None:
    assert install.main(["everything"]) == 2
    assert "run|dev" in capsys.readouterr().out

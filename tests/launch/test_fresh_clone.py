"""A person clones the project, types `make run`, and stops it again: the whole of it, for real."""

import contextlib
import json
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.launch.test_supervisor import free_port
from tools.catalogues import ROOT

pytestmark = pytest.mark.deep(minutes=1)
LONG = (
    "a folder whose name is long and has spaces in it, so that the whole path has over a hundred and twenty characters"
)
# Far above what docs/decisions/one-command-start.md gives: the machine may be busy with other tests.
FIRST_SECONDS, SECOND_SECONDS = 300, 30


@pytest.fixture(scope="module", params=["nobody else", "an ordinary user"])
def clone(request: pytest.FixtureRequest) -> Iterator[tuple[Path, dict[str, object]]]:
    """A fresh clone in a long path with spaces, and who works in it: who runs the tests, or an ordinary user."""
    folder = Path(tempfile.mkdtemp(prefix="portal-clone-"))
    folder.chmod(0o755)
    project = folder / LONG / "portal"
    project.parent.mkdir()
    subprocess.run(["git", "clone", "-q", "--no-hardlinks", ROOT, project], check=True)
    # What is not committed yet is tested as well.
    changed = subprocess.run(
        ["git", "ls-files", "-z", "--modified", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    for name in filter(None, changed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (project / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, project / name)
        else:
            (project / name).unlink(missing_ok=True)
    identity: dict[str, object] = {}
    if request.param == "an ordinary user" and os.getuid() == 0:
        user = pwd.getpwnam("daemon")
        identity = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
        subprocess.run(["chown", "-R", f"{user.pw_uid}:{user.pw_gid}", folder], check=True)
    assert len(str(project)) > 120
    yield project, identity
    shutil.rmtree(folder, ignore_errors=True)


class Running:
    """`make run` in the clone, from its start to its stop."""

    def __init__(self, project: Path, identity: dict[str, object]) -> None:
        self.project, self.port = project, free_port()
        keep = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("PORTAL", "DATABASE", "PYTEST", "COV"))
        }
        environment = {**keep, "PORT": str(self.port), "HOME": str(project.parent)}
        self.began = time.monotonic()
        self.process = subprocess.Popen(
            ["make", "run"], cwd=project, env=environment, text=True, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, **identity,  # type: ignore[call-overload]
        )  # fmt: skip
        self.lines: list[str] = []
        assert self.process.stdout
        for line in self.process.stdout:
            self.lines.append(line)
            if line.startswith("Portal ready at "):
                break
        self.seconds = time.monotonic() - self.began
        assert self.lines[-1] == f"Portal ready at http://127.0.0.1:{self.port}/\n", "".join(self.lines)

    def get(self, path: str) -> tuple[int, str]:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=30) as response:
            return response.status, response.read().decode()

    def stop(self, number: int = signal.SIGTERM) -> str:
        self.process.send_signal(number)
        assert self.process.stdout
        rest = self.process.stdout.read()
        self.process.wait(60)
        self.process.stdout.close()
        return rest

    def processes(self) -> list[int]:
        """Every process that works in the clone or has its path in its command."""
        found = []
        for entry in Path("/proc").iterdir():
            with contextlib.suppress(OSError, ValueError):
                command = (entry / "cmdline").read_text()
                place = (entry / "cwd").readlink()
                if (
                    command
                    and int(entry.name) != os.getpid()
                    and (place == self.project or f"{self.project}/" in command)
                ):
                    found.append(int(entry.name))
        return found


def test_make_run_starts_stops_starts_again_and_recovers(clone: tuple[Path, dict[str, object]]) -> None:
    project, identity = clone
    first = Running(project, identity)
    assert first.seconds < FIRST_SECONDS
    assert first.get("/readyz") == (200, "ready\n")
    assert json.loads(first.get("/version")[1])["version"]
    for page in ("/en/", "/cy/", "/en/demo/"):
        assert first.get(page)[0] == 200
    said = first.stop()
    assert "board-member" in said
    assert said.endswith("Stopped.\n")
    assert first.processes() == []

    second = Running(project, identity)
    assert second.seconds < SECOND_SECONDS
    assert [line for line in second.lines if line.endswith("…\n")] == []
    for number in second.processes():
        with contextlib.suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
    assert second.process.stdout
    second.process.stdout.close()
    second.process.wait(60)

    third = Running(project, identity)
    assert third.seconds < SECOND_SECONDS
    assert third.get("/en/")[0] == 200
    assert third.stop().endswith("Stopped.\n")
    assert third.processes() == []
    print(f"ready after {first.seconds:.1f} s, {second.seconds:.1f} s, after a kill {third.seconds:.1f} s")

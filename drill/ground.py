"""A whole portal in a temporary folder, on loopback: its own PostgreSQL, web server, worker and mail server.

Nothing of a developer's portal is touched. The prepared database is kept beside, and copied for each step, until what
it is made from changes.
"""

import contextlib
import fcntl
import http.client
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
from aiosmtpd.controller import Controller

from tests import databases
from wlga_portal.kernel.postgres import url
from wlga_portal.kernel.postgres.cluster import EmbeddedPostgres

ROOT = Path(__file__).resolve().parent.parent
Process = subprocess.Popen[bytes]
KEPT_S = 24 * 3600  # for which a prepared portal is kept


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_for(condition: Callable[[], Any], seconds: float, what: str) -> float:
    """The seconds that it took. Raises TimeoutError."""
    began = time.monotonic()
    while not condition():
        if time.monotonic() - began > seconds:
            raise TimeoutError(f"{what}: not within {seconds:.0f} s")
        time.sleep(0.02)
    return time.monotonic() - began


class Mailbox:
    """A mail server that keeps when it took which message; it can be away and come back to the same port."""

    def __init__(self) -> None:
        self.port = free_port()
        self.taken: list[tuple[float, str]] = []
        self.controller: Controller | None = None

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        head = envelope.content.split(b"\r\n\r\n", 1)[0].decode(errors="replace")
        name = next(line[11:].strip() for line in head.splitlines() if line.lower().startswith("message-id:"))
        self.taken.append((time.monotonic(), name))
        return "250 Taken"

    def up(self) -> None:
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def down(self) -> None:
        if self.controller:
            self.controller.stop()
            self.controller = None


def prepared() -> Path:
    """The data of a loaded portal, made when there is none of this code; what is older than a day goes then."""
    base = Path(tempfile.gettempdir()) / f"portal-drill-ready-{os.getuid()}"
    base.mkdir(mode=0o755, exist_ok=True)
    ready = base / databases.fingerprint(*databases.CONTENT)[:16]
    with (base / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if ready.exists():
            return ready
        print("Preparing the portal of the drill …", flush=True)
        for old in base.iterdir():
            if old.is_dir() and old.stat().st_mtime < time.time() - KEPT_S:
                shutil.rmtree(old)
        with Ground(prepare=False) as ground:
            ground.manage("migrate", "--skip-checks", "--verbosity", "0", PORTAL_AS_OWNER="1")
            ground.manage("load_programme")
            ground.manage("load_demo")
            ground.manage("collectstatic", "--no-input", "--verbosity", "0")
            ground.server.stop()
            half = base / f"half-{os.getpid()}"
            half.mkdir()
            for name, source in (("data", ground.server.data), ("static", ground.var / "static")):
                subprocess.run(["cp", "-a", source, half / name], check=True)
            half.rename(ready)
    return ready


LOG = ROOT / "var/log/drill.log"  # what the processes of all steps said


class Ground:
    """The portal of one step.

    `folder`: where the data lies, for a step that needs a disk of its own. `root`: whose code runs.
    """

    def __init__(self, *, prepare: bool = True, folder: Path | None = None, root: Path = ROOT, **extra: str) -> None:
        self.root = root
        self.folder = Path(tempfile.mkdtemp(prefix="portal-drill-", dir=folder))
        self.folder.chmod(0o755)
        self.var, self.port, self.mail = self.folder / "var", free_port(), Mailbox()
        self.server, self.extra = EmbeddedPostgres(self.var), extra
        self.processes: list[Process] = []
        self.prepare = prepare
        self.chance = random.Random(7)

    def __enter__(self) -> "Ground":
        try:
            if self.prepare:
                ready = prepared()
                self.server.home.mkdir(parents=True)
                subprocess.run(["cp", "-a", ready / "data", self.server.data], check=True)
                subprocess.run(["cp", "-a", ready / "static", self.var / "static"], check=True)
            (self.var / "files").mkdir(parents=True, exist_ok=True)
            self.server.start()
            if self.prepare:
                self.ask("DELETE FROM procrastinate_jobs")  # what loading left to do: the drill counts its own
            self.mail.up()
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        for process in self.processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.mail.down()
        self.server.stop()
        LOG.parent.mkdir(parents=True, exist_ok=True)
        with LOG.open("ab") as log, contextlib.suppress(FileNotFoundError):
            log.write((self.var / "drill.log").read_bytes())
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- Processes
    def environment(self, **extra: str) -> dict[str, str]:
        plain = {
            name: value for name, value in os.environ.items() if not name.startswith(("DATABASE", "PORTAL", "PORT"))
        }
        own = {
            "PORTAL_VAR": str(self.var), "PORT": str(self.port), "PORTAL_DEMO": "1", "PORTAL_LOG_LEVEL": "WARNING",
            "DJANGO_SETTINGS_MODULE": "drill.settings", "EMAIL_HOST": "127.0.0.1", "EMAIL_PORT": str(self.mail.port),
            "PYTHONPATH": str(self.root),
        }  # fmt: skip
        return {**plain, **own, **self.extra, **extra}

    def manage(self, *command: str, **extra: str) -> str:
        return self.python("manage.py", *command, **extra)

    def python(self, *command: str, **extra: str) -> str:
        done = subprocess.run(
            [sys.executable, *command],
            cwd=self.root, env=self.environment(**extra), text=True, check=False,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}\n{done.stdout}")
        return done.stdout

    def begin(self, *command: str, **options: Any) -> Process:
        """A process in a group of its own, ended with the ground."""
        with (self.var / "drill.log").open("ab") as log:
            process = subprocess.Popen(
                [sys.executable, *command],
                **{
                    "cwd": self.root, "env": self.environment(), "start_new_session": True, "stdin": subprocess.DEVNULL,
                    "stdout": log, "stderr": log, **options,
                },
            )  # fmt: skip
        self.processes.append(process)
        return process

    def kill(self, process: Process) -> None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        self.processes.remove(process)

    def web(self) -> Process:
        """The web server, once it answers; each of its processes has been asked."""
        process = self.begin("-m", "gunicorn", "--config", "gunicorn.conf.py", "wlga_portal.wsgi:application")
        wait_for(lambda: self.status("/readyz") == 200, 120, "the web server")
        for _turn in range(20):
            self.status("/en/")
        return process

    def worker(self) -> Process:
        return self.begin("manage.py", "work")

    # --- Questions
    def get(self, path: str, *, timeout: float = 30) -> tuple[int, str]:
        """Status and page; status 0 where no answer came."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        try:
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(errors="replace")
        except (OSError, http.client.HTTPException):
            return 0, ""
        finally:
            connection.close()

    def status(self, path: str) -> int:
        return self.get(path)[0]

    def ask(self, query: str, *values: Any, role: str = "portal_owner") -> list[tuple[Any, ...]]:
        with psycopg.connect(url(role, self.var), autocommit=True) as connection:
            cursor = connection.execute(query, values or None)
            return cursor.fetchall() if cursor.description else []

    def jobs(self) -> int:
        """How many jobs of mail wait or run."""
        waits = "SELECT count(*) FROM procrastinate_jobs WHERE status IN ('todo', 'doing')"
        return int(self.ask(f"{waits} AND task_name LIKE 'kernel.send%'")[0][0])

    def failed(self) -> list[str]:
        """The names of the jobs that failed; why stands in the log."""
        return [str(name) for [name] in self.ask("SELECT task_name FROM procrastinate_jobs WHERE status = 'failed'")]

    def notify(self, count: int) -> list[int]:
        """Write so many messages; the numbers of those that are committed."""
        done = self.run_rows("notify", str(count))
        return [int(number) for number in done.split()]

    def run_rows(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "drill.rows", *arguments],
            cwd=ROOT, env=self.environment(), stdout=subprocess.PIPE, text=True, check=True,
        )  # fmt: skip
        return done.stdout


@contextlib.contextmanager
def small_disk(megabytes: int) -> Iterator[Path | None]:
    """A disk of its own, of that size; None where this user may mount none."""
    folder = Path(tempfile.mkdtemp(prefix="portal-drill-disk-"))
    command = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m,mode=755", "tmpfs", str(folder)]
    if subprocess.run(command, check=False, capture_output=True).returncode:
        folder.rmdir()
        yield None
        return
    try:
        yield folder
    finally:
        subprocess.run(["umount", "--lazy", str(folder)], check=True)
        folder.rmdir()

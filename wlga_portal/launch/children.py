"""The portal's processes: started, watched, started again when they die, and never left behind."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

from . import ROOT, Fault

PR_SET_PDEATHSIG = 1
LOG_BYTES = 10 * 1024 * 1024
# A process that dies this often within this many seconds will not be better the next time.
TRIES, TRIES_SECONDS = 5, 60
PATIENCE = 0.02
libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent() -> None:
    """Ask the kernel for SIGTERM when the parent ends, however it ends."""
    libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def born(process: int) -> str:
    """The moment that a process started, in the kernel's ticks; empty when there is none. Numbers are used again."""
    with contextlib.suppress(OSError, IndexError):
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[19]
    return ""


@dataclass
class Child:
    """One process of our own in a group of its own, so that Ctrl-C reaches only the one who stops all in order."""

    name: str
    command: list[str]
    log: Path
    grace: float
    process: "subprocess.Popen[bytes] | None" = None
    deaths: list[float] = field(default_factory=list)

    def start(self) -> None:
        if self.log.exists() and self.log.stat().st_size > LOG_BYTES:
            self.log.replace(self.log.with_suffix(".log.1"))
        environment = {key: value for key, value in os.environ.items() if key != "PORTAL_AS_OWNER"}
        with self.log.open("ab") as handle:
            self.process = subprocess.Popen(
                self.command,
                cwd=ROOT, env=environment, process_group=0,
                preexec_fn=die_with_parent,  # safe: this process has one thread
                stdin=subprocess.DEVNULL, stdout=handle, stderr=subprocess.STDOUT,
            )  # fmt: skip

    def dead(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def revive(self) -> None:
        """Start it again; a Fault when that has helped too often."""
        now = time.monotonic()
        self.deaths = [moment for moment in self.deaths if now - moment < TRIES_SECONDS] + [now]
        if len(self.deaths) >= TRIES:
            raise Fault(f"The {self.name} keeps stopping; {self.log} says why.")
        self.start()

    def ask(self, number: int = signal.SIGTERM) -> None:
        if self.process and self.process.poll() is None:
            self.process.send_signal(number)

    def reap(self, patience: float) -> None:
        """Wait for its end; when that takes too long, end its whole group."""
        if self.process is None:
            return
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(patience)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


class Database:
    """The embedded PostgreSQL, held by a process that stops it when our pipe closes: by us or by our death."""

    COMMAND = ("-m", "wlga_portal.kernel.postgres", "hold")

    def __init__(self, log: Path) -> None:
        self.log = log
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        with self.log.open("wb") as errors:
            self.process = subprocess.Popen(
                [sys.executable, *self.COMMAND],
                cwd=ROOT, start_new_session=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors,
            )  # fmt: skip
        assert self.process.stdout  # noqa: S101  a pipe, two lines above
        if self.process.stdout.readline().strip() != b"ready":
            self.stop()
            said = self.log.read_text(errors="replace").strip().splitlines()
            plain = len(said) == 1  # a traceback has more
            raise Fault(said[0] if plain else f"PostgreSQL could not be started; {self.log} says why.")

    def dead(self) -> bool:
        return self.process is not None and self.process.poll() is not None

    def stop(self) -> None:
        if self.process and self.process.stdin:
            self.process.stdin.close()
            self.process.wait()
            if self.process.stdout:
                self.process.stdout.close()


def remember(children: list[Child], book: Path) -> None:
    """Write down who runs, for the next start after a kill of everything."""
    lines = [f"{child.process.pid} {born(child.process.pid)}" for child in children if child.process]
    book.write_text("\n".join(lines))


def end_leftovers(book: Path) -> None:
    """End what a killed run left behind: only processes whose number and moment of start are the written ones."""
    with contextlib.suppress(FileNotFoundError):
        for line in book.read_text().splitlines():
            number, _, moment = line.partition(" ")
            if moment and born(int(number)) == moment:
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(int(number), signal.SIGKILL)
                while born(int(number)) == moment and not is_zombie(int(number)):
                    time.sleep(PATIENCE)
        book.unlink()


def is_zombie(process: int) -> bool:
    with contextlib.suppress(OSError, IndexError):
        return Path(f"/proc/{process}/stat").read_text().rsplit(")", 1)[1].split()[0] == "Z"
    return True

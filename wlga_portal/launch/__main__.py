"""Starts the portal here and serves it until Ctrl-C or SIGTERM.

    python -m wlga_portal.launch [--with-parent]

`--with-parent` stops it also when the process that started it dies.
"""

import contextlib
import http.client
import os
import select
import signal
import sys
import time
from pathlib import Path
from typing import IO, Any

from . import ROOT, Fault, Stopped, checks, steps
from .children import Child, Database, die_with_parent, end_leftovers, remember

READY_SECONDS = 90
WATCH_SECONDS = 0.5
EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104  compared with, not listened on
WEB_GRACE = 15.0  # longer than gunicorn's own patience with requests under way
WORKER_GRACE = 30.0


class Supervisor:
    """The order of a start, the watch, and the order of a stop."""

    def __init__(self) -> None:
        self.stopping = False
        self.wake, self.waker = os.pipe()
        self.children: list[Child] = []
        self.database: Database | None = None
        self.var = Path()
        self.lock: IO[str] | None = None

    def signalled(self, *_: object) -> None:
        self.stopping = True

    def listen_to_signals(self) -> None:
        os.set_blocking(self.waker, False)
        signal.set_wakeup_fd(self.waker, warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.signalled)

    def pause(self, seconds: float) -> None:
        """Sleep, but wake for a signal."""
        if select.select([self.wake], [], [], seconds)[0]:
            os.read(self.wake, 64)

    def prepare(self) -> None:
        """Everything up to the point where the portal can be served."""
        settings = checks.settings()
        self.var, self.port, self.host = settings.VAR_DIR, checks.port(), settings.LISTEN
        checks.folder(self.var)
        self.lock = checks.only_one(self.var)
        end_leftovers(self.var / "run.processes")
        checks.port_free(self.host, self.port)
        self.near = "127.0.0.1" if self.host in EVERYWHERE else self.host
        self.shown = f"http://{f'[{self.near}]' if ':' in self.near else self.near}:{self.port}/"
        self.lock.write(f"process {os.getpid()}, {self.shown}")
        self.lock.flush()
        if os.environ.get("DATABASE_URL"):
            checks.database_answers("DATABASE_URL", settings.APP_DATABASE)
            checks.database_answers("DATABASE_OWNER_URL", settings.OWNER_DATABASE)
        else:
            self.database = Database(self.var / "log/database.log")
            self.database.start()
        for step in (steps.MESSAGES, steps.STATIC):
            self.ensure(step)
        app = settings.APP_DATABASE
        for step in (steps.MIGRATE, steps.LOAD, *((steps.DEMO, steps.PEOPLE) if settings.DEMO else ())):
            self.ensure(step, app)
        self.people = (self.var / "log/people.txt").read_text() if settings.DEMO else ""

    def ensure(self, step: steps.Step, database: dict[str, Any] | None = None) -> None:
        if self.stopping:
            raise Stopped
        steps.ensure(step, self.var, lambda: self.stopping, lambda: checks.mark(database) if database else "")

    def processes(self) -> list[Child]:
        """What serves: the web server and the worker; and the archive, where somebody said where backups go."""
        log = self.var / "log"
        web = [sys.executable, "-m", "gunicorn", "--config", "gunicorn.conf.py", "wlga_portal.wsgi:application"]
        serving = [
            Child("web server", web, log / "web.log", WEB_GRACE),
            Child("worker", [sys.executable, "manage.py", "work"], log / "worker.log", WORKER_GRACE),
        ]
        if os.environ.get("PORTAL_BACKUPS", "").strip():
            archive = [sys.executable, "manage.py", "archive"]
            serving.append(Child("archive", archive, log / "archive.log", WORKER_GRACE))
        return serving

    def serve(self) -> None:
        """Start the web server, say so once the portal answers, with the worker beside it."""
        web, *others = self.processes()
        self.begin(web)
        until = time.monotonic() + READY_SECONDS
        while not self.ready():
            if web.dead():
                said = steps.sentence_in(web.log.read_text(errors="replace"))
                raise Fault(f"The {web.name} could not be started: {said or f'{web.log} says why.'}")
            if time.monotonic() > until:
                raise Fault(f"The portal does not answer; {web.log} may say why.")
            self.pause(0.05)
            if self.stopping:
                raise Stopped
        for child in others:  # only now: both at once would keep people waiting longer
            self.begin(child)
        print(f"Portal ready at {self.shown}\n{self.people}Ctrl-C stops it.", flush=True)

    def begin(self, child: Child) -> None:
        child.start()
        self.children.append(child)
        remember(self.children, self.var / "run.processes")

    def ready(self) -> bool:
        connection = http.client.HTTPConnection(self.near, self.port, timeout=10)
        with contextlib.closing(connection), contextlib.suppress(OSError, http.client.HTTPException):
            connection.request("GET", "/readyz")
            return connection.getresponse().status == 200
        return False

    def watch(self) -> None:
        while not self.stopping:
            self.pause(WATCH_SECONDS)
            if self.database and self.database.dead() and not self.stopping:
                print(f"PostgreSQL stopped and is started again; see {self.database.log}.", file=sys.stderr)
                self.database.stop()
                self.database.start()
            for child in self.children:
                if child.dead() and not self.stopping:
                    print(f"The {child.name} stopped and is started again; see {child.log}.", file=sys.stderr)
                    child.revive()
                    remember(self.children, self.var / "run.processes")

    def stop(self) -> None:
        """Requests and jobs under way end first, then the database, so that nothing is lost."""
        self.stopping = True
        for child in self.children:
            child.ask()
        for child in self.children:
            child.reap(child.grace)
        if self.database:
            self.database.stop()
        if self.lock:
            (self.var / "run.processes").unlink(missing_ok=True)
            self.lock.close()


def main(arguments: list[str]) -> int:
    if arguments not in ([], ["--with-parent"]):
        print(__doc__)
        return 2
    os.chdir(ROOT)
    supervisor = Supervisor()
    supervisor.listen_to_signals()
    if arguments:
        die_with_parent()
    try:
        try:
            supervisor.prepare()
            supervisor.serve()
            supervisor.watch()
        finally:
            supervisor.stop()
    except Stopped:
        pass
    except Fault as fault:
        print(fault, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"The portal stopped: {error.strerror or error}: {error.filename or ROOT}.", file=sys.stderr)
        return 1
    print("Stopped.", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

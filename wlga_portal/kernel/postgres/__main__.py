"""The commands of the portal's own PostgreSQL; the package's text lists them."""

import hashlib
import os
import select
import shutil
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from . import Refusal, url
from . import __doc__ as usage
from .cluster import FORGETFUL, EmbeddedPostgres

MEMORY = Path("/dev/shm")  # noqa: S108  a folder of our own in it, looked at before it is used
ROOM = 4 * 2**30


def leave(_signal: int, _frame: FrameType | None) -> None:
    """End by the way that stops the server."""
    raise SystemExit(128 + signal.SIGTERM)


def hold(server: EmbeddedPostgres) -> None:
    """Keep the server running, started again if it dies, until the standard input ends."""
    for ignored in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(ignored, signal.SIG_IGN)
    with server.used():
        print("ready", flush=True)
        while not select.select([sys.stdin], [], [], 1)[0]:
            if not server.running():
                server.start()


def trial_folder(var: Path) -> Path:
    """Where the server of tests keeps its data: in memory where there is room (making a database, which is thousands of
    files, takes a tenth of a second there and seconds on a disk), or else in `<var>/trial`."""
    digest = hashlib.sha256(str(var.resolve()).encode()).hexdigest()[:12]
    folder = MEMORY / f"portal-trial-{os.getuid()}-{digest}"
    try:
        folder.mkdir(mode=0o755, exist_ok=True)
        found = folder.lstat()
        ours = stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
        if ours and shutil.disk_usage(folder).free > ROOM:
            return folder
        if ours and not any(folder.iterdir()):
            folder.rmdir()
    except OSError:
        pass  # no such folder, or not for us
    return var / "trial"


def main(arguments: list[str]) -> int:
    var = Path(os.environ.get("PORTAL_VAR") or Path(__file__).resolve().parents[3] / "var")
    try:
        server = EmbeddedPostgres(var)
        match arguments:
            case ["start"]:
                began = time.monotonic()
                server.start()
                (server.home / "shared").unlink(missing_ok=True)
                print(f"PostgreSQL runs ({time.monotonic() - began:.1f} s); its data is in {server.data}")
            case ["stop"]:
                server.stop()
            case ["status"]:
                print("running" if server.running() else "stopped")
                return 0 if server.running() else 3
            case ["url"]:
                print(url("portal_app", var))
            case ["hold"]:
                hold(server)
            case ["with" | "trial" as way, "--", *command] if command:
                signal.signal(signal.SIGTERM, leave)
                if os.environ.get("DATABASE_URL"):
                    return subprocess.run(command, check=False).returncode
                if way == "trial":
                    server = EmbeddedPostgres(trial_folder(var), FORGETFUL)
                    server.passing = server.var.parent == MEMORY
                    os.environ["DATABASE_URL"] = url("portal_app", server.var)
                    os.environ["DATABASE_OWNER_URL"] = url("portal_owner", server.var)
                with server.used():
                    return subprocess.run(command, check=False).returncode
            case _:
                print(usage)
                return 2
    except Refusal as refusal:
        print(refusal, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

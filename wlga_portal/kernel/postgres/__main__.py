"""The commands of the portal's own PostgreSQL; the package's text lists them."""

import os
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from . import Refusal, url
from . import __doc__ as usage
from .cluster import FORGETFUL, EmbeddedPostgres


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
                    server = EmbeddedPostgres(var / "trial", FORGETFUL)
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

"""A scanner for this machine: Debian's `clamd` with one signature of our own, where none can be fetched.

    python -m tools.clamd          serve until Ctrl-C, on the socket var/clamd/clamd.ctl

It knows the test file of EICAR and nothing else: for trying and for tests, never for people's files. A real portal asks
a `clamd` whose signatures `freshclam` keeps new (docs/configuration.md, PORTAL_CLAMD).
"""

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0  # seconds until it must listen
LONGEST_SOCKET = 100  # bytes of a socket's path; the system takes 107
# EICAR's test file, in two halves: a scanner must not find it in this file
EICAR = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*").encode()
CONFIGURATION = """\
LocalSocket {socket}
DatabaseDirectory {folder}
TemporaryDirectory {folder}
LogFile {folder}/clamd.log
LogFileMaxSize 0
Foreground yes
StreamMaxLength 30M
MaxScanSize 400M
MaxFileSize 100M
"""


def program() -> str:
    """Where clamd is. Raises FileNotFoundError with what to install."""
    found = shutil.which("clamd", path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")
    if found is None:
        raise FileNotFoundError("There is no clamd here. Install it: apt-get install clamav-daemon")
    return found


def prepare(folder: Path) -> tuple[Path, Path]:
    """The configuration and the socket in `folder`, with the one signature: the hash and the length of EICAR's file."""
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.md5(EICAR, usedforsecurity=False).hexdigest()
    (folder / "test.hdb").write_text(f"{digest}:{len(EICAR)}:Eicar-Test-Signature\n", encoding="utf-8")
    socket = folder / "clamd.ctl"
    if len(str(socket).encode()) > LONGEST_SOCKET:
        socket = Path(tempfile.mkdtemp(prefix="clamd-")) / "clamd.ctl"
    settings = folder / "clamd.conf"
    settings.write_text(CONFIGURATION.format(socket=socket, folder=folder.resolve()), encoding="utf-8")
    return settings, socket


@contextlib.contextmanager
def running(folder: Path) -> Iterator[Path]:
    """clamd while the block runs; gives its socket. Raises RuntimeError with its log when it does not start."""
    settings, socket = prepare(folder)
    socket.unlink(missing_ok=True)
    log = folder / "start.log"
    with log.open("wb") as output:
        process = subprocess.Popen([program(), "--config-file", str(settings)], stdout=output, stderr=output)
    try:
        until = time.monotonic() + PATIENCE
        while not socket.exists():
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(f"clamd did not start:\n{log.read_text(encoding='utf-8', errors='replace')[-2000:]}")
            time.sleep(0.1)
        yield socket
    finally:
        process.terminate()
        process.wait(30)
        socket.unlink(missing_ok=True)


def main() -> int:
    folder = Path(os.environ.get("PORTAL_VAR", ROOT / "var")) / "clamd"
    try:
        with running(folder) as socket:
            print(
                f"clamd listens, with the test signature alone. Start the portal with PORTAL_CLAMD={socket}", flush=True
            )
            while socket.exists():
                time.sleep(1)
    except KeyboardInterrupt:
        return 0
    except (FileNotFoundError, RuntimeError) as fault:
        print(fault, file=sys.stderr)
        return 1
    print("clamd has ended.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())

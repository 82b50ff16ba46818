"""Makes `.venv` and installs the pinned, hashed wheels into it; does nothing when that is done.

    python3 tools/install.py run|dev

Needs the standard library only: it runs before anything is installed. What was half made by a killed run is made anew.
Every fault is one sentence on the standard error; the details are in var/log/install.log.
"""

import errno
import fcntl
import hashlib
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

MEGABYTE = 1024 * 1024
# Measured: 0.52 GB to run and 1.1 GB to test; pip unpacks beside, and the database needs some too.
ROOM_NEEDED = {"run": 900 * MEGABYTE, "dev": 1800 * MEGABYTE}
# What the end of pip's output says when the machine is at fault, and what to tell its owner.
PIP_FAULTS = (
    (("No space left on device", "Disk quota exceeded"), "The disk is full: make room and try again."),
    (("DO NOT MATCH THE HASHES",), "A package is not the one that {lock} names, so it was not installed."),
    (
        ("Could not find a version", "No matching distribution"),
        "A package that {lock} names was not found for this machine: is the package index reachable, "
        "and is this Linux on x86-64 or ARM64?",
    ),
    (("Read-only file system", "Permission denied"), "The folder .venv cannot be written."),
)


locks: list[int] = []  # what a command that we start keeps open


class Fault(Exception):
    """A sentence for the person at the keyboard."""


def digest(root: Path, kind: str) -> str:
    """What the environment is made from: the lock file and the Python."""
    return hashlib.sha256((root / f"requirements/{kind}.lock").read_bytes() + sys.version.encode()).hexdigest()


def sound(venv: Path) -> bool:
    """Whether the environment is whole: its Python starts, has pip, and no installation in it was cut short."""
    if (venv / "installing").exists():
        return False
    try:
        done = subprocess.run([str(venv / "bin/python"), "-m", "pip", "--version"], capture_output=True, check=False)
    except OSError:
        return False
    return done.returncode == 0


def call(command: list[str], log: Path, root: Path) -> str:
    """Run a command with its output in the log; the output if it failed, an empty text if it did not.

    It keeps our lock as long as it lives, so that after a kill of this process nobody works beside it.
    """
    with log.open("a+") as handle:
        handle.write(f"$ {' '.join(command)}\n")
        handle.flush()
        began = handle.tell()
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, stdout=handle, stderr=subprocess.STDOUT, cwd=root, check=False,
            pass_fds=locks,
        )  # fmt: skip
        if done.returncode == 0:
            return ""
        handle.seek(began)
        return handle.read() or "it said nothing"


def make_venv(root: Path, log: Path) -> None:
    """A new `.venv`, in the place of whatever was there."""
    venv = root / ".venv"
    if venv.is_symlink():
        venv.unlink()
    shutil.rmtree(venv, ignore_errors=True)
    said = call([sys.executable, "-m", "venv", ".venv"], log, root)
    if said:
        shutil.rmtree(venv, ignore_errors=True)
        if "ensurepip" in said:
            raise Fault("This Python cannot make a virtual environment: install the package python3-venv.")
        if "No space left" in said:
            raise Fault("The disk is full: make room and try again.")
        raise Fault("The virtual environment .venv could not be made; var/log/install.log says why.")


def install(root: Path, kind: str) -> None:
    """Bring `.venv` to what `requirements/<kind>.lock` names."""
    venv, log, lock = root / ".venv", root / "var/log/install.log", f"requirements/{kind}.lock"
    wanted = digest(root, kind)
    stamps = {name: venv / f"installed-{name}" for name in ("run", "dev")}
    if stamps[kind].exists() and stamps[kind].read_text() == wanted and (venv / "bin/python").exists():
        return
    made_now = not sound(venv)
    if made_now:
        free = shutil.disk_usage(root).free
        if free < ROOM_NEEDED[kind]:
            raise Fault(
                f"The disk is too full: the portal needs {ROOM_NEEDED[kind] // MEGABYTE} MB here and "
                f"{free // MEGABYTE} MB are free."
            )
        print("Making .venv …", flush=True)
        make_venv(root, log)
    print(f"Installing what {lock} names …", flush=True)
    (venv / "installing").touch()
    for stamp in stamps.values():
        stamp.unlink(missing_ok=True)
    said = call(
        [".venv/bin/python", "-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check",
         "--require-hashes", "--only-binary", ":all:", "--requirement", lock],
        log, root,
    )  # fmt: skip
    if said:
        if made_now:
            shutil.rmtree(venv, ignore_errors=True)
        else:  # pip put back what it had taken out
            (venv / "installing").unlink(missing_ok=True)
        for words, sentence in PIP_FAULTS:
            if any(word in said for word in words):
                raise Fault(sentence.format(lock=lock))
        raise Fault("The packages could not be installed; var/log/install.log says why.")
    # dev.lock holds every pin of run.lock (tests/launch checks it), so what can test can run.
    for name in ("run", "dev") if kind == "dev" else ("run",):
        stamps[name].write_text(digest(root, name))
    (venv / "installing").unlink()


def main(arguments: list[str]) -> int:
    root = Path(__file__).resolve().parent.parent
    if arguments not in (["run"], ["dev"]):
        print(__doc__)
        return 2
    try:
        (root / "var/log").mkdir(parents=True, exist_ok=True)
        with (root / "var/install.lock").open("w") as handle:
            fcntl.flock(handle, fcntl.LOCK_EX)
            locks[:] = [handle.fileno()]
            signal.signal(signal.SIGTERM, signal.default_int_handler)  # as Ctrl-C: what we started ends with us
            install(root, arguments[0])
    except Fault as fault:
        print(fault, file=sys.stderr)
        return 1
    except OSError as error:
        if isinstance(error, (PermissionError, FileNotFoundError)) or error.errno == errno.EROFS:
            print(f"The folder {root} cannot be written: the portal keeps .venv and var in it.", file=sys.stderr)
        else:
            print(f"The portal could not be installed: {os.strerror(error.errno or 0)}.", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Stopped.", file=sys.stderr)
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

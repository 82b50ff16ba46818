"""What must be done before the portal serves, each step once: it is done again when what it is made from changed.

    python -m wlga_portal.launch.steps messages|static …

A step's stamp (`<var>/stamps/<step>`) holds the hash of all that it is made from; it is written once the step has
ended well.
"""

import functools
import hashlib
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from . import ROOT, Fault, Stopped
from .children import die_with_parent

APPS = ("wlga_portal", "organisations", "accounts", "projects", "training", "fund", "board", "programme")
DATA = {".py", ".csv", ".yaml", ".yml", ".json", ".sql"}
PATIENCE = 0.02


def catalogues() -> list[Path]:
    return sorted(path for top in (*APPS, "locale") for path in (ROOT / top).rglob("django.po"))


def code() -> list[Path]:
    """All that a row in the database may come from."""
    files = (path for app in APPS for path in (ROOT / app).rglob("*") if path.suffix in DATA)
    return [ROOT / "requirements/run.lock", *sorted(files)]


def static_files() -> list[Path]:
    files = (path for path in (ROOT / "static").rglob("*") if path.is_file())
    return [ROOT / "requirements/run.lock", ROOT / "wlga_portal/settings.py", *sorted(files)]


@dataclass(frozen=True)
class Step:
    """One command of Python, what it is made from and what it makes."""

    name: str
    says: str
    command: tuple[str, ...]
    sources: Callable[[], Iterable[Path]]
    makes: Callable[[Path], Iterable[Path]] = lambda var: ()
    environment: dict[str, str] = field(default_factory=dict)
    shows: bool = False  # what it prints is kept by itself in <var>/log/<name>.txt, to be shown at each start


MESSAGES = Step(
    "messages",
    "Compiling the Welsh texts",
    ("-m", "tools.compile_messages"),
    catalogues,
    makes=lambda var: [path.with_suffix(".mo") for path in catalogues()],
)
STATIC = Step(
    "static",
    "Collecting static files",
    ("manage.py", "collectstatic", "--no-input", "--clear", "--verbosity=0"),
    static_files,
    makes=lambda var: [var / "static/staticfiles.json"],
)
MIGRATE = Step(
    "migrate",
    "Bringing the database up to date",
    ("manage.py", "migrate", "--no-input", "--verbosity=1"),
    code,
    environment={"PORTAL_AS_OWNER": "1"},
)
LOAD = Step("load", "Loading the programme", ("manage.py", "load_programme"), code)
DEMO = Step("demo", "Loading the demonstration", ("manage.py", "load_demo"), code)
PEOPLE = Step(
    "people",
    "Listing the demonstration people",
    ("manage.py", "demo_people"),
    code,
    makes=lambda var: [var / "log/people.txt"],
    shows=True,
)
BY_NAME = {step.name: step for step in (MESSAGES, STATIC)}


@functools.cache
def digest(sources: Callable[[], Iterable[Path]]) -> str:
    """The hash of all the files that a step is made from, as they are when first asked."""
    total = hashlib.sha256()
    for path in sources():
        total.update(f"{path.relative_to(ROOT)}\n".encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def done(step: Step, var: Path, wanted: str) -> bool:
    stamp = var / "stamps" / step.name
    return stamp.exists() and stamp.read_text() == wanted and all(path.exists() for path in step.makes(var))


def sentence_in(output: str) -> str:
    """The sentence that a failed command's output holds for a person, if one of the known ones."""
    for line in reversed(output.splitlines()):
        kind, _, rest = line.partition(": ")
        if kind.endswith("ImproperlyConfigured") or kind == "CommandError":
            return rest
    if os.strerror(28) in output:
        return "The disk is full: make room and try again."
    if "OperationalError" in output:
        return "The database stopped answering."
    return ""


def execute(step: Step, var: Path, stopping: Callable[[], bool]) -> None:
    """Run a step's command with its output in a log of its own; a Fault when it fails."""
    log = var / "log" / f"{step.name}.log"
    environment = {key: value for key, value in os.environ.items() if key != "PORTAL_AS_OWNER"}
    shown = log.with_suffix(".txt") if step.shows else log
    with log.open("w") as handle, shown.open("a" if shown == log else "w") as output:
        process = subprocess.Popen(
            [sys.executable, *step.command],
            cwd=ROOT, env={**environment, **step.environment}, start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=output, stderr=handle,
            preexec_fn=die_with_parent,  # safe: this process has one thread
        )  # fmt: skip
        while process.poll() is None:
            if stopping():
                process.terminate()
                process.wait()
                raise Stopped
            time.sleep(PATIENCE)
    if process.returncode:
        said = sentence_in(log.read_text(errors="replace"))
        raise Fault(f"{step.says} failed: {said or f'{log} says why.'}")


def ensure(step: Step, var: Path, stopping: Callable[[], bool] = lambda: False, mark: Callable[[], str] = str) -> bool:
    """Do the step unless it is done; whether it had to be.

    `mark` tells one database from another. It is read again after the step, because a migration changes it.
    """
    files = f"{digest(step.sources)} {step.command}"
    if done(step, var, f"{files} {mark()}"):
        return False
    stamp = var / "stamps" / step.name
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.unlink(missing_ok=True)
    print(f"{step.says} …", flush=True)
    execute(step, var, stopping)
    fresh = stamp.with_suffix(".new")
    fresh.write_text(f"{files} {mark()}")
    fresh.replace(stamp)
    return True


def main(names: list[str]) -> int:
    if not names or not set(names) <= set(BY_NAME):
        print(__doc__)
        return 2
    var = Path(os.environ.get("PORTAL_VAR") or ROOT / "var")
    try:
        (var / "log").mkdir(parents=True, exist_ok=True)
        for name in names:
            ensure(BY_NAME[name], var)
    except Fault as fault:
        print(fault, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"{error.strerror}: {error.filename}.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

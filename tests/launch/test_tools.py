"""The checks fail when they should, and the project's own files agree with each other."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from types import SimpleNamespace

import pytest

from tools import browser, check, journeys, migration_lint, no_skips
from tools.catalogues import ROOT
from wlga_portal import VERSION
from wlga_portal.kernel.postgres.cluster import EmbeddedPostgres


def pins(name: str) -> dict[str, str]:
    text = (ROOT / f"requirements/{name}.lock").read_text()
    return dict(re.findall(r"^([a-z0-9-]+)(?:\[[a-z,]+\])?==(\S+)", text, re.MULTILINE))


def test_what_runs_is_pinned_the_same_for_tests() -> None:
    assert pins("run").items() <= pins("dev").items()
    assert len(pins("run")) > 20


@pytest.mark.parametrize("name", ["run", "dev"])
def test_every_pin_has_a_hash_and_no_lock_names_a_host(name: str) -> None:
    text = (ROOT / f"requirements/{name}.lock").read_text()
    assert len(re.findall(r"== ?\S+ \\\n +--hash=sha256:", text)) == len(pins(name))
    assert "://" not in text


def test_the_version_is_the_same_everywhere() -> None:
    with (ROOT / "pyproject.toml").open("rb") as handle:
        assert tomllib.load(handle)["project"]["version"] == VERSION
    assert f"## {VERSION}" in (ROOT / "CHANGELOG.md").read_text()


def test_every_variable_is_in_the_documentation() -> None:
    rows = re.findall(r"^\| (`.*?`) \|", (ROOT / "docs/configuration.md").read_text(), re.MULTILINE)
    documented = set(re.findall(r"`([A-Z_]+)`", " ".join(rows)))
    used: set[str] = set()
    ours = [path for folder in ("wlga_portal", "accounts") for path in (ROOT / folder).rglob("*.py")]
    for path in (ROOT / "gunicorn.conf.py", *ours):
        pattern = r"""(?:env\.\w+\(|os\.environ\.get\(|SECRET =)\s*"([A-Z_]+)\""""
        used |= set(re.findall(pattern, path.read_text("utf-8")))
    composed = set(re.findall(r"^    ([A-Z_]+): ", (ROOT / "compose.yaml").read_text(), re.MULTILINE))
    assert (used | composed) - documented - {"PATH", "XDG_RUNTIME_DIR"} == set()
    assert documented - used == set()


def test_only_the_preparation_knows_the_owners_password() -> None:
    services = (ROOT / "compose.yaml").read_text()
    assert services.count("DATABASE_OWNER_URL") == 1
    assert services.index("prepare:") < services.index("DATABASE_OWNER_URL") < services.index("  web:")


def test_the_roles_of_the_deployment_can_be_made(open_folder: Path) -> None:
    server = EmbeddedPostgres(open_folder / "var")
    server.start()
    try:
        sockets = (server.home / "socket").read_text()
        superuser = f"host={sockets} port=5432 user=postgres"
        script = (ROOT / "tools/deploy/roles.sh").read_text().replace("CREATE ROLE portal_", "CREATE ROLE deployed_")
        script = script.replace("OWNER portal_owner", "OWNER deployed_owner").replace(
            "DATABASE portal ", "DATABASE deployed "
        )
        environment = {
            **os.environ, "PATH": f"{server.tool('psql').parent}:{os.environ['PATH']}", "PGHOST": sockets,
            "POSTGRES_USER": "postgres", "PORTAL_OWNER_PASSWORD": "it's", "PORTAL_APP_PASSWORD": "b",
            "PORTAL_BACKUP_PASSWORD": "c", "PGDATA": str(server.data),
        }  # fmt: skip
        subprocess.run(["/bin/sh", "-c", script], env=environment, check=True, capture_output=True)
        sql = "SELECT pg_get_userbyid(datdba) FROM pg_database WHERE datname = 'deployed'"
        done = subprocess.run([server.tool("psql"), superuser, "-Atc", sql], text=True, capture_output=True, check=True)
        assert done.stdout == "deployed_owner\n"
        sql = "SELECT rolname FROM pg_roles WHERE rolreplication AND rolname LIKE 'deployed%'"
        done = subprocess.run([server.tool("psql"), superuser, "-Atc", sql], text=True, capture_output=True, check=True)
        assert done.stdout == "deployed_backup\n"
        lines = (server.data / "pg_hba.conf").read_text().splitlines()
        assert lines[-1] == "host replication portal_backup all scram-sha-256"
    finally:
        server.stop()


# --- make check -------------------------------------------------------------------------------------
def test_every_check_runs_and_one_that_fails_fails_all(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answers = {"a": lambda: (True, "fine"), "b": lambda: (False, "bad"), "c": lambda: (True, "")}
    monkeypatch.setattr(check, "CHECKS", answers)
    assert check.main([]) == 1
    out = capsys.readouterr().out
    assert re.findall(r"^(\w) +(good|FAILED)", out, re.MULTILINE) == [("a", "good"), ("b", "FAILED"), ("c", "good")]
    assert "bad" in out
    assert "fine" not in out
    assert out.endswith("Checks that failed: b.\n")
    assert check.main(["a", "c"]) == 0
    assert check.main(["nonsense"]) == 2


def test_a_command_is_good_when_it_ends_well() -> None:
    assert check.run("/bin/sh", "-c", "echo $MARK", environment={"MARK": "here"}) == (True, "here\n")
    assert check.python("-c", "print('oh'); raise SystemExit(1)") == (False, "oh\n")


def test_all_checks_of_the_issue_are_there(monkeypatch: pytest.MonkeyPatch) -> None:
    commands: list[str] = []

    def run(*command: str, environment: object = None) -> check.Result:
        commands.append(" ".join(command))
        return True, ""

    monkeypatch.setattr(check, "run", run)
    monkeypatch.setattr(migration_lint, "later_migrations", lambda: iter(()))
    monkeypatch.setitem(check.CHECKS, "migration-lint", migration_lint.lint)
    assert check.main([]) == 0
    text = "\n".join(commands)
    for words in ("ruff check", "ruff format --check", "djade", "mypy", "lint_imports", "makemigrations --check",
                  "check --deploy --fail-level WARNING", "tools.messages --check"):  # fmt: skip
        assert words in text


def test_an_unformatted_template_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check, "ROOT", tmp_path)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates/a.html").write_text("{% load static %}\n")
    assert check.templates()[0] is True
    (tmp_path / "templates/a.html").write_text("{%load static%}\n")
    assert check.templates()[0] is False


def test_an_import_against_the_way_fails(tmp_path: Path) -> None:
    for name in ("wlga_portal", "organisations", "accounts", "projects", "training", "fund", "board", "programme"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").touch()
    for name in ("kernel", "launch"):
        (tmp_path / "wlga_portal" / name).mkdir()
        (tmp_path / "wlga_portal" / name / "__init__.py").touch()
    for name in ("urls", "settings", "wsgi"):
        (tmp_path / f"wlga_portal/{name}.py").touch()
    (tmp_path / "pyproject.toml").write_text((ROOT / "pyproject.toml").read_text())
    code = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    command = [sys.executable, "-c", code, "--no-cache"]
    assert subprocess.run(command, cwd=tmp_path, check=False, capture_output=True).returncode == 0
    (tmp_path / "organisations/__init__.py").write_text("import fund\n")
    assert subprocess.run(command, cwd=tmp_path, check=False, capture_output=True).returncode == 1


# --- Migrations -------------------------------------------------------------------------------------
def test_a_migration_that_would_lock_a_used_table_fails() -> None:
    good, said = migration_lint.squawk('ALTER TABLE "fund_bid" ADD COLUMN "note" text NULL;', "a.sql")
    assert good, said
    for sql in (
        'CREATE INDEX "i" ON "fund_bid" ("note");',
        'ALTER TABLE "fund_bid" ADD CONSTRAINT "c" CHECK ("a" > 0);',
        'ALTER TABLE "fund_bid" ALTER COLUMN "a" TYPE bigint;',
        'ALTER TABLE "fund_bid" RENAME COLUMN "a" TO "b";',
    ):
        good, said = migration_lint.squawk(sql, "b.sql")
        assert not good, sql


def test_what_was_made_before_the_first_release_is_not_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(migration_lint, "ROOT", tmp_path)
    monkeypatch.setattr(migration_lint, "APPS", {"fund": "fund", "board": "board", "accounts": "accounts"})
    monkeypatch.setattr(migration_lint, "BEFORE_RELEASE", {"accounts": 2})
    (tmp_path / "fund/migrations").mkdir(parents=True)
    for name in ("0001_initial", "0002_notes", "0003_more"):
        (tmp_path / f"fund/migrations/{name}.py").write_text("initial = True" if name == "0001_initial" else "")
    (tmp_path / "accounts/migrations").mkdir(parents=True)
    (tmp_path / "accounts/migrations/0002_codes.py").touch()
    assert list(migration_lint.later_migrations()) == [("fund", "0002_notes"), ("fund", "0003_more")]


def test_what_the_linter_finds_is_shown_with_the_migrations_name(monkeypatch: pytest.MonkeyPatch) -> None:
    names = ["0002", "0003", "0004"]
    monkeypatch.setattr(migration_lint, "later_migrations", lambda: iter([("fund", name) for name in names]))
    found = [(True, "SELECT 1;"), (True, 'CREATE INDEX "i" ON "t" ("a");'), (False, "no such")]
    answers = dict(zip(names, found, strict=True))
    monkeypatch.setattr(migration_lint, "sql_of", lambda app, name: answers[name])
    good, said = migration_lint.lint()
    assert not good
    assert "fund.0002" not in said
    assert "fund.0003" in said
    assert "fund.0004\nno such" in said


def test_a_migration_that_is_not_there_is_no_sql() -> None:
    good, said = migration_lint.sql_of("fund", "9999_none")
    assert not good
    assert "9999_none" in said


# --- Skips and the browser --------------------------------------------------------------------------
def test_a_skip_fails_the_run(tmp_path: Path) -> None:
    (tmp_path / "test_it.py").write_text(
        "import pytest\ndef test_good(): pass\n@pytest.mark.xfail\ndef test_known(): assert 0\n"
    )
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tools.no_skips", "-p", "no:django"]
    command += ["--rootdir", str(tmp_path), "-c", "/dev/null", str(tmp_path)]
    environment = {key: value for key, value in os.environ.items() if not key.startswith(("PYTEST", "COV", "DJANGO"))}
    done = subprocess.run(command, cwd=ROOT, env=environment, text=True, capture_output=True, check=False)
    assert done.returncode == 0, done.stdout
    (tmp_path / "test_that.py").write_text("import pytest\n@pytest.mark.skip\ndef test_skipped(): pass\n")
    (tmp_path / "test_module.py").write_text("import pytest\npytest.importorskip('no_such_thing')\n")
    done = subprocess.run(command, cwd=ROOT, env=environment, text=True, capture_output=True, check=False)
    assert done.returncode == 1
    assert "test_that.py::test_skipped" in done.stdout
    assert "test_module.py" in done.stdout


@pytest.mark.parametrize(
    ("names", "codes", "ended"),
    [
        ([], [0], 0),
        (["a[cy]", "b"], [1, 0], 0),  # walked once more by themselves
        (["a[cy]", "b"], [1, 1], 1),  # what fails twice fails the run
        ([], [1], 1),  # a skip: nothing to walk again
        (["a"], [3], 3),  # pytest's own fault
        (["a", "b", "c", "d", "e", "f"], [1], 1),  # too many for an accident
    ],
)
def test_a_journey_that_fails_is_walked_once_more_and_what_fails_twice_fails_the_run(
    names: list[str],
    codes: list[int],
    ended: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    calls: list[tuple[str, ...]] = []
    monkeypatch.setattr(journeys, "FAILED", tmp_path / "log/failed.txt")

    def run(command: list[str], **_options: object) -> SimpleNamespace:
        calls.append(tuple(command[command.index("journey") + 1 :]))
        failed = [SimpleNamespace(nodeid=name) for name in names]
        journeys.pytest_terminal_summary(SimpleNamespace(stats={"failed": failed, "error": failed[:1]}))
        return SimpleNamespace(returncode=codes[len(calls) - 1])

    monkeypatch.setattr(journeys.subprocess, "run", run)
    assert journeys.main() == ended
    assert calls == [journeys.EVERY, tuple(names)][: len(codes)]
    assert ("to be mended" in capsys.readouterr().out) == (codes == [1, 0])


def test_a_skip_among_the_journeys_leaves_nothing_to_walk_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(journeys, "FAILED", tmp_path / "failed.txt")
    one = SimpleNamespace(nodeid="a")
    journeys.pytest_terminal_summary(SimpleNamespace(stats={"failed": [one], "skipped": [one]}))
    assert journeys.FAILED.read_text() == ""


def test_the_plugin_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(no_skips, "skipped", [])
    passed = pytest.TestReport("a", ("a", 1, "a"), {}, "passed", None, "call")
    skipped = pytest.TestReport("b", ("b", 1, "b"), {}, "skipped", None, "call")
    module = pytest.CollectReport("c", "skipped", None, None)
    session = type("Session", (), {"exitstatus": pytest.ExitCode.OK})()
    no_skips.pytest_runtest_logreport(passed)
    no_skips.pytest_sessionfinish(session)
    assert session.exitstatus == pytest.ExitCode.OK
    no_skips.pytest_runtest_logreport(skipped)
    no_skips.pytest_collectreport(module)
    no_skips.pytest_sessionfinish(session)
    assert session.exitstatus == pytest.ExitCode.TESTS_FAILED
    lines: list[str] = []
    reporter = SimpleNamespace(section=lines.append, line=lines.append)
    no_skips.pytest_terminal_summary(reporter)
    assert lines == ["Skipped tests count as failed here", "b", "c"]
    no_skips.skipped.clear()
    no_skips.pytest_terminal_summary(reporter)
    assert len(lines) == 3


def test_what_the_journeys_lack_is_said(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(browser, "CHROMIUM", Path("/nowhere/chromium"))
    monkeypatch.setattr(browser.shutil, "which", lambda _name: None)
    assert browser.main() == 1
    error = capsys.readouterr().err
    assert "apt-get install chromium" in error
    assert "default-jre-headless" in error
    assert "npm" in error


def test_the_audits_are_installed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(browser, "AUDIT", tmp_path)
    monkeypatch.setattr(browser, "ROOT", tmp_path)
    monkeypatch.setattr(browser, "AXE", tmp_path / "node_modules/axe.js")
    monkeypatch.setattr(browser, "NU", tmp_path / "node_modules/vnu.jar")
    monkeypatch.setattr(browser, "missing", list)
    (tmp_path / "package-lock.json").write_text("{}")
    runs: list[int] = []

    def npm(*_: object, **__: object) -> subprocess.CompletedProcess[str]:
        runs.append(1)
        (tmp_path / "node_modules").mkdir(exist_ok=True)
        if len(runs) > 1:
            (tmp_path / "node_modules/axe.js").touch()
            (tmp_path / "node_modules/vnu.jar").touch()
        return subprocess.CompletedProcess([], 0)

    monkeypatch.setattr(browser.subprocess, "run", npm)
    assert browser.main() == 1
    assert browser.main() == 0
    assert browser.main() == 0
    assert len(runs) == 2

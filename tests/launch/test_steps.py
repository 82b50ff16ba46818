"""Each step of a start is done once, again when what it is made from changed, and never counted when it failed."""

from pathlib import Path

import pytest

from wlga_portal.launch import Fault, Stopped, steps
from wlga_portal.launch.steps import Step


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(steps, "ROOT", tmp_path)
    (tmp_path / "var/log").mkdir(parents=True)
    (tmp_path / "source").write_text("one")
    (tmp_path / "do.py").write_text("from pathlib import Path; Path('made').open('a').write('x'); print('said')")
    return tmp_path


def step(root: Path, code: str = "", **changes: object) -> Step:
    if code:
        (root / "do.py").write_text(code)
    given = {"name": "step", "says": "Doing it", "command": ("do.py",), "sources": lambda: [root / "source"], **changes}
    return Step(**given)  # type: ignore[arg-type]  # a handful of fields


def test_a_step_is_done_once_and_again_when_its_source_changed(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    it, var = step(root), root / "var"
    assert steps.ensure(it, var) is True
    assert steps.ensure(it, var) is False
    (root / "source").write_text("two")
    steps.digest.cache_clear()  # as at the next start
    assert steps.ensure(it, var) is True
    assert (root / "made").read_text() == "xx"
    assert capsys.readouterr().out == "Doing it …\nDoing it …\n"


def test_a_step_is_done_again_when_what_it_made_is_gone(root: Path) -> None:
    it, var = step(root, makes=lambda var: [root / "made"]), root / "var"
    steps.ensure(it, var)
    (root / "made").unlink()
    assert steps.ensure(it, var) is True


def test_a_step_is_done_again_for_another_database_and_the_mark_is_read_after_it(root: Path) -> None:
    marks = iter(["", "b", "b", "c", "c"])
    it, var = step(root), root / "var"
    assert steps.ensure(it, var, mark=lambda: next(marks)) is True
    assert steps.ensure(it, var, mark=lambda: next(marks)) is False
    assert steps.ensure(it, var, mark=lambda: next(marks)) is True


def test_a_failed_step_leaves_no_stamp_and_says_where_to_read_why(root: Path) -> None:
    var = root / "var"
    steps.ensure(step(root), var)
    with pytest.raises(Fault, match=r"^Doing it failed: .*var/log/step\.log says why\.$"):
        steps.ensure(step(root, "raise SystemExit(1)", command=("do.py", "now")), var)
    assert not (var / "stamps/step").exists()


def test_what_a_step_shows_is_kept_apart_from_its_log(root: Path) -> None:
    steps.ensure(step(root, "import sys; print('people'); print('warning', file=sys.stderr)", shows=True), root / "var")
    assert (root / "var/log/step.txt").read_text() == "people\n"
    assert (root / "var/log/step.log").read_text() == "warning\n"


def test_a_step_gets_its_environment_and_never_the_owners(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORTAL_AS_OWNER", "1")
    code = "import os; print(os.environ.get('PORTAL_AS_OWNER'))"
    steps.ensure(step(root, code), root / "var")
    assert (root / "var/log/step.log").read_text() == "None\n"
    steps.ensure(step(root, name="owner", environment={"PORTAL_AS_OWNER": "1"}), root / "var")
    assert (root / "var/log/owner.log").read_text() == "1\n"


def test_a_stop_ends_a_step_under_way(root: Path) -> None:
    with pytest.raises(Stopped):
        steps.ensure(step(root, "import time; time.sleep(60)"), root / "var", lambda: True)
    assert not (root / "var/stamps/step").exists()


@pytest.mark.parametrize(
    ("output", "sentence"),
    [
        ("Traceback\ndjango.core.exceptions.ImproperlyConfigured: Set SECRET_KEY.\n", "Set SECRET_KEY."),
        ("CommandError: There is no such round.", "There is no such round."),
        ("psycopg.errors.DiskFull: could not extend file: No space left on device\n", "The disk is full"),
        ("django.db.utils.OperationalError: connection is bad", "The database stopped answering."),
        ("KeyError: 'x'", ""),
    ],
)
def test_the_sentence_in_an_output(output: str, sentence: str) -> None:
    assert steps.sentence_in(output).startswith(sentence)
    assert bool(steps.sentence_in(output)) == bool(sentence)


def test_the_portals_own_steps_know_what_they_are_made_from() -> None:
    names = {path.relative_to(steps.ROOT).as_posix() for path in steps.code()}
    assert {"requirements/run.lock", "wlga_portal/settings.py", "wlga_portal/kernel/models.py"} <= names
    assert not [name for name in names if name.startswith("tests")]
    assert all(path.suffix == ".mo" for path in steps.MESSAGES.makes(Path()))
    assert steps.catalogues()
    assert steps.static_files()
    assert [path.name for path in steps.STATIC.makes(Path())] == ["staticfiles.json"]
    assert [path.name for path in steps.PEOPLE.makes(Path())] == ["people.txt"]
    assert list(steps.LOAD.makes(Path())) == []


def test_command_line(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("PORTAL_VAR", str(root / "var"))
    monkeypatch.setattr(steps, "BY_NAME", {"step": step(root)})
    assert steps.main(["step"]) == 0
    assert steps.main(["nonsense"]) == 2
    assert steps.main([]) == 2
    (root / "source").write_text("two")
    steps.digest.cache_clear()  # as at the next start
    (root / "do.py").write_text("import sys; sys.exit(1)")
    assert steps.main(["step"]) == 1
    monkeypatch.setenv("PORTAL_VAR", str(root / "source/var"))
    assert steps.main(["step"]) == 1
    assert capsys.readouterr().err.splitlines()[-1].startswith("Not a directory: ")

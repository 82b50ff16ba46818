"""The drill: its table says what held, and its short form holds."""

import subprocess
import sys

import pytest

from drill import __main__ as drill
from drill.steps import Result
from tools.catalogues import ROOT


def one(held: bool) -> Result:
    return Result("a thing broken", held, "0 of 3 writes", "2 of 9 requests failed")


def test_what_was_tried_held_and_lost_stands_in_a_table(monkeypatch, capsys):
    monkeypatch.setattr(drill, "steps", lambda: {"first": lambda _short: iter([one(True)]), "second": fails})
    found, held = drill.run([], short=True)
    assert held is False
    lines = drill.page(found).splitlines()
    assert "| a thing broken | yes | 0 of 3 writes | 2 of 9 requests failed |" in lines
    assert "| step second | **no** | not known | TimeoutError: the queue |" in lines
    assert "NOT HELD  step second" in capsys.readouterr().out


def fails(_short):
    yield from ()
    raise TimeoutError("the queue")


def test_one_step_alone_leaves_the_others_as_they_were(monkeypatch, tmp_path):
    monkeypatch.setattr(drill, "ROOT", tmp_path)
    monkeypatch.setattr(drill, "RESULTS", tmp_path / "results.json")
    monkeypatch.setattr(drill, "PAGE", tmp_path / "drill.md")
    for held in (True, False):
        both = {"first": lambda _short, held=held: iter([one(held)]), "second": lambda _short: iter([one(True)])}
        monkeypatch.setattr(drill, "steps", lambda both=both: both)
        assert drill.main([] if held else ["first"]) == (0 if held else 1)
    table = (tmp_path / "drill.md").read_text()
    assert (table.count("| yes |"), table.count("| **no** |")) == (1, 1)
    assert drill.main(["nothing"]) == 2


@pytest.mark.deep(minutes=3)
def test_a_worker_killed_and_a_database_restarted_lose_nothing():
    done = subprocess.run(
        [sys.executable, "-m", "drill", "--short", "worker", "database"],
        cwd=ROOT, text=True, check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout
    assert done.stdout.count("held ") >= 2

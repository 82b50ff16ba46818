"""What the code says to bandit, and the list of what the portal is made of."""

import json
import re
from pathlib import Path

import pytest
from django.conf import settings

from tools import bandit_check, sbom

LOCK = Path(settings.BASE_DIR, "requirements/run.lock")


@pytest.mark.deep
def test_bandit_finds_nothing_but_what_is_accepted_with_a_reason():
    assert bandit_check.left(bandit_check.findings()) == []
    assert all(len(why) > 20 for why in bandit_check.SKIPPED.values())
    assert all(len(why) > 20 for why, _places in bandit_check.ACCEPTED.values())


def test_a_finding_of_bandit_is_accepted_in_its_own_files_or_with_a_reason_alone(tmp_path, monkeypatch, capsys):
    (tmp_path / "a.py").write_text("x = 1  # noqa: S608  our own names\ny = 2  # noqa: S608\n", "utf-8")
    monkeypatch.setattr(bandit_check, "ROOT", tmp_path)

    def finding(line: int, name: str = "a.py", test: str = "B608") -> dict:
        return {
            "filename": name, "line_number": line, "line_range": [line], "test_id": test, "issue_text": "said",
        }  # fmt: skip

    assert bandit_check.left([finding(1), finding(2), finding(2, test="B603")]) == ["a.py:2: B608: said"]
    (tmp_path / "fund/models").mkdir(parents=True)
    (tmp_path / "fund/models/bids.py").write_text("x = 1\n", "utf-8")
    assert bandit_check.left([finding(1, "./fund/models/bids.py")]) == []
    monkeypatch.setattr(bandit_check, "findings", lambda: [finding(2)])
    assert bandit_check.main() == 1
    monkeypatch.setattr(bandit_check, "findings", list)
    assert bandit_check.main() == 0
    assert "a.py:2: B608: said" in capsys.readouterr().out


def test_the_list_of_libraries_names_each_with_its_hash(tmp_path, capsys):
    target = tmp_path / "sbom/sbom.json"
    assert sbom.main([str(target)]) == 0
    made = json.loads(target.read_text("utf-8"))
    pinned = re.findall(r"^([A-Za-z0-9][\w.-]*)(?:\[.*\])?==(\S+)", LOCK.read_text("utf-8"), re.MULTILINE)
    assert len(pinned) > 40
    python = {(one["name"], one["version"]): one for one in made["components"] if one["purl"].startswith("pkg:pypi/")}
    assert set(python) == set(pinned)
    assert all(one["hashes"] for one in python.values())
    assert "pkg:npm/govuk-frontend@" in " ".join(one["purl"] for one in made["components"])
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    assert sbom.sbom()["serialNumber"] == made["serialNumber"]
    assert f"{len(made['components'])} components" in capsys.readouterr().out

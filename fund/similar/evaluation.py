"""How well similar statements are found: over the ordered pairs of a labelled file. Nothing is put into the database.

The file (YAML): `statements: [{id, language, title, problem}]`, `same: [[id, id], …]`.
"""

import json
import statistics
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from . import meaning
from .scoring import Corpus, Statement


class BadFile(Exception):
    """What is wrong with a labelled file: a sentence."""


@dataclass(frozen=True)
class Labelled:
    """Statements, and for each id the ids of those that are the same problem."""

    statements: list[Statement]
    partners: dict[str, set[str]]

    @classmethod
    def read(cls, path: Path) -> "Labelled":
        try:
            data = yaml.safe_load(path.read_text(encoding="utf-8"))
            rows = [
                Statement(str(row["id"]), row["language"], str(row["title"]), str(row["problem"]))
                for row in data["statements"]
            ]
            pairs = [(str(one), str(other)) for one, other in data.get("same") or []]
        except OSError as error:
            raise BadFile(f"{path} cannot be read: {error.strerror}.") from error
        except (yaml.YAMLError, KeyError, TypeError, ValueError) as error:
            raise BadFile(f"{path} is no file of labelled statements: {error!r}.") from error
        known = {row.key for row in rows}
        if strange := {one for pair in pairs for one in pair} - known:
            raise BadFile(f"{path} names statements that it does not have: {', '.join(sorted(strange))}.")
        if wrong := {row.language for row in rows} - {"en", "cy"}:
            raise BadFile(f"{path} has languages other than en and cy: {', '.join(sorted(map(str, wrong)))}.")
        partners: dict[str, set[str]] = defaultdict(set)
        for one, other in pairs:
            partners[one].add(other)
            partners[other].add(one)
        return cls(rows, dict(partners))


def share(part: int, whole: int) -> float | None:
    """Rounded to thousandths; None of nothing."""
    return round(part / whole, 3) if whole else None


def measure(labelled: Labelled, *, by_meaning: bool) -> dict[str, Any]:
    """The figures of one way of looking. The time is that of one question, its embedding included."""
    corpus = Corpus(labelled.statements, by_meaning=by_meaning)
    corpus.nearest(Statement("", "en", "", ""))  # made before it is asked, as in the portal
    language = {one.key: one.language for one in labelled.statements}
    found: dict[bool, list[bool]] = {True: [], False: []}  # by whether the pair is of one language
    shown_right = shown_wrong = pairs = 0
    times = []
    for one in labelled.statements:
        asked = Statement(one.key, one.language, one.title, one.problem)  # embedded anew, as a typed text is
        meaning.read.cache_clear()
        began = time.perf_counter()
        matches = corpus.nearest(asked, without=[one.key])
        times.append((time.perf_counter() - began) * 1000)
        partners = labelled.partners.get(one.key, set())
        nearest = {match.statement.key for match in matches}
        for partner in partners:
            found[language[partner] == one.language].append(partner in nearest)
        pairs += len(partners)
        shown = [match.statement.key in partners for match in matches if match.shown]
        shown_right += sum(shown)
        shown_wrong += len(shown) - sum(shown)
    return {
        "recall_at_5_within": share(sum(found[True]), len(found[True])),
        "recall_at_5_across": share(sum(found[False]), len(found[False])),
        "recall_shown": share(shown_right, pairs),
        "false_alarm_rate": share(shown_wrong, shown_right + shown_wrong),
        "p50_ms": round(statistics.median(times), 1) if times else None,
    }


def evaluate(path: Path) -> dict[str, Any]:
    """The figures with meaning where it can be compared here, and those of words alone."""
    labelled = Labelled.read(path)
    alone = measure(labelled, by_meaning=False)
    with_meaning = measure(labelled, by_meaning=True) if meaning.available() else alone
    return {
        **with_meaning,
        "by_meaning": meaning.available(),
        "words_alone": alone,
        "statements": len(labelled.statements),
        "pairs": sum(len(partners) for partners in labelled.partners.values()) // 2,
    }


def write_means(paths: Sequence[Path]) -> None:
    """The means of each language, from the statements of labelled files."""
    rows: dict[str, list[Any]] = defaultdict(list)
    for path in paths:
        for one in Labelled.read(path).statements:
            rows[one.language].append(meaning.read(one.whole))
    means = {language: [round(float(x), 5) for x in sum(many) / len(many)] for language, many in rows.items()}
    meaning.MEANS.write_text(json.dumps(means, sort_keys=True) + "\n", encoding="utf-8")
    meaning.means.cache_clear()
    meaning.available.cache_clear()

"""How well questions are answered, over a labelled file. What it writes is rolled back.

The file (YAML): `documents: [{id, language, title, text}]`, `queries: [{q, language, expect: [ids]}]`.
"""

import statistics
import time
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

from ..models import SearchText, SearchWord
from .answering import find
from .index import Document, put


class BadFile(Exception):
    """What is wrong with a labelled file: a sentence."""


def read(path: Path) -> tuple[list[Document], list[dict[str, Any]]]:
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
        documents = [
            Document(str(one["id"]), one["language"], str(one["title"]), str(one["text"])) for one in data["documents"]
        ]
        queries = [
            {"q": str(one["q"]), "language": one["language"], "expect": [str(key) for key in one["expect"]]}
            for one in data["queries"]
        ]
    except OSError as error:
        raise BadFile(f"{path} cannot be read: {error.strerror}.") from error
    except (yaml.YAMLError, KeyError, TypeError, ValueError) as error:
        raise BadFile(f"{path} is no file of documents and queries: {error!r}.") from error
    known = {one.key for one in documents}
    if strange := {key for one in queries for key in one["expect"]} - known:
        raise BadFile(f"{path} expects documents that it does not have: {', '.join(sorted(strange))}.")
    if wrong := ({one.language for one in documents} | {one["language"] for one in queries}) - {"en", "cy"}:
        raise BadFile(f"{path} has languages other than en and cy: {', '.join(sorted(map(str, wrong)))}.")
    return documents, queries


def evaluate(path: Path) -> dict[str, Any]:
    """`right_first` and `right_in_5` (any expected one), `p50_ms`, and the queries that failed (not within five)."""
    documents, queries = read(path)
    first = five = 0
    times, failed = [], []
    with transaction.atomic():
        SearchText.objects.all().delete()
        SearchWord.objects.all().delete()
        put(documents)
        for one in queries:
            began = time.perf_counter()
            found = [hit.key for hit in find(one["q"], one["language"], limit=5)]
            times.append((time.perf_counter() - began) * 1000)
            first += found[:1] != [] and found[0] in one["expect"]
            if set(found) & set(one["expect"]):
                five += 1
            else:
                failed.append({**one, "found": found})
        transaction.set_rollback(True)
    count = len(queries)
    return {
        "queries": count,
        "documents": len(documents),
        "right_first": round(first / count, 3) if count else None,
        "right_in_5": round(five / count, 3) if count else None,
        "p50_ms": round(statistics.median(times), 2) if times else None,
        "failed": failed,
    }

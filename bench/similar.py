"""How long the search for similar bids takes over 2,000 bids: by one officer, from the statement to what they may see.

python -m bench.similar      prints JSON; what it writes is taken back. The statement's own vector is made beforehand
(`evaluate_similar` times that): words are those of the labelled statements, vectors are drawn in a hundred clusters.
"""

import json
import os
import random
import statistics
import time
from pathlib import Path
from typing import Any

import django

BIDS, QUESTIONS, CLUSTERS = 2000, 60, 100
STATEMENTS = "tests/data/similar_bids.yaml"


def texts(chance: random.Random, bids: list[Any]) -> list[Any]:
    """For each bid a problem of some 200 words, and a vector near to those of its cluster."""
    import numpy

    from fund.models import ProblemText
    from fund.similar import meaning
    from fund.similar.evaluation import Labelled

    labelled = Labelled.read(Path(STATEMENTS)).statements
    drawn = numpy.random.default_rng(8)
    centres = drawn.normal(0, 0.05, (CLUSTERS, meaning.DIMENSIONS))
    found = []
    for number, bid in enumerate(bids):
        told = chance.sample(labelled, 7)
        vector = (centres[number % CLUSTERS] + drawn.normal(0, 0.02, meaning.DIMENSIONS)).astype("float32")
        found.append(
            ProblemText(
                bid=bid,
                language=told[0].language,
                title=told[0].title,
                problem=" ".join(one.problem for one in told),
                sha256=f"{number:064x}",
                model=meaning.MODEL,
                vector=meaning.packed(vector),
            )
        )
    return found


def measure() -> dict[str, Any]:
    from fund.alike import alike
    from fund.models import Bid, ProblemText
    from fund.similar import Statement, meaning

    untold = Bid.objects.filter(is_historic=False, problem_texts=None).select_related("started_by").order_by("pk")
    bids = list(untold[:BIDS])
    Bid.objects.filter(pk__in=[bid.pk for bid in bids]).update(draft_shown=True)
    rows = texts(random.Random(8), bids)
    ProblemText.objects.bulk_create(rows)
    times, shown = [], []
    for number in range(QUESTIONS + 1):
        row = rows[number * len(rows) // (QUESTIONS + 1)]
        asked = Statement(row.bid_id, row.language, row.title, row.problem, kept=meaning.unpacked(row.vector))
        began = time.perf_counter()
        shown.append(len(alike(bids[0].started_by, asked, without=[row.bid_id])))
        times.append((time.perf_counter() - began) * 1000)
    first, *others = times  # the first one reads all texts into the worker's memory
    return {
        "bids": len(rows),
        "p50_ms": round(statistics.median(others), 1),
        "p95_ms": round(sorted(others)[int(0.95 * len(others))], 1),
        "first_ms": round(first),
        "shown": round(statistics.mean(shown), 1),
    }


def main() -> None:
    from django.db import transaction

    with transaction.atomic():
        print(json.dumps(measure()))
        transaction.set_rollback(True)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    django.setup()
    main()

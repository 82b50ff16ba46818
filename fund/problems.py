"""The problem of each bid as it is compared with others: its text at once, its vector in the queue."""

import hashlib
from collections.abc import Iterable

from django.db.models import Q

from wlga_portal.kernel.queue import enqueue

from .models import Bid, ProblemText, Section
from .similar import meaning

Told = tuple[str, str, str]  # language, title, problem


def told_by(bid: Bid) -> list[Told]:
    """What a bid says of its problem: one made here in its own language, one of the past in both."""
    if bid.is_historic:
        sides = ((side, getattr(bid, f"label_{side}"), getattr(bid, f"problem_{side}")) for side in ("en", "cy"))
        return [(language, title, problem) for language, title, problem in sides if problem]
    answers = bid.answers.filter(question__section=Section.PROBLEM).order_by("question__order", "question_id")
    return [(bid.language, bid.title, "\n".join(answers.values_list("text", flat=True)))]


def problem_store(bid: Bid) -> None:
    """Keep what the bid says now, for comparing; where that changed, its vector is made in the queue.

    Called inside the transaction that changes the bid.
    """
    from .tasks_similar import read_problem

    told = told_by(bid)
    kept = {row.language: row for row in bid.problem_texts.defer("vector")}
    for language, title, problem in told:
        row = kept.pop(language, None) or ProblemText(bid=bid, language=language)
        sha256 = hashlib.sha256("\n".join((language, title, problem)).encode()).hexdigest()
        if row.sha256 != sha256:
            row.title, row.problem, row.sha256, row.model, row.vector = title, problem, sha256, "", None
            row.save()
    if kept:
        bid.problem_texts.filter(language__in=kept).delete()
    enqueue(read_problem, queueing_lock=f"fund.read_problem:{bid.pk}", bid=bid.pk)


def lacking() -> "Iterable[ProblemText]":
    """The texts that the model of today has not read."""
    return ProblemText.objects.exclude(model=meaning.MODEL).defer("vector").order_by("pk")


def problems_read(texts: Iterable[ProblemText]) -> int:
    """Make the vectors of these texts; gives how many. None are made where the extra is absent."""
    if not meaning.available():
        return 0
    count = 0
    for row in texts:
        vector = meaning.packed(meaning.read(f"{row.title}. {row.problem}"))
        # only if it says still what was read
        same = ProblemText.objects.filter(pk=row.pk, sha256=row.sha256)
        count += same.update(vector=vector, model=meaning.MODEL)
    return count


def untold() -> "Iterable[Bid]":
    """The bids of which no text is kept yet."""
    telling = Q(is_historic=False) | ~Q(problem_en="") | ~Q(problem_cy="")
    return Bid.objects.filter(telling, problem_texts=None).order_by("pk")

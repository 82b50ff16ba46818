"""Late papers: what is published after the last day that leaves the board's clear working days says why."""

from django.utils import timezone

from .models import Lateness, Paper, PaperKind
from .planning import is_late


def would_be_late(paper: Paper) -> bool:
    """Whether the first edition of this paper, published today, would be late. Minutes come after the meeting."""
    meeting = paper.meeting
    if meeting is None or paper.kind == PaperKind.MINUTES or paper.is_historic or paper.edition_number is not None:
        return False
    return is_late(timezone.localdate(), meeting)


def lacks_its_reason(paper: Paper) -> bool:
    """Whether it would be late and nobody has said why."""
    return would_be_late(paper) and not Lateness.objects.filter(paper=paper).exists()


def settle(paper: Paper) -> None:
    """At its publication: a reason that was given when the paper seemed late goes where it came in time after all."""
    if not would_be_late(paper):
        Lateness.objects.filter(paper=paper).delete()


def lateness_of(paper: Paper) -> Lateness | None:
    """The mark of a published paper that came late."""
    if paper.edition_number is None:
        return None
    return Lateness.objects.filter(paper=paper).first()

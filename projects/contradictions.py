"""A status that its own facts contradict: green, though milestones slip or a red risk waits for its review."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import ngettext

from .models import Milestone, Project, Risk
from .states import Confidence

SLIPS = 2  # so many slipped milestones contradict a green


@dataclass(frozen=True, slots=True)
class Contradiction:
    """What speaks against the green of one project: numbers of slipped milestones and of overdue red risks."""

    slipped: int
    risks: int

    def sentences(self) -> list[str]:
        """ "Green, but 2 milestones have slipped."."""
        told = []
        if self.slipped:
            text = ngettext(
                "Green, but %(count)s milestone has slipped.",
                "Green, but %(count)s milestones have slipped.",
                self.slipped,
            )
            told.append(text % {"count": self.slipped})
        if self.risks:
            text = ngettext(
                "Green, but the review of %(count)s red risk is overdue.",
                "Green, but the review of %(count)s red risks is overdue.",
                self.risks,
            )
            told.append(text % {"count": self.risks})
        return told


def slipped(today: date) -> Q:
    """A milestone that is not reached, and is expected after its baseline or should have been reached by now."""
    late = Q(forecast__gt=F("baseline")) | Q(forecast__lt=today) | Q(forecast=None, baseline__lt=today)
    return Q(actual=None, dropped_on=None) & late


def overdue_red(today: date) -> Q:
    """A red risk or issue that is open and whose day of review is past."""
    return Q(rating=Confidence.RED, closed_on=None, review_on__lt=today)


def contradictions_of(projects: Iterable[Project], today: date, *, team: bool) -> dict[int, Contradiction]:
    """By project, those of these that contradict themselves; risks that are not public count for the team alone.

    At most two queries. The projects come with their standing.
    """
    green = [one.pk for one in projects if one.now is not None and one.now.confidence == Confidence.GREEN]
    if not green:
        return {}
    risks = Risk.objects.filter(overdue_red(today), project__in=green)
    slips = counted(Milestone.objects.filter(slipped(today), project__in=green))
    overdue = counted(risks if team else risks.filter(is_public=True))
    found = {pk: Contradiction(slips[pk] if slips[pk] >= SLIPS else 0, overdue[pk]) for pk in green}
    return {pk: one for pk, one in found.items() if one.slipped or one.risks}


def told_of(projects: Iterable[Project], today: date, *, team: bool) -> dict[int, list[str]]:
    """The same in sentences."""
    return {pk: one.sentences() for pk, one in contradictions_of(projects, today, team=team).items()}


def counted(rows: QuerySet[Any]) -> Counter[int]:
    """How many of the rows each project has."""
    return Counter(dict(rows.order_by().values_list("project").annotate(Count("pk"))))


def contradictory(today: date, *, team: bool) -> Q:
    """The projects of which `contradictions_of` says something; for filters."""
    slips = Milestone.objects.filter(slipped(today), project=OuterRef("pk")).order_by().values("project")
    risks = Risk.objects.filter(overdue_red(today), project=OuterRef("pk"))
    many = Exists(slips.annotate(slips=Count("pk")).filter(slips__gte=SLIPS))
    return Q(standing__confidence=Confidence.GREEN) & (
        Q(many) | Q(Exists(risks if team else risks.filter(is_public=True)))
    )

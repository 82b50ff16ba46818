"""Carrying what projects hold over to those that they become, and putting it back.

Money moves by shares of each year's figure, to the penny; deliverables, benefits, milestones that are not reached and
risks that are open move as they are; partners are in the later project too. What was done is written down row by row.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import models
from django.db.models import QuerySet

from .models import Benefit, Deliverable, Milestone, Project, ProjectCost, ProjectPartner, Risk
from .states import PartnerRole

Carried = dict[str, Any]
CostKey = tuple[int, str, str]  # project, year, kind
WHOLE = 100  # per cent


def movable(projects: Collection[int]) -> dict[str, QuerySet[Any]]:
    """The rows that move as they are, by the name of their kind."""
    return {
        "deliverable": Deliverable.objects.filter(project__in=projects).order_by("pk"),
        "benefit": Benefit.objects.filter(project__in=projects).order_by("pk"),
        "milestone": Milestone.objects.filter(project__in=projects, actual=None, dropped_on=None).order_by("pk"),
        "risk": Risk.objects.filter(project__in=projects, closed_on=None).order_by("pk"),
    }


MODELS: dict[str, type[models.Model]] = {
    "deliverable": Deliverable, "benefit": Benefit, "milestone": Milestone, "risk": Risk,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Becomes:
    """A later project: one that there is, or a new one of this title; with its share and its rows (None: all)."""

    project: Project | None = None
    title: tuple[str, str] = ("", "")
    share: int = WHOLE
    rows: frozenset[tuple[str, int]] | None = None


@dataclass(frozen=True, slots=True)
class Portion:
    """What one later project gets: `share` per cent of the money, and these rows (None: all of them)."""

    project: Project
    share: int = WHOLE
    rows: frozenset[tuple[str, int]] | None = None

    def gets(self, kind: str, row: int) -> bool:
        return self.rows is None or (kind, row) in self.rows


def shares_of(pence: int, shares: list[int]) -> list[int]:
    """Whole pence for each share; where the shares are the whole, no penny is left, the first gets what is over."""
    parts = [pence * share // WHOLE for share in shares]
    if sum(shares) == WHOLE and parts:
        parts[0] += pence - sum(parts)
    return parts


def carry(sources: list[Project], portions: list[Portion]) -> Carried:
    """Move what the sources hold into the portions. The caller holds the locks and writes it down."""
    ids = [source.pk for source in sources]
    moved = list(move_rows(ids, portions))
    return {"costs": list(move_money(ids, portions)), "rows": moved, "partners": add_partners(sources, portions)}


def move_rows(sources: list[int], portions: list[Portion]) -> Iterator[list[Any]]:
    """Each row that moved: its kind, its id, from which project and to which."""
    for kind, found in movable(sources).items():
        for row in found:
            portion = next((one for one in portions if one.gets(kind, row.pk)), None)
            if portion is None:
                continue
            yield [kind, row.pk, row.project_id, portion.project.pk]
            MODELS[kind]._base_manager.filter(pk=row.pk).update(project=portion.project)


def move_money(sources: list[int], portions: list[Portion]) -> Iterator[dict[str, Any]]:
    """Each figure that changed: whose, of which year and kind, before and after (None: there was none)."""
    involved = {*sources, *(portion.project.pk for portion in portions)}
    rows = {(one.project_id, one.year, one.kind): one for one in ProjectCost.objects.filter(project__in=involved)}
    after: dict[CostKey, int] = {key: row.amount_pence for key, row in rows.items()}
    texts: dict[CostKey, tuple[str, str]] = {}
    for (project, year, kind), row in rows.items():
        if project not in sources:
            continue
        parts = shares_of(row.amount_pence, [portion.share for portion in portions])
        for portion, part in zip(portions, parts, strict=True):
            key = (portion.project.pk, year, kind)
            after[project, year, kind] -= part
            after[key] = after.get(key, 0) + part
            if not texts.get(key, ("", ""))[0]:
                texts[key] = (row.narrative.en, row.narrative.cy)
    for key, pence in sorted(after.items()):
        before = rows[key].amount_pence if key in rows else None
        gone = key[0] in sources and pence == 0 and bool(before)
        if before == pence:
            continue
        said = (rows[key].narrative.en, rows[key].narrative.cy) if key in rows else texts[key]
        write_cost(key, None if gone else pence, said)
        yield {"of": list(key), "before": before, "after": None if gone else pence, "narrative": list(said)}


def write_cost(key: CostKey, pence: int | None, narrative: tuple[str, str]) -> None:
    """Make a figure this much; None takes it away."""
    project, year, kind = key
    found = ProjectCost.objects.filter(project=project, year=year, kind=kind)
    if pence is None:
        found.delete()
    elif not found.update(amount_pence=pence):
        texts = {"narrative_en": narrative[0], "narrative_cy": narrative[1]}
        ProjectCost.objects.create(project_id=project, year=year, kind=kind, amount_pence=pence, **texts)


def add_partners(sources: list[Project], portions: list[Portion]) -> list[int]:
    """Every partner of the sources is in each later project too; the ids of the rows that were added."""
    made = []
    for portion in portions:
        there = list(ProjectPartner.objects.filter(project=portion.project))
        known, led = {one.organisation_id for one in there}, any(one.role == PartnerRole.LEAD for one in there)
        for one in ProjectPartner.objects.filter(project__in=sources).order_by("role", "pk"):
            if one.organisation_id in known:
                continue
            role = PartnerRole.LEAD if one.role == PartnerRole.LEAD and not led else PartnerRole.PARTNER
            known.add(one.organisation_id)
            led = led or role == PartnerRole.LEAD
            parts = {"organisation_id": one.organisation_id, "role": role, "inferred": one.inferred}
            made.append(ProjectPartner.objects.create(project=portion.project, **parts).pk)
    return made


def changed_since(carried: Carried) -> Iterator[models.Model | CostKey]:
    """What no longer stands where the action put it: then it cannot be put back."""
    for kind, row, _source, target in carried["rows"]:
        found = MODELS[kind]._base_manager.filter(pk=row).first()
        if found is not None and getattr(found, "project_id", None) != target:
            yield found
    for cost in carried["costs"]:
        project, year, kind = cost["of"]
        now = ProjectCost.objects.filter(project=project, year=year, kind=kind).values_list("amount_pence", flat=True)
        if now.first() != cost["after"]:
            yield (project, year, kind)


def put_back(carried: Carried) -> None:
    """Undo what `carry` did."""
    for kind, row, source, _target in carried["rows"]:
        MODELS[kind]._base_manager.filter(pk=row).update(project=source)
    for cost in carried["costs"]:
        project, year, kind = cost["of"]
        en, cy = cost["narrative"]
        write_cost((project, year, kind), cost["before"], (en, cy))
    ProjectPartner.objects.filter(pk__in=carried["partners"]).delete()

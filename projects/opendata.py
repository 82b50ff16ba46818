"""The whole portfolio as data: one table of projects, tables of their parts, and the dictionary of all fields.

What is published is what the pages show to anybody: no internal note, no name of a person of the team, no risk that is
not public, nothing of the demonstration.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Prefetch, prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext_lazy, pgettext_lazy

from .columns import PUBLIC
from .fields import Field, Label, of_model, pair
from .models import (
    Benefit,
    Deliverable,
    Lineage,
    Milestone,
    MilestoneForecast,
    PhaseChange,
    Project,
    ProjectCost,
    ProjectPartner,
    Risk,
    StatusUpdate,
)
from .portfolio_rows import Row, rows_of

SCHEMA = 1  # counted up when a field changes its meaning or goes; a new field changes nothing


@dataclass(frozen=True, slots=True)
class Part:
    """A list within a project: its name in the data, its title, its fields, and its rows."""

    name: str
    title: Label
    fields: tuple[Field, ...]
    rows: Callable[[Project], Iterable[Any]]


def organisation(name: str) -> Callable[[Any], Any]:
    return lambda part: getattr(part.organisation, name)


PARTS: tuple[Part, ...] = (
    Part(
        "updates",
        gettext_lazy("Updates"),
        tuple(of_model(StatusUpdate, "id", "for_date", "at", "confidence", "scale", "reason", "text", "corrects")),
        lambda project: project.updates.all(),
    ),
    Part(
        "phases",
        gettext_lazy("Phases"),
        tuple(of_model(PhaseChange, "phase", "since", "at")),
        lambda project: project.phase_changes.all(),
    ),
    Part(
        "milestones",
        gettext_lazy("Milestones"),
        tuple(of_model(Milestone, "id", "title", "baseline", "forecast", "actual", "dropped_on")),
        lambda project: project.milestones.all(),
    ),
    Part(
        "forecasts",
        gettext_lazy("Forecasts of milestones"),
        tuple(of_model(MilestoneForecast, "milestone", "forecast", "for_date", "at", "why")),
        lambda project: [said for milestone in project.milestones.all() for said in milestone.forecasts.all()],
    ),
    Part(
        "deliverables",
        gettext_lazy("Deliverables"),
        (
            Field("plan", gettext_lazy("Delivery plan"), "text", lambda one: one.plan.year),
            *of_model(
                Deliverable, "title", "target", "actual", "unit", "outcome", "note", "evidence", "evidence_url"
            ),
        ),
        lambda project: project.deliverables.all(),
    ),
    Part(
        "costs",
        gettext_lazy("Budget and spend"),
        tuple(of_model(ProjectCost, "year", "kind", "amount_pence", "narrative")),
        lambda project: project.costs.all(),
    ),
    Part(
        "benefits",
        gettext_lazy("Benefits"),
        tuple(of_model(Benefit, "title", "measure", "unit", "baseline", "target", "actual", "due_on")),
        lambda project: project.benefits.all(),
    ),
    Part(
        "risks",
        gettext_lazy("Risks and issues"),
        tuple(
            of_model(
                Risk, "kind", "title", "mitigation", "likelihood", "impact", "rating", "raised_on", "review_on",
                "closed_on",
            )
        ),
        lambda project: [risk for risk in project.risks.all() if risk.is_public],
    ),
    Part(
        "partners",
        gettext_lazy("Councils and partners"),
        (
            *pair("organisation", gettext_lazy("Council or body"), organisation("name")),
            Field(
                "gss_code",
                gettext_lazy("Code of the Office for National Statistics"),
                "text",
                organisation("gss_code"),
            ),
            *of_model(ProjectPartner, "role"),
            Field(
                "inferred",
                gettext_lazy("Our reading, not stated by the source"),
                "truth",
                lambda part: part.inferred,
            ),
        ),
        lambda project: project.partners.all(),
    ),
    Part(
        "lineage",
        gettext_lazy("What it came from"),
        (
            Field("earlier", gettext_lazy("Earlier project"), "text", lambda link: link.earlier.slug_en),
            Field(
                "kind",
                pgettext_lazy("of a lineage", "How"),
                "choice",
                lambda link: link.kind,
                labels=dict(Lineage._meta.get_field("kind").flatchoices),
            ),
        ),
        lambda project: project.earlier_links.all(),
    ),
)  # fmt: skip
PARTS_BY_NAME = {part.name: part for part in PARTS}
RELATED: tuple[Any, ...] = (
    Prefetch("updates", StatusUpdate.objects.order_by("for_date", "pk")),
    "milestones__forecasts",
    Prefetch("deliverables", Deliverable.objects.select_related("plan").order_by("plan__starts", "position")),
    "benefits",
    "risks",
    Prefetch("earlier_links", Lineage.objects.select_related("earlier").order_by("pk")),
)


def public_rows() -> list[Row]:
    """Every real project, in the order of English titles."""
    return rows_of(Project.objects.real().order_by("title_key_en", "pk"))


def with_parts(rows: list[Row]) -> list[Row]:
    """The same with all parts read: the same number of queries more, however many."""
    prefetch_related_objects([row.project for row in rows], *RELATED)
    return rows


def portfolio() -> dict[str, Any]:
    """The whole portfolio, for JSON."""
    return {
        "schema": SCHEMA,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "base_url": settings.BASE_URL,
        "projects": [
            {column.key: column.raw(row) for column in PUBLIC}
            | {
                part.name: [{one.key: one.raw(thing) for one in part.fields} for thing in part.rows(row.project)]
                for part in PARTS
            }
            for row in with_parts(public_rows())
        ],
    }


def csv_rows() -> Iterator[list[Any]]:
    """One line for each project, under the keys of the fields."""
    yield [column.key for column in PUBLIC]
    for row in public_rows():
        yield [column.flat(row) for column in PUBLIC]


def part_rows(part: Part) -> Iterator[list[Any]]:
    """One line for each row of a part; the project stands first."""
    yield ["project", *(one.key for one in part.fields)]
    for row in with_parts(public_rows()):
        for thing in part.rows(row.project):
            yield [row.project.slug_en, *(one.flat(thing) for one in part.fields)]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the dictionary."""

    table: str
    key: str
    label: str
    kind: str
    help: str
    values: tuple[tuple[str, str], ...]


def dictionary() -> Iterator[Entry]:
    """Every field of the data, in the language in force."""
    tables: list[tuple[str, tuple[Field, ...]]] = [("projects", PUBLIC)]
    tables += [(part.name, part.fields) for part in PARTS]
    for name, fields in tables:
        for one in fields:
            values = tuple((str(code), str(label)) for code, label in one.labels.items())
            yield Entry(name, one.key, str(one.label), one.kind_label, str(one.help), values)

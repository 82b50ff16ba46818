"""What the difference of two dates tells: for each kind of row its public columns, its name and what it belongs to.

Only what stands here is told. A column that is not named (an internal note, a person's name) stays untold.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .models import (
    BacklogReview,
    Benefit,
    Deliverable,
    DeliveryPlan,
    Document,
    FundingLine,
    Gate,
    Lesson,
    Lineage,
    Milestone,
    PhaseChange,
    PlanChange,
    PlanProject,
    Project,
    ProjectCost,
    ProjectPartner,
    Risk,
    Standing,
)

Row = dict[str, Any]  # the columns of one event, as JSON gives them


def always(_row: Row) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Told:
    """One kind of row.

    `name`: the text (stem of `_en`, `_cy`), related row or column that names one; '' where there is one of each.
    `texts`, `columns`: what is compared. `of`: the columns that say of which project or plan it is.
    """

    model: type[models.Model]
    heading: Promise | str
    name: str = "title"
    texts: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()
    project: tuple[str, ...] = ("project_id",)
    plan: tuple[str, ...] = ()
    public: Callable[[Row], bool] = field(default=always)

    def column(self, name: str) -> Any:
        """The column of this name, with its label, choices and what it points at."""
        return self.model._meta.get_field(name)

    @property
    def kind(self) -> str:
        return self.model._meta.label_lower


TOLD: list[Told] = [
    Told(
        DeliveryPlan,
        _("Delivery plan"),
        name="",
        texts=("title", "status_note", "overall", "grant_note"),
        columns=("starts", "ends", "agreed_with", "agreed_on", "grant_pence"),
        project=(),
        plan=("id",),
    ),
    Told(
        Project,
        _("Project"),
        name="",
        texts=("title", "aim", "note", "next_step"),
        columns=("status", "phase", "theme", "duration_months", "starts_on", "ends_on"),
        project=("id",),
    ),
    Told(Standing, _("Delivery confidence"), name="", columns=("confidence", "said_on", "confirmed_on")),
    Told(
        Gate,
        _("Assessment at the end of a phase"),
        name="phase",
        texts=("note",),
        columns=("due_on", "held_on", "outcome"),
    ),
    Told(PhaseChange, _("Phase"), name="phase", columns=("since",)),
    Told(Milestone, _("Milestone"), texts=("title",), columns=("baseline", "forecast", "actual", "dropped_on")),
    Told(
        Deliverable,
        _("Deliverable"),
        texts=("title", "unit", "note"),
        columns=("project", "target", "actual", "outcome"),
        plan=("plan_id",),
    ),
    Told(
        ProjectPartner, pgettext_lazy("an organisation in a project", "Partner"), name="organisation", columns=("role",)
    ),
    Told(Lineage, _("Lineage"), name="earlier", columns=("later", "kind"), project=("later_id", "earlier_id")),
    Told(PlanProject, _("Place in a plan"), name="project", columns=("plan", "printed_ref"), plan=("plan_id",)),
    Told(
        Risk,
        _("Risk or issue"),
        texts=("title", "mitigation"),
        columns=("kind", "likelihood", "impact", "review_on", "closed_on"),
        public=lambda row: bool(row["is_public"]),
    ),
    Told(ProjectCost, _("Budget and spend"), name="year", texts=("narrative",), columns=("kind", "amount_pence")),
    Told(
        Benefit,
        _("Benefit"),
        texts=("title", "measure", "unit"),
        columns=("baseline", "target", "actual", "due_on"),
    ),
    Told(Document, _("Document"), texts=("title", "url"), columns=("dated",)),
    Told(Lesson, _("What was learnt"), name="", texts=("text",)),
    Told(
        BacklogReview,
        _("Decision about the backlog"),
        name="decision",
        texts=("reason",),
        columns=("decided_on", "review_on"),
    ),
    Told(
        FundingLine,
        _("Funding"),
        texts=("title",),
        columns=("source", "amount_pence"),
        project=(),
        plan=("plan_id",),
    ),
    Told(
        PlanChange,
        _("Change of the agreed plan"),
        name="kind",
        texts=("reason",),
        columns=("project", "target_before", "target_after", "day_before", "day_after", "agreed_on"),
        project=(),
        plan=("plan_id",),
        public=lambda row: row["status"] == "agreed",
    ),
]
BY_KIND = {told.kind: told for told in TOLD}

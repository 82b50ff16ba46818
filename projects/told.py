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
    Deliverable,
    DeliveryPlan,
    Lineage,
    Milestone,
    PhaseChange,
    PlanProject,
    Project,
    ProjectPartner,
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
        columns=("status", "phase", "theme", "duration_months"),
        project=("id",),
    ),
    Told(Standing, _("Delivery confidence"), name="", columns=("confidence", "said_on", "confirmed_on")),
    Told(PhaseChange, _("Phase"), name="phase", columns=("since",)),
    Told(Milestone, _("Milestone"), texts=("title",), columns=("baseline", "forecast", "actual")),
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
]
BY_KIND = {told.kind: told for told in TOLD}

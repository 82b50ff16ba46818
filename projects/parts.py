"""The parts of a project that the team adds, changes and takes away: each with its form and its words."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from . import forms, models

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Part:
    """A kind of row that belongs to a project (or, by the column `parent`, to a plan).

    `noun` begins the names of its pages; `remove` is empty for what is never taken away.
    """

    noun: str
    model: type[Any]
    form: type[forms.PartForm]
    add: Words
    edit: Words
    remove: Words = ""
    parent: str = "project"


MILESTONE = Part("milestone", models.Milestone, forms.MilestoneForm, _("Add a milestone"), _("Change the milestone"))
RISK = Part("risk", models.Risk, forms.RiskForm, _("Add a risk or an issue"), _("Change the risk or issue"))
BENEFIT = Part(
    "benefit",
    models.Benefit,
    forms.BenefitForm,
    _("Add a benefit"),
    _("Change the benefit"),
    _("Take the benefit away"),
)
COST = Part(
    "cost", models.ProjectCost, forms.CostForm, _("Add a figure"), _("Change the figure"), _("Take the figure away")
)
PARTNER = Part(
    "partner",
    models.ProjectPartner,
    forms.PartnerForm,
    _("Add a council or partner"),
    _("Change the role"),
    _("Take the council or partner away"),
)
DOCUMENT = Part(
    "document",
    models.Document,
    forms.DocumentForm,
    _("Add a document"),
    _("Change the document"),
    _("Take the document away"),
)
LESSON = Part(
    "lesson", models.Lesson, forms.LessonForm, _("Add a lesson"), _("Change the lesson"), _("Take the lesson away")
)
GATE = Part("gate", models.Gate, forms.GateForm, _("Add a gate"), _("Change the gate"), _("Take the gate away"))

# --- Of a delivery plan ---------------------------------------------------------------------------
FUNDING = Part(
    "funding",
    models.FundingLine,
    forms.FundingForm,
    _("Add a funding line"),
    _("Change the funding line"),
    _("Take the funding line away"),
    parent="plan",
)
LISTING = Part(
    "listing",
    models.PlanProject,
    forms.ListingForm,
    _("Add a project to the plan"),
    _("Change how the project is listed"),
    _("Take the project out of the plan"),
    parent="plan",
)
DELIVERABLE = Part(
    "deliverable",
    models.Deliverable,
    forms.DeliverableForm,
    _("Add a deliverable"),
    _("Change the deliverable"),
    _("Take the deliverable away"),
    parent="plan",
)
ADD_PROJECT = Part(
    "change_add_project", models.PlanChange, forms.AddProjectForm, _("Propose to add a project"), "", parent="plan"
)
DROP_PROJECT = Part(
    "change_drop_project", models.PlanChange, forms.DropProjectForm, _("Propose to drop a project"), "", parent="plan"
)
MOVE_TARGET = Part(
    "change_move_target", models.PlanChange, forms.MoveTargetForm, _("Propose to move a target"), "", parent="plan"
)
MOVE_BASELINE = Part(
    "change_move_baseline",
    models.PlanChange,
    forms.MoveBaselineForm,
    _("Propose to move a baseline"),
    "",
    parent="plan",
)
PROPOSALS = (ADD_PROJECT, DROP_PROJECT, MOVE_TARGET, MOVE_BASELINE)

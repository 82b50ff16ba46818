"""What the team fills in: a status update, a project's fields, the reason for a move."""

from .backlog import DecisionForm, MeetingForm, ReviewDateForm
from .creation import ProjectNewForm
from .lineage import MergeForm, SplitForm, SucceedForm, WhyForm
from .money import CostForm
from .parts import (
    BenefitForm,
    DocumentForm,
    GateForm,
    LessonForm,
    MilestoneForm,
    PartForm,
    PartnerForm,
    RiskForm,
)
from .plans import (
    AddProjectForm,
    AgreeForm,
    DeliverableForm,
    DropProjectForm,
    FundingForm,
    ListingForm,
    MoveBaselineForm,
    MoveTargetForm,
    PlanForm,
)
from .projects import (
    ByTitle,
    Hinted,
    MoveForm,
    ProjectForm,
    UpdateForm,
    demand_both,
    past_day,
)
from .spans import KnownForm, SpanForm

__all__ = [
    "AddProjectForm",
    "AgreeForm",
    "BenefitForm",
    "ByTitle",
    "CostForm",
    "DecisionForm",
    "DeliverableForm",
    "DocumentForm",
    "DropProjectForm",
    "FundingForm",
    "GateForm",
    "Hinted",
    "KnownForm",
    "LessonForm",
    "ListingForm",
    "MeetingForm",
    "MergeForm",
    "MilestoneForm",
    "MoveBaselineForm",
    "MoveForm",
    "MoveTargetForm",
    "PartForm",
    "PartnerForm",
    "PlanForm",
    "ProjectForm",
    "ProjectNewForm",
    "ReviewDateForm",
    "RiskForm",
    "SpanForm",
    "SplitForm",
    "SucceedForm",
    "UpdateForm",
    "WhyForm",
    "demand_both",
    "past_day",
]

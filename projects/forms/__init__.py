"""What the team fills in: a status update, a project's fields, the reason for a move."""

from .backlog import DecisionForm, MeetingForm, ReviewDateForm
from .creation import ProjectNewForm
from .lineage import MergeForm, SplitForm, SucceedForm, WhyForm
from .parts import (
    BenefitForm,
    CostForm,
    DocumentForm,
    GateForm,
    LessonForm,
    MilestoneForm,
    PartForm,
    PartnerForm,
    RiskForm,
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
    "BenefitForm",
    "ByTitle",
    "CostForm",
    "DecisionForm",
    "DocumentForm",
    "GateForm",
    "Hinted",
    "KnownForm",
    "LessonForm",
    "MeetingForm",
    "MergeForm",
    "MilestoneForm",
    "MoveForm",
    "PartForm",
    "PartnerForm",
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

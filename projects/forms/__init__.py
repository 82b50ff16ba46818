"""What the team fills in: a status update, a project's fields, the reason for a move."""

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
    "DocumentForm",
    "GateForm",
    "Hinted",
    "KnownForm",
    "LessonForm",
    "MergeForm",
    "MilestoneForm",
    "MoveForm",
    "PartForm",
    "PartnerForm",
    "ProjectForm",
    "ProjectNewForm",
    "RiskForm",
    "SpanForm",
    "SplitForm",
    "SucceedForm",
    "UpdateForm",
    "WhyForm",
    "demand_both",
    "past_day",
]

"""What the team fills in: a status update, a project's fields, the reason for a move."""

from .creation import ProjectNewForm
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
    "MilestoneForm",
    "MoveForm",
    "PartForm",
    "PartnerForm",
    "ProjectForm",
    "ProjectNewForm",
    "RiskForm",
    "SpanForm",
    "UpdateForm",
    "demand_both",
    "past_day",
]

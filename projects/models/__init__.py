"""Delivery plans, their projects and what is said about them."""

from .people import ProjectPartner
from .plans import Deliverable, DeliveryPlan, Source, Strategy, Theme
from .projects import Lineage, PhaseChange, PlanProject, Project
from .schedule import Milestone
from .updates import Confirmation, Standing, StatusUpdate

__all__ = [
    "Confirmation",
    "Deliverable",
    "DeliveryPlan",
    "Lineage",
    "Milestone",
    "PhaseChange",
    "PlanProject",
    "Project",
    "ProjectPartner",
    "Source",
    "Standing",
    "StatusUpdate",
    "Strategy",
    "Theme",
]

"""Delivery plans, their projects and what is said about them."""

from .backlog import BacklogReview
from .benefits import Benefit
from .changes import PlanChange
from .gates import Gate
from .knowledge import Document, Lesson
from .lineage import LineageAction
from .money import FundingLine, ProjectCost
from .nudges import Nudge, NudgedProject, Step
from .people import ProjectPartner
from .plans import Deliverable, DeliveryPlan, Source, Strategy, Theme
from .posts import Picture, Post, PostAuthor, PostProject, PostTag, Tag
from .projects import Lineage, PhaseChange, PlanProject, Project
from .reports import ColumnSet, ReportSnapshot
from .risks import Risk
from .saved import SavedView
from .schedule import Milestone, MilestoneForecast
from .snapshots import Snapshot
from .updates import Confirmation, Standing, StatusUpdate

__all__ = [
    "BacklogReview",
    "Benefit",
    "ColumnSet",
    "Confirmation",
    "Deliverable",
    "DeliveryPlan",
    "Document",
    "FundingLine",
    "Gate",
    "Lesson",
    "Lineage",
    "LineageAction",
    "Milestone",
    "MilestoneForecast",
    "Nudge",
    "NudgedProject",
    "PhaseChange",
    "Picture",
    "PlanChange",
    "PlanProject",
    "Post",
    "PostAuthor",
    "PostProject",
    "PostTag",
    "Project",
    "ProjectCost",
    "ProjectPartner",
    "ReportSnapshot",
    "Risk",
    "SavedView",
    "Snapshot",
    "Source",
    "Standing",
    "StatusUpdate",
    "Step",
    "Strategy",
    "Tag",
    "Theme",
]

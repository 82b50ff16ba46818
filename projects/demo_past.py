"""What the demonstration remembers: a merger, a decision about its backlog, dates kept and missed, a kept page."""

from datetime import date, timedelta
from typing import Any

from .actions import Becomes, lineage_make, page_keep
from .models import BacklogReview, Milestone, Project, ProjectCost, StatusUpdate
from .states import CostKind, Descent, Status

MERGED = (
    ("demo-reminders-by-text", "enghraifft-nodiadau-testun", "Reminders by text", "Nodiadau atgoffa drwy neges destun"),
    ("demo-reminders-by-mail", "enghraifft-nodiadau-e-bost", "Reminders by e-mail", "Nodiadau atgoffa drwy e-bost"),
)
WHY = "Un tîm, un ffurflen / One team, one form"


def load_past(people: dict[str, Any], today: date) -> None:
    """Rows of the past for the demonstration's projects, which are loaded."""
    collections = Project.objects.get(slug_en="demo-missed-collections")
    letters = Project.objects.get(slug_en="demo-clear-letters")
    load_merger(collections, people["head-of-delivery"])
    load_promises(letters, people["team"], today)
    for project in Project.objects.filter(is_demo=True, status=Status.BACKLOG):
        BacklogReview.objects.create(
            project=project,
            decision="keep",
            reason_en="No council is free to lead it yet.",
            reason_cy="Nid oes cyngor ar gael i’w arwain eto.",
            meeting_en="Delivery meeting",
            meeting_cy="Cyfarfod cyflawni",
            decided_on=today - timedelta(days=80),
            review_on=today - timedelta(days=4),
            by=people["head-of-delivery"],
        )
    page_keep(letters, None, by=people["team"])


def load_merger(into: Project, head: Any) -> None:
    """Two small projects became part of a larger one."""
    made = []
    for slug_en, slug_cy, title_en, title_cy in MERGED:
        project = Project.objects.create(
            slug_en=slug_en, slug_cy=slug_cy, title_en=title_en, title_cy=title_cy, phase=into.phase, is_demo=True
        )
        year = into.in_plans()[0].plan.year
        ProjectCost.objects.create(project=project, year=year, kind=CostKind.FORECAST, amount_pence=4_500_00)
        made.append(project)
    lineage_make(Descent.MERGED, made, [Becomes(into)], by=head, why=WHY)


def load_promises(project: Project, team: Any, today: date) -> None:
    """A green word two months ago, with one date that was kept and one that was missed since then."""
    StatusUpdate.objects.create(
        project=project,
        confidence="green",
        reason_en="The first letters are being written.",
        reason_cy="Mae’r llythyrau cyntaf yn cael eu hysgrifennu.",
        for_date=today - timedelta(days=62),
        by=team,
    )
    Milestone.objects.create(
        project=project,
        title_en="Words agreed with both services",
        title_cy="Cytuno’r geiriau gyda’r ddau wasanaeth",
        baseline=today - timedelta(days=50),
        actual=today - timedelta(days=52),
    )

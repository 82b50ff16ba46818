"""What of the projects can be found: the projects, the delivery plans, what is said of them, and the team's posts."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from wlga_portal.kernel.searching import Findable, Watch, findable, joined, unmarked

from .models import Deliverable, DeliveryPlan, Post, Project, ProjectPartner, StatusUpdate


def councils_of(project: Project) -> tuple[int, ...]:
    """The organisations that a source names in it, from the prefetch."""
    return tuple(sorted(one.organisation_id for one in project.partners.all() if not one.inferred))


@findable(
    "projects.project",
    kind="project",
    rows=lambda: Project.objects.prefetch_related("partners"),
    visible=Project.objects.visible_to,
    watch=[Watch(Project), Watch(ProjectPartner, "project_id")],
)
def project(row: Project) -> Findable:
    text = joined(row.aim, row.note, row.next_step)
    return Findable(row.title, text, row.get_absolute_url, day=row.starts_on, councils=councils_of(row))


@findable(
    "projects.plan",
    kind="plan",
    rows=lambda: DeliveryPlan.objects.prefetch_related("deliverables"),
    visible=DeliveryPlan.objects.visible_to,
    watch=[Watch(DeliveryPlan), Watch(Deliverable, "plan_id")],
)
def plan(row: DeliveryPlan) -> Findable:
    """With what it promised, and how that was told at its end."""
    promised = [text for one in row.deliverables.all() for text in (one.title, one.note)]
    text = joined(row.year, row.status_note, row.overall, row.grant_note, *promised)
    return Findable(row.title, text, row.get_absolute_url, day=row.starts)


def updates_of(user: Any) -> QuerySet[StatusUpdate]:
    """What stands uncorrected, of the projects that this person may see."""
    return StatusUpdate.objects.filter(project__in=Project.objects.visible_to(user), corrected_by=None)


@findable(
    "projects.update",
    kind="update",
    rows=lambda: StatusUpdate.objects.select_related("project").prefetch_related("project__partners"),
    visible=updates_of,
    watch=[
        Watch(StatusUpdate),
        Watch(Project, query="SELECT id FROM projects_statusupdate WHERE project_id = $1"),
        Watch(ProjectPartner, "project_id", "SELECT id FROM projects_statusupdate WHERE project_id = $1"),
    ],
)
def update(row: StatusUpdate) -> Findable:
    """Its public words; the team's internal note is not found."""
    return Findable(
        row.project.title,
        joined(row.reason, row.text),
        lambda: f"{row.project.get_absolute_url()}#update-{row.pk}",
        day=row.for_date,
        councils=councils_of(row.project),
    )


@findable(
    "projects.post", kind="post", rows=Post.objects.all, visible=Post.objects.visible_to, watch=[Watch(Post)]
)  # fmt: skip
def post(row: Post) -> Findable:
    text = joined(row.summary, unmarked(row.body))
    day = timezone.localdate(row.published_at) if row.published_at else None
    return Findable(
        row.title,
        text,
        lambda: reverse("projects:post_page", kwargs={"slug": row.slug}),
        day=day,
        for_all=row.is_published,
    )

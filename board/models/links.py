"""The board's business that touches a project of a delivery plan."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from projects.linking import ProjectLink
from wlga_portal.kernel.history import tracked

from .meetings import AgendaItem
from .papers import Paper


@tracked()
class BoardProject(ProjectLink):
    """An item of an agenda, or a paper, that touches a project: one of the two."""

    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="projects")
    paper = models.ForeignKey(Paper, null=True, blank=True, on_delete=models.PROTECT, related_name="projects")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="boardproject_one_of_the_two", condition=Q(item__isnull=False) ^ Q(paper__isnull=False)
            ),
            models.UniqueConstraint(fields=["project", "item"], name="boardproject_item_linked_once"),
            models.UniqueConstraint(fields=["project", "paper"], name="boardproject_paper_linked_once"),
        ]

    def __str__(self) -> str:
        return f"{self.project}: {self.item or self.paper}"

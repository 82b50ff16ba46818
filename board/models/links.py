"""The board's business that touches a project of a delivery plan."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from projects.linking import ProjectLink
from wlga_portal.kernel.history import tracked

from .following import Action
from .meetings import AgendaItem
from .papers import Paper


@tracked()
class BoardProject(ProjectLink):
    """What touches a project: an item, a paper, one recommendation of a paper (its `uid`), or an action."""

    item = models.ForeignKey(AgendaItem, null=True, blank=True, on_delete=models.PROTECT, related_name="projects")
    paper = models.ForeignKey(Paper, null=True, blank=True, on_delete=models.PROTECT, related_name="projects")

    uid = models.UUIDField(null=True, blank=True)
    action = models.ForeignKey(Action, null=True, blank=True, on_delete=models.PROTECT, related_name="projects")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="boardproject_one_of_the_three",
                condition=Q(item__isnull=False, paper=None, action=None)
                | Q(item=None, paper__isnull=False, action=None)
                | Q(item=None, paper=None, action__isnull=False),
            ),
            models.CheckConstraint(
                name="boardproject_recommendation_of_a_paper", condition=Q(uid=None) | Q(paper__isnull=False)
            ),
            models.UniqueConstraint(fields=["project", "item"], name="boardproject_item_linked_once"),
            models.UniqueConstraint(
                fields=["project", "paper"], condition=Q(uid=None), name="boardproject_paper_linked_once"
            ),
            models.UniqueConstraint(fields=["project", "uid"], name="boardproject_recommendation_linked_once"),
            models.UniqueConstraint(fields=["project", "action"], name="boardproject_action_linked_once"),
        ]

    def __str__(self) -> str:
        return f"{self.project}: {self.item or self.paper or self.action}"

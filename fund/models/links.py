"""Bids that belong to a project of a delivery plan."""

from typing import ClassVar

from django.db import models

from projects.linking import ProjectLink
from wlga_portal.kernel.history import tracked

from .bids import Bid


@tracked()
class BidProject(ProjectLink):
    """A bid that led to a project, or that the project serves."""

    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="projects")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["project", "bid"], name="bidproject_linked_once")
        ]

    def __str__(self) -> str:
        return f"{self.project}: {self.bid}"

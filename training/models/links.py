"""Courses that belong to a project of a delivery plan."""

from typing import ClassVar

from django.db import models

from projects.linking import ProjectLink
from wlga_portal.kernel.history import tracked

from .catalogue import Course


@tracked()
class CourseProject(ProjectLink):
    """A course that a project made, or that teaches what it made."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="projects")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["project", "course"], name="courseproject_linked_once")
        ]

    def __str__(self) -> str:
        return f"{self.project}: {self.course}"

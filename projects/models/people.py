"""The organisations that take part in a project."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from organisations.models import Organisation
from wlga_portal.kernel.history import tracked

from ..states import PartnerRole
from .projects import Project


@tracked()
class ProjectPartner(models.Model):
    """An organisation in a project. `inferred`: our reading, never shown as stated by a source."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="partners")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="project_parts")
    role = models.CharField(max_length=10, choices=PartnerRole.choices, default=PartnerRole.PARTNER)
    inferred = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["project", "organisation"], name="projectpartner_once_in_a_project"),
            models.UniqueConstraint(
                fields=["project"], condition=Q(role=PartnerRole.LEAD), name="projectpartner_one_lead"
            ),
            models.CheckConstraint(name="projectpartner_role_known", condition=Q(role__in=PartnerRole.values)),
        ]

    def __str__(self) -> str:
        return f"{self.project}: {self.organisation}"

"""Who was reminded of which project's status, and when: so that nobody gets more than one such mail a week."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.database import append_only

from .projects import Project


class Step(models.TextChoices):
    """Who is reminded: first the lead, then the head of delivery."""

    LEAD = "lead", pgettext_lazy("reminder to", "Lead")
    HEAD = "head", pgettext_lazy("reminder to", "Head of delivery")


@append_only
class Nudge(models.Model):
    """One mail to one person about all the statuses that they should confirm. No two within seven days."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    day = models.DateField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            ExclusionConstraint(
                name="nudge_one_mail_a_week",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    (
                        Func(F("day"), function="daterange", template="%(function)s(%(expressions)s, day + 7)"),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id}, {self.day}"


@append_only
class NudgedProject(models.Model):
    """A project that a nudge names."""

    nudge = models.ForeignKey(Nudge, on_delete=models.PROTECT, related_name="projects")
    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="nudges")
    step = models.CharField(max_length=4, choices=Step.choices)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["nudge", "project"], name="nudgedproject_once_in_a_nudge"),
            models.CheckConstraint(name="nudgedproject_step_known", condition=Q(step__in=Step.values)),
        ]

    def __str__(self) -> str:
        return f"{self.project}: {self.step}"

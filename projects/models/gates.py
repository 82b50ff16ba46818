"""The assessments between the phases of a project."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.bilingual import Bilingual, BilingualModel
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.versions import VersionedModel

from ..states import GateOutcome, Phase
from .plans import both_or_neither
from .projects import Project


@tracked()
class Gate(VersionedModel, BilingualModel):
    """The assessment at the end of a phase: planned for a day, then held, with what it found."""

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="gates")
    phase = models.CharField(_("At the end of"), max_length=10, choices=Phase.choices)
    due_on = models.DateField(_("Planned for"), null=True, blank=True)
    held_on = models.DateField(_("Held on"), null=True, blank=True)
    outcome = models.CharField(_("Outcome"), max_length=10, choices=GateOutcome.choices, blank=True)
    note = Bilingual(label=_("What was found"), blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["project", "held_on", "due_on", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="gate_phase_known", condition=Q(phase__in=Phase.values)),
            models.CheckConstraint(
                name="gate_outcome_known", condition=Q(outcome="") | Q(outcome__in=GateOutcome.values)
            ),
            models.CheckConstraint(name="gate_has_a_day", condition=Q(due_on__isnull=False) | Q(held_on__isnull=False)),
            models.CheckConstraint(
                name="gate_held_has_an_outcome",
                condition=(Q(held_on=None) & Q(outcome="")) | (Q(held_on__isnull=False) & ~Q(outcome="")),
            ),
            models.CheckConstraint(name="gate_note_in_both_or_neither", condition=both_or_neither("note")),
        ]

    def __str__(self) -> str:
        return f"{self.project}: {Phase(self.phase).label}"

"""By what a round's bids are scored, with a described score for each figure from 0 to 5."""

from collections.abc import Iterator
from typing import ClassVar

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.bilingual import Bilingual, BilingualModel, Text
from wlga_portal.kernel.history import tracked

from .rounds import Round, StageKind

LEVELS = range(6)  # the scores that an assessor may give: 0 to 5
SCORED_STAGES = (StageKind.SIFT, StageKind.PANEL)  # the stages in which bids are scored
SCORED_CHOICES = [(kind.value, kind.label) for kind in SCORED_STAGES]


@tracked()
class Criterion(BilingualModel):
    """One thing that a bid is scored by, at the sift or by the panel.

    `weight` is in percent: a bid's score is the mean of its scores, each counted by the weight of its criterion among
    all criteria of the same stage. `level_0` to `level_5` say in words what each score means.
    """

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="criteria")
    stage = models.CharField(_("Scored at"), max_length=12, choices=SCORED_CHOICES, default=StageKind.SIFT)
    key = models.SlugField(_("Key"), max_length=40)
    order = models.PositiveSmallIntegerField(_("Order"), default=0)
    weight = models.PositiveSmallIntegerField(
        _("Weight in percent"), validators=[MinValueValidator(1), MaxValueValidator(100)]
    )
    name = Bilingual(label=_("Criterion"), max_length=120)
    guidance = Bilingual(label=_("Guidance for assessors"), blank=True)
    level_0 = Bilingual(label=_("What 0 means"), max_length=300, blank=True)
    level_1 = Bilingual(label=_("What 1 means"), max_length=300, blank=True)
    level_2 = Bilingual(label=_("What 2 means"), max_length=300, blank=True)
    level_3 = Bilingual(label=_("What 3 means"), max_length=300, blank=True)
    level_4 = Bilingual(label=_("What 4 means"), max_length=300, blank=True)
    level_5 = Bilingual(label=_("What 5 means"), max_length=300, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["order", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="criterion_stage_scores", condition=Q(stage__in=SCORED_STAGES)),
            models.CheckConstraint(name="criterion_weight_in_percent", condition=Q(weight__range=(1, 100))),
            models.CheckConstraint(name="criterion_named_in_both", condition=~Q(name_en="") & ~Q(name_cy="")),
            models.UniqueConstraint(name="criterion_key_once_in_a_stage", fields=["round", "stage", "key"]),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def weight_in_words(self) -> str:
        return f"{self.weight}%"

    @property
    def levels(self) -> Iterator[tuple[int, Text]]:
        """Each score with what it means."""
        return ((number, getattr(self, f"level_{number}")) for number in LEVELS)

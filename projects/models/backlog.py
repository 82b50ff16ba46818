"""What was decided about the projects that wait in the backlog."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.bilingual import Bilingual, BilingualModel
from wlga_portal.kernel.database import append_only
from wlga_portal.kernel.history import tracked

from ..states import BacklogDecision
from .plans import both_or_neither
from .projects import Project

STAYS = (BacklogDecision.KEEP, BacklogDecision.DATED)


@append_only
@tracked()
class BacklogReview(BilingualModel):
    """A decision about a project in the backlog, with its reason, and the day on which it is looked at again.

    Never changed: a later row takes its place. `decided_on` is the day of the meeting, `at` when the portal knew it.
    A project that stays in the backlog has a day of review, one that leaves it has none. A row that only sets that day
    needs no reason.
    """

    project = models.ForeignKey(Project, on_delete=models.PROTECT, related_name="backlog_reviews")
    decision = models.CharField(_("Decision"), max_length=5, choices=BacklogDecision.choices)
    reason = Bilingual(label=_("Reason"), blank=True)
    meeting = Bilingual(label=_("Meeting"), max_length=200, blank=True)
    decided_on = models.DateField(_("Decided on"))
    review_on = models.DateField(_("To be reviewed on"), null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[Any]] = ["-pk"]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["project", "-id"], name="backlogreview_newest")]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="backlogreview_decision_known", condition=Q(decision__in=BacklogDecision.values)
            ),
            models.CheckConstraint(
                name="backlogreview_decided_with_a_reason",
                condition=Q(decision=BacklogDecision.DATED) | (~Q(reason_en="") & ~Q(reason_cy="")),
            ),
            models.CheckConstraint(
                name="backlogreview_texts_in_both_or_neither", condition=both_or_neither("reason", "meeting")
            ),
            models.CheckConstraint(
                name="backlogreview_what_stays_has_a_day",
                condition=Q(decision__in=STAYS, review_on__isnull=False) | (~Q(decision__in=STAYS) & Q(review_on=None)),
            ),
            models.CheckConstraint(
                name="backlogreview_reviewed_after_it_was_decided",
                condition=Q(review_on=None) | Q(review_on__gt=F("decided_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.project}, {self.decided_on}: {BacklogDecision(self.decision).label}"

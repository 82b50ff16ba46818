"""Which assessor scores which bid."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fund.querysets.assessing import AssessmentQuerySet
from fund.states.assessing import ASSESSMENT, ASSESSMENT_COLOURS, AssessmentStatus
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.workflow import WorkflowModel

from .bids import HELD, Bid
from .criteria import SCORED_CHOICES, SCORED_STAGES
from .rounds import StageKind
from .submissions import Submission

# what is scored at each: statements are sifted, proposals go to the panel
SCORED_OF = {StageKind.STATEMENTS: StageKind.SIFT, StageKind.PROPOSALS: StageKind.PANEL}


@tracked()
class Assessment(WorkflowModel):
    """One assessor's work on one bid at the sift or for the panel: what they are given to read is `submission`.

    No assessor whose own organisation has a part in the bid, or in one that it was merged with, holds one.
    """

    workflow = ASSESSMENT
    status = ASSESSMENT.field()
    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="assessments")
    assessor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assessments", verbose_name=_("Assessor")
    )
    stage = models.CharField(_("Scored at"), max_length=12, choices=SCORED_CHOICES, editable=False)
    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="assessments", editable=False)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    assigned_at = models.DateTimeField(editable=False)

    objects = AssessmentQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["bid", "stage", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            ASSESSMENT.constraint("assessment_status_known"),
            models.CheckConstraint(name="assessment_stage_scores", condition=Q(stage__in=SCORED_STAGES)),
            models.UniqueConstraint(name="assessment_once_at_a_stage", fields=["bid", "assessor", "stage"]),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="of_what_was_sent",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("submission_id", "bid_id", "stage"),
                func=f"""
                IF NOT EXISTS (SELECT FROM fund_submission s WHERE s.id = NEW.submission_id AND s.bid_id = NEW.bid_id
                    AND (s.stage, NEW.stage) IN (('statements', 'sift'), ('proposals', 'panel'))) THEN
                    RAISE EXCEPTION 'the submission is of another bid or stage'
                    {HELD} 'assessment_of_what_was_sent'; END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="without_conflict",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("status", "assessor_id", "bid_id"),
                func=f"""
                IF NEW.status IN ('assigned', 'handed_in') AND NEW.bid_id IN (SELECT fund_bids_of(
                    ARRAY(SELECT m.organisation_id FROM accounts_membership m WHERE m.user_id = NEW.assessor_id
                        AND m.starts <= (now() AT TIME ZONE 'Europe/London')::date
                        AND (m.ends IS NULL OR m.ends >= (now() AT TIME ZONE 'Europe/London')::date)),
                    NEW.assessor_id)) THEN
                    RAISE EXCEPTION 'the assessor has a part in this bid' {HELD} 'assessment_without_conflict'; END IF;
                RETURN NEW;
                """,  # noqa: S608  our own words only
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bid_id}: {self.assessor_id}"

    def get_absolute_url(self) -> str:
        return reverse("fund:assessment_page", kwargs={"pk": self.pk})

    @property
    def status_colour(self) -> str:
        return ASSESSMENT_COLOURS[AssessmentStatus(self.status)]

    @property
    def is_handed_in(self) -> bool:
        return bool(self.status == AssessmentStatus.HANDED_IN)

    @property
    def draft_key(self) -> str:
        """Where the scores that are not handed in yet are kept: seen by the assessor alone."""
        return f"fund.assessment:{self.pk}"

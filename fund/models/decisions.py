"""What is decided about a bid, what the panel agreed about its score, and a council's request to look again."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fund.querysets.assessing import DecisionQuerySet, ReviewQuerySet
from fund.states.assessing import (
    DECISION,
    DECISION_COLOURS,
    OUTCOME_COLOURS,
    REVIEW,
    REVIEW_COLOURS,
    DecisionStatus,
    Outcome,
    ReviewStatus,
)
from wlga_portal.kernel.database import append_only
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.versions import VersionedModel
from wlga_portal.kernel.workflow import WorkflowModel

from .bids import HELD, LANGUAGES, Bid
from .criteria import SCORED_CHOICES, SCORED_STAGES
from .rounds import Round

TEXTS = ("bid_id", "stage", "outcome", "amount_pence", "language", "reason", "feedback", "conditions", "letter",
         "standing", "applied_at", "applied_by_id")  # fmt: skip


@tracked()
class Decision(WorkflowModel, VersionedModel):
    """What is decided about one bid at one stage. It is pending, and can be edited, until all of the stage are applied
    together; then it stands as it was sent. `reason` is the panel's own record; `letter`, `feedback` and `conditions`
    go to the council, in the language of its bid. `standing` is where the bid stood in the ranking when it was applied.
    """

    workflow = DECISION
    status = DECISION.field()
    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="decisions")
    stage = models.CharField(max_length=12, choices=SCORED_CHOICES, editable=False)
    outcome = models.CharField(_("Decision"), max_length=8, choices=Outcome.choices)
    amount_pence = models.BigIntegerField(_("Amount awarded"), null=True, blank=True)
    language = models.CharField(max_length=2, choices=LANGUAGES, editable=False)
    reason = models.TextField(_("Why it is decided so"), help_text=_("For the record; the council does not see it."))
    feedback = models.TextField(_("Feedback for the council"), blank=True)
    conditions = models.TextField(_("Conditions of the award"), blank=True)
    letter = models.TextField(_("Letter"), blank=True)
    standing = models.JSONField(null=True, blank=True, editable=False)
    applied_at = models.DateTimeField(null=True, blank=True, editable=False)
    applied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    objects = DecisionQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            DECISION.constraint("decision_status_known"),
            models.CheckConstraint(
                name="decision_outcome_of_its_stage",
                condition=Q(stage="sift", outcome__in=[Outcome.INVITE, Outcome.REFUSE])
                | Q(stage="panel", outcome__in=[Outcome.AWARD, Outcome.REFUSE]),
            ),
            models.CheckConstraint(
                name="decision_award_has_its_amount",
                condition=Q(outcome=Outcome.AWARD, amount_pence__gt=0)
                | ~Q(outcome=Outcome.AWARD) & Q(amount_pence=None),
            ),
            models.CheckConstraint(name="decision_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="decision_applied_is_whole",
                condition=Q(status=DecisionStatus.PENDING, applied_at=None, applied_by=None)
                | ~Q(status=DecisionStatus.PENDING)
                & Q(applied_at__isnull=False, applied_by__isnull=False, standing__isnull=False)
                & ~Q(letter=""),
            ),
            models.UniqueConstraint(
                name="decision_one_at_a_stage",
                fields=["bid", "stage"],
                condition=~Q(status=DecisionStatus.OVERTURNED),
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="stands_as_sent",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(*TEXTS),
                func=f"""
                IF OLD.status <> 'pending' THEN
                    RAISE EXCEPTION 'the decision was sent' {HELD} 'decision_stands_as_sent'; END IF;
                RETURN NEW;
                """,
            ),
            pgtrigger.Trigger(
                name="is_kept",
                when=pgtrigger.Before,
                operation=pgtrigger.Delete,
                func=f"""
                IF OLD.status <> 'pending' THEN
                    RAISE EXCEPTION 'the decision was sent' {HELD} 'decision_is_kept'; END IF;
                RETURN OLD;
                """,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bid.reference}: {self.get_outcome_display()}"

    def get_absolute_url(self) -> str:
        return reverse("fund:decision_page", kwargs={"pk": self.pk})

    @property
    def status_colour(self) -> str:
        return DECISION_COLOURS[DecisionStatus(self.status)]

    @property
    def outcome_colour(self) -> str:
        return OUTCOME_COLOURS[Outcome(self.outcome)]

    @property
    def is_pending(self) -> bool:
        return bool(self.status == DecisionStatus.PENDING)


@append_only
class Moderation(models.Model):
    """What the panel agreed about a bid's score, and why. `hundredths` is the score that then stands in the place of
    the mean (0 to 500 for 0 to 5); None: the mean stands, and the reason says what was talked about."""

    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="moderations")
    stage = models.CharField(max_length=12, choices=SCORED_CHOICES)
    hundredths = models.PositiveSmallIntegerField(null=True)
    reason = models.TextField(_("Reason"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["bid", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="moderation_stage_scores", condition=Q(stage__in=SCORED_STAGES)),
            models.CheckConstraint(
                name="moderation_from_0_to_5", condition=Q(hundredths=None) | Q(hundredths__range=(0, 500))
            ),
            models.CheckConstraint(name="moderation_has_a_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.bid_id}: {self.hundredths}"


@append_only
class GovernmentAgreement(models.Model):
    """That Welsh Government agrees to what is to be awarded in a round: who, on which day, under which reference."""

    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="agreements")
    name = models.CharField(_("Who agreed"), max_length=200)
    agreed_on = models.DateField(_("Date of the agreement"))
    reference = models.CharField(_("Reference of the agreement"), max_length=100)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["round", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="government_agreement_says_who_and_where", condition=~Q(name="") & ~Q(reference="")
            ),
        ]

    def __str__(self) -> str:
        return self.reference


@tracked()
class Review(WorkflowModel):
    """A council's request that the decision on its own bid is looked at again, and the answer to it."""

    workflow = REVIEW
    status = REVIEW.field()
    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="review")
    reason = models.TextField(_("Why it should be looked at again"))
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    answer = models.TextField(_("Answer"), blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            REVIEW.constraint("review_status_known"),
            models.CheckConstraint(name="review_has_a_reason", condition=~Q(reason="")),
            models.CheckConstraint(
                name="review_answered_with_words",
                condition=Q(status=ReviewStatus.ASKED, answered_at=None)
                | ~Q(status=ReviewStatus.ASKED) & Q(answered_at__isnull=False) & ~Q(answer=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id}: {self.status}"

    @property
    def status_colour(self) -> str:
        return REVIEW_COLOURS[ReviewStatus(self.status)]

"""A bid: a problem statement that becomes a proposal."""

from copy import copy
from typing import TYPE_CHECKING, Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fund.querysets import BidQuerySet
from fund.states import BID, COLOURS, OPEN_STATUSES, SENT_STATUSES, BidStatus
from organisations.models import Organisation
from wlga_portal.kernel.bilingual import Bilingual, BilingualModel, SluggedModel, page_language
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.versions import VersionedModel
from wlga_portal.kernel.workflow import WorkflowModel

from .form_items import CostCategory, RequiredAttachment
from .rounds import Question, Round, Section, Stage, StageKind, Topic

if TYPE_CHECKING:
    from .answers import Answer

LANGUAGES = [("cy", "Cymraeg"), ("en", "English")]
HELD = "USING ERRCODE = 'check_violation', CONSTRAINT ="


@tracked()
class Bid(SluggedModel, WorkflowModel, VersionedModel, BilingualModel):
    """A problem statement that becomes a proposal.

    A bid made here has one lead council, a reference, a title in the language that it is written in, and the version
    of the form that it was started on. A historic one has what was published: `label` is a plain heading of ours (its
    own title is not published), `problem` and `proposal` tell it in both languages. None in `amount_pence` means not
    given, or not published; it is never 0. `public_keys` are the questions whose answers other councils may read
    (None: those about the problem); `merged_into` is the bid in which it went on with another.
    """

    url_name = "fund:bid_page"
    workflow = BID
    status = BID.field()
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="bids")
    topic = models.ForeignKey(Topic, on_delete=models.PROTECT, related_name="bids", verbose_name=_("Topic"))
    topic_inferred = models.BooleanField(default=False, editable=False)
    lead = models.ForeignKey(
        Organisation,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="led_bids",
        verbose_name=_("Lead council"),
    )
    reference = models.CharField(_("Reference"), max_length=30, blank=True, editable=False)
    stage = models.CharField(max_length=12, choices=StageKind.choices, default=StageKind.STATEMENTS, editable=False)
    form_version = models.PositiveSmallIntegerField(default=1, editable=False)
    title = models.CharField(_("Title of the bid"), max_length=160, blank=True)
    language = models.CharField(_("Language of the bid"), max_length=2, choices=LANGUAGES, blank=True)
    amount_pence = models.BigIntegerField(_("Amount asked for"), null=True, blank=True)
    latest = models.ForeignKey(
        "fund.Submission", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    started_at = models.DateTimeField(auto_now_add=True)
    # None: whoever started it
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    owner_offered_at = models.DateTimeField(null=True, editable=False)
    is_historic = models.BooleanField(default=False, editable=False)
    merged_into = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="merged_from"
    )
    public_keys = models.JSONField(_("Answers that other councils may read"), null=True, blank=True, editable=False)
    draft_shown = models.BooleanField(_("Other councils may see the title of the draft"), default=False, editable=False)
    order = models.PositiveSmallIntegerField(default=0, editable=False)
    label = Bilingual(label=_("Working heading"), max_length=200, blank=True)
    problem = Bilingual(label=_("Problem"), blank=True)
    proposal = Bilingual(label=_("Proposal"), blank=True)

    objects = BidQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            BID.constraint("bid_status_known"),
            models.CheckConstraint(
                name="bid_made_here_has_one_lead", condition=Q(is_historic=True) | Q(lead__isnull=False)
            ),
            models.CheckConstraint(
                name="bid_made_here_is_named",
                condition=Q(is_historic=True)
                | (~Q(reference="") & ~Q(title="") & Q(language__in=["cy", "en"]) & Q(started_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="bid_historic_has_a_heading", condition=Q(is_historic=False) | (~Q(label_en="") & ~Q(label_cy=""))
            ),
            models.CheckConstraint(
                name="bid_historic_status",
                condition=Q(is_historic=False)
                | ~Q(status__in=[BidStatus.DRAFT, BidStatus.SUBMITTED, BidStatus.WITHDRAWN, BidStatus.INVITED]),
            ),
            models.CheckConstraint(
                name="bid_topic_inferred_only_of_the_past", condition=Q(topic_inferred=False) | Q(is_historic=True)
            ),
            models.CheckConstraint(
                name="bid_amount_not_negative", condition=Q(amount_pence=None) | Q(amount_pence__gte=0)
            ),
            models.CheckConstraint(
                name="bid_submitted_has_its_submission",
                condition=Q(is_historic=True) | ~Q(status__in=SENT_STATUSES) | Q(latest__isnull=False),
            ),
            models.CheckConstraint(
                name="bid_merged_into_another",
                condition=Q(status=BidStatus.MERGED, merged_into__isnull=False)
                | (~Q(status=BidStatus.MERGED) & Q(merged_into=None)),
            ),
            models.UniqueConstraint(name="bid_reference_unique", fields=["reference"], condition=~Q(reference="")),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(name="bid_of_round", fields=["round", "status"])]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="belongs_together",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=f"""
                IF NOT EXISTS (SELECT FROM fund_topic t WHERE t.id = NEW.topic_id AND t.round_id = NEW.round_id) THEN
                    RAISE EXCEPTION 'the topic is of another round' {HELD} 'bid_topic_of_its_round'; END IF;
                IF NEW.lead_id IS NOT NULL AND NOT EXISTS
                    (SELECT FROM organisations_organisation o WHERE o.id = NEW.lead_id AND o.kind = 'council') THEN
                    RAISE EXCEPTION 'the lead of a bid is a council' {HELD} 'bid_lead_is_a_council'; END IF;
                RETURN NEW;
                """,  # noqa: S608  our own words only
            ),
        ]

    def __str__(self) -> str:
        return self.heading

    @property
    def heading(self) -> str:
        """Its title, or the working heading of one whose title is not published."""
        return self.title or str(self.label)

    @property
    def heading_lang(self) -> str:
        """The language of `heading`."""
        return (self.language or page_language()) if self.title else self.label.lang

    @property
    def status_colour(self) -> str:
        return COLOURS[BidStatus(self.status)]

    @property
    def title_published(self) -> bool:
        return bool(self.title)

    @property
    def is_demo(self) -> bool:
        return self.round.is_demo

    @property
    def keeper(self) -> Any:
        """Whose bid it is to look after: its owner, or whoever started it; None for a bid of the past."""
        return self.owner or self.started_by

    @property
    def is_writable(self) -> bool:
        """Whether its status lets anybody write in it; the clock of its stage is asked apart (`writing_stage`)."""
        return self.status in OPEN_STATUSES

    def makes_public(self, question: Question) -> bool:
        """Whether other councils may read the answer to this question, from when the round shows statements to them."""
        if self.public_keys is None:
            return bool(question.section == Section.PROBLEM)
        return question.key in self.public_keys

    def answers_in_order(self) -> "models.QuerySet[Answer]":
        """Its answers to the questions of its stage, in the order of the form."""
        answers = self.answers.filter(question__stage=self.stage).select_related("question", "assignment__person")
        return answers.order_by("question__order", "question_id")

    def cost_categories(self) -> "models.QuerySet[CostCategory]":
        """The categories of cost of the form that it was started on."""
        return self.round.cost_categories.filter(form_version=self.form_version)

    def required_attachments(self) -> "models.QuerySet[RequiredAttachment]":
        """The files that the form that it was started on asks for at its stage."""
        return self.round.required_attachments.filter(form_version=self.form_version, stage=self.stage)

    @property
    def writing_stage(self) -> Stage | None:
        """The stage that it is written for, open or not, as it stands for this bid: more time given to it counts."""
        stage = self.round.stage(self.stage)
        own = [one.closes_at for one in self.extensions.all() if stage and one.stage_id == stage.pk]
        if stage is None or not own or max(own) <= stage.closes_at:
            return stage
        longer = copy(stage)
        longer.closes_at = max(own)
        return longer

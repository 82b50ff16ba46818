"""A bid, the answers written in it, and the partners that join it."""

from copy import copy
from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from fund.querysets import BidQuerySet, PartnerQuerySet
from fund.states import BID, COLOURS, CONSENT, CONSENT_COLOURS, OPEN_STATUSES, SENT_STATUSES, BidStatus, Consent
from organisations.models import Organisation
from wlga_portal.kernel.bilingual import Bilingual, BilingualModel, SluggedModel, page_language
from wlga_portal.kernel.forms.fields import words_in
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.versions import VersionedModel
from wlga_portal.kernel.workflow import WorkflowModel

from .form_items import CostCategory, RequiredAttachment
from .rounds import Question, Round, Section, Stage, StageKind, Topic

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


class Effect(models.TextChoices):
    """What a bid says to a question about its implications; the text says why, or what."""

    NONE = "none", _("There is no effect, because …")
    SOME = "some", _("There is an effect")


@tracked()
class Answer(VersionedModel):
    """What a bid says to one question, in the bid's language: one row, one version. `words` is counted at each save."""

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(_("Answer"), blank=True)
    effect = models.CharField(_("Effect"), max_length=4, choices=Effect.choices, blank=True)
    words = models.PositiveIntegerField(default=0, editable=False)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="answer_one_to_a_question", fields=["bid", "question"]),
            models.CheckConstraint(name="answer_empty_has_no_words", condition=~Q(text="") | Q(words=0)),
            models.CheckConstraint(name="answer_effect_known", condition=Q(effect__in=["", *Effect.values])),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="of_the_form",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("bid_id", "question_id"),
                func=f"""
                IF NOT EXISTS (SELECT FROM fund_bid b JOIN fund_question q
                    ON q.round_id = b.round_id AND q.form_version = b.form_version
                    WHERE b.id = NEW.bid_id AND q.id = NEW.question_id) THEN
                    RAISE EXCEPTION 'the question is of another form' {HELD} 'answer_of_the_form'; END IF;
                RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.bid_id}: {self.question_id}"

    @property
    def asks_effect(self) -> bool:
        """Whether its question is one of the implications: "none, because ..." or what the effect is."""
        return self.question.section == Section.IMPLICATIONS

    @property
    def is_cited(self) -> bool:
        """Whether it asks what the bid builds on, and the bid cites something: then no text is needed."""
        return self.question.section == Section.LEARNING and self.bid.citations.exists()

    @property
    def is_done(self) -> bool:
        """Whether it says something within the limit, and of an implication whether there is an effect."""
        if not self.words:
            return self.is_cited
        return self.words <= self.question.word_limit and (bool(self.effect) or not self.asks_effect)

    def get_absolute_url(self) -> str:
        return reverse("fund:answer_edit", kwargs={"slug": self.bid.slug, "key": self.question.key})

    @property
    def draft_key(self) -> str:
        """Where a person's unsaved text for it is kept."""
        return f"fund.answer:{self.pk}"

    def validate_constraints(self, exclude: Any = None) -> None:
        """Of the words as they are now: who empties an answer breaks no rule."""
        self.words = words_in(self.text)
        super().validate_constraints(exclude)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.words = words_in(self.text)
        super().save(*args, **kwargs)


@tracked()
class Partner(WorkflowModel, VersionedModel):
    """A council or body that joins a bid beside its lead, with a role and a share, and what it says to them.

    `inferred` and `possible` belong to bids of the past: our reading, and a partner that the source calls possible.
    """

    workflow = CONSENT
    status = CONSENT.field()
    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="partners")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="bid_partnerships", verbose_name=_("Organisation")
    )
    role = models.CharField(_("Role in the bid"), max_length=200, blank=True)
    share_pence = models.BigIntegerField(_("Share of the cost"), null=True, blank=True)
    order = models.PositiveSmallIntegerField(default=0, editable=False)
    inferred = models.BooleanField(default=False, editable=False)
    possible = models.BooleanField(default=False, editable=False)
    invited_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    # who decided by a link, where they have no account
    signatory = models.ForeignKey(
        "fund.Signatory", null=True, blank=True, editable=False, on_delete=models.RESTRICT, related_name="+"
    )

    objects = PartnerQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["order", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            CONSENT.constraint("partner_consent_known"),
            models.UniqueConstraint(name="partner_once_in_a_bid", fields=["bid", "organisation"]),
            models.CheckConstraint(
                name="partner_share_not_negative", condition=Q(share_pence=None) | Q(share_pence__gte=0)
            ),
            models.CheckConstraint(
                name="partner_decided_when_and_by_whom",
                condition=Q(decided_at=None, decided_by=None, signatory=None)
                | (Q(decided_at__isnull=False) & (Q(decided_by__isnull=False) | Q(signatory__isnull=False))),
            ),
            models.CheckConstraint(
                name="partner_decision_has_its_person",
                condition=~Q(status__in=[Consent.AGREED, Consent.DECLINED])
                | Q(decided_by__isnull=False)
                | Q(signatory__isnull=False),
            ),
            models.CheckConstraint(
                name="partner_flags_only_of_the_past",
                condition=Q(inferred=False, possible=False) | Q(status=Consent.UNKNOWN),
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="beside_the_lead",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=f"""
                IF EXISTS (SELECT FROM fund_bid b WHERE b.id = NEW.bid_id AND b.lead_id = NEW.organisation_id) THEN
                    RAISE EXCEPTION 'the lead is not its own partner' {HELD} 'partner_is_not_the_lead'; END IF;
                IF NEW.status = 'unknown' AND NOT EXISTS
                    (SELECT FROM fund_bid b WHERE b.id = NEW.bid_id AND b.is_historic) THEN
                    RAISE EXCEPTION 'only a bid of the past has partners whose consent is not known'
                    {HELD} 'partner_consent_asked'; END IF;
                RETURN NEW;
                """,  # noqa: S608  our own words only
            )
        ]

    def __str__(self) -> str:
        return str(self.organisation)

    @property
    def status_colour(self) -> str:
        return CONSENT_COLOURS[Consent(self.status)]

    def get_absolute_url(self) -> str:
        return reverse("fund:partner_consent", kwargs={"slug": self.bid.slug, "pk": self.pk})

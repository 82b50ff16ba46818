"""The fund, its rounds, their stages and topics, and the questions that a bid answers."""

from datetime import datetime
from typing import TYPE_CHECKING, ClassVar

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fund.querysets import RoundQuerySet
from fund.states.awards import AwardStatus
from wlga_portal.kernel.bilingual import Bilingual, BilingualModel, SluggedModel, page_language, published_in_both
from wlga_portal.kernel.history import tracked

if TYPE_CHECKING:
    from .criteria import Criterion


@tracked()
class Fund(SluggedModel, BilingualModel):
    """A fund: what it is, whose it was before, and the pain that its rounds are to cure."""

    url_name = "fund:front"
    name = Bilingual(label=_("Name"), max_length=120)
    created_year = models.PositiveSmallIntegerField(_("Created in"), null=True, blank=True)
    previous_manager = Bilingual(label=_("Managed before by"), max_length=200, blank=True)
    known_pain = Bilingual(label=_("What went wrong before"), blank=True)
    support = Bilingual(label=_("Support for projects"), blank=True)

    def __str__(self) -> str:
        return str(self.name)

    def get_absolute_url(self) -> str:
        return reverse("fund:front")


@tracked()
class Round(SluggedModel, BilingualModel):
    """One year's round. `form_version` is the form that a bid started now is written on.

    `commitments_due_at` lets partners' commitments of money follow the submission until that moment; None: a proposal
    is submitted with all of them. A historic round came from outside: it has no stages and no form, its bids are what
    was published. What a round has open follows from the clock and its stages alone.
    """

    url_name = "fund:round_page"
    fund = models.ForeignKey(Fund, on_delete=models.PROTECT, related_name="rounds")
    year = models.CharField(_("Year"), max_length=7)
    name = Bilingual(label=_("Name"), max_length=160, sort=True)
    guidance = Bilingual(label=_("Guidance"), blank=True)
    run_as = Bilingual(label=_("How it is run"), max_length=200, blank=True)
    applications = Bilingual(label=_("When councils applied"), max_length=120, blank=True)
    budget_pence = models.BigIntegerField(_("Budget"), null=True, blank=True)
    reference_stem = models.CharField(_("Reference begins with"), max_length=20, blank=True)
    form_version = models.PositiveSmallIntegerField(default=1, editable=False)
    consent_required = models.BooleanField(_("Partners must agree before a bid is submitted"), default=True)
    commitments_due_at = models.DateTimeField(_("Commitments of money by"), null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    source = Bilingual(label=_("Source"), max_length=200, blank=True)
    source_date = models.DateField(_("Date of the source"), null=True, blank=True)
    is_historic = models.BooleanField(default=False, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = RoundQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="round_budget_not_negative", condition=Q(budget_pence=None) | Q(budget_pence__gte=0)
            ),
            models.CheckConstraint(name="round_year_is_a_year", condition=Q(year__regex=r"^20[0-9]{2}-[0-9]{2}$")),
            models.CheckConstraint(name="round_historic_is_no_demo", condition=Q(is_historic=False) | Q(is_demo=False)),
            models.CheckConstraint(
                name="round_live_has_references", condition=Q(is_historic=True) | ~Q(reference_stem="")
            ),
            models.UniqueConstraint(
                name="round_reference_stem_unique", fields=["reference_stem"], condition=~Q(reference_stem="")
            ),
            published_in_both("name", when=~Q(published_at=None), name="round_published_in_both"),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="budget_covers_awards",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("budget_pence"),
                func="""
                IF NEW.budget_pence < (SELECT coalesce(sum(a.amount_pence), 0) FROM fund_award a
                    JOIN fund_bid b ON b.id = a.bid_id WHERE b.round_id = NEW.id AND a.status <> 'turned_down') THEN
                    RAISE EXCEPTION 'more is awarded than that' USING ERRCODE = 'check_violation',
                    CONSTRAINT = 'round_budget_covers_awards'; END IF;
                RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return str(self.name)

    def stage(self, kind: str) -> "Stage | None":
        """The stage of this kind, from the rows read with the round where they were prefetched."""
        return next((stage for stage in self.stages.all() if stage.kind == kind), None)

    def criteria_of(self, stage: str) -> "models.QuerySet[Criterion]":
        """What bids are scored by at this stage."""
        return self.criteria.filter(stage=stage)

    @property
    def awarded_pence(self) -> int:
        """What is awarded of its budget; an award that was turned down gave its money back."""
        from .awards import Award

        given = Award.objects.filter(bid__round=self).exclude(status=AwardStatus.TURNED_DOWN)
        return sum(given.values_list("amount_pence", flat=True))

    def open_stage(self, at: datetime | None = None) -> "Stage | None":
        """The stage that takes bids at this moment."""
        return next((stage for stage in self.stages.all() if stage.takes_bids and stage.is_open(at)), None)


class StageKind(models.TextChoices):
    """The stages of a round, in their order."""

    STATEMENTS = "statements", _("Problem statements")
    INTEREST = "interest", _("Interest from other councils")
    SIFT = "sift", _("Sift")
    PROPOSALS = "proposals", _("Proposals")
    PANEL = "panel", _("Panel")
    DECISION = "decision", _("Decision")


WRITTEN_STAGES = (StageKind.STATEMENTS, StageKind.PROPOSALS)  # the stages in which councils write


@tracked()
class Stage(models.Model):
    """When a stage of a round opens and closes. Both moments belong to it: what arrives at `closes_at` is in time."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="stages")
    kind = models.CharField(_("Stage"), max_length=12, choices=StageKind.choices)
    opens_at = models.DateTimeField(_("Opens"))
    closes_at = models.DateTimeField(_("Closes"))

    class Meta:
        ordering: ClassVar[list[str]] = ["opens_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="stage_kind_known", condition=Q(kind__in=StageKind.values)),
            models.CheckConstraint(name="stage_closes_after_it_opens", condition=Q(closes_at__gt=F("opens_at"))),
            models.UniqueConstraint(name="stage_once_in_a_round", fields=["round", "kind"]),
        ]

    def __str__(self) -> str:
        return str(StageKind(self.kind).label)

    @property
    def takes_bids(self) -> bool:
        return self.kind in WRITTEN_STAGES

    def is_open(self, at: datetime | None = None) -> bool:
        """Whether the stage is open at this moment (now, where none is given)."""
        return self.opens_at <= (at or timezone.now()) <= self.closes_at

    def is_over(self, at: datetime | None = None) -> bool:
        return (at or timezone.now()) > self.closes_at


@tracked()
class Topic(BilingualModel):
    """What a round asks for bids about."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="topics")
    slug_en = models.SlugField(max_length=80)
    slug_cy = models.SlugField(max_length=80)
    name = Bilingual(label=_("Name"), max_length=120, sort=True)
    order = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering: ClassVar[list[str]] = ["order", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="topic_named_in_both", condition=~Q(name_en="") & ~Q(name_cy="")),
            models.UniqueConstraint(name="topic_slug_en_once_in_a_round", fields=["round", "slug_en"]),
            models.UniqueConstraint(name="topic_slug_cy_once_in_a_round", fields=["round", "slug_cy"]),
        ]

    def __str__(self) -> str:
        return str(self.name)

    @property
    def slug(self) -> str:
        return str(getattr(self, f"slug_{page_language()}"))


class Section(models.TextChoices):
    """The sections of a bid, in their order on its task list."""

    PROBLEM = "problem", _("The problem")
    AFFECTED = "affected", _("Who is affected")
    EVIDENCE = "evidence", _("Evidence")
    PROPOSAL = "proposal", _("The proposal")
    BENEFITS = "benefits", _("Benefits")
    RISKS = "risks", _("Risks")
    SHARING = "sharing", _("Data and standards to be shared")
    IMPLICATIONS = "implications", pgettext_lazy("section of a bid", "Implications")
    LEARNING = "learning", _("What it builds on")


QUESTION_TEXTS = (
    "key", "stage", "section", "order", "label_en", "label_cy", "guidance_en", "guidance_cy", "word_limit", "required",
    "form_version",
)  # fmt: skip


@tracked()
class Question(BilingualModel):
    """One question of one version of a round's form. Once a bid is written on that version, it cannot change:
    `actions.question_revise` makes the next version, and each bid keeps the one that it was started on."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="questions")
    form_version = models.PositiveSmallIntegerField(default=1)
    key = models.SlugField(_("Key"), max_length=40)
    stage = models.CharField(_("Stage"), max_length=12, choices=StageKind.choices, default=StageKind.STATEMENTS)
    section = models.CharField(_("Section"), max_length=12, choices=Section.choices)
    order = models.PositiveSmallIntegerField(_("Order"), default=0)
    label = Bilingual(label=_("Question"), max_length=200)
    guidance = Bilingual(label=_("Guidance"), blank=True)
    word_limit = models.PositiveSmallIntegerField(_("Word limit"), default=250)
    required = models.BooleanField(_("Required"), default=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["order", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="question_stage_takes_bids", condition=Q(stage__in=WRITTEN_STAGES)),
            models.CheckConstraint(name="question_section_known", condition=Q(section__in=Section.values)),
            models.CheckConstraint(name="question_asked_in_both", condition=~Q(label_en="") & ~Q(label_cy="")),
            models.CheckConstraint(name="question_word_limit_in_reason", condition=Q(word_limit__range=(1, 5000))),
            models.UniqueConstraint(name="question_key_once_in_a_form", fields=["round", "form_version", "key"]),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="asked_as_it_was",
                when=pgtrigger.Before,
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(*QUESTION_TEXTS),
                func="""
                IF EXISTS (SELECT FROM fund_bid b WHERE b.round_id = OLD.round_id AND b.form_version = OLD.form_version)
                THEN RAISE EXCEPTION 'a bid is written on this form: make its next version'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'question_asked_as_it_was'; END IF;
                RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return str(self.label)


@tracked()
class StatedProcess(BilingualModel):
    """How a round of the past ran, as its own source says: stated figures, not counted from rows. None: not stated."""

    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="stated_process")
    source = Bilingual(label=_("Source"), max_length=200)
    statements_received = models.PositiveSmallIntegerField(null=True)
    statements_expected = models.PositiveSmallIntegerField(null=True)
    statements_expected_words = Bilingual(label=_("Statements expected"), max_length=60, blank=True)
    interest_window_weeks = models.PositiveSmallIntegerField(null=True)
    sift_hours = models.PositiveSmallIntegerField(null=True)
    sift = Bilingual(label=_("Sift"), max_length=200, blank=True)
    shortlisted = models.PositiveSmallIntegerField(null=True)
    merged = Bilingual(label=_("Merged"), max_length=200, blank=True)
    to_panel = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="stated_process_names_its_source", condition=~Q(source_en="") & ~Q(source_cy="")
            )
        ]

    def __str__(self) -> str:
        return str(self.source)

"""What the fund manager fills in to set up a round: its details, the dates of its stages, each part of its form."""

import re
from datetime import datetime
from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from projects.forms.parts import PartForm
from wlga_portal.kernel.forms import MomentField, PortalForm
from wlga_portal.kernel.wording import pounds

from ..models import CostCategory, Criterion, Question, RequiredAttachment, Round, StageKind, Topic
from ..models.criteria import LEVELS
from ..models.rounds import WRITTEN_STAGES
from . import ByName

YEAR_HINT = _("The financial year, like 2027-28.")
STEM_HINT = _("The reference of a bid begins with it and goes on with a number: TF27 gives TF27-001.")


class RoundForm(PartForm):
    """What a round is called, its money, and what it asks of partners."""

    whole = ("name",)
    paired: ClassVar[tuple[str, ...]] = ("guidance", "run_as")

    class Meta:
        model = Round
        fields = (
            "name_en", "name_cy", "year", "reference_stem", "budget_pence", "guidance_en", "guidance_cy", "run_as_en",
            "run_as_cy", "consent_required", "commitments_due_at",
        )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["year"].help_text = YEAR_HINT
        self.fields["reference_stem"].help_text = STEM_HINT
        self.fields["reference_stem"].required = True
        if "commitments_due_at" in self.fields:
            self.fields["commitments_due_at"].help_text = _(
                "Partners’ commitments of money may follow the submission until then. Leave it empty if a proposal must"
                " be submitted with all of them."
            )
        if self.instance.pk and self.instance.bids.exists():
            self.fields["reference_stem"].disabled = True

    def clean_year(self) -> str:
        return year_of(self.cleaned_data["year"])

    def clean_budget_pence(self) -> int | None:
        budget: int | None = self.cleaned_data["budget_pence"]
        if budget is not None and self.instance.pk and budget < self.instance.awarded_pence:
            given = {"amount": pounds(self.instance.awarded_pence)}
            raise ValidationError(_("%(amount)s is awarded already: the budget cannot be less.") % given, code="given")
        return budget

    def clean_reference_stem(self) -> str:
        stem: str = self.cleaned_data["reference_stem"].strip().upper()
        if not re.fullmatch(r"[A-Z0-9][A-Z0-9-]{0,19}", stem):
            raise ValidationError(_("Use letters A to Z, figures and hyphens."), code="stem")
        if Round.objects.filter(reference_stem=stem).exclude(pk=self.instance.pk).exists():
            raise ValidationError(_("Another round has these references."), code="taken")
        return stem


def year_of(text: str) -> str:
    """A financial year as it is stored. Raises ValidationError."""
    year = text.strip().replace("/", "-").replace("–", "-")
    found = re.fullmatch(r"(20\d\d)-(\d\d)", year, re.ASCII)
    if not found or (int(found[1]) + 1) % 100 != int(found[2]):
        raise ValidationError(_("Enter a financial year, like 2027-28."), code="year")
    return year


class RoundNewForm(RoundForm):
    """A new round, with the standard form or as a copy of an earlier one."""

    copied = ByName(
        queryset=Round.objects.none(),
        required=False,
        label=_("Begin as a copy of"),
        empty_label=_("No round: begin with the standard form"),
        help_text=_("Topics, questions, criteria, costs, files and texts are copied; each stage moves on by 52 weeks."),
    )

    class Meta(RoundForm.Meta):
        fields = ("name_en", "name_cy", "year", "reference_stem", "budget_pence")  # type: ignore[assignment]  # shorter

    paired = ()

    def __init__(self, *args: Any, user: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["copied"].queryset = Round.objects.visible_to(user).newest_first()  # type: ignore[attr-defined]  # a ModelChoiceField


class StagesForm(PortalForm):
    """When each stage opens and closes, by the clock in Wales. A stage that has begun in public is not asked for."""

    def __init__(self, *args: Any, one_round: Round, fixed: set[str], **options: Any) -> None:
        self.known = {stage.kind: stage for stage in one_round.stages.all()}
        self.fixed = fixed
        super().__init__(*args, **options)
        for kind in StageKind:
            if kind in fixed:
                continue
            stage = self.known.get(kind)
            for name, label in (("opens", _("%(stage)s: opens")), ("closes", _("%(stage)s: closes"))):
                self.fields[f"{name}_{kind}"] = MomentField(
                    label=label % {"stage": kind.label},
                    required=False,
                    initial=getattr(stage, f"{name}_at") if stage else None,
                )

    def clean(self) -> dict[str, Any]:
        """Both moments or neither, in order, and no stage opens before the one before it does."""
        given = self.cleaned_data
        before: datetime | None = None
        for kind in StageKind:
            if kind in self.fixed:
                before = self.known[kind].opens_at
                continue
            opens, closes = given.get(f"opens_{kind}"), given.get(f"closes_{kind}")
            if bool(opens) != bool(closes):
                missing = f"closes_{kind}" if opens else f"opens_{kind}"
                if missing not in self.errors:
                    self.add_error(missing, _("Enter both moments of the stage, or neither."))
            elif opens and closes <= opens:
                self.add_error(f"closes_{kind}", _("The stage must close after it opens."))
            elif opens and before and opens < before:
                self.add_error(f"opens_{kind}", _("The stage opens before the one before it."))
            before = opens or before
        return given

    def moments(self) -> dict[str, tuple[datetime, datetime] | None]:
        """Each stage that was asked for, with its two moments; None for one that the round does without."""
        given = self.cleaned_data
        return {
            kind: (given[f"opens_{kind}"], given[f"closes_{kind}"]) if given[f"opens_{kind}"] else None
            for kind in StageKind
            if kind not in self.fixed
        }


class OrderedForm(PartForm):
    """A part that stands among others in an order; without a number a new one stands last."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["order"].required = False

    def clean_order(self) -> int:
        given = self.cleaned_data["order"]
        return self.instance.order if given is None else within(given, 0, 1000)


class TopicForm(OrderedForm):
    """A topic of the round."""

    whole = ("name",)

    class Meta:
        model = Topic
        fields = ("name_en", "name_cy", "order")


class QuestionForm(OrderedForm):
    """A question with its guidance, its stage and its limit of words."""

    whole = ("label",)
    paired = ("guidance",)

    class Meta:
        model = Question
        fields = (
            "label_en", "label_cy", "guidance_en", "guidance_cy", "stage", "section", "word_limit", "required", "order",
        )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        stages = [(kind.value, kind.label) for kind in WRITTEN_STAGES]
        self.fields["stage"].choices = stages  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["section"].help_text = _("Under “Implications” a council answers “none, because …” or with a text.")

    def clean_word_limit(self) -> int:
        return within(self.cleaned_data["word_limit"], 1, 5000)


class CriterionForm(OrderedForm):
    """A criterion with its weight, and what each score from 0 to 5 means."""

    whole = ("name",)
    paired = ("guidance", *(f"level_{level}" for level in LEVELS))

    class Meta:
        model = Criterion
        fields = (
            "name_en", "name_cy", "guidance_en", "guidance_cy", "stage", "weight", "order",
            *(f"level_{level}_{language}" for level in LEVELS for language in ("en", "cy")),
        )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["weight"].validators = []
        self.fields["weight"].help_text = _("The weights of one stage add up to 100.")

    def clean_weight(self) -> int:
        return within(self.cleaned_data["weight"], 1, 100)


class CostCategoryForm(OrderedForm):
    """A category of cost."""

    whole = ("name",)
    paired = ("guidance",)

    class Meta:
        model = CostCategory
        fields = ("name_en", "name_cy", "guidance_en", "guidance_cy", "order")


class RequiredAttachmentForm(OrderedForm):
    """A file that the form asks for."""

    whole = ("name",)
    paired = ("guidance",)

    class Meta:
        model = RequiredAttachment
        fields = ("name_en", "name_cy", "guidance_en", "guidance_cy", "stage", "required", "order")


def within(value: int, least: int, most: int) -> int:
    """The number, where it lies between. Raises ValidationError with a sentence."""
    if not least <= value <= most:
        raise ValidationError(gettext("Enter a number from %(least)d to %(most)d.") % {"least": least, "most": most})
    return value

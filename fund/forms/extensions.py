"""More time for a bid or a round; a question to the fund manager and its answer; why an answer is confidential."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from projects.forms.parts import PartForm
from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.forms import MomentField, PortalForm, PortalModelForm

from ..models import Bid, Confidentiality, Enquiry, Round, Stage, StageKind
from ..models.bids import LANGUAGES
from ..models.rounds import WRITTEN_STAGES
from . import ByName


class ExtensionForm(PortalForm):
    """A later closing of a stage, for one bid or for everybody. `bid` and `stage_row` are what was found."""

    bid: Bid | None = None
    pair_labels = {"reason": _("Reason")}
    stage = forms.ChoiceField(label=_("Stage"), choices=())
    reference = forms.CharField(
        label=_("Reference of the bid"),
        required=False,
        max_length=30,
        help_text=_("Leave it empty to give everybody more time, for example after an outage."),
    )
    closes_at = MomentField(label=_("New closing time"), help_text=_("By the clock in Wales."))
    reason_en = forms.CharField(label=_("Reason (English)"), widget=forms.Textarea, max_length=1000)
    reason_cy = forms.CharField(label=_("Reason (Welsh)"), widget=forms.Textarea, max_length=1000)
    move_later = forms.BooleanField(
        label=_("Move the stages that have not begun by as much"),
        required=False,
        help_text=_("Only where everybody gets more time."),
    )

    def __init__(self, *args: Any, one_round: Round, **options: Any) -> None:
        super().__init__(*args, **options)
        self.one_round = one_round
        self.stages = {stage.kind: stage for stage in one_round.stages.all()}
        shown = [(kind, StageKind(kind).label) for kind in self.stages]
        self.fields["stage"].choices = shown  # type: ignore[attr-defined]  # a ChoiceField
        now = timezone.now()
        writing = [kind for kind, stage in self.stages.items() if kind in WRITTEN_STAGES and stage.opens_at <= now]
        self.fields["stage"].initial = writing[-1] if writing else None

    def clean_reference(self) -> str:
        reference: str = self.cleaned_data["reference"].strip().upper()
        if reference:
            self.bid = self.one_round.bids.filter(reference=reference, is_historic=False).first()
            if self.bid is None:
                raise forms.ValidationError(_("This round has no bid with this reference."), code="reference")
        return reference

    def clean(self) -> dict[str, Any]:
        stage, closes_at = self.stages.get(self.cleaned_data.get("stage", "")), self.cleaned_data.get("closes_at")
        if self.bid and stage and self.bid.stage != stage.kind:
            self.add_error("stage", _("The bid is not at this stage."))
        elif stage and closes_at and closes_at <= self.closes_now(stage):
            self.add_error("closes_at", _("The new closing time must be later than the present one."))
        return self.cleaned_data

    def closes_now(self, stage: Stage) -> datetime:
        """The closing that holds now: the bid's own where it has had more time."""
        own = self.bid.writing_stage if self.bid else None
        return own.closes_at if own else stage.closes_at


class AskForm(PortalForm):
    """A question to the fund manager, in either language."""

    organisation = ByName(queryset=Organisation.objects.none(), label=_("Council"))
    asked = forms.CharField(
        label=_("Your question"),
        widget=forms.Textarea,
        max_length=2000,
        help_text=_("All councils read the answer. Your name and your council are not shown."),
    )
    language = forms.ChoiceField(label=_("Language of the question"), choices=LANGUAGES, widget=forms.RadioSelect)

    def __init__(self, *args: Any, councils: Any, **options: Any) -> None:
        options.setdefault("initial", {"language": page_language()})
        super().__init__(*args, **options)
        self.fields["organisation"].queryset = councils  # type: ignore[attr-defined]  # a ModelChoiceField
        if len(councils) == 1:
            self.fields["organisation"].initial = councils[0]
            self.fields["organisation"].widget = forms.HiddenInput()


class EnquiryForm(PartForm):
    """What all councils read."""

    whole = ("question", "answer")

    class Meta:
        model = Enquiry
        fields = ("question_en", "question_cy", "answer_en", "answer_cy")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["question_en"].help_text = _("As all councils read it: without who asks.")


class SetAsideForm(PortalForm):
    """Why a question is not answered to all."""

    why = forms.CharField(label=_("Reason"), max_length=1000, widget=forms.Textarea)


class ConfidentialityForm(PortalModelForm):
    """Why an answer is confidential."""

    class Meta:
        model = Confidentiality
        fields = ("reason",)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["reason"].help_text = _(
            "For example: it names a price that a supplier gave in confidence. It is read when somebody asks for the"
            " bid to be disclosed; it does not decide the request."
        )

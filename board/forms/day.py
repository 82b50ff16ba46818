"""What the secretariat types in on the day of a meeting."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.forms import NumberField, PortalForm, PortalModelForm, TextArea

from ..models import (
    THERE,
    WITH_DETAIL,
    AgendaItem,
    Attendance,
    Casting,
    DeclarationKind,
    Meeting,
    MovementKind,
    Outcome,
    Person,
    Presence,
    Result,
    Seat,
    Substitute,
)
from ..querysets import held_on

WHY = _("Why the record is corrected")
ONE_LANGUAGE = _("Enter “%(label)s” in at least one language.")


class RecordForm(PortalForm):
    """A form of the day. Once the public note is out (`noted`), it asks why the record is corrected."""

    def __init__(self, *args: Any, noted: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if noted:
            self.fields["why"] = why_field()

    @property
    def why(self) -> str:
        return str(self.cleaned_data.get("why", ""))


def why_field() -> forms.CharField:
    return forms.CharField(
        label=WHY, max_length=300, help_text=_("The public note is out: a corrected one is published with this change.")
    )


def needs_one(form: Any, name: str, label: Any) -> None:
    """A text in two languages needs one of them on the day; the public note needs both."""
    if not any(form.cleaned_data.get(f"{name}_{language}") for language in ("en", "cy")):
        form.add_error(f"{name}_{page_language()}", ONE_LANGUAGE % {"label": label})


def pair_fields(label: Any, *, length: int, rows: int = 2, **options: Any) -> tuple[forms.CharField, forms.CharField]:
    """The two sides of a text that is no column of a form's model."""
    first, other = (
        forms.CharField(label=label, max_length=length, required=False, widget=TextArea({"rows": str(rows)}), **options)
        for _language in ("en", "cy")
    )
    return first, other


class AttendanceForm(RecordForm):
    """Four large choices for each seat, with what was shown, so that nobody's mark is overwritten unseen."""

    marks_optional = False

    def __init__(
        self, *args: Any, seats: Iterable[Seat], known: dict[int, Attendance], hints: dict[int, Any], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.rows: list[tuple[Seat, forms.BoundField, forms.BoundField]] = []
        for seat in seats:
            mark, was = f"seat-{seat.pk}", f"was-{seat.pk}"
            recorded = known[seat.pk].presence if seat.pk in known else ""
            self.fields[mark] = forms.ChoiceField(
                label=str(seat.person),
                help_text=hints.get(seat.pk, ""),
                choices=Presence.choices,
                required=False,
                initial=recorded,
                widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
            )
            self.fields[was] = forms.CharField(required=False, widget=forms.HiddenInput, initial=recorded)
            self.rows.append((seat, self[mark], self[was]))
        if "why" in self.fields:
            self.order_fields([*(name for name in self.fields if name != "why"), "why"])

    def marks(self) -> dict[int, tuple[str, str]]:
        """For each seat what the page showed, and what is right."""
        said = self.cleaned_data
        return {seat.pk: (said[was.name], said[mark.name]) for seat, mark, was in self.rows}


class AttendeeForm(RecordForm):
    """Somebody who is there and is not a member: in attendance, or as a substitute."""

    name = forms.CharField(label=_("Name"), max_length=120, required=False)
    substitute = forms.ChoiceField(label=_("Known substitute"), required=False)
    seat = forms.ModelChoiceField(
        Seat.objects.none(),
        label=_("Comes for"),
        required=False,
        empty_label=_("Nobody: in attendance"),
        help_text=_("The member gets apologies, unless something else is recorded."),
    )
    presence = forms.ChoiceField(
        label=pgettext_lazy("of attendance", "How"),
        choices=[(one.value, one.label) for one in Presence if one in THERE],
        initial=Presence.IN_PERSON,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, meeting: Meeting, **options: Any) -> None:
        super().__init__(*args, **options)
        seats: Any = self.fields["seat"]
        seats.queryset = seats_of(meeting)
        seats.label_from_instance = lambda seat: str(seat.person)
        self.known = {
            str(one.pk): one
            for one in Substitute.objects.on(meeting.date)
            .filter(seat__in=seats_of(meeting))
            .select_related("person__user", "seat__person__user")
        }
        choices = [(pk, f"{one.person} ({one.seat.person})") for pk, one in self.known.items()]
        field: Any = self.fields["substitute"]
        field.choices = [("", pgettext_lazy("of a substitute", "Somebody else")), *choices]
        if not choices:
            del self.fields["substitute"]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        chosen = self.known.get(data.get("substitute", ""))
        if chosen is not None:
            data["person"], data["seat"] = chosen.person, chosen.seat
        elif not data.get("name"):
            self.add_error("name", _("Enter a name."))
        return data


def seats_of(meeting: Meeting) -> Any:
    """The seats of the board that are held on the day of the meeting."""
    seats = Seat.objects.filter(held_on(meeting.date), board=meeting.board_id)
    return seats.with_people().order_by("position", "pk")


class MovementForm(RecordForm):
    """Somebody came late or went early."""

    attendance = forms.ModelChoiceField(Attendance.objects.none(), label=_("Who"))
    kind = forms.ChoiceField(
        label=_("What happened"), choices=MovementKind.choices, widget=forms.RadioSelect, initial=MovementKind.LEFT
    )
    at = forms.TimeField(
        label=pgettext_lazy("of a movement", "Time"),
        required=False,
        help_text=_("Like 10:40. It may be left empty."),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input--width-5"}),
    )

    def __init__(self, *args: Any, meeting: Meeting, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["attendance"]
        field.queryset = meeting.attendances.filter(presence__in=THERE).with_people().in_order()
        field.label_from_instance = lambda one: str(one.person)


class InterestForm(RecordForm):
    """An interest in an item: its kind, its nature, and who granted a dispensation."""

    kind = forms.ChoiceField(
        label=_("Kind of interest"),
        choices=DeclarationKind.choices,
        widget=forms.RadioSelect,
        initial=DeclarationKind.PERSONAL,
    )
    nature_en, nature_cy = pair_fields(_("Nature of the interest"), length=300)
    granted = forms.CharField(
        label=_("Dispensation granted by"),
        max_length=160,
        required=False,
        help_text=_("Only where there is one: who granted it, and when."),
    )
    pair_labels = {"nature": _("Nature of the interest")}

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        needs_one(self, "nature", _("Nature of the interest"))
        if data.get("kind") == DeclarationKind.DISPENSATION and not data.get("granted"):
            self.add_error("granted", _("Enter who granted the dispensation."))
        if data.get("kind") != DeclarationKind.DISPENSATION and data.get("granted"):
            self.add_error("granted", _("Leave this empty, or choose the interest with a dispensation."))
        return data

    @property
    def said(self) -> dict[str, Any]:
        """What the action gets."""
        data = self.cleaned_data
        return {"kind": data["kind"], "nature": (data["nature_en"], data["nature_cy"]), "granted": data["granted"]}


class DeclarationForm(InterestForm):
    """The secretariat writes down whose interest it is."""

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Who"))

    def __init__(self, *args: Any, meeting: Meeting, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["person"]
        seated = seats_of(meeting).values("person")
        there = meeting.attendances.values("person")
        people = Person.objects.filter(Q(pk__in=seated) | Q(pk__in=there))
        field.queryset = people.select_related("user").order_by("pk")
        self.order_fields(["person", "kind", "nature_en", "nature_cy", "granted", "why"])


class OwnInterestForm(InterestForm):
    """A member declares before the meeting: in which item."""

    item = forms.ModelChoiceField(AgendaItem.objects.none(), label=_("Item"))

    def __init__(self, *args: Any, meeting: Meeting, **options: Any) -> None:
        super().__init__(*args, noted=False, **options)
        field: Any = self.fields["item"]
        field.queryset = meeting.items.all()
        self.order_fields(["item", "kind", "nature_en", "nature_cy", "granted"])


class OutcomeForm(PortalModelForm):
    """The outcome of a recommendation, and the sentence that some outcomes need."""

    result = forms.ChoiceField(label=_("Outcome"), choices=Result.choices, widget=forms.RadioSelect)

    class Meta:
        model = Outcome
        fields = ["result", "detail_en", "detail_cy"]
        widgets = {name: TextArea({"rows": "3"}) for name in ("detail_en", "detail_cy")}

    def __init__(self, *args: Any, noted: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.noted = noted
        if noted:
            self.fields["why"] = why_field()

    @property
    def why(self) -> str:
        return str(self.cleaned_data.get("why", ""))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("result") in WITH_DETAIL:
            needs_one(self, "detail", _("As changed, until when, or to whom"))
        return data


class DecisionForm(OutcomeForm):
    """The decision of an item without a paper, in the secretariat's words."""

    class Meta(OutcomeForm.Meta):
        fields = ["words_en", "words_cy", *OutcomeForm.Meta.fields]

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for language in ("en", "cy"):
            self.fields[f"words_{language}"].required = False
            self.fields[f"words_{language}"].widget.attrs["rows"] = "3"

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        needs_one(self, "words", _("Decision"))
        return data


class VoteForm(RecordForm):
    """How many voted which way."""

    in_favour = NumberField(label=pgettext_lazy("votes", "For"), min_value=0, max_value=99)
    against = NumberField(label=pgettext_lazy("votes", "Against"), min_value=0, max_value=99)
    abstained = NumberField(label=pgettext_lazy("votes", "Abstained"), min_value=0, max_value=99, initial=0)
    casting = forms.ChoiceField(
        label=_("Casting vote of the chair"),
        choices=[("", pgettext_lazy("of a casting vote", "None")), *Casting.choices],
        required=False,
        help_text=_("Only where as many voted for as against."),
    )

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        votes = [data.get(name) for name in ("in_favour", "against", "abstained")]
        if None not in votes and not any(votes):
            self.add_error("in_favour", _("Enter how many voted."))
        if data.get("casting") and data.get("in_favour") != data.get("against"):
            self.add_error("casting", _("A casting vote is for equal numbers only."))
        return data

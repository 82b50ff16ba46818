"""The register, somebody who walks in, and a correction."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy, pgettext_lazy

from organisations.models import Organisation
from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.forms import PortalForm

from ..filters import ByTitle
from ..models import Booking, Session, Standing
from ..states import BookingStatus

PRESENT = pgettext_lazy("register", "Present")
PARTLY = pgettext_lazy("register", "Part of it")
ABSENT = pgettext_lazy("register", "Absent")
PART = "part"
MARKS = [(BookingStatus.ATTENDED.value, PRESENT), (PART, PARTLY), (BookingStatus.ABSENT.value, ABSENT)]
TENTHS = [(percent, f"{percent}%") for percent in range(10, 100, 10)]
HALF = 50


def parts_of(session: Session) -> list[tuple[int, Any]]:
    """What part of a session somebody may have come to: of its parts where it has several, else in tenths."""
    number = len(session.several_parts)
    if not number:
        return list(TENTHS)
    sentence = ngettext_lazy("%(count)d of %(parts)d parts", "%(count)d of %(parts)d parts", "count")
    return [(part * 100 // number, sentence % {"count": part, "parts": number}) for part in range(1, number)]


def nearest(percent: int | None, choices: list[tuple[int, Any]]) -> int:
    """The choice that is shown for a part; the middle one where none is recorded."""
    wanted = percent or HALF
    return min((value for value, _label in choices), key=lambda value: abs(value - wanted))


class RegisterForm(PortalForm):
    """Three large choices for each person, and how much for who came to a part. Who is not marked yet has none."""

    marks_optional = False

    def __init__(self, *args: Any, session: Session, bookings: Iterable[Booking], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = parts_of(session)
        self.rows: list[tuple[Booking, forms.BoundField, forms.BoundField]] = []
        for booking in bookings:
            mark, part = f"booking-{booking.pk}", f"part-{booking.pk}"
            self.fields[mark] = forms.ChoiceField(
                label=str(booking.learner),
                help_text=str(booking.organisation.name),
                choices=MARKS,
                required=False,
                initial=PART if booking.attended_percent else booking.status,
                widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
            )
            self.fields[part] = forms.TypedChoiceField(
                label=_("How much %(name)s came to") % {"name": booking.learner},
                choices=choices,
                coerce=int,
                empty_value=None,
                required=False,
                initial=nearest(booking.attended_percent, choices),
            )
            self.rows.append((booking, self[mark], self[part]))

    def marks(self) -> dict[int, str]:
        """The new status of each who is marked, by the booking's id."""
        said = {booking.pk: self.cleaned_data.get(mark.name) for booking, mark, _part in self.rows}
        return {pk: BookingStatus.ATTENDED.value if mark == PART else mark for pk, mark in said.items() if mark}

    def parts(self) -> dict[int, int]:
        """The part of each who came to a part, in percent, by the booking's id."""
        return {
            booking.pk: self.cleaned_data.get(part.name) or HALF
            for booking, mark, part in self.rows
            if self.cleaned_data.get(mark.name) == PART
        }


class WalkInForm(PortalForm):
    """Somebody who came without a booking."""

    marks_optional = True
    name = forms.CharField(label=_("Name"), max_length=120)
    email = forms.EmailField(
        label=_("E-mail address"),
        max_length=254,
        required=False,
        help_text=_("With it the person is known again; without it they may be counted twice until that is reviewed."),
    )
    organisation = ByTitle(queryset=Organisation.objects.none(), label=_("Council or body"))
    standing = forms.ChoiceField(
        label=_("As what"),
        choices=[(Standing.STAFF.value, Standing.STAFF.label), (Standing.MEMBER.value, Standing.MEMBER.label)],
        initial=Standing.STAFF,
        widget=forms.RadioSelect,
        help_text=_("People of other bodies are counted as their staff."),
    )
    language = forms.ChoiceField(
        label=_("Language of messages"),
        choices=[("cy", "Cymraeg"), ("en", "English")],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("initial", {"language": page_language(), "standing": Standing.STAFF})
        super().__init__(*args, **options)
        organisation: Any = self.fields["organisation"]
        organisation.queryset = Organisation.objects.current().by_name()


class CorrectionForm(PortalForm):
    """What a closed register should have said."""

    attended = forms.ChoiceField(
        label=_("What is right"),
        choices=[("yes", PRESENT), (PART, PARTLY), ("no", ABSENT)],
        widget=forms.RadioSelect,
    )
    part = forms.TypedChoiceField(
        label=_("How much, if it was a part"),
        coerce=int,
        empty_value=None,
        required=False,
        choices=TENTHS,
        initial=HALF,
    )
    why = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea)

    def __init__(self, *args: Any, session: Session, **options: Any) -> None:
        super().__init__(*args, **options)
        part: Any = self.fields["part"]
        part.choices = parts_of(session)
        part.initial = nearest(None, parts_of(session))

    def percent(self) -> int | None:
        """The part, where it was one."""
        return (self.cleaned_data["part"] or HALF) if self.cleaned_data["attended"] == PART else None

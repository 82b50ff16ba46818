"""The parts of a session and its kept places: a page each, with room for some more."""

from itertools import pairwise
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from wlga_portal.kernel.forms import MomentField, NumberField, PortalForm

from ..filters import ByTitle
from ..models import KeptPlaces, Session, SessionPart

MOST_PARTS = 8
ROOM = 2  # empty rows below those that are filled
CHANGED = _("Somebody else changed this meanwhile. What holds now is shown when you open the page again.")


def seen_of(rows: Any) -> str:
    """What a form was filled from, so that a change meanwhile is noticed."""
    return "; ".join(str(row) for row in rows)


class PartsForm(PortalForm):
    """From when to when each part lasts; empty rows are no parts."""

    marks_optional = False
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, session: Session, **options: Any) -> None:
        self.session = session
        parts = list(SessionPart.objects.filter(session=session))
        self.now = seen_of(parts)
        stretches = [(part.starts_at, part.ends_at) for part in parts] or [(session.starts_at, session.ends_at)]
        super().__init__(*args, **options)
        self.fields["seen"].initial = self.now
        self.rows: list[tuple[int, forms.BoundField, forms.BoundField]] = []
        for number in range(1, min(len(stretches) + ROOM, MOST_PARTS) + 1):
            starts_at, ends_at = stretches[number - 1] if number <= len(stretches) else (None, None)
            for name, label, value in (
                (f"starts_{number}", _("Part %(number)d starts"), starts_at),
                (f"ends_{number}", _("Part %(number)d ends"), ends_at),
            ):
                self.fields[name] = MomentField(label=label % {"number": number}, required=False, initial=value)
            self.rows.append((number, self[f"starts_{number}"], self[f"ends_{number}"]))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("seen", "") != self.now:
            raise ValidationError(CHANGED)
        for number, starts, ends in self.rows:
            first, last = data.get(starts.name), data.get(ends.name)
            if (first is None) != (last is None) and not (starts.errors or ends.errors):
                missing = ends.name if first else starts.name
                self.add_error(missing, _("Enter when part %(number)d starts and ends.") % {"number": number})
            elif first and last and last <= first:
                self.add_error(ends.name, _("The part must end after it starts."))
        if not self.errors:
            self.check_order()
        return data

    def check_order(self) -> None:
        stretches = self.stretches()
        if not stretches:
            raise ValidationError(_("Enter at least one part."))
        if any(later[0] < earlier[1] for earlier, later in pairwise(stretches)):
            raise ValidationError(_("Two parts are at the same time."))
        if stretches[0][0] < self.session.cut_off_at:
            raise ValidationError(_("Booking must end before the session starts, or with it."))

    def stretches(self) -> list[tuple[Any, Any]]:
        """The parts that were entered, in order."""
        data = self.cleaned_data
        pairs = [(data.get(starts.name), data.get(ends.name)) for _number, starts, ends in self.rows]
        return sorted((first, last) for first, last in pairs if first and last)


class KeptPlacesForm(PortalForm):
    """How many places are kept for which council."""

    marks_optional = False
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, session: Session, **options: Any) -> None:
        self.session = session
        kept = list(KeptPlaces.objects.filter(session=session).select_related("organisation").order_by("pk"))
        self.now = seen_of(kept)
        super().__init__(*args, **options)
        self.fields["seen"].initial = self.now
        self.rows: list[tuple[forms.BoundField, forms.BoundField]] = []
        councils = Organisation.objects.councils().current().by_name()
        choices = [("", "---------"), *((council.pk, str(council.name)) for council in councils)]
        for number in range(1, len(kept) + ROOM + 2):
            row = kept[number - 1] if number <= len(kept) else None
            council = ByTitle(
                queryset=councils,
                label=_("Council %(number)d") % {"number": number},
                required=False,
                initial=row and row.organisation_id,
            )
            council.choices = choices
            self.fields[f"council_{number}"] = council
            self.fields[f"places_{number}"] = NumberField(
                label=_("Places kept for council %(number)d") % {"number": number},
                required=False,
                min_value=0,
                initial=row and row.places,
            )
            self.rows.append((self[f"council_{number}"], self[f"places_{number}"]))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("seen", "") != self.now:
            raise ValidationError(CHANGED)
        named: set[Organisation] = set()
        for council, places in self.rows:
            who, number = data.get(council.name), data.get(places.name)
            if who in named:
                self.add_error(council.name, _("This council is there twice."))
            elif who and number is None and not places.errors:
                self.add_error(places.name, _("Enter how many places are kept."))
            elif number and not who and not council.errors:
                self.add_error(council.name, _("Choose the council for which the places are kept."))
            if who:
                named.add(who)
        if not self.errors and sum(self.places().values()) > self.session.capacity:
            raise ValidationError(
                _("The session has %(capacity)d places; no more can be kept."),
                params={"capacity": self.session.capacity},
            )
        return data

    def places(self) -> dict[Organisation, int]:
        """By council, those of whom some are kept."""
        data = self.cleaned_data
        pairs = ((data.get(council.name), data.get(places.name)) for council, places in self.rows)
        return {council: number for council, number in pairs if council and number}

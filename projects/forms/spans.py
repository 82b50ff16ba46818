"""The time between two moments, and the day of which two readings speak."""

from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from wlga_portal.kernel.forms import PortalForm

from ..past import PastField

USUAL = timedelta(days=28)


class SpanForm(PortalForm):
    """From the end of one day (or a moment) to the end of another; left empty: four weeks ago, and now."""

    marks_optional = False
    since = PastField(label=gettext_lazy("What stood at the end of"), required=False)
    until = PastField(
        label=gettext_lazy("and what stood at the end of"),
        required=False,
        help_text=gettext_lazy("For example, 2026-11-01. Left empty: now."),
    )

    def clean(self) -> dict[str, Any]:
        start, end = self.span()
        if start >= end and not self.errors:
            raise forms.ValidationError(_("The first day must be before the second."), code="order")
        return self.cleaned_data

    def span(self) -> tuple[datetime, datetime]:
        """Both moments; the second is never after now. Defaults for what was not asked or cannot be read."""
        now = timezone.now()
        end = min(self.cleaned_data.get("until") or now, now)
        return self.cleaned_data.get("since") or end - USUAL, end


class KnownForm(PortalForm):
    """The day of which both readings speak; left empty, the last day of the month before this one."""

    marks_optional = False
    on = PastField(
        label=gettext_lazy("The day to read"), required=False, help_text=gettext_lazy("For example, 2026-11-01")
    )

    def day(self) -> date:
        asked: datetime | None = self.cleaned_data.get("on")
        return timezone.localdate(asked) if asked else timezone.localdate().replace(day=1) - timedelta(days=1)

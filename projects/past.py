"""A page as it was on a day: `?as_at=2026-11-01`, or a moment of that day."""

import contextlib
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.roles import roles_of
from wlga_portal.kernel.forms import PortalForm
from wlga_portal.kernel.history import as_at


class PastField(forms.CharField):
    """A past day (its end is meant) or moment, in the ISO form. Raises ValidationError `invalid`, `future`."""

    widget = forms.TextInput(attrs={"class": "govuk-input--width-20", "autocomplete": "off"})
    default_error_messages = {
        "invalid": _("Enter a real day, like 2026-11-01."),
        "future": _("Choose a day that is past."),
    }

    def clean(self, value: object) -> datetime | None:
        text = str(value or "").strip()
        if not text:
            return None
        try:
            whole_day = len(text) <= 10
            moment = datetime.combine(date.fromisoformat(text), time.max) if whole_day else datetime.fromisoformat(text)
            if timezone.is_naive(moment):
                moment = moment.replace(tzinfo=timezone.get_current_timezone())
            day = timezone.localdate(moment)
        except (ValueError, OverflowError):
            raise ValidationError(self.error_messages["invalid"], code="invalid") from None
        if day > timezone.localdate():
            raise ValidationError(self.error_messages["future"], code="future")
        return moment


class PastForm(PortalForm):
    """Asks for the page as it was on a day."""

    marks_optional = False
    as_at = PastField(
        label=_("See this page as it was at the end of"), required=False, help_text=_("For example, 2026-11-01")
    )


class Past:
    """The moment of which a page speaks: `moment` is None for now; `today` is the day of that moment."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request
        self.form = PastForm(request.GET if "as_at" in request.GET else None)
        asked = self.form.cleaned_data.get("as_at") if self.form.is_valid() else None
        self.moment: datetime | None = asked if asked and asked <= timezone.now() else None
        self.today = timezone.localdate(self.moment)
        query = request.GET.copy()
        query.pop("as_at", None)
        self.other_values = [(name, value) for name, values in query.lists() for value in values]
        self.now_url = f"{request.path}?{query.urlencode()}" if query else request.path

    def about(self) -> tuple[str, dict[str, Any]]:
        """Of what the page is: `project` or `plan` with the words of its address, or `portfolio`."""
        match = self.request.resolver_match
        kind = (match.url_name or "").partition("_")[0] if match else ""
        if match is None or "slug" not in match.kwargs:
            return "portfolio", {}
        return "plan" if kind == "plan" else "project", {"slug": match.kwargs["slug"]}

    @property
    def links(self) -> list[tuple[str, str]]:
        """What else can be asked of the past of this page: text and address."""
        thing, slug = self.about()
        day = timezone.localdate(self.moment).isoformat()
        links = [(_("What changed since then") if self.moment else _("What changed between two dates"), "changes")]
        if thing != "plan":
            links.append((_("What we said then, and what we know now"), "known"))
            links.append((_("Past confidence against what happened"), "calibration"))
        query = {"changes": f"?since={day}", "known": f"?on={day}"} if self.moment else {}
        shown = [
            (str(text), reverse(f"projects:{thing}_{page}", kwargs=slug) + query.get(page, "")) for text, page in links
        ]
        return [*shown, (str(_("Kept pages")), reverse("projects:snapshot_list"))]

    @property
    def keep_url(self) -> str:
        """Where whoever is signed in sends the page to be kept word for word; '' for the others."""
        thing, slug = self.about()
        return reverse(f"projects:{thing}_keep", kwargs=slug) if self.request.user.is_authenticated else ""

    @property
    def keep_moment(self) -> str:
        """The moment of which the page is kept; '' for now."""
        return self.moment.isoformat() if self.moment else ""

    @contextlib.contextmanager
    def reading(self) -> Iterator[None]:
        """Draw the page in this block: every query sees that moment. Roles are those that the person holds now."""
        if self.moment is None:
            yield
            return
        roles_of(self.request.user).pairs  # noqa: B018  read before the past hides who holds them
        with as_at(self.moment):
            yield

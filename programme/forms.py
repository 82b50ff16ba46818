"""What visitors type on pages that span the areas."""

from typing import Any

from django import forms
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.forms import PortalModelForm

from .models import PageFeedback


class PageFeedbackForm(PortalModelForm):
    """Whether a page was clear. The page's address goes along unseen."""

    clear = forms.TypedChoiceField(
        label=_("Was the page clear?"),
        choices=[("yes", pgettext_lazy("clear", "Yes")), ("no", pgettext_lazy("clear", "No"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = PageFeedback
        fields = ["path", "clear", "comment"]
        widgets = {"path": forms.HiddenInput, "comment": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"comment": _("Please leave out names and other personal details.")}

    def clean_path(self) -> str:
        """An address of this portal; anything else is not kept."""
        path: Any = self.cleaned_data["path"]
        if path.startswith("/") and url_has_allowed_host_and_scheme(path, allowed_hosts=None):
            return str(path)
        return "/"

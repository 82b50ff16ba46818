"""What somebody needs to take part: asked once, with the first booking, and changed on a page of its own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.forms import PortalForm

from ..models import LearnerNeeds, Wish

MOST = 1000  # characters


class NeedsForm(PortalForm):
    """Both may stay empty: nothing is needed."""

    marks_optional = False
    access = forms.CharField(
        label=_("What you need to take part"),
        help_text=_(
            "For example a hearing loop, papers in large print, a step-free room. You may leave it empty. Only the"
            " trainers and the digital team see it, while you have a place."
        ),
        max_length=MOST,
        required=False,
        widget=forms.Textarea,
    )
    language = forms.ChoiceField(
        label=_("Language in which you would rather learn"),
        choices=Wish.choices,
        required=False,
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, needs: LearnerNeeds | None = None, **options: Any) -> None:
        said = {"access": needs.access, "language": needs.language} if needs else {"language": ""}
        options.setdefault("initial", said)
        super().__init__(*args, **options)

"""A clarification of a submitted bid."""

from django import forms
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.forms import PortalForm, WordsField

WORDS = 500


class AddendumForm(PortalForm):
    """What it makes clear, and the words."""

    about = forms.CharField(label=_("What it makes clear"), max_length=200)
    content = WordsField(words=WORDS, label=_("Clarification"))

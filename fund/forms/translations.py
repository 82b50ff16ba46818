"""One text of a translation."""

from typing import Any

from django.utils.translation import pgettext_lazy

from fund.models import TranslatedText
from wlga_portal.kernel.forms import PortalModelForm
from wlga_portal.kernel.forms.fields import TextArea


class TextForm(PortalModelForm):
    """The English of one text."""

    marks_optional = False

    class Meta:
        model = TranslatedText
        fields = ("text",)
        labels = {"text": pgettext_lazy("of a bid", "Translation")}

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["text"].widget = TextArea({"rows": "10"})

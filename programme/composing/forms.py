"""What the secretariat chooses before a paper is composed."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from board.models import Board
from board.models.papers import Language
from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.forms import DayField, PortalForm

from ..models import Composition

USUAL_DAYS = 91  # a quarter, where there was no update before


class CompositionForm(PortalForm):
    """Board, period and language order."""

    board = forms.ModelChoiceField(Board.objects.none(), label=_("Board"), empty_label=None, widget=forms.RadioSelect)
    starts = DayField(label=_("What changed since"), help_text=_("The day of the last update."))
    ends = DayField(label=_("Up to"), help_text=_("The paper says what is true on this day."))
    language = forms.ChoiceField(
        label=pgettext_lazy("of a composed paper", "First language"),
        choices=Language.choices,
        widget=forms.RadioSelect,
        help_text=_("Both are composed. The other language is marked as its translation."),
    )

    def __init__(self, *args: Any, user: Any, **options: Any) -> None:
        today = timezone.localdate()
        last = Composition.objects.order_by("-ends").values_list("ends", flat=True).first()
        starts = last if last and last < today else today - timedelta(days=USUAL_DAYS)
        begin = {"starts": starts, "ends": today, "language": page_language()}
        super().__init__(*args, initial=begin, **options)
        field: Any = self.fields["board"]
        field.queryset = Board.objects.visible_to(user).real_first()

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        starts, ends = data.get("starts"), data.get("ends")
        if starts and ends and ends < starts:
            self.add_error("ends", _("The last day comes before the first."))
        if ends and ends > timezone.localdate():
            self.add_error("ends", _("Choose a day that is not still to come."))
        return data

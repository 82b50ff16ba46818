"""Which meeting approved the minutes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.forms import PortalForm

from ..models import Meeting
from ..wording import meeting_name


class ApprovalForm(PortalForm):
    """A later meeting of the same board."""

    meeting = forms.ModelChoiceField(Meeting.objects.none(), label=_("Approved at"))

    def __init__(self, *args: Any, meetings: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field: Any = self.fields["meeting"]
        field.queryset = meetings
        field.label_from_instance = meeting_name

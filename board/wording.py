"""What things of the board are called on a page."""

from typing import TYPE_CHECKING

from django.utils.formats import date_format
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from .models import Meeting


def meeting_name(meeting: "Meeting") -> str:
    """The meeting's own title, or "Meeting of 20 September 2022"."""
    if meeting.title:
        return str(meeting.title)
    return _("Meeting of %(date)s") % {"date": date_format(meeting.date, "DATE_FORMAT")}

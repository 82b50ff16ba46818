"""The columns of lists of the sift and the panel."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from wlga_portal.kernel.tables import Column, DayColumn, PortalTable, TagColumn

from ..models import Assessment
from ..states.assessing import ASSESSMENT_COLOURS, AssessmentStatus
from . import in_language


class AssessmentTable(PortalTable):
    """What an assessor is to score."""

    caption = _("Bids to score")
    default_sort = "status"
    no_rows = _("No bid is given to you now.")
    title = Column(_("Bid"), accessor="submission.title", link=True)
    reference = Column(_("Reference"), accessor="submission.reference", order_by="bid__reference")
    lead = Column(_("Lead council"), accessor="bid.lead.name", order_by="bid__lead__name_key")
    topic = Column(_("Topic"), accessor="bid.topic.name")
    stage = TagColumn(_("Scored at"), labels=Assessment._meta.get_field("stage").choices or ())
    assigned = DayColumn(_("Given to you"), accessor="assigned_at", order_by="assigned_at")
    status = TagColumn(_("Status"), labels=AssessmentStatus.choices, colours=ASSESSMENT_COLOURS, order_by="status")

    def count_text(self, total: int) -> str:
        return ngettext("%(count)s bid", "%(count)s bids", total) % {"count": f"{total:,}"}

    def render_title(self, record: Assessment, value: Any) -> Any:
        return in_language(value, record.submission.language)

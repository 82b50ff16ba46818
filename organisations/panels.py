"""What an organisation's page shows of its own accord: the council beside its region."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from wlga_portal.kernel.panels import Panel, shared_panel
from wlga_portal.kernel.unchanged import snapshot

from .comparing import beside_region
from .models import Organisation


@shared_panel("organisations.organisation", order=5)
def beside_its_region(request: HttpRequest, organisation: Any) -> Panel | None:
    """A council's figures, and those of its region on average."""
    if not isinstance(organisation, Organisation) or not organisation.is_council:
        return None
    context = {"organisation": organisation, "rows": beside_region(organisation, snapshot())}
    return Panel(_("In figures, beside its region"), "organisations/panel_beside.html", context)

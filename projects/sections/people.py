"""Who takes part in a project."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .. import parts
from ..tables import PartnerTable, councils_counted
from .base import Section, Shown


def partners(shown: Shown) -> Section:
    """The councils and bodies, each with its role; or the number of councils that a source gives."""
    rows = list(shown.project.partners.select_related("organisation").order_by("role", "organisation__name_key_en"))
    stated = shown.project.councils_stated
    context = {
        "table": PartnerTable.for_page(shown, rows) if rows else None,
        "stated": councils_counted(stated) if stated else None,
    }
    return Section(
        pgettext("anchor", "partners"),
        _("Councils and partners"),
        "projects/project_section_partners.html",
        context,
        shown.adds(parts.PARTNER),
    )

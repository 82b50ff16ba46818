"""Who takes part in a project."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .. import parts
from ..tables import PartnerTable, councils_counted
from .base import Section, Shown


def partners(shown: Shown) -> Section:
    """The councils and bodies, each with its role; or the number of councils that a source gives."""
    by_role = ("role", "organisation__name_key_en")
    rows = shown.project.rows_of("partners", lambda rows: rows.select_related("organisation").order_by(*by_role))
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

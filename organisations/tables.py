"""The lists of the directory."""

from typing import Any

from django.utils.html import format_html
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.tables import Column, PortalTable

from .models import Kind, Organisation, Partnership, Region


class DirectoryTable(PortalTable):
    """Names in both languages: that of the page first, as the link."""

    default_sort = "name"
    no_rows = _("No council or body has such a name.")

    def render_other_name(self, record: Organisation, value: Any) -> Any:
        language = "en" if page_language() == "cy" else "cy"
        return format_html('<span lang="{}">{}</span>', language, getattr(value, language))


class CouncilTable(DirectoryTable):
    """The 22 councils."""

    caption = _("Councils")
    name = Column(_("Council"), link=True, order_by="name_key")
    other_name = Column(_("In the other language"), accessor="name")
    region = Column(_("Region"), order_by="region")
    gss_code = Column(_("ONS code"), order_by="gss_code")

    def render_region(self, record: Organisation, value: str) -> Any:
        return Region(value).label

    def count_text(self, total: int) -> str:
        return ngettext("%(count)s council", "%(count)s councils", total) % {"count": f"{total:,}"}


class BodyTable(DirectoryTable):
    """Bodies that are not councils, with how the programme names them."""

    caption = _("Partner bodies")
    name = Column(_("Body"), link=True)
    other_name = Column(_("In the other language"), accessor="name")
    kind = Column(_("Kind of body"))
    partnership = Column(_("Partnership with the programme"))

    def render_kind(self, record: Organisation, value: str) -> Any:
        return Kind(value).label

    def render_partnership(self, record: Organisation, value: str) -> Any:
        """What is our reading is never shown as stated."""
        return Partnership(value).label if value else gettext("not named as a partner of the programme")

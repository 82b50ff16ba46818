"""The columns of two readings of one day."""

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, ngettext

from wlga_portal.kernel.tables import Column, PortalTable

from ..knowing import Reading
from ..models import Project
from ..reading import reading_shown
from .projects import phase_tag


class KnownTable(PortalTable):
    """Projects whose reading of a day is another now; the readings are set on the class that `about` makes."""

    day: date
    then: dict[int, Reading]
    now: dict[int, Reading]
    caption = gettext_lazy("Projects of which that day reads differently now")
    title = Column(gettext_lazy("Project"), link=lambda one: reverse("projects:project_known", args=[one.slug]))
    said = Column(gettext_lazy("What was known then"), accessor="pk")
    known = Column(gettext_lazy("What is known now"), accessor="pk")

    @classmethod
    def about(cls, day: date, then: dict[int, Reading], now: dict[int, Reading]) -> type["KnownTable"]:
        """The table of one day."""
        values = {"day": day, "then": then, "now": now, "__module__": cls.__module__}
        title = Column(
            gettext_lazy("Project"), link=lambda one: f"{reverse('projects:project_known', args=[one.slug])}?on={day}"
        )
        return type(cls.__name__, (cls,), {**values, "title": title})

    def count_text(self, total: int) -> str:
        return ngettext("%(count)s project", "%(count)s projects", total) % {"count": f"{total:,}"}

    def render_said(self, record: Project, value: Any) -> SafeString:
        return self.shown(self.then[record.pk])

    def render_known(self, record: Project, value: Any) -> SafeString:
        return self.shown(self.now[record.pk])

    def shown(self, reading: Reading) -> SafeString:
        return format_html("{} {}", reading_shown(reading, self.day), phase_tag(reading.phase))

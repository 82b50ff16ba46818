"""The columns of past confidence against what happened."""

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy, ngettext, pgettext, pgettext_lazy

from wlga_portal.kernel.components import confidence, tag
from wlga_portal.kernel.tables import Column, DayColumn, NumberColumn, PortalTable

from ..calibration import Promise


class PromiseTable(PortalTable):
    """What was said of a project, and what came of each date that was then expected; `titles` by milestone."""

    titles: dict[int, Any] = {}
    caption = gettext_lazy("Each date that was expected")
    row_header = "milestone"
    said_on = DayColumn(gettext_lazy("Said on"))
    confidence = Column(gettext_lazy("Delivery confidence"))
    milestone = Column(gettext_lazy("Milestone"))
    expected = DayColumn(gettext_lazy("Expected then"))
    actual = DayColumn(gettext_lazy("Actual"), empty="–")
    kept = Column(pgettext_lazy("of a promise", "Outcome"))

    @classmethod
    def naming(cls, titles: dict[int, Any]) -> type["PromiseTable"]:
        return type(cls.__name__, (cls,), {"titles": titles, "__module__": cls.__module__})

    def render_confidence(self, record: Promise, value: str) -> SafeString:
        return confidence(value)

    def render_milestone(self, record: Promise, value: int) -> str:
        return str(self.titles.get(value, ""))

    def render_kept(self, record: Promise, value: bool) -> SafeString:
        return kept_tag(value)


def kept_tag(kept: bool) -> SafeString:
    return tag(pgettext("promises", "Kept"), "green") if kept else tag(pgettext("promises", "Missed"), "red")


class CalibrationTable(PortalTable):
    """Projects with how many of their promises were kept."""

    caption = gettext_lazy("Expected dates by project")
    title = Column(gettext_lazy("Project"), link=lambda row: row["url"])
    total = NumberColumn(gettext_lazy("Expected dates"))
    kept = NumberColumn(pgettext_lazy("promises", "Kept"))
    missed = NumberColumn(pgettext_lazy("promises", "Missed"))

    def count_text(self, total: int) -> str:
        return ngettext("%(count)s project", "%(count)s projects", total) % {"count": f"{total:,}"}

"""Lists of skills assessments."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from wlga_portal.kernel.tables import Column, DayColumn, PortalTable, TagColumn

from ..states import SkillAssessmentStatus

COLOURS = {"draft": "yellow", "shared": "purple", "agreed": "green"}


class SkillAssessmentTable(PortalTable):
    """A person's own."""

    caption = _("My skills")
    no_rows = _("You have not assessed your skills yet.")
    role = Column(_("Role"), accessor="role_level.entry.title", link=True)
    level = Column(_("Level"), accessor="role_level.title")
    version = Column(_("Version"), accessor="role_level.entry.family.version.name")
    created_at = DayColumn(_("Started"))
    status = TagColumn(_("Status"), labels=SkillAssessmentStatus.choices, colours=COLOURS)
    manager = Column(_("Manager"), empty="–")

    @classmethod
    def sortable(cls) -> dict[str, tuple[str, ...]]:
        return {}

    def count_text(self, total: int) -> str:
        return ngettext("%(count)s assessment", "%(count)s assessments", total) % {"count": f"{total:,}"}


class ToAgreeTable(SkillAssessmentTable):
    """What people shared with a manager."""

    caption = _("My team’s skills")
    no_rows = _("Nobody has sent you an assessment.")
    learner = Column(_("Name"), link=True)
    role = Column(_("Role"), accessor="role_level.entry.title")
    shared_at = DayColumn(_("Sent on"))

    class Meta:
        exclude = ("manager", "created_at")
        sequence = ("learner", "role", "level", "version", "shared_at", "status")

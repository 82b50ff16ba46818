"""What the projects tell people."""

from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.notify import register_group, register_kind

register_group("projects", _("Projects"))
register_kind("projects.nudge", subject=_("Statuses of projects that wait for you"))

"""What the board tells people."""

from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.notify import register_group, register_kind

register_group("board", _("The board"))
register_kind("board.action_assigned", subject=_("An action of the board is yours"))
register_kind("board.actions_due", subject=_("Actions of the board that wait for you"))

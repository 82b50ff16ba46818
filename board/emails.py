"""What the board tells people: of meetings, of their papers, and of actions."""

from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.notify import register_group, register_kind

register_group("board", _("The board and its meetings"))
BODY = "emails/board_meeting.txt"
register_kind("board.meeting_called", subject=_("Are you coming? %(meeting)s"), template=BODY)
register_kind("board.meeting_moved", subject=_("Moved: %(meeting)s"), template=BODY, urgent=True)
register_kind("board.meeting_cancelled", subject=_("Cancelled: %(meeting)s"), template=BODY, urgent=True)
register_kind("board.papers_out", subject=_("The papers are out: %(meeting)s"), template=BODY)
register_kind("board.paper_late", subject=_("A late paper: %(title)s"), template=BODY)
register_kind("board.paper_added", subject=_("A new paper: %(title)s"), template=BODY)
register_kind("board.action_assigned", subject=_("An action of the board is yours"))
register_kind("board.actions_due", subject=_("Actions of the board that wait for you"))

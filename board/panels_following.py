"""What of the board's decisions and actions waits for a person, and what an organisation's page shows of them."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.roles import Role, roles_of
from organisations.models import Organisation
from projects.models import PlanChange
from wlga_portal.kernel.panels import Need, Panel, Press, needs, panel

from .models import Action, Meeting
from .public_notes import note_due
from .querysets.outcomes import unnoted
from .states.actions import ACTION


@needs(where="board_action WHERE owner_id IN (SELECT id FROM board_person WHERE user_id = %(person)s)")
def actions_to_do(user: Any) -> Iterator[Need]:
    """One's own actions that are not reported done."""
    if user is None or not user.is_authenticated:
        return
    for action in (
        Action.objects.shown().waiting().owned_by(user).select_related("item__meeting__board").order_by("due")
    ):
        board = str(action.item.meeting.board.name)
        text = _("Do for the board: %(action)s") % {"action": action.text}
        url = reverse("board:action_step", kwargs={"pk": action.pk, "event": "report"})
        press = Press(str(ACTION.transitions["report"].label), url)
        yield Need(text, action.get_absolute_url(), action.due, board, press=press)


@needs
def actions_to_close(user: Any) -> Iterator[Need]:
    """Actions that were reported done, for the secretariat to close: one line for all."""
    if roles_of(user).has(Role.SECRETARIAT):
        count = Action.objects.shown().filter(status="done").count()
        if count:
            url = f"{reverse('board:action_list')}?status=done"
            yield Need(_("Close the actions that were reported done: %(count)s") % {"count": count}, url)


@needs
def notes_to_publish(user: Any) -> Iterator[Need]:
    """Meetings that were held and have no public note yet, with its day."""
    if roles_of(user).has(Role.SECRETARIAT):
        for meeting in unnoted(Meeting.objects.visible_to(user)).select_related("board").order_by("date"):
            text = _("Publish the public note of “%(meeting)s”") % {"meeting": meeting}
            url = reverse("board:day_page", kwargs={"slug": meeting.slug})
            yield Need(text, url, note_due(meeting.date), str(meeting.board.name))


@panel("organisations.organisation", order=15)
def actions_of_organisation(request: HttpRequest, organisation: Organisation) -> Panel | None:
    """The board's actions that belong to this organisation, what is overdue first."""
    found = list(Action.objects.visible_to(request.user).filter(organisation=organisation).with_place().overdue_first())
    if not found:
        return None
    context = {"actions": found}
    return Panel(_("Actions of the board"), "board/panel_actions.html", context)


@panel("projects.change", order=10)
def actions_of_change(request: HttpRequest, change: PlanChange) -> Panel | None:
    """The board's actions of which this change of a plan is the evidence: the way back to the decision."""
    found = list(Action.objects.visible_to(request.user).filter(evidence__change=change).distinct().with_place())
    return Panel(_("Actions of the board"), "board/panel_actions.html", {"actions": found}) if found else None

"""Actions: given, moved, told of, reminded of."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from projects.models import Project
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.notify import notify
from wlga_portal.kernel.versions import save_version
from wlga_portal.kernel.workflow import NotAllowed, advance

from ..answering import answer_url
from ..models import Action, ActionReminder, AgendaItem, BoardProject, Evidence, Outcome, Person
from ..rules import action_tell, actions_give
from ..states.actions import WAITING, ActionStatus

WEEK = timedelta(days=7)
SOON = timedelta(days=7)  # a reminder goes from so many days before the due day


def action_create(
    item: AgendaItem,
    *,
    by: Any,
    text: tuple[str, str],
    owner: Person,
    due: date,
    outcome: Outcome | None = None,
    projects: Iterable[Project] = (),
    **links: Any,
) -> Action:
    """Give an action to its owner, and tell them. The same words for the same owner and day stand once.

    `links`: a bid, a course, an organisation. Raises NotAllowed.
    """
    with audited(by=by, why="action given"):
        meeting = item.meeting.lock()
        if not actions_give(by, meeting):
            raise NotAllowed(_("You cannot give actions of this meeting."))
        known = Action.objects.filter(item=item, owner=owner, due=due, text_en=text[0], text_cy=text[1]).first()
        if known is not None:
            return known
        action = Action(item=item, outcome=outcome, owner=owner, due=due, by=by, **links)
        action.text = text
        action.save()
        link_projects(action, projects, by=by)
        tell_owner(action)
    return action


def action_edit(form: Any, *, by: Any, projects: Iterable[Project]) -> Action:
    """Save the form of an action; a new owner is told. Raises Clash."""
    with audited(by=by, why="action edited"):
        before = Action.objects.values_list("owner", flat=True).get(pk=form.instance.pk)
        action: Action = save_version(form, by=by, why="action edited")
        link_projects(action, projects, by=by)
        if action.owner_id != before:
            tell_owner(action)
    return action


def link_projects(action: Action, projects: Iterable[Project], *, by: Any) -> None:
    """The action belongs to these projects and no others."""
    wanted = {project.pk: project for project in projects}
    for link in BoardProject.objects.filter(action=action):
        if wanted.pop(link.project_id, None) is None:
            link.delete()
    for project in wanted.values():
        BoardProject.objects.create(project=project, action=action, by=by)


def action_move(action: Action, event: str, *, by: Any, why: str = "") -> Action:
    """Any event of an action; the day on which it was done is kept while it is done. Raises Refused."""

    def dated(row: Action) -> None:
        target = row.workflow.transitions[event].target
        if target in WAITING or target == ActionStatus.DROPPED:
            row.done_on = None
        elif target == ActionStatus.DONE:
            row.done_on = timezone.localdate()

    return advance(action, event, by=by, why=why, also=dated)


def evidence_add(action: Action, *, by: Any, text: tuple[str, str], done: bool = False, **shown: Any) -> Evidence:
    """What the owner says of the action, with what shows it; with `done`, it is reported done in the same stroke.

    An open action is under way from then on. Raises NotAllowed or WrongState.
    """
    with audited(by=by, why="told of an action"):
        row = action.lock()
        if not action_tell(by, row):
            raise NotAllowed(_("Only the owner and the secretariat say how an action goes."))
        told = Evidence(action=row, by=by, **shown)
        told.text = text
        last = row.evidence.order_by("-at", "-pk").first()
        if last is not None and same_words(last, told):  # the same page, sent again
            told = last
        else:
            told.save()
        if done:
            action_move(row, "report", by=by)
        elif row.status == ActionStatus.OPEN:
            action_move(row, "start", by=by)
    return told


def same_words(one: Evidence, other: Evidence) -> bool:
    """Whether the same person said and showed the same."""
    names = ("by_id", "text_en", "text_cy", "change_id", "update_id", "deliverable_id", "link")
    return all(getattr(one, name) == getattr(other, name) for name in names)


def tell_owner(action: Action) -> None:
    """The owner hears of an action that is given to them, where they have an account."""
    user = action.owner.user
    if user is not None:
        given = {"action": text_for_mail(action), "due": action.due, "meeting": str(action.item.meeting.date)}
        notify(user, "board.action_assigned", url=lambda: answer_url(action, user), context=given)


def text_for_mail(action: Action) -> Any:
    """Mail goes through many hands: the action of a restricted item is named by the item, whose title is public."""
    return action.item.title if action.item.restricted else action.text


def remind_all(*, today: date | None = None) -> int:
    """Remind the owners of what is due within a week or overdue, each person at most once in seven days.

    One mail names all of a person's actions. Gives the number of people reminded. Said twice on a day, it does nothing.
    """
    today = today or timezone.localdate()
    waiting: dict[int, list[Action]] = defaultdict(list)
    due = Action.objects.waiting().filter(due__lte=today + SOON, owner__user__is_active=True)
    for action in due.shown().select_related("owner", "item").order_by("due", "pk"):
        waiting[action.owner.user_id or 0].append(action)
    lately = set(ActionReminder.objects.filter(day__gt=today - WEEK).values_list("user_id", flat=True))
    people = list(User.objects.filter(pk__in=set(waiting) - lately).order_by("pk"))
    for person in people:
        remind(person, waiting[person.pk], today=today)
    return len(people)


def remind(person: User, actions: list[Action], *, today: date) -> None:
    with audited(by=None, why="reminder of actions"):
        ActionReminder.objects.create(user=person, day=today, actions=len(actions))
        only = actions[0] if len(actions) == 1 else None
        notify(
            person,
            "board.actions_due",
            url=(lambda: answer_url(only, person)) if only else (lambda: f"{reverse('board:action_list')}?only=mine"),
            context={
                "overdue": [{"text": text_for_mail(one), "due": one.due} for one in actions if one.due < today],
                "coming": [{"text": text_for_mail(one), "due": one.due} for one in actions if one.due >= today],
                "one": only is not None,
            },
        )

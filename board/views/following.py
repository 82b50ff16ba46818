"""Actions: the tracker, one action, what its owner tells, and the one button of the mail."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from accounts.models import User
from board import actions, rules
from board.filters.following import ActionFilter
from board.finders import Step, find_action, find_action_step, find_answer, find_day_item
from board.forms import ReasonForm
from board.forms.following import ActionForm, EvidenceForm
from board.models import Action, AgendaItem
from board.sending import told_to_script
from board.states.actions import ActionStatus
from board.tables.following import ActionTable
from board.timeline import timeline_of
from board.tracing import action_traced, back_url
from board.wording import item_link, link_to, unmarked
from projects.drafts import posted
from wlga_portal.kernel.exports import csv_response
from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.tables import list_page
from wlga_portal.kernel.versions import Clash, clash_page, resolved
from wlga_portal.kernel.workflow import Refused

from .day import item_url, written


def tracked(request: HttpRequest) -> Any:
    return Action.objects.visible_to(request.user).with_place().overdue_first()


@screen(public=True, methods=("GET", "HEAD"))
def action_list(request: HttpRequest) -> HttpResponse:
    """The tracker: what is overdue stands first."""
    return list_page(
        request,
        queryset=tracked(request),
        table=ActionTable,
        filterset=ActionFilter,
        template="board/action_list.html",
        overdue=Action.objects.visible_to(request.user).overdue().count(),
    )


@screen(public=True, methods=("GET", "HEAD"))
def actions_csv(request: HttpRequest) -> HttpResponse:
    """The same rows as data; the filters of the list count here too."""
    rows = ActionFilter(request.GET, queryset=tracked(request), request=request).qs
    header = [
        _("Action"), _("Owner"), _("Due"), _("Status"), _("Overdue"), _("Done on"), _("Board"), _("Meeting"), _("Item"),
        _("Decision"),
    ]  # fmt: skip
    lines = [
        [
            one.text, str(one.owner), one.due.isoformat(), one.get_status_display(),
            _("yes") if one.is_overdue else _("no"), one.done_on.isoformat() if one.done_on else "",
            one.item.meeting.board.name, one.item.meeting.date.isoformat(), one.item.title,
            unmarked(one.outcome.read) if one.outcome else "",
        ]
        for one in rows
    ]  # fmt: skip
    return csv_response(_("Actions of the board"), [header, *lines])


@screen(public=True, find=find_action, methods=("GET", "HEAD"))
def action_page(request: HttpRequest, action: Action) -> HttpResponse:
    """One action: where it comes from, what it belongs to, what was told of it."""
    tells = rules.action_tell(request.user, action)
    context = {
        "action": action,
        "status": action.tag,
        "traced": action_traced(action, request.user),
        "back": back_url(action),
        "meeting": link_to(action.item.meeting),
        "item": item_link(action.item),
        "tells": tells and action.is_waiting,
        "edits": rules.actions_give(request.user, action.item.meeting),
        "events": action.events_for(request.user),
        "timeline": timeline_of(action) if tells else [],
        "demonstration": action.item.meeting.board.is_demo,
    }
    return page(request, "board/action_page.html", context)


@screen(find=find_action_step, may=rules.step_take)
def action_step(request: HttpRequest, taken: Step) -> HttpResponse:
    """One step of an action: a page with one button, and a reason where the step needs one."""
    action, step = taken.thing, taken.transition
    form = ReasonForm(posted(request), required=step.why_required)

    def write() -> None:
        actions.action_move(action, step.event, by=request.user, why=form.cleaned_data.get("why", ""))

    if written(request, form, write, _("Done: %(step)s.") % {"step": step.label}):
        return redirect(action)
    context = {
        "step": step, "form": form, "about": str(action), "back": action.get_absolute_url(),
        "demonstration": action.item.meeting.board.is_demo,
    }  # fmt: skip
    return page(request, "board/step.html", context)


@screen(find=find_action, may=rules.action_tell)
def evidence_add(request: HttpRequest, action: Action) -> HttpResponse:
    """The owner says how it goes and what shows it; a second button reports it done."""
    form = EvidenceForm(posted(request), action=action, user=request.user)

    def write() -> None:
        said = form.cleaned_data
        actions.evidence_add(
            action,
            by=request.user,
            text=(said["text_en"], said["text_cy"]),
            done="done" in request.POST and action.is_waiting,
            **form.shown(),
        )

    if written(request, form, write, _("Thank you. The board sees what you wrote.")):
        return redirect(action)
    context = {"form": form, "action": action, "demonstration": action.item.meeting.board.is_demo}
    return page(request, "board/evidence_add.html", context)


@screen(find=find_day_item, may=rules.item_record)
@told_to_script
def action_add(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    """Give an action of this item."""
    set_addresses(request, "board:action_add", slug=item.meeting, position=item.position)
    form = ActionForm(
        posted(request),
        meeting=item.meeting,
        item=item,
        user=request.user,
        initial={"outcome": request.GET.get("outcome", "")},
    )

    def write() -> None:
        said = form.cleaned_data
        actions.action_create(
            item,
            by=request.user,
            text=(said["text_en"], said["text_cy"]),
            owner=form.owner_saved(),
            projects=said["projects"],
            **{name: said[name] for name in ("due", "outcome", "bid", "course", "organisation")},
        )

    if written(request, form, write, _("The action is given, and its owner is told.")):
        return redirect(item_url(item))
    context = {"form": form, "item": item, "back": item_url(item), "demonstration": item.meeting.board.is_demo}
    return page(request, "board/action_edit.html", context)


def action_change(user: Any, action: Action) -> bool:
    return rules.actions_give(user, action.item.meeting)


@screen(find=find_action, may=action_change)
@told_to_script
def action_edit(request: HttpRequest, action: Action) -> HttpResponse:
    """Change an action: its words, owner, day and what it belongs to. Two people who change the same see both."""
    item = action.item
    data = resolved(request.POST, action) if request.method == "POST" else None
    form = ActionForm(data, instance=action, meeting=item.meeting, item=item, user=request.user)
    if request.method == "POST" and form.is_valid():
        form.owner_saved()
        try:
            actions.action_edit(form, by=request.user, projects=form.cleaned_data["projects"])
        except Clash as clash:
            return clash_page(request, clash, form, demonstration=item.meeting.board.is_demo)
        messages.success(request, _("The action is saved."))
        return redirect("board:action_page", pk=action.pk)
    context = {
        "form": form, "item": item, "action": action, "version": action.version, "back": action.get_absolute_url(),
        "demonstration": item.meeting.board.is_demo,
    }  # fmt: skip
    return page(request, "board/action_edit.html", context)


@screen(public=True, find=find_answer)
def action_answer(request: HttpRequest, found: tuple[Action, User]) -> HttpResponse:
    """Where the link of a mail leads: the action and one button. Opening it changes nothing."""
    action, owner = found
    if request.method == "POST" and action.is_waiting:
        try:
            actions.action_move(action, "report", by=owner)
        except Refused as refused:
            messages.info(request, str(refused))
        action = Action.objects.with_place().get(pk=action.pk)
    context = {
        "action": action,
        "owner": owner,
        "status": action.tag,
        "done": action.status in (ActionStatus.DONE, ActionStatus.CLOSED),
        "opens": request.user == owner,
        "demonstration": action.item.meeting.board.is_demo,
    }
    return page(request, "board/action_answer.html", context)

"""Building an agenda: items added, changed, put in order with buttons or by dragging, taken out, moved on."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from board import actions
from board.agenda import clock_of
from board.finders import find_agenda_item, find_meeting
from board.forms.agendas import ItemForm, ToMeetingForm
from board.models import AgendaItem, Meeting, PlannedItem
from board.rules import meeting_plan
from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.workflow import Refused

from .setting_up import at, form_page


def item_plan(user: object, item: AgendaItem) -> bool:
    return meeting_plan(user, item.meeting)


@screen(find=find_meeting, may=meeting_plan, methods=("GET", "HEAD"))
def agenda_edit(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The agenda with its running times, and what the forward work programme has for this meeting."""
    set_addresses(request, "board:agenda_edit", slug=meeting)
    items = meeting.items.select_related("presenter__user", "owner", "standing").order_by("position")
    planned = PlannedItem.objects.filter(board=meeting.board_id).to_come()
    context = {
        "meeting": meeting,
        "clock": clock_of(meeting, items),
        "planned": list(planned.filter(meeting=meeting).by_meeting()),
        "demonstration": meeting.board.is_demo,
    }
    return page(request, "board/agenda_edit.html", context)


@screen(find=find_meeting, may=meeting_plan)
def item_new(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    set_addresses(request, "board:item_new", slug=meeting)
    return item_page(request, AgendaItem(meeting=meeting), _("Add an item"), _("Add the item"))


@screen(find=find_agenda_item, may=item_plan)
def item_edit(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    set_addresses(request, "board:item_edit", slug=item.meeting, pk=item.pk)
    return item_page(request, item, _("Change the item"), _("Save"))


def item_page(request: HttpRequest, item: AgendaItem, title: str, save: str) -> HttpResponse:
    meeting = item.meeting
    form = ItemForm(request.POST or None, instance=item, board=meeting.board)
    if request.method == "POST" and form.is_valid():
        row: AgendaItem = form.save(commit=False)
        row.presenter = form.presenter()
        try:
            (actions.item_save if row.pk else actions.item_add)(row, by=request.user)
        except Refused as refused:
            messages.info(request, str(refused))
            return redirect(meeting)
        messages.success(request, _("Saved."))
        return to_agenda(meeting)
    return form_page(
        request, form, title=title, save=save, back=at("agenda_edit", slug=meeting.slug), caption=str(meeting),
        board=meeting.board, demonstration=meeting.board.is_demo,
    )  # fmt: skip


def to_agenda(meeting: Meeting, anchor: str = "") -> HttpResponse:
    return redirect(at("agenda_edit", slug=meeting.slug) + anchor)


@screen(find=find_agenda_item, may=item_plan, methods=("POST",))
def item_up(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    return shifted(request, item, up=True)


@screen(find=find_agenda_item, may=item_plan, methods=("POST",))
def item_down(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    return shifted(request, item, up=False)


def shifted(request: HttpRequest, item: AgendaItem, *, up: bool) -> HttpResponse:
    try:
        actions.item_shift(item, by=request.user, up=up)
    except Refused as refused:
        messages.info(request, str(refused))
        return redirect(item.meeting)
    return to_agenda(item.meeting, f"#item-{item.pk}")


@screen(find=find_meeting, may=meeting_plan, methods=("POST",))
def agenda_order(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """The whole order at once, as dragging gives it: `item`, once for each, in their new order."""
    ids = [int(one) for one in request.POST.getlist("item")[:500] if one.isascii() and one.isdecimal()]
    try:
        actions.items_order(meeting, ids, by=request.user)
    except Refused as refused:
        messages.info(request, str(refused))
        return redirect(meeting)
    messages.success(request, _("The agenda has its new order."))
    return to_agenda(meeting)


@screen(find=find_agenda_item, may=item_plan, methods=("POST",))
def item_remove(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    """Off the agenda; what was planned waits again in the forward work programme."""
    try:
        actions.item_remove(item, by=request.user)
    except Refused as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, _("The item is off the agenda."))
    return to_agenda(item.meeting)


@screen(find=find_agenda_item, may=item_plan)
def item_defer(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    """To another meeting of the board, with its papers."""
    meeting = item.meeting
    set_addresses(request, "board:item_defer", slug=meeting, pk=item.pk)
    form = ToMeetingForm(request.POST or None, board=meeting.board, now=meeting)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.item_defer(item, said["meeting"], by=request.user, why=said["why"])
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The item is moved to the other meeting."))
            return to_agenda(meeting)
    return form_page(
        request, form, title=_("Move the item to another meeting"), save=_("Move the item"),
        back=at("agenda_edit", slug=meeting.slug), caption=item.title, board=meeting.board,
        demonstration=meeting.board.is_demo,
    )  # fmt: skip

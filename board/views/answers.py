"""What members answer: whether they come, and in writing to a decision by correspondence."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from board import actions
from board.actions.answers import takes_writing
from board.finders import Place, find_meeting, find_own_place, find_place
from board.forms.answers import ResponseForm, WrittenForm
from board.models import Meeting, Response, WrittenAnswer
from board.quorum import forecast_of
from board.rules import answers_see, seats_of, secretary
from board.states import MeetingStatus
from board.wording import when_of
from board.writing import tally
from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.workflow import Refused

from .setting_up import at, form_page


@screen(find=find_own_place)
def meeting_answer(request: HttpRequest, place: Place) -> HttpResponse:
    """In person, online, apologies or a substitute: a page with one button, to which the message leads."""
    set_addresses(request, "board:meeting_answer", slug=place.meeting)
    return answer_page(request, place, place.meeting.get_absolute_url(), _("Are you coming?"))


@screen(find=find_place, may=lambda user, _place: secretary(user))
def answer_for(request: HttpRequest, place: Place) -> HttpResponse:
    """The secretariat writes down what a member said on the telephone."""
    set_addresses(request, "board:answer_for", slug=place.meeting, pk=place.seat.pk)
    return answer_page(
        request, place, at("answer_list", slug=place.meeting.slug),
        _("The answer of %(person)s") % {"person": place.seat.person.named()},
    )  # fmt: skip


def answer_page(request: HttpRequest, place: Place, back: str, title: str) -> HttpResponse:
    meeting, seat = place.meeting, place.seat
    if meeting.status != MeetingStatus.CALLED or meeting.by_correspondence:
        messages.info(request, _("This meeting takes no answers."))
        return redirect(meeting)
    given = Response.objects.filter(meeting=meeting, seat=seat).first() or Response(meeting=meeting, seat=seat)
    given.meeting, given.seat = meeting, seat
    form = ResponseForm(request.POST or None, instance=given)
    if request.method == "POST" and form.is_valid():
        try:
            actions.response_save(form.save(commit=False), by=request.user)
        except Refused as refused:
            messages.info(request, str(refused))
        else:
            messages.success(request, _("Thank you: your answer is kept. You may change it until the meeting."))
        return redirect(back)
    return form_page(
        request, form, title=title, save=_("Answer"), back=back, caption=str(meeting), lead=when_of(meeting),
        board=meeting.board, demonstration=meeting.board.is_demo,
    )  # fmt: skip


@screen(find=find_meeting, may=answers_see, methods=("GET", "HEAD"))
def answer_list(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Who comes and how, who has not answered, the forecast of the quorum, who speaks what."""
    set_addresses(request, "board:answer_list", slug=meeting)
    context = {
        "meeting": meeting,
        "forecast": forecast_of(meeting),
        "runs": secretary(request.user),
        "takes": meeting.status == MeetingStatus.CALLED and not meeting.by_correspondence,
        "demonstration": meeting.board.is_demo,
    }
    return page(request, "board/answer_list.html", context)


@screen(find=find_meeting, may=answers_see)
def written_page(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """A decision by correspondence: one's own answers while it is open, and how all have answered."""
    set_addresses(request, "board:written_page", slug=meeting)
    if not meeting.by_correspondence:
        return redirect(meeting)
    items = list(meeting.items.order_by("position"))
    seat = seats_of(request.user, meeting).filter(votes=True).first()
    form = None
    if seat is not None and takes_writing(meeting) and items:
        given = {one.item_id: one for one in WrittenAnswer.objects.filter(item__meeting=meeting, seat=seat)}
        form = WrittenForm(request.POST or None, items=items, given=given)
        if request.method == "POST" and form.is_valid():
            answers = form.answers()
            try:
                actions.written_answers(meeting, seat, by=request.user, answers=answers)
            except Refused as refused:
                messages.info(request, str(refused))
            else:
                messages.success(request, _("Thank you: your answers are kept. You may change them until it closes."))
            return redirect("board:written_page", slug=meeting.slug)
    context = {
        "meeting": meeting, "form": form, "seat": seat, "tallies": tally(meeting, items), "when": when_of(meeting),
        "open": takes_writing(meeting), "demonstration": meeting.board.is_demo,
    }  # fmt: skip
    return page(request, "board/written_page.html", context)

"""Feedback: given on the page of a booking, read by those who give the session."""

from typing import Any

from django.contrib import messages
from django.db.models import Avg, Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.charts import Chart, Series, shares
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.workflow import Refused

from .. import actions, rules
from ..forms.certificates import SCALE, FeedbackForm
from ..models import Booking, Feedback, FeedbackGiven, Session
from ..models.feedback import GROUP, QUESTIONS, RATINGS
from ..querysets.certificates import FeedbackQuerySet
from .found import find_register, posted


def find_attended(request: HttpRequest, pk: int) -> Booking:
    """One's own booking that the register counts."""
    return Booking.objects.of(request.user).attended().with_all().get(pk=pk)


@screen(find=find_attended, may=rules.feedback_give)
def feedback_create(request: HttpRequest, booking: Booking) -> HttpResponse:
    """Three marks and some words about a session."""
    form = FeedbackForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.feedback_give(booking=booking, answer=form.cleaned_data, language=page_language(), by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Thank you. Your answer is kept without your name."))
            return redirect(booking)
    context = {
        "booking": booking,
        "session": booking.session,
        "form": form,
        "given": FeedbackGiven.objects.filter(booking=booking).exists(),
        "group": GROUP,
        "demonstration": booking.session.course.is_demo,
    }
    return page(request, "training/feedback_create.html", context)


def averages(rows: FeedbackQuerySet) -> tuple[int, list[tuple[Any, float]]]:
    """How many answers are shown, and the average of each mark; none where no group is full. One query."""
    found = rows.readable().aggregate(number=Count("pk"), **{name: Avg(name) for name in RATINGS})
    if not found["number"]:
        return 0, []
    return found["number"], [(label, round(float(found[name]), 1)) for name, label in QUESTIONS.items()]


def spread(answers: list[Feedback]) -> Chart:
    """For each question, how many gave each mark."""
    labels = list(QUESTIONS.values())
    series = [
        Series(label, [sum(getattr(answer, name) == int(mark) for answer in answers) for name in RATINGS])
        for mark, label in SCALE
    ]
    return shares(_("How many gave each mark"), labels, series, header=_("Question"))


@screen(find=find_register, methods=("GET", "HEAD"))
def feedback_page(request: HttpRequest, session: Session) -> HttpResponse:
    """What was said of a session, to its trainers and the team."""
    answers = list(Feedback.objects.readable().filter(session=session).order_by("pk"))  # random keys: no order
    number, marks = averages(Feedback.objects.filter(session=session))
    context = {
        "session": session,
        "number": number,
        "marks": marks,
        "chart": spread(answers) if answers else None,
        "words": [answer for answer in answers if answer.words],
        "group": GROUP,
        "demonstration": session.course.is_demo,
    }
    return page(request, "training/feedback_page.html", context)

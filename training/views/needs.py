"""One's own needs, and those that the trainers of a session must know."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wlga_portal.kernel.screens import page, screen

from .. import actions, rules
from ..forms import NeedsForm
from ..models import LearnerNeeds, Session
from .found import find_needs, posted


@screen(may=rules.signed_in)
def needs_edit(request: HttpRequest) -> HttpResponse:
    """Say, change or clear what one needs to take part."""
    needs = LearnerNeeds.objects.filter(learner__user=request.user.pk).first()
    form = NeedsForm(posted(request), needs=needs)
    if request.method == "POST" and form.is_valid():
        actions.needs_say(**form.cleaned_data, by=request.user)
        messages.success(request, _("What you need is saved."))
        return redirect("training:booking_own")
    return page(request, "training/needs_edit.html", {"form": form, "needs": needs})


@screen(find=find_needs)
def session_needs(request: HttpRequest, session: Session) -> HttpResponse:
    """What those who have a place need, for who prepares the session."""
    rows = LearnerNeeds.objects.for_session(session)
    context = {"session": session, "rows": rows, "demonstration": session.course.is_demo}
    return page(request, "training/session_needs.html", context)

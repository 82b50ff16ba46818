"""The parts of a session, and the places that it keeps for councils."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.workflow import Refused

from .. import actions
from ..forms import KeptPlacesForm, PartsForm
from ..models import Session
from .found import find_session, posted
from .planning import plans_session


@screen(find=find_session, may=plans_session)
def parts_edit(request: HttpRequest, session: Session) -> HttpResponse:
    """When each part of a session is."""
    form = PartsForm(posted(request), session=session)
    if request.method == "POST" and form.is_valid():
        try:
            actions.parts_save(session=session, stretches=form.stretches(), by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The parts are saved."))
            return redirect(session)
    context = {"form": form, "session": session, "demonstration": session.course.is_demo}
    return page(request, "training/parts_edit.html", context)


@screen(find=find_session, may=plans_session)
def kept_places_edit(request: HttpRequest, session: Session) -> HttpResponse:
    """How many places are for the people of which council first."""
    form = KeptPlacesForm(posted(request), session=session)
    if request.method == "POST" and form.is_valid():
        try:
            actions.kept_places_save(session=session, places=form.places(), by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The kept places are saved."))
            return redirect(session)
    context = {"form": form, "session": session, "demonstration": session.course.is_demo}
    return page(request, "training/kept_places_edit.html", context)

"""Weeknotes: a draft of a post made from a week's public updates."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.workflow import Refused

from .. import rules
from ..forms.posts import WeekForm
from ..weeknotes import weeknotes_make as make
from ..weeknotes import weeks


@screen(may=rules.post_write)
def weeknotes_make(request: HttpRequest) -> HttpResponse:
    """The last weeks with what was said in each, and a button that drafts the weeknotes of one."""
    if request.method == "POST":
        form = WeekForm(request.POST)
        try:
            if not form.is_valid():
                raise Refused(_("Choose a week."))
            demonstration = settings.DEMO and form.cleaned_data["demonstration"]
            post = make(form.cleaned_data["week"], by=request.user, demonstration=demonstration)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("projects:weeknotes_make")
        messages.success(request, _("The weeknotes are drafted: read them, add to them, then publish."))
        return redirect(post)
    kinds = [(False, weeks())] + ([(True, weeks(demonstration=True))] if settings.DEMO else [])
    return page(request, "projects/weeknotes_make.html", {"kinds": kinds})

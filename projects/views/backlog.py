"""The backlog: what waits, the decisions of a meeting about it, and what was decided before."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wlga_portal.kernel.forms import draw_summary, errors_of
from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.tables import list_page
from wlga_portal.kernel.workflow import Refused

from .. import actions, rules
from ..drafts import posted
from ..finders import find_project
from ..forms import DecisionForm, MeetingForm, ReviewDateForm
from ..models import BacklogReview, Project
from ..past import Past
from ..querysets import in_backlog
from ..tables import BacklogTable, ReviewTable

DECISIONS = 30  # of the past that are shown below the backlog


def is_demonstration(request: HttpRequest) -> bool:
    """The demonstration's backlog is shown where it is asked for, apart from the real one."""
    return request.GET.get("world") == "demo"


def waiting(request: HttpRequest) -> Any:
    """The items of the backlog that this page is about."""
    return in_backlog(Project.objects.visible_to(request.user).filter(is_demo=is_demonstration(request)))


@screen(public=True, methods=("GET", "HEAD"))
def backlog_list(request: HttpRequest) -> HttpResponse:
    """What waits, with the day on which each item is looked at again, and what was decided."""
    past = Past(request)
    demo = is_demonstration(request)
    with past.reading():
        decided = BacklogReview.objects.exclude(decision="dated").filter(project__is_demo=demo)
        decided = decided.filter(project__in=Project.objects.visible_to(request.user)).select_related("project")
        return list_page(
            request,
            queryset=waiting(request),
            table=BacklogTable.for_day(past.today),
            template="projects/backlog_list.html",
            decided=ReviewTable(list(decided.order_by("-decided_on", "-pk")[:DECISIONS])),
            team=rules.team(request.user) and past.moment is None,
            past=past,
            form=past.form,
            demonstration=demo,
            demo_url="" if demo or not settings.DEMO else f"{request.path}?world=demo",
        )


@screen(may=rules.backlog_review)
def backlog_review(request: HttpRequest) -> HttpResponse:
    """One screen takes the decisions of a meeting: keep, start or drop, each with its reason; all are saved or none."""
    may_drop = rules.project_close(request.user, None)
    data = posted(request)
    meeting = MeetingForm(data)
    forms = [DecisionForm(data, project=project, may_drop=may_drop) for project in waiting(request)]
    if request.method == "POST" and all([meeting.is_valid(), *(form.is_valid() for form in forms)]):
        decided = [one for form in forms if (one := form.decided())]
        if not decided:
            meeting.add_error(None, _("Nothing was decided: choose a decision for at least one project."))
        elif saved(request, meeting, decided):
            return redirect(reverse("projects:backlog_list") + (f"?{request.GET.urlencode()}" if request.GET else ""))
    context = {
        "meeting": meeting,
        "forms": forms,
        "form": next((form for form in forms if form.errors), meeting),
        "summary": draw_summary(errors_of(meeting, *forms)),
        "may_drop": may_drop,
        "today": timezone.localdate(),
        "demonstration": is_demonstration(request),
    }
    return page(request, "projects/backlog_review.html", context)


def saved(request: HttpRequest, meeting: MeetingForm, decided: list[actions.Decided]) -> bool:
    """Record the decisions; what stands against one becomes a sentence of the form."""
    given = meeting.cleaned_data
    names = (given["meeting_en"].strip(), given["meeting_cy"].strip())
    try:
        actions.backlog_decide(decided, meeting=names, decided_on=given["decided_on"], by=request.user)
    except Refused as refused:
        meeting.add_error(None, str(refused))
        return False
    count = len(decided)
    text = ngettext("%(count)s decision is recorded.", "%(count)s decisions are recorded.", count)
    messages.success(request, text % {"count": count})
    return True


@screen(find=find_project, may=rules.project_edit)
def backlog_date(request: HttpRequest, project: Project) -> HttpResponse:
    """The day on which an item is looked at again."""
    set_addresses(request, "projects:backlog_date", slug=project)
    form = ReviewDateForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.backlog_date(project, form.cleaned_data["review_on"], by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The day of review is set."))
            return redirect(project)
    context = {"project": project, "form": form, "demonstration": project.is_demo}
    return page(request, "projects/backlog_date.html", context)

"""When it was true against when we knew it: both readings of one day."""

from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse

from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.tables import list_page

from ..finders import find_project
from ..forms import KnownForm
from ..knowing import NOTHING, Reading, end_of, milestones_of, readings
from ..models import Project, StatusUpdate
from ..reading import reading_shown
from ..states import MEANINGS
from ..tables import KnownTable, phase_tag


def asked(request: HttpRequest) -> KnownForm:
    form = KnownForm(request.GET)
    form.is_valid()
    return form


def side(reading: Reading, day: date) -> dict[str, Any]:
    """One of the two readings, as it is shown."""
    return {
        "reading": reading,
        "confidence": reading_shown(reading, day),
        "phase": phase_tag(reading.phase),
        "meaning": MEANINGS[reading.scale][reading.confidence] if reading.confidence else "",
    }


@screen(public=True, methods=("GET", "HEAD"), find=find_project)
def project_known(request: HttpRequest, project: Project) -> HttpResponse:
    """What was said of a project on a day, and what is known of that day now, with what came in between."""
    set_addresses(request, "projects:project_known", slug=project)
    form = asked(request)
    day = form.day()
    then = readings([project.pk], day, end_of(day))[project.pk]
    now = readings([project.pk], day)[project.pk]
    expected, found = milestones_of(project.pk, day, end_of(day)), milestones_of(project.pk, day)
    later = StatusUpdate.objects.filter(project=project, for_date__lte=day, at__gt=end_of(day))
    context = {
        "project": project,
        "form": form,
        "day": day,
        "same": then.says_the_same(now) and expected == found,
        "then": {**side(then, day), "milestones": expected},
        "now": {**side(now, day), "milestones": found},
        "later": list(later.select_related("corrects").order_by("at")),
        "demonstration": project.is_demo,
    }
    return page(request, "projects/project_known.html", context)


@screen(public=True, methods=("GET", "HEAD"))
def portfolio_known(request: HttpRequest) -> HttpResponse:
    """The projects of which one day reads differently now than it did then."""
    form = asked(request)
    day = form.day()
    known = Project.objects.visible_to(request.user).real().by_title()
    ids = list(known.values_list("pk", flat=True))
    then, now = readings(ids, day, end_of(day)), readings(ids, day)
    differ = [pk for pk in ids if not then.get(pk, NOTHING).says_the_same(now[pk])]
    return list_page(
        request,
        queryset=known.filter(pk__in=differ),
        table=KnownTable.about(day, then, now),
        template="projects/portfolio_known.html",
        count=len(differ),
        form=form,
        day=day,
        total=len(ids),
    )

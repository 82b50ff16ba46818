"""The front page of training, the count and how it is made, and the demonstration's own figures."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from organisations.models import Organisation
from wlga_portal.kernel.bilingual import sort_column
from wlga_portal.kernel.screens import page, screen

from .. import counting, rules
from ..filters import years
from ..models import Session, StatedTotal, Stream
from ..tables import ComingTable
from ..years import Year

SHOWN = 6


def rows_url(user: Any, year: Year, *, demonstration: bool = False, standing: str = "") -> str:
    """The rows behind a figure, for those who may open them; else ''."""
    if not rules.booking_rows(user):
        return ""
    query = QueryDict(mutable=True)
    query.update({"year": str(year), "counted": "on"})
    if settings.DEMO:
        query["courses"] = "demonstration" if demonstration else "real"
    if standing:
        query["standing"] = standing
    return f"{reverse('training:booking_list')}?{query.urlencode()}"


def figures(user: Any, year: Year, *, demonstration: bool = False, elsewhere: str = "") -> dict[str, Any]:
    """The count of a year, with where each number leads; `elsewhere` for those who may not open the rows."""
    return {
        "year": year,
        "count": counting.count(year, demonstration=demonstration),
        "officers_url": rows_url(user, year, demonstration=demonstration, standing="staff") or elsewhere,
        "opportunities_url": rows_url(user, year, demonstration=demonstration) or elsewhere,
    }


@screen(public=True)
def front(request: HttpRequest) -> HttpResponse:
    """What is on, what was learnt, and where to book."""
    coming = Session.objects.visible_to(request.user).coming().with_course().with_places()[:SHOWN]
    return page(
        request,
        "training/front.html",
        {
            "streams": Stream.objects.with_courses().by_title(),
            "coming": ComingTable(list(coming)),
            "stated": StatedTotal.objects.all(),
            "may_plan": rules.plans(request.user),
            "may_rows": rules.booking_rows(request.user),
            "may_learners": rules.learners_seen(request.user),
            "keeps": request.user.is_authenticated and Session.objects.given_by(request.user).exists(),
            **figures(request.user, Year.current(), elsewhere=reverse("training:counting")),
        },
    )


def year_asked(request: HttpRequest) -> Year:
    """The year of `?year=2025-26`; the current one where none, or nonsense, is asked for."""
    return Year.read(request.GET.get("year", "")) or Year.current()


def count_page(request: HttpRequest, year: Year, *, demonstration: bool) -> HttpResponse:
    streams = counting.count_by_stream(year, demonstration=demonstration)
    councils = counting.count_by_council(year, demonstration=demonstration)
    by_stream = [(stream, streams[stream.pk]) for stream in Stream.objects.by_title() if stream.pk in streams]
    named = Organisation.objects.filter(pk__in=councils).order_by(sort_column("name"))
    return page(
        request,
        "training/counting.html",
        {
            "by_stream": by_stream,
            "by_council": [(council, councils[council.pk]) for council in named],
            "stated": StatedTotal.objects.filter(plan_year=str(year)),
            "sql": counting.TOTAL,
            "parameters": {"from": year.starts, "until": year.ends},
            "years": years(),
            "demonstration": demonstration,
            "may_see_small": rules.plans(request.user),
            **figures(request.user, year, demonstration=demonstration),
        },
    )


@screen(public=True)
def counting_page(request: HttpRequest) -> HttpResponse:
    """How officers trained and learning opportunities are counted, with the figures of any year."""
    return count_page(request, year_asked(request), demonstration=False)


@screen(public=True)
def demonstration_page(request: HttpRequest) -> HttpResponse:
    """The same count of the invented rows, in demonstration mode alone."""
    if not settings.DEMO:
        raise Http404
    return count_page(request, year_asked(request), demonstration=True)

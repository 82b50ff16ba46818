"""The front page of training, the count and how it is made, and the demonstration's own figures."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse

from wlga_portal.kernel.screens import page, screen

from .. import counting, rules
from ..gaps import next_for
from ..models import Session, StatedTotal, Stream
from ..tables import ComingTable
from ..years import Year

SHOWN = 6


def rows_url(user: Any, year: Year, *, demonstration: bool = False, **narrow: Any) -> str:
    """The rows behind a figure, for those who may open them; else ''. `narrow` is what the list is filtered by."""
    if not rules.booking_rows(user):
        return ""
    query = QueryDict(mutable=True)
    query.update({"year": str(year), "counted": "on"})
    if settings.DEMO:
        query["courses"] = "demonstration" if demonstration else "real"
    query.update({name: str(value) for name, value in narrow.items() if value})
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
            "next": next_for(request.user),
            "keeps": request.user.is_authenticated and Session.objects.given_by(request.user).exists(),
            **figures(request.user, Year.current(), elsewhere=reverse("training:counting")),
        },
    )

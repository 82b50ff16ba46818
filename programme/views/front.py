"""The front page: what the programme is now, in figures that link to their rows; what needs you and what happened."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from wlga_portal.kernel import news, panels
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.unchanged import snapshot
from wlga_portal.kernel.visits import last_visit

from ..schema import front_item

SHOWN = 8  # things that need a person, or that happened, before the rest is folded away
AT_FIRST = timedelta(days=14)  # what somebody is told who was never here before
LONGEST = timedelta(days=90)  # of what happened longer ago, the lists tell


@screen(public=True, methods=("GET", "HEAD"))
def front(request: HttpRequest) -> HttpResponse:
    """Public; a signed-in person also sees what waits for them, and what happened since their last visit."""
    seen = snapshot()
    own = own_part(request, seen) if request.user.is_authenticated else {}
    own["panels"] = panels.panels_for("programme.front", request, None, seen)
    own["schema"] = front_item(str(settings.PORTAL_NAME))
    own["pictures"] = panels.panels_for("programme.pictures", request, None, seen)
    return page(request, "programme/front.html", own)


def own_part(request: HttpRequest, seen: str) -> dict[str, Any]:
    """By deadline what waits, the newest first what happened: one quick look says who is to be asked."""
    since, last = since_of(request)
    there = panels.there([*panels.looks(), *news.looks()], person=request.user.pk, since=since)
    needs = panels.needs_of(request.user, there)
    told = news.news_of(request.user, since, there=there, seen=seen)
    return {
        "needs": needs[:SHOWN], "more_needs": needs[SHOWN:], "news": told[:SHOWN], "more_news": told[SHOWN:],
        "last_visit": last,
    }  # fmt: skip


def since_of(request: HttpRequest) -> tuple[datetime, datetime | None]:
    """From when on things are told, and when the visit before this one was."""
    now, last = timezone.now(), last_visit(request)
    return (max(last, now - LONGEST), last) if last else (now - AT_FIRST, None)

"""The front page: what the programme is now, in figures that link to their rows, and what needs you."""

from django.http import HttpRequest, HttpResponse

from wlga_portal.kernel.panels import needs_of, panels_for
from wlga_portal.kernel.screens import page, screen

SHOWN = 8  # things that need a person, before the rest is folded away


@screen(public=True, methods=("GET", "HEAD"))
def front(request: HttpRequest) -> HttpResponse:
    """Public; a signed-in person also sees what waits for them, in order of its deadline."""
    needs = needs_of(request.user) if request.user.is_authenticated else []
    context = {
        "needs": needs[:SHOWN],
        "more_needs": needs[SHOWN:],
        "panels": panels_for("programme.front", request, None),
    }
    return page(request, "programme/front.html", context)

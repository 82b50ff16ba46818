"""What the portal's pages are measured against, served by the same server in the same run.

`table`: one indexed SELECT as a plain Django table of 50 rows and 7 columns, with the base template, links, dates,
the session and the signed-in user that every page has. `constant`: bytes of the same size, made once.
"""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from projects.models import StatusUpdate
from wlga_portal.kernel.screens import page, screen

ROWS = 50


def rows() -> Any:
    """The newest updates with their project: the index on the key gives them without a sort."""
    return StatusUpdate.objects.select_related("project").order_by("-pk")[:ROWS]


@screen(public=True)
def table(request: HttpRequest) -> HttpResponse:
    return page(request, "bench/table.html", {"rows": rows()})


_made: dict[str, bytes] = {}


@screen(public=True)
def constant(request: HttpRequest) -> HttpResponse:
    if "page" not in _made:
        _made["page"] = render_to_string("bench/table.html", {"rows": rows()}, request).encode()
    return HttpResponse(_made["page"])

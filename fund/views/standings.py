"""Councils and topics, across rounds: as a table, and as data."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from fund.standings import matrix_for
from wlga_portal.kernel.exports import csv_response
from wlga_portal.kernel.screens import page, screen


@screen(public=True)
def standing_list(request: HttpRequest) -> HttpResponse:
    """Who has which problem, who looks for others, who has solved it, who was funded for it."""
    return page(request, "fund/standing_list.html", {"matrix": matrix_for(request.user)})


@screen(public=True)
def standing_csv(request: HttpRequest) -> HttpResponse:
    """The same, one row for each mark."""
    header = [_("Council"), _("Topic"), _("How it stands"), _("Bids")]
    return csv_response(_("Councils and topics"), [header, *matrix_for(request.user).csv_rows()])

"""What a bid costs, line by line and added up."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from fund import rules
from fund.actions import costs as actions
from fund.clock import locked_bid, received_at
from fund.costs import totals_of
from fund.finders import find_cost, find_own_bid
from fund.forms.costs import CostForm
from fund.models import Bid, CostLine
from fund.tables import heading_of
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.versions import Clash, clash_page, resolved
from wlga_portal.kernel.workflow import Refused


def list_url(bid: Bid) -> str:
    return reverse("fund:cost_list", kwargs={"slug": bid.slug})


@screen(find=find_own_bid)
def cost_list(request: HttpRequest, bid: Bid) -> HttpResponse:
    """Every line with its totals; whoever writes in the bid adds lines here."""
    at = received_at(request)
    closed, categories = locked_bid(bid, at), list(bid.cost_categories())
    form: CostForm | None = None
    if categories and not closed and rules.bid_write(request.user, bid):
        form = CostForm(request.POST if request.method == "POST" else None, bid=bid, initial=first_of(bid, categories))
    if request.method == "POST":
        if form is None:
            messages.error(request, closed or _("You may not change the costs of this bid."))
            return redirect(list_url(bid))
        if form.is_valid():
            try:
                actions.cost_add(form, bid=bid, by=request.user, at=at)
            except Refused as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("The cost is in the bid."))
                return redirect(list_url(bid))
    lines = list(bid.costs.select_related("category", "organisation"))
    context = {
        "bid": bid,
        "heading": heading_of(bid),
        "form": form,
        "closed": closed,
        "categories": categories,
        "lines": lines,
        "totals": totals_of(lines),
        "demonstration": bid.is_demo,
    }
    return page(request, "fund/cost_list.html", context)


def first_of(bid: Bid, categories: list[Any]) -> dict[str, Any]:
    """What a new line begins with."""
    return {"category": categories[0], "organisation": bid.lead_id, "kind": "revenue", "funding": "fund"}


@screen(find=find_cost, may=rules.cost_write)
def cost_edit(request: HttpRequest, line: CostLine) -> HttpResponse:
    """One line."""
    at, bid, version = received_at(request), line.bid, line.version
    form = CostForm(resolved(request.POST, line) if request.method == "POST" else None, instance=line, bid=bid)
    if request.method == "POST" and form.is_valid():
        try:
            actions.cost_change(form, by=request.user, at=at)
        except Refused as error:
            form.add_error(None, str(error))
        except Clash as clash:
            return clash_page(request, clash, form, demonstration=bid.is_demo)
        else:
            messages.success(request, _("Saved."))
            return redirect(list_url(bid))
    context = {
        "bid": bid,
        "heading": heading_of(bid),
        "line": line,
        "form": form,
        "version": version,
        "closed": locked_bid(bid, at),
        "demonstration": bid.is_demo,
    }
    return page(request, "fund/cost_edit.html", context)


@screen(find=find_cost, may=rules.cost_write, methods=("POST",))
def cost_remove(request: HttpRequest, line: CostLine) -> HttpResponse:
    """Take a line out."""
    bid = line.bid
    try:
        actions.cost_remove(line=line, by=request.user, at=received_at(request))
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The cost is no longer in the bid."))
    return redirect(list_url(bid))

"""Whose bid it is, and everything that happened to it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from fund import actions, rules
from fund.finders import find_own_bid
from fund.forms.owners import OwnerForm
from fund.models import Bid
from fund.tables import heading_of
from fund.timeline import timeline_of
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.workflow import Refused

PAGE = 50  # happenings on a page


@screen(find=find_own_bid, may=rules.bid_hand_over)
def bid_owner(request: HttpRequest, bid: Bid) -> HttpResponse:
    """Hand the bid over to another officer of the lead council, or take it on from who left."""
    form = OwnerForm(request.POST if request.method == "POST" else None, bid=bid, user=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.owner_change(bid=bid, by=request.user, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The bid has another owner now."))
            return redirect(bid)
    context = {
        "bid": bid,
        "heading": heading_of(bid),
        "form": form,
        "left": rules.keeper_left(bid),
        "demonstration": bid.is_demo,
    }
    return page(request, "fund/owner_edit.html", context)


@screen(find=find_own_bid)
def bid_timeline(request: HttpRequest, bid: Bid) -> HttpResponse:
    """Everything that happened to the bid: who, when, why."""
    shown = Paginator(timeline_of(bid), PAGE).get_page(request.GET.get("page"))
    context = {"bid": bid, "heading": heading_of(bid), "page_obj": shown, "demonstration": bid.is_demo}
    return page(request, "fund/bid_timeline.html", context)

"""Clarifications of a submitted bid."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from fund import rules
from fund.actions import addenda as actions
from fund.clock import received_at
from fund.finders import find_own_bid
from fund.forms.addenda import AddendumForm
from fund.models import Bid
from fund.states import BidStatus
from fund.tables import heading_of
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.workflow import Refused


@screen(find=find_own_bid, may=rules.bid_lead_officer)
def addendum_send(request: HttpRequest, bid: Bid) -> HttpResponse:
    """Make something clear: the bid stays as it was sent, the clarification stands beside it for good."""
    form = AddendumForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            addendum = actions.addendum_send(bid=bid, by=request.user, at=received_at(request), **form.cleaned_data)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The clarification stands with the bid."))
            return redirect(addendum.submission)
    context = {
        "bid": bid,
        "heading": heading_of(bid),
        "form": form,
        "sent": bid.status == BidStatus.SUBMITTED,
        "addenda": list(bid.addenda.select_related("by")),
        "demonstration": bid.is_demo,
    }
    return page(request, "fund/addendum_send.html", context)

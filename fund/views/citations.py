"""What a bid builds on."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from fund import rules
from fund.actions import citations as actions
from fund.clock import locked_bid, received_at
from fund.finders import find_citation, find_own_bid
from fund.forms.citations import CitationForm
from fund.models import Bid, Citation, Section
from fund.tables import heading_of
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.workflow import Refused


def list_url(bid: Bid) -> str:
    return reverse("fund:citation_list", kwargs={"slug": bid.slug})


@screen(find=find_own_bid)
def citation_list(request: HttpRequest, bid: Bid) -> HttpResponse:
    """What it cites; whoever writes in the bid cites more here, or says in the answer why nothing fits."""
    at = received_at(request)
    closed = locked_bid(bid, at)
    form: CitationForm | None = None
    if not closed and rules.bid_write(request.user, bid):
        form = CitationForm(request.POST if request.method == "POST" else None, bid=bid)
    if request.method == "POST":
        if form is None:
            messages.error(request, closed or _("You may not write in this bid."))
            return redirect(list_url(bid))
        if form.is_valid():
            try:
                actions.citation_add(bid=bid, by=request.user, at=at, **form.cleaned_data)
            except Refused as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("The bid cites it."))
                return redirect(list_url(bid))
    question = bid.answers_in_order().filter(question__section=Section.LEARNING).first()
    context = {
        "bid": bid,
        "heading": heading_of(bid),
        "form": form,
        "closed": closed,
        "citations": list(bid.citations.select_related("source__round")),
        "question": question,
        "demonstration": bid.is_demo,
    }
    return page(request, "fund/citation_list.html", context)


@screen(find=find_citation, may=rules.citation_write, methods=("POST",))
def citation_remove(request: HttpRequest, citation: Citation) -> HttpResponse:
    """Cite it no longer."""
    bid = citation.bid
    try:
        actions.citation_remove(citation=citation, by=request.user, at=received_at(request))
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The bid no longer cites it."))
    return redirect(list_url(bid))

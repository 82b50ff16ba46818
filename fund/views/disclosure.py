"""What may be disclosed: marking an answer as confidential, and one file with everything held on a bid."""

from typing import cast

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from fund import actions, rules
from fund.clock import locked_bid, received_at
from fund.disclosure import gathered
from fund.finders import find_answer
from fund.finders.rounds import find_sent_bid
from fund.forms.extensions import ConfidentialityForm
from fund.models import Answer, Bid, Confidentiality
from fund.tables import heading_of
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.workflow import Refused


@screen(find=find_answer, may=rules.answer_write)
def answer_confidential(request: HttpRequest, answer: Answer) -> HttpResponse:
    """Mark an answer as confidential with a reason, change the reason, or take the mark away."""
    at = received_at(request)
    mark = Confidentiality.objects.filter(answer=answer).first()
    form = ConfidentialityForm(request.POST if request.method == "POST" else None, instance=mark)
    back = reverse("fund:answer_edit", kwargs={"slug": answer.bid.slug, "key": answer.question.key})
    if request.method == "POST":
        try:
            if "lift" in request.POST:
                actions.confidential_lift(answer, by=request.user, at=at)
                messages.success(request, _("The answer is no longer marked as confidential."))
                return redirect(back)
            if form.is_valid():
                actions.confidential_mark(answer, reason=form.cleaned_data["reason"], by=request.user, at=at)
                messages.success(request, _("The answer is marked as confidential."))
                return redirect(back)
        except Refused as error:
            form.add_error(None, str(error))
    context = {
        "bid": answer.bid,
        "heading": heading_of(answer.bid),
        "question": answer.question,
        "mark": mark,
        "form": form,
        "closed": locked_bid(answer.bid, at),
        "back_url": back,
        "demonstration": answer.bid.is_demo,
    }
    return page(request, "fund/answer_confidential.html", context)


@screen(find=find_sent_bid, methods=("POST",))
def bid_disclose(request: HttpRequest, bid: Bid) -> HttpResponse:
    """One file with everything that is held on a bid, for the fund manager."""
    answer = FileResponse(
        gathered(bid), as_attachment=True, filename=f"{bid.reference.lower()}.zip", content_type="application/zip"
    )
    answer["Cache-Control"] = "private, no-store"
    return cast(HttpResponse, answer)

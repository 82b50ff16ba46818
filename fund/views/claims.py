"""Claims: their transactions, certifying, sending, approving, paying."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from fund.actions import claims as actions
from fund.clock import received_at
from fund.finders.awards import find_award, find_claim, find_transaction
from fund.forms import awards as forms
from fund.models import Award, Claim, Transaction
from fund.rules import awards as rules
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.workflow import Refused

from .awards import form_page, press, returned_why


@screen(find=find_award, may=rules.award_write)
def claim_start(request: HttpRequest, award: Award) -> HttpResponse:
    """Begin a claim for a period that has ended."""
    return form_page(
        request, forms.ClaimForm(request.POST or None), award=award, heading=_("Begin a claim"), button=_("Begin"),
        done=_("The claim is begun: add what was paid for."), onward=True,
        save=lambda form: actions.claim_start(form, award=award, by=request.user),
    )  # fmt: skip


@screen(find=find_claim, may=rules.claim_write)
def claim_period(request: HttpRequest, claim: Claim) -> HttpResponse:
    """Change the period of a claim that is not sent."""
    return form_page(
        request, forms.ClaimForm(request.POST or None, instance=claim), award=claim.award,
        heading=_("Change the period"), button=_("Save"), done=_("Saved."), back=claim.get_absolute_url(),
        save=lambda form: actions.claim_period(form, claim=claim, by=request.user),
    )  # fmt: skip


@screen(find=find_claim)
def claim_page(request: HttpRequest, claim: Claim) -> HttpResponse:
    """A claim with its transactions; the council adds to it while it is open."""
    user, writes = request.user, rules.claim_write(request.user, claim) and claim.is_open
    form = forms.TransactionForm(request.POST or None) if writes else None
    if request.method == "POST" and form is not None and form.is_valid():
        try:
            actions.transaction_add(form, claim=claim, by=user)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            return redirect(claim)
    context = {
        "claim": claim,
        "award": claim.award,
        "bid": claim.award.bid,
        "transactions": list(claim.transactions.all()),
        "form": form,
        "payment": getattr(claim, "payment", None),
        "certifies": claim.is_open and claim.awaits_certificate and rules.claim_certify(user, claim),
        "events": [one for one in claim.events_for(user) if one.event not in {"pay", "send_back"}],
        "returned": returned_why(claim),
        "sends_back": claim.can("send_back", user),
        "pays": claim.can("pay", user),
        "demonstration": claim.award.is_demo,
    }
    return page(request, "fund/claim_page.html", context)


@screen(find=find_transaction, may=rules.transaction_write, methods=("POST",))
def transaction_remove(request: HttpRequest, transaction: Transaction) -> HttpResponse:
    """Take a transaction out again."""
    return press(
        request,
        transaction.claim,
        lambda: actions.transaction_remove(transaction=transaction, by=request.user),
        _("The transaction is taken out."),
    )


@screen(find=find_claim, methods=("POST",))
def claim_move(request: HttpRequest, claim: Claim) -> HttpResponse:
    """Send, approve or return a claim; who may stands in the rules of the workflow."""
    event, why = request.POST.get("event", ""), request.POST.get("why", "")[:2000]

    def move() -> Any:
        if event == "submit":
            return actions.claim_submit(claim=claim, by=request.user)
        if event in {"approve", "send_back"}:
            return actions.claim_move(claim=claim, event=event, why=why, by=request.user)
        raise Refused(_("Choose what to do."))

    return press(request, claim, move, _("Saved."))


@screen(find=find_claim, may=rules.claim_certify)
def claim_certify(request: HttpRequest, claim: Claim) -> HttpResponse:
    """The section 151 officer certifies the claim at the end of the year."""
    return form_page(
        request, forms.CertifyForm(request.POST or None), award=claim.award, heading=_("Certify the claim"),
        button=_("Certify"), done=_("The claim is certified."), back=claim.get_absolute_url(),
        note=_("I certify that what is claimed was spent on the work of this award, in the period of the claim."),
        save=lambda form: actions.claim_certify(
            claim=claim, name=form.cleaned_data["name"], by=request.user, at=received_at(request)
        ),
    )  # fmt: skip


@screen(find=find_claim, may=rules.claim_manage)
def claim_pay(request: HttpRequest, claim: Claim) -> HttpResponse:
    """Record that an approved claim was paid."""
    return form_page(
        request, forms.PayForm(request.POST or None), award=claim.award, heading=_("Record the payment"),
        button=_("Record the payment"), done=_("The payment is recorded."), back=claim.get_absolute_url(),
        save=lambda form: actions.claim_pay(claim=claim, by=request.user, at=received_at(request), **form.cleaned_data),
    )  # fmt: skip

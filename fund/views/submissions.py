"""Submitting, the receipt, taking back; and what the fund manager sees of it."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from fund import actions, rules
from fund.clock import closed_bid, received_at, to_the_second
from fund.drafts import unsaved
from fund.filters import SentFilter
from fund.finders import find_own_bid, find_submission
from fund.forms import WithdrawForm
from fund.models import Bid, BidTranslation, Commitment, StageKind, Submission
from fund.models.bids import LANGUAGES
from fund.sent_parts import by_section, cost_lines, effect_of
from fund.states import BidStatus, Consent
from fund.tables import SentTable, heading_of
from wlga_portal.kernel.bilingual import Text
from wlga_portal.kernel.components import bi
from wlga_portal.kernel.forms import PortalForm
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.tables import list_page
from wlga_portal.kernel.wording import not_published, pounds
from wlga_portal.kernel.workflow import Refused, WrongState

from .similar import found_for, rows_context


@screen(find=find_own_bid, may=rules.bid_lead_officer)
def bid_submit(request: HttpRequest, bid: Bid) -> HttpResponse:
    """What is missing, each gap with its link; and the button. In time is what reached the portal in time."""
    at = received_at(request)
    receipt = reverse("fund:bid_receipt", kwargs={"slug": bid.slug})
    if bid.status == BidStatus.SUBMITTED:
        return redirect(receipt)
    answers = list(bid.answers_in_order())
    typed = unsaved(answers, request.user)
    form = PortalForm(request.POST if request.method == "POST" else None)
    gaps, status = actions.gaps_of(bid), 200
    if request.method == "POST":
        try:
            actions.bid_submit(bid=bid, by=request.user, at=at)
        except WrongState:  # a second press of the button, or a colleague's: one bid was sent
            return redirect(receipt)
        except actions.Incomplete as error:
            gaps, status = error.gaps, 422
        except Refused as error:
            form.add_error(None, str(error))
            status = 422
        else:
            return redirect(receipt)
    context = {
        "bid": bid,
        "heading": heading_of(bid),
        "form": form,
        "gaps": gaps,
        "unsaved": [answer for answer in answers if answer.pk in typed],
        "closed": closed_bid(bid, at),
        "stage": bid.writing_stage,
        "public": [answer.question.label for answer in answers if bid.makes_public(answer.question)],
        "similar": rows_context(request.user, bid, found_for(request.user, bid)),
        "demonstration": bid.is_demo,
    }
    return page(request, "fund/bid_submit.html", context, status=status)


@screen(find=find_own_bid)
def bid_receipt(request: HttpRequest, bid: Bid) -> HttpResponse:
    """The receipt of the latest submission: reference, server time, hash of what was sent."""
    if bid.latest is None:
        raise Http404
    context = {
        "bid": bid,
        "submission": bid.latest,
        "received": to_the_second(bid.latest.received_at),
        "hash": format_html("<code>{}</code>", bid.latest.sha256),
        "withdrawn": bid.status == BidStatus.WITHDRAWN,
        "can_withdraw": bid.can("withdraw", request.user) and not closed_bid(bid, received_at(request)),
        "stage": bid.writing_stage,
        "demonstration": bid.is_demo,
    }
    return page(request, "fund/bid_receipt.html", context)


@screen(find=find_own_bid, may=rules.bid_lead_officer)
def bid_withdraw(request: HttpRequest, bid: Bid) -> HttpResponse:
    """Take the bid back, to change it and send it again."""
    at = received_at(request)
    form = WithdrawForm(request.POST or None) if request.method == "POST" else WithdrawForm()
    if request.method == "POST" and form.is_valid():
        try:
            actions.bid_withdraw(bid=bid, by=request.user, why=form.cleaned_data["why"], at=at)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The bid is withdrawn. You can change and submit it until the deadline."))
            return redirect(bid)
    context = {
        "bid": bid,
        "heading": heading_of(bid),
        "form": form,
        "closed": closed_bid(bid, at) if bid.status == BidStatus.SUBMITTED else _("The bid is not submitted."),
        "stage": bid.writing_stage,
        "demonstration": bid.is_demo,
    }
    return page(request, "fund/bid_withdraw.html", context)


@screen(may=rules.fund_manage)
def submission_list(request: HttpRequest) -> HttpResponse:
    """Every bid that was submitted, for the fund manager."""
    bids = Bid.objects.visible_to(request.user).sent().with_sent().order_by("-latest__received_at", "pk")
    return list_page(
        request,
        queryset=bids,
        table=SentTable,
        filterset=SentFilter,
        template="fund/submission_list.html",
        demonstration=bool(getattr(request.user, "is_demo", False)),
    )


@screen(find=find_submission)
def submission_page(request: HttpRequest, submission: Submission) -> HttpResponse:
    """What was sent, word for word, from the snapshot alone."""
    snapshot = submission.snapshot
    context = {
        "submission": submission,
        "bid": submission.bid,
        "received": to_the_second(submission.received_at),
        "sections": by_section(
            snapshot, lambda one: {**one, "label": bi(side(one, "label")), "effect_label": effect_of(one)}
        ),
        "partners": [
            {**one, "name": bi(side(one, "name")), "consent": Consent(one["consent"]).label}
            for one in snapshot["partners"]
        ],
        "lead": side(snapshot["lead"], "name"),
        "topic": side(snapshot["topic"], "name"),
        "language": dict(LANGUAGES)[snapshot["language"]],
        "amount": not_published(_("not given"))
        if snapshot["amount_pence"] is None
        else pounds(snapshot["amount_pence"]),
        "hash": format_html("<code>{}</code>", submission.sha256),
        "costs": cost_lines(
            snapshot, lambda _n, one: {name: bi(side(one, name)) for name in ("category", "organisation")}
        ),
        "citations": snapshot.get("citations", []),
        "commitments": commitments_of(submission),
        "addenda": list(submission.bid.addenda.select_related("by")),
        "translation": BidTranslation.objects.filter(submission=submission).first(),
        "is_latest": submission.pk == submission.bid.latest_id,
        "withdrawn": submission.bid.status == BidStatus.WITHDRAWN,
        "manages": rules.fund_manage(request.user),
        "may_disclose": rules.bid_extend(request.user, submission.bid),
        "files": [one.attachment for one in submission.files.select_related("attachment__bid")],
        "demonstration": submission.bid.is_demo,
    }
    return page(request, "fund/submission_page.html", context)


def commitments_of(submission: Submission) -> list[tuple[Any, Commitment | None]]:
    """Each partner that bears a share, with the commitment that holds now: it may follow the submission."""
    partners = submission.bid.partners.filter(share_pence__gt=0).select_related("organisation")
    held = Commitment.objects.filter(partner__in=partners, voided_at=None)
    by_partner = {commitment.partner_id: commitment for commitment in held}
    if submission.stage != StageKind.PROPOSALS:
        return []
    return [(partner, by_partner.get(partner.pk)) for partner in partners]


def side(part: dict[str, Any], name: str) -> Text:
    """A text of a snapshot, which holds both languages of it."""
    return Text(part[f"{name}_en"], part[f"{name}_cy"])

"""Commitments of money: by a council's own people, and by a signatory who was sent a link."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.limits import client_of, within
from fund import rules
from fund.actions import commitments as actions
from fund.clock import closed_commitment, locked_bid, received_at
from fund.finders import find_commitment, find_partner
from fund.forms.commitments import CommitmentForm, SignatoryForm, SignForm
from fund.models import Partner, Signatory
from fund.states import Consent
from fund.tables import heading_of
from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.components import tag
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.versions import sent_version
from wlga_portal.kernel.wording import pounds
from wlga_portal.kernel.workflow import Refused

from .comments import OPENED, WINDOW, unlisted


@screen(find=find_commitment, may=rules.commitment_make)
def commitment_page(request: HttpRequest, partner: Partner) -> HttpResponse:
    """The share that is to be committed, and who commits it by what authority. Opening the page changes nothing."""
    form = CommitmentForm(request.POST if request.method == "POST" else None, partner=partner)
    if request.method == "POST" and form.is_valid() and commit(request, partner, form, by=request.user):
        messages.success(request, _("Your share is committed."))
        return redirect(reverse("fund:commitment_page", kwargs={"slug": partner.bid.slug, "pk": partner.pk}))
    return page(request, "fund/commitment_page.html", {**known(request, partner), "form": form})


def commit(request: HttpRequest, partner: Partner, form: CommitmentForm, **whose: Any) -> bool:
    """Whether the commitment was made; otherwise the form says why not."""
    try:
        actions.commitment_make(
            partner=partner,
            version=sent_version(form),
            values={name: form.cleaned_data[name] for name in form.Meta.fields},
            at=received_at(request),
            **whose,
        )
    except Refused as error:
        form.add_error(None, str(error))
        return False
    return True


def known(request: HttpRequest, partner: Partner) -> dict[str, Any]:
    """What both pages show of a partner and of its commitments."""
    partner = Partner.objects.with_bid().filter(pk=partner.pk).first() or partner
    bid, at = partner.bid, received_at(request)
    closed = closed_commitment(bid, at)
    waits = "" if partner.status == Consent.AGREED else _("The partner has to agree in principle first.")
    return {
        "bid": bid,
        "heading": heading_of(bid),
        "partner": partner,
        "consent": tag(partner.get_status_display(), partner.status_colour),
        "share": pounds(partner.share_pence) if partner.share_pence is not None else _("none given"),
        "commitments": list(partner.commitments.select_related("recorded_by", "signatory")),
        "closed": closed,
        "waits": "" if closed else waits,
        "commits": not closed and not waits and bool(partner.share_pence),
        "demonstration": bid.is_demo,
    }


@screen(find=find_partner, may=rules.partner_change)
def signatory_invite(request: HttpRequest, partner: Partner) -> HttpResponse:
    """Send a body that is not a council the link for its signatory."""
    at, bid = received_at(request), partner.bid
    form = SignatoryForm(request.POST if request.method == "POST" else None, initial={"language": page_language()})
    if request.method == "POST" and form.is_valid():
        try:
            actions.signatory_invite(partner=partner, by=request.user, at=at, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The link is on its way."))
            return redirect(reverse("fund:partner_list", kwargs={"slug": bid.slug}))
    context = {
        "bid": bid,
        "heading": heading_of(bid),
        "partner": partner,
        "form": form,
        "council": partner.organisation.is_council,
        "signatories": list(partner.signatories.all()),
        "closed": "" if not locked_bid(bid, at) else closed_commitment(bid, at),
        "now": timezone.now(),
        "demonstration": bid.is_demo,
    }
    return page(request, "fund/signatory_invite.html", context)


@screen(public=True)
def sign_page(request: HttpRequest, token: str) -> HttpResponse:
    """What a signatory is asked, with the buttons to agree, decline and commit. Opening the page changes nothing."""
    if not within("fund.link", client_of(request), most=OPENED, seconds=WINDOW):
        return unlisted(page(request, "fund/link_over.html", {"often": True}, status=429))
    signatory = Signatory.objects.opened_by(token).first()
    if signatory is None:
        raise Http404
    if not Signatory.objects.filter(pk=signatory.pk).holding(timezone.now()).exists():
        return unlisted(page(request, "fund/link_over.html", {}, status=410))
    partner, at = signatory.partner, received_at(request)
    committing = request.method == "POST" and "approver" in request.POST
    form = CommitmentForm(request.POST if committing else None, partner=partner, initial={"approver": signatory.name})
    sign = SignForm(request.POST if request.method == "POST" and not committing else None)
    if committing and form.is_valid() and commit(request, partner, form, signatory=signatory):
        messages.success(request, _("The share is committed."))
        return unlisted(redirect(request.path))
    if sign.is_bound and sign.is_valid():
        try:
            actions.signatory_decide(signatory=signatory, version=sent_version(sign), at=at, **sign.cleaned_data)
        except Refused as error:
            sign.add_error(None, str(error))
        else:
            messages.success(request, _("Your answer is recorded."))
            return unlisted(redirect(request.path))
    context = known(request, partner)
    locked = locked_bid(context["bid"], at)
    events = [] if locked else [one for one in ("sign", "refuse_by_link") if can(context["partner"], one)]
    shown = {"signatory": signatory, "form": form, "sign": sign, "locked": locked, "events": events}
    return unlisted(page(request, "fund/sign_page.html", context | shown))


def can(partner: Partner, event: str) -> bool:
    """Whether the event moves the consent from where it stands."""
    return partner.status in partner.workflow.transitions[event].sources

"""Partners of a bid: asking them, changing their part, and their answer."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.roles import Role, roles_of
from fund import actions, rules
from fund.clock import closed_commitment, locked_bid, received_at
from fund.emails import without_leads
from fund.finders import find_consent, find_own_bid, find_partner
from fund.forms import ConsentForm, InviteForm, PartnerForm
from fund.models import Bid, Commitment, Partner
from fund.states import Consent
from fund.tables import heading_of
from wlga_portal.kernel.components import tag
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.versions import Clash, clash_page, resolved
from wlga_portal.kernel.wording import moment, pounds
from wlga_portal.kernel.workflow import Refused


def list_url(bid: Bid) -> str:
    return reverse("fund:partner_list", kwargs={"slug": bid.slug})


def wanting(bid: Bid, partners: list[Partner]) -> list[tuple[Any, str, str]]:
    """The councils that ask to join, or have the problem too, and have no part yet: with what they said."""
    joined = {bid.lead_id, *(partner.organisation_id for partner in partners)}
    asked = bid.join_requests.select_related("organisation")
    asks = [(row.organisation, _("asks to join"), row.message) for row in asked]
    said = [
        (row.organisation, str(row.get_joining_display()), row.comment)
        for row in bid.interests.select_related("organisation")
    ]
    return [row for row in [*asks, *said] if row[0].pk not in joined]


@screen(find=find_own_bid)
def partner_list(request: HttpRequest, bid: Bid) -> HttpResponse:
    """The lead and the partners with what each says; officers of the lead ask others here."""
    at = received_at(request)
    closed, leads = locked_bid(bid, at), rules.bid_lead_officer(request.user, bid)
    asked = {"organisation": request.GET.get("organisation", "")}
    form = InviteForm(request.POST or None, bid=bid, initial=asked) if leads and not closed else None
    if request.method == "POST":
        if form is None:
            messages.error(request, closed or _("Only officers of the lead council change the partners."))
            return redirect(list_url(bid))
        if form.is_valid():
            try:
                partner = actions.partner_invite(bid=bid, by=request.user, at=at, **form.cleaned_data)
            except Refused as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("%(partner)s is asked to agree.") % {"partner": partner.organisation.name})
                return redirect(list_url(bid))
    partners = with_commitments(bid)
    shares = [one.share_pence for one in partners if one.share_pence is not None]
    context = {
        "bid": bid,
        "heading": heading_of(bid),
        "form": form,
        "closed": closed,
        "leads": leads,
        "partners": partners,
        "own_money": roles_of(request.user).organisation_ids(Role.FINANCE, Role.DIGITAL_LEAD),
        "commits": not closed_commitment(bid, at),
        "commits_or_open": not closed or not closed_commitment(bid, at),
        "total_pence": sum(shares) if shares else None,
        "without_leads": without_leads(partners),
        "wanting": wanting(bid, partners),
        "demonstration": bid.is_demo,
    }
    return page(request, "fund/partner_list.html", context)


def with_commitments(bid: Bid) -> list[Partner]:
    """The partners, each with the commitment that holds, or with the one that was voided last."""
    partners = list(bid.partners.all())
    held = Commitment.objects.filter(partner__in=partners).order_by("pk")
    latest = {commitment.partner_id: commitment for commitment in held}
    for partner in partners:
        last = latest.get(partner.pk)
        setattr(partner, "voided" if last and last.voided_at else "commitment", last)
    return partners


@screen(find=find_partner, may=rules.partner_change)
def partner_edit(request: HttpRequest, partner: Partner) -> HttpResponse:
    """The role and share of a partner; a change voids its agreement, and the page says so before."""
    at, bid, version, agreed = received_at(request), partner.bid, partner.version, partner.status == Consent.AGREED
    form = PartnerForm(resolved(request.POST, partner) if request.method == "POST" else None, instance=partner)
    if request.method == "POST" and form.is_valid():
        try:
            changed = actions.partner_change(form, by=request.user, at=at)
        except Refused as error:
            form.add_error(None, str(error))
        except Clash as clash:
            return clash_page(request, clash, form, demonstration=bid.is_demo)
        else:
            if changed.status == Consent.VOID and agreed:
                messages.info(request, _("Saved. The agreement no longer holds: the partner is asked again."))
            else:
                messages.success(request, _("Saved."))
            return redirect(list_url(bid))
    context = {
        "bid": bid,
        "heading": heading_of(bid),
        "partner": partner,
        "form": form,
        "version": version,
        "agreed": agreed,
        "closed": locked_bid(bid, at),
        "demonstration": bid.is_demo,
    }
    return page(request, "fund/partner_edit.html", context)


@screen(find=find_partner, may=rules.partner_change, methods=("POST",))
def partner_remove(request: HttpRequest, partner: Partner) -> HttpResponse:
    """Take a partner out of the bid."""
    bid, name = partner.bid, partner.organisation.name
    try:
        actions.partner_remove(partner=partner, by=request.user, at=received_at(request))
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("%(partner)s is no longer in the bid.") % {"partner": name})
    return redirect(list_url(bid))


@screen(find=find_consent, may=rules.partner_decide)
def partner_consent(request: HttpRequest, partner: Partner) -> HttpResponse:
    """What the council is asked to agree to, and one button to agree. Opening the page changes nothing."""
    at, bid = received_at(request), partner.bid
    form = ConsentForm(request.POST or None, partner=partner)
    if request.method == "POST" and form.is_valid():
        answer = actions.partner_agree if form.cleaned_data["event"] == "agree" else actions.partner_decline
        try:
            decided = answer(form, by=request.user, why=form.cleaned_data["why"], at=at)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            agreed = decided.status == Consent.AGREED
            messages.success(request, _("Your council agreed in principle.") if agreed else _("Your council declined."))
            return redirect(partner)
        partner = Partner.objects.with_bid().filter(pk=partner.pk).first() or partner
    closed = locked_bid(bid, at)
    context = {
        "bid": bid,
        "heading": heading_of(bid),
        "partner": partner,
        "form": form,
        "consent": tag(partner.get_status_display(), partner.status_colour),
        "share": pounds(partner.share_pence) if partner.share_pence is not None else _("none given"),
        "decided": moment(partner.decided_at),
        "declining": form.is_bound and form.data.get("event") == "decline",
        "events": [] if closed else [transition.event for transition in partner.events_for(request.user)],
        "closed": closed,
        "sees_bid": Bid.objects.of_councils(request.user).filter(pk=bid.pk).exists(),
        "demonstration": bid.is_demo,
    }
    return page(request, "fund/partner_consent.html", context)

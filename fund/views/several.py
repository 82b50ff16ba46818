"""For the fund manager: the same done to several awards at once."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fund.actions import several
from fund.clock import received_at
from fund.forms import awards as forms
from fund.models import Award, Claim
from fund.rules import fund_manage
from fund.states.awards import ClaimStatus
from wlga_portal.kernel.screens import page, screen


def managed(user: Any) -> Any:
    """The awards that this person manages: the invented ones are for the demonstration's own people."""
    seen = Award.objects.visible_to(user)
    return seen.filter(bid__round__is_demo=bool(getattr(user, "is_demo", False)))


@screen(may=fund_manage)
def councils_remind(request: HttpRequest) -> HttpResponse:
    """Remind councils of what they owe: each reader once a day, of all of it."""
    owed = list(several.owed_by_councils(managed(request.user)))
    form = forms.OwedForm(request.POST or None, owed=owed)
    if request.method == "POST" and form.is_valid():
        chosen = set(form.cleaned_data["things"])
        count = several.remind_of([one for one in owed if one.key in chosen], why=form.cleaned_data["why"])
        text = ngettext("%(count)s reminder is sent.", "%(count)s reminders are sent.", count)
        messages.success(request, text % {"count": count})
        return redirect("fund:award_own")
    lead = _("What councils have not done yet. Whoever gets several reminders reads them in one mail.")
    return several_page(request, form, owed, _("Remind councils"), lead, _("Send the reminders"))


@screen(may=fund_manage)
def claims_pay(request: HttpRequest) -> HttpResponse:
    """Record one run of payments for several approved claims; one that cannot be paid says why."""
    rows = Claim.objects.filter(award__in=managed(request.user), status=ClaimStatus.APPROVED)
    related = rows.select_related("award__bid__lead", "award__bid__round").prefetch_related("transactions")
    claims = list(related.order_by("award__bid__reference", "number"))
    form = forms.PayRunForm(request.POST or None, claims=claims)
    if request.method == "POST" and form.is_valid():
        chosen = {int(pk) for pk in form.cleaned_data["claims"]}
        paid, left = several.claims_pay(
            claims=[one for one in claims if one.pk in chosen],
            paid_on=form.cleaned_data["paid_on"],
            reference=form.cleaned_data["reference"],
            by=request.user,
            at=received_at(request),
        )
        for claim, reason in left:
            messages.error(request, f"{claim}: {reason}")
        if paid:
            text = ngettext("%(count)s claim is paid.", "%(count)s claims are paid.", len(paid))
            messages.success(request, text % {"count": len(paid)})
        return redirect("fund:award_own")
    lead = _("One run of payments: each claim is recorded as paid with its own amount.")
    return several_page(request, form, claims, _("Record payments"), lead, _("Record the payments"))


def several_page(
    request: HttpRequest, form: Any, rows: list[Any], heading: str, lead: str, button: str
) -> HttpResponse:
    context = {
        "form": form,
        "any": rows,
        "heading": heading,
        "lead": lead,
        "button": button,
        "demonstration": bool(getattr(request.user, "is_demo", False)),
    }
    return page(request, "fund/several_form.html", context)

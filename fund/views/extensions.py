"""Giving more time, and what was given."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from fund import actions
from fund.clock import received_at
from fund.finders.rounds import find_setup
from fund.forms.extensions import ExtensionForm
from fund.models import Extension, Round
from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.workflow import Refused


@screen(find=find_setup)
def extension_list(request: HttpRequest, one_round: Round) -> HttpResponse:
    """More time for everybody or for one bid, with a reason that all concerned are told."""
    set_addresses(request, "fund:extension_list", slug=one_round)
    form = ExtensionForm(request.POST if request.method == "POST" else None, one_round=one_round)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            actions.extension_give(
                stage=form.stages[given["stage"]],
                bid=form.bid,
                closes_at=given["closes_at"],
                reason_en=given["reason_en"],
                reason_cy=given["reason_cy"],
                move_later=given["move_later"],
                by=request.user,
                at=received_at(request),
            )
        except Refused as error:
            form.add_error("closes_at", str(error))
        else:
            messages.success(request, _("More time is given, and all concerned are told."))
            return redirect(reverse("fund:extension_list", kwargs={"slug": one_round.slug}))
    given_before = Extension.objects.filter(stage__round=one_round).select_related("stage", "bid", "by")
    context = {
        "round": one_round,
        "form": form,
        "extensions": list(given_before.order_by("-at", "-pk")),
        "demonstration": one_round.is_demo,
    }
    return page(request, "fund/extension_list.html", context)

"""For the fund manager: which assessor has which bid of a round, by hand or balanced by load."""

from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fund.actions import assessments as actions
from fund.clock import received_at
from fund.finders.assessing import Scored, find_managed, find_scored
from fund.forms.assessing import AssignForm, BalanceForm
from fund.models import Assessment, Round, StageKind
from fund.rules import assessing as rules
from fund.states.assessing import HELD_STATUSES
from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.workflow import Refused


def stage_url(name: str, one_round: Round, stage: str) -> str:
    """A page of one scored stage of a round."""
    return reverse(f"fund:{name}", kwargs={"slug": one_round.slug, "stage": stage})


@screen(find=find_scored, may=rules.scored_manage)
def assessor_list(request: HttpRequest, scored: Scored) -> HttpResponse:
    """The bids of the stage with their assessors, each assessor's load, and the two ways to assign."""
    one_round, stage = scored.round, scored.stage
    set_addresses(request, "fund:assessor_list", slug=one_round, stage=stage)
    bids, people = actions.bids_to_score(one_round, stage), actions.assessors_for(one_round)
    which = request.POST.get("form") if request.method == "POST" else None
    hand = AssignForm(request.POST if which == "hand" else None, bids=bids, people=people)
    balance = BalanceForm(request.POST if which == "balance" else None, initial={"each": "3"})
    if (which == "hand" and hand.is_valid() and assigned(request, hand)) or (
        which == "balance" and balance.is_valid() and balanced(request, balance, scored)
    ):
        return redirect(stage_url("assessor_list", one_round, stage))
    held = Assessment.objects.filter(bid__round=one_round, stage=stage).with_row().order_by("assessor__name", "pk")
    rows: dict[int, list[Assessment]] = {}
    for assessment in held:
        rows.setdefault(assessment.bid_id, []).append(assessment)
    load = Counter(one.assessor_id for one in held if one.status in HELD_STATUSES)
    context = {
        "round": one_round,
        "stage": stage,
        "stage_name": StageKind(stage).label,
        "hand": hand,
        "balance": balance,
        "rows": [(bid, rows.get(bid.pk, [])) for bid in bids],
        "load": [(person, load[person.pk]) for person in people],
        "demonstration": one_round.is_demo,
    }
    return page(request, "fund/assessor_list.html", context)


def assigned(request: HttpRequest, form: AssignForm) -> bool:
    """Assign by hand; a refusal stands on the form."""
    try:
        given = actions.assessment_assign(by=request.user, at=received_at(request), **form.cleaned_data)
    except Refused as error:
        form.add_error(None, str(error))
        return False
    words = {"bid": given.bid.reference, "person": given.assessor}
    messages.success(request, _("%(bid)s is given to %(person)s.") % words)
    return True


def balanced(request: HttpRequest, form: BalanceForm, scored: Scored) -> bool:
    """Assign by load; what could not be filled is said."""
    wanted: dict[str, Any] = {"stage": scored.stage, "each": form.cleaned_data["each"], "at": received_at(request)}
    try:
        done = actions.assessments_balance(one_round=scored.round, by=request.user, **wanted)
    except Refused as error:
        form.add_error(None, str(error))
        return False
    count = len(done.made)
    text = ngettext("%(count)s bid was given to an assessor.", "%(count)s assignments were made.", count)
    messages.success(request, text % {"count": count})
    if done.short:
        short = ", ".join(bid.reference for bid in done.short)
        messages.info(request, _("Not enough assessors are free for these bids: %(bids)s.") % {"bids": short})
    return True


@screen(find=find_managed, may=rules.assessment_manage, methods=("POST",))
def assessment_remove(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    """Take a bid back from an assessor who has not handed in."""
    try:
        actions.assessment_remove(assessment=assessment, by=request.user)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The bid is taken back."))
    return redirect(stage_url("assessor_list", assessment.bid.round, assessment.stage))

"""Deciding: pending decisions of a stage, applying them together, a decision with its letter, and how it came about."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from fund.actions import decisions as actions
from fund.clock import received_at
from fund.finders.assessing import Scored, ScoredBid, find_decision, find_review, find_scored, find_scored_bid
from fund.forms.assessing import AgreementForm, AnswerReviewForm, DecisionForm, ReviewForm
from fund.letters import letter_pdf
from fund.models import Attachment, Decision, Review, StageKind
from fund.panel import panel_of
from fund.replay import replay_of
from fund.rules import assessing as rules
from fund.states.assessing import DecisionStatus, Outcome, ReviewStatus
from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.versions import Clash, clash_page, resolved
from wlga_portal.kernel.workflow import Refused

from .assigning import stage_url


@screen(find=find_scored, may=rules.scored_manage)
def decision_list(request: HttpRequest, scored: Scored) -> HttpResponse:
    """Every bid of the stage with its decision, the agreement of Welsh Government, and what stands against applying."""
    one_round, stage = scored.round, scored.stage
    set_addresses(request, "fund:decision_list", slug=one_round, stage=stage)
    form = AgreementForm(request.POST or None) if stage == StageKind.PANEL else None
    if request.method == "POST" and form is not None and form.is_valid():
        actions.agreement_record(one_round=one_round, by=request.user, at=received_at(request), **form.cleaned_data)
        messages.success(request, _("The agreement of Welsh Government is recorded."))
        return redirect(stage_url("decision_list", one_round, stage))
    panel = panel_of(one_round, stage)
    context = {
        "round": one_round,
        "stage": stage,
        "stage_name": StageKind(stage).label,
        "rows": panel.rows,
        "form": form,
        "agreements": list(one_round.agreements.select_related("by")) if form is not None else [],
        "reasons": actions.reasons_against(one_round, stage),
        "left": actions.budget_left(one_round),
        "demonstration": one_round.is_demo,
    }
    return page(request, "fund/decision_list.html", context)


@screen(find=find_scored, may=rules.scored_manage, methods=("POST",))
def decision_apply(request: HttpRequest, scored: Scored) -> HttpResponse:
    """Apply all pending decisions of the stage together."""
    try:
        done = actions.decisions_apply(
            one_round=scored.round, stage=scored.stage, by=request.user, at=received_at(request)
        )
    except Refused as error:
        messages.error(request, str(error))
    else:
        text = ngettext("%(count)s decision is applied.", "%(count)s decisions are applied.", len(done))
        messages.success(request, text % {"count": len(done)})
    return redirect(stage_url("decision_list", scored.round, scored.stage))


@screen(find=find_scored_bid, may=rules.scored_bid_manage)
def decision_edit(request: HttpRequest, scored: ScoredBid) -> HttpResponse:
    """Write the pending decision on one bid: what is decided, why, and what goes to its council."""
    bid, stage = scored.bid, scored.stage
    kept = bid.decisions.filter(stage=stage).exclude(status=DecisionStatus.OVERTURNED).first()
    if kept is not None and not kept.is_pending:
        return redirect(kept)
    decision = kept or Decision(stage=stage, language=bid.language)
    version = decision.version
    data: Any = None
    if request.method == "POST":
        data = resolved(request.POST, decision) if kept else request.POST
    form = DecisionForm(data, instance=decision, stage=stage, language=bid.language)
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.decision_save(form, bid=bid, stage=stage, by=request.user)
        except Refused as error:
            form.add_error(None, str(error))
        except Clash as clash:
            return clash_page(request, clash, form, demonstration=bid.is_demo)
        else:
            messages.success(request, _("The decision is kept. It is pending until all are applied together."))
            return redirect(done)
    context = {
        "bid": bid,
        "form": form,
        "version": version,
        "back_url": stage_url("decision_list", bid.round, stage),
        "demonstration": bid.is_demo,
    }
    return page(request, "fund/decision_edit.html", context)


@screen(find=find_decision)
def decision_page(request: HttpRequest, decision: Decision) -> HttpResponse:
    """A decision with its letter: a preview for the fund manager, the letter itself for the councils of the bid."""
    review = getattr(decision, "review", None)
    context = {
        "decision": decision,
        "bid": decision.bid,
        "manages": rules.decision_manage(request.user, decision),
        "may_ask": rules.review_ask(request.user, decision) and decision.status == DecisionStatus.APPLIED,
        "review": review,
        "may_answer": review is not None
        and review.status == ReviewStatus.ASKED
        and rules.review_answer(request.user, review),
        "award": decision.outcome == Outcome.AWARD,
        "demonstration": decision.bid.is_demo,
    }
    return page(request, "fund/decision_page.html", context)


@screen(find=find_decision)
def decision_letter(request: HttpRequest, decision: Decision) -> HttpResponse:
    """The letter as tagged PDF, in the language of the bid."""
    response = HttpResponse(letter_pdf(decision), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{decision.bid.reference}.pdf"'
    return response


@screen(find=find_decision, may=rules.decision_manage)
def decision_replay(request: HttpRequest, decision: Decision) -> HttpResponse:
    """How the decision came about: what each assessor saw, in which language and version, and what they gave."""
    readings = replay_of(decision)
    sent = {one.assessment.submission_id for one in readings}
    context = {
        "decision": decision,
        "bid": decision.bid,
        "readings": readings,
        "opened": Attachment.objects.visible_to(request.user).opened_of(*sent),
        "moderations": list(decision.bid.moderations.filter(stage=decision.stage).select_related("by")),
        "demonstration": decision.bid.is_demo,
    }
    return page(request, "fund/decision_replay.html", context)


@screen(find=find_decision, may=rules.review_ask)
def review_ask(request: HttpRequest, decision: Decision) -> HttpResponse:
    """A council asks for a review of the decision on its own bid."""
    form = ReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.review_ask(
                decision=decision, reason=form.cleaned_data["reason"], by=request.user, at=received_at(request)
            )
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The fund manager is asked to look at the decision again."))
            return redirect(decision)
    context = {"decision": decision, "bid": decision.bid, "form": form, "demonstration": decision.bid.is_demo}
    return page(request, "fund/review_ask.html", context)


@screen(find=find_review, may=rules.review_answer)
def review_answer(request: HttpRequest, review: Review) -> HttpResponse:
    """The answer to a review: the decision stands, or the bid is decided again."""
    decision, form = review.decision, AnswerReviewForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.review_answer(review=review, by=request.user, at=received_at(request), **form.cleaned_data)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The answer is sent."))
            return redirect(decision)
    context = {
        "review": review,
        "decision": decision,
        "bid": decision.bid,
        "form": form,
        "demonstration": decision.bid.is_demo,
    }
    return page(request, "fund/review_answer.html", context)

"""For the fund manager and the panel: the ranking of a stage, and what the panel agrees about a score."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from fund.actions import decisions as actions
from fund.clock import received_at
from fund.finders.assessing import Scored, ScoredBid, find_scored, find_scored_bid
from fund.forms.assessing import ModerationForm
from fund.models import StageKind
from fund.panel import panel_of
from fund.rules import assessing as rules
from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.workflow import Refused

from .assigning import stage_url


@screen(find=find_scored, may=rules.scored_manage)
def panel_page(request: HttpRequest, scored: Scored) -> HttpResponse:
    """Ranking with spread, every score as a plot, where the budget ends, what each assessor weighs."""
    set_addresses(request, "fund:panel_page", slug=scored.round, stage=scored.stage)
    panel = panel_of(scored.round, scored.stage)
    context = {
        "round": scored.round,
        "stage": scored.stage,
        "stage_name": StageKind(scored.stage).label,
        "panel": panel,
        "rows": panel.rows,
        "plot": panel.plot,
        "demonstration": scored.round.is_demo,
    }
    return page(request, "fund/panel_page.html", context)


@screen(find=find_scored_bid, may=rules.scored_bid_manage)
def moderation_add(request: HttpRequest, scored: ScoredBid) -> HttpResponse:
    """Record what the panel agreed about one bid's score, with the reason."""
    bid = scored.bid
    form = ModerationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        score, reason = form.cleaned_data["score"], form.cleaned_data["reason"]
        hundredths = None if score is None else int(score * 100)
        try:
            actions.moderation_record(
                bid=bid,
                stage=scored.stage,
                hundredths=hundredths,
                reason=reason,
                by=request.user,
                at=received_at(request),
            )
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Recorded."))
            return redirect(stage_url("panel_page", bid.round, scored.stage))
    context = {
        "bid": bid,
        "stage": scored.stage,
        "form": form,
        "moderations": list(bid.moderations.filter(stage=scored.stage).select_related("by")),
        "back_url": stage_url("panel_page", bid.round, scored.stage),
        "demonstration": bid.is_demo,
    }
    return page(request, "fund/moderation_add.html", context)

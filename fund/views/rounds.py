"""The fund's front page and a round's page."""

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from fund import lines, rules
from fund.finders import find_round
from fund.matrix import matrix_of
from fund.models import Bid, Extension, Fund, Round, StageKind
from fund.rules import assessing as rules_assessing
from fund.rules.merging import statements_read
from wlga_portal.kernel.panels import panels_for
from wlga_portal.kernel.screens import page, screen, set_languages


def offers_start(request: HttpRequest, one_round: Round) -> bool:
    """Whether the button to start a bid is shown: to officers, and to who is not signed in yet (it asks them to)."""
    return not request.user.is_authenticated or rules.bid_start(request.user, one_round)


@screen(public=True)
def front(request: HttpRequest) -> HttpResponse:
    """What the fund is, its rounds, those that are open first, and for whoever is signed in their own bids."""
    rounds = list(Round.objects.visible_to(request.user).with_page().newest_first())
    rounds.sort(key=lambda one: one.open_stage() is None)
    counts = dict(Bid.objects.public().progressed().order_by().values_list("round").annotate(Count("pk")))
    own = Bid.objects.of_councils(request.user).with_row().order_by("-started_at")
    return page(
        request,
        "fund/front.html",
        {
            "fund": Fund.objects.first(),
            "rounds": [(one, one.open_stage(), counts.get(one.pk, 0), offers_start(request, one)) for one in rounds],
            "own": list(own[:10]),
            "manages": rules.fund_manage(request.user),
            "scores": rules_assessing.assess(request.user),
            "sent_count": Bid.objects.visible_to(request.user).sent().count() if rules.fund_manage(request.user) else 0,
        },
    )


@screen(public=True, find=find_round)
def round_page(request: HttpRequest, one_round: Round) -> HttpResponse:
    """One round: its money, topics, stages, what is published of its bids, and how it ran."""
    set_languages(request, one_round)
    bids = list(Bid.objects.public().filter(round=one_round).with_row().order_by("order", "pk"))
    topics = list(one_round.topics.all())
    now, process = timezone.now(), getattr(one_round, "stated_process", None)
    questions = one_round.questions.filter(form_version=one_round.form_version, stage=StageKind.STATEMENTS)
    return page(
        request,
        "fund/round_page.html",
        {
            "round": one_round,
            "topics": topics,
            "extensions": list(Extension.objects.filter(stage__round=one_round, bid=None).select_related("stage")),
            "stages": [(stage, stage.is_open(now), stage.is_over(now)) for stage in one_round.stages.all()],
            "open_stage": one_round.open_stage(now),
            "questions": list(questions),
            "may_start": offers_start(request, one_round),
            "reads_statements": not one_round.is_historic and statements_read(request.user),
            "bids": bids,
            "manages": rules.round_manage(request.user, one_round),
            "matrix": matrix_of(bids, topics),
            "process": process,
            "expected": lines.expected_line(process) if process else "",
            "source": lines.source_line(one_round),
            "panels": panels_for("fund.round", request, one_round),
            "demonstration": one_round.is_demo,
        },
    )

"""Abridged statements of a round, shown to all councils, and who has the problem too."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.roles import Role, roles_of
from fund import rules
from fund.actions import likeness as actions
from fund.alike import STATEMENT_STATUSES, Seen, public_answers, readable
from fund.clock import received_at
from fund.finders.similar import find_live_round, find_statement
from fund.forms.similar import InterestForm
from fund.models import Bid, Interest, Round, StageKind
from fund.rules import merging as rules_merging
from fund.tables import in_language
from wlga_portal.kernel.bilingual import Text
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.wording import moment
from wlga_portal.kernel.workflow import Refused


def closed_interest(one_round: Round, at: Any) -> str:
    """Why a council cannot say now that it has a problem too; '' when it can."""
    stage = one_round.stage(StageKind.INTEREST)
    if stage is None:
        return _("This round does not ask for interest.")
    if at < stage.opens_at:
        return _("Councils can say so from %(moment)s.") % {"moment": moment(stage.opens_at)}
    if stage.is_over(at):
        return _("The time for saying so ended on %(moment)s.") % {"moment": moment(stage.closes_at)}
    return ""


def own_interest(user: Any, bid: Bid) -> Interest | None:
    """What a council of this person said."""
    councils = rules_merging.interested_councils(user, bid)
    return bid.interests.filter(organisation__in=councils).select_related("organisation").first()


def may_read(user: Any, _round: Round) -> bool:
    return rules_merging.statements_read(user)


@screen(find=find_live_round, may=may_read)
def statement_list(request: HttpRequest, one_round: Round) -> HttpResponse:
    """The statements of a round that other councils may read, each with how many councils have the problem too."""
    ids = Bid.objects.filter(round=one_round, status__in=STATEMENT_STATUSES).values_list("pk", flat=True)
    known = [bid for bid, seen in readable(request.user, ids).values() if seen >= Seen.STATEMENT]
    counts: dict[int, int] = {}
    own: set[int] = set()
    councils = roles_of(request.user).organisation_ids(Role.OFFICER, Role.DIGITAL_LEAD)
    for bid, organisation in Interest.objects.filter(bid__in=known).values_list("bid_id", "organisation_id"):
        counts[bid] = counts.get(bid, 0) + 1
        if organisation in councils:
            own.add(bid)
    rows = [
        (bid, in_language(bid.latest.title, bid.latest.language), counts.get(bid.pk, 0), bid.pk in own)
        for bid in sorted(known, key=lambda bid: bid.reference)
        if bid.latest is not None
    ]
    context = {
        "round": one_round,
        "rows": rows,
        "window": one_round.stage(StageKind.INTEREST),
        "closed": closed_interest(one_round, timezone.now()),
        "demonstration": one_round.is_demo,
    }
    return page(request, "fund/statement_list.html", context)


@screen(find=find_statement, may=lambda user, _bid: rules_merging.statements_read(user))
def statement_page(request: HttpRequest, bid: Bid) -> HttpResponse:
    """The public answers of a bid, and one button: “we have this problem too”."""
    at, said = received_at(request), own_interest(request.user, bid)
    councils = rules_merging.interested_councils(request.user, bid)
    initial = {"organisation": said.organisation, "joining": said.joining, "comment": said.comment} if said else {}
    form = InterestForm(request.POST or None, councils=councils, initial=initial)
    closed = closed_interest(bid.round, at)
    if request.method == "POST" and councils and form.is_valid():
        try:
            if closed:
                raise Refused(closed)
            actions.interest_say(bid=bid, by=request.user, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Kept: your council has this problem too."))
            return redirect(statement_url(bid))
    latest: Any = bid.latest  # the finder asks for one
    context = {
        "bid": bid,
        "title": latest.title,
        "language": latest.language,
        "answers": [
            (Text(answer["label_en"], answer["label_cy"]), answer["text"]) for answer in public_answers(latest)
        ],
        "form": form,
        "said": said,
        "closed": closed,
        "may_say": bool(councils) and not takes_part(request.user, bid),
        "interests": list(bid.interests.select_related("organisation")),
        "manages": rules.fund_manage(request.user) or bid.lead_id in roles_of(request.user).organisation_ids(),
        "demonstration": bid.is_demo,
    }
    return page(request, "fund/statement_page.html", context)


def takes_part(user: Any, bid: Bid) -> bool:
    """Whether all the councils of this person have a part in the bid: it is their own problem already."""
    taking = {bid.lead_id, *(partner.organisation_id for partner in bid.partners.all())}
    return rules_merging.interested_councils(user, bid) <= taking


def statement_url(bid: Bid) -> str:
    return reverse("fund:statement_page", kwargs={"slug": bid.slug})


@screen(find=find_statement, may=rules_merging.interest_say, methods=("POST",))
def interest_remove(request: HttpRequest, bid: Bid) -> HttpResponse:
    """Take it back, while the round asks."""
    said, closed = own_interest(request.user, bid), closed_interest(bid.round, received_at(request))
    if closed:
        messages.info(request, closed)
    elif said is not None:
        actions.interest_remove(interest=said, by=request.user)
        messages.success(request, _("Taken back: your council no longer says that it has this problem."))
    return redirect(statement_url(bid))

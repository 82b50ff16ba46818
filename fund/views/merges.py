"""A merge: proposed, read side by side, accepted or refused by each authority, worded, and done."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from fund.actions import merged_bid, merging
from fund.actions.submissions import Incomplete
from fund.clock import received_at
from fund.finders.similar import Pair, find_merge, find_pair
from fund.forms.similar import MergeDecisionForm, MergeForm, MergeTextForm
from fund.merging import amount_together, parts_of, parts_together, terms_of
from fund.models import Bid, Merge, MergeText, Question, TextChoice
from fund.rules import merging as rules_merging
from fund.states.merging import MERGE
from fund.tables import heading_of
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.workflow import Refused

from .similar import may_lead, merge_closed, pair_page

TITLE_WORDS = 30


@screen(find=find_pair, may=may_lead)
def merge_propose(request: HttpRequest, pair: Pair) -> HttpResponse:
    """Propose to make one bid of two."""
    closed = merge_closed(request, pair)
    leads = [pk for pk in (pair.bid.lead_id, pair.other.lead_id) if pk]
    form = MergeForm(request.POST or None, leads=leads, initial={"lead": pair.bid.lead_id})
    if request.method == "POST" and form.is_valid():
        try:
            merge = merging.merge_propose(
                first=pair.bid, second=pair.other, by=request.user, at=received_at(request), **form.cleaned_data
            )
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(
                request, _("The councils of both bids are asked. Until all accept, both stay as they are.")
            )
            return redirect(merge)
    return pair_page(request, pair, form, "fund/merge_propose.html", closed=closed)


@screen(find=find_merge)
def merge_page(request: HttpRequest, merge: Merge) -> HttpResponse:
    """Where the merge stands, what each would have in the one bid, who has accepted, and what this person may do."""
    form = MergeDecisionForm(request.POST or None)
    status = 200
    gaps: list[Any] = []
    if request.method == "POST":
        if form.is_valid():
            try:
                return decide(request, merge, form)
            except Incomplete as error:
                gaps, status = error.gaps, 422
            except Refused as error:
                form.add_error("why" if form.cleaned_data["event"] == "refuse" else None, str(error))
                status = 422
        merge = find_merge(request, pk=merge.pk)
    return page(request, "fund/merge_page.html", merge_context(request, merge, form, gaps), status=status)


def decide(request: HttpRequest, merge: Merge, form: MergeDecisionForm) -> HttpResponse:
    """Do what the button says. Raises Refused."""
    said, by, at = form.cleaned_data, request.user, received_at(request)
    event = said["event"]
    if event == "accept":
        merging.merge_accept(merge=merge, terms=said["terms"], by=by, at=at)
        messages.success(request, _("Your council accepts the merge."))
    elif event == "refuse":
        merging.merge_refuse(merge=merge, why=said["why"], by=by, at=at)
        messages.success(request, _("The merge is refused. Both bids stay as they were."))
    elif event == "withdraw":
        merging.merge_withdraw(merge=merge, by=by)
        messages.success(request, _("The proposal is taken back. Both bids stay as they were."))
    else:
        made = merging.merge_complete(merge=merge, by=by, at=at)
        messages.success(request, _("The two bids are one: %(reference)s.") % {"reference": made.reference})
        return redirect(made)
    return redirect(merge)


def merge_context(request: HttpRequest, merge: Merge, form: Any, gaps: list[Any]) -> dict[str, Any]:
    user, terms = request.user, terms_of(merge)
    held = [{part.organisation.pk: part.pence for part in parts_of(bid)} for bid in merge.bids]
    given = {consent.organisation_id: consent for consent in merge.consents.all()}
    shares = [
        (
            part,
            held[0].get(part.organisation.pk),
            held[1].get(part.organisation.pk),
            part.organisation.pk == merge.lead_id,
        )
        for part in parts_together(merge)
    ]
    own, inside = rules_merging.led_by(user, merge), rules_merging.inside(user, merge)
    closed = [bid for bid in merge.bids if bid.pk not in inside]
    shown = authorities_shown(merge, inside)
    known = set(Bid.objects.visible_to(user).filter(pk__in=[bid.pk for bid in merge.bids]).values_list("pk", flat=True))
    return {
        "merge": merge,
        "closed": closed,
        "links": [link_to(bid) if bid.pk in known else heading_of(bid) for bid in merge.bids],
        "made": link_to(merge.result) if merge.result else None,
        "form": form,
        "gaps": gaps,
        "terms": terms,
        "shares": shares,
        "amount": amount_together(merge),
        "authorities": [
            (body, given.get(number), number in given and given[number].terms != terms)
            for number, body in shown.items()
        ],
        "may_accept": merge.status == "proposed"
        and not closed
        and any(number not in given or given[number].terms != terms for number in own),
        "may_refuse": merge.can("refuse", user),
        "may_withdraw": merge.can("withdraw", user),
        "may_complete": merge.can("complete", user),
        "may_write": merge.is_open and rules_merging.merge_write(user, merge),
        "over": merge.is_open and received_at(request) > merge.expires_at,
        "events": [MERGE.transitions[event].label for event in ("accept", "refuse", "withdraw", "complete")],
        "demonstration": merge.first.is_demo,
    }


def link_to(bid: Bid) -> SafeString:
    return format_html(
        '{}: <a class="govuk-link" href="{}">{}</a>', bid.reference, bid.get_absolute_url(), heading_of(bid)
    )


def authorities_shown(merge: Merge, inside: frozenset[int]) -> dict[int, Any]:
    """Who is asked, as far as this person may know: of a bid that is closed to them its lead alone."""
    known = {bid.lead_id for bid in merge.bids}
    known |= {one.organisation_id for bid in merge.bids if bid.pk in inside for one in bid.partners.all()}
    return {number: body for number, body in rules_merging.authorities(merge).items() if number in known}


def questions_of(merge: Merge) -> list[tuple[str, Any, int]]:
    """The key, label and word limit of each text of the one bid: the title, then the questions of the later form."""
    version = max(bid.form_version for bid in merge.bids)
    asked = Question.objects.filter(round=merge.first.round_id, form_version=version, stage=merge.first.stage)
    title = (merged_bid.TITLE, _("Title of the bid"), TITLE_WORDS)
    return [title, *((question.key, question.label, question.word_limit) for question in asked)]


@screen(find=find_merge, may=rules_merging.merge_read)
def merge_texts(request: HttpRequest, merge: Merge) -> HttpResponse:
    """Both texts of each question side by side, with a choice or new wording. Each is kept by itself."""
    chosen = {text.key: text for text in merge.texts.all()}
    inside = rules_merging.inside(request.user, merge)
    closed = [bid for bid in merge.bids if bid.pk not in inside]
    said = [merged_bid.said(bid) for bid in merge.bids]
    writes = merge.is_open and not closed and rules_merging.merge_write(request.user, merge)
    posted = request.POST.get("key") if request.method == "POST" and writes else None
    rows, status = [], 200
    for key, label, words in [] if closed else questions_of(merge):
        initial = initial_of(merge, chosen.get(key))
        form = MergeTextForm(
            request.POST if key == posted else None, word_limit=words, initial=initial, auto_id=f"id_{key}_%s"
        )
        if key == posted:
            if form.is_valid():
                try:
                    merging.text_choose(
                        merge=merge, key=key, by=request.user, at=received_at(request), **form.cleaned_data
                    )
                except Refused as error:
                    form.add_error(None, str(error))
                else:
                    messages.success(request, _("The choice is kept."))
                    return redirect(f"{reverse('fund:merge_texts', kwargs={'pk': merge.pk})}#text-{key}")
            status = 422
        now = merged_bid.text_of(merge, key, chosen)
        rows.append((key, label, said[0].get(key, ""), said[1].get(key, ""), form, now, key in chosen))
    context = {
        "merge": merge,
        "rows": rows,
        "writes": writes,
        "closed": closed,
        "language": next(bid.language for bid in merge.bids if bid.lead_id == merge.lead_id),
        "bad": next((row[4] for row in rows if row[4].errors), None),
        "demonstration": merge.first.is_demo,
    }
    return page(request, "fund/merge_texts.html", context, status=status)


def initial_of(merge: Merge, chosen: MergeText | None) -> dict[str, str]:
    """What is chosen, or the text of the bid whose council leads."""
    if chosen is not None:
        return {"choice": chosen.choice, "text": chosen.text}
    return {"choice": TextChoice.FIRST if merge.first.lead_id == merge.lead_id else TextChoice.SECOND}

"""Similar bids: while the problem is typed, on a page of their own, and what a council says to them."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.roles import Role, roles_of
from fund import rules
from fund.actions import likeness as actions
from fund.actions.merging import MERGEABLE, closed_merge
from fund.alike import Alike, Seen, alike, readable
from fund.clock import received_at
from fund.finders import find_answer, find_own_bid
from fund.finders.similar import Pair, find_compared, find_pair
from fund.forms.similar import JoinForm, SeparateForm, StatementForm
from fund.likeness import statement_of
from fund.models import Answer, Bid, Merge, Section
from fund.similar import Statement
from fund.tables import heading_of, in_language
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.workflow import Refused


def asking(bid: Bid, typed: str | None = None, *, hurried: bool = False) -> Statement | None:
    """The problem of a bid, as it is kept or as it is typed; None where it says nothing yet."""
    if typed is not None:
        return Statement(bid.pk, bid.language, bid.title, typed, hurried=hurried)
    return statement_of(bid, hurried=hurried)


def found_for(user: Any, bid: Bid, typed: str | None = None, *, hurried: bool = False) -> list[Alike]:
    """The similar bids as this person may see them, each with what was said of the pair. Not those that it came from,
    nor the one in which it went on. `hurried`: on the way of something else, which may not wait long for it."""
    asked = asking(bid, typed, hurried=hurried)
    if asked is None or not asked.problem.strip():
        return []
    lineage = {
        bid.pk,
        *bid.merged_from.values_list("pk", flat=True),
        *([bid.merged_into_id] if bid.merged_into_id else []),
    }
    found = alike(user, asked, without=lineage)
    pairs = {one.bid.pk: one for one in found}
    reasons = {row.other_id: row for row in bid.separate_from.filter(other__in=pairs)}
    merges = {}
    for merge in Merge.objects.of_bid(bid).open():
        merges[merge.second_id if merge.first_id == bid.pk else merge.first_id] = merge
    led = roles_of(user).organisation_ids(Role.OFFICER)
    for one in found:
        part = any(partner.organisation_id in led for partner in one.bid.partners.all()) or one.bid.lead_id in led
        one.said = {
            "reason": reasons.get(one.bid.pk),
            "merge": merges.get(one.bid.pk),
            "joinable": one.seen in (Seen.TITLE, Seen.STATEMENT) and not part and one.bid.status in MERGEABLE,
            "mergeable": not merges and bid.round_id == one.bid.round_id and one.bid.status in MERGEABLE,
        }
    return found


def rows_context(user: Any, bid: Bid, found: list[Alike]) -> dict[str, Any]:
    """What the list of similar bids is drawn from."""
    return {
        "found": found,
        "bid": bid,
        "writes": rules.bid_write(user, bid) and not rules.fund_manage(user),
        "leads": rules.bid_lead_officer(user, bid),
    }


def aside_context(request: HttpRequest, answer: Answer, typed: str) -> dict[str, Any]:
    """What the page of the problem's question shows beside the text; nothing on pages of other questions."""
    if answer.question.section != Section.PROBLEM:
        return {}
    bid = answer.bid
    found = found_for(request.user, bid, typed if typed != answer.text else None, hurried=True)
    url = reverse("fund:similar_find", kwargs={"slug": bid.slug, "key": answer.question.key})
    return {"similar": rows_context(request.user, bid, found), "similar_url": url}


def tell_of_similar(request: HttpRequest, answer: Answer) -> None:
    """At the next page, whoever has no script hears that similar bids were found."""
    if answer.question.section != Section.PROBLEM:
        return
    bid = Bid.objects.get(pk=answer.bid_id)
    found = found_for(request.user, bid, hurried=True)
    if found:
        count = ngettext("%(total)s similar bid found.", "%(total)s similar bids found.", len(found))
        link = format_html('<a class="govuk-link" href="{}">{}</a>', similar_url(bid), _("Read why, and what to do"))
        messages.info(request, format_html("{} {}", count % {"total": len(found)}, link))


@screen(find=find_answer, may=rules.answer_write, methods=("POST",))
def similar_find(request: HttpRequest, answer: Answer) -> HttpResponse:
    """What is typed is compared, and nothing is kept: the list alone, for the page that asks."""
    bid = answer.bid
    typed = request.POST.get("text", "")[:20_000].replace("\0", "")
    found = found_for(request.user, bid, typed) if answer.question.section == Section.PROBLEM else []
    return page(request, "fund/similar_rows.html", rows_context(request.user, bid, found))


@screen(find=find_compared)
def similar_page(request: HttpRequest, bid: Bid) -> HttpResponse:
    """The bids and awards about the same problem, why, and what to do about each."""
    own = Bid.objects.of_councils(request.user).filter(pk=bid.pk).exists()
    context = {
        **rows_context(request.user, bid, found_for(request.user, bid)),
        "heading": heading_of(bid),
        "own": own,
        "back_url": bid.get_absolute_url(),
        "reasons": reasons_read(request.user, bid) if not own else [],
        "requests": list(bid.join_requests.select_related("organisation")),
        "interests": list(bid.interests.select_related("organisation")),
        "merges": list(Merge.objects.visible_to(request.user).of_bid(bid).select_related("first", "second")),
        "demonstration": bid.is_demo,
    }
    return page(request, "fund/similar_page.html", context)


def reasons_read(user: Any, bid: Bid) -> list[tuple[Alike, str]]:
    """Why the council holds its bid separate, each of a bid that this person may know of."""
    reasons = list(bid.separate_from.all())
    known = readable(user, [row.other_id for row in reasons])
    return [(Alike(*known[row.other_id], 0.0), row.reason) for row in reasons if row.other_id in known]


def similar_url(bid: Bid) -> str:
    return reverse("fund:similar_page", kwargs={"slug": bid.slug})


def may_write(user: Any, pair: Pair) -> bool:
    """Whoever may write in one's own bid."""
    return rules.bid_write(user, pair.bid)


def may_lead(user: Any, pair: Pair) -> bool:
    return rules.bid_lead_officer(user, pair.bid)


@screen(find=find_pair, may=may_write)
def similar_separate(request: HttpRequest, pair: Pair) -> HttpResponse:
    """Say in a sentence why one's own bid is separate."""
    said = pair.bid.separate_from.filter(other=pair.other).first()
    form = SeparateForm(request.POST or None, initial={"reason": said.reason if said else ""})
    if request.method == "POST" and form.is_valid():
        actions.separate_say(bid=pair.bid, other=pair.other, reason=form.cleaned_data["reason"], by=request.user)
        messages.success(request, _("Your reason is kept. The fund manager reads it."))
        return redirect(similar_url(pair.bid))
    return pair_page(request, pair, form, "fund/similar_separate.html")


@screen(find=find_pair, may=may_write)
def similar_join(request: HttpRequest, pair: Pair) -> HttpResponse:
    """Ask the other lead to let one's own council join."""
    councils = roles_of(request.user).organisation_ids(Role.OFFICER)
    form = JoinForm(request.POST or None, councils=councils)
    closed = ""
    if pair.other.is_historic or pair.other.status not in MERGEABLE:
        closed = _("This bid is decided, or of the past: its partners are settled.")
    if request.method == "POST" and not closed and form.is_valid():
        try:
            actions.join_ask(bid=pair.other, by=request.user, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Your message is on its way to the officers of the lead council."))
            return redirect(similar_url(pair.bid))
    return pair_page(request, pair, form, "fund/similar_join.html", closed=closed)


def pair_page(request: HttpRequest, pair: Pair, form: Any, template: str, **more: Any) -> HttpResponse:
    other = Alike(pair.other, pair.seen, 0.0)
    context = {
        "bid": pair.bid,
        "other": pair.other,
        "heading": heading_of(pair.bid),
        "other_heading": in_language(other.heading, other.heading_lang),
        "form": form,
        "back_url": similar_url(pair.bid),
        "demonstration": pair.bid.is_demo,
        **more,
    }
    return page(request, template, context)


def merge_closed(request: HttpRequest, pair: Pair) -> str:
    """Why the two cannot be merged now, or ''."""
    return closed_merge(pair.bid, pair.other, received_at(request))


@screen(find=find_own_bid, may=rules.bid_lead_officer)
def statement_edit(request: HttpRequest, bid: Bid) -> HttpResponse:
    """What other councils may see: of the draft, and of the bid once it is sent."""
    form_questions = bid.round.questions.filter(form_version=bid.form_version, stage=bid.stage)
    questions = list(form_questions.order_by("order", "pk"))
    form = StatementForm(request.POST if request.method == "POST" else None, bid=bid, questions=questions)
    if request.method == "POST" and form.is_valid():
        actions.statement_save(bid=bid, by=request.user, **form.cleaned_data)
        messages.success(request, _("What other councils may see is kept."))
        return redirect(bid)
    context = {"bid": bid, "heading": heading_of(bid), "form": form, "demonstration": bid.is_demo}
    return page(request, "fund/statement_edit.html", context)

"""Outcomes: recorded with one button or a short form; the register of decisions, and each decision followed."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from board import actions, rules
from board.filters.following import OutcomeFilter
from board.finders import find_asked, find_day_item, find_outcome, find_recommendation
from board.forms.day import DecisionForm, OutcomeForm, VoteForm
from board.models import AgendaItem, Outcome, Paper, Result, Vote
from board.recommendations import Recommendation, recommendations_of
from board.sending import told_to_script
from board.tables.following import OutcomeTable
from board.tracing import trace_of, trace_of_outcome
from board.wording import unmarked
from projects.drafts import posted
from wlga_portal.kernel.exports import csv_response
from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.tables import list_page
from wlga_portal.kernel.versions import Clash, clash_page, resolved
from wlga_portal.kernel.workflow import Refused

from .day import form_page, item_url, noted, remove_page, written


def asked_record(user: Any, found: tuple[AgendaItem, Recommendation]) -> bool:
    return rules.item_record(user, found[0])


def outcome_change(user: Any, outcome: Outcome) -> bool:
    return rules.item_record(user, outcome.item)


@screen(find=find_day_item, may=rules.item_record, methods=("POST",))
@told_to_script
def outcomes_as_recommended(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    """One button: every recommendation of the item without an outcome, or the one that is named, as it asks."""
    papers = Paper.objects.visible_to(request.user).published().filter(agenda_item=item).order_by("number")
    asked = recommendations_of(papers)
    only = request.POST.get("uid", "")
    try:
        made = actions.as_recommended(
            item, [one for one in asked if only in ("", one.uid)], by=request.user, why=request.POST.get("why", "")
        )
    except Refused as refused:
        messages.info(request, str(refused))
    else:
        if made:
            messages.success(request, _("Recorded as recommended."))
    return redirect(item_url(item))


@screen(find=find_asked, may=asked_record)
@told_to_script
def outcome_add(request: HttpRequest, found: tuple[AgendaItem, Recommendation]) -> HttpResponse:
    """The outcome of one recommendation, in the words of the recommendation."""
    item, asked = found
    set_addresses(request, "board:outcome_add", slug=item.meeting, position=item.position, uid=asked.uid)
    known = item.outcomes.filter(uid=asked.uid).first()
    if known is not None and request.method != "POST":
        return redirect("board:outcome_edit", pk=known.pk)
    form = OutcomeForm(posted(request), noted=noted(item.meeting), initial={"result": asked.as_recommended})

    def write() -> Outcome:
        return actions.outcome_record(item, by=request.user, asked=asked, why=form.why, **said(form))

    if written(request, form, write, _("The outcome is recorded.")):
        return redirect(item_url(item))
    return form_page(request, form, item, _("Record the outcome"), item_url(item), words=asked.words)


def said(form: OutcomeForm) -> dict[str, Any]:
    data = form.cleaned_data
    return {"result": data["result"], "detail": (data["detail_en"], data["detail_cy"])}


@screen(find=find_day_item, may=rules.item_record)
@told_to_script
def decision_add(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    """A decision without a recommendation, in the secretariat's words."""
    set_addresses(request, "board:decision_add", slug=item.meeting, position=item.position)
    form = DecisionForm(posted(request), noted=noted(item.meeting), initial={"result": Result.AGREED})

    def write() -> Outcome:
        words = (form.cleaned_data["words_en"], form.cleaned_data["words_cy"])
        return actions.outcome_record(item, by=request.user, words=words, why=form.why, **said(form))

    if written(request, form, write, _("The decision is recorded.")):
        return redirect(item_url(item))
    return form_page(request, form, item, _("Record a decision without a recommendation"), item_url(item))


@screen(find=find_outcome, may=outcome_change)
@told_to_script
def outcome_edit(request: HttpRequest, outcome: Outcome) -> HttpResponse:
    """Change an outcome. Two people who change the same text see both."""
    item, kind = outcome.item, OutcomeForm if outcome.edition_id else DecisionForm
    instance = Outcome.objects.select_related("item__meeting__board").get(pk=outcome.pk)
    data = resolved(request.POST, outcome) if request.method == "POST" else None
    form = kind(data, instance=instance, noted=noted(item.meeting))
    if request.method == "POST" and form.is_valid():
        try:
            actions.outcome_edit(form, by=request.user, why=form.why)
        except Clash as clash:
            return clash_page(request, clash, form, demonstration=item.meeting.board.is_demo)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The outcome is recorded."))
            return redirect(item_url(item))
    words = outcome.read if outcome.edition_id else None
    context = {"words": words, "version": outcome.version, "outcome": outcome}
    return form_page(request, form, item, _("Change the outcome"), item_url(item), **context)


@screen(find=find_outcome, may=outcome_change)
@told_to_script
def outcome_remove(request: HttpRequest, outcome: Outcome) -> HttpResponse:
    return remove_page(request, outcome, outcome.item.meeting, actions.outcome_remove, item_url(outcome.item))


@screen(find=find_outcome, may=outcome_change)
@told_to_script
def vote_record(request: HttpRequest, outcome: Outcome) -> HttpResponse:
    """The vote that was taken on it."""
    item, vote = outcome.item, Vote.objects.filter(outcome=outcome).first()
    names = ("in_favour", "against", "abstained", "casting")
    begin = {name: getattr(vote, name) for name in names} if vote else None
    form = VoteForm(posted(request), initial=begin, noted=noted(item.meeting))

    def write() -> Vote:
        data = form.cleaned_data
        return actions.vote_record(outcome, by=request.user, why=form.why, **{name: data[name] for name in names})

    if written(request, form, write, _("The vote is recorded.")):
        return redirect(item_url(item))
    return form_page(
        request, form, item, _("Record a vote"), item_url(item), words=outcome.read, vote=vote, outcome=outcome
    )


@screen(find=find_outcome, may=outcome_change)
@told_to_script
def vote_remove(request: HttpRequest, outcome: Outcome) -> HttpResponse:
    """Take a vote off the record that was not taken."""

    def remove(one: Outcome, **options: Any) -> None:
        actions.vote_remove(Vote.objects.get(outcome=one), **options)

    if not Vote.objects.filter(outcome=outcome).exists():
        return redirect(item_url(outcome.item))
    return remove_page(request, outcome, outcome.item.meeting, remove, item_url(outcome.item))


# --- Read --------------------------------------------------------------------------------------
def register(request: HttpRequest) -> Any:
    return Outcome.objects.visible_to(request.user).with_place().latest_first()


@screen(public=True, methods=("GET", "HEAD"))
def outcome_list(request: HttpRequest) -> HttpResponse:
    """The register of decisions, as far as this person may see it."""
    return list_page(
        request,
        queryset=register(request),
        table=OutcomeTable,
        filterset=OutcomeFilter,
        template="board/outcome_list.html",
    )


@screen(public=True, methods=("GET", "HEAD"))
def outcomes_csv(request: HttpRequest) -> HttpResponse:
    """The same rows as data; the filters of the list count here too."""
    rows = OutcomeFilter(request.GET, queryset=register(request), request=request).qs
    header = [
        _("Board"), _("Meeting"), pgettext("of an item", "Number"), _("Item"), _("Paper"), _("Recommendation"),
        _("Decision"), _("Outcome"), _("As changed, until when, or to whom"),
    ]  # fmt: skip
    lines = [
        [
            one.item.meeting.board.name, one.item.meeting.date.isoformat(), one.item.position, one.item.title,
            one.edition.paper.said if one.edition else "", one.number or "", unmarked(one.read),
            one.get_result_display(), unmarked(one.detail),
        ]
        for one in rows
    ]  # fmt: skip
    return csv_response(_("Register of decisions"), [header, *lines])


@screen(public=True, find=find_outcome, methods=("GET", "HEAD"))
def outcome_page(request: HttpRequest, outcome: Outcome) -> HttpResponse:
    """A decision, followed back to its paper and on to what came of it."""
    context = {
        "trace": trace_of_outcome(outcome, request.user),
        "records": rules.item_record(request.user, outcome.item),
        "demonstration": outcome.item.meeting.board.is_demo,
    }
    return page(request, "board/trace_page.html", context)


@screen(public=True, find=find_recommendation, methods=("GET", "HEAD"))
def recommendation_page(request: HttpRequest, asked: Recommendation) -> HttpResponse:
    """A recommendation, followed to its outcome, its actions, the projects' changes and results."""
    set_addresses(request, "board:recommendation_page", slug=asked.paper, uid=asked.uid)
    context = {"trace": trace_of(asked, request.user), "demonstration": asked.paper.board.is_demo}
    return page(request, "board/trace_page.html", context)

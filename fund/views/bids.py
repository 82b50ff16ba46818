"""Lists of bids, starting one, its page with the task list, its details, its text in full."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.db.models import OuterRef, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from fund import actions, lines, rules
from fund.clock import Closed, closed_round, locked_bid, received_at
from fund.costs import totals_of
from fund.drafts import unsaved
from fund.filters import BidFilter
from fund.finders import find_bid, find_own_bid, find_round
from fund.forms import DetailsForm, StartForm
from fund.models import Answer, Bid, Decision, Round, Section
from fund.tables import BidTable, OwnTable
from fund.timeline import timeline_of
from fund.word import TYPE, word_of
from organisations.mapping import map_into
from wlga_portal.kernel.screens import page, screen, set_addresses, set_languages
from wlga_portal.kernel.tables import list_page
from wlga_portal.kernel.versions import Clash, clash_page, resolved

TASKS = ("has_costs", "cost_count", "citation_count", "open_comments", "keeper_left")
SHOWN = 8  # happenings on a bid's page, before the rest is left to their own


@screen(public=True)
def bid_list(request: HttpRequest) -> HttpResponse:
    """The bids of which something is published."""
    bids = Bid.objects.public().with_row().order_by("-round__year", "order", "pk")
    listed, own = reverse("fund:bid_list"), OuterRef("pk")
    council_map = map_into(
        lambda council: f"{listed}?council={council.pk}",
        rows=Bid.objects.public().filter(Q(lead=own) | Q(partners__organisation=own, partners__possible=False)),
        title=_("Bids by council"),
        label=_("Bids"),
        name="bids-map",
        csv_url=reverse("programme:picture_csv", kwargs={"name": "councils"}),
    )
    return list_page(
        request, queryset=bids, table=BidTable, filterset=BidFilter, template="fund/bid_list.html", map=council_map
    )


@screen(may=rules.signed_in)
def bid_own(request: HttpRequest) -> HttpResponse:
    """The bids of the person's councils."""
    bids = Bid.objects.of_councils(request.user).with_row().order_by("-started_at", "-pk")
    return list_page(
        request,
        queryset=bids,
        table=OwnTable,
        template="fund/bid_own.html",
        demonstration=bool(getattr(request.user, "is_demo", False)),
    )


@screen(find=find_round, may=rules.bid_start)
def bid_start(request: HttpRequest, one_round: Round) -> HttpResponse:
    """Start a bid: three answers, then the task list."""
    at = received_at(request)
    set_addresses(request, "fund:bid_start", slug=one_round)
    form = StartForm(request.POST or None, one_round=one_round, user=request.user)
    closed = closed_round(one_round, at)
    if request.method == "POST" and form.is_valid():
        try:
            bid = actions.bid_start(one_round=one_round, by=request.user, at=at, **form.cleaned_data)
        except Closed as error:
            form.add_error(None, str(error))
        else:
            return redirect(bid)
    context = {"round": one_round, "form": form, "closed": closed, "demonstration": one_round.is_demo}
    return page(request, "fund/bid_start.html", context)


@screen(public=True, find=find_bid)
def bid_page(request: HttpRequest, bid: Bid) -> HttpResponse:
    """A bid: what is published of a historic one, its councils’ task list, the fund manager’s snapshot."""
    set_languages(request, bid)
    if bid.is_historic:
        return historic_page(request, bid)
    if not Bid.objects.of_councils(request.user).filter(pk=bid.pk).exists():
        return redirect(bid.latest)  # type: ignore[arg-type]  # the fund manager sees only what was submitted
    closed = locked_bid(bid, received_at(request))
    writes = rules.bid_write(request.user, bid)
    answers = list(bid.answers_in_order())
    return page(
        request,
        "fund/bid_tasks.html",
        {
            "bid": bid,
            "stage": bid.writing_stage,
            "closed": closed,
            "amount": lines.amount_line(bid),
            "writes": writes and not closed,
            "leads": rules.bid_lead_officer(request.user, bid),
            "sections": sections_of(answers, request.user, linked=writes),
            "done": sum(answer.is_done for answer in answers),
            "total": len(answers),
            "partners": list(bid.partners.all()),
            "files": list(bid.attachments.kept()),
            "extensions": list(bid.extensions.all()),
            "tasks": Bid.objects.with_tasks().values(*TASKS).get(pk=bid.pk),
            "translation": getattr(bid.latest, "translation", None),
            "timeline": timeline_of(bid)[:SHOWN],
            "merged_from": list(bid.merged_from.order_by("pk")),
            "hands_over": rules.bid_hand_over(request.user, bid),
            "can_withdraw": bid.can("withdraw", request.user),
            "decisions": list(Decision.objects.visible_to(request.user).filter(bid=bid).order_by("pk")),
            "demonstration": bid.is_demo,
        },
    )


def historic_page(request: HttpRequest, bid: Bid) -> HttpResponse:
    """What is published, and of the rest that it is not."""
    named = [partner for partner in bid.partners.all() if not partner.possible]
    bodies = [partner for partner in named if not partner.organisation.is_council]
    possible = [partner for partner in bid.partners.all() if partner.possible]
    context = {
        "bid": bid,
        "topic": lines.topic_line(bid),
        "councils": lines.bodies_line(partner for partner in named if partner.organisation.is_council),
        "bodies": lines.bodies_line(bodies) if bodies else "",
        "possible": lines.bodies_line(possible) if possible else "",
        "lead": lines.lead_line(bid),
        "amount": lines.amount_line(bid),
        "source": lines.source_line(bid.round),
    }
    return page(request, "fund/bid_page.html", context)


@dataclass(frozen=True, slots=True)
class Task:
    """A row of the task list."""

    label: Any
    url: str
    status: str
    colour: str
    id: str
    hint: str = ""


def sections_of(answers: list[Answer], user: Any, *, linked: bool) -> list[tuple[str, list[Task]]]:
    """The questions by section, each with its state. A text that this person typed and did not save is said so."""
    typed = unsaved(answers, user)
    sections: dict[str, list[Task]] = {}
    for answer in answers:
        question = answer.question
        if answer.pk in typed:
            status, colour = pgettext("state of an answer", "Text not saved"), "yellow"
        elif answer.words > question.word_limit:
            status, colour = pgettext("state of an answer", "Too long"), "red"
        elif not answer.words and not answer.is_cited:
            required = question.required
            status = (
                pgettext("state of an answer", "Not started")
                if required
                else pgettext("state of an answer", "Optional")
            )
            colour = "grey" if required else ""
        elif is_complete(answer):
            status, colour = pgettext("state of an answer", "Complete"), "green"
        elif answer.is_done:
            status, colour = pgettext("state of an answer", "Answered"), "green"
        else:
            status, colour = pgettext("state of an answer", "In progress"), "yellow"
        url = reverse("fund:answer_edit", kwargs={"slug": answer.bid.slug, "key": question.key}) if linked else ""
        task = Task(question.label, url, status, colour, f"task-{question.key}", hint_of(answer))
        sections.setdefault(str(Section(question.section).label), []).append(task)
    return list(sections.items())


def is_complete(answer: Answer) -> bool:
    """Whether its writer called it complete, and it is."""
    assignment = getattr(answer, "assignment", None)
    return answer.is_done and assignment is not None and assignment.completed_at is not None


def hint_of(answer: Answer) -> str:
    """Whose answer it is to write, for the task list; '' where it is anybody's."""
    assignment = getattr(answer, "assignment", None)
    if assignment is None or assignment.person is None:
        return ""
    return _("%(person)s writes this") % {"person": assignment.person}


@screen(find=find_own_bid)
def bid_read(request: HttpRequest, bid: Bid) -> HttpResponse:
    """The bid in full as it stands, for everybody in its councils."""
    context = {
        "bid": bid,
        "answers": list(bid.answers_in_order()),
        "totals": totals_of(bid.costs.select_related("category", "organisation")),
        "partners": list(bid.partners.all()),
        "demonstration": bid.is_demo,
    }
    return page(request, "fund/bid_read.html", context)


@screen(find=find_own_bid)
def bid_word(request: HttpRequest, bid: Bid) -> HttpResponse:
    """The bid as it stands, as a Word file with its counts of words."""
    response = HttpResponse(word_of(bid), content_type=TYPE)
    response["Content-Disposition"] = f'attachment; filename="{bid.slug}.docx"'
    return response


@screen(find=find_own_bid, may=rules.bid_write)
def details_edit(request: HttpRequest, bid: Bid) -> HttpResponse:
    """Title, topic, language, amount."""
    at, version = received_at(request), bid.version
    closed = locked_bid(bid, at)
    form = DetailsForm(resolved(request.POST, bid) if request.method == "POST" else None, instance=bid)
    if request.method == "POST" and form.is_valid():
        try:
            actions.details_save(form, by=request.user, at=at)
        except Closed as error:
            form.add_error(None, str(error))
        except Clash as clash:
            return clash_page(request, clash, form, demonstration=bid.is_demo)
        else:
            messages.success(request, _("The details are saved."))
            return redirect(bid)
    context = {"bid": bid, "form": form, "closed": closed, "version": version, "demonstration": bid.is_demo}
    return page(request, "fund/details_edit.html", context)

"""An award and what follows it: its page, accepting, shares, schedule, changes, learning, closing."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from fund.actions import awards as actions
from fund.actions import reports, variations
from fund.actions.claims import left_of
from fund.award_timeline import award_timeline_of
from fund.clock import received_at
from fund.filters.awards import OwnAwardFilter
from fund.finders.awards import find_award, find_instalment, find_learning, find_share, find_variation
from fund.forms import awards as forms
from fund.linking import BIDS, projects_of, projects_to_link
from fund.models import Award, AwardShare, Instalment, Learning, Variation
from fund.querysets.awards import waiting
from fund.rules import awards as rules
from fund.rules import fund_manage, signed_in
from fund.states.awards import VariationStatus
from fund.tables.awards import AwardTable
from projects.linking import link_add
from wlga_portal.kernel.models import StatusChange
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.tables import list_page
from wlga_portal.kernel.wording import day, not_published, pounds
from wlga_portal.kernel.workflow import Refused

SHOWN, PAGE = 8, 50  # happenings on an award's page, and on a page of their own


def form_page(
    request: HttpRequest,
    form: Any,
    *,
    award: Award,
    heading: str,
    button: str,
    save: Callable[[Any], Any],
    done: str,
    back: str = "",
    onward: bool = False,
    **context: Any,
) -> HttpResponse:
    """One form about an award: what it saves, what is said then, and where it leads back (`onward`: to what it made).

    A refusal stands on it.
    """
    back = back or award.get_absolute_url()
    if request.method == "POST" and form.is_valid():
        try:
            made = save(form)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done)
            return redirect(made if onward else back)
    known = {
        "award": award,
        "bid": award.bid,
        "form": form,
        "heading": heading,
        "button": button,
        "back_url": back,
        "demonstration": award.is_demo,
    }
    return page(request, "fund/award_form.html", known | context)


def returned_why(thing: Any) -> str:
    """Why a claim or a report was returned, while it is."""
    changes = (
        StatusChange.of(thing).filter(event="send_back") if thing.status == "returned" else StatusChange.objects.none()
    )
    last = changes.order_by("pk").last()
    return last.why if last else ""


def press(request: HttpRequest, back: Any, move: Callable[[], Any], done: str) -> HttpResponse:
    """One button: what it does, and what is said then; a refusal is said instead."""
    try:
        move()
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect(back)


@screen(may=signed_in)
def award_own(request: HttpRequest) -> HttpResponse:
    """The awards in which the person's councils have a share; all of them for the fund manager."""
    seen, manages = Award.objects.visible_to(request.user), fund_manage(request.user)
    waits = [(kind, rows.filter(award__in=seen).count()) for kind, rows in waiting().items()] if manages else []
    return list_page(
        request,
        queryset=seen.with_row().order_by("-awarded_on", "-pk"),
        table=AwardTable,
        filterset=OwnAwardFilter,
        template="fund/award_own.html",
        manages=manages,
        waits=dict(waits),
        demonstration=bool(getattr(request.user, "is_demo", False)),
    )


@screen(find=find_award)
def award_page(request: HttpRequest, award: Award) -> HttpResponse:
    """Everything of an award: shares and agreements, schedule, claims, reports, changes, what was learned."""
    prefetch_related_objects([award], "reports", "variations", "learnings")
    user, paid = request.user, sum(one.amount_pence for one in award.payments.all())
    manages = rules.award_manage(user, award)
    context = {
        "award": award,
        "bid": award.bid,
        "paid": paid,
        "left": award.amount_pence - paid,
        "unclaimed": left_of(award),
        "shares": [(one, may_agree(user, award, one)) for one in award.shares.all()],
        "claims": list(award.claims.all()),
        "reports": list(award.reports.all()),
        "variations": list(award.variations.all()),
        "learnings": list(award.learnings.all()),
        "may_accept": award.can("accept", user),
        "manages": manages,
        "writes": rules.award_write(user, award),
        "stays_open": actions.reasons_to_stay_open(award) if manages and award.is_open else [],
        "projects": projects_of(award.bid, user),
        "links": rules.award_link(user, award),
        "asked": any(one.status == VariationStatus.ASKED for one in award.variations.all()),
        "timeline": award_timeline_of(award)[:SHOWN],
        "ends": day(award.ends_on) if award.ends_on else not_published(_("none given")),
        "demonstration": award.is_demo,
    }
    return page(request, "fund/award_page.html", context)


@screen(find=find_award)
def award_timeline(request: HttpRequest, award: Award) -> HttpResponse:
    """Everything that happened to the award: who, when, why."""
    shown = Paginator(award_timeline_of(award), PAGE).get_page(request.GET.get("page"))
    context = {"award": award, "bid": award.bid, "page_obj": shown, "demonstration": award.is_demo}
    return page(request, "fund/award_timeline.html", context)


def may_agree(user: Any, award: Award, share: AwardShare) -> bool:
    """Whether this person can agree to this share now."""
    return award.is_open and not share.agreed_at and rules.share_agree(user, share)


@screen(find=find_award, may=rules.award_sign)
def award_answer(request: HttpRequest, award: Award) -> HttpResponse:
    """The lead accepts the award, or turns it down with the reason."""
    choices = [("accept", _("We accept the award and its conditions")), ("turn_down", _("We turn it down"))]
    form = forms.AnswerForm(request.POST or None, question=_("Does your council accept the award?"), choices=choices)

    def save(form: Any) -> None:
        if form.cleaned_data["event"] == "accept":
            actions.award_accept(award=award, by=request.user, at=received_at(request))
        else:
            actions.award_turn_down(award=award, by=request.user, why=form.cleaned_data["why"])

    return form_page(
        request, form, award=award, heading=_("Accept the award"), button=_("Send the answer"), save=save,
        done=_("The answer is sent."), amount=pounds(award.amount_pence), conditions=award.conditions,
    )  # fmt: skip


@screen(find=find_share, may=rules.share_agree, methods=("POST",))
def share_agree(request: HttpRequest, share: AwardShare) -> HttpResponse:
    """A partner agrees to its share."""
    return press(
        request,
        share.award,
        lambda: actions.share_agree(share=share, by=request.user, at=received_at(request)),
        _("Your council agreed to its share."),
    )


@screen(find=find_award, may=rules.award_manage)
def instalment_add(request: HttpRequest, award: Award) -> HttpResponse:
    """Plan a payment."""
    return form_page(
        request, forms.InstalmentForm(request.POST or None), award=award, heading=_("Plan a payment"),
        button=_("Save"), done=_("The payment is planned."),
        save=lambda form: actions.instalment_add(award=award, by=request.user, **form.cleaned_data),
    )  # fmt: skip


@screen(find=find_instalment, may=rules.instalment_manage, methods=("POST",))
def instalment_remove(request: HttpRequest, instalment: Instalment) -> HttpResponse:
    """Take a planned payment out."""
    return press(
        request,
        instalment.award,
        lambda: actions.instalment_remove(instalment=instalment, by=request.user),
        _("The planned payment is taken out."),
    )


@screen(find=find_award, may=rules.award_manage)
def report_plan(request: HttpRequest, award: Award) -> HttpResponse:
    """Ask for a report by a day."""
    return form_page(
        request, forms.ReportDueForm(request.POST or None), award=award, heading=_("Ask for a report"),
        button=_("Save"), done=_("The report is asked for."),
        save=lambda form: reports.report_plan(award=award, by=request.user, **form.cleaned_data),
    )  # fmt: skip


@screen(find=find_award, may=rules.award_write)
def variation_ask(request: HttpRequest, award: Award) -> HttpResponse:
    """Ask for a change of the award."""
    now = {
        "new_amount_pence": award.amount_pence,
        "new_ends_on": award.ends_on,
        "new_conditions": award.conditions,
    }
    return form_page(
        request, forms.VariationForm(request.POST or None, initial=now, award=award), award=award,
        heading=_("Ask for a change"), button=_("Ask for the change"), done=_("The change is asked for."),
        save=lambda form: variations.variation_ask(form, award=award, by=request.user, at=received_at(request)),
    )  # fmt: skip


@screen(find=find_variation)
def variation_page(request: HttpRequest, variation: Variation) -> HttpResponse:
    """A change with old and new side by side, and the answer to it."""
    award, answers = variation.award, variation.can("agree", request.user)
    choices = [("agree", _("Agree to the change")), ("refuse", _("Refuse the change"))]
    form = forms.AnswerForm(
        request.POST or None if answers else None, question=_("What is the answer?"), choices=choices
    )
    rows = [
        (_("Amount awarded"), pounds(variation.old_amount_pence), pounds(variation.new_amount_pence)),
        (_("Last day of the work"), shown_day(variation.old_ends_on), shown_day(variation.new_ends_on)),
        (_("Conditions of the award"), variation.old_conditions, variation.new_conditions),
        *(
            (_("Share of %(body)s") % {"body": one.organisation.name}, pounds(one.old_pence), pounds(one.new_pence))
            for one in variation.shares.select_related("organisation")
        ),
    ]
    return form_page(
        request, form, award=award, heading=_("A change of the award"), button=_("Send the answer"),
        done=_("The answer is sent."), variation=variation, rows=rows, answers=answers,
        save=lambda form: variations.variation_answer(variation=variation, by=request.user, **form.cleaned_data),
    )  # fmt: skip


def shown_day(value: Any) -> Any:
    return day(value) if value else not_published(_("none given"))


@screen(find=find_award, may=rules.award_link)
def award_project(request: HttpRequest, award: Award) -> HttpResponse:
    """Say which project of the delivery plan the award serves."""
    form = forms.ProjectForm(request.POST or None, projects=projects_to_link(award.bid, request.user))
    return form_page(
        request, form, award=award, heading=_("Link to a project"), button=_("Link"),
        done=_("The award is linked to the project."),
        save=lambda form: link_add(BIDS, form.cleaned_data["project"], award.bid, by=request.user),
    )  # fmt: skip


@screen(find=find_award, may=rules.award_write)
def learning_add(request: HttpRequest, award: Award) -> HttpResponse:
    """Write what was learned; it may be published at once."""
    return learning_form(request, award, None)


@screen(find=find_learning, may=rules.learning_write)
def learning_edit(request: HttpRequest, learning: Learning) -> HttpResponse:
    """Change or publish what was learned."""
    return learning_form(request, learning.award, learning)


def learning_form(request: HttpRequest, award: Award, learning: Learning | None) -> HttpResponse:
    publish = "publish" in request.POST
    return form_page(
        request, forms.LearningForm(request.POST or None, instance=learning), award=award,
        heading=_("What was learned"), button=_("Save"), publishes=True,
        done=_("It is published in the library.") if publish else _("Saved."),
        save=lambda form: actions.learning_save(form, award=award, publish=publish, by=request.user),
    )  # fmt: skip


@screen(find=find_award, may=rules.award_manage, methods=("POST",))
def award_close(request: HttpRequest, award: Award) -> HttpResponse:
    """Close an award, once nothing is open in it."""
    return press(request, award, lambda: actions.award_close(award=award, by=request.user), _("The award is closed."))

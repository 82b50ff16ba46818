"""Setting up a round: the page with everything in it, a new round, details, stages, publishing, and the preview."""

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from fund import actions, rules
from fund.actions.round_setup import fixed_stages, setup_gaps
from fund.clock import received_at
from fund.finders.rounds import find_setup
from fund.forms import AnswerForm
from fund.forms.rounds import RoundForm, RoundNewForm, StagesForm
from fund.models import Answer, Question, Round, Section
from fund.models.criteria import SCORED_STAGES
from fund.models.rounds import WRITTEN_STAGES
from wlga_portal.kernel.screens import page, screen, set_addresses
from wlga_portal.kernel.workflow import Refused

from .setup_forms import SetupForm, setup_form


def setup_url(one_round: Round) -> str:
    return reverse("fund:round_setup", kwargs={"slug": one_round.slug})


@screen(may=rules.fund_manage)
def round_new(request: HttpRequest) -> HttpResponse:
    """A new round, with the standard form or as a copy of an earlier one."""

    def make(data: Any, initial: dict[str, Any]) -> RoundNewForm:
        return RoundNewForm(data, user=request.user, initial=initial)

    def save(form: RoundNewForm) -> str:
        return setup_url(actions.round_make(form, by=request.user))

    said = _("The round is in preparation. Nobody but the fund manager sees it.")
    context = {"demonstration": getattr(request.user, "is_demo", False)}
    return setup_form(request, SetupForm("fund.round:new", make, save, said, context, template="fund/round_new.html"))


@screen(find=find_setup)
def round_setup(request: HttpRequest, one_round: Round) -> HttpResponse:
    """Everything that the round is made of, what is missing, and the button that publishes it."""
    set_addresses(request, "fund:round_setup", slug=one_round)
    present = {"form_version": one_round.form_version}
    questions = list(one_round.questions.filter(**present))
    criteria = list(one_round.criteria.all())
    context = {
        "round": one_round,
        "topics": list(one_round.topics.all()),
        "stages": list(one_round.stages.all()),
        "questions": [(kind.label, [one for one in questions if one.stage == kind]) for kind in WRITTEN_STAGES],
        "criteria": [Scored(kind.label, [one for one in criteria if one.stage == kind]) for kind in SCORED_STAGES],
        "costs": list(one_round.cost_categories.filter(**present)),
        "files": list(one_round.required_attachments.filter(**present)),
        "gaps": list(setup_gaps(one_round)),
        "on_this_form": one_round.bids.filter(is_historic=False, **present).count(),
        "on_older": one_round.bids.filter(is_historic=False).exclude(**present).count(),
        "demonstration": one_round.is_demo,
    }
    return page(request, "fund/round_setup.html", context)


@dataclass(frozen=True, slots=True)
class Scored:
    """The criteria of one stage, with the sum of their weights."""

    label: Any
    rows: list[Any]

    @property
    def total(self) -> int:
        return sum(one.weight for one in self.rows)


@screen(find=find_setup)
def round_edit(request: HttpRequest, one_round: Round) -> HttpResponse:
    """Names, year, budget, texts, and what is asked of partners."""
    set_addresses(request, "fund:round_edit", slug=one_round)

    def make(data: Any, initial: dict[str, Any]) -> RoundForm:
        return RoundForm(data, instance=Round.objects.get(pk=one_round.pk), initial=initial)

    def save(form: RoundForm) -> str:
        return setup_url(actions.round_save(form, by=request.user))

    context = {"round": one_round, "title": _("Details of the round"), "demonstration": one_round.is_demo}
    said = _("The changes are saved.")
    return setup_form(request, SetupForm(f"fund.round:{one_round.pk}", make, save, said, context, one_round))


@screen(find=find_setup)
def stages_edit(request: HttpRequest, one_round: Round) -> HttpResponse:
    """When each stage opens and closes. One that has begun is moved by giving more time, with a reason."""
    set_addresses(request, "fund:stages_edit", slug=one_round)
    at = received_at(request)
    fixed = fixed_stages(one_round, at)

    def make(data: Any, initial: dict[str, Any]) -> StagesForm:
        fresh = Round.objects.prefetch_related("stages").get(pk=one_round.pk)
        return StagesForm(data, one_round=fresh, fixed=fixed, initial=initial)

    def save(form: StagesForm) -> str:
        actions.stages_save(one_round, form.moments(), by=request.user, at=at)
        return setup_url(one_round)

    context = {
        "round": one_round,
        "fixed": [stage for stage in one_round.stages.all() if stage.kind in fixed],
        "title": _("Stages"),
        "demonstration": one_round.is_demo,
    }
    said, template = _("The changes are saved."), "fund/stages_edit.html"
    key = f"fund.stages:{one_round.pk}"
    return setup_form(request, SetupForm(key, make, save, said, context, one_round, template))


@screen(find=find_setup, methods=("POST",))
def round_publish(request: HttpRequest, one_round: Round) -> HttpResponse:
    """One button; what is missing is listed on the page of the round."""
    try:
        actions.round_publish(one_round, by=request.user, at=received_at(request))
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The round is published. Its stages open and close by the clock."))
    return redirect(setup_url(one_round))


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as an officer will see it."""

    section: Any
    form: AnswerForm


@screen(find=find_setup)
def round_preview(request: HttpRequest, one_round: Round) -> HttpResponse:
    """The form as an officer will see it, stage by stage. Nothing that is typed here is kept."""
    set_addresses(request, "fund:round_preview", slug=one_round)
    present = {"form_version": one_round.form_version}
    questions = list(one_round.questions.filter(**present))
    files = list(one_round.required_attachments.filter(**present))
    stages = [
        {
            "label": kind.label,
            "stage": one_round.stage(kind),
            "questions": [asked(question) for question in questions if question.stage == kind],
            "files": [file for file in files if file.stage == kind],
        }
        for kind in WRITTEN_STAGES
    ]
    context = {
        "round": one_round,
        "topics": list(one_round.topics.all()),
        "stages": stages,
        "costs": list(one_round.cost_categories.filter(**present)),
        "demonstration": one_round.is_demo,
    }
    return page(request, "fund/round_preview.html", context)


def asked(question: Question) -> Asked:
    form = AnswerForm(instance=Answer(question=question), prefix=question.key)
    return Asked(Section(question.section).label, form)

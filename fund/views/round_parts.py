"""Adding, changing and taking out a part of a round's form: the same three screens for each kind."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from fund import actions
from fund.clock import received_at
from fund.finders.rounds import find_setup, part_finder
from fund.models import Round
from fund.round_parts import COST, CRITERION, FILE, QUESTION, TOPIC, RoundPart
from wlga_portal.kernel.screens import screen, set_addresses
from wlga_portal.kernel.workflow import Refused

from .round_setup import setup_url
from .setup_forms import SetupForm, setup_form

View = Callable[..., HttpResponse]


def adder(part: RoundPart) -> View:
    @screen(find=find_setup)
    def part_add(request: HttpRequest, one_round: Round) -> HttpResponse:
        """A new part of this kind, at the end."""
        set_addresses(request, f"fund:{part.noun}_add", slug=one_round)
        return part_page(request, part, part.model(round=one_round))

    return part_add


def changer(part: RoundPart) -> View:
    @screen(find=part_finder(part))
    def part_edit(request: HttpRequest, row: Any) -> HttpResponse:
        """A part of the present form."""
        set_addresses(request, f"fund:{part.noun}_edit", slug=row.round, pk=row.pk)
        return part_page(request, part, row)

    return part_edit


def remover(part: RoundPart) -> View:
    @screen(find=part_finder(part), methods=("POST",))
    def part_remove(request: HttpRequest, row: Any) -> HttpResponse:
        """One button; bids that are written on the form keep it."""
        one_round = row.round
        try:
            actions.part_remove(row, by=request.user, at=received_at(request))
        except Refused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("It is taken out. The history keeps it."))
        return redirect(setup_url(one_round))

    return part_remove


def part_page(request: HttpRequest, part: RoundPart, row: Any) -> HttpResponse:
    one_round, new = row.round, row.pk is None

    def make(data: Any, initial: dict[str, Any]) -> Any:
        kept = part.model.objects.filter(pk=row.pk).first() if row.pk else part.model(round=one_round)
        return part.form(data, instance=kept or part.model(pk=row.pk, round=one_round), initial=initial)

    def save(form: Any) -> str:
        actions.part_save(form, by=request.user, at=received_at(request))
        return setup_url(one_round)

    remove = "" if new else reverse(f"fund:{part.noun}_remove", kwargs={"slug": one_round.slug, "pk": row.pk})
    keeps = part.of_form and one_round.bids.filter(is_historic=False, form_version=one_round.form_version).exists()
    context = {
        "round": one_round,
        "title": part.add if new else part.edit,
        "remove_url": remove,
        "keeps": keeps,
        "demonstration": one_round.is_demo,
    }
    key = f"fund.{part.noun}:{'new:' if new else ''}{one_round.pk if new else row.pk}"
    said = _("The changes are saved.")
    return setup_form(request, SetupForm(key, make, save, said, context, one_round))


topic_add, topic_edit, topic_remove = adder(TOPIC), changer(TOPIC), remover(TOPIC)
question_add, question_edit, question_remove = adder(QUESTION), changer(QUESTION), remover(QUESTION)
criterion_add, criterion_edit, criterion_remove = adder(CRITERION), changer(CRITERION), remover(CRITERION)
cost_category_add, cost_category_edit, cost_category_remove = adder(COST), changer(COST), remover(COST)
required_file_add, required_file_edit, required_file_remove = adder(FILE), changer(FILE), remover(FILE)

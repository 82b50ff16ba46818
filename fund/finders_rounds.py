"""Rounds and their parts, found for whoever sets them up: what a person may not see is not there (404)."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest

from . import rules
from .finders import find_round
from .models import Round
from .round_parts import RoundPart


def find_setup(request: HttpRequest, slug: str) -> Round:
    """A round that this person sets up; to everybody else the page does not exist."""
    one_round = find_round(request, slug)
    if not rules.round_manage(request.user, one_round):
        raise Http404
    return one_round


def part_finder(part: RoundPart) -> Callable[..., Any]:
    """A finder of one part of the round's present form."""

    def find(request: HttpRequest, slug: str, pk: int) -> Any:
        one_round = find_setup(request, slug)
        rows = part.model.objects.filter(round=one_round)
        if part.of_form:
            rows = rows.filter(form_version=one_round.form_version)
        row = rows.get(pk=pk)
        row.round = one_round
        return row

    return find

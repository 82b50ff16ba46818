"""The form of a round: what it asks, and how that changes without changing it for bids that are written already."""

from typing import Any

from fund.models import Question, Round
from wlga_portal.kernel.audit import audited


def question_revise(*, question: Question, by: Any, **changes: Any) -> Question:
    """Change a question of the present form. Where bids are written on it, the next version of the whole form is made:
    bids started from now on get that, each older bid keeps its own. Gives the question as it is now.

    Raises ValueError for a question of an older form: what bids were asked stays as it was.
    """
    with audited(by=by, why="question changed"):
        one_round = Round.objects.select_for_update().get(pk=question.round_id)
        if question.form_version != one_round.form_version:
            raise ValueError("only the present form can be changed")
        if one_round.bids.filter(form_version=one_round.form_version).exists():
            next_form(one_round)
            question = one_round.questions.get(form_version=one_round.form_version, key=question.key)
        for name, value in changes.items():
            setattr(question, name, value)
        question.save()
    return question


def next_form(one_round: Round) -> None:
    """Copy the present form, with its costs and files, to the next version; `one_round` is locked by the caller."""
    parts = (one_round.questions, one_round.cost_categories, one_round.required_attachments)
    old = [row for part in parts for row in part.filter(form_version=one_round.form_version)]
    one_round.form_version += 1
    one_round.save()
    for row in old:
        row.pk, row.form_version = None, one_round.form_version
        row._state.adding = True
        row.save()

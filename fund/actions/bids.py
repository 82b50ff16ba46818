"""Starting a bid and writing in it."""

from datetime import datetime
from typing import Any

from django.forms import ModelForm
from django.utils import timezone

from fund.clock import Closed, closed_round, demand_open
from fund.models import Answer, Bid, Happening, Round, Section, Topic
from fund.problems import problem_store
from organisations.models import Organisation
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.versions import drop_draft, save_version, sent_version

from .assignments import mark_complete


def bid_start(
    *,
    one_round: Round,
    lead: Organisation,
    topic: Topic,
    title: str,
    language: str,
    by: Any,
    at: datetime | None = None,
) -> Bid:
    """Start a bid of the council `lead` on the round's present form, with an empty answer to each of its questions.

    The reference is the next number of the round. Raises Closed when the round takes no bids at this moment.
    """
    at = at or timezone.now()
    with audited(by=by, why="bid started"):
        # one at a time, so that no two bids get the same number
        one_round = Round.objects.select_for_update(no_key=True).get(pk=one_round.pk)
        stage = one_round.open_stage(at)
        if stage is None:
            raise Closed(closed_round(one_round, at))
        reference = next_reference(one_round)
        bid = Bid.objects.create(
            round=one_round,
            topic=topic,
            lead=lead,
            reference=reference,
            slug_en=reference.lower(),
            slug_cy=reference.lower(),
            stage=stage.kind,
            form_version=one_round.form_version,
            title=title,
            language=language,
            started_by=by,
            owner=by,
        )
        form = one_round.questions.filter(form_version=bid.form_version)
        Answer.objects.bulk_create(Answer(bid=bid, question=question) for question in form)
        problem_store(bid)
    return bid


def next_reference(one_round: Round) -> str:
    """The next number of the round; its row is locked, so that no two bids get the same."""
    number = one_round.bids.filter(is_historic=False).count() + 1
    return f"{one_round.reference_stem}-{number:03d}"


def details_save(form: ModelForm, *, by: Any, at: datetime | None = None) -> Bid:
    """Save title, topic, language and amount. Raises Closed, or Clash when somebody else changed the same field."""
    with audited(by=by, why="details of the bid changed"):
        demand_open(form.instance.lock(), at or timezone.now())
        before = form.instance.version
        bid: Bid = save_version(form, by=by, why="details of the bid changed")
        if bid.version != before:
            Happening.record(bid, "details", by=by, at=at)
        problem_store(bid)
    return bid


def answer_save(form: ModelForm, *, by: Any, at: datetime | None = None) -> Answer:
    """Save an answer and forget its writer's draft. Raises Closed, or Clash when somebody else changed it.

    The bid's row is locked first, so that no answer is saved while the bid is being submitted.
    """
    with audited(by=by, why="answer written"):
        at = at or timezone.now()
        demand_open(form.instance.bid.lock(), at)
        before = sent_version(form)
        answer: Answer = save_version(form, by=by, why="answer written")
        if answer.version != before:
            Happening.record(answer.bid, "answer", by=by, about=answer.question.label, at=at)
        mark_complete(answer, complete=bool(form.cleaned_data.get("complete")), by=by, at=at)
        drop_draft(by, answer.draft_key)
        if answer.question.section == Section.PROBLEM:
            problem_store(answer.bid)
    return answer

"""Submitting a bid, and taking it back until the deadline."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fund import emails
from fund.clock import Closed, closed_bid
from fund.models import Bid, Confidentiality, Partner, Submission
from fund.models.submissions import digest
from fund.problems import problem_store
from fund.states import Consent
from organisations.models import Organisation
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import Refused, advance

from .attachments import attachment_gaps, files_of, keep_files
from .gaps import Gap, commitment_gaps, cost_gaps
from .snapshots import citations_of, commitments_of, costs_of
from .translations import translation_begin


class Incomplete(Refused):
    """The bid has gaps."""

    def __init__(self, gaps: list[Gap]) -> None:
        super().__init__(_("The bid is not complete."))
        self.gaps = gaps


def gaps_of(bid: Bid, at: datetime | None = None) -> list[Gap]:
    """Everything that is missing, in the order of the form; [] for a bid that can be submitted."""
    money = commitment_gaps(bid, at or timezone.now())
    files = (Gap(text, url) for text, url in attachment_gaps(bid))
    return [*answer_gaps(bid), *cost_gaps(bid), *partner_gaps(bid), *files, *money]


def answer_gaps(bid: Bid) -> Iterator[Gap]:
    for answer in bid.answers_in_order():
        question = answer.question
        url = reverse("fund:answer_edit", kwargs={"slug": bid.slug, "key": question.key})
        if question.required and not answer.words and not answer.is_cited:
            yield Gap(_("“%(question)s” has no answer.") % {"question": question.label}, url)
        elif answer.words and answer.asks_effect and not answer.effect:
            yield Gap(_("“%(question)s” does not say whether there is an effect.") % {"question": question.label}, url)
        elif answer.words > question.word_limit:
            text = _("The answer to “%(question)s” has %(count)s words; the limit is %(limit)s.")
            yield Gap(text % {"question": question.label, "count": answer.words, "limit": question.word_limit}, url)


def partner_gaps(bid: Bid) -> Iterator[Gap]:
    if not bid.round.consent_required:
        return
    url = reverse("fund:partner_list", kwargs={"slug": bid.slug})
    sentences = {
        Consent.INVITED: _("%(partner)s has not agreed yet."),
        Consent.VOID: _("%(partner)s must agree again: its role or share changed."),
        Consent.DECLINED: _("%(partner)s declined: take it out of the bid, or change its part and ask again."),
    }
    for partner in bid.partners.select_related("organisation"):
        if partner.status in sentences:
            yield Gap(sentences[Consent(partner.status)] % {"partner": partner.organisation.name}, url)


def bid_submit(*, bid: Bid, by: Any, at: datetime | None = None) -> Submission:
    """Freeze the bid as it is and send it. `at` is when the request reached the portal: the deadline is asked of that.

    The row is locked, so of many at once one is sent and the others raise WrongState. Raises Closed or Incomplete;
    then nothing is written.
    """
    at = at or timezone.now()
    made: list[Submission] = []

    def send(row: Bid) -> None:
        demand_in_time(row, at)
        gaps = gaps_of(row, at)
        if gaps:
            raise Incomplete(gaps)
        made.append(submission_make(row, by=by, at=at))
        keep_files(made[0])
        row.latest = made[0]

    with audited(by=by, why="bid submitted"):
        advance(bid, "submit", by=by, also=send)
        translation_begin(made[0], at=at)
        emails.confirm_receipt(made[0])
        problem_store(bid)
    bid.latest = made[0]
    return made[0]


def bid_withdraw(*, bid: Bid, by: Any, why: str = "", at: datetime | None = None) -> Bid:
    """Take a submitted bid back, to change it and send it again before the deadline. Raises Closed."""
    at = at or timezone.now()
    with audited(by=by, why=why or "bid withdrawn"):
        taken = advance(bid, "withdraw", by=by, why=why, also=lambda row: demand_in_time(row, at))
        problem_store(taken)
    return taken


def demand_in_time(bid: Bid, at: datetime) -> None:
    reason = closed_bid(bid, at)
    if reason:
        raise Closed(reason)


def submission_make(bid: Bid, *, by: Any, at: datetime) -> Submission:
    number = bid.submissions.count() + 1
    snapshot = snapshot_of(bid, number=number, by=by, at=at)
    return Submission.objects.create(
        bid=bid,
        number=number,
        stage=bid.stage,
        reference=bid.reference,
        topic=bid.topic,
        title=bid.title,
        language=bid.language,
        amount_pence=bid.amount_pence,
        snapshot=snapshot,
        sha256=digest(snapshot),
        received_at=at,
        by=by,
    )


def snapshot_of(bid: Bid, *, number: int, by: Any, at: datetime) -> dict[str, Any]:
    """The whole bid as plain data, texts in full; people by their id, since names stand outside what is frozen."""
    marks = Confidentiality.objects.filter(answer__bid=bid)
    reasons = dict(marks.values_list("answer", "reason"))
    return {
        "reference": bid.reference,
        "number": number,
        "received_at": at.isoformat(),
        "submitted_by": by.pk,
        "stage": bid.stage,
        "form_version": bid.form_version,
        "round": {"slug": bid.round.slug_en, "year": bid.round.year, **both("name", bid.round)},
        "topic": {"slug": bid.topic.slug_en, **both("name", bid.topic)},
        "title": bid.title,
        "language": bid.language,
        "amount_pence": bid.amount_pence,
        "lead": organisation_of(bid.lead),  # type: ignore[arg-type]  # bid_made_here_has_one_lead
        "partners": [partner_of(partner) for partner in bid.partners.select_related("organisation")],
        "files": files_of(bid),
        "answers": [
            {
                "key": answer.question.key,
                "section": answer.question.section,
                "word_limit": answer.question.word_limit,
                **both("label", answer.question),
                "text": answer.text,
                "effect": answer.effect,
                "words": answer.words,
                "version": answer.version,
                "public": bid.makes_public(answer.question),
                "confidential": reasons.get(answer.pk),
            }
            for answer in bid.answers_in_order()
        ],
        "costs": costs_of(bid),
        "citations": citations_of(bid),
        "commitments": commitments_of(bid),
    }


def both(name: str, thing: Any) -> dict[str, str]:
    return {f"{name}_{language}": getattr(thing, f"{name}_{language}") for language in ("en", "cy")}


def organisation_of(organisation: Organisation) -> dict[str, str]:
    return {"slug": organisation.slug_en, "gss_code": organisation.gss_code, **both("name", organisation)}


def partner_of(partner: Partner) -> dict[str, Any]:
    return {
        **organisation_of(partner.organisation),
        "role": partner.role,
        "share_pence": partner.share_pence,
        "consent": partner.status,
        "decided_at": partner.decided_at.isoformat() if partner.decided_at else None,
    }

"""The letter on a decision: drafted in the language of the bid, edited by the fund manager, sent as a tagged PDF."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override, pgettext

from wlga_portal.kernel.pdf import render_pdf
from wlga_portal.kernel.wording import day, moment, pounds

from .models import Decision, Stage, StageKind
from .states.assessing import Outcome


def draft_letter(decision: Decision) -> str:
    """What the letter says unless it is written otherwise: paragraphs, in the language of the bid."""
    bid = decision.bid
    with override(decision.language):
        words = {
            "title": bid.title,
            "reference": bid.reference,
            "amount": pounds(decision.amount_pence) if decision.amount_pence else "",
            "round": str(bid.round.name),
        }
        thanks = _("Thank you for the bid “%(title)s” (%(reference)s) to %(round)s.") % words
        if decision.outcome == Outcome.INVITE:
            said = [_("We are glad to invite your council and its partners to write a proposal."), until(decision)]
        elif decision.outcome == Outcome.AWARD:
            said = [
                _("We are glad to award %(amount)s to it.") % words,
                _("The award begins when your council has accepted it, and its partners have agreed, in the portal."),
            ]
        else:
            said = [
                _("After it was scored, it was decided not to take it forward in this round."),
                _("Your council may ask in the portal for a review of this decision."),
            ]
        return "\n\n".join([thanks, *(line for line in said if line)])


def until(decision: Decision) -> str:
    """Until when a proposal is written, where the round says it."""
    stage: Stage | None = decision.bid.round.stage(StageKind.PROPOSALS)
    return _("Proposals can be written until %(moment)s.") % {"moment": moment(stage.closes_at)} if stage else ""


def paragraphs(text: str) -> list[dict[str, Any]]:
    return [{"type": "paragraph", "text": part.strip()} for part in text.split("\n\n") if part.strip()]


def letter_pdf(decision: Decision) -> bytes:
    """The letter as tagged PDF (PDF/UA-1) in the language of the bid; one that is not sent yet says so."""
    bid = decision.bid
    with override(decision.language):
        language = decision.language
        blocks = paragraphs(decision.letter)
        if decision.conditions:
            conditions = _("Conditions of the award")
            blocks += [{"type": "heading", "level": 1, "text": conditions}, *paragraphs(decision.conditions)]
        if decision.feedback:
            feedback = pgettext("heading of a letter", "Feedback")
            blocks += [{"type": "heading", "level": 1, "text": feedback}, *paragraphs(decision.feedback)]
        if decision.is_pending:
            blocks.insert(0, {"type": "paragraph", "text": _("Preview: this letter has not been sent.")})
        if bid.is_demo:
            blocks.append({"type": "paragraph", "text": _("Demonstration: this letter is invented.")})
        at = decision.applied_at or timezone.now()
        data = {
            "title": _("Decision on the bid %(reference)s") % {"reference": bid.reference},
            "subtitle": bid.title,
            "author": _("WLGA digital programme"),
            "date": at,
            "meta": [
                (_("Council"), str(bid.lead.name) if bid.lead else ""),
                (_("Round"), str(bid.round.name)),
                (_("Date"), day(at)),
            ],
            "blocks": blocks,
        }
        return render_pdf("document.typ", data, language)

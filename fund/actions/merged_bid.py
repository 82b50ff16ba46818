"""The one bid that is made of two: its texts, its partners with their shares, its costs and what it cites."""

import functools
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from fund import emails, rules
from fund.merging import amount_together, parts_together
from fund.models import Answer, Bid, Merge, MergeConsent, MergeText, Partner, Round, TextChoice
from wlga_portal.kernel.workflow import Refused, advance

from .bids import next_reference

TITLE = "title"  # the key of the title among the texts


def one_bid(merge: Merge, *, by: Any, at: datetime) -> Bid:
    """The bid of both: on the later of the two forms; language and topic are those of the one whose council leads."""
    one_round = Round.objects.select_for_update(no_key=True).get(pk=merge.first.round_id)
    leading = next(bid for bid in merge.bids if bid.lead_id == merge.lead_id)
    chosen = {text.key: text for text in merge.texts.all()}
    reference = next_reference(one_round)
    form_version = max(bid.form_version for bid in merge.bids)
    made = Bid.objects.create(
        round=one_round,
        topic=leading.topic,
        lead=merge.lead,
        reference=reference,
        slug_en=reference.lower(),
        slug_cy=reference.lower(),
        stage=leading.stage,
        form_version=form_version,
        title=text_of(merge, TITLE, chosen)[:160],
        language=leading.language,
        amount_pence=amount_together(merge),
        public_keys=leading.public_keys,
        draft_shown=leading.draft_shown,
        started_by=by,
    )
    for question in one_round.questions.filter(form_version=form_version):
        Answer.objects.create(
            bid=made,
            question=question,
            text=text_of(merge, question.key, chosen),
            effect=effect_of(merge, question.key, chosen),
        )
    partners_together(merge, made, at=at)
    brought_along(merge, made)
    return made


def partners_together(merge: Merge, made: Bid, *, at: datetime) -> None:
    """Everyone but the lead becomes a partner with what it held in both. Who accepted the merge has agreed to that."""
    accepted = {consent.organisation_id: consent for consent in merge.consents.select_related("decided_by")}
    led = {bid.lead_id: bid for bid in merge.bids}
    for order, part in enumerate(parts_together(merge)[1:], start=1):
        roles = list(part.roles)
        if part.organisation.pk in led:
            with override(made.language):
                before = {"reference": led[part.organisation.pk].reference}
                roles.insert(0, _("Led %(reference)s before the merge") % before)
        partner = Partner.objects.create(
            bid=made,
            organisation=part.organisation,
            role="; ".join(roles)[:200],
            share_pence=part.pence,
            order=order,
            invited_at=at,
        )
        consent = accepted.get(part.organisation.pk)
        if consent is not None and rules.partner_decide(consent.decided_by, partner):
            advance(partner, "agree", by=consent.decided_by, also=functools.partial(decided, consent))
        else:
            emails.ask_partner(partner)


def decided(consent: MergeConsent, partner: Partner) -> None:
    partner.decided_at, partner.decided_by = consent.decided_at, consent.decided_by


def brought_along(merge: Merge, made: Bid) -> None:
    """The lines of the costs of both, and what either cites. A line of who has no part in the one bid is the lead's."""
    categories = {one.key: one for one in made.cost_categories()}
    taking = {made.lead_id, *made.partners.values_list("organisation_id", flat=True)}
    cited = set()
    for bid in merge.bids:
        for line in bid.costs.select_related("category"):
            if line.category.key not in categories:
                text = _("%(reference)s has a category of cost that the later form does not have.")
                raise Refused(text % {"reference": bid.reference})
            line.pk, line._state.adding, line.bid = None, True, made
            line.category = categories[line.category.key]
            line.organisation_id = line.organisation_id if line.organisation_id in taking else merge.lead_id
            line.save()
        for citation in bid.citations.all():
            if (key := (citation.source_id, citation.title)) not in cited:
                cited.add(key)
                citation.pk, citation._state.adding, citation.bid = None, True, made
                citation.save()


def text_of(merge: Merge, key: str, chosen: dict[str, MergeText]) -> str:
    """What the one bid says to a question: as chosen, else as the bid whose council leads says, else as the other."""
    sides = {TextChoice.FIRST: merge.first, TextChoice.SECOND: merge.second}
    choice = chosen.get(key)
    if choice is not None and choice.choice == TextChoice.NEW:
        return choice.text
    texts = {side: said(bid).get(key, "") for side, bid in sides.items()}
    if choice is not None:
        return texts[TextChoice(choice.choice)]
    leading, other = sorted(sides, key=lambda side: sides[side].lead_id != merge.lead_id)
    return texts[leading] or texts[other]


def effect_of(merge: Merge, key: str, chosen: dict[str, MergeText]) -> str:
    """Whether there is an effect, of a question that asks it: as the bid whose text was chosen says, else the leading
    one, else the other."""
    sides = {TextChoice.FIRST: merge.first, TextChoice.SECOND: merge.second}
    choice = chosen.get(key)
    first = choice.choice if choice is not None and choice.choice != TextChoice.NEW else ""
    order = sorted(sides, key=lambda side: (side != first, sides[side].lead_id != merge.lead_id))
    effects = (sides[side].answers.filter(question__key=key).values_list("effect", flat=True).first() for side in order)
    return next((effect for effect in effects if effect), "")


def said(bid: Bid) -> dict[str, str]:
    """What a bid says under each key, its title too."""
    return {TITLE: bid.title, **dict(bid.answers.values_list("question__key", "text"))}

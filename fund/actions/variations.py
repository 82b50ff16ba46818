"""Changes of an award: asked for with the shares as they would be, agreed or refused."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from fund.emails import awards as emails
from fund.models import Award, Variation, VariationShare
from fund.states.awards import VariationStatus
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import Refused, advance

from .decisions import budget_left


def shares_after(award: Award, amount_pence: int, stated: Mapping[int, int]) -> dict[int, int]:
    """The shares of an award of this amount, in pence by organisation.

    A partner gets what is stated for it; where nothing is, the same part of the amount as now, in whole pence. The lead
    gets what is left. Raises Refused where nothing would be left to give the partners.
    """
    now = {one.organisation_id: one.amount_pence for one in award.shares.all()}
    lead = award.bid.lead_id or 0
    given = {
        body: stated.get(body, share * amount_pence // award.amount_pence)
        for body, share in now.items()
        if body != lead
    }
    rest = amount_pence - sum(given.values())
    if rest < 0:
        raise Refused(_("The shares of the partners come to more than the amount."))
    return {body: given.get(body, rest) for body in now}


def variation_ask(form: Any, *, award: Award, by: Any, at: datetime | None = None) -> Variation:
    """Ask for a change; what the award and its shares say now is kept beside it. Raises Refused where one is asked for
    already, nothing would change, or the shares do not add up."""
    with audited(by=by, why=form.cleaned_data["reason"]):
        award = award.lock()
        if not award.is_open or award.variations.filter(status=VariationStatus.ASKED).exists():
            raise Refused(_("A change cannot be asked for now."))
        variation: Variation = form.save(commit=False)
        variation.award, variation.asked_by, variation.asked_at = award, by, at or timezone.now()
        variation.old_amount_pence, variation.old_ends_on = award.amount_pence, award.ends_on
        variation.old_conditions = award.conditions
        shares = shares_after(award, variation.new_amount_pence, form.shares)
        moved = any(shares[one.organisation_id] != one.amount_pence for one in award.shares.all())
        if not moved and not changes_of(variation):
            raise Refused(_("Nothing would change."))
        variation.save()
        for one in award.shares.all():
            VariationShare.objects.create(
                variation=variation,
                organisation_id=one.organisation_id,
                old_pence=one.amount_pence,
                new_pence=shares[one.organisation_id],
            )
        emails.tell_managers(award, "fund.variation_asked", why=variation.reason)
    return variation


def changes_of(variation: Variation) -> list[str]:
    """The columns that the change is about."""
    names = ("amount_pence", "ends_on", "conditions")
    return [name for name in names if getattr(variation, f"old_{name}") != getattr(variation, f"new_{name}")]


def variation_answer(*, variation: Variation, event: str, why: str, by: Any) -> Variation:
    """Agree to a change, which then holds, or refuse it. Whoever's share changes is asked to agree to it anew. Raises
    Refused where the budget, the schedule or what is paid does not allow it."""

    def change(row: Variation) -> None:
        if event != "agree":
            return
        award = Award.objects.select_for_update(of=("self",)).get(pk=row.award_id)
        demand_room(award, row.new_amount_pence)
        share_anew(award, row)
        award.amount_pence, award.ends_on, award.conditions = (
            row.new_amount_pence,
            row.new_ends_on,
            row.new_conditions,
        )
        award.save()

    with audited(by=by, why=why or event):
        done = advance(variation, event, by=by, why=why, also=change)
        emails.tell_council(done.award, "fund.variation_answered", why=why)
    return done


def demand_room(award: Award, amount_pence: int) -> None:
    """Raise Refused where the award cannot be of this amount."""
    left = budget_left(award.bid.round)
    if left is not None and amount_pence - award.amount_pence > max(left, 0):
        raise Refused(_("The budget of the round does not allow it."))
    if amount_pence < sum(one.amount_pence for one in award.payments.all()):
        raise Refused(_("More than that is paid already."))
    if amount_pence < sum(one.amount_pence for one in award.instalments.all()):
        raise Refused(_("More than that is planned: change the schedule first."))


def share_anew(award: Award, variation: Variation) -> None:
    """Give each body its share after the change; one whose share changes has not agreed to it yet, and hears of it."""
    asked = {one.organisation_id: one.new_pence for one in variation.shares.all()}
    shares = shares_after(award, variation.new_amount_pence, asked)
    for share in award.shares.all():
        if share.amount_pence != shares[share.organisation_id]:
            share.amount_pence = shares[share.organisation_id]
            share.agreed_at, share.agreed_by = None, None
            share.save()
            emails.share_changed(share)

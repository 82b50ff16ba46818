"""What followed an award of the demonstration: claims, payments, reports, a change that is asked for, learning."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import timezone

from .actions import awards, claims, reports
from .models import Award, Claim, Learning, MonitoringReport, Transaction, Variation, VariationShare

DAY = timedelta(days=1)


def after_award(award: Award, people: Mapping[str, Any]) -> None:
    """A paid claim, one to certify, a report that was sent and one that is due, a change asked for, learning."""
    officer, manager, today = people["officer-torfaen"], people["fund-manager"], timezone.localdate()
    for days, pounds in ((-10, 12_000), (60, 20_000), (150, 18_000)):
        awards.instalment_add(award=award, due_on=today + days * DAY, amount_pence=pounds * 100, by=manager)
    first, second = (
        Claim.objects.create(award=award, number=1, period_from=today - 90 * DAY, period_to=today - 40 * DAY),
        Claim.objects.create(
            award=award, number=2, period_from=today - 39 * DAY, period_to=today - DAY, is_year_end=True
        ),
    )
    for claim, days, what in (
        (first, 50, "Interviews"),
        (first, 45, "Prototype"),
        (second, 20, "Plain English course"),
    ):
        Transaction.objects.create(
            claim=claim,
            paid_on=today - days * DAY,
            supplier="Demonstration supplier",
            description=what,
            amount_pence=6_000_00,
        )
    claims.claim_submit(claim=first, by=officer)
    claims.claim_move(claim=first, event="approve", why="", by=manager)
    claims.claim_pay(claim=first, paid_on=today - 5 * DAY, reference="DEMO-BACS-1", by=manager)
    sent = reports.report_plan(award=award, due_on=today + 3 * DAY, by=manager)
    MonitoringReport.objects.filter(pk=sent.pk).update(
        progress="We tested ten letters with forty people.", benefits="Calls about those letters fell."
    )
    reports.report_submit(report=MonitoringReport.objects.get(pk=sent.pk), by=officer)
    reports.report_plan(award=award, due_on=today + 60 * DAY, by=manager)
    change = Variation.objects.create(
        award=award,
        reason="The second council starts later and does more of the work.",
        old_amount_pence=award.amount_pence,
        new_amount_pence=award.amount_pence,
        new_ends_on=today + 200 * DAY,
        asked_by=officer,
        asked_at=timezone.now(),
    )
    moved = {award.bid.lead_id: -5_000_00}  # the partner does a tenth more of the work
    for share in award.shares.all():
        more = moved.get(share.organisation_id, 5_000_00)
        VariationShare.objects.create(
            variation=change,
            organisation=share.organisation,
            old_pence=share.amount_pence,
            new_pence=share.amount_pence + more,
        )
    Learning.objects.create(
        award=award,
        title_en="Test a letter before you send it",
        title_cy="Profwch lythyr cyn ei anfon",
        summary_en="Five people who read it aloud found nearly every fault.",
        summary_cy="Daeth pump o bobl a’i darllenodd yn uchel o hyd i bron bob bai.",
        published_on=today,
    )
    Learning.objects.create(award=award, title_en="A list of plain words", summary_en="To be translated.")

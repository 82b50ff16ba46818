"""Claims in arrears, payments that the database proves, reports with reminders, the quarterly return."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import ProgrammingError, transaction
from django.utils import timezone

from accounts.roles import Role
from fund.actions import claims, reports
from fund.models import Award, Claim, MonitoringReport, Payment, QuarterlyReturn, ReportReminder, Transaction
from fund.quarters import Quarter, quarter_of, rows_of
from fund.states.awards import CLAIM, REPORT, ClaimStatus, ReportStatus
from fund.tasks_awards import remind_of_reports
from fund.views.reports import neighbours
from tests.factories.fund_awards import (
    AMOUNT,
    ClaimFactory,
    InstalmentFactory,
    MonitoringReportFactory,
    PaymentFactory,
    QuarterlyReturnFactory,
    ReportReminderFactory,
    TransactionFactory,
    accepted,
    approved,
    awarded,
    last_claimed,
)
from wlga_portal.kernel.queue import run_jobs
from wlga_portal.kernel.service_models import Notification, Preference
from wlga_portal.kernel.workflow import NotAllowed, ReasonMissing, Refused, WrongState, advance

from .conftest import url
from .test_awards import lead_of, manager
from .test_constraints import changed, refused

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
LAST = last_claimed()


def parts(name: str, day: date) -> dict[str, Any]:
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}


@pytest.mark.parametrize("status", ClaimStatus.values)
@pytest.mark.parametrize("event", ["submit", "send_back", "approve", "pay"])
def test_a_claim_moves_only_along_the_table(status, event):
    sources = {
        "submit": {"draft", "returned"},
        "send_back": {"submitted"},
        "approve": {"submitted"},
        "pay": {"approved"},
    }
    assert set(CLAIM.transitions) == set(CLAIM.rules) == set(sources)
    claim = ClaimFactory(status=status, award=awarded(partner_pence=None))
    by, other = (lead_of(claim.award), manager()) if event == "submit" else (manager(), lead_of(claim.award))
    with pytest.raises(NotAllowed):
        advance(claim, event, by=other, why="x")
    if status in sources[event]:
        assert advance(claim, event, by=by, why="x").status == CLAIM.transitions[event].target
    else:
        with pytest.raises(WrongState):
            advance(claim, event, by=by, why="x")


@pytest.mark.parametrize("status", ReportStatus.values)
@pytest.mark.parametrize("event", ["submit", "send_back", "accept"])
def test_a_report_moves_only_along_the_table(status, event):
    sources = {"submit": {"due", "returned"}, "send_back": {"submitted"}, "accept": {"submitted"}}
    assert set(REPORT.transitions) == set(REPORT.rules) == set(sources)
    said = {"progress": "Work", "submitted_at": timezone.now()}
    report = MonitoringReportFactory(status=status, award=awarded(partner_pence=None), **said)
    by, other = (lead_of(report.award), manager()) if event == "submit" else (manager(), lead_of(report.award))
    with pytest.raises(NotAllowed):
        advance(report, event, by=other, why="x")
    if status in sources[event]:
        assert advance(report, event, by=by, why="x").status == REPORT.transitions[event].target
    else:
        with pytest.raises(WrongState):
            advance(report, event, by=by, why="x")


def test_a_claim_is_written_in_arrears_with_its_transactions_sent_approved_and_paid(signed_in):
    award = accepted()
    officer, by = signed_in(lead_of(award, Role.OFFICER)), manager()
    start = url("claim_start", slug=award.bid.slug)
    tomorrow = TODAY + timedelta(days=1)
    ahead = parts("period_from", tomorrow) | parts("period_to", tomorrow) | {"is_year_end": "on"}
    assert "its period has ended" in officer.post(start, ahead).content.decode()
    period = parts("period_from", LAST - timedelta(days=59))
    wrong = officer.post(start, period | parts("period_to", LAST - timedelta(days=60))).content.decode()
    assert "The last day comes before the first." in wrong
    officer.post(start, period | parts("period_to", LAST))
    claim = Claim.objects.get()
    page, move = url("claim_page", slug=award.bid.slug, number=1), url("claim_move", slug=award.bid.slug, number=1)
    assert "has no transaction" in officer.post(move, {"event": "submit"}, follow=True).content.decode()
    spent = {"supplier": "A company", "description": "Research", "amount_pence": "1,250.50"}
    early = officer.post(page, spent | parts("paid_on", LAST - timedelta(days=90))).content.decode()
    assert "not paid for in the period" in early
    for _number in range(2):
        officer.post(page, spent | parts("paid_on", LAST - timedelta(days=5)))
    assert claim.amount_pence == 2_501_00
    one = claim.transactions.first()
    officer.post(url("transaction_remove", slug=award.bid.slug, number=1, pk=one.pk))
    assert Claim.objects.get().amount_pence == 1_250_50
    officer.post(move, {"event": "submit"})
    late = url("transaction_remove", slug=award.bid.slug, number=1, pk=Transaction.objects.get().pk)
    assert "nothing in it changes" in officer.post(late, follow=True).content.decode()
    client = signed_in(by)
    assert "Check or pay the claim" in client.get("/en/").content.decode()
    read = client.get(page).content.decode()
    assert read.count('method="post"') == read.count("csrfmiddlewaretoken")
    assert "needs a reason" in client.post(move, {"event": "send_back"}, follow=True).content.decode()
    assert "Choose what to do." in client.post(move, {"event": "pay"}, follow=True).content.decode()
    client.post(move, {"event": "send_back", "why": "Which research?"})
    officer.post(move, {"event": "submit"})
    client.post(move, {"event": "approve"})
    pay = url("claim_pay", slug=award.bid.slug, number=1)
    soon = client.post(pay, parts("paid_on", TODAY + timedelta(days=2)) | {"reference": "BACS 7"}).content.decode()
    assert "has not come yet" in soon
    client.post(pay, parts("paid_on", TODAY) | {"reference": "BACS 7"})
    assert Payment.objects.get().amount_pence == 1_250_50
    shown = officer.get(page).content.decode()
    assert "BACS 7" in shown
    assert "£1,250.50" in officer.get(url("award_page", slug=award.bid.slug)).content.decode()
    kinds = set(Notification.objects.values_list("kind", flat=True))
    assert {"fund.claim_sent", "fund.claim_returned", "fund.claim_paid"} <= kinds


def test_the_claim_at_the_year_end_is_certified_by_the_leads_finance_approver(signed_in):
    claim = TransactionFactory(claim__is_year_end=True).claim
    award, officer = claim.award, lead_of(claim.award, Role.OFFICER)
    finance = lead_of(award, Role.FINANCE)
    with pytest.raises(Refused, match="has not certified"):
        claims.claim_submit(claim=claim, by=officer)
    address = url("claim_certify", slug=award.bid.slug, number=1)
    assert signed_in(officer).get(address).status_code == 403
    client = signed_in(finance)
    assert "Certify the claim" in client.get("/en/").content.decode()
    assert "Enter “Name and post of the section 151 officer”." in client.post(address, {"name": ""}).content.decode()
    client.post(address, {"name": "A Person, section 151 officer"})
    claim.refresh_from_db()
    assert claim.certified_by == finance
    one = claims.transaction_add(Form(paid_on=LAST - timedelta(days=8)), claim=claim, by=officer)
    claim.refresh_from_db()
    assert claim.certified_at is None
    assert one.pk
    claims.claim_certify(claim=claim, name="A Person", by=finance)
    assert claims.claim_submit(claim=claim, by=officer).status == "submitted"
    with pytest.raises(Refused, match="Only the claim at the end of the year"):
        claims.claim_certify(claim=ClaimFactory(), name="x", by=finance)


class Form:
    """A valid form of a transaction."""

    def __init__(self, **values: Any) -> None:
        self.values = {"supplier": "S", "description": "D", "amount_pence": 100, **values}

    def save(self, commit: bool = True) -> Transaction:
        return Transaction(**self.values)


def test_nothing_is_paid_before_everybody_has_agreed():
    award = awarded()
    from fund.actions import awards

    awards.award_accept(award=award, by=lead_of(award))
    claim = approved(award=Award.objects.get(pk=award.pk))
    with pytest.raises(Refused, match="every partner has agreed"):
        claims.claim_pay(claim=claim, paid_on=TODAY, reference="B", by=manager())
    refused("payment_after_all_agreed", lambda: PaymentFactory(claim=claim))
    assert claims.left_of(claim.award) == AMOUNT - claim.amount_pence


def test_a_claim_stays_within_what_is_left_of_the_award():
    claim = TransactionFactory(amount_pence=AMOUNT + 1).claim
    with pytest.raises(Refused, match="more than is left of the award: £10,000"):
        claims.claim_submit(claim=claim, by=lead_of(claim.award, Role.OFFICER))


def test_what_is_paid_is_proven_by_the_database():
    claim = approved()
    refused("payment_of_an_approved_claim", lambda: PaymentFactory(claim=claim, amount_pence=1))
    refused("payment_has_its_reference", lambda: PaymentFactory(claim=claim, reference=""))
    refused("payments_within_the_award", lambda: (shrink(claim), PaymentFactory(claim=claim)))
    PaymentFactory(claim=claim)
    refused("award_covers_what_is_paid", changed(claim.award, amount_pence=1))
    with pytest.raises(ProgrammingError), transaction.atomic():
        Payment.objects.update(amount_pence=1)
    refused("transaction_of_an_open_claim", changed(claim.transactions.get(), amount_pence=1))
    refused("transaction_of_an_open_claim", claim.transactions.get().delete)
    draft = TransactionFactory().claim
    one = draft.transactions.get()
    refused("transaction_above_nothing", changed(one, amount_pence=0))
    refused("transaction_says_what_for", changed(one, supplier=""))
    refused("claim_status_known", changed(draft, status="lost"))
    before = draft.period_from - timedelta(days=1)
    apart = {"period_from": before, "period_to": before}
    refused("claim_numbered_once", lambda: ClaimFactory(award=draft.award, **apart))
    touching = {"period_from": before, "period_to": draft.period_from}
    refused("claim_periods_apart", lambda: ClaimFactory(award=draft.award, number=2, **touching))
    refused("claim_period_in_order", changed(draft, period_to=draft.period_from - timedelta(days=1)))
    april = date(TODAY.year, 4, 1)
    across = {"period_from": april - timedelta(days=1), "period_to": april}
    refused("claim_within_a_financial_year", changed(draft, **across))
    ends = {"period_from": april - timedelta(days=31), "period_to": april - timedelta(days=1)}
    refused("claim_to_the_end_of_march_is_the_year_end", changed(draft, **ends))
    changed(draft, **ends, is_year_end=True)()
    changed(draft, period_from=april, period_to=date(TODAY.year + 1, 3, 30), is_year_end=False)()
    refused("claim_certified_when_and_by_whom", changed(draft, certified_as="Somebody"))
    refused("claim_at_the_year_end_is_certified", changed(claim, is_year_end=True))


def test_a_day_is_claimed_for_once_and_a_period_can_be_changed_until_the_claim_is_sent(signed_in):
    one = TransactionFactory()
    claim, award, slug = one.claim, one.claim.award, one.claim.award.bid.slug
    officer, start = signed_in(lead_of(award, Role.OFFICER)), url("claim_start", slug=slug)
    last, before = parts("period_to", claim.period_from), claim.period_from - timedelta(days=20)
    page = officer.post(start, parts("period_from", before) | last).content.decode()
    taken = "Claim 1 is for some of these days already"
    assert taken in page
    assert officer.post(start, parts("period_from", before) | parts("period_to", before)).status_code == 302
    second = url("claim_period", slug=slug, number=2)
    assert taken in officer.post(second, parts("period_from", before) | last).content.decode()
    first = url("claim_period", slug=slug, number=1)
    assert first in officer.get(claim.get_absolute_url()).content.decode()
    late = parts("period_from", one.paid_on + timedelta(days=1)) | parts("period_to", claim.period_to)
    assert "not paid for in that period" in officer.post(first, late).content.decode()
    claims.claim_certify(claim=claim_at_year_end(claim), name="A Person", by=lead_of(award, Role.FINANCE))
    shorter = parts("period_from", one.paid_on) | parts("period_to", claim.period_to)
    assert officer.post(first, shorter).status_code == 302
    claim.refresh_from_db()
    assert (claim.period_from, claim.certified_at, claim.is_year_end) == (one.paid_on, None, False)
    Claim.objects.filter(pk=claim.pk).update(status="submitted")
    assert "nothing in it changes" in officer.post(first, shorter).content.decode()


def claim_at_year_end(claim: Claim) -> Claim:
    Claim.objects.filter(pk=claim.pk).update(is_year_end=True)
    return Claim.objects.select_related("award__bid").get(pk=claim.pk)


def shrink(claim: Claim) -> None:
    """An award of less than its claim: the shares are not asked before the transaction ends."""
    Award.objects.filter(pk=claim.award_id).update(amount_pence=1)


def test_a_report_is_saved_half_done_sent_returned_and_accepted(signed_in):
    award = accepted(partner_pence=None)
    client, by = signed_in(manager()), manager()
    day = TODAY + timedelta(days=20)
    client.post(url("report_plan", slug=award.bid.slug), parts("due_on", day))
    again = client.post(url("report_plan", slug=award.bid.slug), parts("due_on", day)).content.decode()
    assert "due on that day already" in again
    report = MonitoringReport.objects.get()
    officer, address = signed_in(lead_of(award, Role.OFFICER)), url("report_page", slug=award.bid.slug, pk=report.pk)
    assert "Write the report on" in officer.get("/en/").content.decode()
    page = officer.post(address, {"version": "1", "benefits": "Fewer calls", "send": "1"}).content.decode()
    assert "does not say what was done" in page
    report.refresh_from_db()
    officer.post(address, {"version": report.version, "benefits": "Fewer calls", "progress": "Built it"})
    report.refresh_from_db()
    assert (report.status, report.benefits) == ("due", "Fewer calls")
    clash = {"version": "1", "benefits": "None", "progress": "Other"}
    assert officer.post(address, clash).status_code == 409
    officer.post(address, {"version": report.version, "benefits": "Fewer", "progress": "Built it", "send": "1"})
    report.refresh_from_db()
    assert report.status == "submitted"
    move = url("report_move", slug=award.bid.slug, pk=report.pk)
    read = client.get(address).content.decode()
    assert "Accept the report" in read
    assert read.count('method="post"') == read.count("csrfmiddlewaretoken")  # every form can be sent
    assert "Choose what to do." in client.post(move, {"event": "x"}, follow=True).content.decode()
    with pytest.raises(ReasonMissing):
        reports.report_move(report=report, event="send_back", why="", by=by)
    client.post(move, {"event": "send_back", "why": "How many calls?"})
    assert Notification.objects.filter(kind="fund.report_returned").count() == 2  # both officers, once
    report.refresh_from_db()
    officer.post(address, {"version": report.version, "benefits": "10", "progress": "Built it", "send": "1"})
    client.post(move, {"event": "accept"})
    report.refresh_from_db()
    assert report.status == "accepted"
    assert "Built it" in officer.get(address).content.decode()


def test_reminders_go_before_and_after_the_day_each_once():
    report = MonitoringReportFactory(due_on=TODAY + timedelta(days=20))
    lead_of(report.award, Role.OFFICER)
    sent = []
    for ahead in range(30):
        for one, days in reports.due_reminders(TODAY + timedelta(days=ahead)):
            reports.report_remind(report=one, days=days)
            sent.append((ahead, days))
    assert sent == [(6, -14), (17, -3), (21, 1), (27, 7)]
    assert Notification.objects.filter(kind="fund.report_due").count() == 4
    assert Notification.objects.filter(kind="fund.report_late").count() == 4
    reports.report_remind(report=report, days=7)
    assert ReportReminder.objects.count() == 4
    soon = MonitoringReportFactory(due_on=TODAY + timedelta(days=2))
    remind_of_reports(timestamp=0)
    assert soon.reminders.get().days == -3


def test_who_owes_several_reports_gets_them_in_one_mail_and_may_want_none(mailoutbox):
    award = accepted(partner_pence=None)
    officer = award.bid.started_by
    for days in (0, 1):
        MonitoringReportFactory(award=award, due_on=TODAY + timedelta(days=13 + days))
    remind_of_reports(timestamp=0)
    told = Notification.objects.filter(user=officer, kind="fund.report_due")
    assert set(told.values_list("delivery", "urgent")) == {("daily", False)}
    assert told.count() == 2
    run_jobs()
    assert not [mail for mail in mailoutbox if "is due on" in mail.subject]
    Preference.objects.create(user=officer, group="fund", delivery="none")
    MonitoringReportFactory(award=award, due_on=TODAY + timedelta(days=2))
    remind_of_reports(timestamp=0)
    assert set(told.order_by("-pk")[:1].values_list("delivery", flat=True)) == {"none"}


def test_the_quarters_begin_in_april():
    assert quarter_of(date(2026, 3, 31)) == Quarter(2025, 4)
    assert quarter_of(date(2026, 4, 1)) == Quarter(2026, 1)
    assert (Quarter(2025, 4).first, Quarter(2025, 4).last) == (date(2026, 1, 1), date(2026, 3, 31))
    assert Quarter(2026, 3).last == date(2026, 12, 31)
    assert neighbours(Quarter(2026, 1)) == (Quarter(2025, 4), Quarter(2026, 2))
    assert neighbours(Quarter(2026, 4)) == (Quarter(2026, 3), Quarter(2027, 1))


def test_the_return_counts_what_was_awarded_paid_and_planned_and_is_kept_as_sent(signed_in):
    award = PaymentFactory().award
    here = quarter_of(TODAY)
    InstalmentFactory(award=award, due_on=neighbours(here)[1].first, amount_pence=3_000_00)
    assert [
        (row["awarded_pence"], row["paid_in_quarter_pence"], row["planned_next_pence"], row["left_pence"])
        for row in rows_of(here, demonstration=False)
    ] == [(AMOUNT, 1_000_00, 3_000_00, AMOUNT - 1_000_00)]
    assert rows_of(Quarter(2020, 1), demonstration=False) == []
    assert rows_of(here, demonstration=True) == []
    client = signed_in(manager())
    address = url("return_page", year=here.year, quarter=here.number)
    assert award.bid.reference in client.get(url("return_now")).content.decode()
    client.post(address)
    kept = QuarterlyReturn.objects.get()
    assert kept.content == rows_of(here, demonstration=False)
    assert kept.sha256 in client.get(address).content.decode()
    for kind, start in (("csv", "text/csv"), ("xlsx", "application/vnd")):
        assert client.get(address, {"format": kind}).headers["Content-Type"].startswith(start)
    assert client.get(url("return_page", year=2026, quarter=7)).status_code == 404
    assert signed_in(lead_of(award)).get(address).status_code == 403


def test_reports_and_returns_keep_their_invariants():
    report = MonitoringReportFactory()
    refused("report_status_known", changed(report, status="lost", progress="x", submitted_at=timezone.now()))
    refused("report_one_a_day", lambda: MonitoringReportFactory(award=report.award))
    refused("report_sent_says_what_was_done", changed(report, status="submitted"))
    reminder = ReportReminderFactory(report=report)
    refused("report_reminded_once", lambda: ReportReminderFactory(report=reminder.report))
    refused("return_quarter_from_1_to_4", lambda: QuarterlyReturnFactory(quarter=5))
    refused("return_has_its_hash", lambda: QuarterlyReturnFactory(sha256="x"))


def test_the_award_page_costs_the_same_at_one_claim_and_at_ten(signed_in, django_assert_max_num_queries):
    award, counts = accepted(), []
    client = signed_in(manager())
    address = url("award_page", slug=award.bid.slug)
    client.get(address)  # which models there are is asked once
    for numbers in ((1,), range(2, 11)):
        for number in numbers:
            TransactionFactory(claim=ClaimFactory(award=award, number=number))
            MonitoringReportFactory(award=award, due_on=TODAY + timedelta(days=number))
        with django_assert_max_num_queries(25) as asked:
            client.get(address)
        counts.append(len(asked))
    assert counts[0] == counts[1]

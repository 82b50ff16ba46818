"""Who opens which page of an award, and who sends its forms; sums that hold when two write at once."""

import threading
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection
from django.utils import timezone

from accounts.roles import Role
from fund.models import Award, Claim, Payment
from fund.urls_awards import urlpatterns
from tests.factories.fund_assessing import closed_round
from tests.factories.fund_awards import (
    AMOUNT,
    ClaimFactory,
    InstalmentFactory,
    LearningFactory,
    MonitoringReportFactory,
    TransactionFactory,
    VariationFactory,
    accepted,
    awarded,
)
from tests.factories.people import person
from wlga_portal.kernel.workflow import Refused

from .conftest import url

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
POSTED = {
    "award_close",
    "share_agree",
    "instalment_remove",
    "claim_move",
    "transaction_remove",
    "report_move",
    "export_start",
}


@pytest.mark.usefixtures("unrendered")
def test_each_page_of_an_award_is_for_whom_it_is(signed_in):
    award = accepted()
    share = award.shares.exclude(organisation=award.bid.lead).get()
    claim = ClaimFactory(award=award)
    here = {"slug": award.bid.slug}
    numbered = here | {"number": claim.number}
    people = {
        "anonymous": None,
        "nobody": person(),
        "stranger": person(Role.OFFICER),
        "strange_lead": person(Role.DIGITAL_LEAD),
        "assessor": person(Role.ASSESSOR),
        "team": person(Role.TEAM),
        "officer": person(Role.OFFICER, organisation=award.bid.lead),
        "lead": person(Role.DIGITAL_LEAD, organisation=award.bid.lead),
        "finance": person(Role.FINANCE, organisation=award.bid.lead),
        "partner": person(Role.OFFICER, organisation=share.organisation),
        "partner_lead": person(Role.DIGITAL_LEAD, organisation=share.organisation),
        "manager": person(Role.FUND_MANAGER),
        "invented": person(Role.FUND_MANAGER, demo_slug="invented"),
    }
    signing, writing = {"lead", "finance"}, {"officer", "lead", "finance"}
    partners, manager = {"partner", "partner_lead"}, {"manager"}
    seeing = writing | partners | manager | {"invented"}
    everybody, managers = set(people) - {"anonymous"}, {"manager", "invented"}
    public = ({}, set(people), set())
    table = {
        "award_list": public, "award_figures": public, "award_data": public, "award_table": public,
        "learning_list": public,
        "council_money": ({"slug": award.bid.lead.slug_en}, set(people), set()),
        "award_shown": (here, set(people), set()),
        "export_start": ({}, managers, everybody),
        "award_own": ({}, everybody, set()),
        "reports_ask": ({}, managers, everybody),
        "councils_remind": ({}, managers, everybody),
        "claims_pay": ({}, managers, everybody),
        "award_timeline": (here, seeing, set()),
        "return_now": ({}, managers, everybody),
        "return_page": ({"year": 2026, "quarter": 1}, managers, everybody),
        "award_page": (here, seeing, set()),
        "award_answer": (here, signing, seeing),
        "award_project": (here, manager, seeing),
        "award_close": (here, manager, seeing),
        "share_agree": (here | {"pk": share.pk}, {"partner_lead"}, seeing),
        "instalment_add": (here, manager, seeing),
        "instalment_remove": (here | {"pk": InstalmentFactory(award=award).pk}, manager, seeing),
        "variation_ask": (here, writing, seeing),
        "variation_page": (here | {"pk": VariationFactory(award=award).pk}, seeing, set()),
        "learning_add": (here, writing, seeing),
        "learning_edit": (here | {"pk": LearningFactory(award=award).pk}, writing | manager, seeing),
        "claim_start": (here, writing, seeing),
        "claim_page": (numbered, seeing, set()),
        "claim_period": (numbered, writing, seeing),
        "claim_move": (numbered, seeing, set()),  # who may do what: the rules of the workflow
        "claim_certify": (numbered, {"finance"}, seeing),
        "claim_pay": (numbered, manager, seeing),
        "transaction_remove": (numbered | {"pk": TransactionFactory(claim=claim).pk}, writing, seeing),
        "report_plan": (here, manager, seeing),
        "report_page": (here | {"pk": MonitoringReportFactory(award=award).pk}, seeing, set()),
        "report_move": (here | {"pk": award.reports.get().pk}, manager, seeing),
    }  # fmt: skip
    assert set(table) == {pattern.name for pattern in urlpatterns}
    for who, user in people.items():
        client = signed_in(user)
        for name, (parts, may, known) in table.items():
            if who in may and name in POSTED:
                continue  # what they do is tested where it is done
            status = (client.post if name in POSTED else client.get)(url(name, **parts)).status_code
            if who in may:
                wanted = 200
            elif user is None:
                wanted = 302
            else:
                wanted = 403 if who in known else 404
            assert status == wanted, (who, name, status)


def test_a_council_that_only_reads_its_share_cannot_reach_another_awards_rows(signed_in):
    award, other = accepted(), accepted()
    report, share = MonitoringReportFactory(award=other), other.shares.first()
    client = signed_in(person(Role.FINANCE, organisation=award.bid.lead))
    for name, parts in (("report_page", {"pk": report.pk}), ("share_agree", {"pk": share.pk})):
        for slug in (award.bid.slug, other.bid.slug):
            assert client.post(url(name, slug=slug, **parts)).status_code == 404


def at_once(*works):
    """Run these at the same moment, each on its own connection; gives what each of them ended with."""
    barrier, ended = threading.Barrier(len(works)), []

    def run(work):
        barrier.wait()
        try:
            work()
        except (IntegrityError, Refused) as error:
            ended.append(type(error))
        else:
            ended.append(None)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return ended


@pytest.mark.django_db(transaction=True)
def test_sums_hold_when_several_write_at_once():
    one_round = closed_round(stage="panel", budget_pence=2 * AMOUNT)
    award, other = accepted(one_round=one_round, partner_pence=None), awarded(one_round=one_round, partner_pence=None)
    by = person(Role.FUND_MANAGER)
    claims = []
    for number in range(1, 5):
        claim = ClaimFactory(award=award, number=number)
        TransactionFactory(claim=claim, amount_pence=4_000_00)
        Claim.objects.filter(pk=claim.pk).update(status="approved")
        claims.append(claim)

    def pay(claim):
        from fund.actions.claims import claim_pay

        def work():
            row = Claim.objects.select_related("award__bid__round").get(pk=claim.pk)
            claim_pay(claim=row, paid_on=TODAY, reference=f"B{claim.number}", by=by)

        return work

    ended = at_once(*(pay(claim) for claim in claims))
    assert ended.count(None) == 2
    assert sum(Payment.objects.values_list("amount_pence", flat=True)) == 8_000_00
    assert Claim.objects.filter(status="paid").count() == 2

    def raised(row):
        return lambda: Award.objects.filter(pk=row.pk).update(ends_on=TODAY + timedelta(days=9), amount_pence=AMOUNT)

    Award.objects.filter(pk=other.pk).update(status="turned_down")
    one_round.budget_pence = AMOUNT
    one_round.save()
    taken_up = lambda: Award.objects.filter(pk=other.pk).update(status="offered")  # noqa: E731  a work of one line
    more = lambda: type(one_round).objects.filter(pk=one_round.pk).update(budget_pence=AMOUNT - 1)  # noqa: E731  likewise
    assert at_once(taken_up, more, raised(award)).count(IntegrityError) == 2
    assert one_round.awarded_pence == AMOUNT

"""Costs: by year, category, organisation, revenue or capital; match funding apart; totals that are their rows."""

from datetime import date

import pytest

from accounts.roles import Role
from fund import actions
from fund.costs import financial_year, totals_of, years_of
from fund.models import Bid, CostLine, StageKind
from tests.factories.bidding import CostLineFactory
from tests.factories.fund import CostCategoryFactory, PartnerFactory, StageFactory, draft, open_round
from tests.factories.people import person

from .conftest import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def bid() -> Bid:
    one_round = open_round()
    CostCategoryFactory(round=one_round, key="staff", name_en="Staff", name_cy="Staff (cy)")
    return draft(person(Role.OFFICER), one_round)


def posted(bid: Bid, **changes: object) -> dict[str, object]:
    category = bid.round.cost_categories.get()
    given = {
        "category": category.pk,
        "organisation": bid.lead_id,
        "year": "2026-27",
        "kind": "revenue",
        "funding": "fund",
        "note": "A developer",
        "amount_pence": "12,500.50",
    }
    return given | changes


def test_a_cost_is_added_in_pounds_and_the_amount_asked_for_follows(signed_in, bid):
    client, address = signed_in(bid.started_by), url("cost_list", slug=bid.slug)
    assert client.post(address, posted(bid)).headers["Location"] == address
    client.post(address, posted(bid, year="2027-28", kind="capital", note="Servers", amount_pence="2,000"))
    client.post(address, posted(bid, funding="match", note="Own staff", amount_pence="500"))
    assert Bid.objects.get(pk=bid.pk).amount_pence == 1_450_050
    page = client.get(address).content.decode()
    for figure in ("£12,500.50", "£14,500.50", "£500", "£15,000.50", "2027-28"):
        assert figure in page, figure
    details = client.get(url("details_edit", slug=bid.slug)).content.decode()
    assert "amount_pence" not in details


def test_a_cost_is_changed_with_its_version_and_taken_out(signed_in, bid):
    line = CostLineFactory(bid=bid, category=bid.round.cost_categories.get(), note="Old")
    client, address = signed_in(bid.started_by), url("cost_edit", slug=bid.slug, pk=line.pk)
    client.post(address, posted(bid, version="1", note="New", amount_pence="10"))
    line.refresh_from_db()
    assert (line.note, line.amount_pence, line.version) == ("New", 1000, 2)
    clash = client.post(address, posted(bid, version="1", note="Other", amount_pence="10"))
    assert clash.status_code == 409
    assert "New" in clash.content.decode()
    client.post(url("cost_remove", slug=bid.slug, pk=line.pk))
    assert not CostLine.objects.exists()
    assert Bid.objects.get(pk=bid.pk).amount_pence is None


@pytest.mark.parametrize("amount", ["0", "-5", "many", ""])
def test_an_amount_that_is_none_gets_a_sentence(signed_in, bid, amount):
    page = signed_in(bid.started_by).post(url("cost_list", slug=bid.slug), posted(bid, amount_pence=amount))
    assert "There is a problem" in page.content.decode()
    assert not CostLine.objects.exists()


def test_only_who_takes_part_has_costs_and_only_years_from_the_rounds_own(signed_in, bid):
    stranger = PartnerFactory().organisation
    for wrong in ({"organisation": stranger.pk}, {"year": "2025-26"}, {"year": "2031-32"}):
        signed_in(bid.started_by).post(url("cost_list", slug=bid.slug), posted(bid, **wrong))
    assert not CostLine.objects.exists()


def test_the_totals_are_the_sums_of_their_rows(bid):
    category = bid.round.cost_categories.get()
    partner = PartnerFactory(bid=bid).organisation
    own = {"bid": bid, "category": category}
    lines = [
        CostLineFactory(**own, amount_pence=100),
        CostLineFactory(**own, amount_pence=30, year="2027-28", kind="capital"),
        CostLineFactory(**own, amount_pence=7, organisation=partner, funding="match"),
    ]
    totals = totals_of(lines)
    assert (totals.fund, totals.match, totals.total, totals.years) == (130, 7, 137, ["2026-27", "2027-28"])
    assert [(str(name), cells, total) for name, cells, total in totals.by_category] == [("Staff", [100, 30], 130)]
    assert [row[1:] for row in totals.by_kind] == [([100, 0], 100), ([0, 30], 30)]
    assert [row[2] for row in totals.by_organisation] == [130, 7]
    for table in (totals.by_category, totals.by_kind):
        assert sum(total for _name, _cells, total in table) == totals.fund


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 3, 31), "2025-26"), (date(2026, 4, 1), "2026-27"), (date(2099, 12, 1), "2099-00")],
)
def test_the_financial_year_begins_in_april(day, year):
    assert financial_year(day) == year


def test_a_bid_plans_five_years_from_that_of_its_round():
    assert years_of("2026-27") == ["2026-27", "2027-28", "2028-29", "2029-30", "2030-31"]


def proposal(bid: Bid) -> Bid:
    StageFactory(round=bid.round, kind=StageKind.PROPOSALS)
    Bid.objects.filter(pk=bid.pk).update(stage=StageKind.PROPOSALS)
    return Bid.objects.get(pk=bid.pk)


def texts(bid: Bid) -> list[str]:
    return [gap.text for gap in actions.gaps_of(bid)]


def test_a_proposal_without_costs_or_whose_match_is_not_the_share_has_a_gap(bid):
    partner = PartnerFactory(bid=bid, share_pence=5_000_00)
    Bid.objects.get(pk=bid.pk)
    bid.round.consent_required = False
    bid.round.save()
    assert "No costs are given that the fund is to pay." not in texts(Bid.objects.get(pk=bid.pk))
    bid = proposal(bid)
    name = partner.organisation.name
    assert texts(bid)[:2] == [
        "No costs are given that the fund is to pay.",
        f"The match funding of {name} in the costs is £0, but its share is £5,000.",
    ]
    category = bid.round.cost_categories.get()
    CostLineFactory(bid=bid, category=category)
    CostLineFactory(
        bid=bid, category=category, organisation=partner.organisation, funding="match", amount_pence=5_000_00
    )
    assert texts(bid) == [f"{name} has not committed its share of money."]
    partner.delete()
    assert texts(bid) == [f"There are costs of {name}, which is not in the bid."]


def test_costs_stand_in_the_snapshot_and_are_closed_once_it_is_sent(signed_in, bid):
    CostLineFactory(bid=bid, category=bid.round.cost_categories.get(), note="A developer")
    sent = actions.bid_submit(bid=bid, by=bid.started_by)
    [line] = sent.snapshot["costs"]
    assert (line["note"], line["amount_pence"], line["year"], line["category_cy"]) == (
        "A developer", 30_000_00, "2026-27", "Staff (cy)",
    )  # fmt: skip
    client = signed_in(bid.started_by)
    assert "£30,000" in client.get(url("submission_page", slug=bid.slug, number=1)).content.decode()
    client.post(url("cost_list", slug=bid.slug), posted(bid))
    client.post(url("cost_remove", slug=bid.slug, pk=bid.costs.get().pk))
    page = client.post(url("cost_edit", slug=bid.slug, pk=bid.costs.get().pk), posted(bid, version="1")).content
    assert "withdraw it first" in page.decode()
    assert bid.costs.count() == 1

"""The facts of the fund, as they are loaded."""

import datetime
from pathlib import Path

import pytest
import yaml

from fund import loading
from fund.models import Bid, Fund, Partner, Round, StatedProcess, Topic
from fund.states import BidStatus, Consent
from tests.factories.fund import facts_with_bodies
from wlga_portal.kernel.history import event_model, history_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts() -> dict:
    given = facts_with_bodies()
    loading.load(given)
    return given


def test_the_round_has_its_budget_in_pence_and_its_topics_in_both_languages(facts):
    one_round = Round.objects.get()
    assert one_round.budget_pence == 100_000_000
    assert (one_round.year, one_round.is_historic, one_round.is_demo) == ("2022-23", True, False)
    assert one_round.source_date == datetime.date(2022, 10, 28)
    assert one_round.stages.count() == 0
    assert [(topic.name.en, topic.name.cy) for topic in one_round.topics.all()] == [
        ("Digital Skills", "Sgiliau Digidol"),
        ("Digital Inclusion", "Cynhwysiant Digidol"),
        ("Independent Living", "Byw'n Annibynnol"),
        ("Modernising Services", "Moderneiddio Gwasanaethau"),
    ]


def test_the_fund_says_whose_it_was_and_since_when(facts):
    fund = Fund.objects.get()
    assert (fund.created_year, fund.name.cy) == (2018, "Cronfa Trawsnewid Digidol")
    assert fund.previous_manager.en == "Welsh Government's Local Government Transformation team"


def test_five_bids_progressed_without_lead_amount_title_or_consent(facts):
    bids = Bid.objects.order_by("order")
    assert [(bid.status, bid.lead, bid.amount_pence, bid.title, bid.is_historic) for bid in bids] == [
        (BidStatus.PROGRESSED, None, None, "", True)
    ] * 5
    assert set(Partner.objects.values_list("status", flat=True)) == {Consent.UNKNOWN}


def test_only_the_second_bid_has_an_inferred_topic(facts):
    inferred = Bid.objects.filter(topic_inferred=True)
    assert [bid.slug_en for bid in inferred] == ["shared-e-learning"]


def test_the_councils_of_a_bid_come_in_the_order_of_the_source_and_possible_partners_are_marked(facts):
    bid = Bid.objects.get(slug_en="digital-exclusion-evidence-gwent")
    partners = bid.partners.select_related("organisation")
    assert [partner.organisation.slug_en for partner in partners if not partner.possible] == [
        "torfaen", "monmouthshire", "blaenau-gwent", "caerphilly", "newport", "shared-resource-service",
    ]  # fmt: skip
    assert [partner.organisation.slug_en for partner in partners if partner.possible] == [
        "gwent-police", "aneurin-bevan", "regional-public-services-board",
    ]  # fmt: skip


def test_how_the_round_ran_keeps_its_own_source(facts):
    process = StatedProcess.objects.get()
    assert (process.statements_received, process.statements_expected, process.interest_window_weeks) == (18, 6, 2)
    assert (process.sift_hours, process.shortlisted, process.to_panel) == (4, 6, 5)
    assert "localgovernmentdigital.wales" in process.source.en
    assert process.source.en != Round.objects.get().source.en


def test_loading_twice_changes_nothing(facts):
    events = event_model(Bid).objects.count()
    loading.load(facts)
    assert (Bid.objects.count(), Topic.objects.count(), Round.objects.count(), Partner.objects.count()) == (5, 4, 1, 22)
    assert event_model(Bid).objects.count() == events


def test_a_changed_fact_is_recorded_with_its_reason(facts):
    facts["fund"]["bids"][0]["problem"]["en"] = "Another wording."
    loading.load(facts)
    last = history_of(Bid.objects.get(slug_en="shared-digital-skills"))[0]
    assert last.why == "facts of the programme"
    assert "problem_en" in {change.name for change in last.fields}


def test_the_facts_name_only_bodies_that_are_known():
    folder = Path(__file__).resolve().parents[2] / "programme/facts"
    known = {line.split(",")[1] for line in (folder / "councils.csv").read_text("utf-8").splitlines()[1:]}
    bodies = yaml.safe_load((folder / "organisations.yaml").read_text("utf-8"))["organisations"]
    known |= {body["slug_en"] for body in bodies}
    bids = yaml.safe_load((folder / "fund.yaml").read_text("utf-8"))["bids"]
    kinds = ("councils", "other_partners", "possible_partners")
    assert {slug for bid in bids for kind in kinds for slug in bid[kind]} <= known

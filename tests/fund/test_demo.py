"""The demonstration round."""

from datetime import date, timedelta

import pytest
import time_machine
import yaml
from django.utils import timezone

from accounts.roles import Role
from fund import demo, loading
from fund.models import Bid, Partner, Round, Submission
from organisations.models import Organisation
from tests.factories.fund import FACTS, facts_with_bodies
from tests.factories.people import CouncilFactory, person

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> tuple[dict, dict]:
    loading.load(facts_with_bodies())
    people = {}
    for slug in ("torfaen", "cardiff"):
        council = Organisation.objects.filter(slug_en=slug).first() or CouncilFactory(
            slug_en=slug, slug_cy=f"{slug}-cy"
        )
        people[f"officer-{slug}"] = person(Role.OFFICER, organisation=council)
        people[f"lead-{slug}"] = person(Role.DIGITAL_LEAD, organisation=council)
    return yaml.safe_load((FACTS / "demo.yaml").read_text("utf-8")), people


def test_the_demonstration_has_an_open_round_and_bids_in_three_states(world):
    demo.load_demo(*world)
    one_round = Round.objects.get(is_demo=True)
    assert one_round.open_stage().kind == "statements"
    assert [stage.kind for stage in one_round.stages.all()] == [
        "statements", "interest", "sift", "proposals", "panel", "decision",
    ]  # fmt: skip
    bids = Bid.objects.filter(round=one_round).order_by("reference")
    assert [(bid.reference, bid.status) for bid in bids] == [
        ("DEMO-001", "draft"),
        ("DEMO-002", "submitted"),
        ("DEMO-003", "withdrawn"),
    ]
    assert all(submission.is_whole for submission in Submission.objects.all())
    assert all(one.bid.started_at < one.received_at for one in Submission.objects.select_related("bid"))
    assert set(Partner.objects.filter(bid__round=one_round).values_list("status", flat=True)) == {"invited", "agreed"}
    assert not Bid.objects.public().filter(round=one_round).exists()


def test_what_people_write_around_the_bids_is_there_too_and_only_once(world, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    facts, people = world
    people["fund-manager"] = person(Role.FUND_MANAGER)
    for _twice in range(2):
        demo.load_demo(facts, people)
    bid = Bid.objects.get(reference="DEMO-001")
    assert sorted(bid.attachments.values_list("scan", flat=True)) == ["clean", "waiting"]
    assert bid.amount_pence == 27_500_00  # the costs that the fund is asked for; match funding apart
    assert bid.costs.filter(funding="match").count() == 1
    assert sorted(comment.writer for comment in bid.comments.all()) == sorted(
        [str(people["officer-torfaen"]), "Sam of the contact centre"]
    )
    assert bid.citations.get().source.is_historic
    assert bid.answers.exclude(confidentiality=None).get().question.key == "who-is-affected"
    assert bid.answers.exclude(assignment=None).get().question.key == "evidence"
    sent = Bid.objects.get(reference="DEMO-002")
    assert sent.addenda.get().language == "cy"
    assert sent.writing_stage.closes_at - sent.round.stage("statements").closes_at == timedelta(days=1)
    assert sorted(Round.objects.get(reference_stem="DEMO").enquiries.values_list("status", flat=True)) == [
        "answered", "asked",
    ]  # fmt: skip


def test_loading_it_again_adds_nothing_and_keeps_what_people_wrote(world):
    demo.load_demo(*world)
    Bid.objects.filter(reference="DEMO-001").update(title="Mine")
    before = list(Round.objects.get(is_demo=True).stages.values_list("kind", "closes_at"))
    demo.load_demo(*world)
    assert Bid.objects.filter(round__is_demo=True).count() == 3
    assert Bid.objects.get(reference="DEMO-001").title == "Mine"
    assert list(Round.objects.get(is_demo=True).stages.values_list("kind", "closes_at")) == before


def test_a_demonstration_round_that_has_closed_is_moved_forward(world):
    demo.load_demo(*world)
    with time_machine.travel(timezone.now() + timedelta(days=40), tick=False):
        assert Round.objects.get(is_demo=True).open_stage() is None
        demo.load_demo(*world)
        assert Round.objects.get(is_demo=True).open_stage().kind == "statements"


def test_the_demonstration_comes_after_the_programme():
    with pytest.raises(LookupError, match="the facts of the programme are loaded before"):
        demo.load_demo(yaml.safe_load((FACTS / "demo.yaml").read_text("utf-8")), {})


@pytest.mark.parametrize(
    ("day", "year"),
    [(date(2026, 3, 31), "2025-26"), (date(2026, 4, 1), "2026-27"), (date(2099, 12, 1), "2099-00")],
)
def test_the_financial_year_begins_in_april(day, year):
    assert demo.financial_year(day) == year

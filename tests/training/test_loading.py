"""The facts and the demonstration, loaded."""

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
import yaml
from django.utils import timezone

from tests.factories.people import BodyFactory, CouncilFactory, MembershipFactory, UserFactory
from training.counting import count
from training.demo import load_demo
from training.demo_maturity import OTHERS
from training.loading import as_day, load
from training.models import Approval, Booking, Course, Learner, LearnerNeeds, Session, StatedTotal, Stream
from training.states import BookingStatus
from training.years import Year
from wlga_portal.kernel.history import event_model

pytestmark = pytest.mark.django_db
FACTS = Path(__file__).resolve().parents[2] / "programme/facts"


@pytest.fixture
def facts():
    found = {name: yaml.safe_load((FACTS / f"{name}.yaml").read_text("utf-8")) for name in ("training", "demo")}
    load(found)
    return found


@pytest.fixture
def people(facts):
    """The demonstration people and the councils that the demonstration of training names."""
    slugs = {learner["organisation"] for learner in facts["demo"]["training"]["learners"]} | set(OTHERS)
    places = {slug: CouncilFactory(slug_en=slug, slug_cy=f"{slug}-cy") for slug in slugs}
    places["wlga"] = BodyFactory(slug_en="wlga")
    found = {}
    for one in facts["demo"]["people"]:
        found[one["slug"]] = UserFactory(email=one["email"], name=one["name"], demo_slug=one["slug"])
        if one["organisation"] in places:
            for role in one["roles"]:
                MembershipFactory(user=found[one["slug"]], role=role, organisation=places[one["organisation"]])
    return found


def test_the_five_named_streams_are_there(facts):
    assert list(Stream.objects.order_by("pk").values_list("title_en", "slug_cy")) == [
        ("User experience design", "dylunio-profiad-y-defnyddiwr"),
        ("Content design", "dylunio-cynnwys"),
        ("Designing good services", "dylunio-gwasanaethau-da"),
        ("User-focused user research", "ymchwil-defnyddwyr"),
        ("Writing for the web", "ysgrifennu-ar-gyfer-y-we"),
    ]


def test_the_stated_totals_say_what_the_source_says_and_no_more(facts):
    totals = StatedTotal.objects.values_list("plan_year", "kind", "target", "value", "over", "outcome")
    assert list(totals) == [
        ("2021-22", "officers_trained", 250, None, None, "met"),
        ("2021-22", "learning_opportunities", None, None, 400, ""),
    ]
    assert not Course.objects.exists()


def test_loading_the_facts_again_changes_nothing(facts):
    before = {model: event_model(model).objects.count() for model in (Stream, StatedTotal)}
    load(facts)
    assert {model: event_model(model).objects.count() for model in before} == before


def test_a_day_in_quotes_is_read_too():
    assert as_day("2022-10-28") == as_day(yaml.safe_load("2022-10-28"))


def test_the_demonstration_is_marked_and_in_no_figure(facts, people):
    load_demo(facts["demo"], people)
    assert set(Course.objects.values_list("is_demo", flat=True)) == {True}
    years = [Year.current(), Year(Year.current().first - 1)]
    assert sum(count(year).opportunities for year in years) == 0
    assert sum(count(year, demonstration=True).opportunities for year in years) == 2


def test_the_demonstration_has_a_full_session_with_a_queue_and_a_closed_register(facts, people):
    load_demo(facts["demo"], people)
    full = Session.objects.with_places().get(reference="demo-service-1")
    past = Session.objects.get(reference="demo-pages-1")
    assert (full.taken, full.waiting, full.places_left, past.status) == (2, 2, 0, "closed")
    assert Session.objects.get(reference="demo-residents-0").status == "open"
    assert Learner.objects.get(user=people["officer-torfaen"]).name == ""


def test_loading_the_demonstration_again_adds_nothing(facts, people):
    load_demo(facts["demo"], people)
    before = [model.objects.count() for model in (Course, Session, Learner, Booking)]
    load_demo(facts["demo"], people)
    assert [model.objects.count() for model in (Course, Session, Learner, Booking)] == before


def test_a_demonstration_session_whose_day_passed_is_moved_forward(facts, people):
    load_demo(facts["demo"], people)
    with time_machine.travel(timezone.now() + timedelta(days=60), tick=False):
        load_demo(facts["demo"], people)
        assert Session.objects.coming().count() == 9
        assert Booking.objects.filter(status=BookingStatus.WAITING).count() == 3


def test_the_demonstration_shows_an_offer_a_request_parts_kept_places_and_needs(facts, people):
    load_demo(facts["demo"], people)
    own = Booking.objects.of(people["officer-torfaen"])
    assert {"offered", "requested"} <= set(own.values_list("status", flat=True))
    session = Session.objects.get(reference="demo-journeys-1")
    assert (len(session.several_parts), session.minimum) == (2, 6)
    assert sum(kept.places for kept in session.kept_places.all()) == 4
    assert LearnerNeeds.objects.count() == 1
    assert Course.objects.filter(approval=Approval.COUNCIL, cost_pence=4500).count() == 1

"""The pictures of the front page: counted from what is real and public, with a sentence, a table and a file each."""

import csv
import io
from datetime import date

import pytest
from django.test import Client
from django.utils.translation import override

from programme import pictures
from programme.plan_timeline import PlanLane, PlanTimeline
from projects.models import DeliveryPlan
from tests.factories.projects import DeliverableFactory, DeliveryPlanFactory, MilestoneFactory, PlanProjectFactory
from tests.factories.training import StatedTotalFactory

pytestmark = pytest.mark.django_db


def lines(path: str) -> list[list[str]]:
    answer = Client().get(path)
    assert answer.status_code == 200
    return list(csv.reader(io.StringIO(answer.content.decode().removeprefix("\ufeff"))))


def test_the_plans_are_drawn_with_their_days_projects_and_promises():
    plan = DeliveryPlanFactory(year="2025-26", starts=date(2025, 4, 1), ends=date(2026, 3, 31))
    listed = PlanProjectFactory(plan=plan)
    MilestoneFactory(project=listed.project, baseline=date(2025, 9, 1), forecast=date(2025, 9, 1))
    MilestoneFactory(project=listed.project, baseline=date(2029, 9, 1), forecast=date(2029, 9, 1))  # beyond the plan
    MilestoneFactory(
        project=listed.project, baseline=date(2025, 10, 1), forecast=date(2025, 10, 1), dropped_on=date(2025, 6, 1)
    )
    DeliverableFactory(plan=plan, outcome="met")
    DeliverableFactory(plan=plan, outcome="not_met")
    DeliveryPlanFactory(year="2026-27", starts=date(2026, 4, 1), ends=date(2027, 3, 31))
    DeliveryPlanFactory(is_demo=True)
    timeline = pictures.plans_over_time()
    assert timeline is not None
    first, second = timeline.plans
    assert (first.projects, first.promised, first.met, list(first.milestones)) == (1, 2, 1, [date(2025, 9, 1)])
    assert (second.projects, second.promised) == (0, 0)
    rows = lines("/en/data/pictures/plans.csv")
    assert rows[1][1:] == ["2025-04-01", "2026-03-31", "1", "2", "1"]
    assert rows[2][1:] == ["2026-04-01", "2027-03-31", "0", "", ""]


def test_without_a_plan_there_is_no_timeline_and_no_file_of_it():
    assert not DeliveryPlan.objects.exists()
    assert pictures.plans_over_time() is None
    assert Client().get("/en/data/pictures/plans.csv").status_code == 404
    assert Client().get("/en/data/pictures/secrets.csv").status_code == 404
    assert Client().get("/en/").status_code == 200


@pytest.mark.parametrize(
    ("language", "sentence"),
    [
        ("en", "2 delivery plans. The latest, “Plan B”, runs to 31 March 2027 and lists 3 projects."),
        (
            "cy",
            "2 gynllun cyflawni. Mae’r diweddaraf, “Plan B”, yn para tan 31 Mawrth 2027 ac yn rhestru 3 phrosiect.",
        ),
    ],
)
def test_the_timeline_says_in_a_sentence_what_it_shows(language, sentence):
    plans = [
        PlanLane("Plan A", "/a/", date(2025, 4, 1), date(2026, 3, 31), 1, 0, 0),
        PlanLane("Plan B", "/b/", date(2026, 4, 1), date(2027, 3, 31), 3, 0, 0, [date(2026, 5, 1)]),
    ]
    timeline = PlanTimeline(plans, [date(2026, 6, 1), date(2031, 1, 1)], date(2026, 11, 23))
    with override(language):
        assert timeline.sentence == sentence
        drawn = timeline.svg
    assert drawn.count("<circle") == 1  # the meeting far beyond the plans is not drawn
    assert drawn.count("<path") == 1
    assert "stroke-dasharray" in drawn
    assert timeline.x(date(2025, 4, 1)) < timeline.x(date(2026, 4, 1)) < timeline.x(date(2027, 3, 31)) <= 98.5
    assert "stroke-dasharray" not in PlanTimeline(plans, [], date(2040, 1, 1)).svg


def test_what_a_source_states_no_more_of_than_that_it_was_passed_reads_so():
    StatedTotalFactory(plan_year="2021-22", kind="learning_opportunities", value=None, over=400)
    StatedTotalFactory(plan_year="2021-22", kind="officers_trained", value=None, over=None)
    chart = pictures.training_by_year()
    assert chart.sentence == "Learning opportunities, 2021-22: over 400."
    assert chart.rows == [("2021-22", ["not published", "over 400"])]
    assert lines("/en/data/pictures/training.csv")[1] == ["2021-22", "", "400"]


@pytest.mark.usefixtures("loaded")
class TestLoaded:
    def test_each_council_has_the_published_bids_in_which_it_takes_part(self):
        found = {tile.name.en: tile.value for tile in pictures.bids_by_council().tiles}
        assert len(found) == 22
        assert (found["Blaenau Gwent"], found["Torfaen"], found["Cardiff"]) == (3, 2, 0)
        assert dict(pictures.bids_by_topic().csv_rows())["Digital Skills"] == 2

    @pytest.mark.parametrize(("language", "heading"), [("en", "in pictures"), ("cy", "mewn lluniau")])
    def test_the_front_page_shows_them_all(self, language, heading):
        shown = Client().get(f"/{language}/").content.decode()
        assert heading in shown
        assert all(f'id="{name}"' in shown for name in ("bids-map", "plan-timeline"))
        assert shown.count("portal-figure") == 4

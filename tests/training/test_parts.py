"""The parts of the figures: by stream, council, region, month and role, with targets, forecast, map, charts and CSV."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from accounts.roles import Role
from organisations.models import Region
from tests.factories.people import BodyFactory, CouncilFactory, person
from tests.factories.training import (
    BookingFactory,
    CourseFactory,
    DoubleFactory,
    LearnerFactory,
    SessionFactory,
    TargetFactory,
    close_register,
    held,
    officer,
    team_member,
)
from tests.training.pages import attended_by, get, post, signed_in, text
from training.counting import Count, figures
from training.figures import hidden
from training.forecast import forecast
from training.models import Kind, Target
from training.states import BookingStatus, SessionStatus
from training.years import Year

pytestmark = pytest.mark.django_db
THIS = Year(2025)


def session_on(*when: int, **fields):
    return SessionFactory(status=SessionStatus.HELD, starts_at=datetime(*when, tzinfo=UTC), capacity=50, **fields)


def came(session, number: int = 1, **fields):
    return [BookingFactory(session=session, status=BookingStatus.ATTENDED, **fields) for _number in range(number)]


def table(user, by: str, query: str = "?year=2025-26") -> list[list[str]]:
    answer = get(user, "counting_csv", query=query, by=by)
    return [line.split(",") for line in answer.content.decode("utf-8-sig").split("\r\n")[1:] if line]


def test_one_query_counts_the_whole_and_all_its_parts(django_assert_num_queries):
    north, south = (CouncilFactory(region=region) for region in (Region.NORTH, Region.SOUTH_EAST))
    learner = LearnerFactory()
    june, march = session_on(2025, 6, 1, 10), session_on(2026, 3, 31, 22, 30)
    came(june, learner=learner, organisation=north)
    came(march, learner=learner, organisation=south)
    came(june, standing="member", organisation=south)
    with django_assert_num_queries(1):
        found = figures(THIS)
    assert found.whole == Count(opportunities=3, officers=1, councillors=1)
    assert {key: part.opportunities for key, part in found.stream.items()} == {
        june.course.stream_id: 2,
        march.course.stream_id: 1,
    }
    assert {key: part.officers for key, part in found.council.items()} == {north.pk: 1, south.pk: 1}
    assert {key: part.opportunities for key, part in found.region.items()} == {"north": 1, "south-east": 2}
    assert {f"{key:%Y-%m}": part.opportunities for key, part in found.month.items()} == {"2025-06": 2, "2026-03": 1}
    assert {key: part.opportunities for key, part in found.role.items()} == {"staff": 2, "member": 1}


def test_a_year_without_rows_counts_nothing():
    assert figures(THIS).whole == Count()


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ({"a": 9, "b": 8, "c": 3}, {"c", "b"}),
        ({"a": 9, "c": 3, "d": 2}, {"c", "d"}),
        ({"a": 9, "b": 8}, set()),
        ({"c": 3}, {"c"}),
    ],
)
def test_a_single_small_figure_takes_the_next_smallest_with_it(sizes, expected):
    parts = {key: Count(size, size) for key, size in sizes.items()}
    assert hidden(parts, {}) == expected


def test_small_figures_are_hidden_within_their_region():
    parts = {"a": Count(9, 9), "b": Count(3, 3), "c": Count(7, 7)}
    assert hidden(parts, {"a": "north", "b": "south", "c": "north"}) == {"b"}


def test_the_page_hides_what_could_be_worked_out_and_the_team_sees_it():
    region = {"region": Region.NORTH}
    for name, number in (("Aber", 3), ("Bryn", 6), ("Cwm", 9)):
        came(session_on(2025, 6, 1, 10), number, organisation=CouncilFactory(name_en=name, name_cy=name, **region))
    assert table(None, "council") == [["Aber", "", "", ""], ["Bryn", "", "", ""], ["Cwm", "9", "9", "9"]]
    assert table(team_member(), "council")[0] == ["Aber", "3", "3", "3"]
    page = text(get(None, "counting", query="?year=2025-26"))
    assert page.count("too few to be shown") == 2


def test_each_table_is_data_too():
    council, body = CouncilFactory(region=Region.MID), BodyFactory()
    course = CourseFactory(stream__title_en="Pages", stream__title_cy="Tudalennau")
    session = session_on(2025, 6, 1, 10, course=course)
    double = DoubleFactory()
    came(session, learner=double.first, organisation=council)
    came(session, learner=double.second, organisation=council)
    came(session, 5, organisation=council)
    came(session, 6, organisation=body, standing="partner")
    assert table(None, "stream") == [["Pages", "13", "6", "7"]]
    assert table(None, "region") == [["Mid Wales", "7", "6", "7"], ["Outside the councils", "6", "0", "0"]]
    months = {row[0]: row[1:] for row in table(None, "month")}
    assert (months["June 2025"], months["May 2025"], len(months)) == (["13", "6", "7"], ["0", "0", "0"], 12)
    assert table(None, "role") == [
        ["Council staff", "7", "6", "7"],
        ["Councillor", "0", "0", "0"],
        ["Staff of a partner body", "6", "6", "6"],
    ]
    assert get(None, "counting_csv", by="nonsense").status_code == 404


def test_each_number_opens_to_its_rows_for_those_who_may(council):
    session = session_on(2025, 6, 1, 10)
    came(session, 6, organisation=council)
    team = team_member()
    page = get(team, "counting", query="?year=2025-26").content.decode()
    links = set(re.findall(r'href="(/en/training/bookings/\?[^"]+)"', page))
    assert len(links) > 5
    client = signed_in(team)
    for link in links:
        said = text(client.get(link.replace("&amp;", "&")))
        expected = "6 bookings" if not re.search("month=(?!2025-06)|standing=(member|partner)", link) else "0 bookings"
        assert expected in said, link
    anonymous = get(None, "counting", query="?year=2025-26").content.decode()
    assert "/en/training/bookings/?" not in anonymous
    assert 'href="#how"' in anonymous
    assert 'id="how"' in anonymous


def test_the_page_draws_a_map_and_charts_with_their_tables():
    council = CouncilFactory(tile_column=3, tile_row=3, tile_en="ABE", tile_cy="ABE")
    came(session_on(2025, 6, 1, 10), 6, organisation=council)
    page = get(None, "counting", query="?year=2025-26").content.decode()
    assert 'class="portal-tile-map"' in page
    assert page.count("<figure") == 3
    assert "how-it-is-counted/council.csv?year=2025-26" in page


def test_targets_stand_beside_what_is_counted():
    TargetFactory(plan_year="2025-26", value=300)
    TargetFactory(plan_year="2025-26", kind=Kind.OPPORTUNITIES, value=400)
    TargetFactory(plan_year="2025-26", value=1, is_demo=True)
    came(session_on(2025, 6, 1, 10), 2)
    said = text(get(None, "counting", query="?year=2025-26"))
    assert "2 of 300" in said
    assert "2 of 400" in said
    assert "On the way to the target" in said


def test_the_forecast_is_what_is_booked_at_the_rate_of_the_last_twelve_months():
    year = Year.current()
    session = held(capacity=10)
    known = [booking.learner for booking in came(session, 3)]
    BookingFactory(session=session, status=BookingStatus.ABSENT)
    close_register(session)
    soon = SessionFactory(starts_at=timezone.now() + timedelta(hours=1))
    BookingFactory(session=soon, learner=known[0])
    BookingFactory.create_batch(3, session=soon)
    BookingFactory(session=soon, status=BookingStatus.WAITING)
    found = forecast(year, figures(year).whole, demonstration=False)
    assert found is not None
    assert (found.percent, found.booked, found.opportunities, found.officers) == (75, 4, 6, 5)
    said = text(get(None, "counting"))
    assert "Forecast of officers trained 5" in said
    assert "(75%)" in said


def test_the_forecast_counts_those_anew_who_came_to_too_small_a_part():
    session = held(course=CourseFactory(counts_from_percent=50), capacity=10)
    whole, tenth = (came(session, attended_percent=percent)[0].learner for percent in (None, 10))
    close_register(session)
    soon = SessionFactory(starts_at=timezone.now() + timedelta(hours=1))
    for learner in (whole, tenth):
        BookingFactory(session=soon, learner=learner)
    year = Year.current()
    found = forecast(year, figures(year).whole, demonstration=False)
    assert found is not None
    assert (found.percent, found.booked, found.opportunities, found.officers) == (100, 2, 3, 2)


def test_there_is_no_forecast_of_another_year_or_without_experience():
    attended_by(1)
    assert forecast(Year(2020), Count(), demonstration=False) is None
    assert forecast(Year.current(), Count(), demonstration=True) is None


def test_the_team_sets_targets():
    team = team_member()
    data = {"plan_year": str(Year.current()), "kind": Kind.OFFICERS, "value": "300", "source_en": "A plan"}
    assert "Enter “" in text(post(team, "target_create", data))
    data["source_cy"] = "Cynllun"
    assert post(team, "target_create", data).status_code == 302
    target = Target.objects.get()
    assert "This year has a target of this kind already." in text(post(team, "target_create", data))
    assert post(team, "target_edit", data | {"value": "310"}, pk=target.pk).status_code == 302
    assert "310" in text(get(team, "target_list"))
    assert get(team, "target_edit", pk=target.pk).status_code == 200
    for user in (officer(), person(Role.COORDINATOR), person(Role.TRAINER)):
        for name, parts in (("target_list", {}), ("target_create", {}), ("target_edit", {"pk": target.pk})):
            assert get(user, name, **parts).status_code == 403
    assert get(None, "target_list").status_code == 302


def test_figures_of_the_demonstration_are_there_in_demonstration_mode_alone(settings):
    settings.DEMO = False
    assert get(None, "demonstration_csv", by="stream").status_code == 404
    settings.DEMO = True
    session = session_on(2025, 6, 1, 10, course=CourseFactory(is_demo=True))
    came(session, 6)
    answer = get(None, "demonstration_csv", query="?year=2025-26", by="role")
    assert "Council staff,6,6,6" in answer.content.decode()


def test_the_page_costs_a_constant_number_of_queries(django_assert_max_num_queries):
    session = session_on(2025, 6, 1, 10)
    for _number in range(30):
        came(session)
    client = signed_in(None)
    with django_assert_max_num_queries(12):
        client.get("/en/training/how-it-is-counted/?year=2025-26")

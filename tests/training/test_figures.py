"""The front page and the figures, with where each number leads."""

import pytest
from django.urls import reverse

from tests.factories.training import (
    BookingFactory,
    CourseFactory,
    StatedTotalFactory,
    held,
    officer,
    team_member,
)
from tests.training.pages import attended_by, get, text
from training.models import Kind
from training.states import BookingStatus
from training.years import Year

pytestmark = pytest.mark.django_db


def test_the_front_shows_the_count_and_beside_it_what_is_stated():
    StatedTotalFactory(target=250, outcome="met")
    StatedTotalFactory(kind=Kind.OPPORTUNITIES, over=400)
    attended_by(2)
    said = text(get(None, "front"))
    assert "2 Officers trained" in said
    assert "2 Learning opportunities" in said
    assert "not published Officers trained 2021-22, stated: the target of 250 was met" in said
    assert "over 400 Learning opportunities 2021-22, stated, not counted here" in said


def test_a_figure_leads_to_its_rows_for_those_who_may_and_to_how_it_is_counted_for_all(council):
    attended_by(1, organisation=council)
    rows = f'href="{reverse("training:booking_list")}?year={Year.current()}'
    counted = f'href="{reverse("training:counting")}"'
    for user, may in ((None, False), (officer(council), False), (team_member(), True)):
        page = get(user, "front").content.decode()
        assert (rows in page, counted in page) == (may, True)


def test_each_number_of_a_part_opens_to_its_rows_for_those_who_may(council):
    attended_by(5, organisation=council)
    rows = f"{reverse('training:booking_list')}?year={Year.current()}&amp;counted=on"
    people = f'<a class="govuk-link portal-target" href="{rows}&amp;standing=staff&amp;organisation={council.pk}">5</a>'
    taken = f'<a class="govuk-link portal-target" href="{rows}&amp;organisation={council.pk}">5</a>'
    seen_by_team, seen_by_all = (get(user, "counting").content.decode() for user in (team_member(), None))
    assert (people in seen_by_team, taken in seen_by_team) == (True, True)
    assert (people in seen_by_all, taken in seen_by_all) == (False, False)


def test_the_rows_behind_the_officers_are_as_many_people():
    attended_by(3)
    query = f"?year={Year.current()}&counted=on&standing=staff"
    said = text(get(team_member(), "booking_list", query=query))
    assert "3 bookings" in said
    assert "of 3 different people" in said


def test_the_counting_page_shows_the_query_itself():
    page = text(get(None, "counting"))
    assert "count(*) AS learning_opportunities" in page
    assert "Nothing to count in this year" in page


def test_the_counting_page_hides_small_groups_of_a_council_but_from_the_team(council):
    attended_by(4, organisation=council)
    said = text(get(None, "counting"))
    assert "too few to be shown" in said
    assert "too few to be shown" not in text(get(team_member(), "counting"))
    attended_by(1, organisation=council)
    assert "too few to be shown" not in text(get(None, "counting"))


def test_the_counting_page_shows_any_year_and_the_current_one_for_nonsense():
    StatedTotalFactory(target=250, outcome="met")
    assert "Stated totals of this year" in text(get(None, "counting", query="?year=2021-22"))
    assert "Stated totals of this year" not in text(get(None, "counting", query="?year=2021-99"))


def test_the_demonstration_has_figures_of_its_own(settings):
    settings.DEMO = True
    session = held(course=CourseFactory(is_demo=True))
    BookingFactory(session=session, status=BookingStatus.ATTENDED)
    assert "1 Officers trained" in text(get(None, "demonstration"))
    assert "0 Officers trained" in text(get(None, "counting"))
    assert "courses=demonstration" in get(team_member(), "demonstration").content.decode()

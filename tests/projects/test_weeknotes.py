"""Weeknotes: a draft in both languages made from the public updates of one week, and of no other."""

from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.utils import timezone

from accounts.roles import Role
from projects.models import Post
from projects.weeknotes import monday, weeknotes_make, weeks
from tests.factories.people import person
from tests.factories.projects import ConfirmationFactory, MilestoneFactory, ProjectFactory, StatusUpdateFactory
from wlga_portal.kernel.workflow import NotAllowed, Refused

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PAGE = "/en/projects/working-in-the-open/weeknotes/"
MONDAY = date(2026, 11, 16)


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


@pytest.fixture
def week():
    """A week with an update, one that took its place, a correction, a confirmation and a milestone."""
    maps = ProjectFactory(title_en="Maps *now*", title_cy="Mapiau", slug_en="maps", slug_cy="mapiau")
    StatusUpdateFactory(project=maps, for_date=MONDAY, reason_en="First.", reason_cy="Yn gyntaf.")
    wrong = StatusUpdateFactory(project=maps, for_date=date(2026, 11, 22), reason_en="Wrong.")
    StatusUpdateFactory(
        project=maps,
        for_date=date(2026, 11, 22),
        confidence="amber",
        reason_en="[Late].",
        reason_cy="Hwyr.",
        text_en="One line.\n\nTwo lines.",
        text_cy="Un.\nDwy.",
        internal="A secret",
        corrects=wrong,
    )
    quiet = StatusUpdateFactory(
        project=ProjectFactory(title_en="Quiet", title_cy="Tawel"), for_date=MONDAY - timedelta(days=1)
    )
    ConfirmationFactory(update=quiet, for_date=MONDAY)
    MilestoneFactory(project=ProjectFactory(title_en="Forms"), title_en="Report out", actual=date(2026, 11, 18))
    StatusUpdateFactory(for_date=MONDAY + timedelta(days=7), reason_en="Next week.")
    return MONDAY


def test_the_draft_tells_the_week_in_both_languages_and_nothing_internal(week):
    writer = person(Role.TEAM)
    post = weeknotes_make(week + timedelta(days=2), by=writer)
    assert (post.week, post.status, post.title_en) == (week, "draft", "Weeknotes: the week from 16 November 2026")
    assert post.title_cy == "Nodiadau wythnosol: yr wythnos o 16 Tachwedd 2026"
    assert post.summary_en == "What 3 projects did this week."
    assert post.body_en == (
        "## [Maps \\*now\\*](/en/projects/maps/)\n\nDelivery confidence: Amber. \\[Late\\].\n\nOne line.\n\n"
        "Two lines.\n\n## Milestones reached\n\n- [Forms]("
        f"/en/projects/{post.projects.get(title_en='Forms').slug_en}/): Report out, 18 November 2026\n\n"
        "## No change, still true\n\n- [Quiet]"
        f"(/en/projects/{post.projects.get(title_en='Quiet').slug_en}/)"
    )
    assert post.body_cy.startswith("## [Mapiau](/cy/prosiectau/mapiau/)\n\nHyder cyflawni: Oren. Hwyr.")
    assert set(post.projects.values_list("title_en", flat=True)) == {"Maps *now*", "Quiet", "Forms"}
    assert post.authors.get() == writer


def test_the_page_offers_the_weeks_that_have_something_to_tell(client, week, time_machine):
    time_machine.move_to("2026-11-24T10:00:00Z")
    client.force_login(person(Role.TEAM), backend=BACKEND)
    page = text_of(client.get(PAGE))
    assert "16 November 2026 to 22 November 2026" in page
    assert "1 project said something new" in page
    assert "1 project without change" in page
    assert "1 milestone reached" in page
    answer = client.post(PAGE, {"week": "2026-11-16"}, follow=True)
    assert "The weeknotes are drafted: read them, add to them, then publish." in text_of(answer)
    assert "[Late]." in text_of(answer)
    page = text_of(client.get(PAGE))
    assert "Weeknotes: the week from 16 November 2026</a>" in page
    again = client.post(PAGE, {"week": "2026-11-16"}, follow=True)
    assert "The weeknotes of that week are made already." in text_of(again)
    assert "Nothing was said of any project in that week." in text_of(
        client.post(PAGE, {"week": "2025-01-01"}, follow=True)
    )
    assert "Choose a week." in text_of(client.post(PAGE, {"week": "soon"}, follow=True))
    assert Post.objects.count() == 1


def test_the_demonstrations_weeks_stand_apart_and_in_its_mode_alone(client, settings):
    today = timezone.localdate()
    StatusUpdateFactory(project=ProjectFactory(is_demo=True), for_date=today)
    client.force_login(person(Role.TEAM), backend=BACKEND)
    settings.DEMO = False
    assert "Nothing was said of any project in the last eight weeks." in text_of(client.get(PAGE))
    client.post(PAGE, {"week": today.isoformat(), "demonstration": "on"})
    assert not Post.objects.exists()
    settings.DEMO = True
    assert "Of the demonstration’s projects" in text_of(client.get(PAGE))
    client.post(PAGE, {"week": today.isoformat(), "demonstration": "on"})
    post = Post.objects.get()
    assert (post.is_demo, post.week) == (True, monday(today))


def test_only_the_team_makes_weeknotes(week):
    with pytest.raises(NotAllowed):
        weeknotes_make(week, by=person(Role.OFFICER))
    with pytest.raises(Refused):
        weeknotes_make(date(2020, 1, 1), by=person(Role.TEAM))
    assert not Post.objects.exists()


def test_the_weeks_cost_the_same_however_many_projects(week, django_assert_num_queries):
    with django_assert_num_queries(4):
        assert len(weeks(today=date(2026, 11, 24))) == 3
    for _number in range(29):
        StatusUpdateFactory(for_date=MONDAY)
    with django_assert_num_queries(4):
        weeks(today=date(2026, 11, 24))

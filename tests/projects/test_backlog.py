"""The backlog: what waits and until when, the decisions of a meeting, and what was decided before."""

from datetime import date, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.translation import override

from accounts.roles import Role
from projects import actions
from projects.actions import Decided
from projects.models import BacklogReview, Project
from projects.panels import backlog_to_review
from projects.querysets import in_backlog
from tests.factories.people import person
from tests.factories.projects import BacklogReviewFactory, ProjectFactory
from wlga_portal.kernel.models import StatusChange
from wlga_portal.kernel.workflow import NotAllowed, Refused

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
REVIEW = "/en/projects/backlog/review/"
WHY = ("No people are free.", "Nid oes pobl ar gael.")
NO_MEETING = ("", "")


def text_of(response: Any) -> str:
    assert response.status_code == 200
    return unescape(response.content.decode())


def soon(days: int = 60) -> date:
    return timezone.localdate() + timedelta(days=days)


def parts(prefix: str, day: date) -> dict[str, str]:
    """A day as its three inputs send it."""
    return {f"{prefix}_day": str(day.day), f"{prefix}_month": str(day.month), f"{prefix}_year": str(day.year)}


def test_the_decisions_of_a_meeting_are_recorded_and_move_what_leaves():
    keep, start, drop = (ProjectFactory(status="backlog") for _number in range(3))
    user, day = person(Role.HEAD_OF_DELIVERY), timezone.localdate()
    decided = [
        Decided(keep, "keep", WHY, soon()),
        Decided(start, "start", ("Torfaen asked.", "Gofynnodd Torfaen.")),
        Decided(drop, "drop", ("Nobody needs it.", "Nid oes ar neb ei angen.")),
    ]
    actions.backlog_decide(decided, meeting=("Delivery meeting", "Cyfarfod cyflawni"), decided_on=day, by=user)
    assert [Project.objects.get(pk=one.pk).status for one in (keep, start, drop)] == ["backlog", "active", "closed"]
    assert StatusChange.of(drop).get().why == "Nobody needs it. / Nid oes ar neb ei angen."
    review = BacklogReview.objects.get(project=keep)
    assert (review.review_on, review.by, review.meeting.cy) == (soon(), user, "Cyfarfod cyflawni")
    assert in_backlog(Project.objects.all()).get().review_on == soon()


def test_all_decisions_are_recorded_or_none():
    keep, gone = ProjectFactory(status="backlog"), ProjectFactory(status="active")
    decided = [Decided(keep, "keep", WHY, soon()), Decided(gone, "start", WHY)]
    with pytest.raises(Refused, match="no longer in the backlog"):
        actions.backlog_decide(
            decided, meeting=NO_MEETING, decided_on=timezone.localdate(), by=person(Role.HEAD_OF_DELIVERY)
        )
    team = person(Role.TEAM)
    with pytest.raises(NotAllowed):  # to drop is to close
        actions.backlog_decide(
            [Decided(keep, "drop", WHY)], meeting=NO_MEETING, decided_on=timezone.localdate(), by=team
        )
    with pytest.raises(NotAllowed):
        actions.backlog_decide([], meeting=NO_MEETING, decided_on=timezone.localdate(), by=person(Role.OFFICER))
    with pytest.raises(NotAllowed):
        actions.backlog_date(keep, soon(), by=person(Role.OFFICER))
    with pytest.raises(Refused, match="no longer in the backlog"):
        actions.backlog_date(gone, soon(), by=team)
    assert not BacklogReview.objects.exists()
    assert Project.objects.get(pk=keep.pk).status == "backlog"


def test_the_list_shows_what_is_to_be_looked_at_first_and_what_was_decided(client, settings):
    settings.DEMO = True
    image = ProjectFactory(title_en="Image Library", status="backlog")
    trade = ProjectFactory(title_en="Commercialisation", status="backlog")
    fresh = ProjectFactory(title_en="Not yet dated", status="backlog")
    ProjectFactory(title_en="Invented", status="backlog", is_demo=True)
    BacklogReviewFactory(project=image, review_on=date(2026, 10, 1), reason_en="It may move to beta.")
    BacklogReviewFactory(project=trade, review_on=soon())
    assert list(in_backlog(Project.objects.real())) == [fresh, image, trade]
    text = text_of(client.get("/en/projects/backlog/"))
    for part in ("No day of review yet", "Overdue", "It may move to beta.", "Keep in the backlog", "3 projects"):
        assert part in text
    assert text.index("Not yet dated") < text.index("Image Library") < text.index("Commercialisation")
    assert ("Invented" in text, "Record the decisions" in text) == (False, False)
    assert "Invented" in text_of(client.get("/en/projects/backlog/", {"world": "demo"}))
    assert "Yr ôl-groniad" in text_of(client.get("/cy/prosiectau/ol-groniad/"))


def test_the_list_costs_the_same_for_one_and_for_thirty(client):
    counts = []
    for number in (1, 29):
        for _one in range(number):
            BacklogReviewFactory()
        client.get("/en/projects/backlog/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/en/projects/backlog/")
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 12


def test_a_project_tells_its_reviews_to_all_and_names_to_the_team(client):
    project = ProjectFactory(status="backlog")
    BacklogReviewFactory(
        project=project, by=person(Role.TEAM, name="Lowri Writer"), meeting_en="The meeting", meeting_cy="Y cyfarfod"
    )
    text = text_of(client.get(f"/en/projects/{project.slug_en}/"))
    for part in (
        "In the backlog: what was decided",
        "The meeting",
        "No people are free for it yet.",
        "1 December 2026",
    ):
        assert part in text
    assert "Lowri Writer" not in text
    client.force_login(person(Role.TEAM), backend=BACKEND)
    text = text_of(client.get(f"/en/projects/{project.slug_en}/"))
    assert ("Lowri Writer" in text, "Set the day of review" in text) == (True, True)
    active = ProjectFactory()
    assert "In the backlog: what was decided" not in text_of(client.get(f"/en/projects/{active.slug_en}/"))


def test_one_screen_takes_the_decisions_of_a_meeting(client):
    keep, start, left = (ProjectFactory(status="backlog") for _number in range(3))
    client.force_login(person(Role.TEAM), backend=BACKEND)
    page = text_of(client.get(REVIEW))
    assert (page.count("Not discussed"), "Drop" in page, "the head of delivery does that" in page) == (3, False, True)
    sent = {
        **parts("decided_on", timezone.localdate()),
        f"p{keep.pk}-decision": "keep",
        f"p{start.pk}-decision": "start",
        f"p{start.pk}-reason_en": "Only English",
    }
    text = text_of(client.post(REVIEW, sent))
    for sentence in (
        "Write the reason in English.",
        "Write this in Welsh too.",
        "Choose the day on which it is looked at again.",
    ):
        assert sentence in text
    assert "Only English" in text
    assert not BacklogReview.objects.exists()
    sent |= {f"p{one.pk}-reason_{side}": "A reason" for one in (keep, start) for side in ("en", "cy")}
    sent |= parts(f"p{keep.pk}-review_on", soon())
    text = text_of(client.post(REVIEW, sent, follow=True))
    assert "2 decisions are recorded." in text
    assert [Project.objects.get(pk=one.pk).status for one in (keep, start, left)] == ["backlog", "active", "backlog"]
    assert "Nothing was decided" in text_of(client.post(REVIEW, parts("decided_on", timezone.localdate())))


def test_a_day_that_cannot_be_gets_a_sentence(client):
    project = ProjectFactory(status="backlog")
    client.force_login(person(Role.HEAD_OF_DELIVERY), backend=BACKEND)
    sent = {
        **parts("decided_on", soon()),
        "meeting_en": "A meeting",
        f"p{project.pk}-decision": "keep",
        **parts(f"p{project.pk}-review_on", timezone.localdate()),
    }
    text = text_of(client.post(REVIEW, sent))
    for sentence in ("The date must be today or earlier.", "Choose a day after today.", "Write this in Welsh too."):
        assert sentence in text
    assert "Drop" in text


def test_a_decision_that_came_too_late_gets_a_sentence(client, monkeypatch):
    project = ProjectFactory(status="backlog")
    client.force_login(person(Role.HEAD_OF_DELIVERY), backend=BACKEND)

    def refuse(*_given: Any, **_named: Any) -> None:
        raise Refused("Too late.")

    monkeypatch.setattr(actions, "backlog_decide", refuse)
    sent = {
        **parts("decided_on", timezone.localdate()),
        f"p{project.pk}-decision": "drop",
        f"p{project.pk}-reason_en": "a",
        f"p{project.pk}-reason_cy": "b",
    }
    assert "Too late." in text_of(client.post(REVIEW, sent))


def test_the_team_sets_the_day_of_review(client):
    project = ProjectFactory(status="backlog")
    client.force_login(person(Role.TEAM), backend=BACKEND)
    with override("en"):
        address = project.get_absolute_url() + "backlog/date/"
    assert "Set the day of review" in text_of(client.get(address))
    assert "The day of review is set." in text_of(client.post(address, parts("review_on", soon()), follow=True))
    assert BacklogReview.objects.get(project=project).decision == "dated"
    Project.objects.filter(pk=project.pk).update(status="active")
    assert "no longer in the backlog" in text_of(client.post(address, parts("review_on", soon())))


def test_what_is_due_waits_for_the_head_of_delivery():
    BacklogReviewFactory(project__title_en="Image Library", review_on=date(2026, 10, 1))
    BacklogReviewFactory(review_on=soon())
    head, team = person(Role.HEAD_OF_DELIVERY), person(Role.TEAM)
    assert [need.text for need in backlog_to_review(head)] == ["Image Library: the backlog is to be reviewed"]
    assert list(backlog_to_review(team)) == []


def test_an_empty_backlog_says_so(client):
    client.force_login(person(Role.TEAM), backend=BACKEND)
    assert "Nothing waits in the backlog." in text_of(client.get(REVIEW))


@pytest.mark.parametrize("role", [None, Role.OFFICER, Role.BOARD_MEMBER])
def test_only_the_team_records_decisions(client, role):
    project = ProjectFactory(status="backlog")
    if role:
        client.force_login(person(role), backend=BACKEND)
    for address in (REVIEW, f"/en/projects/{project.slug_en}/backlog/date/"):
        assert client.get(address).status_code == (403 if role else 302)
        assert client.post(address, {}).status_code == (403 if role else 302)
    assert client.get("/en/projects/backlog/").status_code == 200

"""Bids, courses and the board's business on a project's page: linked by who may, seen by who may see them."""

from html import unescape
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from accounts.roles import Role
from board.linking import ITEMS, PAPERS
from board.models import BoardProject
from fund.linking import BIDS
from projects.linking import LinkKind, link_add, link_remove
from tests.factories.board import AgendaItemFactory, PaperFactory
from tests.factories.fund import BidFactory, HistoricBidFactory
from tests.factories.links import BidProjectFactory, BoardProjectFactory, CourseProjectFactory
from tests.factories.people import person
from tests.factories.projects import ProjectFactory
from tests.factories.training import CourseFactory
from training.linking import COURSES
from wlga_portal.kernel.history import event_model
from wlga_portal.kernel.workflow import NotAllowed

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TEAM = {Role.TEAM, Role.HEAD_OF_DELIVERY}
# the kind, who links, what makes a thing that anybody sees, the addresses
KINDS: dict[str, tuple[LinkKind, set[Any], Any, str, str]] = {
    "bid": (
        BIDS, {*TEAM, Role.FUND_MANAGER}, HistoricBidFactory,
        "/en/fund/of-project/maps/bids/", "/cy/cronfa/prosiect/mapiau/ceisiadau/",
    ),
    "course": (
        COURSES, TEAM, CourseFactory,
        "/en/training/of-project/maps/courses/", "/cy/hyfforddiant/prosiect/mapiau/cyrsiau/",
    ),
    "item": (
        ITEMS, {*TEAM, Role.SECRETARIAT}, AgendaItemFactory,
        "/en/board/of-project/maps/agendas/", "/cy/bwrdd/prosiect/mapiau/agendau/",
    ),
    "paper": (
        PAPERS, {*TEAM, Role.SECRETARIAT}, lambda: PaperFactory(edition_number=1),
        "/en/board/of-project/maps/papers/", "/cy/bwrdd/prosiect/mapiau/papurau/",
    ),
}  # fmt: skip


def text_of(response: Any) -> str:
    return unescape(response.content.decode())


@pytest.fixture
def project():
    return ProjectFactory(title_en="Maps", title_cy="Mapiau", slug_en="maps", slug_cy="mapiau")


@pytest.mark.parametrize("noun", ["bid", "course", "item"])
def test_a_thing_is_linked_shown_to_everybody_and_taken_away_again(client, project, noun):
    kind, who, make, english, welsh = KINDS[noun]
    thing, user = make(), person(sorted(who)[0])
    client.force_login(user, backend=BACKEND)
    assert english in text_of(client.get("/en/projects/maps/"))
    assert client.get(welsh).status_code == 200
    with override("en"):
        assert kind.label(thing) in text_of(client.get(english))
    assert "It is linked to the project." in text_of(client.post(english, {"thing": str(thing.pk)}, follow=True))
    link = kind.model.objects.get()
    assert (getattr(link, kind.column), link.project, link.by) == (thing, project, user)
    for language in ("en", "cy"):
        with override(language):
            shown = kind.show(thing)
            client.logout()
            public = text_of(client.get(project.get_absolute_url()))
            assert str(kind.heading) in public
            assert f'href="{shown.url}"' in public
            assert str(shown.title) in public
        assert (english in public, welsh in public) == (False, False)
    client.force_login(user, backend=BACKEND)
    address = f"{english}{link.pk}/remove/"
    assert address in text_of(client.get(english))
    assert client.get(address).status_code == 405
    assert "The link is taken away." in text_of(client.post(address, follow=True))
    assert not kind.model.objects.exists()
    assert event_model(kind.model)._base_manager.get(pgh_label="delete").pgh_context["by"] == user.pk


@pytest.mark.parametrize("noun", KINDS)
@pytest.mark.parametrize("role", [*Role, None])
def test_who_may_link(client, project, noun, role):
    kind, who, _make, english, _welsh = KINDS[noun]
    if role:
        client.force_login(person(role), backend=BACKEND)
    assert client.get(english).status_code == (200 if role in who else 403 if role else 302)
    assert (english in text_of(client.get("/en/projects/maps/"))) is (role in who)
    if role not in who and role:
        with pytest.raises(NotAllowed):
            link_add(kind, project, object(), by=person(role))
        with pytest.raises(NotAllowed):
            link_remove(kind, object(), by=person(role))


def test_a_bid_or_a_paper_that_a_person_may_not_see_is_not_shown(client, project):
    bid, paper = BidFactory(title="Secret bid"), PaperFactory(title_en="Secret draft")
    BidProjectFactory(project=project, bid=bid)
    BoardProjectFactory(project=project, item=None, paper=paper)
    public = text_of(client.get("/en/projects/maps/"))
    assert ("Secret bid" in public, "Secret draft" in public, "Bids to the fund" in public) == (False, False, False)
    client.force_login(person(Role.SECRETARIAT), backend=BACKEND)
    assert "Secret draft" in text_of(client.get("/en/projects/maps/"))
    assert "Secret draft" in text_of(client.get("/en/board/of-project/maps/papers/"))


def test_what_is_of_the_demonstration_is_not_offered_to_a_real_project_nor_what_is_linked(client, project, settings):
    settings.DEMO = True
    CourseFactory(title_en="Invented course", is_demo=True)
    there = CourseProjectFactory(project=project, course__title_en="Linked course").course
    CourseFactory(title_en="Free course")
    client.force_login(person(Role.TEAM), backend=BACKEND)
    options = text_of(client.get("/en/training/of-project/maps/courses/")).partition("<select")[2]
    assert ("Invented course" in options, "Linked course" in options, "Free course" in options) == (False, False, True)
    assert client.post("/en/training/of-project/maps/courses/", {"thing": str(there.pk)}).status_code == 200


def test_a_link_of_another_project_is_404(client, project):
    other = CourseProjectFactory()
    client.force_login(person(Role.TEAM), backend=BACKEND)
    assert client.post(f"/en/training/of-project/maps/courses/{other.pk}/remove/").status_code == 404


def test_the_panels_ask_the_same_number_of_questions_for_one_and_for_thirty(client, project):
    counts = []
    for count in (1, 29):
        for _number in range(count):
            BidProjectFactory(project=project, bid=HistoricBidFactory())
            CourseProjectFactory(project=project)
            BoardProjectFactory(project=project)
        client.get("/en/projects/maps/")
        with CaptureQueriesContext(connection) as queries:
            client.get("/en/projects/maps/")
        counts.append(len(queries))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (
            lambda: BidProjectFactory(bid=(one := BidProjectFactory()).bid, project=one.project),
            "bidproject_linked_once",
        ),
        (
            lambda: CourseProjectFactory(course=(one := CourseProjectFactory()).course, project=one.project),
            "courseproject_linked_once",
        ),
        (
            lambda: BoardProjectFactory(item=(one := BoardProjectFactory()).item, project=one.project),
            "boardproject_item_linked_once",
        ),
        (
            lambda: [BoardProjectFactory(item=None, paper=paper, project=one) for one, paper in [twice()] * 2],
            "boardproject_paper_linked_once",
        ),
        (lambda: BoardProjectFactory(item=None), "boardproject_one_of_the_three"),
        (lambda: BoardProjectFactory(paper=PaperFactory()), "boardproject_one_of_the_three"),
    ],
)
def test_a_thing_is_linked_once_and_a_link_is_of_one_thing(make, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()


def twice() -> tuple[Any, Any]:
    """A project and a paper to be linked more than once."""
    return ProjectFactory(), PaperFactory()


def test_each_link_says_what_it_is(project):
    assert str(BidProjectFactory(project=project, bid__title="Clear letters")) == "Maps: Clear letters"
    assert str(CourseProjectFactory(project=project, course__title_en="Maps for all")) == "Maps: Maps for all"
    assert str(BoardProjectFactory(project=project)).startswith("Maps: ")
    assert (
        str(BoardProjectFactory(project=project, item=None, paper=PaperFactory(title_en="A paper"))) == "Maps: A paper"
    )
    assert BoardProject.objects.count() == 2

"""Every state and event of a project, and who may cause it."""

import pytest
from django.utils.translation import override

from accounts.roles import Role
from projects.actions import project_advance
from projects.models import Project
from projects.states import BY_LINEAGE, WORKFLOW, Status
from tests.factories.people import person
from tests.factories.projects import ProjectFactory, SourceFactory
from wlga_portal.kernel.models import StatusChange
from wlga_portal.kernel.workflow import NotAllowed, WrongState

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
# event -> the statuses from which it goes, and where it leads
TABLE = {
    "start": ({"backlog", "unstated"}, "active"),
    "hold": ({"active", "unstated"}, "backlog"),
    "close": ({"active", "backlog", "unstated"}, "closed"),
    "reopen": ({"closed"}, "active"),
    "continue": ({"active", "backlog", "unstated"}, "continued"),
    "return_active": ({"continued"}, "active"),
    "return_backlog": ({"continued"}, "backlog"),
    "return_unstated": ({"continued"}, "unstated"),
}


def project_in(status: str, event: str = "") -> Project:
    if Status.UNSTATED in (status, TABLE.get(event, ("", ""))[1]):
        return ProjectFactory(status=status, is_historic=True, source=SourceFactory())
    return ProjectFactory(status=status)


def test_the_table_names_every_event():
    assert TABLE.keys() == WORKFLOW.transitions.keys()


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("event", list(WORKFLOW.transitions))
def test_each_event_moves_from_its_states_alone(status, event):
    project, user = project_in(status, event), person(Role.HEAD_OF_DELIVERY)
    sources, target = TABLE[event]
    if status in sources:
        assert project_advance(project, event, by=user, why="A reason").status == target
        assert StatusChange.of(project).get().event == event
    else:
        with pytest.raises(WrongState):
            project_advance(project, event, by=user, why="A reason")


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("event", list(WORKFLOW.transitions))
def test_the_team_moves_and_the_head_of_delivery_ends(role, event):
    sources, target = TABLE[event]
    project = project_in(sorted(sources)[0], event)
    may = role == Role.HEAD_OF_DELIVERY or (role == Role.TEAM and event in {"start", "hold"})
    if may:
        assert project_advance(project, event, by=person(role), why="A reason").status == target
    else:
        with pytest.raises(NotAllowed):
            project_advance(project, event, by=person(role), why="A reason")


@pytest.mark.parametrize("event", sorted(set(WORKFLOW.transitions) - BY_LINEAGE))
@pytest.mark.parametrize("language", ["en", "cy"])
def test_every_event_has_a_page_with_one_button(client, event, language):
    sources, target = TABLE[event]
    project = project_in(sorted(sources)[0])
    client.force_login(person(Role.HEAD_OF_DELIVERY), backend=BACKEND)
    with override(language):
        address = project.get_absolute_url() + {"en": "move", "cy": "symud"}[language] + f"/{event}/"
        label = str(WORKFLOW.transitions[event].label)
        page = client.get(address)
        assert page.status_code == 200
        assert project.status != target
        assert label.replace("'", "&#x27;") in page.content.decode()
        assert client.post(address, {"why": "A reason"}).url == project.get_absolute_url()
    assert Project.objects.get().status == target


def test_a_move_that_needs_a_reason_asks_for_it(client):
    project = ProjectFactory()
    client.force_login(person(Role.TEAM), backend=BACKEND)
    response = client.post(f"/en/projects/{project.slug_en}/move/hold/", {"why": " "})
    assert response.status_code == 200
    assert "Enter “Reason”." in response.content.decode()
    assert Project.objects.get().status == "active"


def test_a_move_that_needs_none_goes_without(client):
    project = ProjectFactory(status="backlog")
    client.force_login(person(Role.TEAM), backend=BACKEND)
    assert client.post(f"/en/projects/{project.slug_en}/move/start/", {}).status_code == 302
    assert Project.objects.get().status == "active"


def test_a_reason_that_is_too_long_is_refused_even_where_none_is_needed(client):
    project = ProjectFactory(status="backlog")
    client.force_login(person(Role.TEAM), backend=BACKEND)
    assert client.post(f"/en/projects/{project.slug_en}/move/start/", {"why": "x" * 301}).status_code == 200
    assert Project.objects.get().status == "backlog"


def test_a_move_that_came_too_late_gets_a_sentence(client):
    project = ProjectFactory(status="closed")
    client.force_login(person(Role.HEAD_OF_DELIVERY), backend=BACKEND)
    response = client.post(f"/en/projects/{project.slug_en}/move/hold/", {"why": "A reason"})
    assert "“Move to the backlog” cannot be done now: the status is “Closed”." in response.content.decode()


def test_an_event_that_there_is_not_is_404(client):
    project = ProjectFactory()
    client.force_login(person(Role.HEAD_OF_DELIVERY), backend=BACKEND)
    assert client.get(f"/en/projects/{project.slug_en}/move/explode/").status_code == 404


@pytest.mark.parametrize("event", sorted(BY_LINEAGE))
def test_a_move_of_lineage_has_no_page_of_its_own(client, event):
    project = ProjectFactory()
    client.force_login(person(Role.HEAD_OF_DELIVERY), backend=BACKEND)
    address = f"/en/projects/{project.slug_en}/move/{event}/"
    assert (client.get(address).status_code, client.post(address, {"why": "x"}).status_code) == (404, 404)
    assert f"/move/{event}/" not in client.get(f"/en/projects/{project.slug_en}/").content.decode()

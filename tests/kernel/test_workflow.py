"""One way through a workflow: checked, locked, recorded."""

import threading
from typing import Any

import pytest
from django.db import DatabaseError, connection, models, transaction

from accounts.roles import Role
from projects.models import Project
from projects.states import WORKFLOW, Status
from tests.factories.people import person
from tests.factories.projects import ProjectFactory
from wlga_portal.kernel.history import history_of
from wlga_portal.kernel.models import StatusChange
from wlga_portal.kernel.workflow import (
    NotAllowed,
    ReasonMissing,
    Transition,
    Workflow,
    WrongState,
    advance,
    by_the_portal,
)


class Light(models.TextChoices):
    OFF = "off", "Off"
    ON = "on", "On"


SWITCH = Transition("switch", {Light.OFF}, Light.ON, label="Switch on")


def head() -> Any:
    return person(Role.HEAD_OF_DELIVERY)


def test_a_workflow_names_each_event_once():
    with pytest.raises(ValueError, match="names an event twice"):
        Workflow("twice", Light, [SWITCH, SWITCH])
    Workflow.registry.pop("twice", None)


def test_a_move_is_told_in_the_past_by_words_of_its_own():
    lamp = Workflow("lamp", Light, [Transition("switch", {Light.OFF}, Light.ON, label="Switch on", done="Switched on")])
    plain = Workflow("plain", Light, [SWITCH])
    assert (lamp.done("switch"), plain.done("switch"), lamp.done("dim")) == ("Switched on", "Switch on", "dim")
    for name in ("lamp", "plain"):
        Workflow.registry.pop(name)


@pytest.mark.parametrize("name", ["project", "planchange", "bid", "consent", "paper", "meeting"])
def test_every_move_of_what_has_a_timeline_has_such_words(name):
    workflow = Workflow.registry[name]
    for event, transition in workflow.transitions.items():
        assert workflow.done(event) != str(transition.label), event


def test_a_rule_for_an_event_that_is_not_there_is_refused():
    lamp = Workflow("lamp", Light, [SWITCH])
    with pytest.raises(ValueError, match="has no event dim, explode"):
        lamp.allow(switch=by_the_portal, explode=by_the_portal, dim=by_the_portal)
    assert lamp.rules == {}
    assert Workflow.registry.pop("lamp") is lamp


def test_the_clocks_events_are_the_portals_alone():
    assert by_the_portal(None, object()) is True
    assert by_the_portal(object(), object()) is False


def test_every_event_of_every_workflow_has_a_rule():
    for name, workflow in Workflow.registry.items():
        assert workflow.rules.keys() == workflow.transitions.keys(), name


def test_every_transition_is_between_statuses_that_there_are():
    for workflow in Workflow.registry.values():
        known = set(workflow.statuses.values)
        for transition in workflow.transitions.values():
            assert {*transition.sources, transition.target} <= known, (workflow.name, transition.event)


@pytest.mark.django_db
def test_a_move_writes_status_change_and_history_together():
    user, project = head(), ProjectFactory()
    row = advance(project, "close", by=user, why="  All was delivered.  ")
    assert (row.status, project.status, Project.objects.get().status) == ("closed", "closed", "closed")
    change = StatusChange.of(project).get()
    assert (change.workflow, change.event, change.source, change.target) == ("project", "close", "active", "closed")
    assert (change.by, change.why, change.thing) == (user, "All was delivered.", project)
    assert str(change) == f"project {project.pk}: active -> closed"
    last = history_of(project)[0]
    assert (last.by_id, last.why) == (user.pk, "All was delivered.")


@pytest.mark.django_db
def test_a_move_without_a_reason_is_known_in_the_history_by_its_event():
    project = ProjectFactory(status=Status.BACKLOG)
    advance(project, "start", by=head())
    assert (StatusChange.of(project).get().why, history_of(project)[0].why) == ("", "start")


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("roles", "event", "status", "why", "refusal", "sentence"),
    [
        ([Role.TEAM], "close", "active", "Done", NotAllowed, "You may not do this: “Close the project”."),
        ([Role.TEAM], "start", "closed", "", WrongState, "“Start work” cannot be done now: the status is “Closed”."),
        ([Role.TEAM], "hold", "active", "  ", ReasonMissing, "“Move to the backlog” needs a reason."),
    ],
)
def test_a_refused_move_gives_a_sentence_and_writes_nothing(roles, event, status, why, refusal, sentence):
    project = ProjectFactory(status=status)
    with pytest.raises(refusal) as raised:
        advance(project, event, by=person(*roles), why=why)
    assert str(raised.value) == sentence
    assert Project.objects.get().status == status
    assert not StatusChange.objects.exists()
    assert len(history_of(project)) == 1


@pytest.mark.django_db
def test_what_belongs_to_the_move_is_written_with_it_or_not_at_all():
    project = ProjectFactory()

    def shorten(row: Project) -> None:
        row.duration_months = 3

    def fail(row: Project) -> None:
        ProjectFactory()
        raise RuntimeError("no")

    assert advance(project, "hold", by=head(), why="Waiting", also=shorten).duration_months == 3
    with pytest.raises(RuntimeError):
        advance(project, "start", by=head(), also=fail)
    assert (Project.objects.count(), Project.objects.get().status, project.status) == (1, "backlog", "backlog")


@pytest.mark.django_db
def test_the_row_decides_and_not_an_old_copy_of_it():
    project, user = ProjectFactory(), head()
    old = Project.objects.get()
    advance(project, "close", by=user, why="Done")
    with pytest.raises(WrongState):
        advance(old, "hold", by=user, why="Waiting")


@pytest.mark.django_db
def test_a_person_is_offered_what_they_may_do_now():
    project = ProjectFactory()
    assert [one.event for one in project.events_for(head())] == ["hold", "close", "continue"]
    assert [one.event for one in project.events_for(person(Role.TEAM))] == ["hold"]
    assert project.events_for(None) == []
    assert (project.can("hold", head()), project.can("start", head())) == (True, False)


@pytest.mark.django_db
def test_the_changes_of_one_thing_are_its_own_oldest_first():
    one, two, user = ProjectFactory(), ProjectFactory(), head()
    advance(one, "hold", by=user, why="Waiting")
    advance(two, "close", by=user, why="Done")
    advance(one, "start", by=user)
    assert [change.event for change in StatusChange.of(one)] == ["hold", "start"]


@pytest.mark.django_db
def test_the_database_knows_no_other_status():
    project = ProjectFactory()
    with pytest.raises(DatabaseError, match="project_status_known"), transaction.atomic():
        Project.objects.filter(pk=project.pk).update(status="paused")


@pytest.mark.django_db
def test_a_new_thing_begins_in_the_first_status():
    assert ProjectFactory().status == Status.ACTIVE == WORKFLOW.statuses.values[0]


@pytest.mark.django_db(transaction=True)
def test_of_two_people_at_once_one_moves_it_and_the_other_is_told():
    project, users = ProjectFactory(), [head(), head()]
    results: list[str] = []
    together = threading.Barrier(2)

    def close(user: Any) -> None:
        try:
            together.wait()
            advance(Project.objects.get(), "close", by=user, why="Done")
            results.append("moved")
        except WrongState:
            results.append("told")
        finally:
            connection.close()

    threads = [threading.Thread(target=close, args=[user]) for user in users]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(results) == ["moved", "told"]
    assert StatusChange.of(project).count() == 1

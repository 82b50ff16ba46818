"""Every state x event of a double, an import and a request about one's own data, and who may cause each."""

import pytest

from accounts.roles import Role
from tests.factories.people import person
from tests.factories.training import (
    DoubleFactory,
    ImportFactory,
    LearnerFactory,
    PrivacyRequestFactory,
    officer,
    team_member,
    trainer_of,
)
from training.states import DOUBLE, IMPORT, PRIVACY, DoubleStatus, ImportStatus, PrivacyStatus
from wlga_portal.kernel.workflow import ReasonMissing, WrongState, advance

pytestmark = pytest.mark.django_db

DOUBLE_MOVES = {
    ("open", "merge"): "same",
    ("different", "merge"): "same",
    ("open", "part"): "different",
    ("same", "reopen"): "open",
    ("different", "reopen"): "open",
}
IMPORT_MOVES = {
    ("reading", "check"): "checked",
    **{(status, "fail"): "failed" for status in ("reading", "running", "undoing")},
    ("checked", "start"): "running",
    ("running", "finish"): "done",
    ("done", "settle"): "settled",
    ("done", "undo"): "undoing",
    ("undoing", "unmade"): "undone",
    **{(status, "again"): "reading" for status in ("checked", "undone", "failed")},
    **{(status, "drop"): "dropped" for status in ("checked", "undone", "failed")},
}
PRIVACY_MOVES = {("asked", "answer"): "done", ("asked", "decline"): "declined", ("asked", "withdraw"): "withdrawn"}
BY_THE_PORTAL = {"check", "fail", "finish", "unmade"}
CASES = [
    (name, str(status), event)
    for name, statuses, workflow in (
        ("double", DoubleStatus, DOUBLE),
        ("import", ImportStatus, IMPORT),
        ("privacy", PrivacyStatus, PRIVACY),
    )
    for status in statuses
    for event in workflow.transitions
]


@pytest.mark.parametrize(("name", "status", "event"), CASES)
def test_each_moves_by_its_table_alone(name, status, event):
    user = None if event in BY_THE_PORTAL else team_member()
    if name == "double":
        thing, moves = DoubleFactory(status=status), DOUBLE_MOVES
    elif name == "import":
        thing, moves = ImportFactory(status=status, problem="no_rows"), IMPORT_MOVES
    else:
        thing, moves = PrivacyRequestFactory(status=status), PRIVACY_MOVES
        if event == "withdraw":
            user = officer()
            thing.learner.user, thing.learner.name = user, ""
            thing.learner.save()
    target = moves.get((status, event))
    if target is None:
        with pytest.raises(WrongState):
            advance(thing, event, by=user, why="because")
    else:
        assert advance(thing, event, by=user, why="because").status == target


@pytest.mark.parametrize(
    ("make", "event"),
    [(lambda: DoubleFactory(status="same"), "reopen"), (PrivacyRequestFactory, "decline")],
)
def test_some_moves_need_a_reason(make, event):
    with pytest.raises(ReasonMissing):
        advance(make(), event, by=team_member())


def test_who_may_move_each():
    own = officer()
    request = PrivacyRequestFactory(learner=LearnerFactory(user=own, name=""))
    may = {
        None: None,
        "team": team_member(),
        "own": own,
        "officer": officer(),
        "coordinator": person(Role.COORDINATOR),
        "trainer": trainer_of(),
    }
    found = {
        (workflow.name, event): {who for who, user in may.items() if rule(user, thing)}
        for workflow, thing in ((DOUBLE, DoubleFactory()), (IMPORT, ImportFactory()), (PRIVACY, request))
        for event, rule in workflow.rules.items()
    }
    assert {key for key, who in found.items() if who == {None}} == {("import", event) for event in BY_THE_PORTAL}
    assert found.pop(("privacy_request", "withdraw")) == {"own"}
    assert all(who in ({None}, {"team"}) for who in found.values())

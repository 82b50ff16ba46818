"""Updates are frozen, and what holds of a project follows them."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from projects.models import Confirmation, PhaseChange, Project, Standing, StatusUpdate
from tests.factories.people import UserFactory
from tests.factories.projects import (
    ConfirmationFactory,
    PhaseChangeFactory,
    ProjectFactory,
    StatusUpdateFactory,
)
from wlga_portal.kernel.bilingual import Mark, mark_reviewed
from wlga_portal.kernel.history import history_of

pytestmark = pytest.mark.django_db


def refused(make: Any) -> str:
    """What the database says when it refuses."""
    with pytest.raises(DatabaseError) as raised, transaction.atomic():
        make()
    return str(raised.value)


def test_an_update_is_frozen_but_for_the_marks_of_its_texts():
    update = StatusUpdateFactory()
    for change in ({"reason_en": "Other"}, {"confidence": "red"}, {"for_date": date(2020, 1, 1)}, {"internal": "x"}):
        assert "Cannot update" in refused(
            lambda change=change: StatusUpdate.objects.filter(pk=update.pk).update(**change)
        )
    assert "Cannot delete" in refused(update.delete)
    mark_reviewed(update, "reason", by=UserFactory())
    assert StatusUpdate.objects.get().reason_mark == Mark.REVIEWED


def test_phases_and_confirmations_are_only_added():
    for row, table in ((PhaseChangeFactory(), PhaseChange), (ConfirmationFactory(), Confirmation)):
        assert "permission denied" in refused(
            lambda row=row, table=table: table.objects.filter(pk=row.pk).update(by=None)
        )
        assert "permission denied" in refused(row.delete)


def test_a_correction_and_a_confirmation_are_of_the_same_project():
    update = StatusUpdateFactory()
    other = ProjectFactory()
    assert "of another project" in refused(lambda: StatusUpdateFactory(project=other, corrects=update))
    assert "of another project" in refused(lambda: ConfirmationFactory(project=other, update=update))
    assert StatusUpdateFactory(project=update.project, corrects=update).corrects == update
    assert "projects_statusupdate_corrects_id" in refused(
        lambda: StatusUpdateFactory(project=update.project, corrects=update)
    )


def test_an_update_cannot_correct_itself():
    update = StatusUpdateFactory.build(project=ProjectFactory(), pk=999_999)
    update.corrects_id = 999_999
    assert "of another project" in refused(update.save)


# --- What holds now -------------------------------------------------------------------------------
def now_of(project: Project) -> tuple[Any, ...] | None:
    standing = Standing.objects.filter(project=project).first()
    return standing and (standing.update_id, standing.confidence, standing.said_on, standing.confirmed_on)


def test_what_holds_is_the_update_of_the_latest_day_not_the_one_posted_last():
    project, today = ProjectFactory(), timezone.localdate()
    assert now_of(project) is None
    late = StatusUpdateFactory(project=project, confidence="amber", for_date=today)
    StatusUpdateFactory(project=project, confidence="red", for_date=today - timedelta(days=30))
    assert now_of(project) == (late.pk, "amber", today, today)
    same_day = StatusUpdateFactory(project=project, confidence="green", for_date=today)
    assert now_of(project) == (same_day.pk, "green", today, today)


def test_a_corrected_update_no_longer_holds():
    project, today = ProjectFactory(), timezone.localdate()
    wrong = StatusUpdateFactory(project=project, confidence="green", for_date=today)
    right = StatusUpdateFactory(project=project, confidence="red", for_date=today - timedelta(days=1), corrects=wrong)
    assert now_of(project) == (right.pk, "red", right.for_date, right.for_date)
    assert (wrong.corrected, right.corrected) == (True, False)


def test_a_confirmation_moves_the_day_and_a_new_update_begins_anew():
    project, today = ProjectFactory(), timezone.localdate()
    update = StatusUpdateFactory(project=project, for_date=today - timedelta(days=20))
    ConfirmationFactory(update=update, for_date=today - timedelta(days=3))
    assert now_of(project) == (update.pk, "green", update.for_date, today - timedelta(days=3))
    later = StatusUpdateFactory(project=project, confidence="red", for_date=today - timedelta(days=5))
    assert now_of(project) == (later.pk, "red", later.for_date, later.for_date)


def test_what_holds_follows_raw_sql_and_nobody_else_writes_it():
    project = ProjectFactory()
    StatusUpdateFactory(project=project, for_date=date(2026, 1, 1))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO projects_statusupdate (project_id, confidence, scale, reason_en, reason_cy, reason_mark,"
            " text_en, text_cy, text_mark, internal, for_date, at) VALUES (%s, 'red', 1, 'a', 'b', 'unreviewed', '', ''"
            ", 'unreviewed', '', '2026-02-02', now())",
            [project.pk],
        )
    assert now_of(project)[1:] == ("red", date(2026, 2, 2), date(2026, 2, 2))
    assert "permission denied" in refused(lambda: Standing.objects.update(confidence="green"))
    assert "permission denied" in refused(Standing.objects.get().delete)
    assert [change.kind for change in history_of(Standing.objects.get())] == ["update", "insert"]


@pytest.mark.parametrize(("days", "stale"), [(0, False), (14, False), (15, True)])
def test_confidence_holds_for_14_days(days, stale):
    today = date(2026, 11, 23)
    standing = Standing(confirmed_on=today - timedelta(days=days))
    assert standing.is_stale(today) is stale

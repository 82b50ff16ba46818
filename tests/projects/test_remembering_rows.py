"""What the database holds true of lineage actions, reviews of the backlog and kept pages."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from projects.models import BacklogReview, LineageAction, Snapshot
from tests.factories.projects import (
    BacklogReviewFactory,
    DeliveryPlanFactory,
    LineageActionFactory,
    ProjectFactory,
    SnapshotFactory,
)

pytestmark = pytest.mark.django_db


def refused(make: Any) -> str:
    """What the database says when it refuses."""
    with pytest.raises(DatabaseError) as raised, transaction.atomic():
        make()
    return str(raised.value)


@pytest.mark.parametrize(
    ("factory", "values", "constraint"),
    [
        (LineageActionFactory, {"kind": "copied"}, "lineageaction_kind_known"),
        (LineageActionFactory, {"why": ""}, "lineageaction_has_a_reason"),
        (LineageActionFactory, {"totals_after": {"money": {"2026-27 actual": 1}}}, "lineageaction_loses_nothing"),
        (LineageActionFactory, {"undone_why": "A reason"}, "lineageaction_undone_with_a_reason"),
        (LineageActionFactory, {"undone_at": timezone.now()}, "lineageaction_undone_with_a_reason"),
        (BacklogReviewFactory, {"decision": "dream"}, "backlogreview_decision_known"),
        (BacklogReviewFactory, {"reason_en": "", "reason_cy": ""}, "backlogreview_decided_with_a_reason"),
        (BacklogReviewFactory, {"meeting_en": "Delivery meeting"}, "backlogreview_texts_in_both_or_neither"),
        (BacklogReviewFactory, {"review_on": None}, "backlogreview_what_stays_has_a_day"),
        (BacklogReviewFactory, {"decision": "drop"}, "backlogreview_what_stays_has_a_day"),
        (BacklogReviewFactory, {"review_on": date(2026, 9, 1)}, "backlogreview_reviewed_after_it_was_decided"),
        (SnapshotFactory, {"kind": "person"}, "snapshot_kind_known"),
        (SnapshotFactory, {"kind": "project"}, "snapshot_of_one_thing"),
        (SnapshotFactory, {"moment": timezone.now() + timedelta(days=1)}, "snapshot_of_the_past"),
        (SnapshotFactory, {"sha256": "none"}, "snapshot_hashed"),
    ],
)
def test_the_database_refuses_what_is_not_true(factory, values, constraint):
    assert constraint in refused(lambda: factory(**values))


def test_a_page_is_kept_once_for_a_moment():
    one = SnapshotFactory()
    assert "snapshot_once_for_a_moment" in refused(lambda: SnapshotFactory(moment=one.moment))
    assert "snapshot_of_one_thing" in refused(
        lambda: SnapshotFactory(kind="plan", plan=DeliveryPlanFactory(), project=ProjectFactory())
    )


def test_a_review_and_a_kept_page_are_never_changed_or_deleted():
    BacklogReviewFactory(), SnapshotFactory()
    for model, change in ((BacklogReview, {"reason_en": "Other"}), (Snapshot, {"said": {"other": 1}})):
        assert "permission denied" in refused(lambda model=model, change=change: model.objects.update(**change))
        assert "permission denied" in refused(lambda model=model: model.objects.all().delete())


def test_a_lineage_action_is_undone_once_and_never_changed_otherwise():
    action = LineageActionFactory()
    found = LineageAction.objects.filter(pk=action.pk)
    assert "Cannot update" in refused(lambda: found.update(carried={"costs": []}))
    assert "Cannot delete" in refused(lambda: found.delete())
    found.update(undone_at=timezone.now(), undone_why="It was too early.")
    assert "Cannot update" in refused(lambda: found.update(undone_at=None, undone_why=""))


def test_each_says_what_it_is():
    review = BacklogReviewFactory(project__title_en="Maps")
    assert str(review) == "Maps, 2026-09-01: Keep in the backlog"
    assert str(LineageActionFactory()).startswith("Succeeds, ")
    assert str(SnapshotFactory()).startswith("portfolio, ")

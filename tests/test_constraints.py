"""Every invariant of the database is tried by name: by each app's tests, and the rest of them here."""

from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from tests.factories.kernel import DraftFactory, ExportFactory, NotificationFactory, PreferenceFactory
from tests.factories.projects import DeliveryPlanFactory

pytestmark = pytest.mark.django_db
# a trigger that stands before it refuses the same: a test of that trigger's own tries it
BEHIND_A_TRIGGER = {
    "statusupdate_corrects_another": "test_an_update_cannot_correct_itself",
    "membership_deputy_for_another": "test_a_role_is_not_its_own_deputy",
}
BROKEN = {
    "plan_year_is_a_financial_year": lambda: DeliveryPlanFactory(year="2021-2"),
    "draft_one_per_person_and_thing": lambda: DraftFactory(key=(one := DraftFactory()).key, user=one.user),
    "notification_delivery_known": lambda: NotificationFactory(delivery="never"),
    "notification_urgent_does_not_wait": lambda: NotificationFactory(urgent=True, delivery="daily"),
    "preference_one_per_group": lambda: PreferenceFactory(user=PreferenceFactory().user),
    "preference_delivery_known": lambda: PreferenceFactory(delivery="never"),
    "export_status_known": lambda: ExportFactory(status="lost"),
    "export_done_has_a_file": lambda: ExportFactory(status="done", expires_at=timezone.now()),
}


def constraints() -> list[models.BaseConstraint]:
    """Those that the portal's own models declare."""
    names = [app.name for app in apps.get_app_configs() if (settings.BASE_DIR / app.name.replace(".", "/")).is_dir()]
    ours = [model for name in names for model in apps.get_app_config(name.rpartition(".")[2]).get_models()]
    return [one for model in ours if not hasattr(model, "pgh_tracked_model") for one in model._meta.constraints]


@pytest.mark.parametrize("name", BROKEN)
def test_a_row_that_breaks_the_rule_is_refused_by_name(name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        BROKEN[name]()


def test_every_constraint_is_tried_by_a_test_that_names_it():
    tests = "\n".join(path.read_text("utf-8") for path in Path(__file__).parent.rglob("*.py"))
    assert [one.name for one in constraints() if f"{one.name}" not in tests] == []
    assert len(constraints()) > 170
    assert all(f"def {test}(" in tests for test in BEHIND_A_TRIGGER.values())

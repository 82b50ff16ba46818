"""Annual reports: what they show, which figures are counted and which stated, and how they are frozen."""

import pytest
from django.db import IntegrityError, transaction

from tests.factories.posts import ColumnSetFactory, ReportSnapshotFactory
from tests.factories.projects import DeliverableFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "make"),
    [
        ("deliverable_measure_known", lambda: DeliverableFactory(measured_by="guess")),
        ("reportsnapshot_number_once", lambda: ReportSnapshotFactory(plan=ReportSnapshotFactory().plan)),
        ("reportsnapshot_number_from_one", lambda: ReportSnapshotFactory(number=0)),
        ("reportsnapshot_hash_is_of_its_content", lambda: ReportSnapshotFactory(sha256="0" * 64)),
        ("columnset_titled_in_both", lambda: ColumnSetFactory(title_cy="")),
        ("columnset_has_columns", lambda: ColumnSetFactory(columns=[])),
    ],
)
def test_a_row_that_breaks_the_rule_is_refused_by_name(name, make):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()

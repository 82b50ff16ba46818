"""The loaded programme: what the register counts of the plans, and what the demonstration shows in the open."""

from html import unescape

import pytest

from projects.annual import report_of
from projects.columns import MAJOR_PROJECTS
from projects.models import ColumnSet, Deliverable, DeliveryPlan, Picture, Post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]


@pytest.fixture(autouse=True)
def demonstration(settings):
    """As `make run` serves it."""
    settings.DEMO = True


def test_officers_trained_of_2021_22_are_stated_and_not_computed(client):
    promise = Deliverable.objects.get(plan__year="2021-22", slug_en="officers-trained", plan__is_demo=False)
    assert (promise.measured_by, promise.target) == ("officers_trained", 250)
    said = next(one for one in report_of(promise.plan)["deliverables"] if one["anchor"]["en"] == "officers-trained")
    assert (said["actual"], said["basis"], said["outcome"]["en"]) == (None, "stated", "Met")
    page = unescape(client.get("/en/projects/plans/2021-22/report/").content.decode())
    assert "Only the outcome is stated. WLGA Digital Leadership Board update, 28 October 2022." in page
    assert "over 400" in page


def test_the_demonstrations_frozen_report_keeps_what_stood_before_its_register_had_rows():
    plan = DeliveryPlan.objects.get(is_demo=True)
    assert [one["basis"] for one in report_of(plan)["training"]] == ["counted", "counted"]
    assert [one["basis"] for one in plan.report_snapshots.get().data["training"]] == ["none", "none"]


def test_the_supplied_columns_and_the_demonstrations_posts_are_there():
    supplied = ColumnSet.objects.get(is_supplied=True)
    assert (supplied.is_public, tuple(supplied.columns)) == (True, MAJOR_PROJECTS)
    assert sorted(Post.objects.values_list("status", "is_demo")) == [("draft", True), ("published", True)]
    assert Picture.objects.get().alt.cy.startswith("Tair rhes")

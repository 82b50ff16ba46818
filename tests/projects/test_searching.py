"""A delivery plan is found with what it promised."""

import pytest

from projects.models import DeliveryPlan
from projects.searching import plan
from tests.factories.projects import DeliverableFactory, DeliveryPlanFactory
from wlga_portal.kernel.searching import SOURCES

pytestmark = pytest.mark.django_db


def test_a_plan_is_found_in_both_languages_with_the_titles_of_what_it_promised(settings):
    made = DeliveryPlanFactory(year="2031-32", overall_en="It went well", overall_cy="Aeth yn dda")
    DeliverableFactory(plan=made, title_en="Train 250 officers", title_cy="Hyfforddi 250 o swyddogion")
    DeliveryPlanFactory(year="2032-33", is_demo=True)
    source = SOURCES["projects.plan"]
    told = plan(source.rows().get(pk=made.pk))
    assert told.title.en == made.title.en
    assert "Train 250 officers" in told.text.en
    assert "Hyfforddi 250 o swyddogion" in told.text.cy
    assert (told.day, told.url()) == (made.starts, made.get_absolute_url())
    settings.DEMO = False
    assert list(source.visible(None)) == [made]
    assert {watch.model for watch in source.watch} >= {DeliveryPlan}

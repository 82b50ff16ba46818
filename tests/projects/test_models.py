"""What the database holds true of plans, projects and updates."""

from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils.translation import override

from projects.models import Deliverable, Milestone, Standing, StatusUpdate
from projects.models.plans import plural_form
from projects.states import Confidence
from tests.factories.people import BodyFactory
from tests.factories.projects import (
    ConfirmationFactory,
    DeliverableFactory,
    DeliveryPlanFactory,
    LineageFactory,
    MilestoneFactory,
    PhaseChangeFactory,
    PlanProjectFactory,
    ProjectFactory,
    ProjectPartnerFactory,
    SourceFactory,
    StatusUpdateFactory,
    StrategyFactory,
    ThemeFactory,
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
        (SourceFactory, {"title_cy": ""}, "source_titled_in_both"),
        (StrategyFactory, {"title_en": ""}, "strategy_titled_in_both"),
        (StrategyFactory, {"approved_month": "2021-13"}, "strategy_approved_month_is_one"),
        (ThemeFactory, {"title_cy": ""}, "theme_titled_in_both"),
        (
            DeliveryPlanFactory,
            {"year": "2022", "starts": date(2022, 4, 1), "ends": date(2023, 3, 31)},
            "plan_year_is_a",
        ),
        (DeliveryPlanFactory, {"starts": date(2026, 4, 1), "ends": date(2026, 4, 1)}, "plan_dates_in_order"),
        (DeliveryPlanFactory, {"grant_pence": -1}, "plan_grant_not_negative"),
        (DeliveryPlanFactory, {"title_cy": ""}, "plan_titled_in_both"),
        (DeliveryPlanFactory, {"agreed_on": date(2022, 4, 1)}, "plan_agreed_on_with_somebody"),
        (DeliveryPlanFactory, {"is_historic": True}, "plan_historic_has_a_source"),
        (DeliverableFactory, {"title_en": ""}, "deliverable_titled_in_both"),
        (DeliverableFactory, {"outcome": "perhaps"}, "deliverable_outcome_known"),
        (DeliverableFactory, {"target": 5}, "deliverable_counted_in_a_unit"),
        (DeliverableFactory, {"actual": 0, "unit_en": "roles"}, "deliverable_counted_in_a_unit"),
        (ProjectFactory, {"status": "paused"}, "project_status_known"),
        (ProjectFactory, {"status": "unstated"}, "project_unstated_only_if_historic"),
        (ProjectFactory, {"title_cy": ""}, "project_titled_in_both"),
        (ProjectFactory, {"aim_en": "Only English"}, "project_texts_in_both_or_neither"),
        (ProjectFactory, {"next_step_cy": "Cymraeg yn unig"}, "project_texts_in_both_or_neither"),
        (ProjectFactory, {"phase": "gamma"}, "project_phase_known"),
        (ProjectFactory, {"duration_months": 0}, "project_duration_positive"),
        (ProjectFactory, {"councils_stated": 0}, "project_councils_stated_positive"),
        (ProjectFactory, {"first_year": "22-23"}, "project_first_year_is_one"),
        (ProjectFactory, {"is_historic": True}, "project_historic_has_a_source"),
        (PlanProjectFactory, {"listed_as": "idea"}, "planproject_listed_as_known"),
        (PhaseChangeFactory, {"phase": "gamma"}, "phasechange_phase_known"),
        (PhaseChangeFactory, {"since": None}, "phasechange_since_a_day_or_from_a_source"),
        (LineageFactory, {"kind": "copied"}, "lineage_kind_known"),
        (ProjectPartnerFactory, {"role": "friend"}, "projectpartner_role_known"),
        (MilestoneFactory, {"title_cy": ""}, "milestone_titled_in_both"),
        (MilestoneFactory, {"baseline": None, "forecast": None}, "milestone_has_a_date"),
        (StatusUpdateFactory, {"confidence": "blue"}, "statusupdate_confidence_known"),
        (StatusUpdateFactory, {"scale": 2}, "statusupdate_scale_known"),
        (StatusUpdateFactory, {"reason_cy": ""}, "statusupdate_reason_in_both"),
        (StatusUpdateFactory, {"text_en": "Only English"}, "statusupdate_text_in_both_or_neither"),
    ],
)
def test_the_database_refuses_what_cannot_be(factory, values, constraint):
    assert constraint in refused(lambda: factory(**values))


def test_one_plan_for_a_year_apart_from_the_demonstrations():
    DeliveryPlanFactory(year="2026-27")
    DeliveryPlanFactory(year="2026-27", slug_en="demo", slug_cy="arddangos", is_demo=True)
    again = {"year": "2026-27", "slug_en": "again", "slug_cy": "eto"}
    assert "plan_one_for_a_year" in refused(lambda: DeliveryPlanFactory(**again))


def test_a_deliverable_has_a_place_and_words_of_its_own_in_its_plan():
    one = DeliverableFactory()
    for same, name in (
        ({"position": one.position}, "deliverable_one_at_a_position"),
        ({"slug_en": one.slug_en}, "deliverable_slug_en_unique_in_plan"),
        ({"slug_cy": one.slug_cy}, "deliverable_slug_cy_unique_in_plan"),
    ):
        assert name in refused(lambda same=same: DeliverableFactory(plan=one.plan, **same))
    assert DeliverableFactory(position=one.position, slug_en=one.slug_en).pk


def test_a_plan_lists_a_project_once_at_a_place_and_a_number_of_its_own():
    one = PlanProjectFactory(printed_ref="17.1")
    for same, name in (
        ({"project": one.project}, "planproject_once_in_a_plan"),
        ({"position": one.position}, "planproject_one_at_a_position"),
        ({"printed_ref": "17.1"}, "planproject_printed_ref_unique"),
    ):
        assert name in refused(lambda same=same: PlanProjectFactory(plan=one.plan, **same))
    PlanProjectFactory(plan=one.plan)
    assert PlanProjectFactory(plan=one.plan).printed_ref == ""


def test_lineage_is_told_once_and_of_two_projects():
    link = LineageFactory()
    assert "lineage_told_once" in refused(
        lambda: LineageFactory(later=link.later, earlier=link.earlier, kind="merged_from")
    )
    assert "lineage_of_two_projects" in refused(lambda: LineageFactory(later=link.later, earlier=link.later))


def test_an_organisation_is_in_a_project_once_and_one_leads_it():
    lead = ProjectPartnerFactory(role="lead")
    again = {"project": lead.project, "organisation": lead.organisation}
    assert "projectpartner_once_in_a_project" in refused(lambda: ProjectPartnerFactory(**again))
    assert "projectpartner_one_lead" in refused(lambda: ProjectPartnerFactory(project=lead.project, role="lead"))


# --- Small things ---------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("baseline", "forecast", "actual", "slip", "overdue"),
    [
        (date(2026, 11, 1), date(2026, 11, 8), date(2026, 11, 6), 5, False),
        (date(2026, 11, 1), date(2026, 11, 8), None, 7, True),
        (date(2026, 11, 30), date(2026, 11, 25), None, -5, False),
        (None, date(2026, 11, 22), None, None, True),
        (date(2026, 11, 22), None, None, None, True),
        (None, None, date(2026, 11, 22), None, False),
    ],
)
def test_a_milestone_knows_its_slip_and_whether_it_is_late(baseline, forecast, actual, slip, overdue):
    milestone = Milestone(baseline=baseline, forecast=forecast, actual=actual)
    assert milestone.slip_days() == slip
    assert milestone.overdue(date(2026, 11, 23)) is overdue


FORMS = {
    "en": {"one": "officer", "other": "officers"},
    "cy": {**dict.fromkeys(("zero", "one", "two", "three", "six"), "swyddog"), "other": "o swyddogion"},
}


@pytest.mark.parametrize(
    ("number", "language", "text"),
    [
        (250, "en", "250 officers"),
        (1, "en", "1 officer"),
        (1250, "cy", "1,250 o swyddogion"),
        (3, "cy", "3 swyddog"),
        (None, "cy", ""),
    ],
)
def test_a_count_takes_the_form_of_its_unit(number, language, text):
    deliverable = Deliverable(unit_en="officers", unit_cy="swyddogion", unit_forms=FORMS, target=number, actual=number)
    with override(language):
        assert (deliverable.target_shown, deliverable.actual_shown) == (text, text)


def test_a_count_without_forms_takes_the_plain_unit():
    with override("cy"):
        assert Deliverable(unit_en="roles", unit_cy="rolau", target=4).target_shown == "4 rolau"


def test_welsh_has_six_forms():
    forms = [plural_form(number, "cy") for number in (0, 1, 2, 3, 6, 4, 20)]
    assert forms == ["zero", "one", "two", "three", "six", "other", "other"]


def test_names_and_addresses_speak_the_language_of_the_page():
    plan = DeliveryPlanFactory(year="2031-32", slug_cy="cynllun-31")
    deliverable = DeliverableFactory(plan=plan, slug_en="maps", slug_cy="mapiau", title_cy="Mapiau")
    listing = PlanProjectFactory(plan=plan, project__title_cy="Llyfrgell")
    partner = ProjectPartnerFactory(project=listing.project, organisation=BodyFactory(name_cy="Corff"))
    update = StatusUpdateFactory(project=listing.project, for_date=date(2026, 11, 20))
    with override("cy"):
        assert deliverable.get_absolute_url() == "/cy/prosiectau/cynlluniau/cynllun-31/#mapiau"
        assert str(listing) == "Cynllun cyflawni 2031-32: Llyfrgell"
        assert str(partner) == "Llyfrgell: Corff"
        assert str(update) == "Llyfrgell, 2026-11-20: green"
        assert str(ConfirmationFactory(update=update, for_date=date(2026, 11, 21))) == "Llyfrgell, 2026-11-21"
        assert str(Standing.objects.get()) == "Llyfrgell: green"
        assert str(PhaseChangeFactory(project=listing.project)) == "Llyfrgell: Darganfod"
        assert str(LineageFactory(later=listing.project, earlier__title_cy="Hen")) == "Llyfrgell <- Hen"
        assert str(MilestoneFactory(title_cy="Agor")) == "Agor"
        assert str(SourceFactory(title_cy="Diweddariad").shown) == "Diweddariad, 28 Hydref 2022"
        assert (str(StrategyFactory(title_cy="Strategaeth")), str(ThemeFactory(title_cy="Thema"))) == (
            "Strategaeth",
            "Thema",
        )
        assert (str(deliverable), str(plan), deliverable.slug) == ("Mapiau", "Cynllun cyflawni 2031-32", "mapiau")
        assert str(SourceFactory(title_cy="Ffynhonnell")) == "Ffynhonnell"


def test_the_meaning_of_a_point_is_that_of_its_scale():
    assert (
        StatusUpdate(confidence=Confidence.RED).meaning
        == "Delivery looks unachievable unless the project is re-scoped."
    )

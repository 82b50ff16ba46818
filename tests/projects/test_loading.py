"""The facts of the plans, and the demonstration."""

from datetime import timedelta

import pytest
from django.db import models
from django.utils import timezone

import organisations.loading
from accounts.demo import load_demo as load_people
from programme.loading import read_facts
from projects import loading
from projects.demo import load_demo
from projects.models import (
    Deliverable,
    DeliveryPlan,
    Lineage,
    Milestone,
    PhaseChange,
    PlanProject,
    Project,
    ProjectPartner,
    StatusUpdate,
    Strategy,
    Theme,
)
from wlga_portal.kernel.bilingual import BilingualModel
from wlga_portal.kernel.history import event_models, history_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts():
    known = read_facts()
    organisations.loading.load(known)
    loading.load(known)
    return known


def test_the_plans_say_what_the_source_says(facts):
    first, second = DeliveryPlan.objects.order_by("starts")
    assert (first.year, first.grant_pence, first.agreed_with) == ("2021-22", 79_000_000, None)
    assert (first.starts.isoformat(), first.ends.isoformat()) == ("2021-04-01", "2022-03-31")
    assert first.overall_en == "All deliverables were met except recruitment."
    assert (second.year, second.grant_pence, second.agreed_with.slug_en) == ("2022-23", None, "welsh-government")
    assert DeliveryPlan.objects.current() == second
    assert {plan.source.slug for plan in (first, second)} == {"update-2022-10-28"}
    assert (Strategy.objects.get().approved_month, Theme.objects.get().title_en) == ("2021-09", "Human-centred design")


def test_the_deliverables_keep_what_is_not_published_apart_from_nought(facts):
    rows = Deliverable.objects.order_by("position").values_list("target", "actual", "outcome")
    assert list(rows) == [
        (None, None, "met"),
        (5, 5, "met"),
        (None, None, "met"),
        (None, None, "met"),
        (None, None, "met"),
        (4, 2, "not_met"),
        (4, 4, "met"),
        (250, None, "met"),
    ]


def test_the_projects_of_2022_23_stand_in_the_printed_order(facts):
    listings = PlanProject.objects.filter(plan__year="2022-23").select_related("project")
    assert [(one.printed_ref, one.project.title_en, one.project.status) for one in listings] == [
        ("17.1", "Life Events Service Design", "active"),
        ("17.2", "Merthyr Food Poverty Data Project", "active"),
        ("17.3", "Start a Career in Local Government Digital", "active"),
        ("17.4", "Learning Frameworks", "active"),
        ("17.5", "Digital Maturity Assessments", "active"),
        ("17.6", "Digital Town and Community Councils", "active"),
        ("17.7", "Education Management Information", "active"),
        ("17.8", "Training", "active"),
    ]
    assert Project.objects.get(slug_en="start-a-career-in-local-government-digital").duration_months == 18


def test_what_the_source_does_not_give_stays_empty(facts):
    phases = dict(Project.objects.values_list("slug_en", "phase"))
    assert phases["education-management-information"] == "discovery"
    assert phases["image-library"] == "alpha"
    assert phases["training"] == ""
    assert not StatusUpdate.objects.exists()
    assert set(PhaseChange.objects.values_list("since", flat=True)) == {None}
    assert dict(Project.objects.values_list("slug_en", "status"))["elearning"] == "unstated"


def test_the_backlog_and_the_lineage(facts):
    backlog = set(Project.objects.filter(status="backlog").values_list("slug_en", flat=True))
    assert backlog == {"image-library", "commercialisation-and-discretionary-services"}
    assert set(Lineage.objects.values_list("earlier__slug_en", "kind", "later__slug_en")) == {
        ("life-events", "merged_from", "life-events-service-design"),
        ("service-blueprints", "merged_from", "life-events-service-design"),
        ("capability-model", "succeeds", "learning-frameworks"),
        ("all-wales-image-library", "succeeds", "image-library"),
    }
    continued = set(Project.objects.filter(status="continued").values_list("slug_en", flat=True))
    assert continued == {"life-events", "service-blueprints", "capability-model", "all-wales-image-library"}


def test_what_is_inferred_is_marked(facts):
    partner = ProjectPartner.objects.get()
    assert (partner.project.slug_en, partner.organisation.slug_en) == (
        "merthyr-food-poverty-data-project",
        "merthyr-tydfil",
    )
    assert partner.inferred is True
    earlier = Project.objects.get(slug_en="elearning-alpha")
    assert (earlier.councils_stated, earlier.partners.count(), earlier.listings.count()) == (4, 0, 0)


def test_every_text_is_in_both_languages_or_in_neither(facts):
    for model in [model for model in event_models() if model._meta.app_label == "projects"]:
        if issubclass(model, BilingualModel):
            for row in model._default_manager.all():
                for name in model.bilingual:
                    assert len(getattr(row, name).missing) != 1, (row, name)


def count_events() -> int:
    return sum(
        event._base_manager.count() for model, event in event_models().items() if model._meta.app_label == "projects"
    )


def test_loading_again_changes_nothing(facts):
    before = count_events()
    loading.load(facts)
    assert count_events() == before


def test_loading_again_corrects_what_nobody_touched_and_leaves_what_somebody_did(facts):
    mine = Project.objects.get(slug_en="training")
    mine.aim_en, mine.aim_cy = "Ours", "Ein un ni"
    mine.save()
    for fact in facts["projects"]["projects"]:
        if fact["slug"]["en"] in {"training", "learning-frameworks"}:
            fact["aim"] = {"en": "Corrected", "cy": "Cywirwyd"}
    loading.load(facts)
    aims = dict(Project.objects.values_list("slug_en", "aim_en"))
    assert (aims["training"], aims["learning-frameworks"]) == ("Ours", "Corrected")
    assert history_of(Project.objects.get(slug_en="learning-frameworks"))[0].why == loading.WHY


def test_the_demonstration_stands_apart_and_is_loaded_once(facts):
    people = load_people(facts["demo"])
    load_demo(facts["demo"], people)
    load_demo(facts["demo"], people)
    plan = DeliveryPlan.objects.get(is_demo=True)
    assert plan.slug_cy == "cynllun-enghreifftiol"
    assert plan.starts <= timezone.localdate() <= plan.ends
    assert (Project.objects.filter(is_demo=True).count(), plan.listings.count()) == (8, 6)  # two were merged
    assert not PlanProject.objects.exclude(plan__is_demo=models.F("project__is_demo")).exists()
    assert DeliveryPlan.objects.current().year == "2022-23"
    letters = Project.objects.get(slug_en="demo-clear-letters")
    assert (letters.now.confidence, letters.now.said_on) == ("green", timezone.localdate() - timedelta(days=3))
    assert (letters.lead.demo_slug, letters.partners.count(), letters.updates.count()) == ("team", 2, 3)
    assert Milestone.objects.filter(project=letters).count() == 3
    assert Project.objects.get(slug_en="demo-parking-permits").status == "backlog"


@pytest.mark.parametrize(
    ("today", "year"), [("2026-03-31", "2025-26"), ("2026-04-01", "2026-27"), ("2099-05-01", "2099-00")]
)
def test_the_demonstrations_plan_is_of_the_year_of_loading(facts, time_machine, today, year):
    time_machine.move_to(f"{today}T12:00:00+00:00", tick=False)
    load_demo(facts["demo"], load_people(facts["demo"]))
    assert DeliveryPlan.objects.get(is_demo=True).year == year

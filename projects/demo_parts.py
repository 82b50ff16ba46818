"""The demonstration's risks, money, benefits, gates, documents, lessons and plan changes: invented."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from organisations.models import Organisation

from .actions import change_agree
from .models import (
    Benefit,
    Deliverable,
    DeliveryPlan,
    Document,
    FundingLine,
    Gate,
    Lesson,
    Milestone,
    MilestoneForecast,
    PlanChange,
    Project,
    ProjectCost,
    ProjectPartner,
    Risk,
)
from .states import ChangeKind, CostKind, GateOutcome, PartnerRole, Phase, RiskKind

FULL = "demo-school-meals"  # the project that shows every section


def both(name: str, en: str, cy: str) -> dict[str, str]:
    """The two columns of a text."""
    return {f"{name}_en": en, f"{name}_cy": cy}


def load_parts(plan: DeliveryPlan, people: dict[str, Any], today: date) -> None:
    """Everything that hangs on the demonstration's plan and on one of its projects."""
    project = Project.objects.get(slug_en=FULL)
    load_plan(plan, people, today)
    load_work(project, people, today)
    load_knowledge(project, people)


def load_plan(plan: DeliveryPlan, people: dict[str, Any], today: date) -> None:
    """The plan is agreed, with its money, two promises, one change that was agreed and one that is proposed."""
    government = Organisation.objects.get(slug_en="welsh-government")
    FundingLine.objects.create(plan=plan, source=government, **both("title", "Grant", "Grant"), amount_pence=60_000_000)
    FundingLine.objects.create(
        plan=plan, **both("title", "Councils’ contributions", "Cyfraniadau’r cynghorau"), amount_pence=12_500_000
    )
    promise = Deliverable.objects.create(
        plan=plan,
        project=Project.objects.get(slug_en="demo-content-patterns"),
        position=1,
        slug_en="demo-patterns-published",
        slug_cy="enghraifft-patrymau-a-gyhoeddwyd",
        **both("title", "Content patterns published", "Patrymau cynnwys a gyhoeddwyd"),
        target=20,
        actual=12,
        **both("unit", "patterns", "patrwm"),
        **both("evidence", "The list of patterns", "Y rhestr o batrymau"),
    )
    meals = Deliverable.objects.create(
        plan=plan,
        project=Project.objects.get(slug_en=FULL),
        position=2,
        slug_en="demo-schools-open",
        slug_cy="enghraifft-ysgolion-ar-agor",
        **both("title", "Schools that take applications", "Ysgolion sy’n derbyn ceisiadau"),
        target=40,
        **both("unit", "schools", "ysgol"),
    )
    plan.agreed_with, plan.agreed_on = government, max(plan.starts, today - timedelta(days=150))
    plan.save()
    agreed = PlanChange.objects.create(
        plan=plan,
        kind=ChangeKind.TARGET,
        deliverable=promise,
        target_before=20,
        target_after=16,
        **both(
            "reason",
            "Four patterns wait for the new components.",
            "Mae pedwar patrwm yn aros am y cydrannau newydd.",
        ),
        proposed_by=people["team"],
        proposed_on=today - timedelta(days=45),
    )
    change_agree(
        agreed,
        by=people["head-of-delivery"],
        name="Welsh Government, Digital (demonstration)",
        day=today - timedelta(days=30),
        reference="DEMO/1",
    )
    PlanChange.objects.create(
        plan=plan,
        kind=ChangeKind.TARGET,
        deliverable=meals,
        target_before=40,
        target_after=25,
        **both(
            "reason", "The supplier’s new date leaves one term.", "Mae dyddiad newydd y cyflenwr yn gadael un tymor."
        ),
        proposed_by=people["team"],
        proposed_on=today - timedelta(days=4),
    )


def load_work(project: Project, people: dict[str, Any], today: date) -> None:
    """Dates, gates, forecasts that moved, risks, benefits, costs and a lead council."""
    project.starts_on, project.ends_on = today - timedelta(days=200), today + timedelta(days=240)
    project.save()
    ProjectPartner.objects.filter(project=project, organisation__slug_en="torfaen").update(role=PartnerRole.LEAD)
    Gate.objects.create(
        project=project,
        phase=Phase.ALPHA,
        held_on=today - timedelta(days=70),
        outcome=GateOutcome.CONDITIONS,
        **both("note", "Test on telephones.", "Profi ar ffonau."),
    )
    Gate.objects.create(project=project, phase=Phase.BETA, due_on=today + timedelta(days=90))
    milestone = Milestone.objects.filter(project=project).order_by("pk")[0]
    MilestoneForecast.objects.create(
        milestone=milestone,
        forecast=today + timedelta(days=56),
        for_date=today,
        **both("why", "The supplier moved its date again.", "Symudodd y cyflenwr ei ddyddiad eto."),
        by=people["team"],
    )
    owned = {"project": project, "raised_on": today - timedelta(days=60)}
    Risk.objects.create(
        **owned,
        kind=RiskKind.RISK,
        **both("title", "The supplier misses the new date", "Y cyflenwr yn methu’r dyddiad newydd"),
        **both("mitigation", "A second route is tried in one school.", "Rhoddir cynnig ar ail lwybr mewn un ysgol."),
        likelihood=4,
        impact=5,
        owner=people["head-of-delivery"],
        review_on=today + timedelta(days=7),
        is_public=True,
    )
    Risk.objects.create(
        **owned,
        kind=RiskKind.ISSUE,
        **both("title", "Two schools have no e-mail for parents", "Nid oes gan ddwy ysgol e-bost ar gyfer rhieni"),
        likelihood=5,
        impact=2,
        owner=people["team"],
        review_on=today - timedelta(days=2),
    )
    Risk.objects.create(
        **owned,
        kind=RiskKind.RISK,
        **both("title", "The form is not ready for the term", "Y ffurflen heb fod yn barod ar gyfer y tymor"),
        likelihood=3,
        impact=3,
        closed_on=today - timedelta(days=10),
        is_public=True,
    )
    Benefit.objects.create(
        project=project,
        **both("title", "Parents finish sooner", "Rhieni’n gorffen yn gynt"),
        **both("measure", "The middle time of an application", "Amser canol cais"),
        **both("unit", "minutes", "munud"),
        baseline=Decimal(35),
        target=Decimal(12),
        due_on=today + timedelta(days=200),
    )
    for kind, pence, words in (
        (CostKind.BASELINE, 8_000_000, ("", "")),
        (CostKind.FORECAST, 8_900_000, ("Eight weeks more of the team.", "Wyth wythnos yn fwy o’r tîm.")),
        (CostKind.ACTUAL, 4_150_000, ("", "")),
    ):
        ProjectCost.objects.create(
            project=project, year=project.first_year, kind=kind, amount_pence=pence, **both("narrative", *words)
        )
    later = int(project.first_year[:4]) + 1
    year = f"{later}-{(later + 1) % 100:02d}"
    ProjectCost.objects.create(project=project, year=year, kind=CostKind.BASELINE, amount_pence=2_000_000)


def load_knowledge(project: Project, people: dict[str, Any]) -> None:
    """A document in both languages, one in English alone, and a lesson."""
    Document.objects.create(
        project=project,
        **both("title", "How the programme works", "Sut mae’r rhaglen yn gweithio"),
        **both("url", "/en/projects/", "/cy/prosiectau/"),
    )
    Document.objects.create(
        project=project,
        **both("title", "Note of the first school visits", "Nodyn o’r ymweliadau ysgol cyntaf"),
        url_en="https://example.org/school-visits",
    )
    Lesson.objects.create(
        project=project,
        by=people["team"],
        **both(
            "text",
            "Ask the schools for their term dates before the plan is drawn.",
            "Gofynnwch i’r ysgolion am ddyddiadau eu tymhorau cyn llunio’r cynllun.",
        ),
    )

"""What must hold of the past: it survives any edit, and it is quick at the size of a whole programme."""

import random
import re
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from projects.models import (
    Lineage,
    Milestone,
    PlanProject,
    Project,
    ProjectPartner,
    Risk,
    StatusUpdate,
)
from projects.states import BY_LINEAGE
from tests.factories.people import CouncilFactory, person
from tests.factories.projects import (
    BenefitFactory,
    ConfirmationFactory,
    DeliverableFactory,
    DeliveryPlanFactory,
    LineageFactory,
    MilestoneFactory,
    MilestoneForecastFactory,
    PhaseChangeFactory,
    PlanProjectFactory,
    ProjectCostFactory,
    ProjectPartnerFactory,
    RiskFactory,
    StatusUpdateFactory,
)
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import advance

EDITS, EVERY = 1_000, 25
PROJECTS, UPDATES = 400, 10
LONG = "The work goes on as planned with every council that takes part. " * 4


def essence(html: str) -> str:
    """What a page says: its main part without the bar of the past, what can be asked of the past, and its queries; and
    without the map of councils, which leads into the list of today alone."""
    text = html[html.index("<main") : html.index("</main>")].split('class="portal-past"')[0]
    text = re.sub(r'<section class="portal-as-at".*?</section>', "", text, flags=re.DOTALL)
    text = re.sub(r"\?as_at=[^\"&]*&amp;", "?", text)
    text = re.sub(r"(\?|&amp;)as_at=[^\"&]*", "", text).replace('?"', '"')
    text = re.sub(r'<input type="hidden" name="as_at"[^>]*>', "", text)
    text = re.sub(r'<div class="portfolio-screen"><details.*?</figure>.*?</details></div>', "", text, flags=re.DOTALL)
    return re.sub(r"\s*\n\s*", "\n", text)


class Editor:
    """Makes one random edit after another, each in a transaction of its own."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.user = person(Role.HEAD_OF_DELIVERY)
        self.plan = DeliveryPlanFactory()
        self.projects = [PlanProjectFactory(plan=self.plan).project for _number in range(4)]
        for project in self.projects:
            MilestoneFactory(project=project)
            DeliverableFactory(project=project, plan=self.plan)
        self.councils = [CouncilFactory() for _number in range(6)]
        self.edits: list[Callable[[Project], object]] = [
            self.title, self.raw, self.bulk, self.update, self.correct, self.confirm, self.phase, self.forecast,
            self.reach, self.partner, self.leave, self.risk, self.close, self.money, self.lineage, self.forget,
            self.move, self.listing, self.benefit,
        ]  # fmt: skip

    def edit(self) -> None:
        with audited(by=self.user, why=f"reason {self.number()}"):
            self.chance.choice(self.edits)(self.chance.choice(self.projects))

    def number(self) -> int:
        return self.chance.randrange(10_000)

    def day(self) -> date:
        return timezone.localdate() - timedelta(days=self.chance.randrange(60))

    def title(self, project: Project) -> None:
        project = Project.objects.get(pk=project.pk)
        project.title_en, project.aim_en, project.aim_cy = f"Title {self.number()}", f"Aim {self.number()}", "Nod"
        project.save()

    def raw(self, project: Project) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE projects_project SET title_cy = %s WHERE id = %s", [str(self.number()), project.pk])

    def bulk(self, _project: Project) -> None:
        Project.objects.update(duration_months=1 + self.number())

    def update(self, project: Project) -> None:
        word = self.chance.choice(["green", "amber", "red"])
        StatusUpdateFactory(project=project, confidence=word, for_date=self.day(), reason_en=f"Reason {self.number()}")

    def correct(self, project: Project) -> None:
        wrong = StatusUpdate.objects.filter(project=project, corrected_by=None).first()
        if wrong:
            StatusUpdateFactory(project=project, corrects=wrong, for_date=wrong.for_date, confidence="red")

    def confirm(self, project: Project) -> None:
        said = StatusUpdate.objects.filter(project=project, corrected_by=None).first()
        if said:
            ConfirmationFactory(update=said, for_date=timezone.localdate())

    def phase(self, project: Project) -> None:
        phase = self.chance.choice(["discovery", "alpha", "beta", "live"])
        Project.objects.filter(pk=project.pk).update(phase=phase)
        PhaseChangeFactory(project=project, phase=phase, since=self.day())

    def forecast(self, project: Project) -> None:
        milestone = self.chance.choice(list(project.milestones.all()))
        MilestoneForecastFactory(milestone=milestone, forecast=self.day() + timedelta(days=90), for_date=self.day())

    def reach(self, project: Project) -> None:
        Milestone.objects.filter(project=project).update(actual=self.chance.choice([None, self.day()]))
        MilestoneFactory(project=project)

    def partner(self, project: Project) -> None:
        council = self.chance.choice(self.councils)
        if not ProjectPartner.objects.filter(project=project, organisation=council).exists():
            ProjectPartnerFactory(project=project, organisation=council)

    def leave(self, project: Project) -> None:
        ProjectPartner.objects.filter(project=project, organisation=self.chance.choice(self.councils)).delete()

    def risk(self, project: Project) -> None:
        RiskFactory(project=project, is_public=self.chance.random() < 0.5, impact=1 + self.number() % 5)

    def close(self, project: Project) -> None:
        Risk.objects.filter(project=project, closed_on=None).update(closed_on=timezone.localdate())

    def money(self, project: Project) -> None:
        year = f"{2000 + self.number() % 20}-{(1 + self.number()) % 100:02d}"
        if not project.costs.filter(year=year, kind="actual").exists():
            ProjectCostFactory(project=project, year=year, kind="actual", amount_pence=self.number())

    def lineage(self, project: Project) -> None:
        earlier = self.chance.choice(self.projects)
        if earlier != project and not Lineage.objects.filter(later=project, earlier=earlier).exists():
            LineageFactory(later=project, earlier=earlier)

    def forget(self, project: Project) -> None:
        Lineage.objects.filter(later=project).delete()

    def move(self, project: Project) -> None:
        project = Project.objects.get(pk=project.pk)
        events = sorted({one.event for one in project.events_for(self.user)} - BY_LINEAGE)
        advance(project, self.chance.choice(events), by=self.user, why=f"Because {self.number()}")

    def listing(self, project: Project) -> None:
        PlanProject.objects.filter(project=project).update(printed_ref=str(self.number()), position=self.number())

    def benefit(self, project: Project) -> None:
        BenefitFactory(project=project, actual=self.number())


@pytest.mark.deep
@pytest.mark.django_db(transaction=True)
def test_a_page_as_at_a_moment_equals_the_page_recorded_then_after_a_thousand_random_edits(client):
    editor = Editor(seed=2026)
    addresses = [f"/en/projects/{one.slug_en}/" for one in editor.projects[:2]]
    addresses += [f"/en/projects/plans/{editor.plan.slug_en}/", "/cy/prosiectau/"]
    recorded = []
    for number in range(EDITS):
        editor.edit()
        if number % EVERY == EVERY - 1:
            moment = timezone.now().isoformat()
            recorded.append((moment, [essence(client.get(path).content.decode()) for path in addresses]))
    assert len(recorded) == EDITS // EVERY
    assert len({page for _moment, pages in recorded for page in pages[:1]}) > EDITS // EVERY // 2  # they do differ
    for moment, pages in recorded:
        for path, page in zip(addresses, pages, strict=True):
            assert essence(client.get(path, {"as_at": moment}).content.decode()) == page, f"{path} as at {moment}"


def programme() -> None:
    """400 projects with 4,000 updates, and every project changed three times since."""
    plan, today = DeliveryPlanFactory(), timezone.localdate()
    councils = [CouncilFactory() for _number in range(22)]
    values = {"phase": "alpha", "aim_en": LONG, "aim_cy": LONG}
    projects = Project.objects.bulk_create(
        Project(title_en=f"P {n}", title_cy=f"Rh {n}", slug_en=f"load-{n}", slug_cy=f"llwyth-{n}", **values)
        for n in range(PROJECTS)
    )
    PlanProject.objects.bulk_create(PlanProject(plan=plan, project=one, position=n) for n, one in enumerate(projects))
    ProjectPartner.objects.bulk_create(
        ProjectPartner(project=one, organisation=councils[(n + k) % 22])
        for n, one in enumerate(projects)
        for k in (0, 7)
    )
    Milestone.objects.bulk_create(
        Milestone(project=one, title_en="M", title_cy="C", baseline=today - timedelta(days=10)) for one in projects
    )
    for week in range(UPDATES):
        day = today - timedelta(days=7 * (UPDATES - week))
        words = {"reason_en": LONG, "reason_cy": LONG, "for_date": day}
        StatusUpdate.objects.bulk_create(
            StatusUpdate(project=one, confidence=("green", "amber", "red")[(n + week) % 3], **words)
            for n, one in enumerate(projects)
        )
    for months in (1, 2, 3):
        Project.objects.update(duration_months=months)


@pytest.mark.deep
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("signed_in", [False, True], ids=["for everybody", "for the team"])
def test_the_past_of_four_hundred_projects_is_drawn_with_twelve_queries_at_most(client, signed_in):
    """How long it takes is measured by `make bench`."""
    if signed_in:
        client.force_login(person(Role.TEAM), backend="allauth.account.auth_backends.AuthenticationBackend")
    programme()
    moment = timezone.now().isoformat()
    Project.objects.update(phase="beta")
    assert StatusUpdate.objects.count() == 4_000
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    pages: dict[str, dict[str, str]] = {
        "/en/projects/": {"as_at": moment},
        "/en/projects/changes/": {},
        "/en/projects/known/": {},
        "/en/projects/calibration/": {},
        "/en/projects/backlog/": {"as_at": moment},
    }
    costs = {}
    for path, query in pages.items():
        assert client.get(path, query).status_code == 200
        with CaptureQueriesContext(connection) as queries:
            client.get(path, query)
        costs[path] = len(queries)
    assert {path: cost for path, cost in costs.items() if cost > 12} == {}
    text = client.get("/en/projects/", {"as_at": moment}).content.decode()
    assert ("Alpha" in text, "portal-as-at" in text) == (True, True)

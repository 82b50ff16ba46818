"""Delivery plans, what they promise, and the projects with all that is said of them in public."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from projects.columns import PUBLIC
from projects.models import Deliverable, DeliveryPlan, Lineage, Project, StatusUpdate
from projects.opendata import PARTS_BY_NAME, Part
from projects.portfolio_rows import Row, rows_of

from . import columns as make
from .sets import NOBODY, DataSet

AREA = _("Projects")
# In the language of a file alone, or two columns of one thing: here the parts and `address` say it.
OTHERWISE = ("lead_councils", "partners", "address_en", "address_cy")
PARTS = ("updates", "phases", "milestones", "deliverables", "costs", "partners", "lineage", "risks")
RELATED = (
    Prefetch("updates", StatusUpdate.objects.order_by("for_date", "pk")),
    Prefetch("deliverables", Deliverable.objects.select_related("plan").order_by("plan__starts", "position")),
    Prefetch("earlier_links", Lineage.objects.select_related("earlier").order_by("pk")),
    "risks",
)


def plans(demonstration: bool) -> "QuerySet[DeliveryPlan]":
    found = DeliveryPlan.objects.visible_to(NOBODY).filter(is_demo=demonstration)
    return found.select_related("agreed_with", "source").order_by("starts", "pk")


def deliverables(demonstration: bool) -> "QuerySet[Deliverable]":
    found = Deliverable.objects.filter(plan__in=DeliveryPlan.objects.visible_to(NOBODY), plan__is_demo=demonstration)
    return found.select_related("plan", "project", "source").order_by("plan__starts", "position", "pk")


def projects(demonstration: bool) -> "QuerySet[Project]":
    return Project.objects.visible_to(NOBODY).filter(is_demo=demonstration).order_by("title_key_en", "pk")


def with_parts(page: Any) -> Iterable[Row]:
    return rows_of(page.prefetch_related(*RELATED))


def updates(demonstration: bool) -> "QuerySet[StatusUpdate]":
    found = StatusUpdate.objects.filter(project__in=Project.objects.visible_to(NOBODY), project__is_demo=demonstration)
    return found.select_related("project").order_by("-for_date", "-pk")


def slug(thing: Any) -> str | None:
    return thing.slug_en if thing else None


def rows_in(part: Part) -> Callable[[Row], Iterable[Any]]:
    return lambda row: part.rows(row.project)


def project_parts() -> Iterable[make.Column]:
    for part in (PARTS_BY_NAME[name] for name in PARTS):
        yield from make.rows(part.name, part.title, make.columns(part.fields), rows_in(part))


UPDATE = (
    *make.one("id", _("Number"), "number", lambda row: row.pk),
    *make.one("project", _("Project"), "text", lambda row: row.project.slug_en),
    *make.of(StatusUpdate, "for_date", "at", "confidence", "scale", "reason", "text"),
    *make.one("corrects", _("Corrects the update"), "number", lambda row: row.corrects_id),
)
PLAN = ("year", "title", "starts", "ends", "status_note", "overall")

SETS = (
    DataSet(
        "plans",
        "Plan",
        AREA,
        _("Delivery plans"),
        _("Each year’s plan, agreed with Welsh Government, and how it ended."),
        (
            *make.one("id", _("Name in addresses"), "text", lambda row: row.slug_en),
            *make.of(DeliveryPlan, *PLAN),
            *make.one(
                "agreed_with",
                _("Agreed with"),
                "text",
                lambda row: slug(row.agreed_with),
            ),
            *make.of(DeliveryPlan, "agreed_on", "grant_pence", "grant_note"),
            *make.both("source", _("Source"), lambda row: row.source.title if row.source else None),
            *make.addresses(make.page_of),
        ),
        plans,
        example={
            "id": "delivery-plan-2022-23",
            "year": "2022-23",
            "title": ("Delivery plan 2022-23", "Cynllun cyflawni 2022-23"),
            "starts": "2022-04-01",
            "ends": "2023-03-31",
            "agreed_with": "welsh-government",
        },
    ),
    DataSet(
        "deliverables",
        "Deliverable",
        AREA,
        _("Deliverables"),
        _("What each plan promised, with its target, what came of it, and the evidence."),
        (
            *make.one("id", _("Number"), "number", lambda row: row.pk),
            *make.one("plan", _("Delivery plan"), "text", lambda row: row.plan.slug_en),
            *make.one("year", _("Year"), "text", lambda row: row.plan.year),
            *make.one("project", _("Project"), "text", lambda row: slug(row.project)),
            *make.of(Deliverable, "title", "target", "actual", "unit", "outcome", "note", "evidence", "evidence_url"),
            *make.both("source", _("Source"), lambda row: row.source.title if row.source else None),
            *make.addresses(make.page_of),
        ),
        deliverables,
        key="pk",
        only={"plan": "plan__slug_en", "year": "plan__year", "project": "project__slug_en", "outcome": "outcome"},
        example={
            "id": 4,
            "plan": "delivery-plan-2021-22",
            "year": "2021-22",
            "title": ("Service discoveries", "Gwaith darganfod ar wasanaethau"),
            "target": 5,
            "actual": 5,
            "unit": ("discoveries", "darganfyddiad"),
            "outcome": "met",
        },
    ),
    DataSet(
        "projects",
        "Project",
        AREA,
        _("Projects"),
        _("Every project with its status, schedule and money, its updates, milestones, deliverables and risks."),
        (
            *make.columns(one for one in PUBLIC if one.key not in OTHERWISE),
            *project_parts(),
            *make.addresses(lambda row: row.project.get_absolute_url()),
        ),
        projects,
        only={"plan": "listings__plan__slug_en", "status": "status", "phase": "phase", "theme": "theme__slug"},
        prepare=with_parts,
        example={
            "id": "social-care-data",
            "title": ("Social care data", "Data gofal cymdeithasol"),
            "plans": ["2022-23"],
            "confidence": "green",
        },
    ),
    DataSet(
        "updates",
        "Update",
        AREA,
        pgettext_lazy("data set", "Status updates"),
        _("What was said of each project on each day: delivery confidence, its reason and the public text."),
        UPDATE,
        updates,
        key="pk",
        only={"project": "project__slug_en", "confidence": "confidence"},
        example={
            "id": 12,
            "project": "social-care-data",
            "for_date": "2026-11-20",
            "confidence": "amber",
            "scale": 1,
            "reason": ("Two councils wait for their supplier.", "Mae dau gyngor yn aros am eu cyflenwr."),
        },
    ),
)

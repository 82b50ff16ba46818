"""The facts of the delivery plans, loaded: `programme/facts/projects.yaml`.

Loading again adds what is new and corrects what nobody has touched; a row that somebody changed here stays as it is.
"""

from datetime import date
from typing import Any, TypeVar

from django.db import models

from organisations.models import Organisation
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.history import event_model

from .columns import MAJOR_PROJECTS
from .models import (
    ColumnSet,
    Deliverable,
    DeliveryPlan,
    Lineage,
    PhaseChange,
    PlanProject,
    Project,
    ProjectPartner,
    Source,
    Strategy,
    Theme,
)
from .states import Measure, Status

MEASURED = {"officers-trained": Measure.OFFICERS}  # what the training register counts, where it has rows
WHY = "loaded from the facts of the programme"
M = TypeVar("M", bound=models.Model)
Fact = dict[str, Any]


def load(facts: dict[str, Any], by: Any = None) -> None:
    """Load plans, deliverables, projects and their lineage. Raises KeyError where a fact names what is not there."""
    known = facts["projects"]
    with audited(by=by, why=WHY):
        source = load_source(known["source"])
        load_columns()
        strategy = load_strategy(known["strategy"])
        plans = {plan["year"]: load_plan(plan, source, strategy) for plan in known["plans"]}
        projects = {project["slug"]["en"]: load_project(project, source) for project in known["projects"]}
        earlier = {link["slug"] for project in known["projects"] for link in project["predecessors"]}
        positions = dict.fromkeys(plans, 0)
        for fact in known["projects"]:
            project = projects[fact["slug"]["en"]]
            if fact["plan"]:
                positions[fact["plan"]] += 1
                list_in_plan(project, plans[fact["plan"]], fact, positions[fact["plan"]])
            for link in fact["predecessors"]:
                put(Lineage, {"kind": link["kind"]}, later=project, earlier=projects[link["slug"]])
            if fact["slug"]["en"] in earlier and not fact["backlog"]:
                put(Project, {"status": Status.CONTINUED}, pk=project.pk)


def put(model: type[M], values: Fact, **key: Any) -> M:
    """The row with this key, made or corrected; left alone where anybody but the loader has changed it."""
    row = model._default_manager.filter(**key).first()
    if row is None:
        return model._default_manager.create(**key, **values)
    if any(getattr(row, name) != value for name, value in values.items()) and not touched(row):
        for name, value in values.items():
            setattr(row, name, value)
        row.save()
    return row


def touched(row: models.Model) -> bool:
    """Whether its history has an entry that is not the loader's."""
    return event_model(type(row))._base_manager.filter(pgh_obj_id=row.pk).exclude(pgh_context__why=WHY).exists()


def texts(fact: Fact, **names: str) -> Fact:
    """The two columns of each text: `texts(fact, title="title")`; null is empty in both."""
    return {
        f"{column}_{language}": (fact[name] or {}).get(language, "")
        for column, name in names.items()
        for language in ("en", "cy")
    }


def load_columns() -> ColumnSet:
    """The set of columns that comes with the portal, for anybody."""
    titles = {"title_en": "Major Projects data (UK Government)", "title_cy": "Data Prosiectau Mawr (Llywodraeth y DU)"}
    values = {**titles, "slug_cy": "prosiectau-mawr", "columns": list(MAJOR_PROJECTS), "is_public": True}
    return put(ColumnSet, {**values, "is_supplied": True}, slug_en="major-projects")


def load_source(fact: Fact) -> Source:
    return put(
        Source,
        {**texts(fact, title="title"), "published_on": fact["date"]},
        slug=f"update-{fact['date'].isoformat()}",
    )


def load_strategy(fact: Fact) -> Strategy:
    """The strategy, with the one theme of it that is named."""
    values = {**texts(fact, title="title", approved_by="approved_by"), "approved_month": fact["approved"]}
    strategy = put(Strategy, values, slug="local-government-digital-strategy-2021-23")
    put(Theme, {"strategy": strategy, **texts(fact, title="theme_named")}, slug="human-centred-design")
    return strategy


def load_plan(fact: Fact, source: Source, strategy: Strategy) -> DeliveryPlan:
    first = int(fact["year"][:4])
    agreed_with = Organisation.objects.get(slug_en=fact["agreed_with"]) if fact["agreed_with"] else None
    values = {
        "year": fact["year"],
        "starts": date(first, 4, 1),
        "ends": date(first + 1, 3, 31),
        **texts(fact, title="title", status_note="status", overall="overall", grant_note="funding_note"),
        "slug_cy": fact["slug"]["cy"],
        "agreed_with": agreed_with,
        "grant_pence": fact["funding_pence"],
        "strategy": strategy,
        "source": source,
        "is_historic": True,
    }
    plan = put(DeliveryPlan, values, slug_en=fact["slug"]["en"])
    for deliverable in fact["deliverables"]:
        load_deliverable(deliverable, plan, source)
    return plan


def load_deliverable(fact: Fact, plan: DeliveryPlan, source: Source) -> Deliverable:
    values = {
        **texts(fact, title="title", unit="unit", note="note"),
        "slug_cy": fact["slug"]["cy"],
        "position": fact["position"],
        "target": fact["target"],
        "actual": fact["actual"],
        "unit_forms": fact["unit_forms"],
        "outcome": fact["outcome"] or "",
        "measured_by": MEASURED.get(fact["slug"]["en"], ""),
        "source": source,
    }
    return put(Deliverable, values, plan=plan, slug_en=fact["slug"]["en"])


def load_project(fact: Fact, source: Source) -> Project:
    """A project as the source gives it; what it does not give stays empty."""
    latest = fact["plan"] == "2022-23"
    values = {
        **texts(fact, title="title", aim="aim", note="note", next_step="then"),
        "slug_cy": fact["slug"]["cy"],
        "phase": fact["phase"] or "",
        "duration_months": fact["duration_months"],
        "councils_stated": fact["councils"],
        "first_year": fact["year"] or "",
        "source": source,
        "is_historic": True,
    }
    project = Project.objects.filter(slug_en=fact["slug"]["en"]).first()
    if project is None:
        status = Status.BACKLOG if fact["backlog"] else Status.ACTIVE if latest else Status.UNSTATED
        project = put(Project, {**values, "status": status}, slug_en=fact["slug"]["en"])
    else:
        project = put(Project, values, slug_en=fact["slug"]["en"])
    if fact["phase"] and not project.phase_changes.exists():
        PhaseChange.objects.create(project=project, phase=fact["phase"], source=source)
    for partner in fact["partners"]:
        organisation = Organisation.objects.get(slug_en=partner["organisation"])
        put(ProjectPartner, {"inferred": partner["inferred"]}, project=project, organisation=organisation)
    return project


def list_in_plan(project: Project, plan: DeliveryPlan, fact: Fact, position: int) -> None:
    values = {"position": position, "printed_ref": fact["printed_ref"] or "", "listed_as": fact["listed_as"]}
    put(PlanProject, values, plan=plan, project=project)

"""The difference of two moments: which rows of projects and plans differ, who changed them, and why.

Read from the history that the database keeps, in one query whatever the number of rows. A row that was changed and
changed back is no difference; a row that moved to another project is gone from the first and new in the second.
"""

import json
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, models

from wlga_portal.kernel.history import DELETED, event_model

from .told import BY_KIND, TOLD, Row, Told


@dataclass(frozen=True, slots=True)
class Scope:
    """The projects and plans of which a difference speaks, by their ids."""

    projects: tuple[int, ...] = ()
    plans: tuple[int, ...] = ()

    def holds(self, told: Told, row: Row) -> bool:
        return any(row.get(column) in self.projects for column in told.project) or any(
            row.get(column) in self.plans for column in told.plan
        )

    def owner(self, told: Told, row: Row) -> tuple[str, int]:
        """Under what a row is listed: its plan where that is asked for, else its project."""
        plan = next((row[column] for column in told.plan if row.get(column) in self.plans), None)
        if plan is not None:
            return ("plan", plan)
        return ("project", next(row[column] for column in told.project if row.get(column) in self.projects))


@dataclass(frozen=True, slots=True)
class Cause:
    """Who changed a row, why and when; `by_id` None: the portal itself, or nobody said."""

    by_id: int | None
    why: str
    at: datetime


@dataclass(slots=True)
class Difference:
    """One row at both moments: None where it was not there."""

    told: Told
    row_id: int
    before: Row | None = None
    after: Row | None = None
    causes: list[Cause] = field(default_factory=list)

    @property
    def change(self) -> str:
        return "added" if self.before is None else "removed" if self.after is None else "changed"

    def moved(self) -> list[str]:
        """The texts and columns that differ, in the order of the table."""
        if self.before is None or self.after is None:
            return []
        before, after = self.before, self.after
        keys = {stem: [f"{stem}_en", f"{stem}_cy"] for stem in self.told.texts}
        keys |= {name: [attribute(self.told, name)] for name in self.told.columns}
        return [name for name, found in keys.items() if any(before[key] != after[key] for key in found)]

    def differs(self) -> bool:
        return (self.before is None) != (self.after is None) or bool(self.moved())


def attribute(told: Told, name: str) -> str:
    """The key of a column in a row: `theme` stands there as `theme_id`."""
    return str(told.column(name).attname)


def belongs(told: Told) -> str:
    """The SQL for "is of one of these projects or plans"."""
    tests = [f"{column} = ANY(%(projects)s)" for column in told.project]
    tests += [f"{column} = ANY(%(plans)s)" for column in told.plan]
    return f"({' OR '.join(tests)})"


def branch(told: Told) -> str:
    """The SQL of one kind: what each row touched in the time said before it, and every event in it."""
    table = f'public."{event_model(told.model)._meta.db_table}"'
    kind = f"'{told.kind}'"
    shown = f"{kind} AS kind, pgh_obj_id, pgh_id, pgh_label, pgh_created_at, pgh_context, to_jsonb(said) AS said"
    within = "pgh_created_at > %(start)s AND pgh_created_at <= %(end)s"
    ever = f"pgh_obj_id IN (SELECT pgh_obj_id FROM {table} WHERE {belongs(told)})"  # noqa: S608  names of our own tables
    return (
        f"(SELECT {shown} FROM {table} said WHERE {within} AND {ever})"  # noqa: S608  names of our own tables
        f" UNION ALL (SELECT DISTINCT ON (pgh_obj_id) {shown} FROM {table} said WHERE pgh_created_at <= %(start)s"
        f" AND pgh_obj_id IN (SELECT pgh_obj_id FROM {table} WHERE {within} AND {ever})"
        " ORDER BY pgh_obj_id, pgh_id DESC)"
    )


def differences(scope: Scope, start: datetime, end: datetime) -> list[Difference]:
    """What differs between two moments, in the order of the table of kinds, then of the rows. One query."""
    query = " UNION ALL ".join(branch(told) for told in TOLD) + " ORDER BY pgh_id"
    given: dict[str, Any] = {"start": start, "end": end, "projects": list(scope.projects), "plans": list(scope.plans)}
    found: dict[tuple[str, int], Difference] = {}
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        for kind, row_id, _event, label, at, context, said in cursor.fetchall():
            told, row = BY_KIND[kind], decoded(said)
            one = found.setdefault((kind, row_id), Difference(told, row_id))
            state = row if label != DELETED and scope.holds(told, row) and told.public(row) else None
            if at <= start:
                one.before = state
            else:
                known = decoded(context)
                one.causes.append(Cause(known["by"], known["why"], at))
            one.after = state
    order = {told.kind: place for place, told in enumerate(TOLD)}
    rows = sorted(found.values(), key=lambda one: (order[one.told.kind], one.row_id))
    return [one for one in rows if one.differs()]


def decoded(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def touched(start: datetime, end: datetime, projects: Collection[int]) -> list[int]:
    """Those of these projects of which anything was written in the time. One query."""
    parts = [
        f'SELECT {column} AS project FROM public."{event_model(told.model)._meta.db_table}"'  # noqa: S608  our own tables
        " WHERE pgh_created_at > %(start)s AND pgh_created_at <= %(end)s"
        for told in TOLD
        for column in told.project
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT DISTINCT project FROM ({' UNION ALL '.join(parts)}) written WHERE project = ANY(%(projects)s)",  # noqa: S608  our own tables
            {"start": start, "end": end, "projects": list(projects)},
        )
        return [row[0] for row in cursor.fetchall()]


def related(rows: list[Difference]) -> Iterator[tuple[type[models.Model], int]]:
    """The other rows that these name, by model and id."""
    for one in rows:
        for name in (*one.told.columns, one.told.name):
            key = f"{name}_id"
            for row in (one.before, one.after):
                if row is not None and row.get(key) is not None:
                    yield one.told.column(name).related_model, row[key]

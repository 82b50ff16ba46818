"""History kept by the database: every change of a tracked row, with when, who and why; and reading as at a moment.

Each tracked model has an event table filled by triggers (django-pghistory). The application's role may read these
tables and nothing else; the trigger functions run as the owner (see `database.py`). For each tracked table the schema
`as_at` holds a view of the same name that shows its rows as they were at the moment in the setting `portal.as_at`;
`as_at(moment)` puts that schema first on the search path, so that every query in its block reads the past.
"""

import contextlib
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, TypeVar

import pghistory
import pgtrigger
from django.apps import apps
from django.db import connection, models, transaction

Model = TypeVar("Model", bound=type[models.Model])
DELETED = "delete"


def tracked(*, exclude: tuple[str, ...] = ()) -> Callable[[Model], Model]:
    """Keep the history of a model; `exclude` names columns that must not enter it (names, addresses, secrets)."""

    def decorate(model: Model) -> Model:
        generated = [field.name for field in model._meta.local_fields if isinstance(field, models.GeneratedField)]
        pghistory.track(
            pghistory.InsertEvent(),
            pghistory.UpdateEvent(condition=pghistory_any_change(*exclude, *generated)),
            pghistory.DeleteEvent(),
            exclude=[*exclude, *generated],
            obj_field=pghistory.ObjForeignKey(related_name="events"),
            context_field=pghistory.ContextJSONField(),
            context_id_field=None,  # type: ignore[arg-type]  # its own documentation: None leaves the column out
            append_only=True,
            meta={
                "triggers": [
                    pgtrigger.Trigger(
                        name="stamp",
                        when=pgtrigger.Before,
                        operation=pgtrigger.Insert,
                        func="NEW.pgh_context := kernel_stamped(NEW.pgh_context); RETURN NEW;",
                    )
                ]
            },
        )(model)
        return model

    return decorate


def pghistory_any_change(*excluded: str) -> pgtrigger.Condition:
    """An update is an event when any column that is kept has changed."""
    return pgtrigger.AnyChange(exclude=list(excluded)) if excluded else pgtrigger.AnyChange()


@cache
def event_models() -> dict[type[models.Model], type[models.Model]]:
    """Each tracked model with its event model."""
    return {
        getattr(model, "pgh_tracked_model"): model  # noqa: B009  only event models have it
        for model in apps.get_models()
        if getattr(model, "pgh_tracked_model", None) and not model._meta.abstract
    }


def event_model(model: type[models.Model]) -> type[models.Model]:
    """The event model of a tracked model. Raises KeyError for one that is not tracked."""
    return event_models()[model]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One column before and after a change."""

    name: str
    label: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of an object's history; `by_id` is a user's id or None, `kind` is insert, update or delete."""

    kind: str
    at: datetime
    by_id: int | None
    why: str
    role: str
    fields: tuple[FieldChange, ...]


def history_of(instance: models.Model, *, limit: int = 200) -> list[Change]:
    """What happened to this row, newest first, each change with the columns that it moved. One query."""
    model = event_model(type(instance))
    events = list(model._base_manager.filter(pgh_obj_id=instance.pk).order_by("-pgh_id")[: limit + 1])
    own = [field for field in model._meta.concrete_fields if not field.name.startswith("pgh_")]
    changes = []
    for event, before in zip(events, [*events[1:], None], strict=True):
        fields = tuple(
            FieldChange(
                field.name, str(field.verbose_name), getattr(before, field.attname), getattr(event, field.attname)
            )
            for field in own
            if before is not None and getattr(before, field.attname) != getattr(event, field.attname)
        )
        context = event.pgh_context  # type: ignore[attr-defined]  # a column of every event model
        changes.append(
            Change(
                event.pgh_label,  # type: ignore[attr-defined]  # likewise
                event.pgh_created_at,  # type: ignore[attr-defined]  # likewise
                context["by"],
                context["why"],
                context["role"],
                fields,
            )
        )
    return changes[:limit]


@contextlib.contextmanager
def as_at(moment: datetime) -> Iterator[None]:
    """Every query in the block sees tracked tables as they were at `moment`; nothing can be written.

    Querysets are lazy: evaluate them, and draw the page, inside the block.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('search_path', 'as_at, public', true), set_config('portal.as_at', %s, true),"
                " set_config('transaction_read_only', 'on', true)",
                [moment.isoformat()],
            )
        yield
        # going back to the savepoint brings back the search path and the right to write
        transaction.set_rollback(True)


def as_at_views(tables: Collection[str]) -> list[str]:
    """The SQL that makes the schema `as_at` anew, for those tracked tables that are there."""
    statements = ["DROP SCHEMA IF EXISTS as_at CASCADE", "CREATE SCHEMA as_at"]
    for model, event in event_models().items():
        if event._meta.db_table not in tables:
            continue  # a migration that stops half-way, on purpose
        columns = ", ".join(
            f'{generated_sql(field)} AS "{field.column}"'
            if isinstance(field, models.GeneratedField)
            else f'"{field.column}"'
            if event_has(event, field)
            else f'NULL::{field.db_type(connection)} AS "{field.column}"'
            for field in model._meta.local_concrete_fields
        )
        statements.append(
            f'CREATE VIEW as_at."{model._meta.db_table}" AS SELECT {columns} FROM ('  # noqa: S608  names of our own tables
            f'SELECT DISTINCT ON (pgh_obj_id) * FROM public."{event._meta.db_table}"'
            " WHERE pgh_created_at <= current_setting('portal.as_at')::timestamptz"
            f" ORDER BY pgh_obj_id, pgh_id DESC) latest WHERE pgh_label <> '{DELETED}'"
        )
    return statements


def event_has(event: type[models.Model], field: models.Field[Any, Any]) -> bool:
    return any(other.name == field.name for other in event._meta.local_fields)


def generated_sql(field: models.GeneratedField) -> str:
    """The SQL of a generated column."""
    sql, params = field.generated_sql(connection)
    if params:
        raise ValueError(f"{field} is generated with parameters; the view as_at cannot hold them")
    return str(sql)

"""Migrations with many triggers in seconds: a fresh start migrates while a person waits, and so does each test run.

Django draws its historical models anew after each operation that changes one, with every model that hangs together
with it: here that is nearly all. pgtrigger asks for that after each trigger too, though a trigger changes nothing of a
model's class; and its operations stand between those that Django would fold into one.

A column, a constraint or an index that is added, a constraint or an index that goes, a plain column that changes and a
model that is new need their own model and no other: it alone is drawn anew. The state is marked as delayed, as Django
does for what it draws in part: before Python code of a migration runs, everything is drawn once more. Other operations
are left as they are.

Before each operation Django copies the state of every model, and looks each of its fields over while it does: what was
looked over when it was made is copied as it is.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.management.commands import makemigrations
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.migration import Migration
from django.db.migrations.state import ModelState, ProjectState
from pgtrigger.migrations import AddTrigger, RemoveTrigger


def add(operation: Any, app_label: str, state: ProjectState) -> None:
    options = state.models[app_label, operation.model_name.lower()].options
    options["triggers"] = [*options.get("triggers", []), operation.trigger]


def remove(operation: Any, app_label: str, state: ProjectState) -> None:
    options = state.models[app_label, operation.model_name.lower()].options
    options["triggers"] = [trigger for trigger in options.get("triggers", []) if trigger.name != operation.name]


def alone(method: Callable[..., None]) -> Callable[..., None]:
    """A change of the state after which its own model is drawn anew, and no other."""

    @wraps(method)
    def quick(state: Any, *args: Any, **options: Any) -> None:
        def reload(app_label: str, model_name: str, delay: bool = False) -> None:
            if method.__name__ == "alter_field" and not delay:  # others point at it, or it points at others
                ProjectState.reload_model(state, app_label, model_name)
            elif "apps" in state.__dict__:
                state.is_delayed = True
                state._reload({(app_label, model_name)})

        state.reload_model = reload
        try:
            method(state, *args, **options)
        finally:
            del state.reload_model

    return quick


def copied(state: ModelState) -> ModelState:
    """A copy that shares what operations replace and never change: fields, indexes, constraints, triggers."""
    twin = ModelState.__new__(ModelState)
    twin.__dict__.update(state.__dict__)
    twin.fields, twin.options, twin.managers = dict(state.fields), dict(state.options), list(state.managers)
    return twin


class TriggersLast(MigrationAutodetector):
    """Writes the triggers of a migration at its end, so that columns and constraints fold into their models."""

    migrations: dict[str, list[Migration]]

    def _optimize_migrations(self) -> None:
        for migrations in self.migrations.values():
            for migration in migrations:
                ordered = sorted(migration.operations, key=lambda one: isinstance(one, AddTrigger))
                migration.operations = ordered  # type: ignore[misc]  # each migration that is being made has its own
        super()._optimize_migrations()  # type: ignore[misc]  # the types of Django leave it out


def install() -> None:
    """Called once, when Django is ready; pgtrigger puts its own autodetector on top of this one."""
    setattr(AddTrigger, "state_forwards", add)  # noqa: B010  replaces a method, which an assignment may not
    setattr(RemoveTrigger, "state_forwards", remove)  # noqa: B010  likewise
    setattr(ModelState, "clone", copied)  # noqa: B010  likewise
    for name in (
        "add_model", "add_field", "alter_field", "add_constraint", "remove_constraint", "add_index", "remove_index",
    ):  # fmt: skip
        setattr(ProjectState, name, alone(getattr(ProjectState, name)))
    setattr(makemigrations, "MigrationAutodetector", TriggersLast)  # noqa: B010  likewise

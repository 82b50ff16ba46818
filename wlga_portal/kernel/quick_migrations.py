"""Migrations with many triggers in seconds: a fresh start migrates while a person waits, and so does each test run.

Django draws its historical models anew after each operation that changes one. pgtrigger asks for that after each
trigger too, though a trigger changes nothing of a model's class; and its operations stand between those that Django
would fold into one. With 300 triggers a migration took 24 s of one core, and now about a tenth of that.
"""

from typing import Any

from django.core.management.commands import makemigrations
from django.db.migrations.autodetector import MigrationAutodetector
from django.db.migrations.migration import Migration
from django.db.migrations.state import ProjectState
from pgtrigger.migrations import AddTrigger, RemoveTrigger


def add(operation: Any, app_label: str, state: ProjectState) -> None:
    options = state.models[app_label, operation.model_name.lower()].options
    options["triggers"] = [*options.get("triggers", []), operation.trigger]


def remove(operation: Any, app_label: str, state: ProjectState) -> None:
    options = state.models[app_label, operation.model_name.lower()].options
    options["triggers"] = [trigger for trigger in options.get("triggers", []) if trigger.name != operation.name]


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
    setattr(makemigrations, "MigrationAutodetector", TriggersLast)  # noqa: B010  likewise

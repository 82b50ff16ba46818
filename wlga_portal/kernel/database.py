"""The two database roles: after each migration the owner grants the application what it needs, and no more.

The application's role reads and writes rows; it may only add to append-only tables, and only read the history. The
functions of triggers run as the owner with a fixed search path, and no setting switches them off.
"""

from collections.abc import Collection
from typing import Any

from django.apps import AppConfig, apps
from django.conf import settings
from django.db import connections, models
from django.db.models import F, Func, Q, Value
from django.db.models.signals import post_migrate
from django.dispatch import receiver

from .history import as_at_views, event_models

NEVER_IGNORE = """
CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean
LANGUAGE sql IMMUTABLE AS 'SELECT false'
"""
RUN_AS_OWNER = """
DO $$ DECLARE one regprocedure; BEGIN
    FOR one IN SELECT p.oid::regprocedure FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname = 'public' AND p.proname LIKE 'pgtrigger\\_%'
    LOOP
        EXECUTE format('ALTER FUNCTION %s SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp', one);
    END LOOP;
END $$
"""


def append_only(model: type[models.Model]) -> type[models.Model]:
    """Rows of this model are never changed or deleted by the application: its role may only read and add."""
    model.portal_append_only = True  # type: ignore[attr-defined]  # read by `grants`
    return model


def hashed(name: str, *, unless: Q | None = None) -> models.CheckConstraint:
    """`sha256` of a frozen row is the hash of the very bytes (UTF-8) of its `content`, whoever writes it.

    `unless`: the rows whose words were taken away on purpose; the hash stays as their tombstone.
    """
    written = Func(F("content"), Value("UTF8"), function="convert_to", output_field=models.BinaryField())
    digest = Func(written, function="sha256", output_field=models.BinaryField())
    as_hex = Func(digest, Value("hex"), function="encode", output_field=models.TextField())
    whole = Q(sha256=as_hex)
    return models.CheckConstraint(name=name, condition=whole | unless if unless else whole)


def grants(role: str, tables: Collection[str]) -> list[str]:
    """The SQL that gives `role` its rights, from nothing."""
    statements = [
        "REVOKE CREATE ON SCHEMA public FROM PUBLIC",
        f'REVOKE ALL ON ALL TABLES IN SCHEMA public FROM "{role}"',
        f'GRANT USAGE ON SCHEMA public, as_at TO "{role}"',
        f'GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO "{role}"',
        f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "{role}"',
        f'GRANT SELECT ON ALL TABLES IN SCHEMA as_at TO "{role}"',
        f'REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM "{role}"',
    ]
    histories = [event._meta.db_table for event in event_models().values()]
    kept = [model._meta.db_table for model in apps.get_models() if getattr(model, "portal_append_only", False)]
    for rights, names in (("INSERT, UPDATE, DELETE", histories), ("UPDATE, DELETE", kept)):
        statements += [f'REVOKE {rights} ON "{name}" FROM "{role}"' for name in names if name in tables]
    return statements


@receiver(post_migrate)
def harden(sender: AppConfig, using: str, plan: Any = None, **_kwargs: Any) -> None:
    """Once all migrations are in: views of the past, functions that cannot be switched off, rights of the roles."""
    if sender.label != "kernel":
        return
    role = settings.APP_DATABASE["USER"]
    with connections[using].cursor() as cursor:
        tables = frozenset(connections[using].introspection.table_names(cursor))
        for statement in [*as_at_views(tables), NEVER_IGNORE, RUN_AS_OWNER, *grants(role, tables)]:
            cursor.execute(statement)

"""The database notes what changes of what can be found, whoever writes it and however.

The triggers follow the apps' declarations (`kernel.searching`): after each `migrate` those that are missing or say
something else are made, as the owner.
"""

import hashlib
from collections.abc import Iterator
from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from wlga_portal.kernel.searching import SOURCES, Source, Watch

PREFIX = "search_due_"
# TG_ARGV: the source, the column of the changed row, the query that gives ids for its value (or '')
FUNCTION = """
CREATE OR REPLACE FUNCTION programme_search_due() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS
$body$
DECLARE
    before_id bigint;
    after_id bigint;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        EXECUTE format('SELECT ($1).%I', TG_ARGV[1]) INTO before_id USING OLD;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        EXECUTE format('SELECT ($1).%I', TG_ARGV[1]) INTO after_id USING NEW;
    END IF;
    IF after_id IS NOT DISTINCT FROM before_id THEN
        before_id := NULL;
    END IF;
    IF TG_ARGV[2] = '' THEN
        INSERT INTO programme_searchdue (source, row_id)
        SELECT TG_ARGV[0], one FROM unnest(ARRAY[before_id, after_id]) AS one WHERE one IS NOT NULL;
    ELSE
        EXECUTE 'INSERT INTO programme_searchdue (source, row_id) SELECT $2, found.id FROM (' || TG_ARGV[2]
            || ') AS found' USING after_id, TG_ARGV[0];
        IF before_id IS NOT NULL THEN
            EXECUTE 'INSERT INTO programme_searchdue (source, row_id) SELECT $2, found.id FROM (' || TG_ARGV[2]
                || ') AS found' USING before_id, TG_ARGV[0];
        END IF;
    END IF;
    RETURN NULL;
END
$body$
"""


def trigger_of(source: Source, watch: Watch) -> tuple[str, str, str]:
    """The table, the name and the SQL of the trigger that watches it; the name changes with what it does."""
    table = watch.model._meta.db_table
    of = f" OF {', '.join(watch.only)}" if watch.only else ""
    arguments = ", ".join("'{}'".format(one.replace("'", "''")) for one in (source.name, watch.column, watch.query))
    when, does = (
        f"AFTER INSERT OR DELETE OR UPDATE{of} ON {table}",
        f"EXECUTE FUNCTION programme_search_due({arguments})",
    )
    said = f"{when} FOR EACH ROW {does}"
    name = PREFIX + hashlib.sha256(said.encode()).hexdigest()[:16]
    return table, name, f"CREATE TRIGGER {name} {said}"


def declared() -> Iterator[tuple[str, str, str]]:
    for source in SOURCES.values():
        for watch in source.watch:
            yield trigger_of(source, watch)


def standing(connection: BaseDatabaseWrapper) -> set[tuple[str, str]]:
    """The tables that are watched and the names of their triggers, as the database has them."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE starts_with(tgname, %s)", [PREFIX])
        return {(table, name) for table, name in cursor.fetchall()}


def watch_all(using: str = "default", **_signal: Any) -> None:
    """Make the triggers that are missing, and drop those that are declared no more. As the owner, after migrating."""
    connection = connections[using]
    tables = set(connection.introspection.table_names())
    if "programme_searchdue" not in tables:
        return
    wanted = {(table, name): sql for table, name, sql in declared() if table in tables}
    now = standing(connection)
    with connection.cursor() as cursor:
        cursor.execute(FUNCTION)
        for table, name in sorted(now - set(wanted)):
            cursor.execute(f"DROP TRIGGER {name} ON {table}")
        for key in sorted(set(wanted) - now):
            cursor.execute(wanted[key])

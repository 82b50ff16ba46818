"""What the application's role of the database may not do to the record, asked of every table and every function."""

import pytest
from django.db import DatabaseError, connection, transaction

from accounts.models import Viewing
from tests.factories.people import ViewingFactory
from wlga_portal.kernel.history import event_models, history_of

pytestmark = pytest.mark.django_db
APP = "portal_app"


def rows(sql: str, *values: object) -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return list(cursor.fetchall())


def test_the_role_is_nobody_special_and_belongs_to_nobody():
    assert rows(
        "SELECT rolsuper, rolcreaterole, rolcreatedb, rolreplication, rolbypassrls FROM pg_roles WHERE rolname = %s",
        APP,
    ) == [(False, False, False, False, False)]
    assert not rows("SELECT 1 FROM pg_auth_members WHERE member = %s::regrole", APP)
    assert rows("SELECT has_schema_privilege(%s, 'public', 'CREATE')", APP) == [(False,)]


def test_it_owns_no_table_and_no_function_and_may_truncate_none():
    assert rows("SELECT relname FROM pg_class WHERE relowner = %s::regrole", APP) == []
    assert rows("SELECT proname FROM pg_proc WHERE proowner = %s::regrole", APP) == []
    allowed = rows(
        "SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public'"
        " AND c.relkind IN ('r', 'p') AND (has_table_privilege(%s, c.oid, 'TRUNCATE') OR"
        " has_table_privilege(%s, c.oid, 'TRIGGER'))",
        APP,
        APP,
    )
    assert allowed == []


def test_what_runs_as_the_owner_looks_for_names_in_a_fixed_place():
    loose = rows(
        "SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace WHERE n.nspname = 'public'"
        " AND p.prosecdef AND NOT coalesce(array_to_string(p.proconfig, ','), '') LIKE '%%search_path=%%'"
    )
    assert loose == []


def test_every_event_table_is_stamped_and_only_grows_and_each_tracked_table_writes_to_one():
    assert len(event_models()) > 40
    for tracked, event in event_models().items():
        table = event._meta.db_table
        triggers = {name for (name,) in rows("SELECT tgname FROM pg_trigger WHERE tgrelid = %s::regclass", table)}
        kinds = {name.removeprefix("pgtrigger_").rsplit("_", 1)[0] for name in triggers}
        assert {"stamp", "append_only"} <= kinds, table
        assert rows("SELECT has_table_privilege(%s, %s, 'INSERT, UPDATE, DELETE')", APP, table) == [(False,)], table
        enabled = rows(
            "SELECT tgenabled FROM pg_trigger WHERE tgrelid = %s::regclass AND tgname ~ '(insert|update|delete)'",
            tracked._meta.db_table,
        )
        assert len(enabled) >= 3, tracked
        assert {state for (state,) in enabled} <= {"O", "A"}, tracked


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT set_config('session_replication_role', 'replica', false)",
        "ALTER ROLE portal_app SUPERUSER",
        "GRANT portal_owner TO portal_app",
        "ALTER TABLE accounts_viewing DROP CONSTRAINT viewing_ended_after_begun",
        "ALTER TABLE accounts_viewingevent DISABLE TRIGGER USER",
        "CREATE TRIGGER mine BEFORE INSERT ON accounts_viewingevent EXECUTE FUNCTION kernel_stamped()",
        "CREATE RULE mine AS ON INSERT TO accounts_viewingevent DO INSTEAD NOTHING",
        "ALTER FUNCTION kernel_stamped(jsonb) OWNER TO portal_app",
        "COPY accounts_viewingevent FROM PROGRAM 'true'",
        "LOCK TABLE accounts_viewingevent IN ACCESS EXCLUSIVE MODE",
    ],
)
def test_other_ways_around_the_history_are_refused(sql):
    refusals = "permission denied|must be owner|must be superuser|must have admin option"  # as 15 and 17 word them
    with pytest.raises(DatabaseError, match=refusals), transaction.atomic():
        rows(sql)


def test_a_write_without_context_keeps_the_role_and_says_that_no_reason_was_given():
    viewing = ViewingFactory()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_viewing SET ended_at = now() + interval '1 hour' WHERE id = %s", [viewing.pk])
    last = history_of(Viewing.objects.get())[0]
    assert (last.by_id, last.why, last.role) == (None, "no reason given", APP)


def test_a_forged_context_keeps_the_role_all_the_same():
    viewing = ViewingFactory()
    with connection.cursor() as cursor:
        cursor.execute("""SELECT set_config('pghistory.context_metadata', '{"role": "portal_owner"}', true)""")
        cursor.execute("UPDATE accounts_viewing SET ended_at = now() + interval '1 hour' WHERE id = %s", [viewing.pk])
    assert history_of(Viewing.objects.get())[0].role == APP

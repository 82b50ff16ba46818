"""History kept by the database, and what the application's role may not do to it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.utils import timezone

from organisations.models import Organisation
from tests.factories.people import BodyFactory, CouncilFactory, UserFactory
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.history import as_at, event_model, event_models, history_of

EVENTS = event_model(Organisation)


def run(sql: str, params: list[object] | None = None) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


@pytest.mark.django_db
def test_the_suite_runs_as_the_applications_role():
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        assert cursor.fetchone() == ("portal_app",)


@pytest.mark.django_db
def test_a_change_is_kept_with_who_and_why():
    user, body = UserFactory(), BodyFactory(name_en="Before")
    with audited(by=user, why="the body took a new name"):
        body.name_en = "After"
        body.save()
    last = history_of(body)[0]
    assert (last.kind, last.by_id, last.why, last.role) == ("update", user.pk, "the body took a new name", "portal_app")
    assert {(change.name, change.before, change.after) for change in last.fields} == {
        ("name_en", "Before", "After"),
        ("name_mark", "unreviewed", "stale_cy"),
    }


@pytest.mark.django_db
def test_raw_sql_and_bulk_updates_are_kept_and_say_that_nobody_gave_a_reason():
    body = BodyFactory(name_en="Before")
    Organisation.objects.filter(pk=body.pk).update(name_en="Bulk")
    run("UPDATE organisations_organisation SET name_en = 'Raw' WHERE id = %s", [body.pk])
    changes = history_of(body)[:2]
    assert [(change.by_id, change.why, change.role) for change in changes] == [
        (None, "no reason given", "portal_app")
    ] * 2
    assert [change.fields[0].after for change in changes] == ["Raw", "Bulk"]


@pytest.mark.django_db
def test_an_inner_reason_holds_until_its_block_ends():
    user, body = UserFactory(), BodyFactory()
    with audited(by=user, why="outer"):
        with audited(by=None, why="inner"):
            Organisation.objects.filter(pk=body.pk).update(name_en="One")
        Organisation.objects.filter(pk=body.pk).update(name_en="Two")
    Organisation.objects.filter(pk=body.pk).update(name_en="Three")
    assert [(change.by_id, change.why) for change in history_of(body)[:3]] == [
        (None, "no reason given"),
        (user.pk, "outer"),
        (None, "inner"),
    ]


@pytest.mark.django_db
def test_a_deletion_is_kept():
    body = BodyFactory()
    pk = body.pk
    body.delete()
    assert list(EVENTS.objects.filter(pgh_obj_id=pk).order_by("pgh_id").values_list("pgh_label", flat=True)) == [
        "insert",
        "delete",
    ]


TABLE = EVENTS._meta.db_table


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sql",
    [
        f"UPDATE {TABLE} SET name_en = 'forged'",
        f"DELETE FROM {TABLE}",
        f"TRUNCATE {TABLE}",
        f"INSERT INTO {TABLE} (pgh_created_at, pgh_label, pgh_obj_id, id) VALUES (now(), 'update', 1, 1)",
        f"DROP TABLE {TABLE}",
        "ALTER TABLE organisations_organisation DISABLE TRIGGER ALL",
        f"ALTER TABLE {TABLE} DISABLE TRIGGER ALL",
        "SET session_replication_role = replica",
        "CREATE OR REPLACE FUNCTION public._pgtrigger_should_ignore(trigger_name name) RETURNS boolean"
        " LANGUAGE sql AS 'SELECT true'",
        "CREATE FUNCTION public.mine() RETURNS int LANGUAGE sql AS 'SELECT 1'",
        "TRUNCATE organisations_organisation CASCADE",
        "UPDATE kernel_statuschange SET why = 'forged'",
        "DELETE FROM kernel_statuschange",
        "SET ROLE portal_owner",
        "DELETE FROM django_migrations",
    ],
)
def test_the_applications_role_cannot_change_delete_truncate_forge_or_switch_off_history(sql):
    BodyFactory()
    with pytest.raises((ProgrammingError, DatabaseError)) as refused, transaction.atomic():
        run(sql)
    assert "permission denied" in str(refused.value) or "must be owner" in str(refused.value)


@pytest.mark.django_db
def test_the_setting_that_ignores_triggers_ignores_none():
    body = BodyFactory()
    with transaction.atomic():
        run(
            "SELECT set_config('pgtrigger.ignore',"
            " '{organisations_organisation:pgtrigger_update_update_0,update_update}', true)"
        )
        Organisation.objects.filter(pk=body.pk).update(name_en="Unseen?")
    assert history_of(body)[0].fields[0].after == "Unseen?"


@pytest.mark.django_db
def test_a_table_of_the_same_name_on_the_search_path_does_not_catch_the_history():
    body = BodyFactory()
    with transaction.atomic():
        run(f"CREATE TEMP TABLE {TABLE} (LIKE public.{TABLE}) ON COMMIT DROP")
        Organisation.objects.filter(pk=body.pk).update(name_en="Caught?")
        run(f"DROP TABLE pg_temp.{TABLE}")
    assert history_of(body)[0].fields[0].after == "Caught?"


@pytest.mark.django_db
def test_every_event_table_is_read_only_for_the_application():
    with connection.cursor() as cursor:
        for event in event_models().values():
            cursor.execute(
                "SELECT has_table_privilege('portal_app', %s, 'SELECT'),"
                " has_table_privilege('portal_app', %s, 'INSERT, UPDATE, DELETE, TRUNCATE')",
                [event._meta.db_table, event._meta.db_table],
            )
            assert cursor.fetchone() == (True, False), event


@pytest.mark.django_db(transaction=True)
def test_the_past_is_read_with_the_same_queries():
    council = CouncilFactory(name_en="Old name", name_cy="Hen enw")
    before = timezone.now()
    gone = BodyFactory()
    Organisation.objects.filter(pk=council.pk).update(name_en="New name", name_cy="Enw newydd")
    gone_id = gone.pk
    middle = timezone.now()
    gone.delete()
    with as_at(before):
        past = Organisation.objects.get()
        assert (past.name_en, past.name_key_cy, past.pk) == ("Old name", "hen enw", council.pk)
    with as_at(middle):
        assert set(Organisation.objects.values_list("name_en", "pk")) == {
            ("New name", council.pk),
            (gone.name_en, gone_id),
        }
    with as_at(before - timedelta(days=1)):
        assert not Organisation.objects.exists()
    assert Organisation.objects.get().name_en == "New name"


@pytest.mark.django_db
def test_nothing_can_be_written_into_the_past():
    body = BodyFactory()
    with pytest.raises(DatabaseError, match=r"read-only|cannot execute"), as_at(timezone.now()):
        UserFactory()
    body.name_en = "Writable again"
    body.save()
    assert Organisation.objects.get(pk=body.pk).name_en == "Writable again"

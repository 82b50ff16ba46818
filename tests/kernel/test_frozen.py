"""Every frozen row is held to its hash: each night, and whenever an operator asks."""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from tests import databases
from tests.factories.board import EditionFactory
from tests.factories.people import person
from tests.factories.writing import WithdrawalFactory
from wlga_portal.kernel import frozen
from wlga_portal.kernel.queue import enqueue, run_jobs

pytestmark = pytest.mark.django_db


def test_every_model_that_is_frozen_with_a_hash_is_held_to_it():
    hashed = {
        model
        for model in apps.get_models()
        if getattr(model, "portal_append_only", False) and any(one.name == "sha256" for one in model._meta.fields)
    }
    assert hashed == set(frozen.KINDS)


def test_rows_that_are_as_they_were_pass_and_are_counted():
    EditionFactory()
    out = StringIO()
    call_command("check_frozen", stdout=out)
    assert "board.edition: 1\n" in out.getvalue()
    assert "All frozen rows are as they were." in out.getvalue()
    enqueue(frozen.check_frozen, timestamp=0)
    assert [job.status for job in run_jobs()] == ["succeeded"]


def test_a_withdrawn_edition_has_no_words_to_check():
    withdrawal = WithdrawalFactory(edition=EditionFactory())
    assert frozen.counted()["board.edition"] == 1
    withdrawal.decided(person())
    withdrawal.status = "done"
    withdrawal.save()
    assert frozen.counted()["board.edition"] == 0
    assert list(frozen.broken()) == []


@pytest.mark.django_db(transaction=True)
def test_words_that_the_owner_changed_behind_the_portals_back_are_found(settings, caplog):
    whole, changed = EditionFactory(), EditionFactory(content='{"a": 1}')
    with databases.owner(settings.DATABASES["default"]["NAME"]) as owner:
        owner.execute("ALTER TABLE board_edition DROP CONSTRAINT edition_hash_is_of_its_content")
        owner.execute("UPDATE board_edition SET content = content || ' ' WHERE id = %s", [changed.pk])
        owner.commit()
    assert [(one.label, one.pk) for one in frozen.broken()] == [("board.edition", changed.pk)]
    with pytest.raises(CommandError, match=f"board.edition {changed.pk}"):
        call_command("check_frozen", stdout=StringIO())
    enqueue(frozen.check_frozen, timestamp=0)
    assert [job.status for job in run_jobs(swallow=True)] == ["failed"]
    assert f"board.edition {changed.pk}" in caplog.text
    assert whole.pk

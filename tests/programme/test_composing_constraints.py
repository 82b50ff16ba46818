"""The constraints of composed papers bite, and the values of a cleared paper are frozen by the database."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from board.models import Paper
from programme.models import BoundValue, ComposedBlock
from tests.factories import programme as make

pytestmark = pytest.mark.django_db


def refused(name: str, write: Callable[[], Any]) -> None:
    with pytest.raises(DatabaseError, match=name), transaction.atomic():
        write()


def test_what_is_known_of_the_team_has_its_source_once_a_day() -> None:
    one = make.TeamStatementFactory()
    refused("team_statement_once_a_day", lambda: make.TeamStatementFactory(dated=one.dated))
    refused("team_statement_sourced", lambda: make.TeamStatementFactory(source_cy=""))
    refused("team_statement_month_is_one", lambda: make.TeamStatementFactory(recruited_month="2020-13"))


def test_a_composition_has_a_period_and_each_place_once() -> None:
    refused("composition_dates_in_order", lambda: make.CompositionFactory(ends=date(2026, 7, 31)))
    one = make.ComposedBlockFactory()
    refused("composed_block_key_once", lambda: make.ComposedBlockFactory(composition=one.composition, key=one.key))
    refused("composed_block_uid_once", lambda: make.ComposedBlockFactory(composition=one.composition, uid=one.uid))


def test_a_bound_value_has_its_source_and_is_said_in_both() -> None:
    one = make.BoundValueFactory()
    refused("bound_value_once_in_a_block", lambda: make.BoundValueFactory(block=one.block, name=one.name))
    refused("bound_value_said_in_both", lambda: make.BoundValueFactory(cy=""))
    refused("bound_value_has_a_source", lambda: make.BoundValueFactory(counted="", rows=[]))
    refused("bound_value_changed_from_something", lambda: make.BoundValueFactory(changed_at=timezone.now()))
    refused("bound_value_changed_from_something", lambda: make.BoundValueFactory(was_en="£9", was_cy="£9"))


@pytest.mark.parametrize("status", ["cleared", "translation", "published", "superseded"])
def test_the_values_of_a_cleared_paper_are_frozen(status: str) -> None:
    value = make.BoundValueFactory()
    block = value.block
    Paper.objects.filter(pk=block.composition.paper_id).update(status=status)
    name = "bound_values_frozen_at_clearance|values of a cleared paper"
    refused(name, lambda: BoundValue.objects.filter(pk=value.pk).update(en="£11"))
    refused(name, lambda: BoundValue.objects.filter(pk=value.pk).delete())
    refused(name, lambda: make.BoundValueFactory(block=block))
    refused(name, lambda: ComposedBlock.objects.filter(pk=block.pk).update(text_en="Other."))
    assert BoundValue.objects.get().en == "£10"

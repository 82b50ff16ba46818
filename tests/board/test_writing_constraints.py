"""The constraints of comments, implications and accepted differences bite."""

import uuid

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from board.models import Acceptance, Implication, Paper
from tests.factories import writing as make
from tests.factories.board import EditionFactory
from tests.factories.people import UserFactory

pytestmark = pytest.mark.django_db


def refused(name, write):
    with pytest.raises(DatabaseError, match=name), transaction.atomic():
        write()


def test_a_comment_says_something_and_is_resolved_by_somebody():
    refused("comment_says_something", lambda: make.CommentFactory(text=""))
    refused("comment_resolved_when_and_by_whom", lambda: make.CommentFactory(resolved_at=timezone.now()))
    comment, user = make.CommentFactory(), UserFactory()
    refused(
        "comment_resolved_when_and_by_whom",
        lambda: make.CommentFactory(
            paper=comment.paper, uid=uuid.uuid4(), parent=comment, resolved_by=user, resolved_at=timezone.now()
        ),
    )


def test_a_paper_states_each_implication_once():
    one = make.ImplicationFactory()
    refused("implication_once", lambda: make.ImplicationFactory(paper=one.paper))
    refused("implication_kind_known", lambda: make.ImplicationFactory(paper=one.paper, kind="song"))


@pytest.mark.parametrize("status", ["published", "superseded"])
def test_the_implications_of_a_published_paper_are_frozen_and_a_mark_is_not(status):
    one, other = make.ImplicationFactory(), make.ImplicationFactory()
    Paper.objects.filter(pk=one.paper_id).update(status=status)
    rows = Implication.objects.filter(pk=one.pk)
    refused("frozen", lambda: rows.update(text_en="Other."))
    refused("frozen", lambda: rows.update(none=False))
    refused("frozen", rows.delete)
    refused("frozen", lambda: make.ImplicationFactory(paper=one.paper, kind="money"))
    refused("frozen", lambda: Implication.objects.filter(pk=other.pk).update(paper=one.paper, kind="staff"))
    assert rows.update(text_mark="reviewed") == 1


def test_an_accepted_difference_says_why_once_and_for_ever():
    one = make.AcceptanceFactory()
    refused("acceptance_once", lambda: make.AcceptanceFactory(paper=one.paper, key=one.key))
    refused("acceptance_says_why", lambda: make.AcceptanceFactory(reason=""))
    refused("permission denied", lambda: Acceptance.objects.filter(pk=one.pk).update(reason="Other."))
    refused("permission denied", one.delete)


def test_an_edition_that_was_withdrawn_says_nothing():
    refused("edition_withdrawn_says_nothing", lambda: EditionFactory(withdrawn_at=timezone.now()))

"""A board's people and a paper, ready for a test."""

from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from board.actions import paper_publish, paper_step
from board.models import Credit, Paper, Part
from tests.board.meeting_day import Day
from tests.factories.board import paper_with
from tests.factories.people import CouncilFactory, person
from tests.walk import BACKEND


class People:
    """One person of each role that works on papers, all of the programme."""

    def __init__(self) -> None:
        self.home = CouncilFactory()
        self.secretary = person(Role.SECRETARIAT, organisation=self.home)
        self.author = person(Role.AUTHOR, organisation=self.home)
        self.clearer = person(Role.CLEARER, organisation=self.home)
        self.translator = person(Role.TRANSLATOR, organisation=self.home)
        self.member = person(Role.BOARD_MEMBER, organisation=self.home)
        self.officer = person(Role.OFFICER, organisation=self.home)
        self.stranger = person()

    def paper(self, *texts: tuple[str, str], **fields: object) -> Paper:
        """A draft whose author is `author`."""
        paper = paper_with(*texts, **fields)
        Credit.objects.create(paper=paper, part=Part.AUTHOR, user=self.author)
        return paper

    def cleared(self, *texts: tuple[str, str], **fields: object) -> Paper:
        paper = self.paper(*texts, **fields)
        paper_step(paper, "submit", by=self.author)
        paper_step(paper, "clear", by=self.clearer)
        paper.refresh_from_db()
        return paper

    def published(self, *texts: tuple[str, str], **fields: object) -> Paper:
        paper = self.cleared(*texts, **fields)
        paper_publish(paper, by=self.secretary)
        paper.refresh_from_db()
        return paper


@pytest.fixture
def people(db: None) -> People:
    return People()


def signed_in(user: User | None) -> Client:
    """A browser in which this person is signed in; None: nobody is."""
    client = Client()
    if user is not None:
        client.force_login(user, backend=BACKEND)
    return client


@pytest.fixture
def browse() -> Any:
    return signed_in


@pytest.fixture
def day(people: People) -> Day:
    return Day(people)

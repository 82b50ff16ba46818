"""Bids, courses and the board's business that are linked to projects."""

import factory
from factory.django import DjangoModelFactory

from board.models import BoardProject
from fund.models import BidProject
from tests.factories.board import AgendaItemFactory
from tests.factories.fund import BidFactory
from tests.factories.projects import ProjectFactory
from tests.factories.training import CourseFactory
from training.models import CourseProject


class BidProjectFactory(DjangoModelFactory[BidProject]):
    class Meta:
        model = BidProject

    project = factory.SubFactory(ProjectFactory)
    bid = factory.SubFactory(BidFactory)


class CourseProjectFactory(DjangoModelFactory[CourseProject]):
    class Meta:
        model = CourseProject

    project = factory.SubFactory(ProjectFactory)
    course = factory.SubFactory(CourseFactory)


class BoardProjectFactory(DjangoModelFactory[BoardProject]):
    class Meta:
        model = BoardProject

    project = factory.SubFactory(ProjectFactory)
    item = factory.SubFactory(AgendaItemFactory)

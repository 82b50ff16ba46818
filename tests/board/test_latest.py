"""What a paper knows of its latest edition: told by the database, and by nothing else."""

from datetime import date

import pytest

from board.models import Paper
from tests.factories.board import EditionFactory, PaperFactory

pytestmark = pytest.mark.django_db


def test_an_edition_tells_its_paper_its_number_and_its_day():
    paper = PaperFactory(dated=None)
    edition = EditionFactory(paper=paper, number=1)
    paper.refresh_from_db()
    assert (paper.edition_number, paper.day) == (1, edition.published_at.date())


def test_the_day_on_the_front_of_a_paper_goes_before_that_of_its_publication():
    paper = PaperFactory(dated=date(2022, 10, 28))
    EditionFactory(paper=paper, number=1)
    paper.refresh_from_db()
    assert paper.day == date(2022, 10, 28)


def test_a_save_of_what_was_read_before_publication_does_not_make_a_paper_unpublished():
    paper = PaperFactory()
    EditionFactory(paper=paper, number=1)
    assert paper.edition_number is None
    paper.save()
    assert Paper.objects.published().get(pk=paper.pk).edition_number == 1


def test_nobody_can_say_that_a_paper_is_published_without_an_edition():
    paper = PaperFactory(edition_number=3, day=date(2022, 1, 1))
    Paper.objects.filter(pk=paper.pk).update(edition_number=2)
    assert not Paper.objects.published().filter(pk=paper.pk).exists()
    assert Paper.objects.get(pk=paper.pk).day is None

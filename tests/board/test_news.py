"""What of the board is told to whoever was away."""

import pytest

from board.actions import paper_correct, paper_publish, paper_step
from board.models import Paper
from board.news import papers_published

pytestmark = pytest.mark.django_db


def told() -> list[tuple[str, str]]:
    return [(one.text, one.url) for one in papers_published()]


def corrected(people, paper, title, title_cy):
    """A second edition of the paper, by another title."""
    paper_correct(paper, by=people.secretary, why="a wrong title")
    Paper.objects.filter(pk=paper.pk).update(
        title_en=title, title_cy=title_cy, correction_en="Title.", correction_cy="Teitl."
    )
    for event, by in (("submit", people.author), ("clear", people.clearer)):
        paper_step(paper, event, by=by)
    paper.refresh_from_db()
    return paper_publish(paper, by=people.secretary)


def test_a_paper_of_two_editions_is_told_once_by_the_newer(people):
    paper = people.published(title_en="Ancient", title_cy="Hynafol")
    other = people.published(title_en="Other", title_cy="Arall")
    assert [text for text, _url in told()] == ["Paper published: Other", "Paper published: Ancient"]
    edition = corrected(people, paper, "Newer", "Newydd")
    assert told() == [
        ("New edition of a paper: Newer", paper.get_absolute_url()),
        ("Paper published: Other", other.get_absolute_url()),
    ]
    assert next(papers_published()).at == edition.published_at


def test_the_title_of_a_correction_under_way_is_not_told(people):
    paper = people.published(title_en="Ancient", title_cy="Hynafol")
    paper_correct(paper, by=people.secretary, why="another title")
    Paper.objects.filter(pk=paper.pk).update(title_en="Zanzibar", title_cy="Sansibar")
    assert [text for text, _url in told()] == ["Paper published: Ancient"]

"""What stops a publication, and what a translator's work does to it."""

import pytest

from board.actions import NotComplete, front_save, paper_create, paper_publish, texts_review
from board.editions import latest
from board.gaps import gaps_of
from board.models import Block, BlockKind, Paper
from board.reviewing import unreviewed
from tests.factories.board import AgendaItemFactory, BlockFactory, PaperFactory
from wlga_portal.kernel.workflow import WrongState

pytestmark = pytest.mark.django_db


def sentences(paper):
    return [str(gap) for gap in gaps_of(paper)]


def test_a_whole_paper_has_no_gaps_though_nobody_reviewed_it(people):
    paper = people.paper()
    assert sentences(paper) == []
    assert unreviewed(paper, None)


def test_each_gap_names_its_block_and_its_language(people):
    paper = people.paper(("One.", ""), ("", "Dau."), ("Three.", "Tri."))
    third = paper.blocks.get(position=3)
    Block.objects.filter(pk=third.pk).update(text_en="Three changed.")
    gaps = gaps_of(paper)
    assert [(str(gap), gap.block.position) for gap in gaps] == [
        ("“Text” has no Welsh text.", 1),
        ("“Text” has no English text.", 2),
        ("The Welsh of “Text” is behind the English.", 3),
    ]


def test_the_front_must_be_whole_too(people):
    paper = PaperFactory(title_cy="", summary_en="Only English", purpose="")
    assert sentences(paper) == [
        "“Title” has no Welsh text.",
        "“Summary” has no Welsh text.",
        "The paper does not say whether it is for information, discussion or decision.",
        "The paper has no blocks yet.",
    ]


@pytest.mark.parametrize(
    ("en", "cy", "said"),
    [
        ("", "", ["The table has no rows."]),
        ("A | B\n1 | 2", "", ["“Rows” has no Welsh text."]),
        ("A | B\n1 | 2", "A | B", ["The table has not the same rows and columns in both languages."]),
        ("A | B\n1", "A | B\n1", ["The rows of the table have different numbers of cells."]),
        ("A | B\n1 | 2", "A | B\n1 | 2", []),
    ],
)
def test_a_table_must_have_the_same_shape_in_both_languages(people, en, cy, said):
    paper = people.paper(("One.", "Un."))
    BlockFactory(paper=paper, kind=BlockKind.TABLE, cells_en=en, cells_cy=cy)
    assert sentences(paper) == said


def test_a_publication_with_gaps_is_refused_and_nothing_is_written(people):
    paper = people.cleared(("One.", ""))
    with pytest.raises(NotComplete) as caught:
        paper_publish(paper, by=people.secretary)
    assert [str(gap) for gap in caught.value.gaps] == ["“Text” has no Welsh text."]
    paper.refresh_from_db()
    assert (paper.status, latest(paper)) == ("cleared", None)


def test_a_correction_says_what_was_corrected_before_it_is_published(people):
    paper = people.published()
    Paper.objects.filter(pk=paper.pk).update(status="draft")
    paper.refresh_from_db()
    assert sentences(paper) == ["The correction does not say what was corrected."]


def test_a_paper_is_published_once_and_the_second_attempt_is_told_so(people):
    paper = people.published()
    with pytest.raises(WrongState, match="Published"):
        paper_publish(paper, by=people.secretary)
    assert paper.editions.count() == 1


def test_a_translator_marks_texts_and_the_paper_is_reviewed_when_all_are(people):
    paper = people.published(("One.", "Un."), ("Two.", "Dau."))
    edition = latest(paper)
    for thing in (paper, *paper.blocks.all()):
        assert unreviewed(paper, edition)
        assert texts_review(thing, by=people.translator)
    paper.refresh_from_db()
    assert not unreviewed(paper, edition)


def test_a_text_that_lacks_a_side_or_is_behind_is_not_marked(people):
    paper = people.paper(("One.", ""), ("Two.", "Dau."))
    lacking, stale = paper.blocks.order_by("position")
    Block.objects.filter(pk=stale.pk).update(text_cy="Dau arall.")
    stale.refresh_from_db()
    assert texts_review(lacking, by=people.translator) == []
    assert texts_review(stale, by=people.translator) == ["text"]
    stale.refresh_from_db()
    assert stale.text.mark == "reviewed"


def test_while_a_correction_is_written_the_edition_counts_as_reviewed_only_where_the_words_are_the_same(people):
    paper = people.published(("One.", "Un."), ("Two.", "Dau."))
    edition = latest(paper)
    for thing in (paper, *paper.blocks.all()):
        texts_review(thing, by=people.translator)
    Paper.objects.filter(pk=paper.pk).update(status="draft")
    paper.refresh_from_db()
    assert not unreviewed(paper, edition)
    Block.objects.filter(pk=paper.blocks.first().pk).update(text_en="Changed.", text_cy="Newidiwyd.")
    assert unreviewed(paper, edition)


def test_a_text_of_an_edition_that_the_correction_left_out_counts_as_unreviewed(people):
    paper = people.published(("One.", "Un."), ("Two.", "Dau."))
    edition = latest(paper)
    for thing in (paper, *paper.blocks.all()):
        texts_review(thing, by=people.translator)
    Paper.objects.filter(pk=paper.pk).update(status="draft")
    paper.blocks.first().delete()
    paper.refresh_from_db()
    assert unreviewed(paper, edition)


def test_papers_of_a_meeting_are_numbered_in_the_order_of_their_making(people):
    item = AgendaItemFactory()
    other = AgendaItemFactory(meeting=item.meeting)
    made = [
        paper_create(
            one, by=people.secretary, authors=[people.author], title=("Same title", "Yr un teitl"), purpose="decision"
        )
        for one in (item, other)
    ]
    assert [paper.number for paper in made] == [1, 2]
    assert [paper.slug_en for paper in made] == ["same-title", "same-title-2"]
    assert [credit.user for credit in made[0].credits.all()] == [people.author]


def test_saving_the_front_keeps_the_authors_that_are_posts(people):
    from board.forms import PaperFrontForm
    from board.models import Credit

    paper = people.paper()
    Credit.objects.create(paper=paper, part="author", post_en="Head", post_cy="Pennaeth")
    data = {
        "title_en": "New", "title_cy": "Newydd", "purpose": "information", "summary_en": "", "summary_cy": "",
        "drafted_in": "cy", "version": paper.version, "authors": [],
    }  # fmt: skip
    form = PaperFrontForm(data, instance=paper)
    assert form.is_valid(), form.errors
    saved = front_save(form, by=people.secretary)
    assert (saved.title_en, saved.drafted_in, saved.version) == ("New", "cy", paper.version + 1)
    assert [str(credit) for credit in saved.credits.all()] == ["Head"]

"""Comments on a block: made by those who work on the paper, answered or resolved before it is cleared."""

import pytest
from django.urls import reverse

from board.actions import block_delete, paper_step
from board.actions.comments import comment_add, comment_resolve, open_comments
from board.models import Comment, Paper
from board.tables import work_url
from board.views.comments import threads_of
from wlga_portal.kernel.workflow import Refused

pytestmark = pytest.mark.django_db


def url(name, paper, **parts):
    return reverse(f"board:{name}", kwargs={"slug": paper.slug, **parts})


@pytest.fixture
def paper(people):
    return people.paper(("One.", "Un."), ("Two.", "Dau."))


@pytest.fixture
def comment(people, paper):
    return comment_add(paper, paper.blocks.first().uid, "Say what it costs.", by=people.clearer)


def test_a_paper_is_cleared_once_each_comment_is_answered_or_resolved(people, paper, comment):
    other = comment_add(paper, comment.uid, "And when.", by=people.clearer)
    paper_step(paper, "submit", by=people.author)
    with pytest.raises(Refused, match="2 comments are neither resolved nor answered"):
        paper_step(paper, "clear", by=people.clearer)
    comment_add(paper, comment.uid, "It costs £5.", by=people.author, parent=comment)
    with pytest.raises(Refused, match="1 comment is neither"):
        paper_step(paper, "clear", by=people.clearer)
    comment_resolve(other, by=people.author)
    paper_step(paper, "clear", by=people.clearer)
    assert list(open_comments(paper=paper)) == []


def test_its_writer_and_those_who_write_the_paper_resolve_it_once(people, paper, comment):
    with pytest.raises(Refused, match="resolved by its writer"):
        comment_resolve(comment, by=people.translator)
    comment_resolve(comment, by=people.clearer)
    comment.refresh_from_db()
    at = comment.resolved_at
    comment_resolve(comment, by=people.author)
    comment.refresh_from_db()
    assert (comment.resolved_by, comment.resolved_at) == (people.clearer, at)


def test_a_published_paper_takes_no_comments(people):
    paper = people.published()
    with pytest.raises(Refused, match="until the paper is published"):
        comment_add(paper, paper.blocks.get().uid, "Late.", by=people.secretary)


def test_threads_stand_in_the_order_of_the_blocks_and_outlive_a_deleted_one(people, paper, comment):
    second = paper.blocks.get(text_en="Two.")
    later = comment_add(paper, second.uid, "Which year?", by=people.secretary)
    block_delete(paper.blocks.get(text_en="One."), by=people.author)
    threads = threads_of(paper, people.translator)
    assert [(thread.comment, thread.place.name if thread.place else None) for thread in threads] == [
        (later, "Paragraph 1"),
        (comment, None),
    ]
    assert [thread.is_open for thread in threads] == [True, True]
    assert [thread.may_resolve for thread in threads] == [False, False]
    assert all(thread.may_resolve for thread in threads_of(paper, people.author))


def test_a_comment_is_made_answered_and_resolved_in_the_browser(people, browse, paper):
    block = paper.blocks.first()
    clearer, author = browse(people.clearer), browse(people.author)
    address = url("comment_new", paper, pk=block.pk)
    assert address in clearer.get(work_url(paper)).content.decode()
    assert "Enter “Comment”." in clearer.post(address, {"text": " "}).content.decode()
    clearer.post(address, {"text": "Say what it costs."})
    comment = Comment.objects.get()
    listed = author.get(url("paper_comments", paper)).content.decode()
    assert "Say what it costs." in listed
    assert "Open" in listed
    answer = url("comment_answer", paper, pk=comment.pk)
    assert "Say what it costs." in author.get(answer).content.decode()
    assert author.post(answer, {"text": "£5."})["Location"].endswith(f"#comment-{comment.pk}")
    assert "Answered" in author.get(url("paper_comments", paper)).content.decode()
    done = url("comment_done", paper, pk=comment.pk)
    assert browse(people.translator).post(done).status_code == 403
    author.post(done)
    assert f"Resolved by {people.author}" in clearer.get(url("paper_comments", paper)).content.decode()
    assert "1 comment" in clearer.get(work_url(paper)).content.decode()


def test_nobody_else_reads_or_makes_comments(people, browse, paper, comment):
    for user, status in ((people.stranger, 404), (people.member, 404), (people.officer, 404), (None, 302)):
        client = browse(user)
        assert client.get(url("paper_comments", paper)).status_code == status
        assert client.post(url("comment_done", paper, pk=comment.pk)).status_code == status
        assert client.post(url("comment_new", paper, pk=paper.blocks.first().pk)).status_code == status
    Paper.objects.filter(pk=paper.pk).update(status="published")
    assert browse(people.author).get(url("comment_answer", paper, pk=comment.pk)).status_code == 403
    assert browse(people.author).get(url("paper_comments", paper)).status_code == 200


def test_the_pages_of_comments_cost_a_constant_number_of_queries(people, browse, paper, django_assert_max_num_queries):
    block = paper.blocks.first()
    for number in range(30):
        comment_add(paper, block.uid, f"Comment {number}.", by=people.clearer)
    client = browse(people.author)
    for address in (url("paper_comments", paper), work_url(paper)):
        client.get(address)
        with django_assert_max_num_queries(34):
            client.get(address)

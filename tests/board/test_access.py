"""Who sees what of the board: every screen x every person, drafts and restricted papers for nobody else."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from board.models import AgendaItem, Block, Credit, Paper, Seat
from tests.factories.board import PersonFactory, SeatFactory
from tests.factories.people import person

pytestmark = pytest.mark.django_db
EVERYBODY = (
    "anonymous",
    "stranger",
    "officer",
    "member",
    "other_author",
    "author",
    "clearer",
    "translator",
    "secretary",
)
READERS = {"author", "clearer", "translator", "secretary"}


@pytest.fixture
def everybody(people):
    found = {name: getattr(people, name, None) for name in EVERYBODY}
    found["other_author"] = person(Role.AUTHOR, organisation=people.home)
    return found


def address(name, paper, **parts):
    return reverse(f"board:{name}", kwargs={"slug": paper.slug, **parts})


def answers(everybody, browse, url, method="get", data=None):
    """What each person is answered; who is not signed in is sent to the sign-in (302)."""
    return {name: getattr(browse(user), method)(url, data or {}).status_code for name, user in everybody.items()}


def those(found, status):
    return {name for name, answer in found.items() if answer == status}


@pytest.mark.parametrize("name", ["front", "paper_list"])
def test_the_front_and_the_list_are_public(everybody, browse, name):
    assert set(answers(everybody, browse, reverse(f"board:{name}")).values()) == {200}


def test_boards_and_meetings_are_public(people, everybody, browse):
    paper = people.paper()
    for thing in (paper.board, paper.meeting):
        assert set(answers(everybody, browse, thing.get_absolute_url()).values()) == {200}


def test_the_list_of_drafts_is_for_those_who_work_on_papers(everybody, browse):
    found = answers(everybody, browse, reverse("board:paper_drafts"))
    assert those(found, 200) == READERS | {"other_author"}
    assert those(found, 403) == {"stranger", "officer", "member"}
    assert those(found, 302) == {"anonymous"}


def test_a_draft_is_not_there_for_anybody_else(people, everybody, browse):
    found = answers(everybody, browse, people.paper().get_absolute_url())
    assert those(found, 200) == READERS
    assert those(found, 404) == set(EVERYBODY) - READERS


def test_a_published_paper_and_its_editions_are_public(people, everybody, browse):
    paper = people.published()
    for url in (
        paper.get_absolute_url(),
        address("edition_page", paper, number=1),
        address("edition_data", paper, number=1),
    ):
        assert set(answers(everybody, browse, url).values()) == {200}
    assert set(answers(everybody, browse, address("edition_page", paper, number=2)).values()) == {404}


def test_a_draft_has_no_editions(people, everybody, browse):
    assert set(answers(everybody, browse, address("edition_page", people.paper(), number=1)).values()) == {404}


def restrict(paper):
    AgendaItem.objects.filter(pk=paper.agenda_item_id).update(
        restricted=True, reason_en="Names a person.", reason_cy="Yn enwi person."
    )


def test_a_restricted_paper_is_for_the_members_of_its_board_and_those_who_made_it(people, everybody, browse):
    paper = people.published(("Secret.", "Cyfrinach."))
    restrict(paper)
    SeatFactory(board=paper.board, person=PersonFactory(user=people.member, public_name=""))
    for url in (
        paper.get_absolute_url(),
        address("edition_page", paper, number=1),
        address("edition_data", paper, number=1),
    ):
        found = answers(everybody, browse, url)
        assert those(found, 200) == READERS | {"member"}
        assert those(found, 404) == set(EVERYBODY) - READERS - {"member"}


@pytest.mark.parametrize(
    "seat",
    [
        {"ends": timezone.localdate() - timedelta(days=1)},
        {"starts": timezone.localdate() + timedelta(days=1)},
    ],
)
def test_a_seat_that_is_over_or_not_begun_opens_nothing(people, browse, seat):
    paper = people.published()
    restrict(paper)
    SeatFactory(board=paper.board, person=PersonFactory(user=people.member, public_name=""), **seat)
    assert browse(people.member).get(paper.get_absolute_url()).status_code == 404


def test_a_seat_on_another_board_or_without_the_role_opens_nothing(people, browse):
    paper = people.published()
    restrict(paper)
    SeatFactory(person=PersonFactory(user=people.member, public_name=""))
    SeatFactory(board=paper.board, person=PersonFactory(user=people.officer, public_name=""))
    assert browse(people.member).get(paper.get_absolute_url()).status_code == 404
    assert browse(people.officer).get(paper.get_absolute_url()).status_code == 404


def test_a_restricted_item_shows_its_title_and_reason_and_no_more(people, browse):
    paper = people.published(("Secret.", "Cyfrinach."), title_en="Secret title", title_cy="Teitl cudd")
    restrict(paper)
    for url in (paper.meeting.get_absolute_url(), paper.board.get_absolute_url(), "/en/board/", "/en/board/papers/"):
        page = browse(None).get(url).content.decode()
        assert "Secret" not in page
        assert paper.slug_en not in page
    page = browse(None).get(paper.meeting.get_absolute_url()).content.decode()
    assert "Names a person." in page
    assert "An item" in page


def test_a_meeting_page_shows_drafts_to_those_who_work_on_them_alone(people, browse):
    paper = people.paper(title_en="In the making", title_cy="Ar y gweill")
    url = paper.meeting.get_absolute_url()
    assert "In the making" in browse(people.secretary).get(url).content.decode()
    assert "In the making" not in browse(people.member).get(url).content.decode()
    assert "no paper published yet" in browse(None).get(url).content.decode()


WORK = {
    # screen: who may open it on a draft
    "paper_work": READERS,
    "paper_front": {"author", "secretary"},
    "block_edit": {"author", "secretary"},
    "block_delete": {"author", "secretary"},
}


@pytest.mark.parametrize("name", WORK)
def test_who_opens_the_screens_of_work_on_a_draft(people, everybody, browse, name):
    paper = people.paper()
    parts = {"pk": paper.blocks.get().pk} if name.startswith("block") else {}
    found = answers(everybody, browse, address(name, paper, **parts))
    assert those(found, 200) == WORK[name]
    assert those(found, 403) == READERS - WORK[name]
    assert those(found, 302) == {"anonymous"}
    assert those(found, 404) == set(EVERYBODY) - READERS - {"anonymous"}


def test_in_translation_the_translator_and_the_secretariat_edit_and_nobody_arranges(people, everybody, browse):
    paper = people.paper()
    Paper.objects.filter(pk=paper.pk).update(status="translation")
    pk = paper.blocks.get().pk
    assert those(answers(everybody, browse, address("block_edit", paper, pk=pk)), 200) == {"translator", "secretary"}
    assert those(answers(everybody, browse, address("block_delete", paper, pk=pk)), 200) == set()


@pytest.mark.parametrize("status", ["review", "cleared", "published"])
def test_nobody_edits_a_paper_that_is_out_of_their_hands(people, everybody, browse, status):
    paper = people.paper()
    Paper.objects.filter(pk=paper.pk).update(status=status)
    assert those(answers(everybody, browse, address("block_edit", paper, pk=paper.blocks.get().pk)), 200) == set()


POSTS = {
    "block_add": {"author", "secretary"},
    "block_up": {"author", "secretary"},
    "block_down": {"author", "secretary"},
    "block_draft": {"author", "secretary"},
    "block_discard": {"author", "secretary"},
    "block_review": {"translator"},
    "front_review": {"translator"},
}


@pytest.mark.parametrize("name", POSTS)
def test_who_may_post_and_that_opening_a_link_changes_nothing(people, everybody, browse, name):
    paper = people.paper(("One.", "Un."), ("Two.", "Dau."))
    parts = {"pk": paper.blocks.first().pk} if name.startswith("block_") and name != "block_add" else {}
    url = address(name, paper, **parts)
    found = answers(everybody, browse, url, "post", {"kind": "paragraph"})
    signed_out = those(found, 302) & {"anonymous"}
    assert signed_out == {"anonymous"}
    done = {who for who, answer in found.items() if answer in (200, 302)} - {"anonymous"}
    assert done == POSTS[name]
    assert those(found, 403) == READERS - POSTS[name]
    before = list(Block.objects.order_by("pk").values())
    assert set(answers(everybody, browse, url).values()) <= {302, 405}
    assert list(Block.objects.order_by("pk").values()) == before


def test_who_may_begin_a_paper_and_move_a_meeting(people, everybody, browse):
    paper = people.paper()
    meeting = paper.meeting
    for url in (
        reverse("board:paper_new", kwargs={"slug": meeting.slug, "position": paper.agenda_item.position}),
        reverse("board:meeting_step", kwargs={"slug": meeting.slug, "event": "call"}),
    ):
        found = answers(everybody, browse, url)
        assert those(found, 200) == {"secretary"}
        assert those(found, 302) == {"anonymous"}
        assert those(found, 403) == set(EVERYBODY) - {"secretary", "anonymous"}


def test_the_step_of_a_paper_is_there_for_those_who_may_take_it(people, everybody, browse):
    paper = people.paper()
    assert those(answers(everybody, browse, address("paper_step", paper, event="submit")), 200) == {
        "author",
        "secretary",
    }
    assert those(answers(everybody, browse, address("paper_step", paper, event="clear")), 200) == {"clearer"}
    assert those(answers(everybody, browse, address("paper_step", paper, event="record")), 200) == set()
    assert those(answers(everybody, browse, address("paper_step", paper, event="sing")), 404) == set(EVERYBODY) - {
        "anonymous"
    }


def test_an_author_whose_role_is_over_sees_the_draft_no_more(people, browse):
    paper = people.paper()
    people.author.memberships.update(starts=date(2020, 1, 1), ends=date(2020, 1, 2))
    assert Credit.objects.filter(paper=paper, user=people.author).exists()
    assert browse(people.author).get(paper.get_absolute_url()).status_code == 404


def test_a_member_whose_account_is_closed_holds_no_seat(people):
    SeatFactory(person=PersonFactory(user=people.member, public_name=""))
    people.member.is_active = False
    assert not Seat.objects.held_by(people.member).exists()

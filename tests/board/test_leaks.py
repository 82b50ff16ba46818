"""What a reader must not see stays unseen: the words of a correction under way, of a restricted paper, of a withdrawn
edition."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone

from board.actions import item_save, paper_correct, paper_create, paper_step
from board.actions.withdrawals import withdrawal_ask, withdrawal_decide
from board.device import kept_until
from board.finding import find_decisions
from board.models import AgendaItem, Answer, Declaration, Meeting, Paper, PublicNote, Response, Substitute
from board.notices import title_for_mail
from board.public_notes import note_next
from tests.factories.board import AgendaItemFactory, MeetingFactory, PersonFactory, SeatFactory
from tests.factories.board_day import recommendation_of, recommended

pytestmark = pytest.mark.django_db
OLD, NEW = "Ancient", "Zanzibar"


def correcting(people, **fields):
    """A published paper whose correction, not published yet, has another title."""
    paper = people.published(("Words.", "Geiriau."), title_en=OLD, title_cy=f"{OLD} cy", **fields)
    paper_correct(paper, by=people.secretary, why="another title")
    Paper.objects.filter(pk=paper.pk).update(title_en=NEW, title_cy=f"{NEW} cy")
    return Paper.objects.get(pk=paper.pk)


def seat(people, paper, **fields):
    return SeatFactory(board=paper.board, person=PersonFactory(user=people.member, public_name=""), **fields)


def test_the_address_of_a_restricted_paper_says_the_title_of_its_item_and_no_more(people):
    public = {"title_en": "A staffing matter", "title_cy": "Mater staffio"}
    closed = public | {"restricted": True, "reason_en": "It names a person.", "reason_cy": "Mae'n enwi person."}

    def begun(item):
        return paper_create(item, by=people.secretary, authors=[people.author], title=(OLD, f"{OLD} cy"))

    paper = begun(AgendaItemFactory(**closed))
    assert (paper.slug_en, paper.slug_cy) == ("a-staffing-matter", "mater-staffio")
    assert begun(AgendaItemFactory(**closed)).slug_en == "a-staffing-matter-2"
    late = begun(AgendaItemFactory(meeting=MeetingFactory(status="called"), **public))
    assert late.slug_en == "ancient"
    for name, value in closed.items():
        setattr(late.agenda_item, name, value)
    item_save(late.agenda_item, by=people.secretary)
    late.refresh_from_db()
    assert (late.slug_en, late.slug_cy) == ("a-staffing-matter-3", "mater-staffio-3")


@pytest.mark.parametrize("who", ["anonymous", "member", "secretary"])
def test_the_title_of_a_correction_is_read_nowhere_before_it_is_published(people, browse, who):
    paper = correcting(people)
    after = people.published(agenda_item=AgendaItemFactory(meeting=paper.meeting), number=paper.number + 1)
    seat(people, paper)
    client = browse(None if who == "anonymous" else getattr(people, who))
    pack = reverse("board:pack_page", kwargs={"slug": paper.meeting.slug})
    for url in (
        "/en/board/",
        "/en/board/papers/",
        "/en/board/papers/?q=anc",
        paper.board.get_absolute_url(),
        paper.meeting.get_absolute_url(),
        pack,
        f"{pack}?q=words",
        "/en/board/find/?q=words",
        after.get_absolute_url(),
        paper.get_absolute_url(),
    ):
        page = client.get(url).content.decode()
        assert OLD in page, url
        assert NEW not in page, url
    assert "papers/" + paper.slug_en not in client.get("/en/board/papers/?q=zanz").content.decode()
    assert NEW in browse(people.secretary).get("/en/board/papers/in-preparation/?q=zanz").content.decode()


def test_lists_of_corrected_papers_cost_the_same_for_one_and_for_many(people, browse, django_assert_max_num_queries):
    paper = correcting(people)
    for _number in range(4):
        correcting(people, agenda_item=AgendaItemFactory(meeting=paper.meeting))
    with django_assert_max_num_queries(12):
        assert browse(None).get("/en/board/papers/").content.decode().count(OLD) >= 5
    with django_assert_max_num_queries(12):
        browse(None).get(paper.meeting.get_absolute_url())


def test_mail_names_a_paper_as_it_is_published(people):
    paper = correcting(people)
    assert str(title_for_mail(paper)) == OLD
    AgendaItem.objects.filter(pk=paper.agenda_item_id).update(restricted=True, reason_en="R.", reason_cy="R.")
    assert str(title_for_mail(Paper.objects.get(pk=paper.pk))) == "An item"
    assert mail.outbox == []


def restricted(people):
    item = AgendaItemFactory(restricted=True, reason_en="Names.", reason_cy="Enwau.")
    paper = people.published(("Quokka.", "Quokka."), agenda_item=item)
    Meeting.objects.filter(pk=item.meeting_id).update(date=timezone.localdate() + timedelta(days=3))
    return Paper.objects.get(pk=paper.pk)


def comes_for(people, paper, user):
    """This person comes to the meeting as a substitute."""
    place = SeatFactory(board=paper.board)
    someone = PersonFactory(user=user, public_name="")
    substitute = Substitute.objects.create(seat=place, person=someone, starts=timezone.localdate())
    return Response.objects.create(
        meeting=paper.meeting, seat=place, answer=Answer.SUBSTITUTE, substitute=substitute, by=people.secretary
    )


def test_a_substitute_reads_the_restricted_papers_of_the_meeting_they_come_to_and_of_no_other(people, browse):
    paper, other = restricted(people), restricted(people)
    client = browse(people.officer)
    assert client.get(paper.get_absolute_url()).status_code == 404
    response = comes_for(people, paper, people.officer)
    assert "Quokka" in client.get(paper.get_absolute_url()).content.decode()
    assert client.get(other.get_absolute_url()).status_code == 404
    assert kept_until(people.officer, paper.meeting) == paper.meeting.date
    Declaration.objects.create(
        item=paper.agenda_item, person=response.substitute.person, kind="prejudicial", nature_en="N.", nature_cy="N."
    )
    assert client.get(paper.get_absolute_url()).status_code == 404


def test_a_substitute_reads_no_more_once_the_meeting_is_over_or_the_member_comes(people, browse):
    paper = restricted(people)
    response = comes_for(people, paper, people.officer)
    Meeting.objects.filter(pk=paper.meeting_id).update(date=timezone.localdate() - timedelta(days=1))
    assert browse(people.officer).get(paper.get_absolute_url()).status_code == 404
    Meeting.objects.filter(pk=paper.meeting_id).update(date=timezone.localdate())
    assert browse(people.officer).get(paper.get_absolute_url()).status_code == 200
    response.answer, response.substitute = Answer.IN_PERSON, None
    response.save()
    assert browse(people.officer).get(paper.get_absolute_url()).status_code == 404


def test_the_words_of_a_withdrawn_recommendation_leave_the_public_note_the_decisions_and_the_search(people, browse):
    paper = people.paper(("Text.", "Testun."))
    block = recommendation_of(paper, "Wombat is agreed.", "Cytunir ar Wombat.")
    for event, by in (("submit", people.author), ("clear", people.clearer), ("publish", people.secretary)):
        paper_step(Paper.objects.get(pk=paper.pk), event, by=by)
    paper.refresh_from_db()
    edition = paper.editions.get()
    outcome = recommended(edition, block, result="agreed")
    meeting = Meeting.objects.get(pk=paper.meeting_id)
    note_next(meeting, by=people.secretary, why="first")
    assert len(find_decisions(None, "wombat", language="en")) == 1
    data = reverse("board:public_note_data", kwargs={"slug": meeting.slug})
    Meeting.objects.filter(pk=meeting.pk).update(status="held")
    assert "Wombat" in browse(None).get(data).content.decode()
    [asked] = withdrawal_ask(paper, [edition], by=people.secretary, reason=("Personal data.", "Data personol."))
    withdrawal_decide(asked, "confirm", by=people.clearer)
    assert PublicNote.objects.filter(meeting=meeting).count() == 2
    assert find_decisions(None, "wombat", language="en") == []
    for url in (
        data,
        reverse("board:public_note_page", kwargs={"slug": meeting.slug}),
        outcome.get_absolute_url(),
        meeting.get_absolute_url(),
        "/en/board/decisions/",
        "/en/board/decisions/?q=wombat",
        "/en/board/find/?q=agreed",
    ):
        assert "Wombat" not in browse(None).get(url).content.decode(), url

"""Pages and lists of the board: what they say, in both languages, at what cost."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from board.models import AgendaItem, Board, Paper
from tests.factories.board import (
    AgendaItemFactory,
    BoardFactory,
    ConsideredFactory,
    MeetingFactory,
    PersonFactory,
    SeatFactory,
)
from tests.factories.people import CouncilFactory
from wlga_portal.kernel.panels import needs_of, panels_for

pytestmark = pytest.mark.django_db


def queries(client, url):
    client.get(url)  # caches of the process are warm, as they are in production
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


def test_the_list_of_papers_costs_the_same_at_1_and_at_30(people, browse):
    client, url = browse(people.secretary), reverse("board:paper_list")
    people.published()
    one = queries(client, url)
    for _number in range(29):
        people.published()
    assert queries(client, url) == one <= 12


def test_the_list_of_drafts_costs_the_same_at_1_and_at_30(people, browse):
    client, url = browse(people.secretary), reverse("board:paper_drafts")
    people.paper()
    one = queries(client, url)
    for _number in range(29):
        people.paper()
    assert queries(client, url) == one <= 12


def test_the_front_costs_the_same_with_more_boards_seats_and_meetings(people, browse):
    client, url = browse(None), reverse("board:front")

    def fill(count):
        for _number in range(count):
            board = BoardFactory()
            MeetingFactory(board=board)
            ConsideredFactory(board=board)
            SeatFactory(board=board, person=PersonFactory(), organisation=CouncilFactory())

    fill(1)
    one = queries(client, url)
    fill(29)
    assert queries(client, url) == one <= 12


def test_a_meeting_costs_the_same_with_1_and_with_30_items(people, browse):
    paper = people.published()
    client, url = browse(people.secretary), paper.meeting.get_absolute_url()
    one = queries(client, url)
    for position in range(31_000, 31_029):
        people.published(agenda_item=AgendaItemFactory(meeting=paper.meeting, position=position))
    assert queries(client, url) == one <= 13


def test_a_paper_costs_the_same_with_1_and_with_60_blocks(people, browse):
    short, long = people.published(("One.", "Un.")), people.published(*[("One.", "Un.")] * 60)
    client = browse(people.secretary)
    assert queries(client, long.get_absolute_url()) == queries(client, short.get_absolute_url()) <= 14


def test_the_workbench_costs_the_same_with_1_and_with_60_blocks(people, browse):
    short, long = people.paper(("One.", "Un.")), people.paper(*[("One.", "Un.")] * 60)
    client = browse(people.author)
    urls = [reverse("board:paper_work", kwargs={"slug": paper.slug}) for paper in (short, long)]
    assert queries(client, urls[1]) == queries(client, urls[0]) <= 20


def test_papers_are_found_by_words_in_either_language_and_by_board_kind_and_purpose(people, browse):
    letters = people.published(title_en="Letters", title_cy="Llythyrau")
    other = people.published(title_en="Sums", title_cy="Symiau")
    url, client = reverse("board:paper_list"), browse(None)

    def found(**query):
        page = client.get(url, query).content.decode()
        return {paper for paper in (letters, other) if paper.get_absolute_url() in page}

    assert found(q="llythyrau") == {letters}
    assert found(board=other.board.pk) == {other}
    assert found(kind="report") == set()
    assert found(purpose="decision") == {letters, other}
    assert found(sort="title") == {letters, other}
    assert found(sort="-dated") == {letters, other}


def test_drafts_are_filtered_by_status(people, browse):
    draft, cleared = people.paper(title_en="Still a draft"), people.cleared(title_en="Nearly there")
    page = browse(people.secretary).get(reverse("board:paper_drafts"), {"status": "cleared"}).content.decode()
    assert cleared.title_en in page
    assert draft.title_en not in page
    assert str(people.author) in page


def test_a_draft_without_authors_says_so(people, browse):
    from tests.factories.board import PaperFactory

    PaperFactory()
    assert "nobody yet" in browse(people.secretary).get(reverse("board:paper_drafts")).content.decode()


def test_a_meeting_of_the_portal_says_when_where_and_who_presents(people, browse):
    item = AgendaItemFactory(minutes=20, presenter=PersonFactory(public_name="Jane Doe"))
    url = item.meeting.get_absolute_url()
    page = browse(None).get(url).content.decode()
    for words in ("10:00 to 12:00", "Cardiff", "20 minutes", "Jane Doe", "For decision", "Planned"):
        assert words in page
    with override("cy"):
        page = browse(None).get(item.meeting.get_absolute_url()).content.decode()
    for words in ("10:00 tan 12:00", "Caerdydd", "20 munud", "I’w benderfynu", "Wedi’i gynllunio"):
        assert words in page


def test_a_meeting_with_a_link_and_no_end_shows_both_and_the_link_to_who_belongs_there(people, browse):
    meeting = MeetingFactory(
        ends_at=None, link="https://example.org/join", title_en="Away day", title_cy="Diwrnod i ffwrdd"
    )
    assert "example.org" not in browse(None).get(meeting.get_absolute_url()).content.decode()
    page = browse(people.secretary).get(meeting.get_absolute_url()).content.decode()
    assert 'href="https://example.org/join"' in page
    assert "Away day" in page
    assert "No agenda yet" in page


def test_the_seats_of_a_board_show_their_terms(browse):
    board = BoardFactory()
    SeatFactory(board=board, starts=date(2022, 5, 1), ends=date(2024, 5, 1))
    SeatFactory(board=board, starts=date(2022, 5, 1))
    page = browse(None).get(board.get_absolute_url()).content.decode()
    assert "1 May 2022 to 1 May 2024" in page
    assert "no end set" in page


def test_coming_cancelled_and_past_meetings_of_a_board(browse):
    board = BoardFactory()
    today = timezone.localdate()
    for offset, status, title in (
        (5, "planned", "Soon"),
        (6, "cancelled", "Off"),
        (-5, "held", "Gone"),
        (-6, "called", "Overdue"),
    ):
        MeetingFactory(board=board, date=today + timedelta(days=offset), status=status, title_en=title, title_cy=title)
    page = browse(None).get(board.get_absolute_url()).content.decode()
    assert page.index("Soon") < page.index("Off") < page.index("Gone") < page.index("Overdue")


def test_an_older_edition_says_which_one_took_its_place(people, browse):
    from board.actions import paper_step

    paper = people.published(("One.", "Un."))
    paper_step(paper, "correct", by=people.secretary, why="A wrong sum.")
    Paper.objects.filter(pk=paper.pk).update(correction_en="A sum.", correction_cy="Swm.")
    page = browse(None).get(paper.get_absolute_url()).content.decode()
    assert "One." in page
    for event, by in (("submit", people.author), ("clear", people.clearer), ("publish", people.secretary)):
        paper_step(paper, event, by=by)
    old = browse(None).get(reverse("board:edition_page", kwargs={"slug": paper.slug, "number": 1})).content.decode()
    assert "This is edition 1. Edition 2 took its place" in old
    new = browse(None).get(paper.get_absolute_url()).content.decode()
    assert "took its place" not in new
    assert "A sum." in new
    data = browse(None).get(reverse("board:edition_data", kwargs={"slug": paper.slug, "number": 2}))
    assert data.content.decode() == paper.editions.get(number=2).content


def test_a_superseded_paper_says_so(people, browse):
    from board.actions import paper_step

    paper = people.published()
    paper_step(paper, "supersede", by=people.secretary, why="Another took its place.")
    assert "This paper was superseded" in browse(None).get(paper.get_absolute_url()).content.decode()


def test_the_draft_of_a_paper_is_read_as_a_page_by_those_who_work_on_it(people, browse):
    page = browse(people.author).get(people.paper().get_absolute_url()).content.decode()
    assert "This is a draft. It is not published." in page
    assert "The paper makes no recommendation." in page


def test_a_paper_written_in_welsh_first_is_a_translation_in_english(people, browse):
    paper = people.published(drafted_in="cy")
    assert "Unreviewed translation" in browse(None).get(paper.get_absolute_url()).content.decode()
    with override("cy"):
        url = paper.get_absolute_url()
    assert "Cyfieithiad heb ei adolygu" not in browse(None).get(url).content.decode()


@pytest.mark.parametrize("page", ["paper_work", "paper_front"])
def test_the_language_switch_knows_both_addresses(people, browse, page):
    paper = people.paper()
    url = reverse(f"board:{page}", kwargs={"slug": paper.slug})
    assert f"/cy/bwrdd/papurau/{paper.slug_cy}/gweithio/" in browse(people.author).get(url).content.decode()


def test_the_demonstration_board_is_a_card_on_the_front_and_its_pages_are_marked(browse, settings):
    settings.DEMO = True
    board = BoardFactory(is_demo=True, name_en="Invented board", note_en="Nobody here is real.", note_cy="Neb go iawn.")
    front = browse(None).get(reverse("board:front")).content.decode()
    assert "Nobody here is real." in front
    assert Board.objects.get().is_demo
    assert "Demonstration: invented data" in browse(None).get(board.get_absolute_url()).content.decode()


def test_a_demonstration_paper_is_marked_in_lists(people, browse, settings):
    settings.DEMO = True
    paper = people.published()
    Board.objects.filter(pk=paper.board_id).update(is_demo=True)
    assert "(demonstration)" in browse(None).get(reverse("board:paper_list")).content.decode()


# --- Panels and what needs a person ---------------------------------------------------------------
def panel_texts(rf, place, thing, user):
    from django.contrib.auth.models import AnonymousUser
    from django.template.loader import render_to_string

    request = rf.get("/en/")
    request.user = user or AnonymousUser()
    drawn = [panel for panel in panels_for(place, request, thing) if panel.template.startswith("board/")]
    return [render_to_string(panel.template, panel.context, request=request) for panel in drawn]


def test_the_front_page_shows_meetings_and_the_latest_paper_without_the_demonstrations(rf, people):
    assert panel_texts(rf, "programme.front", None, None) == []
    paper = people.published(title_en="Newest", title_cy="Diweddaraf")
    demo = people.published(title_en="Invented", title_cy="Dychmygol")
    Board.objects.filter(pk=demo.board_id).update(is_demo=True)
    MeetingFactory(board=paper.board, date=date(2020, 1, 1), status="held")
    [text] = panel_texts(rf, "programme.front", None, None)
    for words in ("15 January 2030", "1 January 2020", "Newest"):
        assert words in text
    assert "Invented" not in text


def test_the_front_page_says_where_no_meeting_is_published(rf):
    MeetingFactory(date=date(2020, 1, 1), status="held")
    [text] = panel_texts(rf, "programme.front", None, None)
    assert "not published" in text


def test_an_organisation_shows_the_seats_that_are_held_from_it(rf):
    council = CouncilFactory()
    SeatFactory(person=PersonFactory(public_name="Jane Doe"), organisation=council)
    SeatFactory(person=PersonFactory(public_name="Invented"), organisation=council, board=BoardFactory(is_demo=True))
    SeatFactory(person=PersonFactory(public_name="Gone"), organisation=council, ends=date(2022, 2, 1))
    [text] = panel_texts(rf, "organisations.organisation", council, None)
    assert "Jane Doe" in text
    assert "Invented" not in text
    assert "Gone" not in text
    assert panel_texts(rf, "organisations.organisation", CouncilFactory(), None) == []


def board_needs(user):
    """What of the board waits; the translators' worklist of all areas apart."""
    return [need for need in needs_of(user) if "/translating/" not in need.url]


def texts(user):
    return [need.text for need in board_needs(user)]


def test_what_waits_for_each_person(people):
    paper = people.paper(title_en="The paper", title_cy="Y papur")

    def move(status):
        Paper.objects.filter(pk=paper.pk).update(status=status)

    assert texts(people.author) == ["Send the draft “The paper” to review"]
    assert [texts(user) for user in (people.clearer, people.translator, people.secretary)] == [[]] * 3
    move("review")
    assert texts(people.clearer) == ["Clear or return the paper “The paper”"]
    move("returned")
    assert texts(people.author) == ["The paper “The paper” was returned to you"]
    move("cleared")
    assert texts(people.secretary) == ["Translate or publish the cleared paper “The paper”"]
    move("translation")
    paper.blocks.update(text_en="Changed.")
    [need] = board_needs(people.translator)
    assert need.text == "Compare and review the translation of “The paper”"
    assert need.detail == "Blocks with a side that is behind: 1"
    assert need.due == date(2030, 1, 9)  # three clear working days before the meeting of 15 January


def test_their_own_paper_does_not_wait_for_a_clearer(people):
    from accounts.roles import Role
    from tests.factories.people import MembershipFactory

    MembershipFactory(user=people.author, organisation=people.home, role=Role.CLEARER)
    paper = people.paper()
    Paper.objects.filter(pk=paper.pk).update(status="review")
    assert texts(people.author) == []


def test_a_coming_meeting_waits_for_the_members_of_its_board(people):
    soon = MeetingFactory(date=timezone.localdate() + timedelta(days=7), title_en="Soon", title_cy="Cyn hir")
    MeetingFactory(board=soon.board, date=timezone.localdate() + timedelta(days=70))
    MeetingFactory(date=timezone.localdate() + timedelta(days=7))
    SeatFactory(board=soon.board, person=PersonFactory(user=people.member, public_name=""))
    assert texts(people.member) == ["Read the papers of “Soon”"]
    assert texts(people.officer) == []


def test_names_of_things():
    item = AgendaItemFactory(position=3, title_en="Sums", title_cy="Symiau")
    assert str(item) == "3. Sums"
    assert str(AgendaItem.objects.get().meeting) == "Meeting of 15 January 2030"
    with override("cy"):
        assert str(item.meeting) == "Cyfarfod 15 Ionawr 2030"

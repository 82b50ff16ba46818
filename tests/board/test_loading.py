"""The facts of the board are loaded as they are, once, and nothing that they do not say is shown as said."""

import copy

import pytest
from django.test import Client
from django.utils.translation import override

from board.loading import load
from board.models import Action, AgendaItem, Block, Board, Edition, Meeting, Note, Paper, Seat, Withdrawal
from board.news import papers_published
from organisations.loading import load as load_organisations
from programme.loading import read_facts
from wlga_portal.kernel.history import event_model

pytestmark = pytest.mark.django_db


@pytest.fixture
def facts():
    read = read_facts()
    load_organisations(read)
    load(read)
    return read


def counts():
    return [model.objects.count() for model in (Board, Seat, Meeting, AgendaItem, Paper, Block, Edition)]


def test_what_is_loaded(facts):
    assert counts() == [1, 7, 1, 3, 1, 59, 1]
    board = Board.objects.get()
    assert (board.first_meeting.isoformat(), len(board.remit_lines), board.is_demo) == ("2022-09-20", 4, False)
    meeting = Meeting.objects.get()
    assert (meeting.status, meeting.starts_at, meeting.ends_at, bool(meeting.place)) == ("held", None, None, False)
    assert [(item.kind, item.minutes, item.papers.count()) for item in meeting.items.all()] == [("", None, 0)] * 3
    paper = Paper.objects.get()
    assert (paper.kind, paper.status, paper.meeting, str(paper.audience)) == (
        "report",
        "published",
        None,
        "WLGA members",
    )
    assert [str(credit) for credit in paper.credits.filter(part="author")] == [
        "Head of Policy",
        "Local Government Chief Digital Officer",
    ]
    assert [str(credit) for credit in paper.credits.filter(part="clearer")] == ["Cllr Jane Mudd", "Cllr Neil Prior"]


def test_only_the_chair_is_inferred_and_no_term_is_known(facts):
    assert [str(seat.person) for seat in Seat.objects.filter(inferred=True)] == ["Cllr Jane Mudd"]
    assert set(Seat.objects.values_list("starts", "ends", "is_historic")) == {(None, None, True)}


def test_names_of_people_stand_outside_the_history(facts):
    for model in (Seat, Paper, Board):
        rows = event_model(model).objects.values()
        assert not any("Mudd" in str(value) for row in rows for value in row.values())


def test_loading_again_changes_nothing(facts):
    before = counts(), event_model(Paper).objects.count(), event_model(Block).objects.count()
    load(facts)
    assert (counts(), event_model(Paper).objects.count(), event_model(Block).objects.count()) == before


def test_corrected_facts_make_a_new_edition_and_keep_the_old(facts):
    first = Edition.objects.get()
    corrected = copy.deepcopy(facts)
    rows = corrected["update_2022_10_28"]["blocks"]
    rows[1]["text"] = {"en": "Corrected.", "cy": "Wedi'i gywiro."}
    del rows[-1]
    load(corrected)
    paper = Paper.objects.get()
    assert [edition.number for edition in paper.editions.all()] == [1, 2]
    assert Edition.objects.get(number=1).content == first.content
    assert paper.status == "published"
    last = Edition.objects.get(number=2).data["blocks"]
    assert last[1]["text"]["en"] == "Corrected."
    assert last[0]["uid"] == first.data["blocks"][0]["uid"]
    assert len(last) == len(first.data["blocks"]) - 1


@pytest.mark.parametrize(
    ("path", "said"),
    [
        (
            "/en/board/",
            ["not published", "This role is public knowledge; the update of 28 October 2022 does not state it."],
        ),
        ("/en/board/meetings/20-september-2022/", ["paper not published", "outcome not published", "Attendance"]),
        (
            "/en/board/papers/update-28-october-2022/",
            ["It is not a paper of the board.", 'id="p1"', 'id="t1"', 'id="r1"'],
        ),
        ("/cy/bwrdd/", ["heb ei gyhoeddi", "wybodaeth gyhoeddus"]),
        ("/cy/bwrdd/cyfarfodydd/20-medi-2022/", ["papur heb ei gyhoeddi", "canlyniad heb ei gyhoeddi", "Presenoldeb"]),
        (
            "/cy/bwrdd/papurau/diweddariad-28-hydref-2022/",
            ["Cyfieithiad heb ei adolygu", 'id="p1"', 'id="t1"', 'id="r1"'],
        ),
    ],
)
def test_the_public_reads_what_is_published_and_what_is_not(facts, path, said):
    answer = Client().get(path)
    assert answer.status_code == 200
    text = answer.content.decode()
    assert [words for words in said if words not in text] == []


def test_the_anchors_of_a_paper_are_the_same_in_both_languages(facts):
    import re

    paper = Paper.objects.get()
    found = []
    for language in ("en", "cy"):
        with override(language):
            page = Client().get(paper.get_absolute_url()).content.decode()
        found.append(re.findall(r'id="([prts]\d+)"', page))
    assert found[0] == found[1]
    assert "p12" in found[0]


def test_the_english_page_has_no_note_of_translation(facts):
    page = Client().get("/en/board/papers/update-28-october-2022/").content.decode()
    assert "Unreviewed translation" not in page


# --- The demonstration ----------------------------------------------------------------------------
@pytest.fixture
def demonstration(facts):
    from accounts.demo import load_demo as load_people
    from board.demo import load_demo

    people = load_people(facts["demo"])
    load_demo(facts["demo"], people)
    return facts["demo"], people


def test_the_demonstration_is_a_board_of_its_own_and_counts_nowhere(demonstration):
    board = Board.objects.get(is_demo=True)
    coming = board.meetings.get(slug_en="coming-meeting")
    papers = list(coming.papers.order_by("number"))
    assert [one.status for one in papers] == ["published", "cleared", "draft", "published", "published"]
    assert [one.edition_number for one in papers] == [1, None, None, 2, None]
    assert Note.objects.filter(paper=papers[3]).count() == 2
    assert Withdrawal.objects.done().get().edition.paper == papers[4]
    assert Paper.objects.real().count() == 1
    assert board.seats.count() == 4
    assert coming.status == "planned"
    held = board.meetings.get(slug_en="autumn-meeting")
    assert (held.status, held.notes.count(), held.papers.get(kind="minute").status) == ("held", 1, "draft")
    assert Action.objects.overdue().count() == 1
    assert not Action.objects.real().exists()
    assert [str(name) for name in board.seats.values_list("person__public_name", flat=True) if name] != []


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_news_of_the_demonstration_names_no_two_papers_alike(demonstration, language, settings):
    settings.DEMO = True
    with override(language):
        titles = [one.text for one in papers_published()]
    assert len(titles) == len(set(titles)) > 5


def test_loading_the_demonstration_again_changes_nothing(demonstration):
    from board.demo import load_demo

    before = counts()
    load_demo(*demonstration)
    assert counts() == before

"""Declared interests and what they close; what the room's screen shows."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from board import actions
from board.actions.notes import note_save
from board.finding import find_passages
from board.models import Declaration, Note
from board.noting import Said
from board.packs import contents_for
from board.presence import room_of
from tests.board.meeting_day import answers
from tests.factories.board import AgendaItemFactory, PersonFactory, SeatFactory
from tests.factories.people import person
from wlga_portal.kernel.workflow import NotAllowed

pytestmark = pytest.mark.django_db


def test_a_personal_interest_and_a_dispensation_stay_and_a_prejudicial_one_leaves(day):
    day.mark("in_person", "in_person", "in_person")
    kinds = {
        day.member_seat: ("personal", ""),
        day.chair_seat: ("prejudicial", ""),
        day.other_seat: ("dispensation", "Committee"),
    }
    for seat, (kind, granted) in kinds.items():
        nature = ("Kin.", "Perthynas.")
        actions.declaration_record(day.open, seat.person, by=day.by, kind=kind, nature=nature, granted=granted)
    room = room_of(day.meeting)
    assert {one.seat for one in room.there(day.open)} == {day.member_seat, day.other_seat}
    assert len(room.there(day.restricted)) == 3


def test_the_form_of_an_interest_asks_who_granted_the_dispensation_and_for_no_other(day, browse):
    client, url = browse(day.by), day.url("declaration_add", day.open)
    form = {"person": day.member_seat.person_id, "kind": "dispensation", "nature_en": "Kin.", "nature_cy": ""}
    assert "Enter who granted the dispensation." in client.post(url, form).content.decode()
    wrong = {**form, "kind": "personal", "granted": "Somebody"}
    assert "Leave this empty" in client.post(url, wrong).content.decode()
    assert "in at least one language" in client.post(url, {**form, "nature_en": ""}).content.decode()
    for granted in ("The committee", "The council"):  # the second takes the place of the first
        client.post(url, {**form, "granted": granted})
    assert Declaration.objects.get().granted == "The council"
    client.post(reverse("board:declaration_remove", kwargs={"pk": Declaration.objects.get().pk}))
    assert not Declaration.objects.exists()


@pytest.fixture
def secret(day):
    """A restricted paper that `member` has read, with a note on it."""
    [asked] = day.publish(day.restricted, ("Take the teal offer.", "Derbyn y cynnig gwyrddlas."))
    note_save(
        asked.edition,
        UUID(asked.uid),
        by=day.people.member,
        language="en",
        said=Said(text="Ask about teal."),
        version=0,
    )
    return asked


def opened(day, user, asked, browse):
    """Where this person can read something of the restricted paper."""
    client, paper = browse(user), asked.paper
    pages = {
        "page": client.get(paper.get_absolute_url()),
        "edition": client.get(reverse("board:edition_page", kwargs={"slug": paper.slug, "number": 1})),
        "data": client.get(reverse("board:edition_data", kwargs={"slug": paper.slug, "number": 1})),
        "trace": client.get(asked.get_absolute_url()),
        "meeting": client.get(day.meeting.get_absolute_url()),
        "register": client.get(reverse("board:outcome_list")),
    }
    found = {name for name, page in pages.items() if page.status_code == 200 and "teal" in page.content.decode()}
    if find_passages(user, "teal", language="en")[0]:
        found.add("find")
    if paper.pk in {one.paper_id for one in contents_for(user, day.meeting).editions}:
        found.add("pack")
    if Note.objects.readable_by(user).filter(paper=paper).exists():
        found.add("notes")
    return found


@pytest.mark.parametrize("kind", ["personal", "dispensation", "prejudicial"])
def test_a_prejudicial_interest_closes_the_items_restricted_papers_everywhere_and_no_other_kind_does(
    day, browse, secret, kind
):
    member, granted = day.people.member, "Committee" if kind == "dispensation" else ""
    before = opened(day, member, secret, browse)
    assert {"page", "edition", "data", "trace", "find", "pack", "notes"} <= before
    actions.declaration_make(day.restricted, by=member, kind=kind, nature=("Kin.", "Perthynas."), granted=granted)
    after = opened(day, member, secret, browse)
    assert after == (set() if kind == "prejudicial" else before)
    assert opened(day, day.chair, secret, browse) >= {"page", "find", "pack"}


def test_a_prejudicial_interest_leaves_open_what_is_not_restricted(day, browse):
    [asked] = day.publish(day.open, ("Agree.", "Cytuno."))
    member = day.people.member
    actions.declaration_make(day.open, by=member, kind="prejudicial", nature=("Kin.", "Perthynas."))
    assert browse(member).get(asked.paper.get_absolute_url()).status_code == 200


def test_a_member_declares_before_the_meeting_and_nobody_else_does(day, browse):
    url = day.url("interest_declare")
    found = answers(day, browse, url)
    assert {who for who, status in found.items() if status == 200} == {"member", "chair"}
    form = {"item": day.restricted.pk, "kind": "prejudicial", "nature_en": "My firm.", "nature_cy": ""}
    assert browse(day.people.member).post(url, form).status_code == 302
    said = Declaration.objects.get()
    assert (said.person, said.by, said.leaves) == (day.member_seat.person, day.people.member, True)
    assert "My firm." in browse(day.people.member).get(url).content.decode()
    assert "My firm." not in browse(day.chair).get(url).content.decode()
    day.hold()
    assert browse(day.people.member).get(url).status_code == 403
    with pytest.raises(NotAllowed):
        actions.declaration_make(day.open, by=day.people.member, kind="personal", nature=("a", "b"))


def test_a_member_of_another_board_or_whose_seat_is_over_declares_nothing(day, browse):
    other = person(Role.BOARD_MEMBER, organisation=day.people.home)
    SeatFactory(person=PersonFactory(user=other, public_name=""))
    assert browse(other).get(day.url("interest_declare")).status_code == 403
    day.member_seat.ends = timezone.localdate() - timedelta(days=1)
    day.member_seat.save()
    assert browse(day.people.member).get(day.url("interest_declare")).status_code == 403


# --- the room's screen


def test_the_rooms_screen_shows_of_a_restricted_item_its_title_and_reason_alone_whoever_is_signed_in(
    day, browse, secret
):
    for user in (day.by, day.people.member, None):
        page = browse(user).get(day.url("screen_item", day.restricted)).content.decode()
        assert "teal" not in page
        assert "Names a company." in page
    actions.outcome_record(day.open, by=day.by, result="changed", words=("Bins.", "Biniau."), detail=("Blue.", "Glas."))
    url = day.url("screen_item", day.open)  # what is decided in an open item is shown in the room at once
    assert ["Blue." in browse(user).get(url).content.decode() for user in (day.by, None)] == [True, False]
    first = browse(None).get(day.url("screen_page"))
    assert first["Location"] == day.url("screen_item", day.open)
    empty = AgendaItemFactory().meeting
    empty.items.all().delete()
    assert browse(None).get(reverse("board:screen_page", kwargs={"slug": empty.slug})).status_code == 404

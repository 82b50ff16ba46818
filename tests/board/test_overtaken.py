"""Two people at one meeting: what one sends after the other ended it is refused with a sentence, and nothing changes.
And what the pages of planning say where there is nothing to do."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from board import actions
from board.actions.following import evidence_add
from board.models import AgendaItem, Evidence, Meeting, MeetingChange, Response, WrittenAnswer
from tests.factories.board import AgendaItemFactory, MeetingFactory, PersonFactory, SeatFactory
from tests.factories.board_day import ActionFactory
from wlga_portal.kernel.workflow import NotAllowed

pytestmark = pytest.mark.django_db
SOON = timezone.localdate() + timedelta(days=30)
OVER = "This meeting cannot be changed any more."


def url(name, meeting, **parts):
    return reverse(f"board:{name}", kwargs={"slug": meeting.slug, **parts})


def day(name: str, when: date) -> dict[str, str]:
    return {f"{name}_day": str(when.day), f"{name}_month": str(when.month), f"{name}_year": str(when.year)}


@pytest.fixture
def meeting(people):
    """A called meeting of a board on which `member` sits, with three items."""
    made = MeetingFactory(date=SOON, status="called", quorum=1, link="https://example.org/join")
    SeatFactory(board=made.board, person=PersonFactory(user=people.member, public_name=""))
    for position in (1, 2, 3):
        AgendaItemFactory(meeting=made, position=position, title_en=f"Item {position}")
    return made


@pytest.fixture
def ended_meanwhile(monkeypatch, meeting):
    """Somebody cancels the meeting between the look at the page and the write of this action."""

    def meanwhile(name: str) -> None:
        real = getattr(actions, name)

        def late(*args, **options):
            Meeting.objects.filter(pk=meeting.pk).update(status="cancelled")
            return real(*args, **options)

        monkeypatch.setattr(actions, name, late)

    return meanwhile


DETAILS = {"quorum": "2", "link": "https://example.org/other", "interpretation": "both"}
ITEM = {"title_en": "Late", "title_cy": "Hwyr", "kind": "information", "minutes": "5"}


@pytest.mark.parametrize(
    ("action", "page", "sent"),
    [
        ("meeting_save", "meeting_edit", DETAILS),
        ("item_add", "item_new", ITEM),
        ("item_save", "item_edit", ITEM),
        ("item_shift", "item_up", {}),
        ("items_order", "agenda_order", {"item": []}),
        ("item_remove", "item_remove", {}),
    ],
)
def test_what_is_planned_after_somebody_ended_the_meeting_is_refused(
    people, browse, meeting, ended_meanwhile, action, page, sent
):
    ended_meanwhile(action)
    first = meeting.items.order_by("position").first()
    parts = {} if page in {"meeting_edit", "item_new", "agenda_order"} else {"pk": first.pk}
    before = list(meeting.items.order_by("position").values_list("pk", "title_en"))
    said = browse(people.secretary).post(url(page, meeting, **parts), sent, follow=True).content.decode()
    assert OVER in said
    assert list(meeting.items.order_by("position").values_list("pk", "title_en")) == before
    assert Meeting.objects.get(pk=meeting.pk).quorum == 1


def test_a_meeting_that_was_ended_is_neither_moved_nor_cancelled_again(people, browse, meeting, ended_meanwhile):
    client = browse(people.secretary)
    reason = {"reason_en": "The hall is shut.", "reason_cy": "Mae’r neuadd ar gau."}
    ended_meanwhile("meeting_cancel")
    page = client.post(url("meeting_cancel", meeting), reason, follow=True).content.decode()
    assert "cannot be done now" in page
    Meeting.objects.filter(pk=meeting.pk).update(status="called")
    ended_meanwhile("meeting_reschedule")
    moved = day("date", SOON + timedelta(days=7)) | reason | {"place_en": "Town hall", "place_cy": "Neuadd y dref"}
    assert OVER in client.post(url("meeting_reschedule", meeting), moved).content.decode()
    assert not MeetingChange.objects.exists()
    assert Meeting.objects.get(pk=meeting.pk).date == SOON


def test_an_item_does_not_leave_a_meeting_that_was_ended(people, browse, meeting, ended_meanwhile):
    other = MeetingFactory(board=meeting.board, date=SOON + timedelta(days=30))
    item = meeting.items.first()
    ended_meanwhile("item_defer")
    sent = {"meeting": other.pk, "why": "No time."}
    assert OVER in browse(people.secretary).post(url("item_defer", meeting, pk=item.pk), sent).content.decode()
    assert AgendaItem.objects.get(pk=item.pk).meeting == meeting


def test_an_answer_that_comes_after_the_end_is_not_kept(people, browse, meeting, ended_meanwhile):
    client, address = browse(people.member), url("meeting_answer", meeting)
    ended_meanwhile("response_save")
    client.post(address, {"answer": "in_person", "speaks": ""}, follow=True)
    assert not Response.objects.exists()
    again = client.post(address, {"answer": "in_person"}, follow=True).content.decode()
    assert "This meeting takes no answers." in again


def test_answers_in_writing_are_not_taken_once_it_is_closed_and_a_meeting_that_sits_has_none(
    people, browse, meeting, monkeypatch
):
    client = browse(people.member)
    sits = client.get(url("written_page", meeting))
    assert (sits.status_code, sits.headers["Location"]) == (302, meeting.get_absolute_url())
    closes = timezone.now() + timedelta(days=3)
    by_letter = MeetingFactory(
        board=meeting.board, kind="correspondence", closes_at=closes, date=timezone.localtime(closes).date(),
        starts_at=None, ends_at=None, status="called",
    )  # fmt: skip
    item = AgendaItemFactory(meeting=by_letter, position=1)
    real = actions.written_answers

    def late(*args, **options):
        Meeting.objects.filter(pk=by_letter.pk).update(closes_at=timezone.now() - timedelta(minutes=1))
        return real(*args, **options)

    monkeypatch.setattr(actions, "written_answers", late)
    page = client.post(url("written_page", by_letter), {f"answer-{item.pk}": "agree"}, follow=True).content.decode()
    assert "time for answers is over" in page
    assert not WrittenAnswer.objects.exists()


def test_a_paper_in_time_gives_no_reason_and_papers_are_not_out_before_one_is_published(people, browse, meeting):
    paper = people.paper(("Why.", "Pam."), agenda_item=meeting.items.first(), slug_en="in-time", slug_cy="mewn-pryd")
    page = browse(people.secretary).get(reverse("board:paper_late", kwargs={"slug": paper.slug}), follow=True)
    assert "This paper is not late." in page.content.decode()
    told = browse(people.secretary).post(url("papers_out", meeting), follow=True).content.decode()
    assert "Call the meeting and publish a paper first." in told


def test_only_the_owner_and_the_secretariat_say_how_an_action_goes(people):
    action = ActionFactory()
    with pytest.raises(NotAllowed, match="Only the owner and the secretariat"):
        evidence_add(action, by=people.stranger, text=("Done", "Wedi’i wneud"))
    with pytest.raises(NotAllowed, match="cannot give actions"):
        actions.action_create(
            action.item, by=people.stranger, text=("A", "B"), owner=action.owner, due=SOON
        )  # fmt: skip
    assert not Evidence.objects.exists()

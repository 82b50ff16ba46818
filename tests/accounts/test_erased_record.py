"""Who wrote bids, scored them and sat on a board is erased: the record stands, and names nobody any more."""

import json
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import models
from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from accounts.actions.erasing import erase_account
from accounts.actions.memberships import close_account
from accounts.models import User
from accounts.roles import Role
from board.actions import paper_publish, paper_step
from board.models import Credit, Note, ReadMark, Seat
from fund.actions.comments import comment_make
from fund.emails import offer_bid
from fund.emails.assessing import tell_manager
from programme.models import SearchText, SearchWord
from programme.tasks import search_rebuild, search_settle
from tests.accounts.test_leaving import tables_with
from tests.factories.bidding import CommitmentFactory
from tests.factories.board import AgendaItemFactory, MeetingFactory, PersonFactory, SeatFactory, paper_with
from tests.factories.board_day import ActionFactory, AttendanceFactory, DeclarationFactory, EvidenceFactory
from tests.factories.fund import EnquiryFactory, PartnerFactory, draft
from tests.factories.fund_assessing import DecisionFactory, ModerationFactory, scored, sent
from tests.factories.meetings import ResponseFactory, WrittenAnswerFactory
from tests.factories.people import BodyFactory, CouncilFactory, MembershipFactory, person
from tests.factories.reading import NoteFactory, ReadMarkFactory
from tests.factories.writing import CommentFactory
from wlga_portal.kernel.queue import run_jobs
from wlga_portal.kernel.service_models import Notification

pytestmark = pytest.mark.django_db
WORDS = {SearchWord._meta.db_table}
NAME, ADDRESS = "Zephaniah Quill", "zephaniah@quill.example"


@pytest.fixture
def admin() -> User:
    return person(Role.ADMINISTRATOR, organisation=BodyFactory())


@pytest.fixture
def record(admin: User) -> Any:
    """What somebody leaves who was an officer, an assessor, a member of a board and the author of a paper."""
    council = CouncilFactory()
    user = person(Role.OFFICER, organisation=council, name=NAME, email=ADDRESS)
    colleague = person(Role.OFFICER, organisation=council)
    bid, submitted = draft(user), sent(officer=user)
    for role in (Role.ASSESSOR, Role.AUTHOR):
        MembershipFactory(user=user, role=role, organisation=BodyFactory())
    user = User.objects.get(pk=user.pk)
    partner = PartnerFactory(bid=bid, role="Tests it", share_pence=100)
    assessment = scored(sent(), user)
    fund = SimpleNamespace(
        comment=comment_make(bid=bid, by=user, text="Say how many.", answer=None),
        enquiry=EnquiryFactory(organisation=council, asked_by=user),
        commitment=CommitmentFactory(partner=partner, recorded_by=user),
        score=assessment.scores.first(),
        moderation=ModerationFactory(by=user),
        decision=DecisionFactory(status="applied", applied_at=timezone.now(), applied_by=user, standing={}),
    )

    meeting = MeetingFactory(date=timezone.localdate() + timedelta(days=30), status="called")
    item = AgendaItemFactory(meeting=meeting)
    seated = PersonFactory(user=user, public_name="", style_en="Cllr", style_cy="Y Cyng.")
    seat = SeatFactory(board=meeting.board, person=seated)
    paper = paper_with(agenda_item=item)
    Credit.objects.create(paper=paper, part="author", user=user)
    for step, by in (("submit", user), ("clear", person(Role.CLEARER))):
        paper_step(paper, step, by=by)
    edition = paper_publish(paper, by=person(Role.SECRETARIAT))
    action = ActionFactory(item=item, owner=seated)
    board = SimpleNamespace(
        attendance=AttendanceFactory(meeting=meeting, seat=seat),
        declaration=DeclarationFactory(item=item, person=seated),
        comment=CommentFactory(paper=paper, by=user),
        evidence=EvidenceFactory(action=action, by=user),
        response=ResponseFactory(meeting=meeting, seat=seat, by=user),
        answer=WrittenAnswerFactory(item=item, seat=seat, by=user),
    )
    NoteFactory(user=user, edition=edition, says="Ask about the sums.")
    ReadMarkFactory(user=user, edition=edition)
    offer_bid(bid, colleague)  # messages to others that say the name
    manager = person(Role.FUND_MANAGER)
    tell_manager(assessment, "a reason")
    run_jobs()
    search_settle(timestamp=0)
    return SimpleNamespace(**locals())


def erase(record: Any, admin: User) -> None:
    close_account(record.user, by=admin, why="left")
    record.user.refresh_from_db()
    erase_account(record.user, by=admin)
    run_jobs()
    search_settle(timestamp=0)  # within a minute


def held(row: models.Model) -> dict[str, Any]:
    """What a row says, read anew."""
    return type(row)._base_manager.filter(pk=row.pk).values().get()


def test_the_name_is_in_no_table_and_every_row_of_the_record_is_as_it_was(record, admin):
    assert {"accounts_user", "kernel_notification", SearchText._meta.db_table} <= tables_with("quill")
    rows = [*vars(record.fund).values(), *vars(record.board).values(), record.edition, record.submitted.latest]
    rows += [record.action, record.seat, record.assessment, *record.paper.credits.all()]
    before = [held(row) for row in rows]
    erase(record, admin)
    assert tables_with("zephaniah") | tables_with("quill") <= WORDS
    search_rebuild(timestamp=0)  # each night: words that no text has go
    assert tables_with("zephaniah") == tables_with("quill") == set()
    assert [held(row) for row in rows] == before
    for row in rows:
        row.refresh_from_db()
    assert (record.fund.comment.by_id, str(record.fund.comment.by)) == (record.user.pk, "Erased person")
    assert record.edition.content
    assert record.submitted.latest.is_whole
    assert record.fund.score.comment == "Because of 3"
    assert record.fund.commitment.approver == "Jo Treasurer"


def test_what_was_the_persons_own_is_gone(record, admin):
    assert Note.objects.count() == ReadMark.objects.count() == 1
    erase(record, admin)
    assert not Note.objects.exists()
    assert not ReadMark.objects.exists()
    assert not Notification.objects.filter(user=record.user).exists()


def test_messages_to_others_stay_and_name_nobody(record, admin):
    erase(record, admin)
    nobody = {"en": "Erased person", "cy": "Person a ddilëwyd"}
    offered = Notification.objects.get(kind="fund.owner_left", user=record.colleague)
    assert offered.context == {"title": offered.context["title"], "person": nobody}
    left = Notification.objects.get(kind="fund.assessment_left", user=record.manager)
    assert (left.context["person"], left.context["why"]) == (nobody, "a reason")
    assert json.dumps(left.context).count("Erased person") == 1


def test_the_pages_say_an_erased_person_in_their_language(record, admin):
    erase(record, admin)
    reader = Client()
    reader.force_login(record.colleague)
    for language, words, style in (("en", "Erased person", "Cllr"), ("cy", "Person a ddilëwyd", "Y Cyng.")):
        page = edition_page(record, language)
        assert words in page
        assert f"{style} {words}" not in page
    seat = Seat.objects.get(pk=record.seat.pk)
    assert (seat.person.named().en, seat.person.named().cy) == ("Erased person", "Person a ddilëwyd")
    found = SearchText.objects.filter(kind="person").values_list("language", "title")
    assert set(found) == {("en", "Erased person"), ("cy", "Person a ddilëwyd")}


def edition_page(record: Any, language: str) -> str:
    with override(language):
        return Client().get(record.edition.get_absolute_url()).content.decode()


def test_whoever_had_no_name_was_known_by_the_address_and_is_not_found_by_it(admin):
    user = person(Role.BOARD_MEMBER, name="", email=ADDRESS)
    SeatFactory(person=PersonFactory(user=user, public_name=""))
    search_settle(timestamp=0)
    assert SearchText._meta.db_table in tables_with("quill")
    close_account(user, by=admin, why="left")
    user.refresh_from_db()
    erase_account(user, by=admin)
    search_settle(timestamp=0)
    assert tables_with("quill") <= WORDS

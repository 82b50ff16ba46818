"""What is held on a person: seen, taken away, corrected, kept for its time, and erased, in the history too."""

import io
import json
import sys
from datetime import timedelta

import pytest
from django.apps import apps
from django.core import mail
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from accounts.roles import Role
from tests.factories.maturity import FeedbackGivenFactory
from tests.factories.people import person
from tests.factories.training import (
    BookingFactory,
    CorrectionFactory,
    DoubleFactory,
    ImportFactory,
    ImportRowFactory,
    LearnerAddressFactory,
    LearnerFactory,
    LearnerMembershipFactory,
    LearnerNeedsFactory,
    PrivacyRequestFactory,
    ReminderFactory,
    SessionFactory,
    close_register,
    held,
    officer,
    team_member,
)
from tests.training.pages import get, post, text
from training import actions, holdings, retention
from training.actions import privacy
from training.counting import count
from training.models import (
    Ask,
    Booking,
    Correction,
    Erasure,
    Import,
    ImportRow,
    Learner,
    LearnerMembership,
    LearnerNeeds,
    PrivacyRequest,
    RetentionRun,
)
from training.states import BookingStatus
from training.tasks_people import run_retention
from training.years import Year
from wlga_portal.kernel.history import event_model
from wlga_portal.kernel.models import StatusChange
from wlga_portal.kernel.queue import enqueue, run_jobs
from wlga_portal.kernel.versions import save_draft
from wlga_portal.kernel.workflow import NotAllowed, ReasonMissing, Refused

pytestmark = pytest.mark.django_db
NAME, ADDRESS = "Zephaniah Quill", "zephaniah@quill.example"


@pytest.fixture
def learner(council):
    """Somebody with a name that stands nowhere else, who came to a session that is closed, and was corrected."""
    user = officer(council, name=NAME, email=ADDRESS)
    made = actions.learner_of(user)
    LearnerMembershipFactory(learner=made, organisation=council)
    LearnerAddressFactory(learner=made, email="zq@quill.example")
    LearnerNeedsFactory(learner=made, access=f"{NAME} needs a ramp")
    session = SessionFactory(capacity=5)
    actions.book(session=session, council=council, by=user)
    type(session).objects.filter(pk=session.pk).update(
        status="held", starts_at=(then := timezone.now() - timedelta(hours=3)), cut_off_at=then, ends_at=timezone.now()
    )
    booking = Booking.objects.get(learner=made)
    actions.mark_register(session=session, marks={booking.pk: BookingStatus.ATTENDED}, by=team_member())
    close_register(session)
    CorrectionFactory(booking=booking, attended=True, why=f"{NAME} was there")
    row = ImportRowFactory(learner=made, data={"name": NAME, "email": ADDRESS})
    assert row.pk
    PrivacyRequestFactory(learner=made, text=f"I am {NAME}")
    FeedbackGivenFactory(booking=booking)
    ReminderFactory(booking=booking)
    save_draft(user, "training.assessment:1", {"example-1": f"{NAME} wrote it"})
    return made


def tables_with(words: str) -> set[str]:
    """The tables of training, of histories and of status changes in which a text stands."""
    found = set()
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tablename FROM pg_tables WHERE tablename LIKE 'training%'"
            " OR tablename IN ('kernel_statuschange', 'kernel_draft')"
        )
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT count(*) FROM "{table}" AS t WHERE t::text ILIKE %s', [f"%{words}%"])
            if cursor.fetchone()[0]:
                found.add(table)
    return found


def test_the_name_stands_where_the_test_believes(learner):
    assert tables_with("zephaniah") == {
        "training_learneraddress",
        "training_learnerneeds",
        "training_correction",
        "training_importrow",
        "training_privacyrequest",
        "kernel_draft",
    }


def test_an_erased_person_is_nobody_in_the_history_too_and_the_counts_stay(learner, council):
    user, booking = learner.user, Booking.objects.get(learner=learner)
    before = count(Year.current())
    assert (before.opportunities, before.officers) == (1, 1)
    assert privacy.erase(learner=learner, reason="asked", by=team_member()) == 1
    assert count(Year.current()) == before
    learner = Learner.objects.get(pk=learner.pk)
    assert (learner.user, learner.name, str(learner)) == (None, "", f"Erased person {learner.pk}")
    assert tables_with("zephaniah") == set()
    assert tables_with("quill") == set()
    assert not LearnerNeeds.objects.exists()
    for model in (Learner, Booking):
        for event in event_model(model).objects.filter(pgh_obj_id__in=[learner.pk, booking.pk]):
            assert event.pgh_context["by"] != user.pk
            assert getattr(event, "user_id", None) is None
            assert getattr(event, "booked_by_id", None) != user.pk
    assert not event_model(LearnerMembership).objects.filter(learner_id=learner.pk).exists()
    assert not StatusChange.of(booking).filter(by=user).exists()
    booking.refresh_from_db()
    assert (booking.status, booking.organisation, booking.booked_by) == ("attended", council, None)
    assert Correction.objects.get().why == "–"
    assert Erasure.objects.get().reason == "asked"
    assert Booking.objects.of(user).count() == 0


def test_history_and_closed_registers_are_guarded_again_after_an_erasure(learner):
    privacy.erase(learner=learner, reason="asked", by=team_member())
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'D'")
        assert cursor.fetchall() == []
    booking = Booking.objects.get(learner=learner)
    with pytest.raises(Exception, match="closed"):
        Booking.objects.filter(pk=booking.pk).update(status=BookingStatus.ABSENT)


def test_all_rows_of_a_merged_person_are_erased(learner):
    other = LearnerFactory(name="Z Quill")
    double = DoubleFactory(first=learner, second=other)
    actions.double_decide(double=double, event="merge", by=team_member(), why=NAME)
    assert privacy.erase(learner=other, reason="asked", by=team_member()) == 2
    assert tables_with("quill") == set()


def test_who_books_again_after_an_erasure_is_a_new_learner(learner, council):
    user = learner.user
    privacy.erase(learner=learner, reason="asked", by=team_member())
    user.refresh_from_db()
    fresh = actions.learner_of(type(user).objects.get(pk=user.pk))
    assert fresh.pk != learner.pk


def test_only_the_team_and_the_clock_erase(learner):
    for user in (officer(), person(Role.COORDINATOR)):
        with pytest.raises(NotAllowed):
            privacy.erase(learner=learner, reason="asked", by=user)
    assert privacy.erase(learner=learner, reason="retention", by=None) == 1


def test_every_model_that_points_at_a_person_is_shown_or_has_its_reason():
    pointing = {
        model
        for model in apps.get_app_config("training").get_models()
        for field in model._meta.get_fields()
        if getattr(field, "related_model", None) in {Learner, Booking}
        and field.concrete
        and not hasattr(model, "pgh_tracked_model")
    }
    assert pointing - holdings.HELD - set(holdings.NOT_HELD) == set()


def test_a_person_sees_and_takes_away_all_that_is_held(learner):
    page = text(get(learner.user, "held_page"))
    for words in (NAME, ADDRESS, "zq@quill.example", "needs a ramp", f"{NAME} was there", f"I am {NAME}", "Attended"):
        assert words in page, words
    data = json.loads(get(learner.user, "held_file").content)
    assert data["Addresses"] == [{"E-mail address": ADDRESS}, {"E-mail address": "zq@quill.example"}]
    assert len(data["Bookings"]) == 1
    assert len(data["Feedback given"]) == 1
    assert len(data["Reminders that were sent"]) == 1
    assert NAME not in text(get(officer(), "held_page"))
    assert get(None, "held_page").status_code == 302
    assert get(None, "held_file").status_code == 302


def test_who_came_by_a_file_before_ever_signing_in_sees_that_too(council):
    user = officer(council, email=ADDRESS)
    named = LearnerFactory(name=NAME)
    LearnerAddressFactory(learner=named, email=ADDRESS.upper())
    double = DoubleFactory(first=named, second=LearnerFactory(name="Zeph Quill"))
    assert holdings.learners_of(officer(council)) == []
    assert holdings.learners_of(user) == [named]
    actions.double_decide(double=double, event="merge", why="", by=team_member())
    assert [str(one) for one in holdings.learners_of(user)] == [NAME, "Zeph Quill"]
    assert NAME in text(get(user, "held_page"))
    assert Learner.objects.filter(user=user).count() == 0  # reading writes nothing


def test_a_person_asks_for_a_correction_and_reads_the_answer(council):
    user, team = officer(council), team_member()
    assert "Enter “" in text(post(user, "correction_request", {"text": ""}))
    answer = post(user, "correction_request", {"text": "I came on 1 June."})
    made = PrivacyRequest.objects.get()
    assert answer.url == made.get_absolute_url()
    assert (
        "1 request about own data waits" in text(get(team, "front"))
        or get(team, "privacy_request_list").status_code == 200
    )
    assert "I came on 1 June." in text(get(team, "privacy_request_page", pk=made.pk))
    nothing = post(team, "privacy_request_page", {"decision": "decline", "answer": " "}, pk=made.pk)
    assert nothing.status_code == 200
    assert (
        post(team, "privacy_request_page", {"decision": "answer", "answer": "Put right."}, pk=made.pk).status_code
        == 302
    )
    assert "Put right." in text(get(user, "privacy_request_page", pk=made.pk))
    again = post(team, "privacy_request_page", {"decision": "answer", "answer": "Twice."}, pk=made.pk)
    assert "cannot be done now" in text(again)


def test_a_request_is_seen_by_who_asked_and_by_the_team(council):
    user = officer(council)
    made = privacy.request_make(kind=Ask.CORRECTION, text="x", by=user)
    for other in (officer(council), person(Role.COORDINATOR, organisation=council), person(Role.TRAINER)):
        assert get(other, "privacy_request_page", pk=made.pk).status_code == 404
        assert get(other, "privacy_request_list").status_code == 403
    assert post(user, "privacy_request_page", {"event": "withdraw"}, pk=made.pk).status_code == 302
    made.refresh_from_db()
    assert made.status == "withdrawn"
    assert post(user, "privacy_request_page", {"event": "withdraw"}, pk=made.pk).status_code == 302


def test_a_person_asks_to_be_erased_and_is(learner):
    user, team = learner.user, team_member()
    assert "It cannot be taken back" in text(get(user, "erasure_request"))
    assert post(user, "erasure_request").status_code == 302
    assert post(user, "erasure_request").url == "/en/training/held/"
    with pytest.raises(Refused, match="asked for that already"):
        privacy.request_make(kind=Ask.ERASURE, text="", by=user)
    asked = PrivacyRequest.objects.get(kind=Ask.ERASURE)
    assert "erased, at once and for good" in text(get(team, "privacy_request_page", pk=asked.pk))
    assert post(team, "privacy_request_page", {"decision": "answer"}, pk=asked.pk).status_code == 302
    run_jobs()
    assert [message.to for message in mail.outbox] == [[ADDRESS]]
    assert tables_with("zephaniah") == set()
    assert "Erased person" in text(get(team, "learner_page", pk=learner.pk))
    assert "1 person was erased so far." in text(get(None, "retention_page"))


def test_a_refusal_needs_words(learner):
    asked = privacy.request_make(kind=Ask.ERASURE, text="", by=learner.user)
    with pytest.raises(ReasonMissing):
        privacy.request_decline(request=asked, answer=" ", by=team_member())
    privacy.request_decline(request=asked, answer="A court needs it.", by=team_member())
    assert Learner.objects.get(pk=learner.pk).user is not None


def test_each_night_what_ran_out_goes_and_the_page_says_so(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    batch, fresh = ImportFactory(), ImportFactory()
    ImportRowFactory(batch=batch, data={"name": NAME})
    kept = ImportRowFactory(batch=fresh, data={"name": NAME})
    Import.objects.filter(pk=batch.pk).update(created_at=timezone.now() - timedelta(days=91))
    answered, asked = PrivacyRequestFactory(status="done", answer="x"), PrivacyRequestFactory()
    PrivacyRequest.objects.update(created_at=timezone.now() - timedelta(days=400))
    needs = LearnerNeedsFactory()
    LearnerNeeds.objects.update(said_at=timezone.now() - timedelta(days=400))
    enqueue(run_retention, timestamp=0)
    run_jobs()
    assert {run.kind: run.removed for run in RetentionRun.objects.all()} == {
        "files": 1,
        "needs": 1,
        "requests": 1,
        "people": 0,
    }
    assert [row.data for row in ImportRow.objects.order_by("pk")] == [{}, kept.data]
    assert Import.objects.get(pk=batch.pk).filename == ""
    assert PrivacyRequest.objects.get(pk=answered.pk).text == ""
    assert PrivacyRequest.objects.get(pk=asked.pk).text != ""
    assert not LearnerNeeds.objects.filter(pk=needs.pk).exists()
    page = text(get(None, "retention_page"))
    assert "90 days after the file was sent" in page
    assert "not run yet" not in page


def test_people_without_an_account_are_erased_six_years_after_their_last_session(council):
    long_ago = timezone.now() - timedelta(days=6 * 365 + 5)
    session = held(capacity=10)
    type(session).objects.filter(pk=session.pk).update(
        starts_at=long_ago, cut_off_at=long_ago, ends_at=long_ago + timedelta(hours=1)
    )
    gone = BookingFactory(session=session, status=BookingStatus.ATTENDED).learner
    again = BookingFactory(session=session, status=BookingStatus.ATTENDED).learner
    BookingFactory(learner=again)
    with_account = BookingFactory(session=session, learner=actions.learner_of(officer(council))).learner
    moved = BookingFactory(session=session).learner
    LearnerMembershipFactory(learner=moved)
    never_booked = LearnerFactory()
    assert retention.people() == 1
    erased = set(Learner.objects.exclude(erased_at=None))
    assert erased == {gone}
    assert {again, with_account, moved, never_booked}.isdisjoint(erased)
    assert Erasure.objects.get().reason == "retention"


def test_the_erased_are_listed_and_erased_again(learner, monkeypatch, capsys):
    privacy.erase(learner=learner, reason="asked", by=None)
    call_command("erasures")
    assert capsys.readouterr().out == f"{learner.pk}\n"
    back = LearnerFactory()
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{learner.pk}\n{back.pk}\nnonsense\n"))
    call_command("erasures", "--again")
    assert capsys.readouterr().out == f"{back.pk}\n"
    back.refresh_from_db()
    assert back.erased_at is not None

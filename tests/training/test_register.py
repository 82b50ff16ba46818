"""The screens of the register."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.factories.training import (
    BookingFactory,
    CorrectionFactory,
    SessionFactory,
    close_register,
    held,
    trainer_of,
)
from tests.training.pages import get, post, signed_in, text
from training.models import Booking, Correction, Session
from training.states import BookingStatus
from training.views import register
from wlga_portal.kernel.workflow import WrongState

pytestmark = pytest.mark.django_db


def test_a_register_is_started_marked_saved_twice_and_closed(council):
    session = SessionFactory(starts_at=timezone.now() - timedelta(minutes=5))
    user = trainer_of(session)
    came, missed = BookingFactory.create_batch(2, session=session)
    assert "Start the register" in text(get(user, "register_page", pk=session.pk))
    assert post(user, "session_hold", pk=session.pk)["Location"] == reverse(
        "training:register_page", kwargs={"pk": session.pk}
    )
    assert "2 people are not marked yet" in text(get(user, "register_page", pk=session.pk))
    post(user, "register_page", {f"booking-{came.pk}": "attended"}, pk=session.pk)
    page = get(user, "register_page", pk=session.pk)
    assert "1 person is not marked yet" in text(page)
    assert f'name="booking-{came.pk}" type="radio" value="attended" checked' in page.content.decode()
    assert "Mark everybody" in text(get(user, "register_close", pk=session.pk))
    client = signed_in(user)
    close_url = reverse("training:register_close", kwargs={"pk": session.pk})
    assert "Mark everybody" in text(client.post(close_url, follow=True))
    post(user, "register_page", {f"booking-{missed.pk}": "did_not_attend"}, pk=session.pk)
    assert "1 present" in text(get(user, "register_close", pk=session.pk))
    assert "The register is closed." in text(client.post(close_url, follow=True))
    assert list(Booking.objects.order_by("pk").values_list("status", flat=True)) == ["attended", "did_not_attend"]
    assert list(Session.objects.values_list("status", flat=True)) == ["closed"]


def test_a_register_that_cannot_be_started_says_why():
    session = SessionFactory()
    user = trainer_of(session)
    client = signed_in(user)
    response = client.post(reverse("training:session_hold", kwargs={"pk": session.pk}), follow=True)
    assert text(response).count("The register can be started when the session begins.") == 2


def test_a_choice_that_is_none_is_refused():
    session = held()
    booking = BookingFactory(session=session)
    response = post(trainer_of(session), "register_page", {f"booking-{booking.pk}": "cancelled"}, pk=session.pk)
    assert response.status_code == 200
    booking.refresh_from_db()
    assert booking.status == "booked"


def test_an_empty_register_can_be_closed():
    session = held()
    user = trainer_of(session)
    assert "Nobody has a place" in text(get(user, "register_page", pk=session.pk))
    post(user, "register_close", pk=session.pk)
    session.refresh_from_db()
    assert session.status == "closed"


def test_a_closed_register_takes_a_correction_with_its_reason():
    session = held()
    booking = BookingFactory(session=session, status=BookingStatus.ABSENT)
    user = trainer_of(session)
    assert "register is still open" in text(
        post(user, "correction_create", {"attended": "yes", "why": "Late."}, pk=booking.pk)
    )
    close_register(session)
    assert "Enter “Reason”" in text(post(user, "correction_create", {"attended": "yes"}, pk=booking.pk))
    post(user, "correction_create", {"attended": "yes", "why": "The list missed a page."}, pk=booking.pk)
    assert Correction.objects.get().by == user
    assert "corrected: present" in text(get(user, "register_page", pk=session.pk))
    assert "corrected: present" in text(get(user, "correction_create", pk=booking.pk))
    assert "The list missed a page." in text(get(user, "booking_page", pk=booking.pk))
    CorrectionFactory(booking=booking, attended=False)
    assert "corrected: absent" in text(get(user, "register_page", pk=session.pk))


def test_a_register_that_was_closed_meanwhile_is_not_saved(monkeypatch):
    session = held()
    BookingFactory(session=session)

    def too_late(**_given: object) -> int:
        raise WrongState("The register of this session is not open.")

    monkeypatch.setattr(register.actions, "mark_register", too_late)
    assert "is not open" in text(post(trainer_of(session), "register_page", {}, pk=session.pk))

"""Certificates: who gets one, when it is withdrawn, and what its check says."""

import io
import re
import subprocess
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse
from django.utils.translation import override

from accounts.roles import Role
from tests.factories.maturity import CertificateFactory, attended
from tests.factories.people import person
from tests.factories.training import BookingFactory, CourseFactory, held, officer, team_member, trainer_of
from tests.training.pages import get, post, signed_in, text
from training import actions, badges, certificate_pdf, keys
from training.models import Booking, Certificate, Learner
from training.states import BookingStatus, SessionStatus
from wlga_portal.kernel.queue import run_jobs
from wlga_portal.kernel.service_models import Notification
from wlga_portal.kernel.workflow import NotAllowed, WrongState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_keys(settings: Any, tmp_path: Any) -> None:
    settings.VAR_DIR = tmp_path
    settings.BADGE_KEY = ""


@pytest.fixture(scope="module")
def pem(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("keys")
    keys.make(folder)
    return (folder / keys.OWN).read_text()


def own(booking: Booking) -> Any:
    """The person of the booking, who now has an account."""
    user = officer(booking.organisation, name="Angharad Llywarch")
    Learner.objects.filter(pk=booking.learner_id).update(user=user, name="")
    booking.refresh_from_db()
    return user


def certificate_of(**fields: Any) -> tuple[Certificate, Any]:
    booking = attended(**fields)
    user = own(booking)
    return actions.certificate_issue(booking=booking, by=user), user


def test_who_attended_gets_one_certificate_by_a_button_and_the_same_again():
    booking = attended()
    user = own(booking)
    assert "Get the certificate" in text(get(user, "booking_page", pk=booking.pk))
    first = post(user, "certificate_create", pk=booking.pk)
    certificate = Certificate.objects.get()
    assert first["Location"] == certificate.get_absolute_url()
    assert post(user, "certificate_create", pk=booking.pk)["Location"] == first["Location"]
    assert Certificate.objects.count() == 1
    assert "Open the certificate" in text(get(user, "booking_page", pk=booking.pk))


def test_who_did_not_attend_gets_none():
    booking = BookingFactory(session=held(), status=BookingStatus.ABSENT)
    user = own(booking)
    with pytest.raises(WrongState):
        actions.certificate_issue(booking=booking, by=user)
    assert "Certificate" not in text(get(user, "booking_page", pk=booking.pk))
    client = signed_in(user)
    answer = client.post(reverse("training:certificate_create", kwargs={"pk": booking.pk}), follow=True)
    assert "The register does not say" in text(answer)
    assert not Certificate.objects.exists()


def test_partial_attendance_below_the_courses_rule_gives_no_certificate():
    booking = attended(session=held(course=CourseFactory(counts_from_percent=50)), attended_percent=40)
    with pytest.raises(WrongState):
        actions.certificate_issue(booking=booking, by=own(booking))


def test_somebody_else_gets_nobodys_certificate_but_a_coordinator_that_of_who_has_no_account():
    booking = attended()
    council = booking.organisation
    people = {
        "anonymous": None,
        "colleague": officer(council),
        "coordinator": person(Role.COORDINATOR, organisation=council),
        "coordinator elsewhere": person(Role.COORDINATOR),
        "trainer": trainer_of(booking.session),
        "team": team_member(),
    }
    own(booking)
    answers = {who: post(user, "certificate_create", pk=booking.pk).status_code for who, user in people.items()}
    assert answers == {
        "anonymous": 302, "colleague": 404, "coordinator": 403, "coordinator elsewhere": 404, "trainer": 403,
        "team": 403,
    }  # fmt: skip
    assert not Certificate.objects.exists()
    with pytest.raises(NotAllowed):
        actions.certificate_issue(booking=booking, by=people["team"])
    Learner.objects.filter(pk=booking.learner_id).update(user=None, name="Idwal")
    answers = {who: post(user, "certificate_create", pk=booking.pk).status_code for who, user in people.items()}
    assert [who for who, status in answers.items() if status == 302] == ["anonymous", "coordinator", "trainer", "team"]


def test_asking_for_a_certificate_by_a_link_changes_nothing():
    booking = attended()
    assert get(own(booking), "certificate_create", pk=booking.pk).status_code == 405


def test_everybody_with_the_link_reads_whose_it_is_and_no_search_engine_lists_it():
    certificate, _user = certificate_of()
    page = get(None, "certificate_page", code=certificate.code)
    assert "Valid" in text(page)
    assert "Angharad Llywarch" in text(page)
    assert page.headers["X-Robots-Tag"] == "noindex"
    assert "Certificate (PDF)" not in text(page)
    with override("cy"):
        assert "Dilys" in text(get(None, "certificate_page", code=certificate.code))
    assert get(None, "certificate_page", code="0" * 8 + "-0000-4000-8000-" + "0" * 12).status_code == 404


@pytest.mark.parametrize("name", ["certificate_file", "certificate_badge"])
def test_the_files_are_for_those_who_see_the_booking(name):
    certificate, user = certificate_of()
    council = certificate.booking.organisation
    statuses = {
        who: get(somebody, name, code=certificate.code).status_code
        for who, somebody in {
            "anonymous": None,
            "own": user,
            "colleague": officer(council),
            "coordinator": person(Role.COORDINATOR, organisation=council),
            "elsewhere": person(Role.COORDINATOR),
            "team": team_member(),
        }.items()
    }
    assert statuses == {
        "anonymous": 302, "own": 200, "colleague": 404, "coordinator": 200, "elsewhere": 404, "team": 200,
    }  # fmt: skip


def test_a_correction_that_takes_attendance_away_withdraws_it_for_good_and_one_that_gives_it_back_allows_another():
    certificate, user = certificate_of()
    booking = certificate.booking
    trainer = trainer_of(booking.session)
    actions.correct(booking=booking, attended=False, why="Another person of that name.", by=trainer)
    certificate.refresh_from_db()
    assert certificate.revoked_at is not None
    assert badges.check(str(certificate.code)).verdict == badges.Verdict.REVOKED
    page = text(get(user, "certificate_page", code=certificate.code))
    assert "Withdrawn" in page
    assert "Another person" not in page
    assert get(user, "certificate_file", code=certificate.code).status_code == 404
    assert "Certificate" not in text(get(user, "booking_page", pk=booking.pk))
    actions.correct(booking=booking, attended=True, why="It was them after all.", by=trainer)
    again = actions.certificate_issue(booking=booking, by=user)
    assert again.code != certificate.code
    assert badges.check(str(again.code)).verdict == badges.Verdict.VALID
    assert badges.check(str(certificate.code)).verdict == badges.Verdict.REVOKED


def test_a_certificate_whose_attendance_is_gone_by_any_other_way_is_not_valid_either():
    booking = BookingFactory(session=held(), status=BookingStatus.ATTENDED)
    certificate = CertificateFactory(booking=booking)
    assert badges.check(str(certificate.code)).verdict == badges.Verdict.VALID
    Booking.objects.filter(pk=booking.pk).update(status=BookingStatus.ABSENT)
    assert badges.check(str(certificate.code)).verdict == badges.Verdict.REVOKED


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_pdf_is_tagged_says_who_and_what_and_holds_the_link_that_checks_it(language, tmp_path):
    certificate, user = certificate_of(session=held(course=CourseFactory(title_en="Plain words", title_cy="Geiriau")))
    with override(language):
        answer = get(user, "certificate_file", code=certificate.code)
        again = certificate_pdf.render(Certificate.objects.with_all().get())
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.content == again  # the same on any day
    path = tmp_path / "certificate.pdf"
    path.write_bytes(answer.content)
    info = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Tagged: +yes", info)
    assert re.search(r"Pages: +1\n", info)
    assert {"en": "Certificate of attendance", "cy": "Tystysgrif presenoldeb"}[language] in info
    said = subprocess.run(["pdftotext", path, "-"], capture_output=True, text=True, check=True).stdout
    assert "Angharad Llywarch" in said
    assert {"en": "Plain words", "cy": "Geiriau"}[language] in said
    assert str(certificate.code) in said
    structure = subprocess.run(["pdfinfo", "-struct-text", path], capture_output=True, text=True, check=True).stdout
    assert "Figure" in structure
    assert "H1" in structure


def test_a_name_that_is_erased_is_on_no_certificate():
    certificate, _user = certificate_of()
    Learner.objects.filter(pk=certificate.booking.learner_id).update(user=None, name="Somebody")
    assert "Angharad" not in text(get(None, "certificate_page", code=certificate.code))


def test_the_demonstrations_certificates_are_there_in_demonstration_mode_alone_and_say_so(settings):
    settings.DEMO = True
    certificate, user = certificate_of(session=held(course=CourseFactory(is_demo=True)))
    assert "Demonstration" in text(get(None, "certificate_page", code=certificate.code))
    assert "(demonstration)" in badges.achievement(certificate.booking.session.course)["name"]
    with io.BytesIO(get(user, "certificate_file", code=certificate.code).content) as made:
        assert made.read(5) == b"%PDF-"
    settings.DEMO = False
    assert get(None, "certificate_page", code=certificate.code).status_code == 404
    assert badges.check(str(certificate.code)).verdict == badges.Verdict.UNKNOWN


def test_closing_the_register_tells_those_who_attended_in_their_language(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    session = held()
    came = BookingFactory(session=session, status=BookingStatus.ATTENDED)
    missed = BookingFactory(session=session, status=BookingStatus.ABSENT)
    without = BookingFactory(session=session, status=BookingStatus.ATTENDED)
    user, _other = own(came), own(missed)
    user.language = "cy"
    user.save()
    actions.session_close(session=session, by=trainer_of(session))
    assert session.status == SessionStatus.CLOSED
    assert without.learner.user is None
    assert list(Notification.objects.values_list("user", "kind")) == [(user.pk, "training.attended")]
    run_jobs(ahead=True)
    from django.core import mail

    [message] = mail.outbox
    assert message.subject.startswith("Eich tystysgrif:")
    assert f"/cy/hyfforddiant/archebion/{came.pk}/" in message.body


def test_the_key_is_made_once_kept_for_its_owner_alone_and_an_old_one_still_checks(settings, tmp_path, pem):
    certificate, _user = certificate_of()
    token = badges.signed(Certificate.objects.with_all().get())
    path = tmp_path / "keys" / keys.OWN
    assert path.stat().st_mode & 0o077 == 0
    assert [key.name for key in keys.all_keys()] == [keys.all_keys()[0].name]
    path.rename(path.with_name("badges-2026.pem"))
    assert len(keys.all_keys()) == 2
    assert badges.check(token).verdict == badges.Verdict.VALID
    settings.BADGE_KEY = pem.replace("\n", "\\n")
    assert len(keys.all_keys()) == 3
    assert badges.check(token).certificate == certificate
    keys.make(tmp_path / "keys")  # another process was first: its key stays
    assert len(list((tmp_path / "keys").iterdir())) == 2


@pytest.mark.parametrize("value", ["nonsense", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"])
def test_a_wrong_key_is_told_in_a_sentence(settings, value):
    settings.BADGE_KEY = value
    with pytest.raises(ImproperlyConfigured, match="PORTAL_BADGE_KEY"):
        keys.all_keys()


def test_a_short_key_is_refused(settings):
    from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
    from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

    pem = generate_private_key(SECP256R1()).private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    settings.BADGE_KEY = pem.decode()
    with pytest.raises(ImproperlyConfigured, match="RSA key of 2048 bits"):
        keys.all_keys()

"""Support that sees what a person sees: with consent, for a time, read only, noted, and said on every page."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.actions.viewing import consent_end, consent_give, viewing_begin
from accounts.models import Consent, Viewing
from accounts.roles import Role
from tests.factories.people import BodyFactory, ConsentFactory, UserFactory, ViewingFactory, person
from wlga_portal.kernel.history import history_of
from wlga_portal.kernel.queue import run_jobs

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
BAR = "You see the portal as Ann Officer sees it."
OWN = "/en/account/support/"


@pytest.fixture
def ann():
    return person(Role.OFFICER, name="Ann Officer", email="ann@example.org")


@pytest.fixture
def admin():
    return person(Role.ADMINISTRATOR, organisation=BodyFactory(), name="Nia Admin")


@pytest.fixture
def as_admin(client, admin):
    client.force_login(admin)
    return client


@pytest.fixture
def looking(ann, as_admin):
    """A browser in which the administrator sees the portal as Ann."""
    consent_give(by=ann, lasts=HOUR)
    answer = as_admin.post(begin_url(ann), {"why": "The list of bids is empty"})
    assert (answer.status_code, answer["Location"]) == (302, "/en/")
    return as_admin


def begin_url(user) -> str:
    return f"/en/account/person/{user.public_id}/view/"


def test_a_person_gives_consent_for_a_time_and_takes_it_back(client, ann):
    client.force_login(ann)
    assert "Nobody has looked." in client.get(OWN).content.decode()
    assert client.post(OWN, {"lasts": "9999"}).status_code == 422
    assert client.post(OWN, {"lasts": "8"}).status_code == 302
    consent = Consent.objects.get()
    assert (consent.until - consent.given_at, consent.is_open) == (timedelta(hours=8), True)
    assert "Administrators may look until" in client.get(OWN).content.decode()
    client.post(OWN, {"lasts": "1"})
    assert Consent.objects.filter(ended_at=None).count() == 1
    client.post(OWN, {"end": "1"})
    assert not Consent.objects.open().exists()
    assert history_of(Consent.objects.latest("pk"))[0].why == "consent to support taken back"


def test_with_consent_an_administrator_sees_what_the_person_sees_with_a_bar_on_every_page(looking, ann, admin):
    page = looking.get("/en/")
    assert BAR in page.content.decode()
    assert page.context["user"] == ann
    assert page["Cache-Control"] == "private, no-store"
    assert "Rydych yn gweld y porth fel y mae Ann Officer yn ei weld." in looking.get("/cy/").content.decode()
    assert BAR in looking.get("/en/nothing-here/").content.decode()
    viewing = Viewing.objects.get()
    assert (viewing.by, viewing.consent.user, viewing.ended_at) == (admin, ann, None)
    assert [(one.by_id, one.why) for one in history_of(viewing)] == [(admin.pk, "The list of bids is empty")]
    run_jobs()
    told = mail.outbox[-1]
    assert told.to == ["ann@example.org"]
    assert "Nia Admin has begun to see the portal as you see it" in told.body
    assert "The list of bids is empty" in told.body


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_nothing_is_sent_while_looking(looking, method):
    answer = getattr(looking, method)("/en/training/bookings/", {})
    assert answer.status_code in {403, 404}
    refused = getattr(looking, method)("/en/help/")
    assert refused.status_code == 403
    assert "Closed while you look" in refused.content.decode()


@pytest.mark.parametrize("path", ["/en/account/", OWN, "/en/account/sessions/", "/en/account/details/"])
def test_the_persons_account_stays_closed(looking, path):
    answer = looking.get(path)
    assert (answer.status_code, BAR in answer.content.decode()) == (403, True)


def test_a_page_that_writes_is_refused_by_the_database(looking, monkeypatch):
    def writes(*_arguments: object) -> None:
        UserFactory()

    monkeypatch.setattr("programme.views.pages.page", writes)
    assert looking.get("/en/help/").status_code == 403

    def breaks(*_arguments: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")

    monkeypatch.setattr("programme.views.pages.page", breaks)
    looking.raise_request_exception = False
    assert looking.get("/en/help/").status_code == 500


def test_the_bar_leads_back_and_the_person_sees_who_looked(looking, ann, admin):
    answer = looking.post("/en/account/support/end/")
    assert answer["Location"] == f"/en/account/person/{ann.public_id}/"
    assert looking.get("/en/").context["user"] == admin
    viewing = Viewing.objects.get()
    assert viewing.ended_at is not None
    own = Client()
    own.force_login(ann)
    assert "Nia Admin (ended" in own.get(OWN).content.decode()
    assert looking.post("/en/account/support/end/")["Location"] == "/en/account/"


@pytest.mark.parametrize("what", ["consent taken back", "time over", "role ended", "account closed", "ended elsewhere"])
def test_it_ends_at_the_next_request_when_it_holds_no_more(looking, ann, admin, what):
    if what == "consent taken back":
        consent_end(by=ann)
    elif what == "time over":
        past = timezone.now() - 2 * HOUR
        Consent.objects.update(given_at=past, until=past + HOUR)
    elif what == "role ended":
        admin.memberships.update(starts="2020-01-01", ends="2020-02-01")
    elif what == "account closed":
        ann.is_active = False
        ann.save()
    else:
        Viewing.objects.update(ended_at=timezone.now())
    page = looking.get("/en/")
    assert (BAR in page.content.decode(), page.context["user"]) == (False, admin)
    assert Viewing.objects.get().ended_at is not None
    assert "viewing" not in looking.session


def test_without_consent_or_the_role_there_is_no_such_page(as_admin, ann, admin):
    assert as_admin.get(begin_url(ann)).status_code == 404
    assert as_admin.post(begin_url(ann), {"why": "x"}).status_code == 404
    consent_give(by=ann, lasts=HOUR)
    assert as_admin.get(begin_url(ann)).status_code == 200
    assert as_admin.post(begin_url(ann), {"why": ""}).status_code == 422
    assert "See the portal as this person" in as_admin.get(f"/en/account/person/{ann.public_id}/").content.decode()
    for other in (
        person(Role.OFFICER),
        person(Role.DIGITAL_LEAD),
        person(Role.SECRETARIAT, organisation=BodyFactory()),
    ):
        stranger = Client()
        stranger.force_login(other)
        assert stranger.post(begin_url(ann), {"why": "x"}).status_code == 404
        assert viewing_begin(ann, by=other, why="x") is None
    assert Client().get(begin_url(ann)).status_code in {302, 404}
    consent_give(by=admin, lasts=HOUR)
    assert as_admin.get(begin_url(admin)).status_code == 404
    assert viewing_begin(admin, by=admin, why="x") is None
    assert not Viewing.objects.exists()


def test_a_consent_that_ends_while_the_page_is_open_begins_nothing(as_admin, ann, monkeypatch):
    consent_give(by=ann, lasts=HOUR)
    monkeypatch.setattr("accounts.actions.viewing.viewing_begin", lambda *_person, **_why: None)
    answer = as_admin.post(begin_url(ann), {"why": "x"}, follow=True)
    assert "This person’s consent has ended." in answer.content.decode()
    monkeypatch.undo()
    consent_end(by=ann)
    admin = answer.context["user"]
    assert viewing_begin(ann, by=admin, why="x") is None


def test_a_viewing_named_in_the_session_of_another_is_no_viewing(client, ann):
    viewing = ViewingFactory()
    client.force_login(ann)
    session = client.session
    session["viewing"] = viewing.pk
    session.save()
    assert client.get("/en/").context["user"] == ann
    viewing.refresh_from_db()
    assert viewing.ended_at is None


def fails(name: str, make) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        make()


def test_the_database_holds_consents_and_viewings_to_their_times():
    now, user = timezone.now(), UserFactory()
    longest = timedelta(days=7)
    fails("consent_for_a_limited_time", lambda: ConsentFactory(given_at=now, until=now + longest + HOUR))
    fails("consent_for_a_limited_time", lambda: ConsentFactory(given_at=now, until=now))
    fails("consent_ended_after_given", lambda: ConsentFactory(given_at=now, ended_at=now - HOUR))
    ConsentFactory(user=user)
    fails("consent_one_at_a_time", lambda: ConsentFactory(user=user))
    fails("viewing_ended_after_begun", lambda: ViewingFactory(began_at=now, ended_at=now - HOUR))

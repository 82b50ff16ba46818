"""The quarterly review of access, and what a leaver leaves."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import AccessReview, Kept, Membership, quarter_of
from accounts.panels import roles_to_review
from accounts.roles import Role
from accounts.tasks import remind_of_review
from tests.factories.people import AccessReviewFactory, BodyFactory, CouncilFactory, MembershipFactory, person
from wlga_portal.kernel.history import history_of
from wlga_portal.kernel.queue import enqueue, run_jobs

pytestmark = pytest.mark.django_db
LAST_YEAR = timezone.localdate() - timedelta(days=365)


@pytest.fixture
def council():
    return CouncilFactory()


@pytest.fixture
def lead(council):
    user = person(Role.DIGITAL_LEAD, organisation=council)
    Membership.objects.update(starts=LAST_YEAR)
    return user


def address(organisation) -> str:
    return reverse("accounts:access_review", kwargs={"slug": organisation.slug_en})


def old(organisation, role=Role.OFFICER, **fields) -> Membership:
    return MembershipFactory(organisation=organisation, role=role, starts=LAST_YEAR, **fields)


@pytest.mark.parametrize(
    ("day", "quarter"),
    [("2026-01-01", "2026-01-01"), ("2026-03-31", "2026-01-01"), ("2026-11-23", "2026-10-01")],
)  # fmt: skip
def test_a_quarter_begins_in_january_april_july_and_october(day, quarter):
    assert quarter_of(date.fromisoformat(day)) == date.fromisoformat(quarter)


def test_a_digital_lead_confirms_one_role_and_ends_another_and_both_are_on_record(client, council, lead):
    right, over = old(council), old(council, Role.FINANCE)
    client.force_login(lead)
    page = client.get(address(council)).content.decode()
    assert f"{right.user.name} ({right.user.email}): Council officer" in page
    client.post(address(council), {f"role_{right.pk}": "confirmed", f"role_{over.pk}": "ended"})
    assert {(one.membership_id, one.outcome, one.by_id) for one in AccessReview.objects.all()} == {
        (right.pk, "confirmed", lead.pk),
        (over.pk, "ended", lead.pk),
    }
    over.refresh_from_db()
    right.refresh_from_db()
    assert (right.ends, over.ends) == (None, timezone.localdate())
    assert history_of(over)[0].why == "not confirmed at the review of access"
    assert history_of(AccessReview.objects.first())[0].why == "access reviewed"
    page = client.get(address(council)).content.decode()
    assert "Reviewed this quarter" in page
    assert f'name="role_{right.pk}"' not in page


def test_what_is_left_open_waits_and_what_was_said_first_stands(client, council, lead):
    one = old(council)
    client.force_login(lead)
    client.post(address(council), {})
    assert not AccessReview.objects.exists()
    first = AccessReviewFactory(membership=one)
    client.post(address(council), {f"role_{one.pk}": "ended"})
    assert AccessReview.objects.get() == first
    one.refresh_from_db()
    assert one.ends is None


def test_new_roles_ended_ones_and_the_programmes_are_not_asked_of_a_lead(client, council, lead):
    MembershipFactory(organisation=council)
    old(council, ends=LAST_YEAR + timedelta(days=9))
    old(council, Role.TEAM)
    Membership.objects.filter(user=lead).update(starts=timezone.localdate())
    client.force_login(lead)
    assert "Nothing is left to review" in client.get(address(council)).content.decode()


def test_the_next_quarter_asks_again(council, lead):
    one = old(council)
    today = quarter_of(timezone.localdate())
    AccessReviewFactory(membership=one)
    assert one not in Membership.objects.to_review(today)
    assert one in Membership.objects.to_review(quarter_of(today + timedelta(days=100)))


def test_the_last_administrator_cannot_be_ended_at_a_review_either(client):
    body = BodyFactory()
    admin = person(Role.ADMINISTRATOR, organisation=body)
    Membership.objects.update(starts=LAST_YEAR)
    client.force_login(admin)
    answer = client.post(address(body), {f"role_{Membership.objects.get().pk}": "ended"})
    assert answer.status_code == 422
    assert "Somebody must look after the portal" in answer.content.decode()
    assert not AccessReview.objects.exists()


def test_only_those_who_look_after_the_organisation_find_the_page(council, lead):
    other = person(Role.DIGITAL_LEAD)
    officer = person(Role.OFFICER, organisation=council)
    for user, status in ((lead, 200), (other, 404), (officer, 404), (person(Role.ADMINISTRATOR), 200)):
        client = Client()
        client.force_login(user)
        assert client.get(address(council)).status_code == status, user
    assert Client().get(address(council)).status_code == 302


def test_what_waits_says_how_many_roles_until_the_review_is_done(council, lead):
    one = old(council)
    old(CouncilFactory())
    assert [str(need.text) for need in roles_to_review(lead)] == ["Review 2 roles of your people"]
    for membership in (one, Membership.objects.get(user=lead)):
        AccessReviewFactory(membership=membership)
    assert list(roles_to_review(lead)) == []
    assert list(roles_to_review(person(Role.OFFICER))) == []
    assert [str(need.text) for need in roles_to_review(person(Role.ADMINISTRATOR))] == ["Review 1 role of your people"]


def test_those_who_look_after_people_are_reminded_when_a_quarter_begins(council, lead):
    admin = person(Role.ADMINISTRATOR)
    person(Role.OFFICER, organisation=council)
    enqueue(remind_of_review, timestamp=0)
    run_jobs()
    run_jobs()
    assert {message.to[0] for message in mail.outbox} == {lead.email, admin.email}
    assert {message.subject for message in mail.outbox} == {"Review who has access to the portal"}


def test_an_administrator_sees_what_waits_for_somebody_who_leaves(client, council, lead):
    old(council)
    client.force_login(person(Role.ADMINISTRATOR))
    page = client.get(reverse("accounts:person_page", kwargs={"public_id": lead.public_id})).content.decode()
    assert "What waits for this person" in page
    assert "Review 2 roles of your people" in page


def test_the_page_is_in_welsh_too(client, council, lead):
    old(council)
    client.force_login(lead)
    page = client.get(f"/cy/cyfrif/pobl/{council.slug_cy}/adolygu/").content.decode()
    assert "Adolygiad o fynediad" in page
    assert "Yn dal yn gywir" in page
    assert "Still right" not in page


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("access_review_outcome_known", {"outcome": "perhaps"}),
        ("access_review_of_a_quarter", {"quarter": date(2026, 10, 2)}),
        ("access_review_of_a_quarter", {"quarter": date(2026, 11, 1)}),
    ],
)
def test_what_a_review_must_be_is_kept_by_the_database(name, fields):
    with pytest.raises(IntegrityError, match=name):
        AccessReviewFactory(**fields)


def test_a_role_is_reviewed_once_a_quarter():
    one = AccessReviewFactory()
    with pytest.raises(IntegrityError, match="access_review_once_a_quarter"):
        AccessReviewFactory(membership=one.membership, outcome=Kept.ENDED)


def test_a_review_is_of_the_day_in_wales(client, council, lead):
    one = old(council)
    with time_machine.travel("2026-09-30 23:30:00Z", tick=False):  # the first of October in Wales
        client.force_login(lead)
        client.post(address(council), {f"role_{one.pk}": "confirmed"})
    assert AccessReview.objects.get().quarter == date(2026, 10, 1)

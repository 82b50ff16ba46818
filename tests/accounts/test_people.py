"""Looking after people and roles: who may, what a date means, deputies, closing an account."""

from datetime import date, timedelta

import pytest
import time_machine
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Membership, User
from accounts.roles import Role
from accounts.rules import LEAD_GIVES, roles_to_give
from organisations.models import MailDomain
from tests.factories.people import (
    BodyFactory,
    CouncilFactory,
    MailDomainFactory,
    MembershipFactory,
    UserFactory,
    person,
)
from wlga_portal.kernel.history import history_of
from wlga_portal.kernel.queue import run_jobs

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def clock():
    """Everything here happens from this day on, what the fixtures give too."""
    with time_machine.travel("2026-11-23 09:00:00Z"):
        yield


@pytest.fixture
def council():
    return CouncilFactory(name_en="Torfaen", name_cy="Torfaen", slug_en="torfaen", slug_cy="torfaen")


@pytest.fixture
def lead(council):
    return person(Role.DIGITAL_LEAD, organisation=council, name="Alun Rees", email="alun@example.org")


@pytest.fixture
def admin():
    return person(Role.ADMINISTRATOR, organisation=BodyFactory(), name="Nia Admin")


@pytest.fixture
def as_lead(client, lead):
    client.force_login(lead)
    return client


@pytest.fixture
def as_admin(client, admin):
    client.force_login(admin)
    return client


def parts(name: str, day: date | None) -> dict[str, str]:
    if day is None:
        return {}
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def typed(email: str, role: Role, starts: date = TODAY, ends: date | None = None, name: str = "") -> dict[str, str]:
    return {"email": email, "role": role, "name": name, **parts("starts", starts), **parts("ends", ends)}


# --- Who may ---------------------------------------------------------------------------------------
def paths(council, membership) -> list[str]:
    return [
        "/en/account/people/",
        f"/en/account/people/{council.slug}/",
        f"/en/account/people/{council.slug}/add/",
        f"/en/account/roles/{membership.pk}/end/",
        f"/en/account/roles/{membership.pk}/deputy/",
        f"/en/account/person/{membership.user.public_id}/",
    ]


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.ADMINISTRATOR, Role.DIGITAL_LEAD}])
def test_people_with_other_roles_find_none_of_the_pages(client, council, role):
    membership = MembershipFactory(organisation=council)
    client.force_login(person(role, organisation=council))
    assert [client.get(path).status_code for path in paths(council, membership)] == [404] * 6


def test_a_visitor_is_asked_to_sign_in(client, council):
    membership = MembershipFactory(organisation=council)
    assert {client.get(path).status_code for path in paths(council, membership)} == {302}


def test_a_digital_lead_looks_after_their_own_council_and_finds_no_other(as_lead, council):
    own, other = MembershipFactory(organisation=council), MembershipFactory()
    assert [as_lead.get(path).status_code for path in paths(council, own)] == [200, 200, 200, 200, 200, 404]
    assert [as_lead.get(path).status_code for path in paths(other.organisation, other)] == [200, *[404] * 5]


def test_an_administrator_looks_after_all(as_admin, council):
    membership = MembershipFactory(organisation=council)
    assert [as_admin.get(path).status_code for path in paths(council, membership)] == [200] * 6


def test_a_digital_lead_gives_the_roles_of_a_council_and_no_more(lead, admin, council):
    assert roles_to_give(lead, council) == LEAD_GIVES
    assert roles_to_give(lead, CouncilFactory()) == ()
    assert roles_to_give(admin, council) == tuple(Role)
    assert roles_to_give(admin, BodyFactory()) == tuple(role for role in Role if role not in LEAD_GIVES)


def test_a_lead_of_a_body_that_is_no_council_gives_nothing():
    body = BodyFactory()
    assert roles_to_give(person(Role.DIGITAL_LEAD, organisation=body), body) == ()


def test_a_digital_lead_sees_but_does_not_end_a_role_of_the_programme(as_lead, council):
    membership = MembershipFactory(organisation=council, role=Role.BOARD_MEMBER, user__name="Cyng. Mair")
    page = as_lead.get("/en/account/people/torfaen/").content.decode()
    assert "Cyng. Mair" in page
    assert f"roles/{membership.pk}/end" not in page
    assert as_lead.get(f"/en/account/roles/{membership.pk}/end/").status_code == 403


# --- Giving a role ---------------------------------------------------------------------------------
@time_machine.travel("2026-11-23 10:00:00Z")
def test_a_role_is_given_to_a_person_who_has_an_account(as_lead, lead, council):
    user = UserFactory(email="carys@example.org", language="en")
    answer = as_lead.post("/en/account/people/torfaen/add/", typed("Carys@example.org", Role.FINANCE, ends=TODAY))
    assert answer["Location"] == "/en/account/people/torfaen/"
    membership = user.memberships.get()
    assert (membership.organisation, membership.role, membership.starts, membership.ends) == (
        council, Role.FINANCE, TODAY, TODAY,
    )  # fmt: skip
    change = history_of(membership)[0]
    assert (change.kind, change.by_id, change.why) == ("insert", lead.pk, "role given")
    run_jobs()
    assert mail.outbox[0].to == ["carys@example.org"]
    assert mail.outbox[0].subject == "You have a role: Finance approver, Torfaen"
    assert "Commits the council’s share of money." in mail.outbox[0].body


@time_machine.travel("2026-11-23 10:00:00Z")
def test_an_account_is_made_where_there_is_none_and_its_mail_is_in_both_languages(as_lead, council):
    as_lead.post("/en/account/people/torfaen/add/", typed("new@example.org", Role.OFFICER, name="Beca New"))
    user = User.objects.get(email="new@example.org")
    assert (user.name, user.language, user.has_usable_password()) == ("Beca New", "", False)
    run_jobs()
    assert mail.outbox[0].subject == (
        "Mae gennych rôl: Swyddog cyngor, Torfaen / You have a role: Council officer, Torfaen"
    )


@pytest.mark.parametrize("role", [role for role in Role if role not in LEAD_GIVES])
def test_a_digital_lead_cannot_give_another_role_by_a_forged_form(as_lead, council, role):
    answer = as_lead.post("/en/account/people/torfaen/add/", typed("a@example.org", role, timezone.localdate()))
    assert answer.status_code == 422
    assert Membership.objects.filter(role=role).count() == 0


@time_machine.travel("2026-11-23 10:00:00Z")
@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        (parts("ends", date(2026, 11, 22)), "The last day is over already."),
        (parts("starts", date(2026, 12, 2)) | parts("ends", date(2026, 12, 1)), "The last day comes before the first."),
        ({"email": ""}, "Enter “E-mail address of the person”."),
        ({"role": ""}, "Choose an answer to “Role”."),
    ],
)
def test_dates_out_of_order_and_missing_answers_get_a_sentence(as_lead, council, changes, sentence):
    answer = as_lead.post(
        "/en/account/people/torfaen/add/", typed("a@example.org", Role.OFFICER, date(2026, 11, 1)) | changes
    )
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not User.objects.filter(email="a@example.org").exists()


@time_machine.travel("2026-11-23 10:00:00Z")
def test_the_same_role_is_not_given_twice_for_one_day(as_lead, council):
    MembershipFactory(user__email="a@example.org", organisation=council, role=Role.OFFICER, starts=TODAY)
    answer = as_lead.post("/en/account/people/torfaen/add/", typed("a@example.org", Role.OFFICER))
    assert "This person has this role here already on some of these days." in answer.content.decode()
    assert Membership.objects.filter(role=Role.OFFICER).count() == 1


def test_a_closed_account_is_given_no_role(as_lead, council):
    UserFactory(email="a@example.org", is_active=False)
    answer = as_lead.post("/en/account/people/torfaen/add/", typed("a@example.org", Role.OFFICER, timezone.localdate()))
    assert "The account of this person is closed." in answer.content.decode()


# --- Dates -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("day", "holds", "state"),
    [
        ("2026-11-09", False, "future"),
        ("2026-11-10", True, "current"),
        ("2026-11-20", True, "current"),
        ("2026-11-21", False, "past"),
    ],
)
def test_a_role_holds_from_its_first_day_to_its_last_both_included(day, holds, state):
    membership = MembershipFactory(starts=date(2026, 11, 10), ends=date(2026, 11, 20))
    with time_machine.travel(f"{day} 12:00:00Z"):
        user = User.objects.get(pk=membership.user_id)
        assert user.has_role(Role.OFFICER) is holds
        assert membership.state == state


@pytest.mark.parametrize(("moment", "holds"), [("2026-07-31 22:59:59Z", True), ("2026-07-31 23:00:00Z", False)])
def test_the_last_day_ends_at_midnight_by_the_clock_of_wales(moment, holds):
    membership = MembershipFactory(starts=date(2026, 7, 1), ends=date(2026, 7, 31))
    with time_machine.travel(moment):
        assert User.objects.get(pk=membership.user_id).has_role(Role.OFFICER) is holds


@time_machine.travel("2026-11-23 10:00:00Z")
def test_a_role_that_ends_today_holds_today_and_not_tomorrow(as_lead, lead, council):
    membership = MembershipFactory(organisation=council, starts=date(2026, 1, 1))
    answer = as_lead.post(f"/en/account/roles/{membership.pk}/end/", parts("ends", TODAY))
    assert answer["Location"] == "/en/account/people/torfaen/"
    membership.refresh_from_db()
    assert membership.ends == TODAY
    change = history_of(membership)[0]
    assert (change.kind, change.by_id, change.why) == ("update", lead.pk, "role ended")
    assert User.objects.get(pk=membership.user_id).has_role(Role.OFFICER)
    with time_machine.travel("2026-11-24 00:00:01Z"):
        assert not User.objects.get(pk=membership.user_id).has_role(Role.OFFICER)


@time_machine.travel("2026-11-23 10:00:00Z")
@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        (date(2026, 11, 22), "The last day is over already."),
        (date(2027, 1, 1), "The role ends before that day already."),
        (None, "Enter “Last day”."),
    ],
)
def test_a_last_day_that_cannot_be_gets_a_sentence(as_lead, council, day, sentence):
    membership = MembershipFactory(organisation=council, starts=date(2026, 1, 1), ends=date(2026, 12, 31))
    answer = as_lead.post(f"/en/account/roles/{membership.pk}/end/", parts("ends", day))
    assert answer.status_code == 422
    assert sentence in answer.content.decode()


@time_machine.travel("2026-11-23 10:00:00Z")
def test_a_role_that_has_not_begun_by_its_last_day_is_removed_and_its_history_stays(as_lead, council):
    membership = MembershipFactory(organisation=council, starts=date(2026, 12, 1))
    as_lead.post(f"/en/account/roles/{membership.pk}/end/", parts("ends", TODAY))
    assert not Membership.objects.filter(pk=membership.pk).exists()
    assert history_of(membership)[0].kind == "delete"


def test_a_role_that_has_ended_cannot_be_ended_again(as_lead, council):
    yesterday = timezone.localdate() - timedelta(days=1)
    membership = MembershipFactory(organisation=council, starts=yesterday, ends=yesterday)
    assert as_lead.get(f"/en/account/roles/{membership.pk}/end/").status_code == 403


def test_the_last_administrator_stays(as_admin, admin):
    today = parts("ends", timezone.localdate())
    path = f"/en/account/roles/{admin.memberships.get().pk}/end/"
    assert "Somebody must look after the portal" in as_admin.post(path, today).content.decode()
    person(Role.ADMINISTRATOR, organisation=BodyFactory())
    assert as_admin.post(path, today).status_code == 302


# --- Deputies --------------------------------------------------------------------------------------
@time_machine.travel("2026-11-23 10:00:00Z")
def test_a_deputy_holds_the_role_from_day_to_day(as_lead, lead, council):
    principal = lead.memberships.get()
    deputy = person(Role.OFFICER, organisation=council)
    days = parts("starts", date(2026, 12, 1)) | parts("ends", date(2026, 12, 3))
    as_lead.post(f"/en/account/roles/{principal.pk}/deputy/", {"user": deputy.pk, **days})
    membership = deputy.memberships.get(role=Role.DIGITAL_LEAD)
    assert (membership.deputy_for, membership.starts, membership.ends) == (
        principal,
        date(2026, 12, 1),
        date(2026, 12, 3),
    )
    assert history_of(membership)[0].why == "deputy appointed"
    held = []
    for day in range(1, 5):
        with time_machine.travel(f"2026-12-0{day} 00:00:01Z" if day < 4 else "2026-12-04 00:00:00Z"):
            held.append(User.objects.get(pk=deputy.pk).has_role(Role.DIGITAL_LEAD, organisation=council))
    assert held == [True, True, True, False]
    page = as_lead.get("/en/account/people/torfaen/").content.decode()
    assert "deputy for Alun Rees" in page
    assert f"roles/{membership.pk}/deputy" not in page
    assert as_lead.get(f"/en/account/roles/{membership.pk}/deputy/").status_code == 403


@time_machine.travel("2026-11-23 10:00:00Z")
@pytest.mark.parametrize(
    ("starts", "ends", "sentence"),
    [
        (date(2026, 12, 1), None, "Enter “Last day”."),
        (date(2026, 12, 1), date(2027, 2, 1), "The role itself ends before that day."),
        (date(2026, 10, 1), date(2026, 12, 1), "The role itself begins after that day."),
        (date(2026, 12, 3), date(2026, 12, 1), "The last day comes before the first."),
    ],
)
def test_a_deputy_stays_within_the_role(as_lead, council, starts, ends, sentence):
    principal = MembershipFactory(
        organisation=council, role=Role.FINANCE, starts=date(2026, 11, 1), ends=date(2027, 1, 31)
    )
    deputy = person(Role.OFFICER, organisation=council)
    days = parts("starts", starts) | parts("ends", ends)
    answer = as_lead.post(f"/en/account/roles/{principal.pk}/deputy/", {"user": deputy.pk, **days})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert deputy.memberships.count() == 1


def test_only_people_of_the_organisation_can_be_deputies(as_lead, lead, council):
    stranger, closed = person(Role.OFFICER), person(Role.OFFICER, organisation=council, is_active=False)
    path = f"/en/account/roles/{lead.memberships.get().pk}/deputy/"
    page = as_lead.get(path).content.decode()
    assert stranger.email not in page
    assert closed.email not in page
    assert lead.email not in page.split("<select")[1]
    days = parts("starts", timezone.localdate()) | parts("ends", timezone.localdate())
    for user in (stranger, closed, lead):
        assert as_lead.post(path, {"user": user.pk, **days}).status_code == 422


def test_nobody_is_their_own_deputy(lead):
    from accounts.actions.memberships import CannotBe, appoint_deputy

    with pytest.raises(CannotBe, match="own deputy"):
        appoint_deputy(
            by=lead, principal=lead.memberships.get(), user=lead, starts=timezone.localdate(), ends=timezone.localdate()
        )


@time_machine.travel("2026-11-23 10:00:00Z")
def test_deputies_end_with_the_role(as_lead, council):
    principal = MembershipFactory(organisation=council, role=Role.FINANCE, starts=date(2026, 11, 1))
    for_weeks, later = (
        MembershipFactory(
            organisation=council, role=Role.FINANCE, starts=starts, ends=date(2026, 12, 31), deputy_for=principal
        )
        for starts in (date(2026, 11, 2), date(2026, 12, 1))
    )
    as_lead.post(f"/en/account/roles/{principal.pk}/end/", parts("ends", TODAY))
    for_weeks.refresh_from_db()
    assert for_weeks.ends == TODAY
    assert not Membership.objects.filter(pk=later.pk).exists()


# --- Lists -----------------------------------------------------------------------------------------
def test_the_list_of_people_narrows_by_name_role_and_dates(as_lead, council):
    today = timezone.localdate()
    MembershipFactory(organisation=council, user__name="Ann", role=Role.FINANCE)
    MembershipFactory(organisation=council, user__name="Bob", starts=today + timedelta(days=1))
    MembershipFactory(
        organisation=council, user__name="Cai", starts=today - timedelta(days=2), ends=today - timedelta(days=1)
    )

    def names(query: str) -> list[str]:
        page = as_lead.get(f"/en/account/people/torfaen/?{query}").content.decode().split("<tbody>")[1]
        return [name for name in ("Alun Rees", "Ann", "Bob", "Cai") if f">{name}<" in page]

    assert names("") == ["Alun Rees", "Ann", "Bob", "Cai"]
    assert names("q=ann") == ["Ann"]
    assert names("role=finance") == ["Ann"]
    assert names("state=current") == ["Alun Rees", "Ann"]
    assert names("state=future") == ["Bob"]
    assert names("state=past") == ["Cai"]


def test_the_lists_cost_the_same_for_one_person_and_for_thirty(as_admin, council, django_assert_num_queries):
    MembershipFactory(organisation=council)
    for path in ("/en/account/people/", "/en/account/people/torfaen/"):
        as_admin.get(path)
        with CaptureQueriesContext(connection) as one:
            as_admin.get(path)
        before = len(one)
        assert before <= 12
        for _more in range(29):
            MembershipFactory(organisation=council), MembershipFactory()
        with django_assert_num_queries(before):
            as_admin.get(path)


def test_the_list_of_organisations_counts_people_once_and_only_those_of_today(as_lead, council):
    user = person(Role.OFFICER, Role.FINANCE, organisation=council)
    MembershipFactory(organisation=council, user=user, role=Role.COORDINATOR)
    MembershipFactory(organisation=council, user__is_active=False)
    MembershipFactory(organisation=council, starts=timezone.localdate() + timedelta(days=1))
    page = as_lead.get("/en/account/people/").content.decode()
    assert "1 organisation" in page
    assert '<td class="n" data-label="People with a role today">2</td>' in page


# --- Mail domains ----------------------------------------------------------------------------------
def test_an_administrator_lists_and_removes_the_domains_of_a_council(as_admin, admin, council):
    assert "No mail domain is listed" in as_admin.get("/en/account/people/torfaen/").content.decode()
    as_admin.post("/en/account/people/torfaen/", {"domain": "@Torfaen.Example.org"})
    domain = MailDomain.objects.get()
    assert (domain.domain, domain.organisation) == ("torfaen.example.org", council)
    assert (history_of(domain)[0].by_id, history_of(domain)[0].why) == (admin.pk, "mail domain listed")
    again = as_admin.post("/en/account/people/torfaen/", {"domain": "torfaen.example.org"})
    assert "This domain is listed already." in again.content.decode()
    as_admin.post(f"/en/account/domains/{domain.pk}/remove/")
    assert MailDomain.objects.count() == 0


@pytest.mark.parametrize("domain", ["council", "a b.uk", "council.gov.uk/x", "*.uk"])
def test_what_is_no_domain_gets_a_sentence(as_admin, council, domain):
    answer = as_admin.post("/en/account/people/torfaen/", {"domain": domain})
    assert "Enter what stands after the @" in answer.content.decode()
    assert MailDomain.objects.count() == 0


def test_a_digital_lead_does_not_list_domains(as_lead, council):
    domain = MailDomainFactory(organisation=council)
    assert "Mail domains" not in as_lead.get("/en/account/people/torfaen/").content.decode()
    as_lead.post("/en/account/people/torfaen/", {"domain": "evil.example.org"})
    assert as_lead.post(f"/en/account/domains/{domain.pk}/remove/").status_code == 404
    assert MailDomain.objects.get() == domain


# --- Closing an account ----------------------------------------------------------------------------
def test_a_closed_account_is_out_at_once_and_its_roles_end_today(as_admin, admin, council):
    from django.test import Client

    user, theirs = person(Role.OFFICER, organisation=council), Client()
    MembershipFactory(user=user, starts=timezone.localdate() + timedelta(days=9))
    theirs.force_login(user)
    path = f"/en/account/person/{user.public_id}/"
    assert "Tick" not in as_admin.get(path).content.decode()
    assert "Enter “Reason”." in as_admin.post(path, {"close": "1", "why": ""}).content.decode()
    as_admin.post(path, {"close": "1", "why": "left the council"})
    assert theirs.get("/en/account/").status_code == 302
    membership = user.memberships.get()
    assert membership.ends == timezone.localdate()
    assert (history_of(membership)[0].by_id, history_of(membership)[0].why) == (admin.pk, "left the council")
    assert "Open the account again" in as_admin.get(path).content.decode()
    assert "account closed" in as_admin.get("/en/account/people/torfaen/").content.decode()
    as_admin.post(path, {"reopen": "1"})
    user.refresh_from_db()
    assert user.is_active
    assert user.memberships.get().ends == timezone.localdate()


def test_nobody_closes_their_own_account(as_admin, admin):
    path = f"/en/account/person/{admin.public_id}/"
    assert "Close the account" not in as_admin.get(path).content.decode()
    as_admin.post(path, {"close": "1", "why": "x"})
    admin.refresh_from_db()
    assert admin.is_active


def test_the_last_administrators_account_is_not_closed(admin):
    from accounts.actions.memberships import CannotBe, close_account

    with pytest.raises(CannotBe):
        close_account(admin, by=None, why="")
    admin.refresh_from_db()
    assert admin.is_active


def test_an_unknown_person_is_not_there(as_admin):
    assert as_admin.get("/en/account/person/00000000-0000-4000-8000-000000000000/").status_code == 404


def test_the_page_of_a_person_without_roles(as_admin):
    user = UserFactory(language="", name="")
    page = as_admin.get(f"/en/account/person/{user.public_id}/").content.decode()
    assert "No role, now or before." in page
    assert "No name yet</h1>" in page


def test_a_page_of_people_switches_to_the_slug_of_the_other_language(as_admin):
    CouncilFactory(slug_en="cardiff", slug_cy="caerdydd", name_en="Cardiff", name_cy="Caerdydd")
    assert 'href="/cy/cyfrif/pobl/caerdydd/"' in as_admin.get("/en/account/people/cardiff/").content.decode()


@time_machine.travel("2026-11-23 10:00:00Z")
def test_an_administrator_whose_own_role_ends_today_does_not_close_the_other_ones_account(client):
    body = BodyFactory()
    last = MembershipFactory(organisation=body, role=Role.ADMINISTRATOR, starts=TODAY, ends=TODAY)
    other = person(Role.ADMINISTRATOR, organisation=body)
    client.force_login(last.user)
    answer = client.post(f"/en/account/person/{other.public_id}/", {"close": "1", "why": "left"})
    assert answer.status_code == 422
    assert "Somebody must look after the portal" in answer.content.decode()
    other.refresh_from_db()
    assert other.is_active


@time_machine.travel("2026-11-23 10:00:00Z")
def test_a_deputy_whose_time_is_shorter_keeps_it_when_the_role_ends_later(as_lead, council):
    principal = MembershipFactory(organisation=council, role=Role.FINANCE, starts=date(2026, 11, 1))
    deputy = MembershipFactory(organisation=council, role=Role.FINANCE, starts=TODAY, ends=TODAY, deputy_for=principal)
    as_lead.post(f"/en/account/roles/{principal.pk}/end/", parts("ends", date(2026, 11, 30)))
    deputy.refresh_from_db()
    principal.refresh_from_db()
    assert (principal.ends, deputy.ends) == (date(2026, 11, 30), TODAY)


def test_a_role_that_the_database_refuses_for_another_reason_is_a_fault_and_not_a_sentence(council):
    from django.db import IntegrityError, transaction

    from accounts.actions.memberships import save_role

    wrong = Membership(user=UserFactory(), organisation=council, role="king")
    with pytest.raises(IntegrityError, match="membership_role_known"), transaction.atomic():
        save_role(wrong, by=None, why="a test")


def test_a_person_without_a_name_is_listed_by_their_address(as_lead, council):
    MembershipFactory(organisation=council, user__name="", user__email="nameless@example.org")
    page = as_lead.get("/en/account/people/torfaen/").content.decode()
    assert '<th scope="row">nameless@example.org</th>' in page

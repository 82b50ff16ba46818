"""A person's own account: details, the welcome page, address, sessions."""

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import AddressChange, User
from accounts.roles import Role
from tests.accounts.conversation import sign_in, signed_in_as
from tests.factories.people import MailDomainFactory, MembershipFactory, UserFactory, person
from wlga_portal.kernel.queue import run_jobs

pytestmark = pytest.mark.django_db
WELCOME = "/en/account/welcome/?next=%2Fen%2F"


@pytest.fixture
def newcomer(client):
    """Somebody who has just registered."""
    MailDomainFactory(domain="torfaen.example.org")
    sign_in(client, "a@torfaen.example.org")
    return User.objects.get()


def test_the_profile_shows_the_person_and_their_roles_with_sentences_and_dates(client):
    user = person(Role.OFFICER, name="Carys Puw", language="en")
    today = timezone.localdate()
    MembershipFactory(user=user, role=Role.FINANCE, starts=today - timedelta(days=9), ends=today - timedelta(days=1))
    client.force_login(user)
    page = client.get("/en/account/").content.decode()
    assert "Carys Puw" in page
    assert "Writes bids for the council and books training." in page
    assert "Roles that have ended" in page
    assert "People and roles that you look after" not in page


def test_a_person_without_a_role_is_told_so(client):
    client.force_login(UserFactory())
    assert "You have no role at present." in client.get("/en/account/").content.decode()


def test_a_deputy_reads_for_whom_they_stand_in(client):
    principal = MembershipFactory(role=Role.DIGITAL_LEAD, user__name="Alun Rees")
    deputy = MembershipFactory(
        role=Role.DIGITAL_LEAD,
        organisation=principal.organisation,
        deputy_for=principal,
        ends=timezone.localdate() + timedelta(days=3),
    )
    client.force_login(deputy.user)
    assert "Deputy for Alun Rees" in client.get("/en/account/").content.decode()


def test_the_profile_costs_the_same_for_one_role_and_for_thirty(client, django_assert_num_queries):
    user = person(Role.OFFICER)
    client.force_login(user)
    client.get("/en/account/")
    with CaptureQueriesContext(connection) as one:
        client.get("/en/account/")
    before = len(one)
    assert before <= 12
    for _role in range(29):
        MembershipFactory(user=user)
    with django_assert_num_queries(before):
        client.get("/en/account/")


def test_name_and_language_are_asked_once_after_the_first_sign_in(client, newcomer):
    page = client.get(WELCOME).content.decode()
    assert 'value="en" checked' in page or re.search(r'value="en"[^>]*checked', page)
    answer = client.post(WELCOME, {"name": " Carys Puw ", "language": "cy"})
    assert answer["Location"] == "/cy/"
    newcomer.refresh_from_db()
    assert (newcomer.name, newcomer.language) == ("Carys Puw", "cy")
    assert sign_in(Client(), newcomer.email)["Location"] == "/cy/"


def test_a_name_that_is_missing_gets_a_sentence_and_the_language_stays_chosen(client, newcomer):
    answer = client.post(WELCOME, {"name": "", "language": "cy"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Enter “Name”." in page
    assert re.search(r'value="cy"[^>]*checked', page)


def test_what_was_typed_stays_when_the_welcome_page_switches_its_language(client, newcomer):
    answer = client.post(WELCOME, {"name": "Carys", "language": "cy", "_switch": "cy"})
    assert answer["Location"].startswith("/cy/cyfrif/croeso/?next=")
    page = client.get(answer["Location"]).content.decode()
    assert 'value="Carys"' in page
    assert newcomer.drafts.count() == 1
    client.post(answer["Location"], {"name": "Carys", "language": "cy"})
    assert newcomer.drafts.count() == 0


def test_after_the_welcome_page_the_wanted_page_opens_in_the_chosen_language(client, newcomer):
    answer = client.post("/en/account/welcome/?next=/en/account/sessions/", {"name": "C", "language": "cy"})
    assert answer["Location"] == "/cy/cyfrif/sesiynau/"
    answer = client.post("/en/account/welcome/?next=https://evil.example/", {"name": "C", "language": "en"})
    assert answer["Location"] == "/en/"


def test_changing_the_language_goes_on_in_it(client):
    client.force_login(person(Role.TEAM, language="en"))
    answer = client.post("/en/account/details/", {"name": "Carys", "language": "cy"}, follow=True)
    assert answer.redirect_chain == [("/cy/cyfrif/", 302)]
    assert "Mae eich manylion wedi’u cadw." in answer.content.decode()
    answer = client.post("/cy/cyfrif/manylion/", {"name": "", "language": "xx"})
    assert answer.status_code == 422


# --- A change of address ---------------------------------------------------------------------------
def ask_for(client: Client, email: str):
    answer = client.post("/en/account/address/", {"email": email})
    run_jobs()
    return answer


def link_in(message) -> str:
    return re.search(r"http://127\.0\.0\.1:\d+(\S+)", message.body).group(1)


@pytest.fixture
def mover(client):
    user = person(Role.TEAM, email="old@example.org", language="en")
    client.force_login(user)
    return user


def test_an_address_changes_when_both_the_old_and_the_new_one_have_confirmed(client, mover):
    assert ask_for(client, "New@example.org")["Location"] == "/en/account/"
    assert [message.to for message in mail.outbox] == [["old@example.org"], ["new@example.org"]]
    old, new = (link_in(message) for message in mail.outbox)
    stranger = Client()
    assert "Yes, confirm" in stranger.get(new).content.decode()
    assert "Now press the button behind the link" in stranger.post(new).content.decode()
    mover.refresh_from_db()
    assert mover.email == "old@example.org"
    assert (
        "It still waits for the button in the mail to the address that you have now."
        in client.get("/en/account/").content.decode()
    )
    assert "You now sign in with" in stranger.post(old).content.decode()
    mover.refresh_from_db()
    assert mover.email == "new@example.org"
    run_jobs()
    assert [message.to for message in mail.outbox[2:]] == [["old@example.org"], ["new@example.org"]]
    assert mail.outbox[2].subject == "Your address was changed: WLGA digital programme"
    assert sign_in(Client(), "new@example.org")["Location"] == "/en/"


def test_opening_the_links_changes_nothing(client, mover):
    ask_for(client, "new@example.org")
    for message in mail.outbox:
        for _scanner in range(2):
            assert Client().get(link_in(message)).status_code == 200
    change = AddressChange.objects.get()
    assert (change.old_confirmed_at, change.new_confirmed_at, change.done_at) == (None, None, None)


def test_confirming_twice_at_one_address_is_not_confirming_at_both(client, mover):
    ask_for(client, "new@example.org")
    link = link_in(mail.outbox[0])
    for _press in range(2):
        Client().post(link)
    mover.refresh_from_db()
    assert mover.email == "old@example.org"
    assert (
        "It still waits for the button in the mail to the new address." in client.get("/en/account/").content.decode()
    )


def test_a_link_works_for_a_day(client, mover):
    with time_machine.travel(timezone.now() - timedelta(hours=25)):
        ask_for(client, "new@example.org")
    answer = Client().post(link_in(mail.outbox[0]))
    assert "This link is over" in answer.content.decode()
    assert AddressChange.objects.get().old_confirmed_at is None
    client.force_login(mover)
    assert "It was not confirmed at both addresses within a day." in client.get("/en/account/").content.decode()


def test_asking_again_ends_the_first_wish_and_its_links(client, mover):
    ask_for(client, "new@example.org")
    ask_for(client, "newer@example.org")
    assert Client().get(link_in(mail.outbox[0])).status_code == 404
    assert AddressChange.objects.get().new_email == "newer@example.org"


def test_the_wish_can_be_dropped(client, mover):
    ask_for(client, "new@example.org")
    assert "It waits for the button in the mail at both addresses." in client.get("/en/account/").content.decode()
    client.post("/en/account/address/", {"drop": "1"})
    assert AddressChange.objects.count() == 0


def test_the_own_address_is_no_other_address(client, mover):
    answer = ask_for(client, "OLD@example.org")
    assert answer.status_code == 422
    assert "This is the address that you have now." in answer.content.decode()
    assert "OLD@example.org" in answer.content.decode()


def test_an_address_that_is_somebody_elses_is_told_to_its_owner_and_not_to_who_asked(client, mover):
    UserFactory(email="taken@example.org", language="cy")
    free, taken = ask_for(client, "free@example.org"), ask_for(client, "taken@example.org")
    assert (free.status_code, free["Location"]) == (taken.status_code, taken["Location"])
    assert mail.outbox[-1].to == ["taken@example.org"]
    assert mail.outbox[-1].subject == "Mae gan y cyfeiriad hwn gyfrif yn barod: Rhaglen ddigidol CLlLC"
    assert "http" not in mail.outbox[-1].body


def test_an_address_that_was_taken_meanwhile_stays_with_its_owner(client, mover):
    ask_for(client, "new@example.org")
    old, new = (link_in(message) for message in mail.outbox)
    Client().post(old)
    UserFactory(email="new@example.org")
    answer = Client().post(new)
    assert answer.status_code == 409
    assert "This address has become another person’s meanwhile." in answer.content.decode()
    mover.refresh_from_db()
    assert mover.email == "old@example.org"
    assert AddressChange.objects.get().done_at is None


def test_a_wish_that_was_dropped_sends_no_links(client, mover):
    client.post("/en/account/address/", {"email": "new@example.org"})
    client.post("/en/account/address/", {"drop": "1"})
    run_jobs()
    assert mail.outbox == []


@pytest.mark.parametrize("token", ["x", "WyJ4Iiwib2xkIl0:1abc:def"])
def test_a_link_that_the_portal_did_not_make_leads_nowhere(client, token):
    assert client.get(f"/en/account/address/{token}/").status_code == 404


# --- Sessions --------------------------------------------------------------------------------------
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; rv:140.0) Gecko/20100101 Firefox/140.0"


def browser(email: str, **headers: str) -> Client:
    client = Client(headers=headers)
    sign_in(client, email)
    return client


def test_the_sessions_are_listed_and_one_can_be_ended():
    UserFactory(email="a@example.org", language="en")
    here, there = browser("a@example.org"), browser("a@example.org", user_agent=FIREFOX)
    page = here.get("/en/account/sessions/").content.decode()
    assert "Firefox, Windows" in page
    assert page.count("This browser") == 1
    assert "A browser that gives no name" in page
    session = UserSession.objects.get(session_key=there.session.session_key)
    answer = here.post(f"/en/account/sessions/{session.pk}/end/", follow=True)
    assert "That browser is signed out." in answer.content.decode()
    assert there.get("/en/account/").status_code == 302
    assert here.get("/en/account/").status_code == 200


def test_a_session_of_somebody_else_is_not_there():
    UserFactory(email="a@example.org"), UserFactory(email="b@example.org")
    one, other = browser("a@example.org"), browser("b@example.org")
    session = UserSession.objects.get(session_key=one.session.session_key)
    assert other.post(f"/en/account/sessions/{session.pk}/end/").status_code == 404
    assert one.get("/en/account/").status_code == 200


def test_signing_out_everywhere_ends_every_session_this_one_too():
    user = UserFactory(email="a@example.org")
    here, there, unlisted = browser("a@example.org"), browser("a@example.org"), Client()
    unlisted.force_login(user)
    assert unlisted.get("/en/account/").status_code == 200
    assert here.post("/en/account/sessions/end-all/")["Location"] == "/en/account/sign-in/"
    assert [one.get("/en/account/").status_code for one in (here, there, unlisted)] == [302, 302, 302]
    assert UserSession.objects.count() == 0
    assert sign_in(Client(), "a@example.org").status_code == 302


def test_ending_sessions_takes_a_button(client):
    client.force_login(person(Role.TEAM))
    assert client.get("/en/account/sessions/end-all/").status_code == 405
    assert client.get("/en/account/sessions/1/end/").status_code == 405


def test_the_list_of_sessions_costs_the_same_for_one_and_for_thirty(django_assert_num_queries):
    UserFactory(email="a@example.org")
    here = browser("a@example.org")
    here.get("/en/account/sessions/")
    with CaptureQueriesContext(connection) as one:
        here.get("/en/account/sessions/")
    before = len(one)
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _session in range(4):
            clock.shift(1800)
            browser("a@example.org")
        here.get("/en/account/sessions/")  # is written down as seen, which is done once in five minutes
        with django_assert_num_queries(before):
            assert here.get("/en/account/sessions/").content.count(b"Sign out there") == 4


def test_a_session_is_kept_alive_by_the_person_who_is_still_there(client):
    client.force_login(person(Role.TEAM))
    with time_machine.travel(timezone.now() + timedelta(hours=3)):
        assert client.post("/en/account/sessions/keep/").status_code == 204
    with time_machine.travel(timezone.now() + timedelta(hours=5)):
        assert client.get("/en/account/").status_code == 200
    assert Client().post("/en/account/sessions/keep/").status_code == 302


def test_what_a_request_without_a_network_address_leaves_in_the_list():
    user = UserFactory(email="a@example.org")
    client = Client(REMOTE_ADDR="")
    sign_in(client, "a@example.org")
    assert signed_in_as(client) == str(user.pk)
    assert "From the network address" not in client.get("/en/account/sessions/").content.decode()


def test_yesterdays_codes_counts_and_wishes_are_forgotten(client, mover):
    from accounts.models import Limit, SignInCode
    from accounts.tasks import forget

    done = AddressChange.objects.create(
        user=mover, old_email="a@example.org", new_email="b@example.org", old_confirmed_at=timezone.now(),
        new_confirmed_at=timezone.now(), done_at=timezone.now(),
    )  # fmt: skip
    with time_machine.travel(timezone.now() - timedelta(hours=25)):
        client.post("/en/account/address/", {"email": "new@example.org"})
        Client().post("/en/account/sign-in/", {"email": "x@example.org"})
    Client().post("/en/account/sign-in/", {"email": "y@example.org"})
    forget.func(timestamp=0)
    assert [row.email for row in SignInCode.objects.all()] == ["y@example.org"]
    assert Limit.objects.count() == 4  # of the address asked for, twice of the visitor's own, of what they sent
    assert list(AddressChange.objects.all()) == [done]
    with time_machine.travel(timezone.now() + timedelta(days=31)):
        forget.func(timestamp=0)
    assert AddressChange.objects.count() == 0


def test_what_waits_for_a_person_in_their_account(client, mover):
    from django.contrib.auth.models import AnonymousUser

    from accounts.panels import address_to_confirm, name_and_language

    newcomer = UserFactory(name="", language="")
    assert [need.text for need in name_and_language(newcomer)] == ["Say your name and the language that you want"]
    assert list(name_and_language(mover)) == []
    assert list(address_to_confirm(mover)) == []
    client.force_login(mover)
    ask_for(client, "new@example.org")
    change = AddressChange.objects.get()
    (need,) = address_to_confirm(mover)
    assert (need.text, need.url, need.due) == (
        "Confirm your new address at both addresses",
        "/en/account/",
        change.created_at + timedelta(hours=24),
    )
    assert list(address_to_confirm(newcomer)) == []
    assert [*name_and_language(AnonymousUser()), *address_to_confirm(AnonymousUser())] == []
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert list(address_to_confirm(mover)) == []

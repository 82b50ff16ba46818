"""Signing in by a code: the conversation, its limits, and that nothing tells known addresses from unknown."""

import re

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import authenticate
from django.contrib.messages import get_messages
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.models import Membership, SignInCode, User
from accounts.roles import Role
from tests.accounts.conversation import ASK, TYPE, ask, last_code, sign_in, signed_in_as
from tests.factories.people import BodyFactory, CouncilFactory, MailDomainFactory, UserFactory, person

pytestmark = pytest.mark.django_db


def said(answer) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_a_person_signs_in_with_the_code_from_the_mail(client):
    user = UserFactory(email="carys@torfaen.example.org", language="en")
    answer = ask(client, " Carys@Torfaen.example.org ")
    assert (answer.status_code, answer["Location"]) == (302, TYPE)
    assert [message.to for message in mail.outbox] == [["carys@torfaen.example.org"]]
    assert mail.outbox[0].subject == "Your code for WLGA digital programme"
    assert b"carys@torfaen.example.org" in client.get(TYPE).content
    answer = client.post(TYPE, {"code": last_code()})
    assert (answer.status_code, answer["Location"]) == (302, "/en/")
    assert signed_in_as(client) == str(user.pk)


@pytest.mark.parametrize("between", [" ", "-", "  ", "\u2011", "\u00a0", "."])
def test_a_pasted_code_may_have_spaces_or_hyphens(client, between):
    UserFactory(email="a@example.org")
    ask(client, "a@example.org")
    code = last_code()
    answer = client.post(TYPE, {"code": f" {code[:4]}{between}{code[4:]} "})
    assert answer.status_code == 302
    assert signed_in_as(client)


def test_after_signing_in_the_page_is_in_the_persons_language(client):
    UserFactory(email="a@example.org", language="cy")
    assert sign_in(client, "a@example.org")["Location"] == "/cy/"


def test_the_page_that_was_wanted_is_opened_in_the_persons_language(client):
    UserFactory(email="a@example.org", language="cy")
    client.get("/en/account/sign-in/?next=/en/account/sessions/")
    assert sign_in(client, "a@example.org")["Location"] == "/cy/cyfrif/sesiynau/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_the_page_that_was_wanted_is_never_outside_the_portal(client, elsewhere):
    UserFactory(email="a@example.org", language="en")
    client.get("/en/account/sign-in/", {"next": elsewhere})
    assert sign_in(client, "a@example.org")["Location"] == "/en/"


def test_a_page_for_people_asks_a_visitor_to_sign_in_in_the_pages_language(client):
    assert client.get("/cy/cyfrif/")["Location"] == "/cy/cyfrif/mewngofnodi/?next=/cy/cyfrif/"


def test_whoever_is_signed_in_is_not_asked_again(client):
    client.force_login(person(Role.TEAM))
    assert client.get(ASK)["Location"] == "/en/account/"
    assert client.get(TYPE)["Location"] == "/en/account/"


def test_without_an_asked_code_there_is_nothing_to_type_it_into(client):
    assert client.get(TYPE)["Location"] == ASK
    UserFactory(email="a@example.org")
    ask(Client(), "a@example.org")
    assert client.post(TYPE, {"code": last_code()})["Location"] == ASK  # the code is of the browser that asked
    assert signed_in_as(client) is None


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter “E-mail address”."),
        ("carys", "Enter an e-mail address in full, like name@council.gov.uk."),
        ("a" * 250 + "@example.org", "Enter an e-mail address in full, like name@council.gov.uk."),
    ],
)
def test_what_is_no_address_gets_a_sentence_and_no_mail(client, typed, sentence):
    answer = ask(client, typed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert mail.outbox == []


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Enter the code from the mail."),
        ("1234567", "The code has 8 digits. Look at the mail again."),
        ("abcdefgh", "The code has 8 digits. Look at the mail again."),
        ("١٢٣٤٥٦٧٨", "The code has 8 digits. Look at the mail again."),
    ],
)
def test_what_cannot_be_a_code_is_no_try(client, typed, sentence):
    UserFactory(email="a@example.org")
    ask(client, "a@example.org")
    answer = client.post(TYPE, {"code": typed})
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert SignInCode.objects.get().tries == 0


def wrong_code() -> str:
    return f"{(int(last_code()) + 1) % 10**8:08}"


def test_a_wrong_code_says_how_many_tries_are_left_and_the_third_is_the_last(client):
    UserFactory(email="a@example.org")
    ask(client, "a@example.org")
    first, second = (client.post(TYPE, {"code": wrong_code()}) for _try in range(2))
    assert "This is not the code. You have 2 more tries." in first.content.decode()
    assert "This is not the code. You have 1 more try." in second.content.decode()
    third = client.post(TYPE, {"code": wrong_code()})
    assert third["Location"] == ASK
    assert said(third) == ["That was one try too many for this code. Ask for a new one."]
    assert signed_in_as(client) is None
    assert b"a@example.org" in client.get(ASK).content


def test_every_sign_in_and_every_refusal_has_a_line_of_the_log(client, caplog):
    user = UserFactory(email="a@example.org")
    caplog.set_level("INFO", "accounts")
    ask(client, "a@example.org")
    client.post(TYPE, {"code": wrong_code()})
    client.post(TYPE, {"code": last_code()})
    client.post("/en/account/sign-out/")
    lines = [one.getMessage() for one in caplog.records if one.name.startswith("accounts")]
    assert [line.partition(":")[0] for line in lines] == ["sign-in refused", "signed in", "signed out"]
    assert lines[0].endswith(", wrong")
    assert lines[1] == f"signed in: person {user.pk}"
    assert "a@example.org" not in " ".join(lines)


def test_the_right_code_does_not_work_after_three_wrong_ones(client):
    UserFactory(email="a@example.org")
    ask(client, "a@example.org")
    key = client.session["sign_in_key"]
    for _try in range(3):
        client.post(TYPE, {"code": wrong_code()})
    restored = client.session
    restored["sign_in_key"] = key
    restored.save()
    assert client.post(TYPE, {"code": last_code()})["Location"] == ASK
    assert signed_in_as(client) is None


def test_a_code_works_once(client):
    UserFactory(email="a@example.org")
    ask(client, "a@example.org")
    key = client.session["sign_in_key"]
    client.post(TYPE, {"code": last_code()})
    other = Client()
    session = other.session
    session["sign_in_key"] = key
    session.save()
    answer = other.post(TYPE, {"code": last_code()})
    assert said(answer) == ["This code is over: it was used, or is older than ten minutes. Ask for a new one."]
    assert signed_in_as(other) is None


@pytest.mark.parametrize(("seconds", "works"), [(599, True), (601, False)])
def test_a_code_works_for_ten_minutes(client, seconds, works):
    UserFactory(email="a@example.org")
    with time_machine.travel("2026-11-23 10:00:00Z", tick=False) as clock:
        ask(client, "a@example.org")
        clock.shift(seconds)
        client.post(TYPE, {"code": last_code()})
        assert bool(signed_in_as(client)) is works


def test_a_new_code_can_be_asked_for_and_ends_the_old_one(client):
    UserFactory(email="a@example.org")
    ask(client, "a@example.org")
    old = client.session["sign_in_key"]
    answer = client.post(TYPE, {"resend": "1"})
    assert answer["Location"] == TYPE
    assert said(answer) == ["A new code is on its way. The one before it works no more."]
    from wlga_portal.kernel.queue import run_jobs

    run_jobs()
    assert len(mail.outbox) == 2
    assert SignInCode.objects.get(pk=old).is_over
    assert client.post(TYPE, {"code": last_code()}).status_code == 302
    assert signed_in_as(client)


def test_three_codes_a_minute_go_to_one_address_and_the_fourth_is_refused_with_a_sentence(client):
    with time_machine.travel("2026-11-23 10:00:00Z", tick=False) as clock:
        for _code in range(3):
            assert ask(Client(), "a@example.org").status_code == 302
        answer = ask(client, "a@example.org")
        assert answer.status_code == 422
        assert "Too many codes were asked for. Wait a minute, then ask for one more." in answer.content.decode()
        assert len(mail.outbox) == 3
        assert ask(Client(), "b@example.org").status_code == 302
        clock.shift(61)
        assert ask(client, "a@example.org").status_code == 302


def test_a_fourth_code_by_the_button_of_the_code_page_is_refused_too(client):
    ask(client, "a@example.org")
    for _code in range(2):
        client.post(TYPE, {"resend": "1"})
    answer = client.post(TYPE, {"resend": "1"})
    assert said(answer)[-1] == "Too many codes were asked for. Wait a minute, then ask for one more."
    assert SignInCode.objects.count() == 3


@pytest.fixture
def addresses():
    """One address of each kind."""
    UserFactory(email="known@example.org")
    UserFactory(email="closed@example.org", is_active=False)
    MailDomainFactory(domain="council.example.org")
    return ["known@example.org", "closed@example.org", "new@council.example.org", "stranger@example.com"]


def shape(queries) -> list[str]:
    return [query["sql"].split(" ", 3)[0:3] for query in queries]


def test_every_kind_of_address_gets_the_same_answer_by_the_same_queries(addresses):
    answers = []
    for email in addresses:
        client = Client()
        with CaptureQueriesContext(connection) as asked:
            answer = client.post(ASK, {"email": email})
        page = client.get(TYPE).content.decode().replace(email, "ADDRESS")
        body = page.split("<main", 1)[1].split("</main>")[0]
        answers.append((answer.status_code, answer["Location"], shape(asked), without_tokens(body)))
    assert all(answer == answers[0] for answer in answers)


def without_tokens(body: str) -> str:
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", body)


def test_each_kind_of_address_gets_a_mail_of_its_own(client, addresses):
    subjects = []
    for email in addresses:
        ask(Client(), email)
        subjects.append((mail.outbox[-1].to, mail.outbox[-1].subject))
    assert subjects == [
        (["known@example.org"], "Your code for WLGA digital programme"),
        (["closed@example.org"], "Your account is closed: WLGA digital programme"),
        (["new@council.example.org"], "Eich cod: Rhaglen ddigidol CLlLC / Your code for WLGA digital programme"),
        (
            ["stranger@example.com"],
            "Dim cyfrif ar gyfer y cyfeiriad hwn: Rhaglen ddigidol CLlLC"
            " / No account for this address: WLGA digital programme",
        ),
    ]


def test_a_mail_to_somebody_without_a_language_is_in_both_welsh_first(client):
    UserFactory(email="a@example.org", language="")
    ask(client, "a@example.org")
    body = mail.outbox[0].body
    assert body.index("Eich cod yw") < body.index("Your code is")


def test_a_mail_to_a_welsh_reader_is_in_welsh_whatever_the_page_was(client):
    UserFactory(email="a@example.org", language="cy")
    ask(client, "a@example.org")
    assert mail.outbox[0].subject == "Eich cod: Rhaglen ddigidol CLlLC"
    assert "Your" not in mail.outbox[0].body


def test_no_mail_holds_a_link_that_signs_in(client):
    UserFactory(email="a@example.org")
    ask(client, "a@example.org")
    assert "http" not in mail.outbox[0].body


def test_a_code_is_not_sent_after_its_time(client):
    with time_machine.travel("2026-11-23 10:00:00Z", tick=False) as clock:
        client.post(ASK, {"email": "a@example.org"})
        clock.shift(601)
        from wlga_portal.kernel.queue import run_jobs

        run_jobs()
    assert mail.outbox == []


def test_an_address_of_a_listed_domain_registers_as_an_officer_of_that_council_and_nothing_more(client):
    listed = MailDomainFactory(domain="torfaen.example.org")
    MailDomainFactory(domain="cardiff.example.org")
    answer = sign_in(client, "New.Person@torfaen.example.org")
    user = User.objects.get()
    assert user.email == "new.person@torfaen.example.org"
    assert answer["Location"] == "/en/account/welcome/?next=%2Fen%2F"
    assert [(one.organisation, one.role, one.ends) for one in Membership.objects.all()] == [
        (listed.organisation, Role.OFFICER, None)
    ]


def test_registering_is_recorded_as_done_by_the_person(client):
    from wlga_portal.kernel.history import history_of

    MailDomainFactory(domain="torfaen.example.org")
    sign_in(client, "a@torfaen.example.org")
    change = history_of(Membership.objects.get())[0]
    assert (change.by_id, change.why) == (User.objects.get().pk, "registered with an address of the council")


@pytest.mark.parametrize(
    "email",
    [
        "a@sub.torfaen.example.org",
        "a@eviltorfaen.example.org",
        "a@torfaen.example.org.evil.example",
        "a@body.example.org",
    ],
)
def test_an_address_in_no_listed_domain_of_a_council_makes_no_account(client, email):
    MailDomainFactory(domain="torfaen.example.org")
    MailDomainFactory(domain="body.example.org", organisation=BodyFactory())
    ask(client, email)
    answer = client.post(TYPE, {"code": SignInCode.objects.get().code})
    assert answer["Location"] == ASK
    assert said(answer) == ["There is no open account for this address. The mail that we sent says whom to ask."]
    assert User.objects.count() == 0
    assert "Nid oes cyfrif" in mail.outbox[0].body
    assert "digital@example.org" in mail.outbox[0].body


def test_signing_in_gives_a_known_person_no_further_role(client):
    council = CouncilFactory()
    MailDomainFactory(domain="council.example.org", organisation=council)
    user = person(Role.FINANCE, organisation=council, email="a@council.example.org")
    sign_in(client, "a@council.example.org")
    assert [one.role for one in user.memberships.all()] == [Role.FINANCE]


def test_a_closed_account_cannot_sign_in_even_with_a_code(client):
    UserFactory(email="a@example.org", is_active=False)
    ask(client, "a@example.org")
    assert SignInCode.objects.get().code[:4] not in mail.outbox[0].body
    answer = client.post(TYPE, {"code": SignInCode.objects.get().code})
    assert answer["Location"] == ASK
    assert signed_in_as(client) is None


def test_a_person_whose_account_is_closed_is_out_at_the_next_request(client):
    user = person(Role.TEAM)
    client.force_login(user)
    assert client.get("/en/account/").status_code == 200
    User.objects.filter(pk=user.pk).update(is_active=False)
    assert client.get("/en/account/")["Location"] == "/en/account/sign-in/?next=/en/account/"


def test_signing_out_takes_a_button(client):
    client.force_login(person(Role.TEAM))
    page = client.get("/en/account/sign-out/")
    assert b"You will be signed out in this browser." in page.content
    assert signed_in_as(client)
    answer = client.post("/en/account/sign-out/")
    assert answer["Location"] == ASK
    assert signed_in_as(client) is None
    assert b"You are not signed in." in client.get("/en/account/sign-out/").content


def test_from_each_page_signing_out_is_two_presses_away(client):
    client.force_login(person(Role.TEAM))
    for path in ("/en/", "/en/projects/", "/en/board/", "/en/fund/", "/en/training/", "/en/messages/", "/en/nothing/"):
        header = client.get(path).content.decode().partition("<main")[0]
        assert 'href="/en/account/"' in header, path
    assert '<form method="post" action="/en/account/sign-out/"' in client.get("/en/account/").content.decode()


def test_a_new_session_begins_at_the_sign_in(client):
    UserFactory(email="a@example.org")
    ask(client, "a@example.org")
    before = client.session.session_key
    client.post(TYPE, {"code": last_code()})
    assert client.session.session_key != before
    assert not client.session.exists(before)  # what was known of the visitor before opens nothing any more


def test_a_code_in_an_address_signs_nobody_in(client):
    UserFactory(email="a@example.org")
    ask(client, "a@example.org")
    client.get(TYPE, {"code": last_code()})
    assert client.post(f"{TYPE}?code={last_code()}").status_code != 302
    assert signed_in_as(client) is None
    for page in (ASK, TYPE):
        sent = re.findall(r'<form [^>]*method="(\w+)"', client.get(page).content.decode().partition("<main")[2])
        assert set(sent) == {"post"}, page


def test_there_are_three_places_where_a_session_begins_and_no_other_may_be_added_unseen():
    """By a code, by a council's account, and as a ready person of a demonstration (never in production)."""
    begins = re.compile(r"^(?!.*\bimport\b).*\b(?:perform_login|login)\(", re.MULTILINE)
    apps = ("accounts", "organisations", "projects", "training", "fund", "board", "programme", "wlga_portal")
    found = {
        str(path.relative_to(settings.BASE_DIR))
        for app in apps
        for path in (settings.BASE_DIR / app).rglob("*.py")
        if begins.search(path.read_text(encoding="utf-8"))
    }
    assert found == {"accounts/views/sign_in.py", "accounts/views/tenants.py", "programme/views/demo.py"}
    assert settings.AUTHENTICATION_BACKENDS == ["allauth.account.auth_backends.AuthenticationBackend"]
    assert not authenticate(username="a@example.org", email="a@example.org", password="")


def test_the_names_of_allauth_lead_to_the_portals_own_pages():
    from django.urls import reverse
    from django.utils.translation import override

    names = ["account_login", "account_signup", "account_request_login_code", "account_confirm_login_code"]
    names += ["account_logout", "account_email"]
    assert [reverse(name) for name in names] == [ASK, ASK, ASK, TYPE, "/en/account/sign-out/", "/en/account/address/"]
    with override("cy"):
        assert reverse("account_confirm_login_code") == "/cy/cyfrif/mewngofnodi/cod/"


@pytest.mark.parametrize("path", ["password/reset/", "login/", "signup/", "password/change/", "2fa/", "confirm-email/"])
def test_pages_of_allauth_that_the_portal_does_not_use_are_not_there(client, path):
    client.force_login(person(Role.TEAM))
    assert client.get(f"/en/account/{path}").status_code == 404


def test_two_registrations_at_once_make_one_account(client, monkeypatch):
    from accounts.actions import sign_in as actions

    MailDomainFactory(domain="torfaen.example.org")
    other = UserFactory(email="a@torfaen.example.org")
    assert actions.register(email="a@torfaen.example.org") == other
    assert User.objects.count() == 1


def test_no_form_of_the_library_makes_an_account(rf):
    from allauth.account.adapter import get_adapter

    adapter = get_adapter()
    assert type(adapter).__module__ == "accounts.adapters"
    assert adapter.is_open_for_signup(rf.get("/")) is False

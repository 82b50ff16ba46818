"""Messages: written with their cause, mailed once, in the reader's language, as each person chose."""

import re
import threading
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from io import BytesIO, TextIOWrapper
from types import SimpleNamespace

import pytest
import time_machine
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy

from tests.factories.people import UserFactory
from tests.kernel import kinds, smtp  # noqa: F401  registers the kinds
from wlga_portal.kernel.bilingual import Text
from wlga_portal.kernel.notify import bounces, notify, queue_mail, register_kind
from wlga_portal.kernel.notify.context import addresses, freeze, thaw
from wlga_portal.kernel.notify.kinds import default_of, kind_of, label_of
from wlga_portal.kernel.notify.mails import languages_of, message_of_id, stop_url
from wlga_portal.kernel.notify.tasks import bytes_of, last_digest_time, send_digest, send_notification
from wlga_portal.kernel.notify.views import choose
from wlga_portal.kernel.panels import needs_of
from wlga_portal.kernel.queue import run_jobs
from wlga_portal.kernel.service_models import Bounce, Delivery, Notification, Preference

pytestmark = pytest.mark.django_db
MORNING = datetime(2026, 11, 23, 7, 5, tzinfo=UTC)
EVENING = datetime(2026, 11, 22, 18, 0, tzinfo=UTC)


@pytest.fixture
def mailbox(settings):
    settings.BASE_URL = "https://portal.example.org"
    settings.DEFAULT_FROM_EMAIL = "Portal <portal@example.org>"
    with smtp.running(settings) as running:
        yield running


def tell(user, kind="tests.plain", **more):
    return notify(user, kind, url=lambda: reverse("kernel:message_list"), context={"number": 1}, **more)


def parts(mail):
    return {
        part.get_content_type(): part.get_content().replace("\r\n", "\n")
        for part in mail.walk()
        if not part.is_multipart()
    }


# --- One message ----------------------------------------------------------------------------------
def test_a_message_goes_by_mail_in_text_and_html_in_the_readers_language(mailbox):
    message = tell(UserFactory(email="ann@example.org", name="Ann", language="cy"))
    run_jobs()

    mail = mailbox.taken[0]
    assert (mail["Subject"], mail["To"], mail["Content-Language"]) == ("Argymhelliad 1", "ann@example.org", "cy")
    body = parts(mail)
    assert set(body) == {"text/plain", "text/html"}
    assert body["text/plain"].startswith("Argymhelliad 1.\n\nhttps://portal.example.org/cy/negeseuon/\n")
    assert (
        "Dewis pa negeseuon a gewch drwy’r e-bost:\nhttps://portal.example.org/cy/negeseuon/drwy-e-bost/"
        in body["text/plain"]
    )
    assert '<a href="https://portal.example.org/cy/negeseuon/">' in body["text/html"]
    assert '<html lang="cy">' in body["text/html"]
    assert Notification.objects.get(pk=message.pk).sent_at is not None


def test_where_the_language_is_not_known_the_mail_is_in_both_welsh_first(mailbox):
    tell(UserFactory(language=""))
    run_jobs()

    mail = mailbox.taken[0]
    assert mail["Subject"] == "Argymhelliad 1 / Recommendation 1"
    assert mail["Content-Language"] == "cy, en"
    text = parts(mail)["text/plain"]
    assert text.index("/cy/negeseuon/") < text.index("Recommendation 1.") < text.index("/en/messages/")
    assert re.findall(r'<div lang="(..)">', parts(mail)["text/html"]) == ["cy", "en"]
    assert languages_of(SimpleNamespace(language="fr")) == ("cy", "en")


def test_a_message_is_lost_with_the_transaction_that_caused_it(mailbox):
    user = UserFactory()
    with transaction.atomic():
        tell(user)
        transaction.set_rollback(True)

    assert run_jobs() == []
    assert not Notification.objects.exists()


def test_a_mail_is_sent_once_however_often_its_job_runs(mailbox):
    message = tell(UserFactory())
    run_jobs()
    send_notification(notification=message.pk)
    send_notification(notification=message.pk + 1)

    assert len(mailbox.taken) == 1


def test_what_people_typed_is_text_in_both_parts_and_no_header(mailbox):
    notify(
        UserFactory(language="en"),
        "tests.plain",
        url="/en/messages/",
        context={"number": "<b>1 & 2</b>\r\nBcc: all@example.org"},
    )
    run_jobs()

    mail = mailbox.taken[0]
    assert mail["Subject"] == "Recommendation <b>1 & 2</b> Bcc: all@example.org"
    assert mail["Bcc"] is None
    assert "Recommendation <b>1 & 2</b> Bcc" in parts(mail)["text/plain"]
    assert "&lt;b&gt;1 &amp; 2&lt;/b&gt;" in parts(mail)["text/html"]


def test_a_kind_may_have_a_body_of_its_own(mailbox):
    user = UserFactory(language="en", name="Ann")
    notify(
        user, "tests.body", url="/en/messages/", context={"sections": [["Topic", [["Line", "https://example.org/x"]]]]}
    )
    run_jobs()

    text = parts(mailbox.taken[0])["text/plain"]
    assert text.startswith(
        "Hello Ann\n\nThis is what happened since the last mail.\n\nTopic\n\nLine\nhttps://example.org/x"
    )
    assert "https://portal.example.org/en/messages/\n" in text  # the link to its page is there, asked for or not


def test_no_link_in_a_mail_does_anything_by_being_opened(mailbox, client):
    user = UserFactory(language="en")
    message = tell(user)
    run_jobs()
    before = (Notification.objects.count(), Preference.objects.count(), Bounce.objects.count())

    for link in re.findall(r"https://portal\.example\.org(\S+)", parts(mailbox.taken[0])["text/plain"]):
        assert client.get(link).status_code in {200, 302}

    assert (Notification.objects.count(), Preference.objects.count(), Bounce.objects.count()) == before
    assert Notification.objects.get(pk=message.pk).delivery == Delivery.NOW


# --- Choices --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("chosen", "kind", "urgent", "expected"),
    [
        (None, "tests.plain", None, Delivery.NOW),
        (None, "tests.calm", None, Delivery.DAILY),
        (Delivery.DAILY, "tests.plain", None, Delivery.DAILY),
        (Delivery.NONE, "tests.plain", None, Delivery.NONE),
        (Delivery.NONE, "tests.urgent", None, Delivery.NOW),
        (Delivery.DAILY, "tests.plain", True, Delivery.NOW),
        (Delivery.DAILY, "tests.urgent", False, Delivery.DAILY),
    ],
)
def test_the_persons_choice_decides_and_urgent_kinds_go_at_once(chosen, kind, urgent, expected):
    user = UserFactory()
    if chosen:
        Preference.objects.create(user=user, group="tests", delivery=chosen)

    assert tell(user, kind, urgent=urgent).delivery == expected
    assert [ran.name for ran in run_jobs()] == (["kernel.send_notification"] if expected == Delivery.NOW else [])


def test_a_person_who_may_no_longer_sign_in_gets_no_mail(mailbox):
    assert tell(UserFactory(is_active=False), "tests.urgent").delivery == Delivery.NONE
    later = UserFactory()
    message = tell(later)
    later.is_active = False
    later.save()
    run_jobs()

    assert mailbox.taken == []
    assert Notification.objects.get(pk=message.pk).delivery == Delivery.NONE


def test_the_database_keeps_urgent_messages_out_of_the_digest():
    with pytest.raises(IntegrityError), transaction.atomic():
        Notification.objects.create(
            user=UserFactory(), kind="tests.urgent", url_en="/", url_cy="/", urgent=True, delivery=Delivery.DAILY
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Notification.objects.create(user=UserFactory(), kind="x", url_en="/", url_cy="/", delivery="soon")
    with pytest.raises(IntegrityError), transaction.atomic():
        Preference.objects.create(user=UserFactory(), group="tests", delivery="soon")


# --- Kinds and values -----------------------------------------------------------------------------
def test_a_kind_is_registered_once_with_a_text_that_is_translated_later():
    with pytest.raises(TypeError, match="gettext_lazy"):
        register_kind("tests.early", subject="Now")
    with pytest.raises(ValueError, match="registered already"):
        register_kind("tests.plain", subject=gettext_lazy("Contents"))
    with pytest.raises(LookupError, match=r"tests\.nothing"):
        tell(UserFactory(), "tests.nothing")
    assert kind_of("odd.kind").template == "emails/odd_kind.txt"
    assert str(label_of("odd")) == "Other messages"
    assert (default_of("tests"), default_of("none")) == (Delivery.NOW, Delivery.NOW)


def test_a_value_that_the_subject_lacks_is_known_when_the_message_is_written():
    with pytest.raises(KeyError, match="number"), transaction.atomic():
        notify(UserFactory(), "tests.plain", url="/en/messages/")
    assert not Notification.objects.exists()


def test_values_are_kept_in_both_languages_and_given_back_in_the_readers():
    day, moment = date(2026, 11, 23), datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
    frozen = freeze(
        {"title": Text("Bid", "Cais"), "label": gettext_lazy("Contents"), "one": Text("Only", ""), "day": day,
         "at": moment, "list": [1, ("a", None)], "yes": True}
    )  # fmt: skip

    assert frozen["label"] == {"en": "Contents", "cy": "Cynnwys"}
    assert thaw(frozen, "cy") == {
        "title": "Cais", "label": "Cynnwys", "one": "Only", "day": day, "at": moment,
        "list": [1, ["a", None]], "yes": True,
    }  # fmt: skip
    with pytest.raises(TypeError, match="Decimal"):
        freeze({"amount": Decimal(1)})


def test_a_message_leads_to_its_page_in_both_languages():
    thing = SimpleNamespace(get_absolute_url=lambda: reverse("kernel:message_settings"))

    assert addresses(thing) == {"en": "/en/messages/by-mail/", "cy": "/cy/negeseuon/drwy-e-bost/"}
    assert addresses("/cy/negeseuon/?a=1") == {"en": "/en/messages/?a=1", "cy": "/cy/negeseuon/?a=1"}
    assert addresses("/en/messages/") == {"en": "/en/messages/", "cy": "/cy/negeseuon/"}
    for elsewhere in ("https://example.org/", "//example.org/", "messages/"):
        with pytest.raises(ValueError, match="not a path"):
            addresses(elsewhere)


# --- The digest -----------------------------------------------------------------------------------
def test_the_digest_gathers_what_waits_in_one_mail_in_the_morning(mailbox):
    user, other = UserFactory(language="en", name="Ann"), UserFactory(language="cy", name="Bob")
    with time_machine.travel(EVENING, tick=False):
        for number in (1, 2):
            notify(user, "tests.calm", url="/en/messages/", context={"number": number})
        notify(other, "tests.calm", url="/en/messages/", context={"number": 3})
    with time_machine.travel(datetime(2026, 11, 23, 6, 50, tzinfo=UTC), tick=False):
        start_digests()
        assert mailbox.taken == []
    with time_machine.travel(MORNING, tick=False):
        notify(user, "tests.calm", url="/en/messages/", context={"number": 9})  # for tomorrow
        start_digests()
        start_digests()

    mails = {mail["To"]: mail for mail in mailbox.taken}
    assert len(mailbox.taken) == 2
    assert mails[user.email]["Subject"] == "WLGA digital programme: 2 new messages"
    text = parts(mails[user.email])["text/plain"]
    assert "Projects\n\nRecommendation 1\nhttps://portal.example.org/en/messages/\n\nRecommendation 2\n" in text
    assert "Recommendation 9" not in text
    assert "1 neges newydd" in mails[other.email]["Subject"]
    assert (
        "Prosiectau\n\nArgymhelliad 3\nhttps://portal.example.org/cy/negeseuon/"
        in parts(mails[other.email])["text/plain"]
    )


def start_digests():
    from wlga_portal.kernel.notify import tasks

    tasks.start_digests(timestamp=0)
    tasks.start_digests(timestamp=0)  # a second tick finds the job waiting
    run_jobs()


def test_a_digest_is_caught_up_after_a_morning_without_a_worker_and_dropped_after_a_week(mailbox):
    with time_machine.travel(EVENING, tick=False):
        tell(UserFactory(), "tests.calm")
    with time_machine.travel(datetime(2026, 11, 30, 12, 0, tzinfo=UTC), tick=False):
        start_digests()
    assert mailbox.taken == []
    with time_machine.travel(datetime(2026, 11, 24, 15, 0, tzinfo=UTC), tick=False):
        start_digests()
    assert len(mailbox.taken) == 1


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-07-01T05:59:00+00:00", "2026-06-30T06:00:00+00:00"),  # summer: seven is six in UTC
        ("2026-07-01T06:00:00+00:00", "2026-07-01T06:00:00+00:00"),
        ("2026-01-01T06:59:00+00:00", "2025-12-31T07:00:00+00:00"),
        ("2026-03-29T06:30:00+00:00", "2026-03-29T06:00:00+00:00"),  # the morning on which the clocks went forward
        ("2026-03-29T05:30:00+00:00", "2026-03-28T07:00:00+00:00"),
    ],
)
def test_the_digest_is_at_seven_by_the_clock_of_wales(now, expected):
    assert last_digest_time(datetime.fromisoformat(now)) == datetime.fromisoformat(expected)


def test_a_digest_to_an_address_that_came_back_is_not_sent_and_not_tried_again(mailbox):
    user = UserFactory()
    with time_machine.travel(EVENING, tick=False):
        tell(user, "tests.calm")
    bounces.record(user.email, "5.1.1")
    with time_machine.travel(MORNING, tick=False):
        send_digest(user=user.pk)
        send_digest(user=user.pk)

    assert mailbox.taken == []
    assert Notification.objects.get().delivery == Delivery.NONE


# --- Mail that comes back -------------------------------------------------------------------------
def test_an_address_that_the_server_refuses_gets_no_more_mail_and_the_person_is_told(mailbox, client):
    user = UserFactory(email="gone@example.org", language="en")
    mailbox.answers["gone@example.org"] = "550 5.1.1 No such mailbox"
    tell(user)
    tell(user)
    run_jobs()

    bounce = Bounce.objects.get()
    assert (bounce.user, bounce.hard, bounce.status) == (user, True, "5.1.1")
    assert "gone" not in bounce.address_digest
    assert list(Notification.objects.values_list("delivery", "sent_at")) == [(Delivery.NONE, None)] * 2
    assert [need.text for need in needs_of(user)] == ["Mail to your address came back, so no more is sent to it."]
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert b"Mail to your address came back" in client.get("/en/messages/").content

    mailbox.answers.clear()
    assert client.post("/en/messages/resume/").status_code == 302
    assert Bounce.objects.get().cleared_at is not None
    tell(user)
    run_jobs()
    assert len(mailbox.taken) == 1
    assert needs_of(user) == []


def test_a_changed_address_gets_mail_again(mailbox):
    user = UserFactory()
    bounces.record(user.email, "5.1.1")
    user.email = "new@example.org"
    user.save()
    tell(user)
    run_jobs()

    assert [mail["To"] for mail in mailbox.taken] == ["new@example.org"]


def test_a_server_that_is_busy_or_away_is_tried_again_and_nothing_is_marked(mailbox, settings):
    user = UserFactory(email="busy@example.org")
    mailbox.answers["busy@example.org"] = "451 4.3.2 Try later"
    tell(user)
    assert [ran.status for ran in run_jobs(swallow=True)] == ["todo"]
    settings.EMAIL_PORT = smtp.free_port()
    assert [ran.status for ran in run_jobs(swallow=True, ahead=True)] == ["todo"]
    assert (Bounce.objects.count(), Notification.objects.get().sent_at) == (0, None)


def test_an_address_that_is_refused_with_the_words_is_known_from_refused_words(mailbox):
    user = UserFactory()
    mailbox.verdict = "554 5.7.1 Spam"
    tell(user)
    assert [ran.status for ran in run_jobs(swallow=True)] == ["todo"]
    assert not bounces.stopped(user.email)

    mailbox.verdict = "550 5.1.1 No such mailbox"
    assert [ran.status for ran in run_jobs(ahead=True)] == ["succeeded"]
    assert bounces.stopped(user.email)
    assert bytes_of("5.1.1") == bytes_of(b"5.1.1") == b"5.1.1"


@pytest.mark.django_db(transaction=True)
def test_two_workers_with_the_same_message_send_one_mail(mailbox):
    message = tell(UserFactory())
    mailbox.pause = 0.5
    workers = [threading.Thread(target=send_and_hang_up, args=[message.pk]) for _ in range(2)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(mailbox.taken) == 1


def send_and_hang_up(number: int) -> None:
    send_notification(notification=number)
    connection.close()


def test_a_code_for_signing_in_goes_even_where_other_mail_came_back(mailbox):
    user = UserFactory(email="ann@example.org")
    bounces.record(user.email, "5.7.1")
    queue_mail(to=user.email, subject="Code", text="123456", html="<p>123456</p>", headers={"X-Test": "1"})
    queue_mail(to="stranger@example.org", subject="Code", text="123456")
    run_jobs()

    assert [mail["To"] for mail in mailbox.taken] == ["ann@example.org", "stranger@example.org"]
    assert mailbox.taken[0]["X-Test"] == "1"
    assert parts(mailbox.taken[0])["text/html"].strip() == "<p>123456</p>"


REPORT = """From: MAILER-DAEMON@example.net
To: portal@example.org
Subject: Undelivered
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

It failed.
--b
Content-Type: message/delivery-status

Reporting-MTA: dns; example.net

Final-Recipient: rfc822; {address}
Action: {action}
Status: {status}

--b
Content-Type: {kind}

Message-ID: {number}
Subject: x

--b--
"""


def report(**values):
    values = {"action": "failed", "status": "5.1.1", "kind": "text/rfc822-headers"} | values
    return REPORT.format(**values).encode()


@pytest.mark.parametrize("kind", ["text/rfc822-headers", "message/rfc822"])
@pytest.mark.parametrize(
    ("action", "status", "expected"),
    [("failed", "5.1.1", [True]), ("failed", "4.4.7", [False]), ("delayed", "4.4.1", [])],
)
def test_a_delivery_report_about_our_mail_is_recorded(mailbox, kind, action, status, expected):
    user = UserFactory(email="ann@example.org")
    tell(user)
    run_jobs()

    made = bounces.read_report(
        report(
            address="Ann@Example.org", action=action, status=status, kind=kind, number=mailbox.taken[0]["Message-ID"]
        )
    )

    assert [bounce.hard for bounce in made] == expected
    assert bounces.stopped(user.email) is (expected == [True])


def test_a_report_that_quotes_no_mail_of_ours_or_another_address_is_ignored(mailbox):
    user = UserFactory(email="ann@example.org")
    message = tell(user)
    run_jobs()
    number = mailbox.taken[0]["Message-ID"]

    assert message_of_id(number) == message.pk
    forged = [f"<n{message.pk}.{'0' * 24}@example.org>", "<x1.y@example.org>", "<n.y@z>", "", f"<n{message.pk}>"]
    for wrong in forged:
        assert bounces.read_report(report(address=user.email, number=wrong)) == []
    assert bounces.read_report(report(address="other@example.org", number=number)) == []
    assert bounces.read_report(b"Subject: hello\n\nNo report.") == []
    assert bounces.read_report(b"Subject: x\nContent-Type: message/rfc822; charset=x\n\n") == []
    assert bounces.read_report(b"Subject: x\nContent-Type: message/delivery-status\n\nAction: failed\n\n") == []
    assert not Bounce.objects.exists()


def test_the_command_reads_a_report_from_its_input_and_always_ends_well(mailbox, monkeypatch, capsys):
    user = UserFactory(email="ann@example.org")
    tell(user)
    run_jobs()

    for content in (report(address=user.email, number=mailbox.taken[0]["Message-ID"]), b"junk \xff"):
        monkeypatch.setattr("sys.stdin", TextIOWrapper(BytesIO(content)))
        call_command("record_bounce")

    assert capsys.readouterr().out.splitlines() == [
        "Recorded: 1, for good: 1.",
        "Not a report about our mail: ignored.",
    ]


def test_the_status_of_a_refusal_comes_from_its_words_or_its_code():
    assert bounces.status_of(550, b"5.7.1 Denied") == "5.7.1"
    assert bounces.status_of(554, b"No") == "5.0.0"


# --- The pages ------------------------------------------------------------------------------------
def sign_in(client, user):
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")


@pytest.mark.parametrize("count", [1, 30])
def test_the_page_of_messages_shows_ones_own_in_the_language_of_the_page(client, django_assert_max_num_queries, count):
    user, other = UserFactory(), UserFactory()
    for number in range(count):
        notify(user, "tests.plain", url="/en/messages/", context={"number": number})
    notify(other, "tests.plain", url="/en/messages/", context={"number": 99})
    Notification.objects.create(user=user, kind="gone.kind", url_en="/", url_cy="/", delivery=Delivery.NONE)
    sign_in(client, user)

    with django_assert_max_num_queries(8):
        page = client.get("/cy/negeseuon/").content.decode()

    assert page.count("Argymhelliad") == count
    assert "Argymhelliad 99" not in page
    assert 'href="/cy/negeseuon/"' in page


def test_the_pages_of_messages_are_for_people_who_are_signed_in(client):
    for path in ("/en/messages/", "/en/messages/by-mail/"):
        assert client.get(path).status_code == 302
    assert client.get("/en/messages/resume/").status_code in {302, 405}
    assert client.post("/en/messages/resume/").status_code == 302


def test_choices_are_kept_for_each_group(client):
    user = UserFactory()
    sign_in(client, user)
    page = client.get("/en/messages/by-mail/").content.decode()
    assert "Projects" in page

    fields = re.findall(r'name="(group_[a-z]+)"', page)
    answer = client.post("/en/messages/by-mail/", dict.fromkeys(fields, "daily"))

    assert answer.status_code == 302
    assert Preference.objects.get(user=user, group="tests").delivery == Delivery.DAILY
    client.post("/en/messages/by-mail/", dict.fromkeys(fields, "none"))
    assert Preference.objects.get(user=user, group="tests").delivery == Delivery.NONE
    assert client.post("/en/messages/by-mail/", {}).status_code == 200


def test_the_link_in_a_mail_stops_its_group_without_signing_in_by_a_button_only(client, settings):
    user = UserFactory()
    path = stop_url(user, "tests", "en").removeprefix(settings.BASE_URL)

    page = client.get(path).content.decode()
    assert "Stop these mails" in page
    assert "“Projects”" in page
    assert not Preference.objects.exists()

    stopped = client.post(path, {"List-Unsubscribe": "One-Click"}).content.decode()  # as a mail program does it
    assert "These mails are stopped" in stopped
    assert list(Preference.objects.values_list("user", "group", "delivery")) == [(user.pk, "tests", "none")]


@pytest.mark.parametrize("digest", [False, True])
def test_a_mail_program_stops_the_mails_by_the_headers_of_the_mail_that_the_server_took(mailbox, client, digest):
    """RFC 8058: one POST to the address of the header, without a cookie, a sign-in or a question."""
    user = UserFactory(language="cy")
    if digest:
        choose(user, "tests", Delivery.DAILY)
        tell(user)
        Notification.objects.update(created_at=timezone.now() - timedelta(days=1))
        send_digest(user=user.pk)
    else:
        tell(user)
        run_jobs()
    [mail] = mailbox.taken
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    address = mail["List-Unsubscribe"].strip(" <>")
    assert address.startswith("https://portal.example.org/cy/")
    answer = client.post(address.removeprefix("https://portal.example.org"), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200
    assert Preference.objects.get(user=user, group="tests").delivery == Delivery.NONE
    tell(user)
    run_jobs()
    assert len(mailbox.taken) == 1  # what is not urgent comes no more
    tell(user, urgent=True)
    run_jobs()
    assert len(mailbox.taken) == 2  # what is urgent still does


def test_the_link_in_a_digest_stops_every_group(client, settings):
    user = UserFactory()
    client.post(stop_url(user, "", "cy").removeprefix(settings.BASE_URL))

    assert set(Preference.objects.filter(user=user).values_list("group", "delivery")) >= {
        ("tests", "none"),
        ("odd", "none"),
    }


def test_a_link_that_was_changed_or_of_somebody_gone_is_not_found(client, settings):
    user = UserFactory()
    path = stop_url(user, "tests", "en").removeprefix(settings.BASE_URL)
    assert client.get(path[:-2] + "x/").status_code == 404
    gone = SimpleNamespace(pk=10**9)
    assert client.get(stop_url(gone, "tests", "en").removeprefix(settings.BASE_URL)).status_code == 404


def test_messages_are_kept_for_a_year():
    from wlga_portal.kernel.notify import tasks

    with time_machine.travel(datetime(2025, 1, 1, tzinfo=UTC), tick=False):
        tell(UserFactory())
    kept = tell(UserFactory())
    tasks.remove_old_notifications(timestamp=0)

    assert list(Notification.objects.values_list("pk", flat=True)) == [kept.pk]

"""The demonstration's outbox: mail that is kept instead of sent."""

import pytest
from django.core.mail import EmailMultiAlternatives, send_mail

from wlga_portal.kernel import outbox
from wlga_portal.kernel.service_models import OutboxMessage

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _demonstration(settings):
    settings.DEMO = True
    settings.EMAIL_BACKEND = "wlga_portal.kernel.outbox.EmailBackend"


def test_a_mail_is_kept_with_all_that_it_says():
    mail = EmailMultiAlternatives(
        "Code", "123456\nhttps://example.org/x", "a@example.org", ["b@example.org"], headers={"X-A": "1"}
    )
    mail.attach_alternative("<p>123456</p>", "text/html")

    assert mail.send() == 1

    kept = OutboxMessage.objects.get()
    assert (kept.to, kept.sender, kept.subject, kept.text) == ("b@example.org", "a@example.org", "Code", mail.body)
    assert (kept.html, kept.headers) == ("<p>123456</p>", {"X-A": "1"})


def test_the_oldest_mails_go(monkeypatch):
    monkeypatch.setattr(outbox, "KEPT", 3)
    for number in range(5):
        send_mail(str(number), "x", "a@example.org", ["b@example.org"])

    assert [message.subject for message in OutboxMessage.objects.all()] == ["4", "3", "2"]


def test_anybody_reads_the_outbox_in_the_demonstration(client):
    assert b"No mail yet" in client.get("/en/demo/outbox/").content
    send_mail("Your code <b>", "Code 123456\nhttps://example.org/x & more", "a@example.org", ["b@example.org"])
    message = OutboxMessage.objects.get()

    listed = client.get("/cy/demo/blwch-anfon/").content.decode()
    assert f'href="/cy/demo/blwch-anfon/{message.pk}/"' in listed
    assert "Your code &lt;b&gt;" in listed
    read = client.get(f"/en/demo/outbox/{message.pk}/").content.decode()
    assert "Code 123456" in read
    assert '<a class="govuk-link" href="https://example.org/x">https://example.org/x</a> &amp; more' in read
    assert client.get("/en/demo/outbox/999999/").status_code == 404


def test_there_is_no_outbox_outside_the_demonstration(client, settings):
    send_mail("Code", "123456", "a@example.org", ["b@example.org"])
    settings.DEMO = False

    assert client.get("/en/demo/outbox/").status_code == 404
    assert client.get(f"/en/demo/outbox/{OutboxMessage.objects.get().pk}/").status_code == 404

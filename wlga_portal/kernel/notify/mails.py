"""Making a mail: its words in the reader's language (both, Welsh first, where that is unknown), as text and as HTML."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template import Context, TemplateDoesNotExist
from django.template.loader import get_template
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import ngettext, override

from ..service_models import Notification
from .context import thaw
from .kinds import kind_of, label_of

STOP_SALT = "kernel.notify.stop"
ID_SALT = "kernel.notify.message"
MAIL_LANGUAGES = {"en": ("en",), "cy": ("cy",)}
BOTH = ("cy", "en")


@dataclass(frozen=True)
class Part:
    """One language's half (or the whole) of a mail."""

    language: str
    subject: str
    text: str


def languages_of(user: Any) -> tuple[str, ...]:
    return MAIL_LANGUAGES.get(user.language, BOTH)


def subject_of(message: Notification, language: str) -> str:
    """What the message says in one line, in `language`: in mails, digests and on the page of messages."""
    with override(language):
        subject = str(kind_of(message.kind).subject) % thaw(message.context, language)
    return " ".join(subject.split())


def link_of(message: Notification, language: str) -> str:
    return f"{settings.BASE_URL}{getattr(message, f'url_{language}')}"


def render(name: str, values: dict[str, Any]) -> str:
    """A plain-text template: nothing is escaped, because nothing is HTML."""
    template: Any = get_template(name)
    text = str(template.template.render(Context(values, autoescape=False))).strip()
    return re.sub(r"\n{3,}", "\n\n", text)


def body_of(message: Notification, language: str) -> str:
    """The body that the message's kind has, or its subject as a sentence."""
    values = thaw(message.context, language)
    link = link_of(message, language)
    with override(language):
        try:
            body = render(kind_of(message.kind).template, {**values, "person": message.user.name, "link": link})
        except TemplateDoesNotExist:
            body = f"{subject_of(message, language)}."
    return body if link in body else f"{body}\n\n{link}"


def framed(body: str, user: Any, group: str, language: str) -> str:
    """The body with what stands under every mail: why it came, and how to get fewer."""
    with override(language):
        values = {
            "body": body,
            "portal_name": str(settings.PORTAL_NAME),
            "settings_url": settings.BASE_URL + reverse("kernel:message_settings"),
            "stop_url": stop_url(user, group, language),
        }
        return render("emails/kernel_frame.txt", values)


def notification_mail(message: Notification) -> EmailMultiAlternatives:
    group = kind_of(message.kind).group
    parts = [
        Part(language, subject_of(message, language), framed(body_of(message, language), message.user, group, language))
        for language in languages_of(message.user)
    ]
    made = mail(parts, user=message.user, group=group, name=f"n{message.pk}")
    with override(parts[0].language):
        for file in kind_of(message.kind).files(message.context):
            made.attach(*file)
    return made


def digest_mail(user: Any, messages: list[Notification]) -> EmailMultiAlternatives:
    """All of a day's messages in one mail, by group."""
    parts = []
    for language in languages_of(user):
        with override(language):
            subject = ngettext("%(count)s new message", "%(count)s new messages", len(messages)) % {
                "count": len(messages)
            }
            subject = f"{settings.PORTAL_NAME}: {subject}"
            body = render("emails/kernel_digest.txt", {"person": user.name, "sections": sections(messages, language)})
        parts.append(Part(language, subject, framed(body, user, "", language)))
    return mail(parts, user=user, group="", name=f"d{messages[0].pk}")


def sections(messages: Iterable[Notification], language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """(label of the group, [(line, link)]), in the order of the labels."""

    def label(message: Notification) -> str:
        return str(label_of(kind_of(message.kind).group))

    return [
        (name, [(subject_of(message, language), link_of(message, language)) for message in group])
        for name, group in groupby(sorted(messages, key=label), key=label)
    ]


def mail(parts: list[Part], *, user: Any, group: str, name: str) -> EmailMultiAlternatives:
    """The finished mail. Its Message-ID is the same however often it is tried, so that a repeat is known as one."""
    made = EmailMultiAlternatives(
        subject=" / ".join(part.subject for part in parts),
        body="\n\n----------------------------------------\n\n".join(part.text for part in parts) + "\n",
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[user.email],
        headers={
            "Message-ID": message_id(name),
            "List-Unsubscribe": f"<{stop_url(user, group, parts[0].language)}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
            "Content-Language": ", ".join(part.language for part in parts),
        },
    )
    made.attach_alternative(html_of(parts), "text/html")
    return made


def html_of(parts: list[Part]) -> str:
    """The same words as HTML: a paragraph for each, a link for each line that is an address."""
    halves = [(part.language, [paragraph.split("\n") for paragraph in part.text.split("\n\n")]) for part in parts]
    title = " / ".join(part.subject for part in parts)
    return get_template("emails/kernel_frame.html").render({"halves": halves, "title": title})


def stop_url(user: Any, group: str, language: str) -> str:
    """The page that stops the mails of a group (all of them for ""), without signing in."""
    token = signing.dumps([user.pk, group], salt=STOP_SALT)
    with override(language):
        return settings.BASE_URL + reverse("kernel:message_stop", kwargs={"token": token})


def message_id(name: str) -> str:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    return f"<{name}.{signature(name)}@{domain}>"


def signature(name: str) -> str:
    return salted_hmac(ID_SALT, name, algorithm="sha256").hexdigest()[:24]


def message_of_id(value: str) -> int | None:
    """The notification that a Message-ID of ours names; None for any other, so that nobody can forge a bounce."""
    name, _dot, rest = value.strip("<> \r\n").partition(".")
    if name[:1] not in {"n", "d"} or not name[1:].isdecimal():
        return None
    return int(name[1:]) if constant_time_compare(rest.partition("@")[0], signature(name)) else None

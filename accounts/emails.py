"""What accounts send: in their reader's language; in both, Welsh first, where it is not known."""

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from wlga_portal.kernel.notify import notify, register_group, register_kind
from wlga_portal.kernel.notify.tasks import deliver

from .models import Membership, User, Viewing
from .roles import Role

BOTH = ("cy", "en")
RULE = "\n\n" + "-" * 40 + "\n\n"


def languages_for(language: str) -> tuple[str, ...]:
    """The languages of a mail to somebody whose language is `language`, or not known ('')."""
    return (language,) if language else BOTH


def send(template: str, to: str, languages: Sequence[str], **context: Any) -> None:
    """Send `templates/emails/accounts_<template>.txt`: its first line is the subject.

    A value of the context that can be called is called in each language: `url=lambda: reverse(…)`.
    """
    subjects, bodies = [], []
    for language in languages:
        with override(language):
            known = {name: value() if callable(value) else value for name, value in context.items()}
            known |= {"portal": settings.PORTAL_NAME, "contact": settings.COUNCIL_SITES_CONTACT}
            subject, _break, body = render_to_string(f"emails/accounts_{template}.txt", known).strip().partition("\n")
        subjects.append(subject.strip())
        bodies.append(body.strip())
    subject = " / ".join(dict.fromkeys(subjects))
    deliver(EmailMultiAlternatives(subject, RULE.join(bodies) + "\n", settings.DEFAULT_FROM_EMAIL, [to]))


register_group("accounts", _("Your account"))
register_kind("accounts.role_given", subject=_("You have a role: %(role)s, %(organisation)s"), urgent=True)
STEPS = {
    "added": _("Your account has a new second step for signing in"),
    "codes": _("Your account has new recovery codes"),
    "removed": _("A second step for signing in was removed from your account"),
    "reset": _("Your second steps for signing in were removed by those who look after the portal"),
}
for what, subject in STEPS.items():
    register_kind(f"accounts.step_{what}", subject=subject, urgent=True)


def tell_step(user: User, what: str) -> None:
    """A person hears of every change of their second steps, so that nobody makes one in their name unseen."""
    notify(user, f"accounts.step_{what}", url=lambda: reverse("accounts:step_list"), context={})


register_kind("accounts.viewing", subject=_("Support looks at the portal as you see it"), urgent=True)


def tell_viewing(viewing: Viewing, *, why: str) -> None:
    """A person hears at once who begins to see the portal as they see it, and why."""
    context = {"who": str(viewing.by), "why": why, "until": viewing.consent.until}
    notify(viewing.consent.user, "accounts.viewing", url=lambda: reverse("accounts:consent_edit"), context=context)


register_kind("accounts.review", subject=_("Review who has access to the portal"))


def tell_review(user: User) -> None:
    """A quarter has begun, and roles wait for their review."""
    notify(user, "accounts.review", url=lambda: reverse("accounts:organisation_people_list"), context={})


def tell_role(membership: Membership) -> None:
    """A person hears which role they were given, where, from when, and for whom."""
    role, principal = Role(membership.role), membership.deputy_for
    context = {
        "role": role.label,
        "sentence": role.sentence,
        "organisation": membership.organisation.name,
        "starts": membership.starts,
        "ends": membership.ends,
        "principal": str(principal.user) if principal else "",
    }
    notify(membership.user, "accounts.role_given", url=lambda: reverse("accounts:profile"), context=context)

"""What waits for a person in their own account."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wlga_portal.kernel.panels import Need, needs

from . import panels_people as panels_people  # registered by being imported
from .models import AddressChange, Membership, quarter_of
from .roles import Role, roles_of
from .rules import LEAD_GIVES, people_manage


@needs
def name_and_language(user: Any) -> Iterator[Need]:
    """Asked at the first sign-in; who left that page is reminded."""
    if user.is_authenticated and not (user.name and user.language):
        yield Need(_("Say your name and the language that you want"), reverse("accounts:profile_complete"))


@needs
def address_to_confirm(user: Any) -> Iterator[Need]:
    """A change of address that waits for its buttons."""
    if not user.is_authenticated:
        return
    change = AddressChange.objects.filter(user=user.pk, done_at=None).first()
    if change is not None and not change.is_over:
        yield Need(_("Confirm your new address at both addresses"), reverse("accounts:profile"), due=change.ends_at)


@needs(where="accounts_membership WHERE user_id = %(person)s AND role IN ('administrator', 'digital_lead')")
def roles_to_review(user: Any) -> Iterator[Need]:
    """The quarterly review, for those who look after people."""
    if not people_manage(user):
        return
    roles = roles_of(user)
    waiting = Membership.objects.to_review(quarter_of(timezone.localdate()))
    if not roles.has(Role.ADMINISTRATOR):
        waiting = waiting.filter(organisation__in=roles.organisation_ids(Role.DIGITAL_LEAD), role__in=LEAD_GIVES)
    count = waiting.count()
    if count:
        text = ngettext("Review %(count)s role of your people", "Review %(count)s roles of your people", count)
        yield Need(text % {"count": count}, reverse("accounts:organisation_people_list"))

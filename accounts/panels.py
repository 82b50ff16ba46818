"""What waits for a person in their own account."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from wlga_portal.kernel.panels import Need, needs

from . import panels_people as panels_people  # registered by being imported
from .models import AddressChange


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

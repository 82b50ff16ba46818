"""Who speaks and books for a council, on its page: for its own people and the programme's."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from organisations.models import Organisation
from wlga_portal.kernel.panels import Panel, panel

from .models import Membership
from .roles import PROGRAMME_ROLES, roles_of


def people_see(user: Any, organisation: Organisation) -> bool:
    """Whoever has a role in it, or in the programme itself."""
    roles = roles_of(user)
    return organisation.pk in roles.organisation_ids() or roles.has(*PROGRAMME_ROLES)


@panel("organisations.organisation", order=90)
def people_in_roles(request: HttpRequest, organisation: Organisation) -> Panel | None:
    """The names with their roles of today. No address of anybody stands here, and the public sees none of it."""
    if not people_see(request.user, organisation):
        return None
    held = Membership.objects.current().filter(organisation=organisation, user__is_active=True).select_related("user")
    shown = held if settings.DEMO else held.filter(user__demo_slug=None)
    people: dict[str, list[str]] = {}
    for one in shown.order_by("user__name", "role"):
        people.setdefault(str(one.user), []).append(str(one.get_role_display()))
    return Panel(_("People in roles"), "accounts/panel_people.html", {"people": people}) if people else None

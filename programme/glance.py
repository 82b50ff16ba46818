"""A person's councils at a glance, on the front page."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from accounts.roles import roles_of
from organisations.models import Organisation
from wlga_portal.kernel.measures import measured
from wlga_portal.kernel.panels import Panel, shared_panel
from wlga_portal.kernel.unchanged import snapshot


def own_organisations(user: Any) -> frozenset[int]:
    """Where the person has a role."""
    return roles_of(user).organisation_ids()


@shared_panel("programme.front", order=5, reader=own_organisations)
def own_councils(request: HttpRequest, _thing: Any) -> Panel | None:
    """What is published of each council of this person, and the way to its page."""
    own = own_organisations(request.user)
    councils = list(Organisation.objects.councils().filter(pk__in=own).by_name()) if own else []
    if not councils:
        return None
    found = measured(snapshot())
    rows = [
        (one, [(measure.label, figure(measure, values.of(one.pk))) for measure, values in found]) for one in councils
    ]
    heading = _("Your council at a glance") if len(councils) == 1 else _("Your councils at a glance")
    return Panel(heading, "programme/panel_glance.html", {"rows": rows})


def figure(measure: Any, value: int | None) -> Any:
    """As the figures of a page say it: None reads “not published”."""
    return None if value is None else measure.say(value)

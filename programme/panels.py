"""What spans the areas and waits for a person."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wlga_portal.kernel import queue
from wlga_portal.kernel.panels import Need, Panel, needs, shared_panel
from wlga_portal.kernel.unchanged import snapshot, while_unchanged
from wlga_portal.kernel.wording import number

from . import glance as glance  # registered by being imported
from . import pictures, rules
from .composing import panels as panels  # registered by being imported
from .translating.texts import Sum, Worklist


@shared_panel("programme.pictures")
def front_pictures(request: HttpRequest, _thing: Any) -> Panel:
    """The programme in pictures, each with its sentence, its table and its data: the same for everybody."""
    context = {
        "councils": pictures.bids_by_council(),
        "topics": pictures.bids_by_topic(),
        "timeline": pictures.plans_over_time(),
        "training": pictures.training_by_year(),
    }
    return Panel(_("The programme in pictures"), "programme/panel_pictures.html", context)


BEHIND = ("missing", "stale")


@needs
def texts_to_translate(user: Any) -> Iterator[Need]:
    """For translators: how many texts have no translation or an old one; and without any, how many nobody reviewed."""
    if rules.texts_translate(user):
        sums: list[Sum] = while_unchanged(("translating", user.pk), lambda: Worklist(user).sums(), snapshot())
        count, unread = (sum(one.texts for one in sums if (one.state in BEHIND) is behind) for behind in (True, False))
        if count:
            said = ngettext(
                "%(count)s text waits for its translation", "%(count)s texts wait for their translation", count
            )
        else:
            said = ngettext("%(count)s translation waits for review", "%(count)s translations wait for review", unread)
        if sums:
            yield Need(said % {"count": number(count or unread)}, reverse("programme:translating_list"))


@needs
def jobs_that_failed(user: Any) -> Iterator[Need]:
    """For administrators: background jobs that were given up."""
    if rules.portal_operate(user) and (failed := queue.state().failed):
        said = ngettext("%(count)s background job has failed", "%(count)s background jobs have failed", failed)
        yield Need(said % {"count": number(failed)}, reverse("programme:operations_page"))

"""What was decided about a project while it waited in the backlog."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..states import Status
from .base import Link, Section, Shown


def backlog(shown: Shown) -> Section | None:
    """The day of its review and every decision, newest first."""
    reviews = shown.project.rows_of("backlog_reviews", lambda rows: rows.select_related("by"))
    waits = shown.project.status == Status.BACKLOG
    if not reviews and not waits:
        return None
    listed = reverse("projects:backlog_list") + ("?world=demo" if shown.project.is_demo else "")
    links = [Link(_("The whole backlog"), listed)]
    if waits and shown.writes:
        links.append(Link(_("Set the day of review"), shown.to("backlog_date")))
    context = {"waits": waits, "review_on": reviews[0].review_on if reviews else None, "reviews": reviews}
    heading, template = _("In the backlog: what was decided"), "projects/project_section_backlog.html"
    return Section(pgettext("anchor", "backlog"), heading, template, context, tuple(links))

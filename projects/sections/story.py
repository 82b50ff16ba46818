"""What is told of a project: what it is about, its updates, its phases, its lineage, its changes."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wlga_portal.kernel.models import StatusChange

from .. import parts
from ..reading import changes_of, lineage_of
from ..states import WORKFLOW, Status
from .base import Link, Section, Shown

UPDATES = 20  # the newest that are shown at once; the rest are folded away


def about(shown: Shown) -> Section | None:
    """The note, and what came next."""
    project = shown.project
    if not project.note and not project.next_step:
        return None
    return Section(pgettext("anchor", "about"), _("About it"), "projects/project_section_about.html")


def updates(shown: Shown) -> Section:
    """What was said of it, newest first."""
    rows = shown.project.rows_of("updates", lambda rows: rows.timeline())
    context = {"updates": rows[:UPDATES], "older": rows[UPDATES:]}
    return Section(pgettext("anchor", "updates"), _("Updates"), "projects/project_section_updates.html", context)


def phases(shown: Shown) -> Section | None:
    """The phases that it went through, and the assessments between them."""
    changes = shown.project.rows_of("phase_changes", lambda rows: rows.select_related("source"))
    gates = shown.project.rows_of("gates")
    if not changes and not gates and not shown.writes:
        return None
    context = {"phases": changes, "gates": gates}
    return Section(
        pgettext("anchor", "phases"),
        _("Phases and gates"),
        "projects/project_section_phases.html",
        context,
        shown.adds(parts.GATE),
    )


def lineage(shown: Shown) -> Section | None:
    """What it came from and what became of it."""
    sentences = lineage_of(shown.project)
    if not sentences and not shown.writes:
        return None
    heading = _("Where it came from and what became of it")
    url = reverse("projects:project_lineage", kwargs={"slug": shown.project.slug})
    return Section(
        pgettext("anchor", "lineage"),
        heading,
        "projects/project_section_lineage.html",
        {"lineage": sentences},
        (Link(_("The whole lineage, drawn"), url),),
    )


def history(shown: Shown) -> Section:
    """What was changed in its own fields and its status, when, and to the team by whom and why."""
    moves = StatusChange.of(shown.project)
    if shown.past.moment:
        moves = moves.filter(at__lte=shown.past.moment)
    context = {
        "status_changes": [
            (change, WORKFLOW.done(change.event), Status(change.source).label, Status(change.target).label)
            for change in moves.order_by("-pk")
        ],
        "changes": changes_of(shown.project, names=shown.team, until=shown.past.moment),
    }
    return Section(pgettext("anchor", "history"), _("History"), "projects/project_section_history.html", context)

"""The documents of a project, and what was learnt."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from .. import parts
from .base import Section, Shown


def documents(shown: Shown) -> Section | None:
    """Each with the address of the page's language, or of the only version that there is."""
    rows = shown.project.rows_of("documents")
    if not rows and not shown.writes:
        return None
    return Section(
        pgettext("anchor", "documents"),
        _("Documents"),
        "projects/project_section_documents.html",
        {"documents": rows},
        shown.adds(parts.DOCUMENT),
    )


def lessons(shown: Shown) -> Section | None:
    """What was learnt, newest first."""
    rows = shown.project.rows_of("lessons", lambda rows: rows.select_related("by"))
    if not rows and not shown.writes:
        return None
    return Section(
        pgettext("anchor", "lessons"),
        _("Lessons"),
        "projects/project_section_lessons.html",
        {"lessons": rows},
        shown.adds(parts.LESSON),
    )

"""The sections of a project's page, in their order: each a function of what is shown that gives one, or None."""

from collections.abc import Callable, Iterator

from wlga_portal.kernel.panels import panels_for

from .backlog import backlog
from .base import Link, Section, Shown
from .learning import documents, lessons
from .money import money
from .people import partners
from .story import about, history, lineage, phases, updates
from .work import benefits, deliverables, milestones, risks

__all__ = ["SECTIONS", "Link", "Section", "Shown", "panel_sections", "sections_of"]

SECTIONS: tuple[Callable[[Shown], Section | None], ...] = (
    about,
    updates,
    phases,
    backlog,
    milestones,
    deliverables,
    risks,
    benefits,
    money,
    partners,
    documents,
    lessons,
)
LAST: tuple[Callable[[Shown], Section | None], ...] = (lineage, history)


def sections_of(shown: Shown) -> list[Section]:
    """The sections that have something to show to this person; what higher apps show comes before the history."""
    own = [section for make in SECTIONS if (section := make(shown)) is not None]
    last = [section for make in LAST if (section := make(shown)) is not None]
    return [*own, *panel_sections(shown), *last]


def panel_sections(shown: Shown) -> Iterator[Section]:
    """What the higher apps show of the project: bids, courses, the board's business."""
    for number, panel in enumerate(panels_for("projects.project", shown.request, shown.project), start=1):
        yield Section(f"panel-{number}", panel.heading, "projects/project_section_panel.html", {"panel": panel})

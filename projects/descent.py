"""The family of a project: every project that it came from or that came of it, in order, and how it is drawn."""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Q
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from wlga_portal.kernel.history import DELETED, event_model
from wlga_portal.kernel.svg import INK, element, em, text

from .models import Lineage, LineageAction, Project

FAMILY = """
WITH RECURSIVE family(id) AS (
    SELECT %(project)s::bigint
    UNION
    SELECT CASE WHEN link.earlier_id = family.id THEN link.later_id ELSE link.earlier_id END
    FROM projects_lineage link JOIN family ON family.id IN (link.earlier_id, link.later_id)
)
SELECT id FROM family
"""
LETTERS = 30  # of a title on one line at 320 px
LANE, ROW, DOT = 1.6, 3.4, 0.45  # em


@dataclass(frozen=True, slots=True)
class Family:
    """Projects with the earlier before the later, and the links between them."""

    projects: list[Project]
    links: list[Lineage]


def family_of(project: Project) -> Family:
    """Everything that hangs together with a project. Three queries, however large the family."""
    with connection.cursor() as cursor:
        cursor.execute(FAMILY, {"project": project.pk})
        ids = [row[0] for row in cursor.fetchall()]
    links = Lineage.objects.filter(later__in=ids).select_related("later", "earlier", "action__by").order_by("pk")
    found = list(links)
    members = Project.objects.filter(pk__in=ids).order_by("pk")
    return Family(in_order(list(members), found), found)


@dataclass(frozen=True, slots=True)
class Undone:
    """An action that was undone, with the links that it had made."""

    action: LineageAction
    links: list[Lineage]


def undone_of(family: Family) -> list[Undone]:
    """What was made of these projects and undone again, newest first, from the history. Two queries."""
    ids = [project.pk for project in family.projects]
    gone = event_model(Lineage)._base_manager.filter(pgh_label=DELETED, action__undone_at__isnull=False)
    touched = gone.filter(Q(later__in=ids) | Q(earlier__in=ids)).values("action")
    rows: Any = gone.filter(action__in=touched).select_related("later", "earlier", "action__by", "action__undone_by")
    found: dict[LineageAction, list[Lineage]] = {}
    for row in rows.order_by("-action", "pgh_obj_id"):
        link = Lineage(kind=row.kind, earlier=row.earlier, later=row.later, action=row.action)
        found.setdefault(row.action, []).append(link)
    return [Undone(action, links) for action, links in found.items()]


def in_order(projects: list[Project], links: Iterable[Lineage]) -> list[Project]:
    """The earlier before the later. A circle, which nothing here makes, is cut at the lowest id."""
    earlier: dict[int, set[int]] = {one.pk: set() for one in projects}
    for link in links:
        earlier[link.later_id].add(link.earlier_id)
    done: list[Project] = []
    left = {one.pk: one for one in projects}
    while left:
        pk = next((pk for pk in left if not earlier[pk] & left.keys()), min(left))
        done.append(left.pop(pk))
    return done


def lanes_of(family: Family) -> dict[int, int]:
    """The lane of each project: a later one goes on in the lane of an earlier one that ends with it."""
    place = {one.pk: number for number, one in enumerate(family.projects)}
    last = {one.pk: place[one.pk] for one in family.projects}
    for link in family.links:
        last[link.earlier_id] = max(last[link.earlier_id], place[link.later_id])
    lanes: dict[int, int] = {}
    busy: dict[int, int] = {}  # lane -> the row until which it is taken
    for one in family.projects:
        mine = [link.earlier_id for link in family.links if link.later_id == one.pk]
        ends = [lanes[pk] for pk in mine if pk in lanes and last[pk] == place[one.pk]]
        free = (lane for lane in range(len(family.projects)) if busy.get(lane, -1) < place[one.pk])
        lanes[one.pk] = min(ends) if ends else next(free)
        busy[lanes[one.pk]] = last[one.pk]
    return lanes


def drawn(family: Family, here: Project) -> SafeString:
    """The family as a picture: one row for each project, a line from each earlier to its later."""
    lanes = lanes_of(family)
    rows = {one.pk: number for number, one in enumerate(family.projects)}
    edge = LANE * (max(lanes.values(), default=0) + 1)

    def x(pk: int) -> float:
        return LANE * lanes[pk] + 0.7

    def y(pk: int) -> float:
        return ROW * rows[pk] + 1.0

    parts = []
    for link in family.links:
        start, end = link.earlier_id, link.later_id
        turn = y(end) - ROW + 0.6 if lanes[start] != lanes[end] else y(end)
        stroke = {"stroke": "currentColor", "stroke_width": 2.5}
        parts.append(element("line", x1=em(x(start)), x2=em(x(start)), y1=em(y(start)), y2=em(turn), **stroke))
        parts.append(element("line", x1=em(x(start)), x2=em(x(end)), y1=em(turn), y2=em(y(end)), **stroke))
    for one in family.projects:
        fill = "#f4b52c" if one.pk == here.pk else "#0d5f5f"
        parts.append(
            element("circle", cx=em(x(one.pk)), cy=em(y(one.pk)), r=em(DOT), fill=fill, stroke=INK, stroke_width=1.5)
        )
        lines = textwrap.wrap(str(one.title), max(12, LETTERS - int(edge)))[:2]
        weight = "700" if one.pk == here.pk else None
        for number, line in enumerate(lines):
            parts.append(text(line, x=em(edge + 0.4), y=y(one.pk) + 0.35 + 1.2 * number, font_weight=weight))
    title = _("Where it came from and what became of it")
    return element(
        "svg",
        element("title", title, id="family-title"),
        element("desc", said(family), id="family-desc"),
        *parts,
        xmlns="http://www.w3.org/2000/svg", role="img", width="100%", height=em(ROW * len(rows)), font_size="1rem",
        aria_labelledby="family-title family-desc", class_="portal-chart",
    )  # fmt: skip


def said(family: Family) -> str:
    """The picture in words."""
    arrow = pgettext("of two projects, in words", "%(earlier)s leads to %(later)s")
    return "; ".join(arrow % {"earlier": link.earlier.title, "later": link.later.title} for link in family.links)

"""Weeknotes: a draft of a post made from the public updates of a week, in both languages."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, override

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.bilingual import LANGUAGES
from wlga_portal.kernel.markup import plain
from wlga_portal.kernel.wording import day
from wlga_portal.kernel.workflow import Refused

from .actions.posts import demand_writer, post_create
from .models import Confirmation, Milestone, Post, Project, StatusUpdate
from .states import Confidence

WEEKS = 8  # how far back weeknotes can be made


def monday(of: date) -> date:
    """The first day of the week of a day."""
    return of - timedelta(days=of.weekday())


@dataclass(frozen=True, slots=True)
class Week:
    """What happened in a week (`starts` is its Monday): the last update of each project of which something was said,

    the projects of which somebody said "no change, still true" and no more, and the milestones reached.
    """

    starts: date
    updates: tuple[StatusUpdate, ...]
    confirmed: tuple[Project, ...]
    milestones: tuple[Milestone, ...]

    @property
    def ends(self) -> date:
        return self.starts + timedelta(days=6)

    @property
    def projects(self) -> list[Project]:
        """The projects of which it tells, each once, in the order of the alphabet."""
        found = {one.project for one in self.updates} | set(self.confirmed) | {one.project for one in self.milestones}
        return sorted(found, key=by_title)

    def __bool__(self) -> bool:
        return bool(self.updates or self.confirmed or self.milestones)


def weeks_from(starts: date, number: int, *, demonstration: bool) -> list[Week]:
    """So many weeks from this Monday on, of the real projects or of the demonstration's. Three queries."""
    within = (starts, starts + timedelta(days=7 * number - 1))
    updates = StatusUpdate.objects.filter(
        for_date__range=within, corrected_by=None, project__is_demo=demonstration
    ).select_related("project")
    confirmations = Confirmation.objects.filter(for_date__range=within, project__is_demo=demonstration)
    milestones = Milestone.objects.filter(actual__range=within, project__is_demo=demonstration)
    said: dict[date, dict[int, StatusUpdate]] = defaultdict(dict)
    for update in updates.order_by("for_date", "pk"):
        said[monday(update.for_date)][update.project_id] = update
    stood: dict[date, dict[int, Project]] = defaultdict(dict)
    for again in confirmations.select_related("project"):
        if again.project_id not in said[monday(again.for_date)]:
            stood[monday(again.for_date)][again.project_id] = again.project
    reached: dict[date, list[Milestone]] = defaultdict(list)
    for milestone in milestones.select_related("project"):
        reached[monday(milestone.actual or starts)].append(milestone)
    return [
        Week(
            one,
            tuple(sorted(said[one].values(), key=lambda update: by_title(update.project))),
            tuple(sorted(stood[one].values(), key=by_title)),
            tuple(sorted(reached[one], key=lambda milestone: by_title(milestone.project))),
        )
        for one in (starts + timedelta(weeks=week) for week in range(number))
    ]


def by_title(project: Any) -> tuple[str, int]:
    """The order of projects in weeknotes."""
    return project.title_key_en, project.pk


def weeks(*, demonstration: bool = False, today: date | None = None) -> list[tuple[Week, Post | None]]:
    """The last weeks of which there is something to tell, newest first, each with its weeknotes where they are made."""
    first = monday(today or timezone.localdate()) - timedelta(weeks=WEEKS - 1)
    made = {post.week: post for post in Post.objects.filter(week__isnull=False, is_demo=demonstration)}
    found = weeks_from(first, WEEKS, demonstration=demonstration)
    return [(week, made.get(week.starts)) for week in reversed(found) if week]


def link(project: Project) -> str:
    """A project's title as a link to its page, in the language in force."""
    return f"[{plain(str(project.title))}]({reverse('projects:project_page', kwargs={'slug': project.slug})})"


def parts(week: Week) -> Iterable[str]:
    """The paragraphs of the weeknotes in the language in force: what each project said, as it stood on its page."""
    for update in week.updates:
        yield f"## {link(update.project)}"
        said = plain(str(update.reason))
        yield _("Delivery confidence: %(word)s. %(reason)s") % {
            "word": Confidence(update.confidence).label,
            "reason": said,
        }
        if update.text:
            yield from (plain(paragraph) for paragraph in str(update.text).split("\n") if paragraph.strip())
    if week.milestones:
        yield "## " + _("Milestones reached")
        yield "\n".join(
            f"- {link(one.project)}: {plain(str(one.title))}, {plain(str(day(one.actual)))}" for one in week.milestones
        )
    if week.confirmed:
        yield "## " + _("No change, still true")
        yield "\n".join(f"- {link(project)}" for project in week.confirmed)


def draft_of(week: Week, *, demonstration: bool) -> Post:
    """The weeknotes of a week as a post that is not saved yet."""
    post = Post(week=week.starts, is_demo=demonstration)
    for language in LANGUAGES:
        with override(language):
            count = len(week.projects)
            texts = {
                "title": _("Weeknotes: the week from %(day)s") % {"day": day(week.starts)},
                "summary": ngettext(
                    "What %(count)s project did this week.", "What %(count)s projects did this week.", count
                )
                % {"count": count},
                "body": "\n\n".join(parts(week)),
            }
        for name, text in texts.items():
            setattr(post, f"{name}_{language}", text)
    return post


def weeknotes_make(starts: date, *, by: Any, demonstration: bool = False) -> Post:
    """Draft the weeknotes of a week. Raises NotAllowed; Refused where nothing was said, or they are made already."""
    demand_writer(by)
    (week,) = weeks_from(monday(starts), 1, demonstration=demonstration)
    if not week:
        raise Refused(_("Nothing was said of any project in that week."))
    with audited(by=by, why="weeknotes drafted"):
        if Post.objects.filter(week=week.starts, is_demo=demonstration).exists():
            raise Refused(_("The weeknotes of that week are made already."))
        return post_create(
            draft_of(week, demonstration=demonstration), by=by, projects=week.projects, why="weeknotes drafted"
        )

"""What a reader sees of a project: its confidence now, its lineage told, its changes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext

from accounts.models import User
from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.components import bi, confidence
from wlga_portal.kernel.history import Change, FieldChange, history_of
from wlga_portal.kernel.versions import column_of, shown
from wlga_portal.kernel.wording import day

from .knowing import Reading
from .models import Lineage, Project, Standing
from .states import Confidence, Descent


# --- Confidence -----------------------------------------------------------------------------------
def standing_shown(standing: Standing | None, today: date) -> SafeString:
    """Delivery confidence as it reads on `today`: the word with its shape, unconfirmed, or not published."""
    if standing is None:
        return confidence("")
    return confidence(standing.confidence, stale=standing.is_stale(today))


def reading_shown(reading: Reading, day: date) -> SafeString:
    """The confidence of a reading as it reads on its day."""
    return confidence(reading.confidence, stale=reading.stale_on(day))


def standing_text(standing: Standing | None, today: date) -> str:
    """The same in words alone, for files."""
    if standing is None:
        return _("not published")
    return (
        pgettext("delivery confidence", "Unconfirmed")
        if standing.is_stale(today)
        else str(Confidence(standing.confidence).label)
    )


def age(days: int) -> str:
    """ "today" or "3 days ago"."""
    if days <= 0:
        return _("today")
    return ngettext("%(count)s day ago", "%(count)s days ago", days) % {"count": days}


# --- Lineage --------------------------------------------------------------------------------------
def linked(project: Project, here: Project) -> SafeString:
    """The project's title; a link unless it is the page's own."""
    if project.pk == here.pk:
        return format_html("<strong>{}</strong>", bi(project.title))
    return format_html('<a class="govuk-link" href="{}">{}</a>', project.get_absolute_url(), bi(project.title))


def joined(parts: Iterable[tuple[str, SafeString]]) -> SafeString:
    """ "A, B and C", in Welsh "A, B a C" ("ac" before a vowel). Each part is its plain title and what is drawn."""
    drawn = list(parts)
    *firsts, (title, last) = drawn
    if not firsts:
        return last
    if page_language() == "cy":
        word = "ac" if title[:1].lower() in "aeiouwyâêîôûŵŷ" else "a"
    else:
        word = "and"
    before = format_html_join(", ", "{}", ((text,) for _title, text in firsts))
    return format_html("{} {} {}", before, word, last)


def lineage_of(project: Project) -> list[SafeString]:
    """Sentences about what the project came from and what became of it, earliest first. One query at most."""
    if not {"earlier_links", "later_links"} & project.filled:
        return []
    links = Lineage.objects.filter(later__in=laters(project)).select_related("later", "earlier").order_by("pk")
    told: dict[tuple[int, str], list[Lineage]] = {}
    for link in links:
        told.setdefault((link.later_id, link.kind), []).append(link)
    return [sentence(kind, group, project) for (_later, kind), group in told.items()]


def laters(project: Project) -> Any:
    """The project itself and those that came of it."""
    return Project.objects.filter(pk=project.pk) | Project.objects.filter(earlier_links__earlier=project)


def sentence(kind: str, links: list[Lineage], here: Project) -> SafeString:
    """One event: "Life Events and Service Blueprints became Life Events Service Design."."""
    templates = {
        Descent.MERGED: _("%(earlier)s became %(later)s."),
        Descent.SUCCEEDS: _("%(earlier)s continues as %(later)s."),
        Descent.SPLIT: _("%(later)s was split from %(earlier)s."),
    }
    earlier = joined((str(link.earlier.title), linked(link.earlier, here)) for link in links)
    parts = {"earlier": earlier, "later": linked(links[0].later, here)}
    return mark_safe(templates[Descent(kind)] % parts)  # noqa: S308  a text of ours around escaped parts


# --- Changes --------------------------------------------------------------------------------------
# The reasons that the portal itself writes. What a person typed is in one language: it is shown to the team alone.
REASONS: dict[str, Promise | str] = {
    "loaded from the facts of the programme": gettext_lazy("Loaded from the facts of the programme"),
    "loaded for the demonstration": gettext_lazy("Loaded for the demonstration"),
    "project edited": gettext_lazy("Project edited"),
    "translation reviewed": gettext_lazy("Translation reviewed"),
    "no reason given": gettext_lazy("No reason given"),
    "start": gettext_lazy("Start work"),
    "status update posted": gettext_lazy("Status update posted"),
    "decided about the backlog": gettext_lazy("Decided about the backlog"),
    "day of review set": gettext_lazy("Day of review set"),
    "no change, still true": gettext_lazy("No change, still true"),
}
LEFT_OUT = {"id", "version", "slug_en", "slug_cy", "is_demo", "is_historic"}


@dataclass(frozen=True, slots=True)
class FieldShown:
    """One field before and after, as a reader sees it; `lang` where it is not in the page's language."""

    label: str
    before: str
    after: str
    lang: str


@dataclass(frozen=True, slots=True)
class ChangeShown:
    """One entry of the history. `who` is '' for those who may not see names, and where it was the portal itself."""

    at: datetime
    who: str
    why: str
    first: bool
    fields: tuple[FieldShown, ...]


def changes_of(project: Project, *, names: bool, until: datetime | None) -> list[ChangeShown]:
    """What was changed in the project's own fields, newest first; `names` for the team. At most two queries."""
    changes = [change for change in history_of(project) if until is None or change.at <= until]
    people: dict[int, str] = {}
    if names:
        people = dict(User.objects.filter(pk__in={change.by_id for change in changes}).values_list("pk", "name"))
    return list(changes_shown(project, changes, people, names=names))


def changes_shown(
    project: Project, changes: list[Change], people: dict[int, str], *, names: bool
) -> Iterator[ChangeShown]:
    for change in changes:
        fields = tuple(
            field_shown(project, field, names=names)
            for field in change.fields
            if field.name not in LEFT_OUT and not field.name.endswith("_mark")
        )
        if fields or change.kind == "insert":
            known = REASONS.get(change.why)
            why = str(known) if known is not None else change.why if names else ""
            yield ChangeShown(change.at, people.get(change.by_id or 0, ""), why, change.kind == "insert", fields)


def field_shown(project: Project, field: FieldChange, *, names: bool) -> FieldShown:
    """A person is named for the team alone; another related row is only said to have changed."""
    column = column_of(project, field.name)
    language = field.name.rsplit("_", 1)[-1]
    if column.is_relation:
        return FieldShown(field.label, "", "", "")
    lang = language if language in {"en", "cy"} and language != page_language() else ""
    return FieldShown(field.label, shown(column, field.before), shown(column, field.after), lang)


def said_when(standing: Standing, today: date) -> str:
    """ "Said on 20 November 2026; last confirmed on 22 November 2026, 1 day ago."."""
    confirmed = {"day": day(standing.confirmed_on), "age": age((today - standing.confirmed_on).days)}
    if standing.confirmed_on == standing.said_on:
        return _("Said on %(day)s, %(age)s.") % confirmed
    return _("Said on %(said)s; last confirmed on %(day)s, %(age)s.") % {"said": day(standing.said_on), **confirmed}

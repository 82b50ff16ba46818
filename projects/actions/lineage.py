"""Projects that become others: one succeeds another, several are merged, one is split; and undoing it."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import NotAllowed, Refused, advance

from .. import rules
from ..carrying import WHOLE, Becomes, Portion, carry, changed_since, put_back
from ..models import Lineage, LineageAction, PhaseChange, Project
from ..states import OPEN, Descent, Status
from ..totals import totals_of


def lineage_make(
    kind: Descent, sources: list[Project], becomes: list[Becomes], *, by: Any, why: str, ends: bool = True
) -> LineageAction:
    """Make projects into others, with everything that they hold; `ends`: the earlier ones end in the later.

    Raises NotAllowed, Refused; then nothing is written. The totals of all of them together are the same before and
    after: the database refuses the action where they are not.
    """
    if not rules.lineage_edit(by):
        raise NotAllowed(_("Only the head of delivery makes projects into others."))
    if sum(one.share for one in becomes) > WHOLE * (1 if kind == Descent.SPLIT else len(becomes)):
        raise Refused(_("The shares of the money are more than the whole."))
    with audited(by=by, why=why):
        existing = [one.project for one in becomes if one.project]
        sources, existing = locked(sources), locked(existing)
        check(sources, existing)
        statuses = {str(source.pk): source.status for source in sources} if ends else {}
        before = totals_of([one.pk for one in (*sources, *existing)])
        made = [make_project(one.title, sources[0], by=by) for one in becomes if one.project is None]
        fresh, known = iter(made), iter(existing)
        portions = [Portion(next(known) if one.project else next(fresh), one.share, one.rows) for one in becomes]
        carried = carry(sources, portions)
        later = [portion.project for portion in portions]
        action = LineageAction.objects.create(
            kind=kind,
            why=why,
            carried={**carried, "statuses": statuses, "made": [one.pk for one in made]},
            totals_before=before,
            totals_after=totals_of({one.pk for one in (*sources, *later)}),
            by=by,
        )
        for target in later:
            for source in sources:
                Lineage.objects.create(later=target, earlier=source, kind=kind, action=action)
        if ends:
            for source in sources:
                advance(source, "continue", by=by, why=why)
    return action


def locked(projects: list[Project]) -> list[Project]:
    """These rows as they are now, locked in the order of their ids, given in the order in which they came."""
    found = Project.objects.select_for_update(of=("self",)).filter(pk__in=[one.pk for one in projects]).order_by("pk")
    rows = {one.pk: one for one in found}
    return [rows[one.pk] for one in projects]


def check(sources: list[Project], existing: list[Project]) -> None:
    """Raises Refused for what cannot become another."""
    pks = [one.pk for one in (*sources, *existing)]
    if len(set(pks)) != len(pks):
        raise Refused(_("A project cannot become itself."))
    if len({one.is_demo for one in (*sources, *existing)}) > 1:
        raise Refused(_("Invented and real projects stay apart."))
    for one in (*sources, *existing):
        if one.status not in {*OPEN, Status.UNSTATED}:
            raise Refused(_("“%(project)s” has ended already.") % {"project": one.title})
    told = Lineage.objects.filter(earlier__in=sources, later__in=existing)
    if told.exists():
        raise Refused(_("That these belong together is told already."))


def make_project(title: tuple[str, str], like: Project, *, by: Any) -> Project:
    """A new active project in the phase of an earlier one, with its lead and theme; a plan lists it by a change."""
    project = Project(
        title_en=title[0],
        title_cy=title[1],
        aim_en=like.aim.en,
        aim_cy=like.aim.cy,
        status=Status.ACTIVE,
        phase=like.phase,
        lead_id=like.lead_id,
        theme_id=like.theme_id,
        is_demo=like.is_demo,
    )
    project.set_slugs(*title)
    project.save()
    if project.phase:
        PhaseChange.objects.create(project=project, phase=project.phase, since=timezone.localdate(), by=by)
    return project


def lineage_undo(action: LineageAction, *, by: Any, why: str) -> LineageAction:
    """Put everything back as it was before. Raises NotAllowed, Refused; then nothing is written.

    What came since stays where it is: new rows stay with the later project, which is closed if nothing is left in it.
    """
    if not rules.lineage_edit(by):
        raise NotAllowed(_("Only the head of delivery makes projects into others."))
    with audited(by=by, why=why):
        row = LineageAction.objects.select_for_update(of=("self",)).get(pk=action.pk)
        links = list(Lineage.objects.filter(action=row).select_related("earlier", "later"))
        involved = {one.pk: one for link in links for one in (link.earlier, link.later)}
        check_undo(row, locked(list(involved.values())))
        before = totals_of(involved)
        put_back(row.carried)
        if totals_of(involved) != before:
            raise Refused(_("It cannot be undone: the totals would not be the same."))
        Lineage.objects.filter(action=row).delete()
        for pk, status in row.carried["statuses"].items():
            advance(involved[int(pk)], f"return_{status}", by=by, why=why)
        for pk in row.carried["made"]:
            if is_empty(involved[pk]) and involved[pk].status in OPEN:
                advance(involved[pk], "close", by=by, why=why)
        row.undone_by, row.undone_at, row.undone_why = by, timezone.now(), why
        row.save()
    return row


def check_undo(action: LineageAction, projects: list[Project]) -> None:
    """Raises Refused where what was done no longer stands."""
    if action.undone_at:
        raise Refused(_("This was undone already."))
    later = LineageAction.objects.filter(pk__gt=action.pk, undone_at=None)
    if later.filter(links__earlier__in=projects).exists() or later.filter(links__later__in=projects).exists():
        raise Refused(_("Undo what was done to these projects since then first."))
    ended = [one for one in projects if str(one.pk) in action.carried["statuses"] and one.status != Status.CONTINUED]
    if ended:
        raise Refused(_("“%(project)s” no longer stands as this left it.") % {"project": ended[0].title})
    changed = next(changed_since(action.carried), None)
    if changed is not None:
        what = f"{changed[1]}" if isinstance(changed, tuple) else str(changed)
        raise Refused(_("“%(what)s” was changed since then. Change it back first, then undo.") % {"what": what})


def is_empty(project: Project) -> bool:
    """Whether nothing was written of a project that an action made."""
    kinds = (project.costs, project.deliverables, project.benefits, project.milestones, project.risks, project.updates)
    return not any(rows.exists() for rows in kinds)

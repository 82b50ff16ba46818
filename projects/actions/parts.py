"""Writing the parts of a project or plan: added, changed, taken away, each with who and why in the history."""

from typing import Any

from django.forms import ModelForm
from django.utils import timezone
from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.versions import VersionedModel, drop_draft, save_version
from wlga_portal.kernel.workflow import NotAllowed

from .. import rules
from ..models import Deliverable, Lesson, Milestone, MilestoneForecast, PlanChange, PlanProject
from .plans import change_prepare, deliverable_place, unagreed


def part_key(noun: str, row: Any, parent: Any) -> str:
    """Where a person's unsaved form of a part is kept."""
    return f"projects.{noun}:{row.pk}" if row.pk else f"projects.{noun}:new:{parent.pk}"


def may_write(by: Any) -> None:
    """Raises NotAllowed."""
    if not rules.team(by):
        raise NotAllowed(_("Only the digital team changes this."))


def part_save(form: ModelForm[Any], *, by: Any, key: str) -> Any:
    """Save a valid form of a part that is new or there already, and forget its draft. Raises Clash, NotAllowed."""
    may_write(by)
    new, why = form.instance.pk is None, "part added" if form.instance.pk is None else "part changed"
    with audited(by=by, why=why):
        if isinstance(form.instance, Milestone):
            row: Any = milestone_save(form, by=by, why=why)
        elif new:
            prepare(form.instance, by=by)
            row = form.save()
        elif isinstance(form.instance, VersionedModel):
            row = save_version(form, by=by, why=why)
        else:
            row = form.save()
        drop_draft(by, key)
    return row


def prepare(row: Any, *, by: Any) -> None:
    """What a new row needs beside what was typed. Raises Refused where the plan does not take it."""
    if isinstance(row, Lesson):
        row.by = by
    elif isinstance(row, PlanChange):
        change_prepare(row, by=by)
    elif isinstance(row, (Deliverable, PlanProject)):
        unagreed(row.plan)
        if isinstance(row, Deliverable):
            deliverable_place(row)
        else:
            row.position = row.plan.next_position()


def milestone_save(form: ModelForm[Any], *, by: Any, why: str) -> Milestone:
    """A milestone with its expected day, which is appended to its forecasts where it is new."""
    given = form.cleaned_data
    expected = given["expected"]
    if form.instance.pk is None:
        expected = expected or given.get("baseline")
        row: Milestone = form.instance
        if not row.baseline and not row.actual:
            row.forecast = expected  # so that it has a day when the row is made; the database appends it
        row.save()
    else:
        row = save_version(form, by=by, why=why)
    row.refresh_from_db(fields=["forecast"])
    if expected and expected != row.forecast:
        MilestoneForecast.objects.create(
            milestone=row,
            forecast=expected,
            for_date=timezone.localdate(),
            why_en=given["why_en"],
            why_cy=given["why_cy"],
            by=by,
        )
        row.refresh_from_db(fields=["forecast"])
    return row


def part_remove(row: Any, *, by: Any, why: str) -> None:
    """Take a part away; the history keeps it. Raises NotAllowed, Refused."""
    may_write(by)
    if isinstance(row, (Deliverable, PlanProject)):
        unagreed(row.plan)
    with audited(by=by, why=why.strip() or "part taken away"):
        row.delete()

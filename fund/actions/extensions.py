"""Giving more time: to one bid, or to everybody after an outage; with its reason, told to all concerned."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from fund.emails import rounds as emails
from fund.models import Bid, Extension, Stage
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import Refused


def extension_give(
    *,
    stage: Stage,
    bid: Bid | None,
    closes_at: datetime,
    reason_en: str,
    reason_cy: str,
    move_later: bool = False,
    by: Any,
    at: datetime | None = None,
) -> Extension:
    """Move the closing of `stage`: for `bid` alone, or for everybody, then with the stages that have not begun if
    asked for. Raises Refused where it would not be later than what holds now."""
    at = at or timezone.now()
    with audited(by=by, why="more time given"):
        row = Stage.objects.select_for_update().select_related("round").get(pk=stage.pk)
        own = bid.lock().writing_stage if bid else None
        was = own.closes_at if own else row.closes_at
        if closes_at <= was:
            raise Refused(_("The new closing time must be later than the present one."))
        if bid is None:
            row.closes_at = closes_at
            row.save()
            if move_later:
                move_stages(row, was, at)
        extension = Extension.objects.create(
            stage=row,
            bid=bid,
            was_closes_at=was,
            closes_at=closes_at,
            reason_en=reason_en,
            reason_cy=reason_cy,
            by=by,
            at=at,
        )
        emails.tell_extension(extension)
    return extension


def move_stages(stage: Stage, was: datetime, at: datetime) -> None:
    """The stages after it that have not begun, by as much as its closing moved by the clock in Wales."""
    by_clock = local(stage.closes_at) - local(was)
    for later in stage.round.stages.filter(opens_at__gte=was, opens_at__gt=at).exclude(pk=stage.pk):
        later.opens_at = timezone.make_aware(local(later.opens_at) + by_clock)
        later.closes_at = timezone.make_aware(local(later.closes_at) + by_clock)
        later.save()


def local(moment: datetime) -> datetime:
    """What the clock in Wales shows, without its zone."""
    return timezone.localtime(moment).replace(tzinfo=None)

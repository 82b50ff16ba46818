"""Keeping a page of the past word for word."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ObjectDoesNotExist
from django.utils import timezone
from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import NotAllowed, Refused

from .. import rules
from ..keeping import SCHEMA, hashed, said_of
from ..models import DeliveryPlan, Project, Snapshot
from ..states import Kept


def page_keep(thing: Project | DeliveryPlan | None, moment: datetime | None, *, by: Any) -> Snapshot:
    """Keep what the public page of a project, a plan or (None) the portfolio said at a moment; None: says now.

    The same page of the same moment is kept once. Raises NotAllowed, Refused.
    """
    if not rules.page_keep(by, thing):
        raise NotAllowed(_("Sign in to keep a page."))
    moment = min(moment or timezone.now(), timezone.now())
    kind = Kept.PORTFOLIO if thing is None else Kept.PROJECT if isinstance(thing, Project) else Kept.PLAN
    of = {"project": thing if kind == Kept.PROJECT else None, "plan": thing if kind == Kept.PLAN else None}
    there = Snapshot.objects.filter(kind=kind, moment=moment, **of).first()
    if there is not None:
        return there
    try:
        said = said_of(kind, thing.pk if thing else 0, moment)
    except ObjectDoesNotExist:
        raise Refused(_("On that day the portal held nothing about this yet.")) from None
    with audited(by=by, why="page kept"):
        return Snapshot.objects.create(
            kind=kind, moment=moment, schema=SCHEMA, said=said, sha256=hashed(said), by=by, **of
        )

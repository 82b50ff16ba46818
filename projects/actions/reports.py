"""Freezing the annual report of a plan."""

from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import NotAllowed, Refused

from .. import rules
from ..annual import hash_of, report_of, written
from ..models import DeliveryPlan, ReportSnapshot


def report_freeze(plan: DeliveryPlan, *, by: Any) -> ReportSnapshot:
    """Keep the report as it stands, for ever, with its hash. Raises NotAllowed; Refused where nothing has changed."""
    if not rules.report_freeze(by, plan):
        raise NotAllowed(_("You may not freeze this report."))
    with audited(by=by, why="annual report frozen"):
        DeliveryPlan.objects.select_for_update(of=("self",)).get(pk=plan.pk)  # one after the other
        content = written(report_of(plan))
        frozen = ReportSnapshot.objects.filter(plan=plan)
        if frozen.filter(sha256=hash_of(content)).exists():
            raise Refused(_("This report is frozen already as it stands."))
        last = frozen.aggregate(last=Max("number"))["last"] or 0
        return ReportSnapshot.objects.create(
            plan=plan, number=last + 1, content=content, sha256=hash_of(content), by=by
        )

"""Costs of a bid, line by line; the amount that it asks for follows from them."""

from datetime import datetime
from typing import Any

from django.db.models import Sum
from django.forms import ModelForm
from django.utils import timezone

from fund.clock import demand_open
from fund.models import Bid, CostLine, Happening
from fund.models.costs import Funding
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.versions import save_version

WHY = "costs changed"


def cost_add(form: ModelForm, *, bid: Bid, by: Any, at: datetime | None = None) -> CostLine:
    """Add a line of a valid form. Raises Closed."""
    with audited(by=by, why=WHY):
        row = bid.lock()
        demand_open(row, at or timezone.now())
        form.instance.bid = row
        line: CostLine = form.save()
        add_up(row, by=by, why=line.note, at=at)
    return line


def cost_change(form: ModelForm, *, by: Any, at: datetime | None = None) -> CostLine:
    """Save a changed line. Raises Closed or Clash."""
    with audited(by=by, why=WHY):
        row = form.instance.bid.lock()
        demand_open(row, at or timezone.now())
        line: CostLine = save_version(form, by=by, why=WHY)
        add_up(row, by=by, why=line.note, at=at)
    return line


def cost_remove(*, line: CostLine, by: Any, at: datetime | None = None) -> None:
    """Take a line out; the history keeps it. Raises Closed."""
    with audited(by=by, why=WHY):
        row = line.bid.lock()
        demand_open(row, at or timezone.now())
        why = line.note
        CostLine.objects.filter(pk=line.pk).delete()
        add_up(row, by=by, why=why, at=at)


def add_up(bid: Bid, *, by: Any, why: str, at: datetime | None) -> None:
    """The amount asked for is the sum of the lines that the fund is to pay; None where there are none."""
    total = bid.costs.filter(funding=Funding.FUND).aggregate(total=Sum("amount_pence"))["total"]
    if bid.amount_pence != total:
        bid.amount_pence = total
        bid.save()
    Happening.record(bid, "costs", by=by, why=why, at=at)

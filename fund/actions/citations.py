"""What a bid builds on."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from fund.clock import demand_open
from fund.models import Bid, Citation, Happening
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import Refused


def citation_add(
    *, bid: Bid, source: Bid | None, title: str = "", link: str = "", by: Any, at: datetime | None = None
) -> Citation:
    """Cite a published bid, or a text elsewhere. Raises Refused where it is cited already."""
    with audited(by=by, why="earlier work cited"):
        row = bid.lock()
        demand_open(row, at or timezone.now())
        if source is not None and row.citations.filter(source=source).exists():
            raise Refused(_("The bid cites this already."))
        citation = Citation.objects.create(bid=row, source=source, title=title, link=link)
        Happening.record(row, "cited", by=by, about=citation, at=at)
    return citation


def citation_remove(*, citation: Citation, by: Any, at: datetime | None = None) -> None:
    with audited(by=by, why="earlier work no longer cited"):
        row = citation.bid.lock()
        demand_open(row, at or timezone.now())
        Happening.record(row, "uncited", by=by, about=citation, at=at)
        Citation.objects.filter(pk=citation.pk).delete()

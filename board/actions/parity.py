"""Accepting a difference between the languages."""

from typing import Any

from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import Refused

from ..models import Acceptance, Paper
from ..parity import mismatches_of
from ..rules.writing import parity_accept as may_accept


def parity_accept(paper: Paper, key: str, *, by: Any, reason: str) -> Acceptance:
    """Accept the difference with this key, for this reason. Raises Refused where it is no longer there."""
    with audited(by=by, why=f"difference between the languages accepted: {reason}"):
        row = paper.lock()
        if not may_accept(by, row):
            raise Refused(_("The secretariat or a translator accepts a difference, before the paper is published."))
        found = next((one for one in mismatches_of(row) if one.key == key), None)
        if found is None:
            raise Refused(_("The words changed: this difference is no longer there."))
        made, _new = Acceptance.objects.get_or_create(
            paper=row, key=key, defaults={"said": found.sentence, "reason": reason, "by": by}
        )
    return made

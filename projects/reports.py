"""How the data of an annual report reads on its page."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from wlga_portal.kernel.figures import Basis

DAYS = ("made_on", "starts", "ends", "agreed_on", "confirmed_on")


def basis_said(basis: str, rows: int, source: str | None, *, only_outcome: bool = False) -> str:
    """What stands behind a figure, in a sentence; `only_outcome`: the number itself is not published."""
    if basis == Basis.COUNTED:
        template = ngettext(
            "Computed from the training register: %(count)s attended booking.",
            "Computed from the training register: %(count)s attended bookings.",
            rows,
        )
        return template % {"count": f"{rows:,}"}
    if basis == Basis.STATED and only_outcome:
        return _("Only the outcome is stated.") + (f" {source}." if source else "")
    if basis == Basis.STATED:
        if source:
            return _("Stated, not computed: %(source)s.") % {"source": source}
        return _("Stated by the team, not computed.")
    return _("Nothing is published yet.")


def days_read(data: Any) -> Any:
    """The days of a report as dates, so that the page writes them in its language."""
    if isinstance(data, dict):
        return {
            key: date.fromisoformat(value) if key in DAYS and value else days_read(value) for key, value in data.items()
        }
    return [days_read(one) for one in data] if isinstance(data, list) else data

"""Withdrawing editions in an emergency."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.workflow import Refused, advance

from ..models import Edition, Paper, Withdrawal
from ..rules.withdrawals import withdrawal_ask as may_ask
from ..states.withdrawals import WithdrawalStatus
from .letting_go import edition_let_go


def withdrawal_ask(paper: Paper, editions: Iterable[Edition], *, by: Any, reason: tuple[str, str]) -> list[Withdrawal]:
    """Ask that these editions of the paper be withdrawn. Raises Refused where one is so already."""
    with audited(by=by, why="withdrawal asked for"):
        row = paper.lock()
        if not may_ask(by, row):
            raise Refused(_("The secretariat asks for a withdrawal."))
        wanted = [edition.pk for edition in editions]
        open_ones = Withdrawal.objects.filter(edition__in=wanted).exclude(status=WithdrawalStatus.DECLINED)
        if not wanted or open_ones.exists():
            raise Refused(_("Choose editions that are neither withdrawn nor waiting for a second person."))
        return [
            Withdrawal.objects.create(edition_id=pk, asked_by=by, reason_en=reason[0], reason_cy=reason[1])
            for pk in wanted
        ]


def withdrawal_decide(withdrawal: Withdrawal, event: str, *, by: Any, why: str = "") -> Withdrawal:
    """Confirm or decline. Confirmed, the database takes the words of the edition away in the same transaction."""
    with audited(by=by, why=why):
        row = advance(withdrawal, event, by=by, why=why, also=lambda row: row.decided(by))
        if row.status == WithdrawalStatus.DONE:
            edition_let_go(row.edition, by=by)
    return row

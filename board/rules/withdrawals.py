"""Who may withdraw an edition: the secretariat asks, somebody else of the secretariat or a clearer confirms."""

from typing import Any

from accounts.roles import Role, roles_of

from ..models import Paper, Withdrawal
from ..states import WITHDRAWAL, WithdrawalStatus
from .papers import secretary


def withdrawal_ask(user: Any, paper: Paper) -> bool:
    return secretary(user)


def withdrawal_confirm(user: Any, withdrawal: Withdrawal) -> bool:
    """Never the person who asked."""
    return roles_of(user).has(Role.SECRETARIAT, Role.CLEARER) and user.pk != withdrawal.asked_by_id


def withdrawal_decline(user: Any, withdrawal: Withdrawal) -> bool:
    """Whoever might confirm it, and whoever asked."""
    return roles_of(user).has(Role.SECRETARIAT, Role.CLEARER)


def words_remove(user: Any, withdrawal: Withdrawal) -> bool:
    """The two people who withdrew it, while they work on papers."""
    two = {withdrawal.asked_by_id, withdrawal.decided_by_id}
    works = roles_of(user).has(Role.SECRETARIAT, Role.CLEARER)
    return works and withdrawal.status == WithdrawalStatus.DONE and user.pk in two


WITHDRAWAL.allow(confirm=withdrawal_confirm, decline=withdrawal_decline)

"""Who may, after an award. When stands in `states_awards.py`."""

from typing import Any

from accounts.roles import Role, roles_of

from ..linking import may_link
from ..models import Award, AwardShare, Claim, Instalment, Learning, MonitoringReport, Transaction, Variation
from ..states.awards import AWARD, CLAIM, REPORT, VARIATION
from . import round_manage

SIGNING = (Role.DIGITAL_LEAD, Role.FINANCE)  # who speaks for a council about money
WRITING = (Role.OFFICER, Role.DIGITAL_LEAD, Role.FINANCE)


def award_manage(user: Any, award: Award) -> bool:
    """The fund manager of its round."""
    return round_manage(user, award.bid.round)


def award_link(user: Any, award: Award) -> bool:
    """Who says which bids belong to a project, where the award is of their own world."""
    return may_link(user) and bool(getattr(user, "is_demo", False)) == award.is_demo


def award_sign(user: Any, award: Award) -> bool:
    """The digital lead or the finance approver of the lead council."""
    return roles_of(user).has(*SIGNING, organisation=award.bid.lead_id)


def award_write(user: Any, award: Award) -> bool:
    """Whoever works on bids for the lead council."""
    return roles_of(user).has(*WRITING, organisation=award.bid.lead_id)


def share_agree(user: Any, share: AwardShare) -> bool:
    """The digital lead or the finance approver of the partner itself."""
    return roles_of(user).has(*SIGNING, organisation=share.organisation_id)


def instalment_manage(user: Any, instalment: Instalment) -> bool:
    return award_manage(user, instalment.award)


def claim_write(user: Any, claim: Claim) -> bool:
    return award_write(user, claim.award)


def transaction_write(user: Any, transaction: Transaction) -> bool:
    return claim_write(user, transaction.claim)


def claim_certify(user: Any, claim: Claim) -> bool:
    """The finance approver of the lead council: its section 151 officer or who acts for them."""
    return roles_of(user).has(Role.FINANCE, organisation=claim.award.bid.lead_id)


def claim_manage(user: Any, claim: Claim) -> bool:
    return award_manage(user, claim.award)


def report_write(user: Any, report: MonitoringReport) -> bool:
    return award_write(user, report.award)


def report_manage(user: Any, report: MonitoringReport) -> bool:
    return award_manage(user, report.award)


def variation_manage(user: Any, variation: Variation) -> bool:
    return award_manage(user, variation.award)


def learning_write(user: Any, learning: Learning) -> bool:
    """Officers of the lead, and the fund manager."""
    return award_write(user, learning.award) or award_manage(user, learning.award)


AWARD.allow(accept=award_sign, turn_down=award_sign, close=award_manage)
CLAIM.allow(submit=claim_write, send_back=claim_manage, approve=claim_manage, pay=claim_manage)
REPORT.allow(submit=report_write, send_back=report_manage, accept=report_manage)
VARIATION.allow(agree=variation_manage, refuse=variation_manage)

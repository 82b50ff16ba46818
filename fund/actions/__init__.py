"""Every write of the fund that touches more than one row, or that depends on the clock."""

from . import awards as awards  # an award follows from a decision: registered by being imported
from .assignments import answer_assign
from .attachments import attachment_add, attachment_remove, attachment_scanned
from .bids import answer_save, bid_start, details_save
from .confidentiality import confidential_lift, confidential_mark
from .decisions import invite_to_propose
from .enquiries import enquiry_answer, enquiry_ask, enquiry_set_aside
from .extensions import extension_give
from .gaps import Gap
from .owners import owner_change, owners_offer
from .partners import partner_agree, partner_change, partner_decline, partner_invite, partner_remove
from .round_setup import (
    NotReady,
    part_remove,
    part_save,
    round_make,
    round_publish,
    round_save,
    stages_save,
)
from .rounds import question_revise
from .submissions import Incomplete, bid_submit, bid_withdraw, gaps_of, snapshot_of

__all__ = [
    "Gap",
    "Incomplete",
    "NotReady",
    "answer_assign",
    "answer_save",
    "attachment_add",
    "attachment_remove",
    "attachment_scanned",
    "bid_start",
    "bid_submit",
    "bid_withdraw",
    "confidential_lift",
    "confidential_mark",
    "details_save",
    "enquiry_answer",
    "enquiry_ask",
    "enquiry_set_aside",
    "extension_give",
    "gaps_of",
    "invite_to_propose",
    "owner_change",
    "owners_offer",
    "part_remove",
    "part_save",
    "partner_agree",
    "partner_change",
    "partner_decline",
    "partner_invite",
    "partner_remove",
    "question_revise",
    "round_make",
    "round_publish",
    "round_save",
    "snapshot_of",
    "stages_save",
]

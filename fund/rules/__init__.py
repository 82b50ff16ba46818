"""Who may. When stands in `states.py` and in the stages of a round."""

from typing import Any

from accounts.roles import Role, roles_of
from wlga_portal.kernel.workflow import by_the_portal

from ..models import (
    Answer,
    Attachment,
    Bid,
    BidTranslation,
    Citation,
    Comment,
    CommentLink,
    CostLine,
    Enquiry,
    Merge,
    Partner,
    Round,
    TranslatedText,
)
from ..states import BID, CONSENT, ENQUIRY, Consent
from ..states.merging import MergeStatus
from ..states.translation import TRANSLATION


def signed_in(user: Any) -> bool:
    """Whoever has an account."""
    return bool(user.is_authenticated)


def bid_start(user: Any, one_round: Round) -> bool:
    """Officers of a council start bids; a demonstration person only in a demonstration round."""
    return roles_of(user).has(Role.OFFICER) and (one_round.is_demo or not user.is_demo)


def bid_lead_officer(user: Any, bid: Bid) -> bool:
    """An officer of the lead council: decides on partners, submits, withdraws."""
    return not bid.is_historic and roles_of(user).has(Role.OFFICER, organisation=bid.lead_id)


def bid_write(user: Any, bid: Bid) -> bool:
    """Officers of the lead, and of the partner councils that have agreed (a changed share does not shut them out)."""
    if bid.is_historic:
        return False
    councils = roles_of(user).organisation_ids(Role.OFFICER)
    if bid.lead_id in councils:
        return True
    joined = (Consent.AGREED, Consent.VOID)
    return any(partner.status in joined and partner.organisation_id in councils for partner in bid.partners.all())


def answer_write(user: Any, answer: Answer) -> bool:
    """Whoever may write in the bid."""
    return bid_write(user, answer.bid)


def cost_write(user: Any, line: CostLine) -> bool:
    """Whoever may write in the bid."""
    return bid_write(user, line.bid)


def citation_write(user: Any, citation: Citation) -> bool:
    """Whoever may write in the bid."""
    return bid_write(user, citation.bid)


def comment_settle(user: Any, comment: Comment) -> bool:
    """Whoever may write in the bid."""
    return bid_write(user, comment.bid)


def link_end(user: Any, link: CommentLink) -> bool:
    """Whoever may write in the bid."""
    return bid_write(user, link.bid)


def fund_manage(user: Any) -> bool:
    """The fund manager."""
    return roles_of(user).has(Role.FUND_MANAGER)


def bid_hand_over(user: Any, bid: Bid) -> bool:
    """Its owner, while an officer of the lead; the digital lead of the lead. When the owner is no longer there, any
    officer of the lead may take it on."""
    if bid.is_historic or bid.lead_id is None:
        return False
    if roles_of(user).has(Role.DIGITAL_LEAD, organisation=bid.lead_id):
        return True
    return bid_lead_officer(user, bid) and (bid.keeper == user or keeper_left(bid))


def keeper_left(bid: Bid) -> bool:
    """Whether the owner is no longer an officer of the lead council."""
    return not bid_lead_officer(bid.keeper, bid)


def partner_decide(user: Any, partner: Partner) -> bool:
    """The digital lead of the partner's own council, or of the body."""
    return roles_of(user).has(Role.DIGITAL_LEAD, organisation=partner.organisation_id)


def partner_change(user: Any, partner: Partner) -> bool:
    """An officer of the lead council."""
    return bid_lead_officer(user, partner.bid)


def commitment_make(user: Any, partner: Partner) -> bool:
    """The finance approver of the partner, or its digital lead for them: the approver is named in the commitment."""
    return roles_of(user).has(Role.FINANCE, Role.DIGITAL_LEAD, organisation=partner.organisation_id)


def bid_translate(user: Any, translation: BidTranslation) -> bool:
    """Translators; a person of the demonstration in a demonstration round alone."""
    return roles_of(user).has(Role.TRANSLATOR) and (translation.submission.bid.is_demo or not user.is_demo)


def translation_write(user: Any, text: TranslatedText) -> bool:
    """A translator, and the officers of the lead council, who may correct it."""
    return bid_translate(user, text.translation) or bid_lead_officer(user, text.translation.submission.bid)


def translation_list(user: Any) -> bool:
    """Translators."""
    return roles_of(user).has(Role.TRANSLATOR)


def bid_decide(user: Any, bid: Bid) -> bool:
    """The fund manager, on what was decided; a person of the demonstration in a demonstration round alone."""
    return not bid.is_historic and fund_manage(user) and (bid.is_demo or not user.is_demo)


def round_manage(user: Any, one_round: Round) -> bool:
    """The fund manager sets up rounds made here; a person of the demonstration a demonstration round alone."""
    return not one_round.is_historic and fund_manage(user) and (one_round.is_demo or not user.is_demo)


def bid_extend(user: Any, bid: Bid) -> bool:
    """Whoever manages its round."""
    return not bid.is_historic and round_manage(user, bid.round)


def attachment_change(user: Any, attachment: Attachment) -> bool:
    """Whoever may write in the bid."""
    return bid_write(user, attachment.bid)


def enquiry_ask(user: Any, one_round: Round) -> bool:
    """Officers and digital leads of councils ask about a round; a demonstration person about a demonstration round."""
    asks = roles_of(user).has(Role.OFFICER) or roles_of(user).has(Role.DIGITAL_LEAD)
    return asks and not one_round.is_historic and (one_round.is_demo or not user.is_demo)


def enquiry_answer(user: Any, enquiry: Enquiry) -> bool:
    """Whoever manages the round that it is about."""
    return round_manage(user, enquiry.round)


ENQUIRY.allow(answer=enquiry_answer, set_aside=enquiry_answer)


def bid_merge(user: Any, bid: Bid) -> bool:
    """An officer of the council that leads a merge of this bid which all have accepted."""
    led = roles_of(user).organisation_ids(Role.OFFICER)
    return Merge.objects.of_bid(bid).filter(status=MergeStatus.ACCEPTED, lead__in=led).exists()


def bid_send_merged(user: Any, bid: Bid) -> bool:
    """An officer of the lead, of a bid that is made of two."""
    return bid_lead_officer(user, bid) and bid.merged_from.exists()


BID.allow(
    merge=bid_merge,
    send_merged=bid_send_merged,
    submit=bid_lead_officer,
    withdraw=bid_lead_officer,
    invite=bid_decide,
    refuse=bid_decide,
    award=bid_decide,
    reopen=bid_decide,
)
CONSENT.allow(
    agree=partner_decide,
    decline=partner_decide,
    sign=by_the_portal,  # after the token of the signatory's link was looked at
    refuse_by_link=by_the_portal,
    void=partner_change,
    ask_again=partner_change,
)
TRANSLATION.allow(finish=bid_translate, reopen=bid_translate)

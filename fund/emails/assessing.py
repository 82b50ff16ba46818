"""Who is told what in the sift and the panel."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from accounts.roles import Role
from wlga_portal.kernel.notify import notify, register_kind

from ..models import Assessment, Decision, Review
from ..states import TAKING_PART
from ..states.assessing import AssessmentStatus
from . import holders, name_of

register_kind("fund.assessment_assigned", subject=_("You are asked to score the bid %(reference)s: “%(title)s”"))
register_kind("fund.assessment_left", subject=_("%(person)s will not score the bid %(reference)s"))

register_kind("fund.decision_made", subject=_("The decision on the bid %(reference)s: “%(title)s”"), urgent=True)
register_kind("fund.review_asked", subject=_("%(lead)s asks for a review of the decision on %(reference)s"))
register_kind("fund.review_answered", subject=_("The answer to your review of the decision on %(reference)s"))


def managers(*, demonstration: bool) -> list[User]:
    """The fund managers of today; the invented ones hear of what is invented, and of nothing else."""
    held = Membership.objects.current().filter(role=Role.FUND_MANAGER, user__is_active=True).select_related("user")
    return [one.user for one in held if one.user.is_demo == demonstration]


def tell_assessor(assessment: Assessment) -> None:
    sent = assessment.submission
    context = {"reference": sent.reference, "title": sent.title}
    notify(assessment.assessor, "fund.assessment_assigned", url=assessment, context=context)


def tell_manager(assessment: Assessment, why: str) -> None:
    """Somebody else must score it."""
    bid = assessment.bid
    context = {
        "person": str(assessment.assessor),
        "reference": bid.reference,
        "why": why,
        "conflict": assessment.status == AssessmentStatus.CONFLICT,
    }
    for user in managers(demonstration=bid.is_demo):
        notify(user, "fund.assessment_left", url=lambda: assessors_url(assessment), context=context)


def assessors_url(assessment: Assessment) -> str:
    parts = {"slug": assessment.bid.round.slug, "stage": assessment.stage}
    return reverse("fund:assessor_list", kwargs=parts)


def tell_decision(decision: Decision) -> None:
    """The officers and the digital leads of the lead council, and the digital leads of its partners, get the letter."""
    bid = decision.bid
    context = {"reference": bid.reference, "title": bid.title, "letter": decision.letter, "lead": name_of(bid)}
    partners = [one.organisation_id for one in bid.partners.all() if one.status in TAKING_PART]
    told = {user.pk: user for role in (Role.OFFICER, Role.DIGITAL_LEAD) for user in holders(bid.lead_id, role)}
    told |= {user.pk: user for body in partners for user in holders(body, Role.DIGITAL_LEAD)}
    for user in told.values():
        notify(user, "fund.decision_made", url=decision, context=context)


def ask_review(review: Review) -> None:
    bid = review.decision.bid
    context = {"reference": bid.reference, "lead": name_of(bid), "reason": review.reason}
    for user in managers(demonstration=bid.is_demo):
        notify(user, "fund.review_asked", url=review.decision, context=context)


def tell_review(review: Review) -> None:
    """Who asked hears the answer."""
    bid = review.decision.bid
    context = {"reference": bid.reference, "title": bid.title, "answer": review.answer}
    notify(review.asked_by, "fund.review_answered", url=review.decision, context=context)

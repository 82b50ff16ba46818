"""Who is told what in the sift and the panel."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, User
from accounts.roles import Role
from wlga_portal.kernel.notify import notify, register_kind

from .models import Assessment
from .states_assessing import AssessmentStatus

register_kind("fund.assessment_assigned", subject=_("You are asked to score the bid %(reference)s: “%(title)s”"))
register_kind("fund.assessment_left", subject=_("%(person)s will not score the bid %(reference)s"))


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

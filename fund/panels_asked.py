"""What was asked and waits: commitments of money, questions to the fund manager, changes of awards."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wlga_portal.kernel.panels import Need, needs
from wlga_portal.kernel.wording import pounds

from . import rules
from .clock import closed_commitment
from .models import Commitment, Enquiry, Partner, StageKind, Variation
from .states import Consent, EnquiryStatus
from .states.awards import VariationStatus


@needs(where="fund_partner WHERE status = 'agreed' AND share_pence > 0")
def commitments_to_make(user: Any) -> Iterator[Need]:
    """For finance approvers and digital leads: shares of money that the council agreed to and did not commit yet."""
    now = timezone.now()
    held = Commitment.objects.filter(voided_at=None).values("partner")
    agreed = Partner.objects.for_commitment(user).filter(
        status=Consent.AGREED, share_pence__gt=0, bid__stage=StageKind.PROPOSALS
    )
    for partner in agreed.exclude(pk__in=held).with_bid().order_by("pk"):
        if closed_commitment(partner.bid, now):
            continue
        stage = partner.bid.writing_stage
        due = partner.bid.round.commitments_due_at or (stage.closes_at if stage else None)
        text = _("Commit your council’s share of the bid “%(title)s”") % {"title": partner.bid.title}
        url = reverse("fund:commitment_page", kwargs={"slug": partner.bid.slug, "pk": partner.pk})
        yield Need(text, url, due, pounds(partner.share_pence))


@needs
def enquiries_to_answer(user: Any) -> Iterator[Need]:
    """For the fund manager: questions of councils, by the next closing of their round."""
    if not rules.fund_manage(user):
        return
    now = timezone.now()
    asked = Enquiry.objects.visible_to(user).filter(status=EnquiryStatus.ASKED)
    for enquiry in asked.select_related("round", "organisation").prefetch_related("round__stages"):
        if rules.enquiry_answer(user, enquiry):
            ends = (stage.closes_at for stage in enquiry.round.stages.all())
            closing = [end for end in ends if end and end > now]
            text = _("Answer the question of %(council)s") % {"council": enquiry.organisation.name}
            url = reverse("fund:enquiry_edit", kwargs={"slug": enquiry.round.slug, "pk": enquiry.pk})
            yield Need(text, url, min(closing, default=None), str(enquiry.round.name))


@needs
def variations_to_answer(user: Any) -> Iterator[Need]:
    """For the fund manager: changes of awards that councils ask for."""
    if not rules.fund_manage(user):
        return
    for one in Variation.objects.visible_to(user).filter(status=VariationStatus.ASKED).select_related("award__bid"):
        text = _("Agree to the change of the award %(bid)s, or refuse it") % {"bid": one.award.bid.reference}
        yield Need(text, reverse("fund:variation_page", kwargs={"slug": one.award.bid.slug, "pk": one.pk}))

"""What the fund says of each council in one number."""

from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.measures import Measured, measure
from wlga_portal.kernel.wording import pounds

from .models import Award, AwardShare, Bid, Partner


@measure("bids_led", label=_("Bids led"), order=10)
def bids_led() -> Measured:
    """Published bids of which the council is the lead."""
    rows = Bid.objects.public().filter(lead__isnull=False).order_by().values_list("lead")
    return Measured(dict(rows.annotate(number=Count("pk"))))


@measure("bids_joined", label=_("Bids joined as a partner"), order=20)
def bids_joined() -> Measured:
    """Published bids in which it is a partner; who is only named as a possible one is not counted."""
    parts = Partner.objects.filter(bid__in=Bid.objects.public(), possible=False).order_by()
    return Measured(dict(parts.values_list("organisation").annotate(number=Count("pk"))))


@measure("awarded", label=_("Money awarded"), order=30, say=pounds, unit=100)
def awarded() -> Measured:
    """Its shares of the awards that were accepted. Where no award is published at all, nothing is known of anybody."""
    shares = AwardShare.objects.filter(award__in=Award.objects.public()).order_by()
    found = dict(shares.values_list("organisation").annotate(pence=Sum("amount_pence")))
    return Measured(found, 0 if found else None)

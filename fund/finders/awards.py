"""What a page after an award is about, found among what the person may see."""

from django.conf import settings
from django.http import HttpRequest

from ..models import Award, AwardShare, Claim, Instalment, Learning, MonitoringReport, Transaction, Variation
from ..querysets.awards import AwardQuerySet


def invented(request: HttpRequest) -> bool:
    """Whether this reader's public pages show what is invented: for the demonstration's people, where it is on."""
    return bool(settings.DEMO and getattr(request.user, "is_demo", False))


def shared(request: HttpRequest) -> AwardQuerySet:
    """The awards that this reader's public pages hold: the real ones; the invented for the demonstration's people."""
    if invented(request):
        return Award.objects.accepted().filter(bid__round__is_demo=True)
    return Award.objects.public()


def find_award(request: HttpRequest, slug: str) -> Award:
    """An award with all that is kept of it: for who has a share, and for the fund manager."""
    return Award.objects.visible_to(request.user).with_page().get(bid__slug_en=slug)


def find_shown(request: HttpRequest, slug: str) -> Award:
    """An award as everybody may read it."""
    return shared(request).with_shares().get(bid__slug_en=slug)


def find_share(request: HttpRequest, slug: str, pk: int) -> AwardShare:
    award = find_award(request, slug)
    share: AwardShare = award.shares.get(pk=pk)
    share.award = award
    return share


def find_instalment(request: HttpRequest, slug: str, pk: int) -> Instalment:
    award = find_award(request, slug)
    instalment: Instalment = award.instalments.get(pk=pk)
    instalment.award = award
    return instalment


def find_claim(request: HttpRequest, slug: str, number: int) -> Claim:
    award = find_award(request, slug)
    claim: Claim = award.claims.prefetch_related("transactions").select_related("certified_by").get(number=number)
    claim.award = award
    return claim


def find_transaction(request: HttpRequest, slug: str, number: int, pk: int) -> Transaction:
    claim = find_claim(request, slug, number)
    transaction: Transaction = claim.transactions.get(pk=pk)
    transaction.claim = claim
    return transaction


def find_report(request: HttpRequest, slug: str, pk: int) -> MonitoringReport:
    award = find_award(request, slug)
    report: MonitoringReport = award.reports.get(pk=pk)
    report.award = award
    return report


def find_variation(request: HttpRequest, slug: str, pk: int) -> Variation:
    award = find_award(request, slug)
    variation: Variation = award.variations.select_related("asked_by").get(pk=pk)
    variation.award = award
    return variation


def find_learning(request: HttpRequest, slug: str, pk: int) -> Learning:
    award = find_award(request, slug)
    learning: Learning = award.learnings.get(pk=pk)
    learning.award = award
    return learning

"""The parts of a snapshot beside answers and partners: costs, citations, commitments that hold."""

from typing import Any

from fund.models import Bid, Commitment


def costs_of(bid: Bid) -> list[dict[str, Any]]:
    """Every line of the costs, in their order; amounts in pence, net of recoverable VAT."""
    return [
        {
            "category": line.category.key,
            "category_en": line.category.name.en,
            "category_cy": line.category.name.cy,
            "organisation": line.organisation.slug_en,
            "organisation_en": line.organisation.name.en,
            "organisation_cy": line.organisation.name.cy,
            "year": line.year,
            "kind": line.kind,
            "funding": line.funding,
            "note": line.note,
            "amount_pence": line.amount_pence,
        }
        for line in bid.costs.select_related("category", "organisation")
    ]


def citations_of(bid: Bid) -> list[dict[str, Any]]:
    """What it builds on."""
    return [
        {"bid": citation.source.slug_en, "heading": citation.source.heading}
        if citation.source
        else {"title": citation.title, "link": citation.link}
        for citation in bid.citations.select_related("source")
    ]


def commitments_of(bid: Bid) -> list[dict[str, Any]]:
    """The commitments of money that hold; their approvers by the row's id, since names stand outside what is frozen."""
    held = Commitment.objects.filter(partner__bid=bid, voided_at=None).select_related("partner__organisation")
    return [
        {
            "id": one.pk,
            "partner": one.partner.organisation.slug_en,
            "share_pence": one.share_pence,
            "post": one.post,
            "decided_on": one.decided_on.isoformat(),
            "authority": one.authority,
            "reference": one.reference,
        }
        for one in held.order_by("partner__order", "pk")
    ]

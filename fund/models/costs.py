"""What a bid costs: line by line, so that every total leads to its rows."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisations.models import Organisation
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.versions import VersionedModel

from .bids import HELD, Bid
from .form_items import CostCategory


class CostKind(models.TextChoices):
    """Running costs, or what lasts."""

    REVENUE = "revenue", pgettext_lazy("kind of cost", "Revenue")
    CAPITAL = "capital", pgettext_lazy("kind of cost", "Capital")


class Funding(models.TextChoices):
    """Who pays: the fund, or a council or body itself."""

    FUND = "fund", _("The fund")
    MATCH = "match", _("Match funding")


@tracked()
class CostLine(VersionedModel):
    """One cost in one financial year (April to March), in pence, net of VAT that the organisation can recover.

    `organisation` is the lead or a partner of the bid: who spends it, and for match funding also who pays it.
    """

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="costs")
    category = models.ForeignKey(
        CostCategory,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=pgettext_lazy("kind of cost", "Category"),
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("Council or body")
    )
    year = models.CharField(_("Financial year"), max_length=7)
    kind = models.CharField(_("Revenue or capital"), max_length=7, choices=CostKind.choices)
    funding = models.CharField(_("Paid by"), max_length=5, choices=Funding.choices, default=Funding.FUND)
    note = models.CharField(_("What it is for"), max_length=200)
    amount_pence = models.BigIntegerField(_("Amount"))

    class Meta:
        ordering: ClassVar[list[str]] = ["year", "category__order", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="cost_line_has_an_amount", condition=Q(amount_pence__gt=0)),
            models.CheckConstraint(name="cost_line_kind_known", condition=Q(kind__in=CostKind.values)),
            models.CheckConstraint(name="cost_line_funding_known", condition=Q(funding__in=Funding.values)),
            models.CheckConstraint(name="cost_line_year_is_a_year", condition=Q(year__regex=r"^20[0-9]{2}-[0-9]{2}$")),
            models.CheckConstraint(name="cost_line_says_what_for", condition=~Q(note="")),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="of_the_form",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                func=f"""
                IF NOT EXISTS (SELECT FROM fund_bid b JOIN fund_costcategory c
                    ON c.round_id = b.round_id AND c.form_version = b.form_version
                    WHERE b.id = NEW.bid_id AND c.id = NEW.category_id) THEN
                    RAISE EXCEPTION 'the category is of another form' {HELD} 'cost_line_category_of_the_form'; END IF;
                IF NOT EXISTS (SELECT FROM fund_bid b WHERE b.id = NEW.bid_id AND b.lead_id = NEW.organisation_id)
                    AND NOT EXISTS (SELECT FROM fund_partner p
                        WHERE p.bid_id = NEW.bid_id AND p.organisation_id = NEW.organisation_id) THEN
                    RAISE EXCEPTION 'the organisation is not in the bid' {HELD} 'cost_line_of_who_takes_part'; END IF;
                RETURN NEW;
                """,  # noqa: S608  our own words only
            )
        ]

    def __str__(self) -> str:
        return f"{self.year}: {self.note}"

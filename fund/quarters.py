"""The quarters of a financial year (April to March), and what the return to Welsh Government says of one."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from .models import Award
from .states.awards import AwardStatus


@dataclass(frozen=True, slots=True)
class Quarter:
    """`year` is that in which the financial year begins; `number` 1 is April to June."""

    year: int
    number: int

    @property
    def first(self) -> date:
        month = 3 * self.number + 1
        return date(self.year + (month > 12), (month - 1) % 12 + 1, 1)

    @property
    def last(self) -> date:
        following = Quarter(self.year + (self.number == 4), self.number % 4 + 1)
        return following.first - timedelta(days=1)

    @property
    def financial_year(self) -> str:
        return f"{self.year}-{(self.year + 1) % 100:02d}"


def quarter_of(day: date) -> Quarter:
    """The quarter in which a day stands."""
    year = day.year if day.month >= 4 else day.year - 1
    return Quarter(year, (day.month - 4) % 12 // 3 + 1)


def rows_of(quarter: Quarter, *, demonstration: bool) -> list[dict[str, Any]]:
    """A row for each award that was made by the end of the quarter: awarded, paid in it, paid by its end, planned next.

    Money in pence. Two queries beside the awards'.
    """
    awards = Award.objects.filter(bid__round__is_demo=demonstration, awarded_on__lte=quarter.last)
    awards = awards.exclude(status=AwardStatus.TURNED_DOWN).select_related("bid__lead", "bid__round")
    following = Quarter(quarter.year + (quarter.number == 4), quarter.number % 4 + 1)
    rows = []
    for award in awards.prefetch_related("payments", "instalments").order_by("bid__reference"):
        paid = [one for one in award.payments.all() if one.paid_on <= quarter.last]
        total = sum(one.amount_pence for one in paid)
        planned = [one for one in award.instalments.all() if following.first <= one.due_on <= following.last]
        rows.append(
            {
                "reference": award.bid.reference,
                "title": award.bid.title,
                "language": award.bid.language,
                **{f"lead_{language}": getattr(award.bid.lead, f"name_{language}", "") for language in ("en", "cy")},
                "awarded_pence": award.amount_pence,
                "paid_in_quarter_pence": sum(one.amount_pence for one in paid if one.paid_on >= quarter.first),
                "paid_pence": total,
                "planned_next_pence": sum(one.amount_pence for one in planned),
                "left_pence": award.amount_pence - total,
            }
        )
    return rows

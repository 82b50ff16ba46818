"""What the demonstration's annual report needs: a promise that the training register counts, and a frozen report."""

from typing import Any

from .actions.reports import report_freeze
from .models import Deliverable, DeliveryPlan
from .states import Measure


def load_report(plan: DeliveryPlan, people: dict[str, Any]) -> None:
    """In the transaction of the demonstration's plan."""
    Deliverable.objects.create(
        plan=plan,
        position=plan.deliverables.count() + 1,
        slug_en="demo-officers-trained",
        slug_cy="enghraifft-swyddogion-a-hyfforddwyd",
        title_en="Officers trained in the demonstration’s courses",
        title_cy="Swyddogion a hyfforddwyd yn y cyrsiau enghreifftiol",
        target=20,
        unit_en="officers",
        unit_cy="swyddogion",
        unit_forms={"en": {"one": "officer", "other": "officers"}, "cy": {"other": "swyddog"}},
        measured_by=Measure.OFFICERS,
        evidence_en="The registers of the sessions.",
        evidence_cy="Cofrestrau’r sesiynau.",
    )
    report_freeze(plan, by=people["team"])

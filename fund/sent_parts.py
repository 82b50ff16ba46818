"""The parts of a snapshot for whoever reads it: answers under their sections, and what its short words are called."""

from collections.abc import Callable
from typing import Any

from .models import Section
from .models.answers import Effect
from .models.costs import CostKind, Funding

Part = dict[str, Any]


def by_section(snapshot: Part, told: Callable[[Part], Part]) -> list[tuple[str, list[Part]]]:
    """The answers, each as `told` tells it, under the names of their sections, in the order of the form."""
    sections: dict[str, list[Part]] = {}
    for answer in snapshot["answers"]:
        sections.setdefault(str(Section(answer["section"]).label), []).append(told(answer))
    return list(sections.items())


def effect_of(answer: Part) -> str:
    """Whether the answer to an implication says that there is an effect; '' for another answer."""
    effect = answer.get("effect", "")
    return str(Effect(effect).label) if effect else ""


def cost_lines(snapshot: Part, told: Callable[[int, Part], Part]) -> list[Part]:
    """The lines of the costs, in pence net of recoverable VAT: what `told` says of each (by its number, from 1), with
    its year, its sum, and what its kind and who pays are called."""
    return [
        {
            **told(number, line),
            "note": line["note"],
            "year": line["year"],
            "kind": str(CostKind(line["kind"]).label),
            "funding": str(Funding(line["funding"]).label),
            "amount_pence": line["amount_pence"],
        }
        for number, line in enumerate(snapshot.get("costs", ()), 1)
    ]

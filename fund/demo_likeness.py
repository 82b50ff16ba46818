"""A round of the demonstration that asks for interest: two bids about one problem with a merge proposed, two that
became one, and a council that has a problem too. Loaded once; a second time changes nothing."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from organisations.models import Organisation

from .actions import likeness, merging
from .demo_assessing import DAY, NEEDED, make_bid, make_round
from .merging import terms_of
from .models import Bid, Merge, Round, Stage, StageKind
from .problems import problem_store

STEM = "DEMOSHARED"
# who writes, in which language, title, problem, proposal, the amount in pounds
SAME = (
    (
        "torfaen", "en", "Missed bins that nobody hears of",
        "Crews write on paper why a bin was not emptied. The contact centre cannot see it, so residents call twice.",
        "Crews note it on a phone, and residents are told at once.", 60_000,
    ),
    (
        "cardiff", "cy", "Biniau heb eu casglu",
        "Mae criwiau’n nodi ar bapur pam na chasglwyd bin. Ni all y ganolfan gyswllt weld hynny, a ffonia pobl.",
        "Dangos y rheswm i’r ganolfan gyswllt yr un diwrnod.", 40_000,
    ),
)  # fmt: skip
ONE = (
    (
        "cardiff", "en", "Places in swimming lessons",
        "Parents wait for months although other swimming classes have places. Each pool keeps its own list.",
        "One list of places for all pools.", 50_000,
    ),
    (
        "torfaen", "en", "Swimming classes that look full",
        "Lists for swimming lessons are kept at each pool. Children wait while classes elsewhere have places.",
        "Show the free places of every pool.", 30_000,
    ),
)  # fmt: skip
ALONE = (
    "cardiff", "en", "Foster carers' mileage",
    "Foster carers post their claims for mileage and are paid six weeks later.", "Claims from a phone.", 25_000,
)  # fmt: skip


def load_demo(people: Mapping[str, Any]) -> None:
    """Where the people that it needs are there, and it is not loaded yet."""
    if not people.keys() >= NEEDED or Round.objects.filter(reference_stem=STEM).exists():
        return
    names = (
        "Demonstration round that asks who shares a problem",
        "Rownd enghreifftiol sy’n gofyn pwy sy’n rhannu problem",
    )
    slugs = ("demonstration-shared", "rhannu-enghreifftiol")
    one_round = make_round(STEM, names, slugs, StageKind.STATEMENTS, 2)
    closed = one_round.stages.get(kind=StageKind.STATEMENTS).closes_at
    Stage.objects.create(round=one_round, kind=StageKind.INTEREST, opens_at=closed, closes_at=closed + 16 * DAY)
    same, one, alone = ([sent(one_round, fact, people) for fact in facts] for facts in (SAME, ONE, (ALONE,)))
    cardiff, torfaen = (Organisation.objects.get(slug_en=council) for council in ("cardiff", "torfaen"))
    officers = {"cardiff": people["officer-cardiff"], "torfaen": people["officer-torfaen"]}
    merging.merge_propose(
        first=same[0], second=same[1], lead=torfaen, message="Both of us hear of missed bins too late.",
        by=officers["torfaen"],
    )  # fmt: skip
    merge = merging.merge_propose(
        first=one[0], second=one[1], lead=cardiff, message="One list for all pools would serve both councils.",
        by=officers["cardiff"],
    )  # fmt: skip
    for lead in ("lead-torfaen", "lead-cardiff"):
        terms = terms_of(Merge.objects.with_page().get(pk=merge.pk))
        merging.merge_accept(merge=merge, terms=terms, by=people[lead])
    merging.text_choose(
        merge=merge, key="proposal", choice="new", text="One list of the free places of every pool.",
        by=officers["torfaen"],
    )  # fmt: skip
    made = merging.merge_complete(merge=merge, by=officers["cardiff"])
    likeness.interest_say(
        bid=alone[0], organisation=torfaen, joining="maybe", comment="Our carers post their claims too.",
        by=officers["torfaen"],
    )  # fmt: skip
    likeness.join_ask(bid=alone[0], organisation=torfaen, message="May we try it with you?", by=officers["torfaen"])
    likeness.separate_say(
        bid=same[0], other=made, reason="Bins are not lessons: only the lists are alike.", by=officers["torfaen"]
    )


def sent(one_round: Round, fact: tuple[Any, ...], people: Mapping[str, Any]) -> Bid:
    """A bid as it was sent, without a partner, known to the search for similar ones."""
    bid = make_bid(one_round, fact, people, timezone.now() - 3 * DAY, alone=True)
    problem_store(bid)
    return bid

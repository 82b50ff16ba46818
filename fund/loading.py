"""Loads the facts of the fund (`programme/facts/fund.yaml`). A second time changes only what the facts changed."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from organisations.models import Organisation
from wlga_portal.kernel.audit import audited

from .models import Bid, Fund, Partner, Round, StatedProcess, Topic
from .problems import problem_store
from .states import Consent

Facts = Mapping[str, Any]
WHY = "facts of the programme"


def sides(name: str, text: Facts | None) -> dict[str, str]:
    """Both columns of a text; empty where the facts give none."""
    return {f"{name}_{language}": (text or {}).get(language, "") for language in ("en", "cy")}


def load(facts: Mapping[str, Facts], by: Any = None) -> None:
    """Load the fund, its historic round with topics and progressed bids, and how that round ran."""
    given = facts["fund"]
    with audited(by=by, why=WHY):
        one_round = load_round(given, load_fund(given["fund"]))
        topics = {
            fact["slug"]["en"]: load_topic(fact, one_round, order) for order, fact in enumerate(given["topics"], 1)
        }
        bodies = {body.slug_en: body for body in Organisation.objects.all()}
        for fact in given["bids"]:
            bid = load_bid(fact, one_round, topics)
            load_partners(fact, bid, bodies)
            problem_store(bid)
        load_process(given["round_as_run"], one_round)


def load_fund(fact: Facts) -> Fund:
    fund, _made = Fund.objects.update_or_create(
        slug_en=fact["slug"]["en"],
        defaults={
            "slug_cy": fact["slug"]["cy"],
            "created_year": fact["created_year"],
            **sides("name", fact["name"]),
            **sides("previous_manager", fact["previously_managed_by"]),
            **sides("known_pain", fact["known_pain"]),
            **sides("support", fact["support"]),
        },
    )
    return fund


def load_round(given: Facts, fund: Fund) -> Round:
    fact, source = given["round"], given["source"]
    one_round, _made = Round.objects.update_or_create(
        slug_en=fact["slug"]["en"],
        defaults={
            "slug_cy": fact["slug"]["cy"],
            "fund": fund,
            "year": fact["year"],
            "budget_pence": fact["budget_pence"],
            "consent_required": False,
            "published_at": datetime.combine(source["date"], datetime.min.time(), UTC),
            "source_date": source["date"],
            "is_historic": True,
            **sides("name", fact["title"]),
            **sides("run_as", fact["run_as"]),
            **sides("applications", fact["applications"]),
            **sides("source", source["title"]),
        },
    )
    return one_round


def load_topic(fact: Facts, one_round: Round, order: int) -> Topic:
    topic, _made = Topic.objects.update_or_create(
        round=one_round,
        slug_en=fact["slug"]["en"],
        defaults={"slug_cy": fact["slug"]["cy"], "order": order, **sides("name", fact["title"])},
    )
    return topic


def load_bid(fact: Facts, one_round: Round, topics: Mapping[str, Topic]) -> Bid:
    bid, _made = Bid.objects.update_or_create(
        slug_en=fact["slug"]["en"],
        defaults={
            "slug_cy": fact["slug"]["cy"],
            "round": one_round,
            "topic": topics[fact["topic"]],
            "topic_inferred": fact["topic_inferred"],
            "status": fact["status"],
            "amount_pence": fact["amount_pence"],
            "is_historic": True,
            "order": fact["number"],
            **sides("label", fact["label"]),
            **sides("problem", fact["problem"]),
            **sides("proposal", fact["proposal"]),
        },
    )
    return bid


def load_partners(fact: Facts, bid: Bid, bodies: Mapping[str, Organisation]) -> None:
    """The councils and bodies of a historic bid; which of them led it is not published, so all stand as partners."""
    named = [(slug, False) for slug in [*fact["councils"], *fact["other_partners"]]]
    named += [(slug, True) for slug in fact["possible_partners"]]
    for order, (slug, possible) in enumerate(named, 1):
        Partner.objects.update_or_create(
            bid=bid,
            organisation=bodies[slug],
            defaults={"status": Consent.UNKNOWN, "order": order, "possible": possible},
        )


def load_process(fact: Facts, one_round: Round) -> None:
    StatedProcess.objects.update_or_create(
        round=one_round,
        defaults={
            "statements_received": fact["statements_received"],
            "statements_expected": fact["statements_expected_about"],
            "interest_window_weeks": fact["interest_window_weeks"],
            "sift_hours": fact["sift_hours"],
            "shortlisted": fact["shortlisted"],
            "to_panel": fact["to_panel"],
            **sides("source", fact["source"]),
            **sides("statements_expected_words", fact["statements_expected"]),
            **sides("sift", fact["sift"]),
            **sides("merged", fact["merged"]),
        },
    )

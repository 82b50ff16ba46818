"""What is held on a bid, found by walking the models that point at it: nothing that is added later can be forgotten.

Every row of the fund that leads to the bid is gathered by itself, but for two kinds. What its councils are writing is
theirs until they send it (`WRITTEN`, while the bid can be written in), and so are their working papers (`PAPERS`): the
portal holds these for the councils, and says how many there are; so it does with what they have begun after an award
(`UNSENT`). A row that also names another bid is gathered where the fund manager may know of that one.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Q

from organisations.models import Organisation

from .models import (
    Answer,
    Assignment,
    Attachment,
    Bid,
    Citation,
    Claim,
    Comment,
    CommentLink,
    Confidentiality,
    CostLine,
    Extension,
    Happening,
    Learning,
    MergeText,
    MonitoringReport,
    Partner,
    Submission,
    SubmittedFile,
    Transaction,
)
from .states import SENT_STATUSES, BidStatus
from .states.awards import ClaimStatus, ReportStatus

# told in files of their own: submissions, timeline, more-time, files
TOLD = frozenset({Submission, Happening, Extension, Attachment, SubmittedFile})
# as it was sent it stands in the submission; while the bid can be written in, the rows are its councils'
WRITTEN = frozenset({Answer, Partner, CostLine, Citation, Confidentiality})
PAPERS = frozenset({Assignment, Comment, CommentLink, MergeText})
# after an award: what its councils have begun and not sent, or not published
UNSENT: dict[type[models.Model], Q] = {
    Claim: Q(status=ClaimStatus.DRAFT),
    Transaction: Q(claim__status=ClaimStatus.DRAFT),
    MonitoringReport: Q(status=ReportStatus.DUE),
    Learning: Q(published_on=None),
}
# keys of links, addresses of people, and what is computed from texts that are there
LEFT_OUT = frozenset({"sha256", "email", "vector"})
KEPT_HASHES = frozenset({"Addendum", "ScoreSheet"})  # of what was sent, not of a secret

Model = type[models.Model]


def of_the_fund(model: Model) -> list[models.ForeignKey[Any, Any]]:
    """The columns of a model that lead to another one of the fund."""
    return [
        field
        for field in model._meta.concrete_fields
        if isinstance(field, models.ForeignKey) and field.related_model._meta.app_label == "fund"
    ]


def held_models() -> dict[Model, tuple[str, ...]]:
    """Every model of the fund from which columns lead to a bid, with the ways there (`assessment__bid`)."""
    everything = [
        model for model in apps.get_app_config("fund").get_models() if not hasattr(model, "pgh_tracked_model")
    ]
    known: dict[Model, tuple[str, ...]] = {}
    found = True
    while found:
        found = False
        for model in everything:
            if model is Bid or model in known:
                continue
            ways = [field.name for field in of_the_fund(model) if field.related_model is Bid]
            if not ways:
                behind = [field for field in of_the_fund(model) if field.related_model in known]
                ways = [f"{field.name}__{way}" for field in behind for way in known[field.related_model]]
            if ways:
                known[model], found = tuple(ways), True
    return known


def rows_held(model: Model, ways: tuple[str, ...], bid: Bid) -> "models.QuerySet[Any]":
    """The rows of a model that lead to this bid by any of the ways, and to no other that is not known of."""
    rows = model._base_manager.filter(*[Q(*[Q(**{way: bid}) for way in ways], _connector=Q.OR)])
    for way in ways if len(ways) > 1 else ():
        known = Q(**{f"{way}__status__in": [*SENT_STATUSES, BidStatus.MERGED]}) | Q(**{f"{way}__is_historic": True})
        rows = rows.filter(Q(**{way: None}) | Q(**{way: bid}) | known)
    return rows.distinct().order_by("pk")


def gathered_rows(bid: Bid) -> Iterator[tuple[str, list[dict[str, Any]]]]:
    """Each kind of rows with its name, where there are any."""
    for model, ways in held_models().items():
        if model in TOLD | PAPERS or (model in WRITTEN and bid.is_writable):
            continue
        held = rows_held(model, ways, bid)
        rows = [told(row) for row in (held.exclude(UNSENT[model]) if model in UNSENT else held)]
        if rows:
            yield name_of(model), rows


def kept_back(bid: Bid) -> Iterator[tuple[str, int]]:
    """The working papers of its councils: what they are called, and how many there are."""
    for model, ways in held_models().items():
        if model in PAPERS or model in UNSENT or (model in WRITTEN and bid.is_writable):
            count = rows_held(model, ways, bid).filter(UNSENT.get(model, Q())).count()
            if count:
                yield name_of(model), count


def name_of(model: Model) -> str:
    """`ScoreSheet` is `score-sheet`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", model.__name__).lower()


def told(row: models.Model) -> dict[str, Any]:
    """A row as plain data: people and organisations by name beside their number."""
    hidden = LEFT_OUT - {"sha256"} if type(row).__name__ in KEPT_HASHES else LEFT_OUT
    said: dict[str, Any] = {}
    for field in row._meta.concrete_fields:
        if field.name in hidden:
            continue
        value = getattr(row, field.attname)
        said[field.name] = value
        if value is not None and isinstance(field, models.ForeignKey):
            thing = getattr(row, field.name)
            if isinstance(thing, Organisation):
                said[f"{field.name}_en"], said[f"{field.name}_cy"] = thing.name.en, thing.name.cy
            else:
                said[f"{field.name}_is"] = str(thing)
    return said

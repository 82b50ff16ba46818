"""The invariants of what belongs to writing a bid, and what happens to a row that would break each."""

from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from tests.factories.bidding import (
    AddendumFactory,
    AssignmentFactory,
    BidTranslationFactory,
    CitationFactory,
    CommentFactory,
    CommentLinkFactory,
    CommitmentFactory,
    CostLineFactory,
    HappeningFactory,
    SignatoryFactory,
    TranslatedTextFactory,
)
from tests.factories.fund import BidFactory, CostCategoryFactory, HistoricBidFactory
from tests.factories.people import CouncilFactory

from .test_constraints import changed, refused

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.mark.parametrize(
    ("name", "factory", "values"),
    [
        ("assignment_completed_when_and_by_whom", AssignmentFactory, {"completed_at": NOW}),
        ("cost_line_has_an_amount", CostLineFactory, {"amount_pence": 0}),
        ("cost_line_kind_known", CostLineFactory, {"kind": "other"}),
        ("cost_line_funding_known", CostLineFactory, {"funding": "luck"}),
        ("cost_line_year_is_a_year", CostLineFactory, {"year": "2026/27"}),
        ("cost_line_says_what_for", CostLineFactory, {"note": ""}),
        ("citation_names_one_thing", CitationFactory, {"title": ""}),
        ("comment_link_has_a_token", CommentLinkFactory, {"sha256": "plain"}),
        ("comment_link_says_for_whom", CommentLinkFactory, {"name": ""}),
        ("bid_comment_says_something", CommentFactory, {"text": ""}),
        ("comment_by_one", CommentFactory, {"by": None}),
        ("comment_done_when_and_by_whom", CommentFactory, {"done_at": NOW}),
        ("signatory_has_a_token", SignatoryFactory, {"sha256": "plain"}),
        ("commitment_of_money", CommitmentFactory, {"share_pence": 0}),
        ("commitment_names_approver_and_reference", CommitmentFactory, {"reference": ""}),
        ("commitment_post_known", CommitmentFactory, {"post": "friend"}),
        ("commitment_authority_known", CommitmentFactory, {"authority": "none"}),
        ("commitment_recorded_by_one", CommitmentFactory, {"recorded_by": None}),
        ("commitment_void_says_why", CommitmentFactory, {"voided_at": NOW}),
        ("bid_translation_status_known", BidTranslationFactory, {"status": "lost"}),
        ("bid_translation_done_when_and_by_whom", BidTranslationFactory, {"done_at": NOW}),
        ("translated_text_has_a_source", TranslatedTextFactory, {"source": ""}),
        ("translated_text_corrected_when_and_by_whom", TranslatedTextFactory, {"corrected_at": NOW}),
    ],
)
def test_a_row_keeps_its_invariant(name, factory, values):
    refused(name, changed(factory(), **values))


def test_an_addendum_says_something_and_has_its_hash_and_its_number():
    refused("addendum_says_something", lambda: AddendumFactory(about=""))
    refused("addendum_has_its_hash", lambda: AddendumFactory(sha256="0" * 64))
    first = AddendumFactory()
    again = {"submission": first.submission, "number": 1}
    refused("addendum_numbered_once", lambda: AddendumFactory(**again))


@pytest.mark.parametrize("factory", [AddendumFactory, HappeningFactory])
def test_what_was_sent_or_happened_is_never_changed(factory):
    row = factory()
    for write in (lambda: type(row).objects.update(at=NOW), lambda: type(row).objects.filter(pk=row.pk).delete()):
        with pytest.raises(ProgrammingError), transaction.atomic():
            write()


def test_one_commitment_and_one_signatory_hold_at_a_time():
    commitment = CommitmentFactory()
    refused("commitment_one_at_a_time", lambda: CommitmentFactory(partner=commitment.partner))
    signatory = SignatoryFactory()
    refused("signatory_one_at_a_time", lambda: SignatoryFactory(partner=signatory.partner))


def test_a_bid_cites_another_bid_once_and_never_itself():
    old = HistoricBidFactory()
    citation = CitationFactory(title="", source=old)
    again: dict[str, Any] = {"bid": citation.bid, "source": old, "title": ""}
    refused("citation_once_in_a_bid", lambda: CitationFactory(**again))
    refused("citation_of_another_bid", changed(citation, source=citation.bid))


def test_a_text_is_translated_once():
    text = TranslatedTextFactory()
    refused("translated_text_once", lambda: TranslatedTextFactory(translation=text.translation, key=text.key))


def test_a_cost_is_of_the_bids_own_form_and_of_who_takes_part():
    bid = BidFactory()
    refused("cost_line_category_of_the_form", lambda: CostLineFactory(bid=bid, category=CostCategoryFactory()))
    refused("cost_line_of_who_takes_part", lambda: CostLineFactory(bid=bid, organisation=CouncilFactory()))


def test_a_link_is_unique():
    link = CommentLinkFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        CommentLinkFactory(sha256=link.sha256)

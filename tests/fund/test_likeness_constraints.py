"""What the database refuses of similar bids, interest and merges, each rule by its name."""

import pytest
from django.db import IntegrityError, transaction

from fund.models import Merge
from tests.factories.fund import BidFactory
from tests.factories.likeness import (
    InterestFactory,
    JoinRequestFactory,
    LikenessFactory,
    MergeConsentFactory,
    MergeFactory,
    MergeTextFactory,
    ProblemTextFactory,
    SeparateReasonFactory,
)

pytestmark = pytest.mark.django_db


def again(factory, *names):
    """A second row with the same values in these columns."""
    first = factory()
    return factory(**{name: getattr(first, name) for name in names})


def done_without_its_bid():
    Merge.objects.filter(pk=MergeFactory().pk).update(status="merged")


def of_no_known_status():
    Merge.objects.filter(pk=MergeFactory().pk).update(status="lost")


BROKEN = {
    "merge_status_known": of_no_known_status,
    "bid_merged_into_another": lambda: BidFactory(merged_into=BidFactory()),
    "problemtext_once_in_a_language": lambda: again(ProblemTextFactory, "bid", "language"),
    "problemtext_vector_names_its_model": lambda: ProblemTextFactory(vector=b"1"),
    "likeness_once_in_a_pair": lambda: again(LikenessFactory, "bid", "other"),
    "likeness_of_two_bids": lambda: LikenessFactory(bid=(one := BidFactory()), other=one),
    "separatereason_once_in_a_pair": lambda: again(SeparateReasonFactory, "bid", "other"),
    "separatereason_of_two_bids": lambda: SeparateReasonFactory(bid=(one := BidFactory()), other=one),
    "separatereason_says_why": lambda: SeparateReasonFactory(reason=""),
    "joinrequest_one_of_a_council": lambda: again(JoinRequestFactory, "bid", "organisation"),
    "joinrequest_says_something": lambda: JoinRequestFactory(message=""),
    "interest_one_of_a_council": lambda: again(InterestFactory, "bid", "organisation"),
    "interest_joining_known": lambda: InterestFactory(joining="so"),
    "merge_of_two_bids": lambda: MergeFactory(first=(one := BidFactory()), second=one),
    "merge_done_has_its_bid": done_without_its_bid,
    "merge_open_once_for_the_first": lambda: again(MergeFactory, "first"),
    "merge_open_once_for_the_second": lambda: again(MergeFactory, "second"),
    "mergeconsent_one_of_an_authority": lambda: again(MergeConsentFactory, "merge", "organisation"),
    "mergeconsent_to_known_terms": lambda: MergeConsentFactory(terms="these"),
    "mergetext_one_to_a_question": lambda: again(MergeTextFactory, "merge", "key"),
    "mergetext_choice_known": lambda: MergeTextFactory(choice="any"),
    "mergetext_new_has_its_wording": lambda: MergeTextFactory(choice="first", text="Other words"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_row_that_breaks_the_rule_is_refused_by_name(name):
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        BROKEN[name]()
    assert name in str(refused.value)

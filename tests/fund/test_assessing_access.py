"""Who opens which page of the sift and the panel, and who sends its forms."""

import pytest
from django.utils import timezone

from accounts.roles import Role
from fund.urls_assessing import urlpatterns
from tests.factories.fund_assessing import DecisionFactory, ReviewFactory, assessor, scored
from tests.factories.people import person

from .conftest import url

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("unrendered")
def test_each_page_is_for_whom_it_is(signed_in):
    row = scored()
    bid, number = row.bid, row.scores.first().pk
    people = {
        "assessor": row.assessor,
        "other_assessor": assessor(),
        "own_assessor": assessor(organisation=bid.lead),
        "manager": person(Role.FUND_MANAGER),
        "invented": person(Role.FUND_MANAGER, demo_slug="invented"),
        "officer": bid.started_by,
        "team": person(Role.TEAM),
        "board": person(Role.BOARD_MEMBER),
        "anonymous": None,
    }
    assessors, manager = {"assessor", "other_assessor", "own_assessor"}, {"manager"}
    review = ReviewFactory(decision=DecisionFactory(
        bid=bid, status="applied", applied_at=timezone.now(), applied_by=people["manager"], standing={"scores": []}
    ))  # fmt: skip
    decision, on_bid = review.decision, ({"slug": bid.slug, "stage": "sift"}, manager, {"invented", "officer"})
    stage = {"slug": bid.round.slug_en, "stage": "sift"}
    own, managing = ({"pk": row.pk}, {"assessor"}, set()), (stage, manager, set(people) - manager)
    # address -> its parts, who gets it, and who knows that it is there and may not use it
    table = {
        "assessment_own": ({}, assessors, set(people) - assessors),
        "assessment_page": own,
        "assessment_leave": own,
        "assessment_draft": own,
        "score_correct": ({"pk": row.pk, "number": number}, {"assessor"}, set()),
        "assessor_list": managing,
        "panel_page": managing,
        "decision_list": managing,
        "decision_apply": managing,
        "moderation_add": on_bid,
        "decision_edit": on_bid,
        "decision_page": ({"pk": decision.pk}, manager | {"officer", "invented"}, set()),
        "decision_letter": ({"pk": decision.pk}, manager | {"officer", "invented"}, set()),
        "decision_replay": ({"pk": decision.pk}, manager, {"officer", "invented"}),
        "review_ask": ({"pk": review.decision_id}, set(), {"officer", "manager", "invented"}),
        "review_answer": ({"pk": review.decision_id}, manager, {"officer", "invented"}),
        "assessment_remove": ({"pk": row.pk}, manager, {"invented"}),
    }
    assert set(table) == {pattern.name for pattern in urlpatterns}
    for who, user in people.items():
        client = signed_in(user)
        for name, (parts, may, known) in table.items():
            post = name in {"assessment_draft", "assessment_remove", "decision_apply"}
            status = (client.post if post else client.get)(url(name, **parts)).status_code
            if user is None:
                wanted = {302}
            elif who in may:
                wanted = {200, 302, 409}
            else:
                wanted = {403} if who in known else {404}
            if who == "assessor" and name == "assessment_remove":
                wanted = {403}  # their own is there for them, and not theirs to take back
            assert status in wanted, (who, name, status)

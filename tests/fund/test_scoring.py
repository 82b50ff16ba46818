"""Scoring: drafts, handing in with what was read, who sees whose scores, corrections."""

from typing import Any

import pytest
from django.db import ProgrammingError, transaction

from accounts.roles import Role
from fund.actions import scores
from fund.models import Assessment, Score, ScoreSheet
from fund.reading import digest_of, shown_to_assessor
from tests.factories.fund import CriterionFactory, SubmissionFactory
from tests.factories.fund_assessing import (
    ScoreFactory,
    ScoreSheetFactory,
    assessor,
    assigned,
    closed_round,
    scored,
    sent,
)
from tests.factories.people import person
from wlga_portal.kernel.models import Draft
from wlga_portal.kernel.workflow import NotAllowed, Refused

from .conftest import url
from .test_constraints import refused

pytestmark = pytest.mark.django_db


def filled(row: Assessment, points: str = "4", **more: str) -> dict[str, Any]:
    criteria = row.bid.round.criteria_of(row.stage)
    data = {f"points_{one.pk}": points for one in criteria}
    return data | {f"comment_{one.pk}": "Well argued." for one in criteria} | more


def test_scores_are_drafted_for_the_assessor_alone_and_come_back(signed_in):
    row = assigned()
    client, first = signed_in(row.assessor), row.bid.round.criteria.first()
    answer = client.post(url("assessment_draft", pk=row.pk), {f"comment_{first.pk}": "Half a thou", "other": "x"})
    assert answer.json()["saved_at"]
    assert Draft.objects.get(key=row.draft_key).data == {f"comment_{first.pk}": "Half a thou"}
    assert "Half a thou" in client.get(url("assessment_page", pk=row.pk)).content.decode()
    assert not Score.objects.exists()
    page = client.post(url("assessment_page", pk=row.pk), filled(row, points="2"), follow=True).content.decode()
    assert "Saved at" in page
    assert not Score.objects.exists()


def test_handing_in_needs_every_score_with_its_comment_and_keeps_what_was_typed(signed_in):
    row = assigned()
    one, two = row.bid.round.criteria.all()
    client = signed_in(row.assessor)
    data = {f"points_{one.pk}": "4", f"comment_{one.pk}": "Good.", "hand_in": "1", "read": digest_of(row, "en")}
    page = client.post(url("assessment_page", pk=row.pk), data).content.decode()
    assert f"Choose an answer to “{two.name}”." in page
    assert f"Say why you give this score: {two.name}." in page
    assert "Good." in page
    assert not ScoreSheet.objects.exists()


@pytest.mark.parametrize("language", ["en", "cy"])
def test_what_was_read_is_kept_word_for_word_in_its_language(signed_in, language):
    row = assigned(sent(language="cy", title="Un cof cyfieithu"))
    client = signed_in(row.assessor)
    data = filled(row, hand_in="1", read=digest_of(row, language))
    client.post(url("assessment_page", language, pk=row.pk), data)
    sheet = ScoreSheet.objects.get()
    assert (sheet.language, sheet.content["text_language"], sheet.is_whole) == (language, "cy", True)
    assert sheet.content["sections"][0]["answers"][0]["text"] == "Some words of an answer."
    criterion = row.bid.round.criteria.first()
    assert sheet.content["criteria"][0]["name"] == getattr(criterion, f"name_{language}")
    assert sheet.content["submission_sha256"] == row.submission.sha256
    assert [score.points for score in Score.objects.all()] == [4, 4]
    assert not Draft.objects.filter(key=row.draft_key).exists()
    page = client.get(url("assessment_page", language, pk=row.pk)).content.decode()
    assert "Well argued." in page
    assert client.post(url("assessment_draft", pk=row.pk), filled(row)).status_code == 409


def test_what_changed_since_it_was_read_is_not_scored():
    row = assigned()
    given = dict.fromkeys(row.bid.round.criteria.all(), (3, "So"))
    read = digest_of(row, "en")
    type(row.bid.round.criteria.first()).objects.update(guidance_en="Other words")
    with pytest.raises(Refused, match="What you read changed"):
        scores.scores_hand_in(assessment=row, given=given, language="en", read=read, by=row.assessor)
    with pytest.raises(Refused, match="by each criterion"):
        scores.scores_hand_in(
            assessment=row,
            given={row.bid.round.criteria.first(): (3, "So")},
            language="en",
            read=digest_of(row, "en"),
            by=row.assessor,
        )
    later = SubmissionFactory(bid=row.bid, number=2)
    type(row.bid).objects.update(latest=later)
    row = Assessment.objects.get()
    with pytest.raises(Refused, match="sent again"):
        scores.scores_hand_in(assessment=row, given=given, language="en", read=digest_of(row, "en"), by=row.assessor)
    assert not ScoreSheet.objects.exists()


def test_nobody_sees_anothers_scores_before_handing_in_their_own(signed_in):
    bid = sent()
    done, waiting = scored(bid, assessor(name="First"), 5, 1), assigned(bid, assessor(name="Second"))
    stranger, manager = assessor(), person(Role.FUND_MANAGER)
    assert Score.objects.visible_to(done.assessor).count() == 2
    assert not Score.objects.visible_to(waiting.assessor).exists()
    assert not Score.objects.visible_to(stranger).exists()
    assert not Score.objects.visible_to(None).exists()
    assert Score.objects.visible_to(manager).count() == 2
    page = signed_in(waiting.assessor).get(url("assessment_page", pk=waiting.pk)).content.decode()
    assert "Because of 5" not in page
    given = dict.fromkeys(bid.round.criteria.all(), (2, "Mine"))
    scores.scores_hand_in(
        assessment=waiting, given=given, language="en", read=digest_of(waiting, "en"), by=waiting.assessor
    )
    assert Score.objects.visible_to(waiting.assessor).count() == 4
    page = signed_in(waiting.assessor).get(url("assessment_page", pk=waiting.pk)).content.decode()
    assert "Because of 5" in page
    assert not Score.objects.visible_to(scored().assessor).filter(assessment__bid=bid).exists()


def test_a_correction_is_a_new_row_with_its_reason_and_the_old_one_stays(signed_in):
    row = scored()
    old = Score.objects.first()
    client, address = signed_in(row.assessor), url("score_correct", pk=row.pk, number=old.pk)
    assert "You gave 3." in client.get(address).content.decode()
    assert "Enter “Why it is corrected”." in client.post(address, {"points": "1", "comment": "x"}).content.decode()
    client.post(address, {"points": "1", "comment": "Read again", "why": "I missed the costs."})
    new = Score.objects.get(corrects=old)
    assert (new.points, new.why, new.by) == (1, "I missed the costs.", row.assessor)
    assert Score.objects.get(pk=old.pk).points == 3
    assert list(Score.objects.current().order_by("pk").values_list("points", flat=True)) == [3, 1]
    page = client.get(url("assessment_page", pk=row.pk)).content.decode()
    assert "I missed the costs." in page
    assert "(corrected)" in page
    assert client.get(address).status_code == 404
    with pytest.raises(Refused, match="corrected meanwhile"):
        scores.score_correct(score=old, points=2, comment="x", why="y", by=row.assessor)
    with pytest.raises(NotAllowed):
        scores.score_correct(score=new, points=2, comment="x", why="y", by=assessor())


def test_handed_in_scores_cannot_be_changed_or_deleted():
    scored()
    for model in (Score, ScoreSheet):
        with pytest.raises(ProgrammingError), transaction.atomic():
            model.objects.all().delete()
    with pytest.raises(ProgrammingError), transaction.atomic():
        Score.objects.update(points=5)
    with pytest.raises(ProgrammingError), transaction.atomic():
        ScoreSheet.objects.update(language="cy")


def test_scores_and_sheets_keep_their_invariants():
    row = assigned()
    refused("score_from_0_to_5", lambda: ScoreFactory(assessment=row, points=6))
    refused("score_has_a_comment", lambda: ScoreFactory(assessment=row, comment=""))
    refused("score_corrected_with_a_reason", lambda: ScoreFactory(assessment=row, why="No row is corrected"))
    refused("score_of_its_assessor", lambda: ScoreFactory(assessment=row, by=assessor()))
    elsewhere = CriterionFactory()
    refused("score_of_its_assessor", lambda: ScoreFactory(assessment=row, criterion=elsewhere))
    first = ScoreFactory(assessment=row)
    refused("score_once_by_a_criterion", lambda: ScoreFactory(assessment=row))
    done = scored()
    refused("score_of_its_assessor", lambda: ScoreFactory(assessment=done))
    refused("score_corrects_its_own", lambda: ScoreFactory(assessment=done, corrects=first, why="x"))
    refused("sheet_language_known", lambda: ScoreSheetFactory(language="fr"))
    refused("sheet_has_its_hash", lambda: ScoreSheetFactory(sha256="none"))


def test_the_page_says_where_there_is_nothing_to_score_by(signed_in):
    row = assigned(sent(closed_round(criteria=0)))
    assert "No criteria yet" in signed_in(row.assessor).get(url("assessment_page", pk=row.pk)).content.decode()
    assert shown_to_assessor(row, "cy")["criteria"] == []


def test_the_language_switch_keeps_what_was_typed(signed_in):
    row = assigned()
    client = signed_in(row.assessor)
    data = filled(row, switch=url("assessment_page", "cy", pk=row.pk))
    answer = client.post(url("assessment_page", pk=row.pk), data)
    assert answer.status_code == 302
    assert "Well argued." in client.get(url("assessment_page", "cy", pk=row.pk)).content.decode()


def test_saying_no_on_the_page_ends_what_the_assessor_sees(signed_in):
    row = assigned()
    client, address = signed_in(row.assessor), url("assessment_leave", pk=row.pk)
    assert "Enter “Reason”." in client.post(address, {"event": "decline"}).content.decode()
    page = client.post(address, {"event": "decline", "why": "No time"}, follow=True).content.decode()
    assert "You do not see this bid any more." in page
    assert client.get(url("assessment_page", pk=row.pk)).status_code == 404
    done = scored()
    client = signed_in(done.assessor)
    page = client.post(url("assessment_leave", pk=done.pk), {"event": "decline", "why": "Late"}).content.decode()
    assert "Select a valid choice" in page or "There is a problem" in page
    client.post(url("assessment_leave", pk=done.pk), {"event": "declare", "why": "I know the author"})
    done.refresh_from_db()
    assert done.status == "conflict"
    assert not Score.objects.counting().exists()

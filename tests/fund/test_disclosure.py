"""Everything that is held on a bid is gathered: the walk finds each model, and a row of each is in the file."""

import json
import zipfile

import pytest
from django.apps import apps
from django.utils import timezone

from fund.disclosure import HOLDINGS, gathered
from fund.holdings import PAPERS, TOLD, WRITTEN, gathered_rows, held_models, kept_back, name_of, rows_held
from fund.models import Bid, Claim
from tests.factories import bidding, fund, fund_assessing, fund_awards, likeness
from tests.factories.board_day import ActionFactory, PublicNoteFactory
from tests.factories.fund_assessing import sent
from tests.factories.projects import ProjectFactory

pytestmark = pytest.mark.django_db


def read(bid):
    return zipfile.ZipFile(gathered(bid))


def rows_of(archive, name):
    return json.loads(archive.read(f"{name}.json"))


def pointing_at_bids(steps=9):
    """By another way than the portal's own: what PostgreSQL knows of tables that point at the bids, step by step."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "WITH RECURSIVE held AS (SELECT 'fund_bid'::regclass::oid AS t, 0 AS far UNION"
            " SELECT c.conrelid, far + 1 FROM pg_constraint c JOIN held h ON c.confrelid = h.t"
            " WHERE c.contype = 'f' AND c.conrelid <> h.t AND far < %s)"
            " SELECT DISTINCT relname FROM held JOIN pg_class ON pg_class.oid = held.t",
            [steps],
        )
        return {name for (name,) in cursor.fetchall()}


def test_every_table_of_the_fund_that_points_at_a_bid_is_gathered():
    tables = {model._meta.db_table for model in held_models()}
    events = {model._meta.db_table for model in apps.get_models() if hasattr(model, "pgh_tracked_model")}
    assert {name for name in pointing_at_bids() if name.startswith("fund_")} - events - {"fund_bid"} == tables
    # of the other apps: its history, and what `board/holdings.py` gives
    assert {name for name in pointing_at_bids(1) if not name.startswith("fund_")} - events == {"board_action"}
    assert "board-actions" in HOLDINGS
    assert set(held_models()) >= TOLD | WRITTEN | PAPERS


def one_of_each(bid):
    """A row of every model that leads to a bid, of this one."""
    partner = fund.PartnerFactory(bid=bid)
    submission, answer = bid.latest, bid.answers.first()
    assessment = fund_assessing.scored(bid)
    decision = fund_assessing.DecisionFactory(
        bid=bid, status="applied", applied_at=timezone.now(), applied_by=bid.started_by, standing={}
    )
    merge = likeness.MergeFactory(first=bid, second=sent(bid.round))
    translation = bidding.BidTranslationFactory(submission=submission)
    return [
        partner, submission, answer, assessment, assessment.scores.first(), assessment.sheet, decision, merge,
        translation,
        bidding.AddendumFactory(submission=submission), bidding.AssignmentFactory(answer=answer),
        bidding.CitationFactory(bid=bid), bidding.CommentFactory(bid=bid), bidding.CommentLinkFactory(bid=bid),
        bidding.CommitmentFactory(partner=partner), bidding.CostLineFactory(bid=bid), bidding.HappeningFactory(bid=bid),
        bidding.SignatoryFactory(partner=partner), bidding.TranslatedTextFactory(translation=translation),
        fund.ConfidentialityFactory(answer=answer), fund.ExtensionFactory(stage=bid.round.stages.first(), bid=bid),
        fund.SubmittedFileFactory(submission=submission), bid.attachments.get(),
        fund_assessing.ModerationFactory(bid=bid), fund_assessing.ReviewFactory(decision=decision),
        likeness.InterestFactory(bid=bid), likeness.JoinRequestFactory(bid=bid),
        likeness.LikenessFactory(bid=bid, other=merge.second),
        likeness.MergeConsentFactory(merge=merge), likeness.MergeTextFactory(merge=merge),
        likeness.ProblemTextFactory(bid=bid), likeness.SeparateReasonFactory(bid=bid, other=merge.second),
        apps.get_model("fund.BidProject").objects.create(bid=bid, project=ProjectFactory()),
    ]  # fmt: skip


def test_a_row_of_each_kind_is_in_the_file(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    bid = sent()
    rows = one_of_each(bid)
    bid.refresh_from_db()
    archive = read(bid)
    readme = archive.read("README.txt").decode()
    for row in rows:
        model = type(row)
        assert row.pk in rows_held(model, held_models()[model], bid).values_list("pk", flat=True), model
        if model in PAPERS:
            assert f"- {name_of(model)}: 1" in readme
            assert f"{name_of(model)}.json" not in archive.namelist()
        elif model not in TOLD:
            assert row.pk in [one["id"] for one in rows_of(archive, name_of(model))], model
            assert f"- {name_of(model)}.json: " in readme
    assert {type(row) for row in rows} >= TOLD | WRITTEN | PAPERS
    [cost] = rows_of(archive, "cost-line")
    assert cost["amount_pence"] == 30_000_00
    assert cost["organisation_en"] == bid.lead.name_en
    [signatory] = rows_of(archive, "signatory")
    assert not {"sha256", "email"} & signatory.keys()
    [sheet] = rows_of(archive, "score-sheet")
    assert len(sheet["sha256"]) == 64


def test_what_is_written_anew_and_other_councils_drafts_are_not_in_it():
    bid = sent()
    bidding.CostLineFactory(bid=bid)
    near = likeness.LikenessFactory(bid=bid, other=sent(bid.round))
    likeness.LikenessFactory(bid=bid)  # near to a draft, of which the fund manager knows nothing
    likeness.SeparateReasonFactory(other=bid)  # said of this bid in a draft
    other = sent(bid.round)
    archive = read(bid)
    assert [one["id"] for one in rows_of(archive, "likeness")] == [near.pk]
    assert "separate-reason.json" not in archive.namelist()
    assert len(rows_of(archive, "cost-line")) == 1
    Bid.objects.filter(pk=bid.pk).update(status="withdrawn")
    bid.refresh_from_db()
    archive = read(bid)
    assert not {"cost-line.json", "answer.json"} & set(archive.namelist())
    assert dict(kept_back(bid)) == {"answer": 1, "cost-line": 1}
    assert "ask the councils" in archive.read("README.txt").decode()
    assert rows_of(archive, "board-actions") == []
    assert "answer" in dict(gathered_rows(other))
    assert "cost-line" not in dict(gathered_rows(other))


def test_what_the_board_made_public_of_a_bid_is_in_it():
    bid = sent()
    action = ActionFactory(bid=bid, text_en="Write to the councils")
    assert rows_of(read(bid), "board-actions") == []
    PublicNoteFactory(meeting=action.item.meeting)
    assert [one["text_en"] for one in rows_of(read(bid), "board-actions")] == ["Write to the councils"]
    ActionFactory(bid=sent(), item=action.item)
    secret = {"item__restricted": True, "item__reason_en": "A price", "item__reason_cy": "Pris"}
    ActionFactory(bid=bid, item__meeting=action.item.meeting, **secret)
    assert len(rows_of(read(bid), "board-actions")) == 1


def test_what_a_council_has_begun_after_its_award_is_counted_and_not_in_it():
    begun = fund_awards.TransactionFactory().claim
    award, bid = begun.award, begun.award.bid
    fund_awards.MonitoringReportFactory(award=award, progress="Half a sentence")
    fund_awards.LearningFactory(award=award)
    kinds = {"claim", "transaction", "monitoring-report", "learning"}
    assert not kinds & set(dict(gathered_rows(bid)))
    assert {name: count for name, count in kept_back(bid) if name in kinds} == dict.fromkeys(kinds, 1)
    Claim.objects.filter(pk=begun.pk).update(status="submitted")
    assert set(dict(gathered_rows(bid))) & kinds == {"claim", "transaction"}

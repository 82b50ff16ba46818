"""Setting up a round: made, copied, worded, dated, published; a bid keeps the form that it was written on."""

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from fund import actions
from fund.actions.round_setup import a_year_on, setup_gaps
from fund.forms.rounds import CriterionForm, QuestionForm, StagesForm, TopicForm
from fund.models import Bid, Criterion, Question, Round, StageKind
from tests.factories.fund import (
    BidFactory,
    CostCategoryFactory,
    CriterionFactory,
    FundFactory,
    QuestionFactory,
    RequiredAttachmentFactory,
    RoundFactory,
    StageFactory,
    TopicFactory,
    draft,
    open_round,
)
from tests.factories.people import person
from wlga_portal.kernel.workflow import Refused

from .conftest import url

pytestmark = pytest.mark.django_db
WALES = ZoneInfo("Europe/London")
DETAILS = {
    "name_en": "Fund 2027-28", "name_cy": "Cronfa 2027-28", "year": "2027/28", "reference_stem": "tf27",
    "budget_pence": "1,000,000", "copied": "",
}  # fmt: skip


@pytest.fixture
def manager() -> Any:
    return person(Role.FUND_MANAGER)


def moment(name: str, day: int, month: int, time: str = "12:00") -> dict[str, str]:
    return {f"{name}_day": str(day), f"{name}_month": str(month), f"{name}_year": "2027", f"{name}_time": time}


def stage_data(**days: tuple[int, int]) -> dict[str, str]:
    """Each stage from one month's first day to the other's."""
    data: dict[str, str] = {}
    for kind, (opens, closes) in days.items():
        data |= moment(f"opens_{kind}", 1, opens) | moment(f"closes_{kind}", 1, closes)
    return data


def whole_round(**fields: Any) -> Round:
    """A round in preparation from which nothing is missing."""
    one_round = RoundFactory(published_at=None, **fields)
    TopicFactory(round=one_round)
    StageFactory(round=one_round, opens_at=timezone.now() + timedelta(days=1))
    QuestionFactory(round=one_round)
    return one_round


def test_the_manager_sets_up_a_round_from_the_standard_form_and_publishes_it(manager, signed_in):
    FundFactory()
    client = signed_in(manager)
    answer = client.post(url("round_new"), DETAILS)
    one_round = Round.objects.get()
    setup = url("round_setup", slug="fund-2027-28")
    assert (answer.status_code, answer.headers["Location"]) == (302, setup)
    assert (one_round.year, one_round.reference_stem, one_round.budget_pence) == ("2027-28", "TF27", 100_000_000)
    assert one_round.published_at is None
    page = client.get(setup).content.decode()
    for text in ("The round has no topic.", "has no dates.", "Subsidy control", "Value for money", "Plan of the work"):
        assert text in page
    client.post(url("topic_add", slug="fund-2027-28"), {"name_en": "Data", "name_cy": "Data", "order": ""})
    stages = stage_data(
        statements=(1, 2), interest=(2, 3), sift=(3, 4), proposals=(4, 5), panel=(5, 6), decision=(6, 7)
    )
    assert client.post(url("stages_edit", slug="fund-2027-28"), stages).headers["Location"] == setup
    assert list(setup_gaps(one_round)) == []
    client.post(url("round_publish", slug="fund-2027-28"))
    one_round.refresh_from_db()
    assert one_round.published_at is not None
    statements = one_round.stage("statements")
    assert statements.opens_at == datetime(2027, 1, 1, 12, tzinfo=WALES)
    # what is open follows from the clock alone
    for at, kind in (
        (datetime(2027, 1, 1, 12, tzinfo=WALES), "statements"),
        (datetime(2027, 4, 2, tzinfo=WALES), "proposals"),
    ):
        assert one_round.open_stage(at).kind == kind
    assert one_round.open_stage(datetime(2027, 1, 1, 11, 59, 59, tzinfo=WALES)) is None


def test_a_round_with_gaps_is_not_published_and_each_gap_leads_to_its_page(manager, signed_in):
    one_round = RoundFactory(published_at=None, budget_pence=None, name_cy="")
    criterion = CriterionFactory(round=one_round, weight=40, level_0_en="Nothing", stage="sift")
    StageFactory(round=one_round, kind="sift")
    StageFactory(round=one_round, kind="proposals")
    with pytest.raises(actions.NotReady):
        actions.round_publish(one_round, by=manager)
    gaps = {gap.text: gap.url for gap in setup_gaps(one_round)}
    edit = url("criterion_edit", slug=one_round.slug, pk=criterion.pk)
    assert gaps["“Name” has no Welsh text."] == url("round_edit", slug=one_round.slug)
    assert gaps["The round has no budget."] == url("round_edit", slug=one_round.slug)
    assert gaps["The stage “Problem statements” has no dates."] == url("stages_edit", slug=one_round.slug)
    assert gaps["The stage “Proposals” has no question."] == url("question_add", slug=one_round.slug)
    assert "The weights of the criteria of “Sift” add up to 40; they must add up to 100." in gaps
    assert gaps[f"{criterion}: “What 0 means” has no Welsh text."] == edit
    assert gaps[f"{criterion}: what 5 means is not said."] == edit
    client = signed_in(manager)
    page = client.post(url("round_publish", slug=one_round.slug), follow=True).content.decode()
    assert "The bid is not complete." not in page
    assert "Something is missing" in page
    one_round.refresh_from_db()
    assert one_round.published_at is None


def test_last_years_round_is_copied_with_its_form_and_its_stages_a_year_on(manager, signed_in):
    old = whole_round(guidance_en="Read it", guidance_cy="Darllenwch", consent_required=False, form_version=3)
    old.questions.update(form_version=3)
    QuestionFactory(round=old, form_version=1, key="gone")
    CriterionFactory(round=old, level_3_en="Good", level_3_cy="Da")
    CostCategoryFactory(round=old, form_version=3, key="trains")
    RequiredAttachmentFactory(round=old, form_version=3, key="map")
    FundFactory()
    answer = signed_in(manager).post(url("round_new"), DETAILS | {"copied": old.pk})
    assert answer.status_code == 302
    new = Round.objects.get(reference_stem="TF27")
    assert (new.form_version, new.consent_required, new.guidance.cy, new.published_at) == (1, False, "Darllenwch", None)
    assert [(one.key, one.form_version) for one in new.questions.all()] == [(old.questions.get(form_version=3).key, 1)]
    assert [one.key for one in new.cost_categories.all()] == ["trains"]
    assert [one.key for one in new.required_attachments.all()] == ["map"]
    assert new.criteria.get().level_3.cy == "Da"
    assert new.topics.count() == 1
    moved = new.stage("statements").opens_at - old.stage("statements").opens_at
    assert abs(moved - timedelta(weeks=52)) <= timedelta(hours=1)
    assert old.questions.count() == 2


def test_a_year_on_is_the_same_time_by_the_clock_whether_or_not_the_clocks_changed():
    summer = datetime(2026, 3, 30, 12, tzinfo=WALES)
    assert timezone.localtime(a_year_on(summer)).isoformat() == "2027-03-29T12:00:00+01:00"
    winter = datetime(2025, 3, 31, 9, tzinfo=WALES)
    assert timezone.localtime(a_year_on(winter)).isoformat() == "2026-03-30T09:00:00+01:00"


def test_a_changed_question_leaves_a_bid_on_the_form_that_it_was_written_on(manager, signed_in):
    bid = draft(person(Role.OFFICER), open_round(questions=2))
    one_round, question = bid.round, bid.round.questions.first()
    client = signed_in(manager)
    edit = url("question_edit", slug=one_round.slug, pk=question.pk)
    assert "Each of them keeps the form that it was started on" in client.get(edit).content.decode()
    values = {
        "label_en": "Asked anew?", "label_cy": "Gofyn eto?", "guidance_en": "", "guidance_cy": "",
        "stage": "statements", "section": "problem", "word_limit": "30", "required": "on", "order": "1",
    }  # fmt: skip
    assert client.post(edit, values).status_code == 302
    one_round.refresh_from_db()
    assert one_round.form_version == 2
    assert bid.answers_in_order()[0].question.label.en == question.label.en
    assert one_round.questions.get(form_version=2, key=question.key).label.en == "Asked anew?"
    # what was open is of an older form now, and a second change meets no bid
    assert client.post(edit, values).status_code == 404
    later = one_round.questions.get(form_version=2, key=question.key)
    client.post(url("question_edit", slug=one_round.slug, pk=later.pk), values | {"word_limit": "40"})
    later.refresh_from_db()
    one_round.refresh_from_db()
    assert (later.word_limit, one_round.form_version) == (40, 2)
    page = client.get(url("round_setup", slug=one_round.slug)).content.decode()
    assert "0 bids are written on the present form. 1 bid keeps an older one." in page


def test_what_is_added_to_or_taken_out_of_a_form_in_use_is_for_later_bids(manager, signed_in):
    bid = draft(person(Role.OFFICER), open_round(questions=2))
    one_round, question = bid.round, bid.round.questions.last()
    client = signed_in(manager)
    client.post(url("cost_category_add", slug=one_round.slug), {"name_en": "Trains", "name_cy": "Trenau", "order": ""})
    one_round.refresh_from_db()
    assert [(one.key, one.form_version) for one in one_round.cost_categories.all()] == [("trains", 2)]
    Bid.objects.update(form_version=2)
    second = one_round.questions.get(form_version=2, key=question.key)
    client.post(url("question_remove", slug=one_round.slug, pk=second.pk))
    one_round.refresh_from_db()
    assert one_round.form_version == 3
    assert one_round.questions.filter(form_version=3).count() == 1
    assert one_round.questions.filter(form_version=2).count() == 2
    assert one_round.cost_categories.filter(form_version=3).count() == 1


def test_parts_with_bids_on_them_stay(manager, signed_in):
    bid = BidFactory()
    page = signed_in(manager).post(url("topic_remove", slug=bid.round.slug, pk=bid.topic.pk), follow=True)
    assert "Bids stand on it, so it stays." in page.content.decode()
    assert bid.round.topics.count() == 1


def test_a_criterion_stands_once_scoring_has_begun(manager):
    criterion = CriterionFactory(stage="sift", weight=100)
    opens = timezone.now() + timedelta(days=3)
    StageFactory(round=criterion.round, kind="sift", opens_at=opens, closes_at=opens + timedelta(days=1))
    values = {"name_en": "Need", "name_cy": "Angen", "stage": "sift", "weight": "60", "order": "1"}

    def change(at: datetime) -> None:
        form = CriterionForm(values, instance=Criterion.objects.get())
        assert form.is_valid(), form.errors
        actions.part_save(form, by=manager, at=at)

    change(opens - timedelta(seconds=1))
    assert Criterion.objects.get().weight == 60
    with pytest.raises(Refused, match="Scoring has begun"):
        change(opens)
    with pytest.raises(Refused, match="Scoring has begun"):
        actions.part_remove(Criterion.objects.get(), by=manager, at=opens)
    values["stage"] = "panel"
    with pytest.raises(Refused, match="Scoring has begun"):
        change(opens)
    assert Criterion.objects.get().stage == "sift"


def test_a_stage_that_has_begun_in_public_is_moved_by_an_extension_alone(manager, signed_in):
    one_round = open_round()
    address = url("stages_edit", slug=one_round.slug)
    page = signed_in(manager).get(address).content.decode()
    assert "These stages have begun." in page
    assert "opens_statements_day" not in page
    with pytest.raises(Refused, match="give more time instead"):
        actions.stages_save(one_round, {"statements": None}, by=manager)
    one_round.published_at = None
    one_round.save()
    assert "opens_statements_day" in signed_in(manager).get(address).content.decode()
    actions.stages_save(one_round, {"statements": None}, by=manager)
    assert not one_round.stages.exists()


@pytest.mark.parametrize(
    ("data", "field", "sentence"),
    [
        (stage_data(sift=(3, 2)), "closes_sift", "The stage must close after it opens."),
        (moment("opens_sift", 1, 3), "closes_sift", "Enter both moments of the stage, or neither."),
        (moment("closes_sift", 1, 3), "opens_sift", "Enter both moments of the stage, or neither."),
        (stage_data(statements=(3, 4), sift=(2, 5)), "opens_sift", "The stage opens before the one before it."),
        (stage_data(sift=(3, 4)) | {"opens_sift_time": "25:00"}, "opens_sift", "Enter a time, like 09:30 or 2:30pm."),
    ],
)
def test_moments_that_do_not_fit_get_a_sentence(data, field, sentence):
    form = StagesForm(data, one_round=RoundFactory(), fixed=set())
    assert sentence in form.errors[field]


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"year": "2027"}, "year", "Enter a financial year, like 2027-28."),
        ({"year": "2027-29"}, "year", "Enter a financial year, like 2027-28."),
        ({"reference_stem": "T/F"}, "reference_stem", "Use letters A to Z, figures and hyphens."),
        ({"reference_stem": "taken"}, "reference_stem", "Another round has these references."),
        ({"name_cy": ""}, "name_cy", "Enter “Name (Welsh)”."),
    ],
)
def test_details_that_do_not_fit_get_a_sentence_and_nothing_is_saved(manager, signed_in, changes, field, sentence):
    RoundFactory(reference_stem="TAKEN")
    page = signed_in(manager).post(url("round_new"), DETAILS | changes).content.decode()
    assert f'href="#id_{field}"' in page
    assert sentence in page
    assert Round.objects.count() == 1


def test_numbers_out_of_range_get_a_sentence():
    row = Question(round=RoundFactory())
    form = QuestionForm({"word_limit": "9000"}, instance=row)
    assert form.errors["word_limit"] == ["Enter a number from 1 to 5000."]
    criterion = CriterionForm({"weight": "0", "level_1_en": "Only English"}, instance=Criterion(round=row.round))
    assert criterion.errors["weight"] == ["Enter a number from 1 to 100."]
    assert "level_1_cy" in criterion.errors


def test_the_details_are_changed_and_references_in_use_stay(manager, signed_in):
    one_round = BidFactory().round
    values = DETAILS | {"guidance_en": "Read", "guidance_cy": "Darllenwch", **moment("commitments_due_at", 1, 9)}
    signed_in(manager).post(url("round_edit", slug=one_round.slug), values)
    stem = one_round.reference_stem
    one_round.refresh_from_db()
    assert (one_round.reference_stem, one_round.name.en, one_round.consent_required) == (stem, "Fund 2027-28", False)
    assert one_round.commitments_due_at == datetime(2027, 9, 1, 12, tzinfo=WALES)


def test_two_parts_of_the_same_name_have_keys_of_their_own_and_stand_last(manager):
    one_round = TopicFactory(order=4).round
    made = []
    for _number in range(2):
        form = TopicForm(
            {"name_en": "Data", "name_cy": "Data", "order": ""}, instance=one_round.topics.model(round=one_round)
        )
        assert form.is_valid(), form.errors
        made.append(actions.part_save(form, by=manager))
    assert [(one.slug_en, one.order) for one in made] == [("data", 5), ("data-2", 6)]


def test_two_rounds_of_the_same_name_have_addresses_of_their_own(manager, signed_in):
    FundFactory()
    client = signed_in(manager)
    client.post(url("round_new"), DETAILS)
    client.post(url("round_new"), DETAILS | {"reference_stem": "TF28"})
    assert [one.slug_en for one in Round.objects.order_by("pk")] == ["fund-2027-28", "fund-2027-28-2"]


def test_the_preview_shows_the_form_as_an_officer_sees_it_and_keeps_nothing(manager, signed_in):
    one_round = open_round()
    question = one_round.questions.first()
    CostCategoryFactory(round=one_round, name_en="Trains")
    RequiredAttachmentFactory(round=one_round, name_en="A map", stage="statements")
    client = signed_in(manager)
    for language, label in (("en", question.label.en), ("cy", question.label.cy)):
        page = client.get(
            url("round_preview", language, slug=one_round.slug if language == "en" else one_round.slug_cy)
        )
        assert label in page.content.decode()
        assert f'name="{question.key}-text"' in page.content.decode()
    english = client.get(url("round_preview", slug=one_round.slug)).content.decode()
    for text in ("Trains", "A map", "nothing that you type here is kept"):
        assert text in english


ADDRESSES = (
    "round_setup", "round_edit", "stages_edit", "round_preview", "topic_add", "question_add", "criterion_add",
    "cost_category_add", "required_file_add",
)  # fmt: skip
EDITED = {
    "topic": TopicFactory, "question": QuestionFactory, "criterion": CriterionFactory,
    "cost_category": CostCategoryFactory, "required_file": RequiredAttachmentFactory,
}  # fmt: skip


@pytest.mark.usefixtures("unrendered")
def test_only_the_fund_manager_sets_up_a_round(signed_in, manager):
    one_round = open_round()
    addresses = [url(name, slug=one_round.slug) for name in ADDRESSES]
    rows = {noun: make(round=one_round) for noun, make in EDITED.items()}
    addresses += [url(f"{noun}_edit", slug=one_round.slug, pk=row.pk) for noun, row in rows.items()]
    posts = [url(f"{noun}_remove", slug=one_round.slug, pk=row.pk) for noun, row in rows.items()]
    posts.append(url("round_publish", slug=one_round.slug))
    demonstration = person(Role.FUND_MANAGER, demo_slug="a-manager")
    for who in (person(Role.OFFICER), person(Role.ASSESSOR), person(Role.TEAM), demonstration):
        client = signed_in(who)
        assert {client.get(address).status_code for address in addresses} == {404}
        assert {client.post(address).status_code for address in [*addresses, *posts]} == {404}
    anonymous = signed_in(None)
    assert {anonymous.get(address).status_code for address in [*addresses, url("round_new")]} == {302}
    assert signed_in(person(Role.OFFICER)).get(url("round_new")).status_code == 403
    client = signed_in(manager)
    assert {client.get(address).status_code for address in [*addresses, url("round_new")]} == {200}
    assert {client.get(address).status_code for address in posts} == {405}
    assert signed_in(manager).get(url("round_setup", slug=RoundFactory(is_historic=True).slug)).status_code == 404


def test_a_demonstration_manager_makes_a_demonstration_round(signed_in, settings):
    settings.DEMO = True
    FundFactory()
    demonstration = person(Role.FUND_MANAGER, demo_slug="a-manager")
    signed_in(demonstration).post(url("round_new"), DETAILS)
    assert Round.objects.get().is_demo


@pytest.mark.parametrize("rows", [1, 30])
def test_the_page_of_a_round_costs_the_same_at_any_size(signed_in, manager, rows):
    one_round = open_round()
    for _number in range(rows):
        for make in EDITED.values():
            make(round=one_round)
    client, address = signed_in(manager), url("round_setup", slug=one_round.slug)
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as found:
        client.get(address)
    assert len(found) <= 20


def test_every_stage_can_be_dated():
    form = StagesForm(one_round=RoundFactory(), fixed=set())
    assert len(form.fields) == 2 * len(StageKind)

"""What an assessor has before them: the translation beside the words of the bid, what was made clear since, the costs;
and the replay keeps all of it as it was."""

import pytest
from django.utils import timezone

from accounts.roles import Role
from fund import actions
from fund.actions import decisions, scores, translations
from fund.actions.addenda import addendum_send
from fund.models import Bid, BidTranslation, Stage, TranslatedText
from fund.reading import digest_of, shown_to_assessor
from fund.replay import replay_of
from tests.factories.bidding import CostLineFactory
from tests.factories.fund import (
    AttachmentFactory,
    CriterionFactory,
    PartnerFactory,
    SubmittedFileFactory,
    draft,
    open_round,
)
from tests.factories.fund_assessing import DecisionFactory, assigned
from tests.factories.people import person
from tests.walk import opened
from wlga_portal.kernel.workflow import Refused

from .conftest import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def welsh() -> Bid:
    """A Welsh bid that was sent, with a partner and a cost; its stage has closed."""
    one_round = open_round(consent_required=False)
    CriterionFactory(round=one_round, stage="sift", weight=100)
    bid = draft(person(Role.OFFICER), one_round, language="cy", title="Un cof cyfieithu")
    PartnerFactory(bid=bid, role="Yn profi")
    CostLineFactory(bid=bid, note="Datblygwr", amount_pence=12_345_00)
    actions.bid_submit(bid=Bid.objects.get(pk=bid.pk), by=bid.started_by)
    stage = Stage.objects.get(round=one_round)
    Stage.objects.filter(pk=stage.pk).update(opens_at="2020-01-01T00:00Z", closes_at="2020-02-01T00:00Z")
    return Bid.objects.get(pk=bid.pk)


def translated(bid: Bid) -> BidTranslation:
    translation = BidTranslation.objects.get(submission=bid.latest)
    for text in translation.texts.all():
        TranslatedText.objects.filter(pk=text.pk).update(text=f"English of {text.key}")
    return translations.translation_finish(translation=translation, by=person(Role.TRANSLATOR))


def test_the_translation_stands_beside_each_text_once_it_is_done_and_only_on_the_other_languages_page(welsh, signed_in):
    row = assigned(welsh)
    client = signed_in(row.assessor)
    assert "The bid is being translated." in client.get(url("assessment_page", pk=row.pk)).content.decode()
    assert shown_to_assessor(row, "en")["translated"] == "waiting"
    translated(welsh)
    shown = shown_to_assessor(row, "en")
    assert (shown["translated"], shown["title"], shown["title_translation"]) == (
        "done", "Un cof cyfieithu", "English of title",
    )  # fmt: skip
    answer = shown["sections"][0]["answers"][0]
    assert (answer["text"], answer["translation"]) == ("Some words of an answer.", "English of answer:q1")
    assert shown["partners"][0]["translation"].startswith("English of partner:")
    cost = shown["costs"][0]
    assert (cost["note"], cost["translation"], cost["amount_pence"]) == ("Datblygwr", "English of cost:1", 12_345_00)
    page = client.get(url("assessment_page", pk=row.pk)).content.decode()
    for text in ("English of answer:q1", "Some words of an answer.", "English of cost:1", "£12,345"):
        assert text in page
    welsh_page = client.get(url("assessment_page", "cy", pk=row.pk)).content.decode()
    assert "English of" not in welsh_page
    assert "Datblygwr" in welsh_page
    assert shown_to_assessor(row, "cy")["translated"] == ""


def test_an_english_bid_has_no_translation_and_says_nothing_of_one():
    row = assigned()
    assert shown_to_assessor(row, "cy")["translated"] == ""
    assert shown_to_assessor(row, "cy")["sections"][0]["answers"][0]["translation"] == ""


def test_a_clarification_or_a_translation_that_came_while_scoring_is_read_before_handing_in(welsh, signed_in):
    row = assigned(welsh)
    given = {row.bid.round.criteria.get(): (3, "So")}

    def hand_in(read: str) -> None:
        scores.scores_hand_in(assessment=row, given=given, language="en", read=read, by=row.assessor)

    before = digest_of(row, "en")
    addendum_send(bid=welsh, about="Y pris", content="Deng mil o bunnoedd.", by=welsh.started_by)
    with pytest.raises(Refused, match="changed while you were scoring"):
        hand_in(before)
    before = digest_of(row, "en")
    assert "Deng mil o bunnoedd." in signed_in(row.assessor).get(url("assessment_page", pk=row.pk)).content.decode()
    translated(welsh)
    with pytest.raises(Refused, match="changed while you were scoring"):
        hand_in(before)
    hand_in(digest_of(row, "en"))
    row.refresh_from_db()
    assert [one["content"] for one in row.sheet.content["addenda"]] == ["Deng mil o bunnoedd."]


@pytest.mark.parametrize(("language", "words"), [("en", "Lead council"), ("cy", "Cyngor arweiniol")])
def test_the_replay_shows_what_was_read_then_in_the_language_in_which_it_was_read(welsh, signed_in, language, words):
    row = assigned(welsh)
    translation = translated(welsh)
    given = {row.bid.round.criteria.get(): (4, "So")}
    read = digest_of(row, language)
    scores.scores_hand_in(assessment=row, given=given, language=language, read=read, by=row.assessor)
    translation.texts.update(text="Worded anew")
    addendum_send(bid=welsh, about="Wedyn", content="Yn rhy hwyr", by=welsh.started_by)
    decision = DecisionFactory(bid=welsh)
    manager = person(Role.FUND_MANAGER)
    decisions.decisions_apply(one_round=welsh.round, stage="sift", by=manager)
    decision.refresh_from_db()
    (reading,) = replay_of(decision)
    assert (reading.sheet.language, reading.sheet.is_whole) == (language, True)
    other = "cy" if language == "en" else "en"  # the manager reads the page in the other language
    page = signed_in(manager).get(url("decision_replay", other, pk=decision.pk)).content.decode()
    assert "Worded anew" not in page
    assert "Yn rhy hwyr" not in page
    assert ("English of answer:q1" in page) is (language == "en")
    assert words in page


def test_an_assessor_opens_the_files_of_the_bid_once_they_are_checked_and_nobody_with_a_part_in_it_does(
    signed_in, settings, tmp_path
):
    settings.MEDIA_ROOT = tmp_path
    row, other = assigned(), assigned()
    open_one, closed = (
        SubmittedFileFactory(submission=row.submission, attachment=AttachmentFactory(bid=row.bid, name=name, **scan))
        for name, scan in (("Plan.pdf", {"scan": "clean", "scanned_at": timezone.now()}), ("Late.pdf", {}))
    )
    address = url("attachment_file", slug=row.bid.slug, pk=open_one.attachment.pk)
    client = signed_in(row.assessor)
    page = client.get(url("assessment_page", pk=row.pk)).content.decode()
    assert address in page
    assert url("attachment_file", slug=row.bid.slug, pk=closed.attachment.pk) not in page
    assert page.count("Closed until it is checked") == 1
    assert opened(client, address).body == b"%PDF-1.7 a plan"
    assert client.get(url("attachment_file", slug=row.bid.slug, pk=closed.attachment.pk)).status_code == 404
    assert signed_in(other.assessor).get(address).status_code == 404
    assert [one["name"] for one in shown_to_assessor(row, "en")["files"]] == ["Plan.pdf", "Late.pdf"]
    decided = {"decided_at": timezone.now(), "decided_by": person(Role.DIGITAL_LEAD)}
    PartnerFactory(bid=row.bid, organisation=row.assessor.memberships.get().organisation, status="agreed", **decided)
    assert client.get(address).status_code == 404

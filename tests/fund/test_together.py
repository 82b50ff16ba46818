"""Writing together: the owner, who writes what, what is complete, implications, what is cited, the timeline, Word."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from docx import Document

from accounts.models import Membership
from accounts.roles import Role
from fund import actions, panels, tasks
from fund.models import Answer, Assignment, Bid, Citation, Section, StageKind
from fund.timeline import timeline_of
from tests.factories.bidding import CitationFactory, CostLineFactory
from tests.factories.fund import AnswerFactory, HistoricBidFactory, PartnerFactory, QuestionFactory, draft, open_round
from tests.factories.people import person
from wlga_portal.kernel.service_models import Notification
from wlga_portal.kernel.workflow import Refused

from .conftest import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def bid() -> Bid:
    return draft(person(Role.OFFICER))


def leave(user) -> None:
    ended = timezone.localdate() - timedelta(days=1)
    Membership.objects.filter(user=user).update(starts=ended - timedelta(days=9), ends=ended)


# --- Owner ----------------------------------------------------------------------------------------
def test_the_owner_hands_the_bid_to_a_colleague_who_hears_of_it(signed_in, bid):
    colleague = person(Role.OFFICER, organisation=bid.lead)
    address = url("bid_owner", slug=bid.slug)
    assert bid.keeper == bid.started_by
    done = signed_in(bid.started_by).post(address, {"owner": colleague.pk, "why": "On leave."})
    assert done.headers["Location"] == bid.get_absolute_url()
    assert Bid.objects.get().keeper == colleague
    assert Notification.objects.get(kind="fund.owner_given").user == colleague
    assert signed_in(bid.started_by).get(address).status_code == 403
    assert signed_in(person(Role.DIGITAL_LEAD, organisation=bid.lead)).get(address).status_code == 200


def test_the_owner_is_an_officer_of_the_lead(signed_in, bid):
    for nobody in (person(Role.OFFICER), person(Role.DIGITAL_LEAD, organisation=bid.lead)):
        page = signed_in(bid.started_by).post(url("bid_owner", slug=bid.slug), {"owner": nobody.pk})
        assert "There is a problem" in page.content.decode()
    assert Bid.objects.get().keeper == bid.started_by


def test_a_bid_whose_owner_left_is_offered_once_and_any_officer_may_take_it_on(signed_in, bid):
    colleague = person(Role.OFFICER, organisation=bid.lead)
    address = url("bid_owner", slug=bid.slug)
    tasks.offer_bids(timestamp=0)
    assert not Notification.objects.exists()
    assert signed_in(colleague).get(address).status_code == 403
    leave(bid.started_by)
    for _twice in range(2):
        tasks.offer_bids(timestamp=0)
    assert [one.user for one in Notification.objects.filter(kind="fund.owner_left")] == [colleague]
    assert [need.url for need in panels.bids_without_owner(colleague)] == [address]
    page = signed_in(colleague).get(bid.get_absolute_url()).content.decode()
    assert "Take the bid on" in page
    signed_in(colleague).post(address, {"owner": colleague.pk})
    assert Bid.objects.get().keeper == colleague
    assert not list(panels.bids_without_owner(colleague))
    assert "Take the bid on" not in signed_in(colleague).get(bid.get_absolute_url()).content.decode()


# --- Who writes what ------------------------------------------------------------------------------
def test_an_answer_is_given_to_a_person_who_hears_of_it_and_has_it_to_do(signed_in, bid):
    colleague = person(Role.OFFICER, organisation=bid.lead)
    address = url("answer_assign", slug=bid.slug, key="q1")
    client = signed_in(bid.started_by)
    client.post(address, {"person": colleague.pk})
    assert Assignment.objects.get().person == colleague
    assert Notification.objects.get(kind="fund.answer_assigned").user == colleague
    assert [need.url for need in panels.answers_to_write(colleague)] == [url("answer_edit", slug=bid.slug, key="q1")]
    assert f"{colleague} writes this" in client.get(bid.get_absolute_url()).content.decode()
    client.post(address, {"person": colleague.pk})
    assert Notification.objects.count() == 1
    signed_in(colleague).post(
        url("answer_edit", slug=bid.slug, key="q1"), {"version": "1", "text": "Done.", "complete": "on"}
    )
    assert not list(panels.answers_to_write(colleague))
    client.post(address, {"person": ""})
    assert Assignment.objects.get().person is None


def test_an_answer_is_not_given_to_who_cannot_write_in_the_bid(signed_in, bid):
    for nobody in (person(Role.OFFICER), person(Role.FINANCE, organisation=bid.lead)):
        signed_in(bid.started_by).post(url("answer_assign", slug=bid.slug, key="q1"), {"person": nobody.pk})
        with pytest.raises(Refused, match="cannot write in this bid"):
            actions.answer_assign(answer=bid.answers.first(), person=nobody, by=bid.started_by)
    assert not Assignment.objects.exists()


def test_giving_an_answer_to_somebody_does_not_clash_with_who_is_writing_it(signed_in, bid):
    client = signed_in(bid.started_by)
    client.post(url("answer_assign", slug=bid.slug, key="q1"), {"person": bid.started_by.pk})
    done = client.post(url("answer_edit", slug=bid.slug, key="q1"), {"version": "1", "text": "Written meanwhile."})
    assert done.status_code == 302


def test_an_answer_is_complete_while_its_writer_says_so(signed_in, bid):
    client, address = signed_in(bid.started_by), url("answer_edit", slug=bid.slug, key="q1")
    client.post(address, {"version": "1", "text": "Some words of an answer.", "complete": "on"})
    assert Assignment.objects.get().completed_by == bid.started_by
    assert "Complete" in client.get(bid.get_absolute_url()).content.decode()
    assert 'name="complete" type="checkbox" value="on" aria' in client.get(address).content.decode() or "checked" in (
        client.get(address).content.decode()
    )
    client.post(address, {"version": "1", "text": "Some words of an answer."})
    assert Assignment.objects.get().completed_at is None


# --- Implications and earlier learning ------------------------------------------------------------
def with_question(section: str) -> tuple[Bid, str]:
    one_round = open_round()
    QuestionFactory(round=one_round, key="q3", section=section, order=3)
    bid = draft(person(Role.OFFICER), one_round)
    return bid, url("answer_edit", slug=bid.slug, key="q3")


def test_an_implication_is_none_because_or_a_text(signed_in):
    bid, address = with_question(Section.IMPLICATIONS)
    client = signed_in(bid.started_by)
    assert [gap.text for gap in actions.gaps_of(bid)] == [
        f"“{bid.answers.get(question__key='q3').question.label}” does not say whether there is an effect."
    ]
    page = client.get(address).content.decode()
    assert "There is no effect, because …" in page
    client.post(address, {"version": "1", "text": "Nobody is touched by it.", "effect": "none"})
    answer = Answer.objects.get(bid=bid, question__key="q3")
    assert (answer.effect, answer.is_done) == ("none", True)
    assert actions.gaps_of(bid) == []
    sent = actions.bid_submit(bid=bid, by=bid.started_by)
    assert sent.snapshot["answers"][2]["effect"] == "none"
    assert "There is no effect, because …" in client.get(sent.get_absolute_url()).content.decode()


def test_an_effect_without_words_is_no_answer(signed_in):
    bid, address = with_question(Section.IMPLICATIONS)
    signed_in(bid.started_by).post(address, {"version": "1", "text": "", "effect": "none"})
    assert ["has no answer." in gap.text for gap in actions.gaps_of(bid)] == [True]


def test_earlier_learning_is_cited_or_said_why_none_fits(signed_in):
    bid, address = with_question(Section.LEARNING)
    client = signed_in(bid.started_by)
    client.post(address, {"version": "1", "text": ""})
    assert ["has no answer." in gap.text for gap in actions.gaps_of(bid)] == [True]
    old, cite = HistoricBidFactory(), url("citation_list", slug=bid.slug)
    page = client.get(address).content.decode()
    assert cite in page
    client.post(cite, {"source": old.pk, "title": "", "link": ""})
    assert actions.gaps_of(bid) == []
    assert bid.answers.get(question__key="q3").is_done
    sent = actions.bid_submit(bid=bid, by=bid.started_by)
    assert sent.snapshot["citations"] == [{"bid": old.slug_en, "heading": old.heading}]
    assert old.heading in client.get(sent.get_absolute_url()).content.decode()
    actions.bid_withdraw(bid=bid, by=bid.started_by)
    client.post(url("citation_remove", slug=bid.slug, pk=Citation.objects.get().pk))
    assert not Citation.objects.exists()
    client.post(address, {"version": "2", "text": "Nothing was funded on this."})
    assert actions.gaps_of(Bid.objects.get(pk=bid.pk)) == []


def test_a_page_elsewhere_is_cited_by_title_and_address_and_nothing_twice(signed_in, bid):
    client, cite = signed_in(bid.started_by), url("citation_list", slug=bid.slug)
    assert "Choose a bid, or give the title" in client.post(cite, {"title": ""}).content.decode()
    assert "There is a problem" in client.post(cite, {"title": "x", "link": "javascript:alert(1)"}).content.decode()
    client.post(cite, {"title": "A report", "link": "https://example.org/report"})
    assert str(Citation.objects.get()) == "A report"
    old = HistoricBidFactory()
    for _twice in range(2):
        page = client.post(cite, {"source": old.pk}, follow=True).content.decode()
    assert "The bid cites this already." in page
    assert Citation.objects.count() == 2


def test_what_is_submitted_is_cited_no_more_and_no_less(signed_in, bid):
    citation = CitationFactory(bid=bid)
    actions.bid_submit(bid=bid, by=bid.started_by)
    client = signed_in(bid.started_by)
    client.post(url("citation_list", slug=bid.slug), {"title": "More"})
    client.post(url("citation_remove", slug=bid.slug, pk=citation.pk))
    assert [one.title for one in Citation.objects.all()] == ["A report of another council"]


# --- The timeline ---------------------------------------------------------------------------------
def test_the_timeline_says_everything_that_happened_who_when_and_why(signed_in, bid):
    client = signed_in(bid.started_by)
    client.post(url("answer_edit", slug=bid.slug, key="q1"), {"version": "1", "text": "New words."})
    data = {"version": "1", "title": "Another title", "topic": bid.topic_id, "language": "en", "amount_pence": ""}
    client.post(url("details_edit", slug=bid.slug), data)
    council = person(Role.DIGITAL_LEAD).memberships.get().organisation
    invited = actions.partner_invite(bid=bid, organisation=council, role="Tests", share_pence=None, by=bid.started_by)
    actions.partner_remove(partner=invited, by=bid.started_by)
    client.post(url("bid_submit", slug=bid.slug))
    client.post(url("bid_withdraw", slug=bid.slug), {"why": "A figure is wrong."})
    told = [(line.label, line.why) for line in timeline_of(Bid.objects.get())]
    assert told == [
        ("Bid withdrawn", "A figure is wrong."),
        ("Bid submitted", ""),
        ("Partner taken out of the bid", ""),
        ("Partner asked to join", "Tests"),
        ("Details changed", ""),
        ("Answer saved", ""),
        ("Bid started", ""),
    ]
    page = client.get(url("bid_timeline", slug=bid.slug)).content.decode()
    assert str(council.name) in page
    assert "A figure is wrong." in page
    assert page.count(str(bid.started_by)) >= 7
    assert "Tynnwyd partner o’r cais" in client.get(url("bid_timeline", "cy", slug=bid.slug)).content.decode()


def test_a_save_that_changes_nothing_is_no_happening(signed_in, bid):
    address = url("answer_edit", slug=bid.slug, key="q1")
    signed_in(bid.started_by).post(address, {"version": "1", "text": "Some words of an answer."})
    assert not bid.happenings.exists()


def test_the_consent_of_a_partner_that_was_taken_out_stays_on_the_timeline(bid):
    partner = PartnerFactory(bid=bid)
    lead_there = person(Role.DIGITAL_LEAD, organisation=partner.organisation)
    from fund.forms import ConsentForm

    actions.partner_agree(ConsentForm({"version": "1", "event": "agree"}, partner=partner), by=lead_there)
    actions.partner_remove(partner=partner, by=bid.started_by)
    told = [(line.label, str(line.about)) for line in timeline_of(Bid.objects.get())]
    assert ("Agreed in principle", str(partner.organisation.name)) in told


# --- Word -----------------------------------------------------------------------------------------
@pytest.mark.parametrize(("language", "words"), [("en", "Words: 5 of 20"), ("cy", "Geiriau: 5 o 20")])
def test_a_draft_goes_out_to_word_with_its_counts(signed_in, bid, language, words):
    PartnerFactory(bid=bid, share_pence=None)
    CostLineFactory(bid=bid, note="A developer")
    AnswerFactory(bid=bid, question=QuestionFactory(round=bid.round, key="q3"), text="")
    response = signed_in(bid.started_by).get(url("bid_word", language, slug=bid.slug))
    assert response.headers["Content-Disposition"] == f'attachment; filename="{bid.slug}.docx"'
    document = Document(BytesIO(response.content))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert bid.title in text
    assert text.count(words) == 2
    assert "Some words of an answer." in text
    assert "£30,000" in [cell.text for row in document.tables[0].rows for cell in row.cells]


def test_a_proposal_answers_the_questions_of_its_stage():
    one_round = open_round(questions=1)
    QuestionFactory(round=one_round, key="p1", stage=StageKind.PROPOSALS)
    bid = draft(person(Role.OFFICER), one_round)
    assert [answer.question.key for answer in bid.answers_in_order()] == ["q1"]
    bid.stage = StageKind.PROPOSALS
    assert [answer.question.key for answer in bid.answers_in_order()] == ["p1"]

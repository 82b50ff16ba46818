"""Writing in a bid: limits, drafts, two people at once, the order of the questions, changed forms."""

import pytest

from accounts.roles import Role
from fund import actions, rules
from fund.models import Answer, Bid, Question
from tests.factories.fund import HistoricBidFactory, PartnerFactory, QuestionFactory, draft, open_round
from tests.factories.people import person
from wlga_portal.kernel.models import Draft

from .conftest import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def bid() -> Bid:
    return draft(person(Role.OFFICER))


def test_a_text_over_the_limit_is_refused_with_a_sentence_and_kept(signed_in, bid):
    client, address = signed_in(bid.started_by), url("answer_edit", slug=bid.slug, key="q1")
    text = " ".join(["word"] * 21)
    page = client.post(address, {"version": "1", "text": text}).content.decode()
    assert "Use 20 words or fewer. There are 21." in page
    assert text in page
    assert "<title>Error: " in page
    assert Answer.objects.get(bid=bid, question__key="q1").text == "Some words of an answer."
    assert Draft.objects.get().data == {"text": text, "version": 1}
    assert text in client.get(address).content.decode()


def test_a_text_at_the_limit_is_saved_with_its_lines(signed_in, bid):
    text = " ".join(["word"] * 19) + "\r\nend"
    signed_in(bid.started_by).post(url("answer_edit", slug=bid.slug, key="q1"), {"version": "1", "text": text})
    answer = bid.answers.get(question__key="q1")
    assert (answer.words, answer.version) == (20, 2)
    assert answer.text == text.replace("\r\n", "\n")


def test_save_and_continue_leads_to_the_next_question_and_after_the_last_to_the_list(signed_in, bid):
    client = signed_in(bid.started_by)
    first, last = (url("answer_edit", slug=bid.slug, key=key) for key in ("q1", "q2"))
    assert client.post(first, {"version": "1", "text": "a", "next": "1"}).headers["Location"] == last
    assert client.post(last, {"version": "1", "text": "b", "next": "1"}).headers["Location"] == bid.get_absolute_url()
    assert client.post(first, {"version": "2", "text": "c"}).headers["Location"] == bid.get_absolute_url()


def test_officers_of_two_councils_who_change_the_same_answer_see_both_texts(signed_in, bid):
    colleague = person(Role.OFFICER)
    PartnerFactory(
        bid=bid,
        organisation=colleague.memberships.get().organisation,
        status="agreed",
        decided_by=colleague,
        decided_at=bid.started_at,
    )
    address = url("answer_edit", slug=bid.slug, key="q1")
    signed_in(colleague).post(address, {"version": "1", "text": "Theirs."})
    client = signed_in(bid.started_by)
    clash = client.post(address, {"version": "1", "text": "Mine."})
    assert clash.status_code == 409
    page = clash.content.decode()
    assert "Mine." in page
    assert "Theirs." in page
    assert bid.answers.get(question__key="q1").text == "Theirs."
    assert Draft.objects.get(user=bid.started_by).data["text"] == "Mine."
    both = {"version": "2", "clash_text": "new", "mine_text": "Mine.", "text": "Mine and theirs."}
    client.post(address, both)
    answer = bid.answers.get(question__key="q1")
    assert (answer.text, answer.version) == ("Mine and theirs.", 3)
    assert not Draft.objects.exists()


@pytest.mark.parametrize(("choice", "kept"), [("mine", "Mine."), ("theirs", "Theirs.")])
def test_after_a_clash_either_text_can_be_kept(signed_in, bid, choice, kept):
    answer = bid.answers.get(question__key="q1")
    answer.text, answer.version = "Theirs.", 2
    answer.save()
    data = {"version": "2", "clash_text": choice, "mine_text": "Mine.", "text": "Mine."}
    signed_in(bid.started_by).post(url("answer_edit", slug=bid.slug, key="q1"), data)
    assert bid.answers.get(question__key="q1").text == kept


def test_the_language_switch_keeps_the_text_first(signed_in, bid):
    client = signed_in(bid.started_by)
    address = url("answer_edit", slug=bid.slug, key="q1")
    response = client.post(address, {"version": "1", "text": "half", "_switch": "cy"})
    assert response.headers["Location"] == url("answer_edit", "cy", slug=bid.slug, key="q1")
    assert Draft.objects.get().data["text"] == "half"


def test_a_draft_that_says_what_is_saved_is_no_draft(signed_in, bid):
    client = signed_in(bid.started_by)
    same = {"version": "1", "text": "Some words of an answer."}
    client.post(url("answer_draft", slug=bid.slug, key="q1"), same)
    assert "not saved yet" not in client.get(url("answer_edit", slug=bid.slug, key="q1")).content.decode()
    assert "Text not saved" not in client.get(url("bid_page", slug=bid.slug)).content.decode()


def test_a_draft_is_for_its_writer_alone(signed_in, bid):
    colleague = person(Role.OFFICER, organisation=bid.lead)
    signed_in(bid.started_by).post(url("answer_draft", slug=bid.slug, key="q1"), {"version": "1", "text": "private"})
    assert "private" not in signed_in(colleague).get(url("answer_edit", slug=bid.slug, key="q1")).content.decode()


def test_text_without_a_version_clashes_with_what_is_saved_rather_than_overwrite_it(signed_in, bid):
    response = signed_in(bid.started_by).post(url("answer_edit", slug=bid.slug, key="q1"), {"text": "No version."})
    assert response.status_code == 409
    assert bid.answers.get(question__key="q1").text == "Some words of an answer."


def test_a_zero_byte_is_refused_and_never_reaches_the_database(signed_in, bid):
    client = signed_in(bid.started_by)
    address = url("answer_edit", slug=bid.slug, key="q1")
    assert client.post(address, {"version": "1", "text": "a\0b"}).status_code == 200
    assert (
        client.post(url("answer_draft", slug=bid.slug, key="q1"), {"version": "1", "text": "a\0b"}).status_code == 200
    )
    assert Draft.objects.get().data["text"] == "ab"


def test_details_are_saved_with_pounds_as_pence(signed_in, bid):
    data = {"version": "1", "title": "New title", "topic": bid.topic_id, "language": "cy", "amount_pence": "12,345.60"}
    response = signed_in(bid.started_by).post(url("details_edit", slug=bid.slug), data)
    assert response.headers["Location"] == bid.get_absolute_url()
    bid = Bid.objects.get()
    assert (bid.title, bid.language, bid.amount_pence, bid.version) == ("New title", "cy", 1_234_560, 2)


def test_details_that_two_people_change_are_shown_side_by_side(signed_in, bid):
    client = signed_in(bid.started_by)
    data = {"version": "1", "topic": bid.topic_id, "language": "en", "amount_pence": ""}
    client.post(url("details_edit", slug=bid.slug), {**data, "title": "First"})
    clash = client.post(url("details_edit", slug=bid.slug), {**data, "title": "Second"})
    assert clash.status_code == 409
    assert "First" in clash.content.decode()
    assert Bid.objects.get().title == "First"


def test_details_without_a_title_get_a_sentence(signed_in, bid):
    data = {"version": "1", "title": "", "topic": bid.topic_id, "language": "en"}
    page = signed_in(bid.started_by).post(url("details_edit", slug=bid.slug), data).content.decode()
    assert "Enter “Title of the bid”." in page
    assert url("details_edit", slug=bid.slug) in signed_in(bid.started_by).get(bid.get_absolute_url()).content.decode()


def test_a_question_changed_after_a_bid_began_is_asked_of_later_bids_only():
    one_round = open_round()
    bid = draft(person(Role.OFFICER), one_round)
    question = one_round.questions.get(key="q1")
    manager = person(Role.FUND_MANAGER)
    changed = actions.question_revise(question=question, by=manager, word_limit=300)
    one_round.refresh_from_db()
    assert (changed.form_version, one_round.form_version, changed.word_limit) == (2, 2, 300)
    assert bid.answers.get(question__key="q1").question.word_limit == 20
    officer = person(Role.OFFICER)
    later = actions.bid_start(
        one_round=one_round,
        lead=officer.memberships.get().organisation,
        topic=one_round.topics.get(),
        title="Later",
        language="en",
        by=officer,
    )
    assert [answer.question.word_limit for answer in later.answers_in_order()] == [300, 20]
    with pytest.raises(ValueError, match="only the present form"):
        actions.question_revise(question=question, by=manager, word_limit=5)


def test_a_question_that_no_bid_answers_is_changed_in_place():
    question = QuestionFactory()
    actions.question_revise(question=question, by=person(Role.FUND_MANAGER), label_cy="Newydd?")
    assert Question.objects.get().label.cy == "Newydd?"
    assert Question.objects.get().form_version == 1


def test_the_whole_bid_can_be_read_by_everybody_in_its_councils(signed_in, bid):
    bid.answers.filter(question__key="q2").update(text="", words=0)
    page = (
        signed_in(person(Role.DIGITAL_LEAD, organisation=bid.lead)).get(url("bid_read", slug=bid.slug)).content.decode()
    )
    assert "Some words of an answer." in page
    assert "no answer yet" in page
    assert "5 words of 20" in page


def test_an_officer_of_two_councils_chooses_which_one_leads(signed_in):
    one_round = open_round()
    officer = person(Role.OFFICER)
    second = person(Role.OFFICER).memberships.get()
    officer.memberships.create(organisation=second.organisation, role=Role.OFFICER)
    client = signed_in(officer)
    page = client.get(url("bid_start", slug=one_round.slug_en)).content.decode()
    assert '<select class="govuk-select"' in page
    data = {"lead": second.organisation_id, "title": "T", "topic": one_round.topics.get().pk, "language": "en"}
    client.post(url("bid_start", slug=one_round.slug_en), data)
    assert Bid.objects.get().lead == second.organisation


def test_a_bid_cannot_be_started_for_somebody_elses_council(signed_in):
    one_round, other = open_round(), person(Role.OFFICER).memberships.get().organisation
    data = {"lead": other.pk, "title": "T", "topic": one_round.topics.get().pk, "language": "en"}
    page = signed_in(person(Role.OFFICER)).post(url("bid_start", slug=one_round.slug_en), data).content.decode()
    assert "There is a problem" in page
    assert not Bid.objects.exists()


def test_the_list_of_tasks_tells_the_states_apart(signed_in, bid):
    QuestionFactory(round=bid.round, form_version=2)
    answers = {answer.question.key: answer for answer in bid.answers_in_order()}
    answers["q1"].text = "word " * 21
    answers["q1"].save()
    answers["q2"].delete()
    bid.round.questions.filter(key="q2").delete()
    page = signed_in(bid.started_by).get(bid.get_absolute_url()).content.decode()
    assert "Too long" in page
    assert "0 of 1 question is answered." in page


def test_a_question_that_may_stay_empty_is_marked_optional(signed_in):
    one_round = open_round(questions=1)
    QuestionFactory(round=one_round, key="more", required=False)
    officer = person(Role.OFFICER)
    bid = actions.bid_start(
        one_round=one_round,
        lead=officer.memberships.get().organisation,
        topic=one_round.topics.get(),
        title="T",
        language="en",
        by=officer,
    )
    page = signed_in(officer).get(bid.get_absolute_url()).content.decode()
    assert page.count("Not started") == 1
    assert "Optional" in page


def test_nobody_writes_in_a_bid_of_the_past():
    bid = HistoricBidFactory()
    officer = person(Role.OFFICER)
    PartnerFactory(bid=bid, organisation=officer.memberships.get().organisation, status="unknown")
    assert not rules.bid_write(officer, bid)
    assert not rules.bid_lead_officer(officer, bid)

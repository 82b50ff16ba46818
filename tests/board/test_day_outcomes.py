"""Outcomes in the words of the recommendations, votes, and the register of decisions."""

import pytest
from django.urls import reverse

from board import actions
from board.models import Outcome, PublicNote, Result, Vote
from tests.factories.board import AgendaItemFactory, MeetingFactory
from tests.factories.board_day import ActionFactory, OutcomeFactory, PublicNoteFactory
from wlga_portal.kernel.workflow import NotAllowed, Refused

pytestmark = pytest.mark.django_db
ASKS = (("Agree **the trial**.", "Cytuno ar **y treial**."), ("Report in May.", "Adrodd ym mis Mai."))
NOTED = {"result": "noted", "words": ("The dates were noted.", "Nodwyd y dyddiadau.")}


def at(name, outcome):
    return reverse(f"board:{name}", kwargs={"pk": outcome.pk})


# --- as recommended


def test_one_button_records_every_recommendation_that_has_no_outcome_in_its_own_words(day, browse):
    first, second = day.publish(day.open, *ASKS)
    client, url = browse(day.by), day.url("outcomes_as_recommended", day.open)
    client.post(url, {"uid": second.uid})
    assert [one.number for one in Outcome.objects.all()] == [2]
    for _sent in (1, 2):  # the line broke, and the tablet sent it again
        client.post(url)
    found = {one.number: (one.words_en, one.words_cy, one.result) for one in Outcome.objects.all()}
    assert found == {number: (*said, "agreed") for number, said in enumerate(ASKS, 1)}
    assert Outcome.objects.get(number=1).edition == first.edition
    assert "Outcomes recorded" in client.get(day.url("day_page")).content.decode()


def test_a_paper_for_information_is_noted_as_recommended(day):
    asked = day.publish(day.open, ASKS[0], purpose="information")
    [outcome] = actions.as_recommended(day.open, asked, by=day.by)
    assert outcome.result == "noted"


# --- every kind of outcome


@pytest.mark.parametrize("result", Result.values)
def test_every_outcome_is_recorded_in_the_browser_and_some_ask_for_a_sentence(day, browse, result):
    [asked] = day.publish(day.open, ASKS[0])
    client, url = browse(day.by), day.url("outcome_add", day.open, uid=asked.uid)
    assert "Agree" in client.get(url).content.decode()
    form = {"result": result, "detail_en": "", "detail_cy": ""}
    if result in ("changed", "deferred", "referred"):
        assert "in at least one language" in client.post(url, form).content.decode()
        assert not Outcome.objects.exists()
        form["detail_en"] = "Until May."
    for _sent in (1, 2):
        assert client.post(url, form)["Location"] == day.url("day_item", day.open)
    outcome = Outcome.objects.get()
    assert (outcome.result, outcome.words_cy) == (result, ASKS[0][1])
    page = client.get(day.url("day_item", day.open)).content.decode()
    assert str(Result(result).label) in page
    again = client.get(url)  # from then on it is changed, not added
    assert again["Location"] == at("outcome_edit", outcome)


def test_another_outcome_of_a_recommendation_that_has_one_is_refused(day):
    [asked] = day.publish(day.open, ASKS[0])
    record = actions.outcome_record
    first = record(day.open, by=day.by, asked=asked, result="agreed")
    assert record(day.open, by=day.by, asked=asked, result="agreed") == first
    with pytest.raises(Refused, match="has an outcome already"):
        record(day.open, by=day.by, asked=asked, result="not_agreed")


def test_a_decision_without_a_recommendation_is_in_the_secretariats_words_and_stands_once(day, browse):
    client, url = browse(day.by), day.url("decision_add", day.oral)
    assert "in at least one language" in client.post(url, {"result": "noted"}).content.decode()
    form = {"result": "noted", "words_en": "The dates were noted.", "words_cy": "Nodwyd y dyddiadau."}
    for _sent in (1, 2):
        assert client.post(url, form).status_code == 302
    outcome = Outcome.objects.get()
    assert (outcome.words_en, outcome.edition, outcome.number) == ("The dates were noted.", None, None)
    client.post(url, {**form, "words_en": "And the places too."})
    assert Outcome.objects.count() == 2


def test_an_outcome_is_changed_and_two_people_who_change_it_see_both(day, browse):
    outcome = actions.outcome_record(day.oral, by=day.by, **NOTED)
    client, url = browse(day.by), at("outcome_edit", outcome)
    form = {"version": outcome.version, "words_en": "Noted.", "words_cy": "Nodwyd.", "result": "noted"}
    assert client.post(url, form).status_code == 302
    clash = client.post(url, {**form, "words_en": "Welcomed."})
    assert clash.status_code == 409
    assert "Welcomed." in clash.content.decode()
    outcome.refresh_from_db()
    assert outcome.words_en == "Noted."
    recommended = actions.as_recommended(day.open, day.publish(day.open, ASKS[1]), by=day.by)[0]
    form = {"version": recommended.version, "result": "not_agreed", "words_en": "Other words"}
    client.post(at("outcome_edit", recommended), form)
    recommended.refresh_from_db()
    assert (recommended.result, recommended.words_en) == ("not_agreed", ASKS[1][0])


def test_an_outcome_that_led_to_an_action_stays_on_the_record(day, browse):
    outcome = actions.outcome_record(day.oral, by=day.by, **NOTED)
    action = ActionFactory(item=day.oral, outcome=outcome)
    page = browse(day.by).post(at("outcome_remove", outcome))
    assert "An action came of this outcome" in page.content.decode()
    action.delete()
    browse(day.by).post(at("outcome_remove", outcome))
    assert not Outcome.objects.exists()


# --- votes


@pytest.fixture
def decision(day):
    """A decision of three members who are there."""
    day.mark("in_person", "online", "in_person")
    return actions.outcome_record(day.oral, by=day.by, result="agreed", words=("Agreed.", "Cytunwyd."))


def test_a_vote_is_recorded_changed_and_taken_off_again(day, browse, decision):
    client, url = browse(day.by), at("vote_record", decision)
    for against in ("0", "1"):
        client.post(url, {"in_favour": "2", "against": against, "abstained": "0", "casting": ""})
    vote = Vote.objects.get()
    assert (vote.in_favour, vote.against, vote.said) == (2, 1, "Votes: 2 for, 1 against, 0 abstained.")
    assert vote.said in client.get(day.url("day_item", day.oral)).content.decode()
    client.post(at("vote_remove", decision))
    assert not Vote.objects.exists()
    assert client.get(at("vote_remove", decision)).status_code == 302


@pytest.mark.parametrize(
    ("votes", "says"),
    [
        ((0, 0, 0, ""), "Enter how many voted."),
        ((2, 1, 0, "for"), "A casting vote is for equal numbers only."),
        ((3, 1, 0, ""), "4 votes are more than the members who were there (3)."),
        ((1, 1, 0, ""), "The votes do not carry it"),
        ((1, 1, 0, "against"), "The votes do not carry it"),
        ((0, 2, 1, ""), "The votes do not carry it"),
    ],
)
def test_a_vote_that_cannot_be_is_refused_with_a_sentence(browse, day, decision, votes, says):
    form = dict(zip(("in_favour", "against", "abstained", "casting"), votes, strict=True))
    page = browse(day.by).post(at("vote_record", decision), form)
    assert says in page.content.decode()
    assert not Vote.objects.exists()


def test_the_casting_vote_carries_it_and_an_outcome_must_fit_its_vote(browse, day, decision):
    actions.vote_record(decision, by=day.by, in_favour=1, against=1, abstained=1, casting="for")
    form = {"version": decision.version, "words_en": "Agreed.", "words_cy": "Cytunwyd.", "result": "not_agreed"}
    page = browse(day.by).post(at("outcome_edit", decision), form)
    assert "More votes were for than against" in page.content.decode()
    decision.refresh_from_db()
    assert decision.result == "agreed"


def test_whoever_left_for_a_prejudicial_interest_has_no_vote_on_it(day, decision):
    nature = ("Kin.", "Perthynas.")
    actions.declaration_record(day.oral, day.chair_seat.person, by=day.by, kind="prejudicial", nature=nature)
    with pytest.raises(Refused, match="more than the members who were there"):
        actions.vote_record(decision, by=day.by, in_favour=3, against=0, abstained=0)
    actions.vote_record(decision, by=day.by, in_favour=2, against=0, abstained=0)


# --- the register


def listed(browse, user):
    page = browse(user).get(reverse("board:outcome_list")).content.decode()
    return {word for word in ("Opened", "Hidden") if word in page}


def test_decisions_are_public_with_the_note_and_those_of_restricted_items_for_the_board_alone(day, browse):
    for item, word in ((day.oral, "Opened"), (day.restricted, "Hidden")):
        actions.outcome_record(item, by=day.by, result="agreed", words=(f"{word} words.", "Geiriau."))
    both, people = {"Opened", "Hidden"}, day.people
    everybody = (None, people.stranger, people.officer, people.member, day.by)
    assert [listed(browse, user) for user in everybody] == [set(), set(), set(), both, both]
    for outcome in Outcome.objects.all():
        assert browse(None).get(outcome.get_absolute_url()).status_code == 404
    day.mark("in_person")
    day.hold()
    actions.note_publish(day.meeting, by=day.by)
    assert [listed(browse, user) for user in everybody] == [{"Opened"}] * 3 + [both] * 2
    found = {one.item: browse(None).get(one.get_absolute_url()).status_code for one in Outcome.objects.all()}
    assert found == {day.oral: 200, day.restricted: 404}
    assert "Hidden" not in browse(None).get(reverse("board:outcomes_csv")).content.decode()
    nature = ("My firm.", "Fy nghwmni.")
    actions.declaration_record(
        day.restricted, day.member_seat.person, by=day.by, kind="prejudicial", nature=nature, why="Said late."
    )
    assert listed(browse, people.member) == {"Opened"}


def test_the_register_costs_as_much_with_thirty_decisions_as_with_one(browse, django_assert_max_num_queries):
    item = AgendaItemFactory()
    PublicNoteFactory(meeting=item.meeting)
    OutcomeFactory(item=item)
    client, url = browse(None), reverse("board:outcome_list")
    client.get(url)
    with django_assert_max_num_queries(12) as few:
        assert "1 decision" in client.get(url).content.decode()
    for _more in range(29):
        OutcomeFactory(item=AgendaItemFactory(meeting=item.meeting))
    with django_assert_max_num_queries(len(few)):
        assert "30 decisions" in client.get(url).content.decode()


def test_the_register_is_filtered_and_the_same_rows_are_data(browse):
    meeting = MeetingFactory()
    PublicNoteFactory(meeting=meeting)
    for result, words in (("agreed", "Alpha"), ("deferred", "Beta")):
        OutcomeFactory(item=AgendaItemFactory(meeting=meeting), result=result, words_en=words, detail_en="Until May.")
    client = browse(None)
    page = client.get(reverse("board:outcome_list"), {"result": "deferred"}).content.decode()
    assert ("Beta" in page, "Alpha" in page) == (True, False)
    lines = client.get(reverse("board:outcomes_csv"), {"result": "deferred"}).content.decode().splitlines()
    assert len(lines) == 2
    assert lines[1].endswith(",Beta,Deferred,Until May.")


def test_once_the_note_is_out_a_change_needs_its_reason_and_publishes_a_corrected_note(day, browse):
    outcome = actions.outcome_record(day.oral, by=day.by, **NOTED)
    day.mark("in_person")
    day.hold()
    actions.note_publish(day.meeting, by=day.by)
    with pytest.raises(Refused, match="say why the record is corrected"):
        actions.outcome_record(day.oral, by=day.by, result="agreed", words=("More.", "Mwy."))
    form = {"version": outcome.version, "words_en": "Noted.", "words_cy": "Nodwyd.", "result": "noted"}
    page = browse(day.by).post(at("outcome_edit", outcome), form)
    assert page.status_code == 200
    browse(day.by).post(at("outcome_edit", outcome), {**form, "why": "A word was wrong."})
    notes = PublicNote.objects.order_by("number")
    assert [(note.number, note.why) for note in notes] == [(1, ""), (2, "A word was wrong.")]
    shown = browse(None).get(day.url("public_note_page")).content.decode()
    assert "A word was wrong." in shown
    with pytest.raises(NotAllowed):
        actions.outcome_record(day.oral, by=day.chair, result="agreed", words=("a", "b"), why="No.")

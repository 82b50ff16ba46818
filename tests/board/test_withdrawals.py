"""Withdrawal in an emergency: by two people, through one door in the database, and then nowhere a word is left."""

import json
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from board import actions
from board.actions import paper_correct, paper_step
from board.actions.withdrawals import withdrawal_ask, withdrawal_decide
from board.editions import latest
from board.models import Block, Edition, Paper, Withdrawal
from board.panels import withdrawals_to_confirm
from tests.factories.board import MeetingFactory
from tests.factories.people import person
from tests.factories.writing import WithdrawalFactory
from wlga_portal.kernel.workflow import NotAllowed, ReasonMissing, Refused

pytestmark = pytest.mark.django_db
REASON = ("It held personal data.", "Roedd yn cynnwys data personol.")
SECRET = "Mrs Jones of Bala"


def address(name, paper, **parts):
    return reverse(f"board:{name}", kwargs={"slug": paper.slug, **parts})


@pytest.fixture
def paper(people):
    titles = {"title_en": f"The case of {SECRET}", "title_cy": f"Achos {SECRET}"}
    return people.published((f"About {SECRET}.", f"Am {SECRET}."), **titles)


def asked(people, paper):
    return withdrawal_ask(paper, list(paper.editions.all()), by=people.secretary, reason=REASON)[0]


def withdrawn(people, paper):
    return withdrawal_decide(asked(people, paper), "confirm", by=people.clearer)


def corrected(people, paper):
    """A second edition without the secret."""
    paper_correct(paper, by=people.secretary, why="names a person")
    Block.objects.filter(paper=paper).update(text_en="About a resident.", text_cy="Am breswylydd.")
    Paper.objects.filter(pk=paper.pk).update(
        title_en="A case", title_cy="Achos", correction_en="A name is out.", correction_cy="Tynnwyd enw."
    )
    for event, by in (("submit", people.author), ("clear", people.clearer), ("publish", people.secretary)):
        paper_step(Paper.objects.get(pk=paper.pk), event, by=by)
    return Paper.objects.get(pk=paper.pk)


def refuses(write, error=IntegrityError, match=""):
    with pytest.raises(error, match=match), transaction.atomic():
        write()


def test_once_two_people_agree_the_words_are_gone_and_the_hash_stays(people, paper):
    edition = latest(paper)
    withdrawal = withdrawn(people, paper)
    gone = Edition.objects.get(pk=edition.pk)
    paper.refresh_from_db()
    assert (gone.content, gone.sha256, gone.withdrawn_at) == ("", edition.sha256, withdrawal.decided_at)
    assert (paper.edition_number, paper.day, latest(paper)) == (None, None, None)
    assert gone.data["title"] == {"en": "Withdrawn paper", "cy": "Papur a dynnwyd yn ôl"}
    assert gone.data.keys() | {"item", "meeting"} == edition.data.keys() | {"implications"}


def test_the_person_who_asked_cannot_confirm_and_a_second_request_waits_for_the_first(people, paper):
    withdrawal = asked(people, paper)
    with pytest.raises(NotAllowed):
        withdrawal_decide(withdrawal, "confirm", by=people.secretary)
    with pytest.raises(Refused, match="neither withdrawn nor waiting"):
        asked(people, paper)
    with pytest.raises(Refused, match="neither withdrawn nor waiting"):
        withdrawal_ask(paper, [], by=people.secretary, reason=REASON)
    with pytest.raises(Refused, match="secretariat"):
        withdrawal_ask(paper, paper.editions.all(), by=people.clearer, reason=REASON)
    assert latest(paper).content


def test_a_request_that_is_declined_changes_nothing_and_may_be_made_again(people, paper):
    with pytest.raises(ReasonMissing):
        withdrawal_decide(asked(people, paper), "decline", by=people.clearer)
    withdrawal_decide(Withdrawal.objects.get(), "decline", by=people.clearer, why="The name is public.")
    assert latest(paper).content
    assert withdrawn(people, paper).status == "done"


def test_the_database_lets_nothing_but_a_confirmed_withdrawal_take_words_away(people, paper):
    edition = latest(paper)
    refuses(lambda: Edition.objects.filter(pk=edition.pk).update(content=""), DatabaseError, "permission denied")
    now = {"decided_at": timezone.now(), "status": "done"}
    one = people.secretary
    refuses(
        lambda: WithdrawalFactory(edition=edition, asked_by=one, decided_by=one, **now),
        match="withdrawal_by_two_people",
    )
    refuses(lambda: WithdrawalFactory(edition=edition, status="done"), match="withdrawal_decided_when_and_by_whom")
    refuses(lambda: WithdrawalFactory(edition=edition, reason_cy=""), match="withdrawal_reason_in_both")
    refuses(lambda: WithdrawalFactory(edition=edition, status="x"), match="withdrawal_status_known|decided_when")
    refuses(
        lambda: Edition.objects.create(
            paper=paper, number=9, content="x", sha256="0" * 64, withdrawn_at=timezone.now()
        ),
        match="edition_withdrawn_says_nothing|edition_hash_is_of_its_content",
    )
    assert Edition.objects.get(pk=edition.pk).content == edition.content
    done = withdrawn(people, paper)
    refuses(lambda: WithdrawalFactory(edition=edition), match="withdrawal_once")
    refuses(lambda: Withdrawal.objects.filter(pk=done.pk).update(reason_en="Other."), match="final")
    refuses(done.delete, match="final")
    assert Edition.objects.get(pk=edition.pk).content == ""


def test_nowhere_a_word_is_served_and_the_tombstone_is_public(people, browse, paper):
    edition, client = latest(paper), browse(None)
    withdrawal = withdrawn(people, paper)
    tombs = (paper.get_absolute_url(), address("edition_page", paper, number=1), withdrawal.get_absolute_url())
    for url in tombs:
        answer = client.get(url, follow=True)
        text = answer.content.decode()
        assert answer.status_code == 200
        assert paper.slug_en not in text  # nor its address, which says its title
        assert paper.slug_cy not in text
        assert SECRET not in text
        assert "The case of" not in text
        assert edition.sha256 in text
        assert "It held personal data." in text
        assert people.secretary.name not in text
    data = client.get(address("edition_data", paper, number=1))
    assert data.status_code == 410
    assert json.loads(data.content) | {"withdrawn_at": ""} == {
        "withdrawn": True,
        "edition": 1,
        "sha256": edition.sha256,
        "withdrawn_at": "",
        "reason": {"en": REASON[0], "cy": REASON[1]},
    }
    register = client.get(reverse("board:withdrawal_list")).content.decode()
    assert edition.sha256 in register
    for url in (reverse("board:paper_list"), reverse("board:front"), paper.meeting.get_absolute_url(),
                paper.board.get_absolute_url(), reverse("board:withdrawal_list")):  # fmt: skip
        said = client.get(url).content.decode()
        assert SECRET not in said
        assert paper.slug_en not in said
    assert address("edition_changes", paper, number=1)
    assert client.get(address("edition_changes", paper, number=1)).status_code == 404
    assert not Edition.objects.readable(people.member).exists()
    assert not Paper.objects.visible_to(people.member).filter(pk=paper.pk).exists()
    welsh = client.get(f"/cy/bwrdd/papurau/{paper.slug_cy}/", follow=True).content.decode()
    assert "Papur a dynnwyd yn ôl" in welsh
    assert "Roedd yn cynnwys data personol." in welsh


def test_the_tombstone_says_nothing_before_the_second_person(people, browse, paper):
    withdrawal = asked(people, paper)
    assert browse(None).get(withdrawal.get_absolute_url()).status_code == 404
    assert SECRET in browse(None).get(paper.get_absolute_url()).content.decode()
    assert "Withdraw it now" in browse(people.clearer).get(withdrawal.get_absolute_url()).content.decode()
    assert "Withdraw it now" not in browse(people.secretary).get(withdrawal.get_absolute_url()).content.decode()


def test_a_new_edition_takes_the_place_and_the_withdrawn_one_stays_a_tombstone(people, browse, paper):
    withdrawn(people, paper)
    paper.refresh_from_db()
    again = corrected(people, paper)
    assert again.edition_number == 2
    client = browse(None)
    assert "About a resident." in client.get(again.get_absolute_url()).content.decode()
    tomb = client.get(address("edition_page", again, number=1), follow=True).content.decode()
    assert "Withdrawn paper" in tomb
    assert again.get_absolute_url() in tomb
    assert client.get(address("edition_changes", again, number=2)).status_code == 404
    assert list(Edition.objects.readable(None).filter(paper=again).current()) == [latest(again)]


def test_an_older_edition_is_withdrawn_while_the_newer_one_is_read(people, browse, paper):
    again = corrected(people, paper)
    first = again.editions.get(number=1)
    withdrawal = withdrawal_ask(again, [first], by=people.secretary, reason=REASON)[0]
    withdrawal_decide(withdrawal, "confirm", by=person(Role.SECRETARIAT))
    again.refresh_from_db()
    assert again.edition_number == 2
    page = browse(None).get(again.get_absolute_url()).content.decode()
    assert "About a resident." in page
    assert address("edition_page", again, number=1) not in page


def test_a_correction_cannot_be_given_up_where_the_edition_is_gone(people, paper):
    withdrawn(people, paper)
    paper.refresh_from_db()
    paper_correct(paper, by=people.secretary, why="names a person")
    paper.refresh_from_db()
    assert not paper.can("abandon", people.secretary)
    assert paper.can("submit", people.secretary)


def test_the_two_people_do_it_in_the_browser(people, browse, paper):
    url, secretary, clearer = address("withdrawal_ask", paper), browse(people.secretary), browse(people.clearer)
    assert url in secretary.get(address("paper_work", paper)).content.decode()
    edition = latest(paper)
    refused = secretary.post(url, {"editions": [edition.pk], "reason_en": REASON[0], "reason_cy": ""})
    assert "Enter “Reason that the public reads (Welsh)”." in refused.content.decode()
    secretary.post(url, {"editions": [edition.pk], "reason_en": REASON[0], "reason_cy": REASON[1]})
    withdrawal = Withdrawal.objects.get()
    needs = list(withdrawals_to_confirm(people.clearer))
    assert [(need.url, need.due) for need in needs] == [(withdrawal.get_absolute_url(), timezone.localdate())]
    assert list(withdrawals_to_confirm(people.secretary)) == list(withdrawals_to_confirm(people.author)) == []
    step = reverse("board:withdrawal_step", kwargs={"pk": withdrawal.pk, "event": "confirm"})
    assert secretary.get(step).status_code == 403
    asked_page = clearer.get(step).content.decode()
    assert "cannot be undone" in asked_page
    assert edition.get_absolute_url() in asked_page
    assert edition.get_absolute_url() in clearer.get(withdrawal.get_absolute_url()).content.decode()
    assert clearer.post(step)["Location"] == withdrawal.get_absolute_url()
    assert "cannot be done now" in clearer.post(step, follow=True).content.decode()
    withdrawal.refresh_from_db()
    assert (withdrawal.asked_by, withdrawal.decided_by) == (people.secretary, people.clearer)
    assert timezone.now() - withdrawal.decided_at < timedelta(minutes=1)
    again = secretary.post(url, {"editions": [edition.pk], "reason_en": "x", "reason_cy": "x"})
    assert again.status_code == 200
    assert "is not one of the available choices" in again.content.decode()


def test_who_opens_the_screens_of_a_withdrawal(people, browse, paper):
    withdrawal = asked(people, paper)
    ask, see = address("withdrawal_ask", paper), withdrawal.get_absolute_url()
    step = reverse("board:withdrawal_step", kwargs={"pk": withdrawal.pk, "event": "decline"})
    found = {
        name: [browse(user).get(url).status_code for url in (ask, see, step)]
        for name, user in {**vars(people), "anonymous": None}.items()
        if name != "home"
    }
    assert found == {
        "secretary": [200, 200, 200],
        "clearer": [403, 200, 200],
        "translator": [403, 200, 403],
        "author": [403, 200, 403],
        "member": [404, 404, 404],
        "officer": [404, 404, 404],
        "stranger": [404, 404, 404],
        "anonymous": [302, 404, 302],
    }


def test_copies_on_devices_learn_what_was_withdrawn_without_signing_in(people, browse, paper):
    keeps = reverse("board:meeting_device", kwargs={"slug": paper.meeting.slug})
    member = browse(people.member)
    edition = latest(paper)
    assert edition.sha256 in {page["sha256"] for page in member.get(keeps).json()["pages"]}
    waiting = asked(people, paper)
    assert browse(None).get("/worker/withdrawn.json").json() == {"withdrawn": []}
    withdrawal_decide(waiting, "confirm", by=people.clearer)
    assert browse(None).get("/worker/withdrawn.json").json() == {"withdrawn": [edition.sha256]}
    assert edition.sha256 not in {page["sha256"] for page in member.get(keeps).json()["pages"]}


def test_a_name_is_taken_out_of_approved_minutes_by_a_withdrawal_and_a_new_edition(day, browse):
    day.hold()
    minutes = actions.minutes_draft(day.meeting, by=day.by)
    later = MeetingFactory(board=minutes.board, date=day.meeting.date + timedelta(days=60), status="called")
    said = minutes.blocks.filter(pk=minutes.blocks.filter(kind="paragraph").first().pk)
    said.update(text_en=f"{SECRET} spoke.", text_cy=f"Siaradodd {SECRET}.")
    first = actions.minutes_approve(minutes, later, by=day.by)
    assert SECRET in browse(None).get(minutes.get_absolute_url()).content.decode()
    [asked] = withdrawal_ask(minutes, [first], by=day.by, reason=REASON)
    withdrawal_decide(asked, "confirm", by=day.people.clearer)
    paper_correct(minutes, by=day.by, why="names a person")
    said.update(text_en="A resident spoke.", text_cy="Siaradodd preswylydd.")
    note = {"correction_en": "A name is out.", "correction_cy": "Tynnwyd enw."}
    Paper.objects.filter(pk=minutes.pk).update(**note)
    second = actions.minutes_approve(Paper.objects.get(pk=minutes.pk), later, by=day.by)
    shown = browse(None).get(minutes.get_absolute_url()).content.decode()
    assert (second.number, "A resident spoke." in shown, SECRET in shown) == (2, True, False)
    assert SECRET not in "".join(Edition.objects.filter(paper=minutes).values_list("content", flat=True))

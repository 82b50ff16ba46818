"""A Welsh bid: the same deadline, to translation at once from what was sent, corrected by who wrote it."""

import pytest

from accounts.roles import Role
from fund import actions as bid_actions
from fund.actions import translations as actions
from fund.models import Bid, BidTranslation, TranslatedText
from fund.states.translation import TranslationStatus
from tests.factories.bidding import CostLineFactory
from tests.factories.fund import PartnerFactory, draft, open_round
from tests.factories.people import person
from wlga_portal.kernel.models import Draft
from wlga_portal.kernel.service_models import Notification
from wlga_portal.kernel.workflow import NotAllowed, Refused, WrongState

from .conftest import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def bid() -> Bid:
    bid = draft(person(Role.OFFICER), open_round(consent_required=False), language="cy", title="Teitl")
    PartnerFactory(bid=bid, role="Yn profi")
    CostLineFactory(bid=bid, note="Datblygwr")
    return bid


@pytest.fixture
def translator():
    return person(Role.TRANSLATOR)


def sent(bid: Bid) -> BidTranslation:
    return bid_actions.bid_submit(bid=Bid.objects.get(pk=bid.pk), by=bid.started_by).translation


def test_a_welsh_bid_goes_to_translation_at_once_from_its_snapshot(bid, translator):
    translation = sent(bid)
    assert translation.asked_at == translation.submission.received_at
    assert [(text.key, text.source) for text in translation.texts.all()] == [
        ("title", "Teitl"),
        ("answer:q1", "Some words of an answer."),
        ("answer:q2", "Some words of an answer."),
        (f"partner:{bid.partners.get().organisation.slug_en}", "Yn profi"),
        ("cost:1", "Datblygwr"),
    ]
    assert Notification.objects.get(kind="fund.translation_asked").user == translator


def test_an_english_bid_needs_none():
    bid = draft(person(Role.OFFICER))
    bid_actions.bid_submit(bid=bid, by=bid.started_by)
    assert not BidTranslation.objects.exists()


def test_a_translator_writes_text_by_text_and_says_that_it_is_done(signed_in, bid, translator):
    translation, client = sent(bid), signed_in(translator)
    assert "Teitl" in client.get(url("translation_list")).content.decode()
    assert "0 of 5 texts are translated." in client.get(translation.get_absolute_url()).content.decode()
    move = url("translation_move", pk=translation.pk)
    assert "Texts that are not translated yet: 5." in client.post(move, follow=True).content.decode()
    address = url("translation_text", pk=translation.pk, order=1)
    draft_url = url("translation_draft", pk=translation.pk, order=1)
    assert client.post(draft_url, {"version": "1", "text": "Ti"}).json()["saved_at"]
    assert ">Ti</textarea>" in client.get(address).content.decode().replace("\n", "")
    for order in range(1, 6):
        here = url("translation_text", pk=translation.pk, order=order)
        done = client.post(here, {"version": "1", "text": f"English {order}", "next": "1"})
    assert done.headers["Location"] == translation.get_absolute_url()
    assert not Draft.objects.exists()
    client.post(move, {"event": "finish"})
    translation.refresh_from_db()
    assert (translation.status, translation.done_by) == (TranslationStatus.DONE, translator)
    assert Notification.objects.get(kind="fund.translated").user == bid.started_by
    client.post(move, {"event": "reopen"})
    translation.refresh_from_db()
    assert (translation.status, translation.done_by) == (TranslationStatus.WAITING, None)


def test_the_applicant_corrects_the_translation_and_that_is_said(signed_in, bid, translator):
    translation = sent(bid)
    address = url("translation_text", pk=translation.pk, order=1)
    signed_in(translator).post(address, {"version": "1", "text": "A title"})
    officer = signed_in(bid.started_by)
    assert translation.get_absolute_url() in officer.get(bid.get_absolute_url()).content.decode()
    officer.post(address, {"version": "2", "text": "The title"})
    text = TranslatedText.objects.get(order=1)
    assert (text.text, text.corrected_by) == ("The title", bid.started_by)
    assert "Corrected by the applicant" in officer.get(translation.get_absolute_url()).content.decode()
    clash = signed_in(translator).post(address, {"version": "2", "text": "Some title"})
    assert clash.status_code == 409
    assert "The title" in clash.content.decode()
    assert Draft.objects.get().data["text"] == "Some title"


def test_what_was_translated_before_in_the_same_words_stays_translated(signed_in, bid, translator):
    first = sent(bid)
    signed_in(translator).post(url("translation_text", pk=first.pk, order=1), {"version": "1", "text": "A title"})
    bid_actions.bid_withdraw(bid=Bid.objects.get(pk=bid.pk), by=bid.started_by)
    second = sent(bid)
    assert [text.text for text in second.texts.all()] == ["A title", "", "", "", ""]
    assert first.texts.count() == 5


def test_others_neither_see_nor_write_a_translation(signed_in, bid, translator):
    translation = sent(bid)
    parts = {"pk": translation.pk}
    asked = person(Role.OFFICER, organisation=bid.partners.get().organisation)
    stranger = person(Role.OFFICER)
    assert signed_in(stranger).get(translation.get_absolute_url()).status_code == 404
    assert signed_in(asked).get(translation.get_absolute_url()).status_code == 200
    for nobody in (asked, person(Role.FUND_MANAGER)):
        assert signed_in(nobody).post(url("translation_text", **parts, order=1), {"text": "x"}).status_code == 403
        assert signed_in(nobody).post(url("translation_draft", **parts, order=1), {"text": "x"}).status_code == 403
    for nobody in (asked, bid.started_by):
        assert signed_in(nobody).post(url("translation_move", **parts), {"event": "finish"}).status_code == 403
    assert signed_in(stranger).post(url("translation_move", **parts), {"event": "finish"}).status_code == 404
    assert translation.texts.exclude(text="").count() == 0


@pytest.mark.parametrize("status", TranslationStatus.values)
@pytest.mark.parametrize("event", ["finish", "reopen"])
def test_a_translation_moves_only_along_the_table(bid, translator, status, event):
    translation = sent(bid)
    translation.texts.update(text="x")
    if status == TranslationStatus.DONE:
        actions.translation_finish(translation=translation, by=translator)
    move = actions.translation_finish if event == "finish" else actions.translation_reopen
    with pytest.raises(NotAllowed):
        move(translation=translation, by=bid.started_by)
    if (status, event) in {("waiting", "finish"), ("done", "reopen")}:
        assert move(translation=translation, by=translator).status != status
    else:
        with pytest.raises((WrongState, Refused)):
            move(translation=translation, by=translator)


def test_the_demonstrations_translators_hear_of_its_bids_alone(bid):
    invented = person(Role.TRANSLATOR, demo_slug="invented-translator", email="invented@example.org")
    sent(bid)
    assert not Notification.objects.filter(user=invented).exists()

"""Partners: asked, agreeing, changed, asked again, taken out."""

from datetime import timedelta

import pytest

from accounts.roles import Role
from fund import actions
from fund.clock import Closed
from fund.forms import ConsentForm, PartnerForm
from fund.models import Bid, Partner
from fund.states import Consent
from tests.factories.fund import PartnerFactory, draft
from tests.factories.people import BodyFactory, CouncilFactory, person
from wlga_portal.kernel.history import event_model
from wlga_portal.kernel.models import StatusChange
from wlga_portal.kernel.notify.mails import notification_mail
from wlga_portal.kernel.service_models import Notification
from wlga_portal.kernel.workflow import Refused

from .conftest import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def bid() -> Bid:
    return draft(person(Role.OFFICER))


@pytest.fixture
def partner(bid) -> Partner:
    return PartnerFactory(bid=bid, role="Tests it", share_pence=50_000)


@pytest.fixture
def digital_lead(partner):
    return person(Role.DIGITAL_LEAD, organisation=partner.organisation)


def agree(partner, by, event="agree", version=None):
    form = ConsentForm({"version": str(version or partner.version), "event": event}, partner=partner)
    return actions.partner_agree(form, by=by) if event == "agree" else actions.partner_decline(form, by=by)


def change(partner, by, **values):
    data = {"version": str(partner.version), "role": partner.role, "share_pence": "500", **values}
    form = PartnerForm(data, instance=partner)
    assert form.is_valid(), form.errors
    return actions.partner_change(form, by=by)


def test_the_digital_lead_gets_a_message_in_their_language_that_leads_to_the_page_with_the_button(signed_in, bid):
    council = CouncilFactory()
    lead_there = person(Role.DIGITAL_LEAD, organisation=council, language="cy")
    data = {"organisation": council.pk, "role": "Tests it", "share_pence": "500"}
    signed_in(bid.started_by).post(url("partner_list", slug=bid.slug), data)
    partner = Partner.objects.get()
    message = Notification.objects.get()
    assert (message.user, message.kind) == (lead_there, "fund.consent_asked")
    mail = notification_mail(message)
    assert mail.subject == f"Mae {bid.lead.name_cy} yn gofyn i chi gytuno i’r cais “{bid.title}”"
    assert "£500" in mail.body
    assert url("partner_consent", "cy", slug=bid.slug, pk=partner.pk) in mail.body


def test_opening_the_page_changes_nothing_and_its_button_agrees(signed_in, partner, digital_lead):
    client = signed_in(digital_lead)
    address = url("partner_consent", slug=partner.bid.slug, pk=partner.pk)
    page = client.get(address).content.decode()
    assert "Agree in principle" in page
    assert "£500" in page
    assert Partner.objects.get().status == Consent.INVITED
    done = client.post(address, {"version": "1", "event": "agree"}, follow=True).content.decode()
    assert "Your council agreed in principle." in done
    decided = Partner.objects.get()
    assert (decided.status, decided.decided_by) == (Consent.AGREED, digital_lead)
    told = Notification.objects.get(kind="fund.consent_agreed")
    assert told.user == partner.bid.started_by


def test_a_digital_lead_may_decline_with_a_reason_and_later_agree_after_all(signed_in, partner, digital_lead):
    client = signed_in(digital_lead)
    address = url("partner_consent", slug=partner.bid.slug, pk=partner.pk)
    page = client.post(address, {"version": "1", "event": "decline", "why": "No time."}, follow=True).content.decode()
    assert "Your council declined." in page
    assert StatusChange.of(partner).get().why == "No time."
    assert Notification.objects.filter(kind="fund.consent_declined").count() == 1
    client.post(address, {"version": str(Partner.objects.get().version), "event": "agree"})
    assert Partner.objects.get().status == Consent.AGREED


def test_who_read_another_share_does_not_agree_to_this_one(signed_in, partner, digital_lead):
    change(partner, partner.bid.started_by, share_pence="900")
    address = url("partner_consent", slug=partner.bid.slug, pk=partner.pk)
    page = signed_in(digital_lead).post(address, {"version": "1", "event": "agree"}).content.decode()
    assert "The role or the share changed while you were reading. Read them again." in page
    assert "£900" in page
    assert Partner.objects.get().status == Consent.INVITED


@pytest.mark.parametrize("values", [{"share_pence": "501"}, {"share_pence": ""}, {"role": "Leads a part"}])
def test_any_change_of_role_or_share_voids_the_agreement_and_asks_again(partner, digital_lead, values):
    agree(partner, digital_lead)
    partner.refresh_from_db()
    changed = change(partner, partner.bid.started_by, **values)
    assert changed.status == Consent.VOID
    assert [move.event for move in StatusChange.of(partner)] == ["agree", "void"]
    asked = Notification.objects.filter(kind="fund.consent_asked").get()
    assert (asked.user, asked.context["again"]) == (digital_lead, True)
    assert "an earlier answer no longer holds" in notification_mail(asked).body
    changed.refresh_from_db()
    assert agree(changed, digital_lead).status == Consent.AGREED


def test_saving_the_same_part_leaves_the_agreement(partner, digital_lead):
    agree(partner, digital_lead)
    partner.refresh_from_db()
    assert change(partner, partner.bid.started_by).status == Consent.AGREED
    assert not Notification.objects.filter(kind="fund.consent_asked").exists()


def test_a_changed_part_asks_a_council_that_declined_again(partner, digital_lead):
    agree(partner, digital_lead, "decline")
    partner.refresh_from_db()
    assert change(partner, partner.bid.started_by, share_pence="1").status == Consent.INVITED


def test_the_page_warns_before_an_agreement_is_voided_and_says_so_after(signed_in, partner, digital_lead):
    agree(partner, digital_lead)
    client, address = signed_in(partner.bid.started_by), url("partner_edit", slug=partner.bid.slug, pk=partner.pk)
    assert "This partner has agreed." in client.get(address).content.decode()
    data = {"version": "1", "role": "Other", "share_pence": "500"}
    page = client.post(address, data, follow=True).content.decode()
    assert "Saved. The agreement no longer holds: the partner is asked again." in page
    assert "No longer holds" in page


def test_two_who_change_the_same_part_see_both_texts(signed_in, partner):
    client, address = signed_in(partner.bid.started_by), url("partner_edit", slug=partner.bid.slug, pk=partner.pk)
    assert client.post(address, {"version": "1", "role": "First", "share_pence": "500"}).status_code == 302
    clash = client.post(address, {"version": "1", "role": "Second", "share_pence": "500"})
    assert clash.status_code == 409
    assert "First" in clash.content.decode()


def test_a_partner_can_be_taken_out_and_the_history_keeps_it(signed_in, partner):
    page = signed_in(partner.bid.started_by).post(
        url("partner_remove", slug=partner.bid.slug, pk=partner.pk), follow=True
    )
    assert f"{partner.organisation.name} is no longer in the bid." in page.content.decode()
    assert not Partner.objects.exists()
    kept = event_model(Partner).objects.filter(pgh_obj_id=partner.pk)
    assert [event.pgh_label for event in kept.order_by("pgh_id")] == ["insert", "delete"]


def test_after_the_deadline_partners_are_locked(partner, digital_lead, bid):
    late = bid.round.stages.get().closes_at + timedelta(seconds=1)
    form = ConsentForm({"version": "1", "event": "agree"}, partner=partner)
    with pytest.raises(Closed):
        actions.partner_agree(form, by=digital_lead, at=late)
    with pytest.raises(Closed):
        actions.partner_remove(partner=partner, by=bid.started_by, at=late)
    with pytest.raises(Closed):
        actions.partner_invite(
            bid=bid, organisation=CouncilFactory(), role="x", share_pence=None, by=bid.started_by, at=late
        )
    edit = PartnerForm({"version": "1", "role": "x", "share_pence": ""}, instance=partner)
    assert edit.is_valid()
    with pytest.raises(Closed):
        actions.partner_change(edit, by=bid.started_by, at=late)


def test_of_a_submitted_bid_the_partners_are_locked_and_the_pages_say_why(signed_in, bid, partner, digital_lead):
    agree(partner, digital_lead)
    actions.bid_submit(bid=bid, by=bid.started_by)
    officer, lead = signed_in(bid.started_by), signed_in(digital_lead)
    sentence = "The bid is submitted. To change it, withdraw it first."
    listed = officer.get(url("partner_list", slug=bid.slug)).content.decode()
    assert sentence in listed
    assert "Ask to join" not in listed
    data = {"organisation": CouncilFactory().pk, "role": "x"}
    assert sentence in officer.post(url("partner_list", slug=bid.slug), data, follow=True).content.decode()
    removed = officer.post(url("partner_remove", slug=bid.slug, pk=partner.pk), follow=True).content.decode()
    assert sentence in removed
    edit = {"version": "1", "role": "x", "share_pence": ""}
    assert sentence in officer.post(url("partner_edit", slug=bid.slug, pk=partner.pk), edit).content.decode()
    consent = lead.post(url("partner_consent", slug=bid.slug, pk=partner.pk), {"version": "1", "event": "decline"})
    assert sentence in consent.content.decode()
    assert Partner.objects.get().status == Consent.AGREED


def test_only_officers_of_the_lead_ask_others_to_join(signed_in, bid, partner, digital_lead):
    agree(partner, digital_lead)
    colleague = person(Role.OFFICER, organisation=partner.organisation)
    client = signed_in(colleague)
    assert "Ask to join" not in client.get(url("partner_list", slug=bid.slug)).content.decode()
    data = {"organisation": CouncilFactory().pk, "role": "x"}
    page = client.post(url("partner_list", slug=bid.slug), data, follow=True).content.decode()
    assert "Only officers of the lead council change the partners." in page
    assert Partner.objects.count() == 1


def test_neither_the_lead_nor_a_partner_can_be_asked_to_join_again(signed_in, bid, partner):
    client = signed_in(bid.started_by)
    for body in (bid.lead, partner.organisation):
        data = {"organisation": body.pk, "role": "x", "share_pence": ""}
        assert "There is a problem" in client.post(url("partner_list", slug=bid.slug), data).content.decode()
    assert Partner.objects.count() == 1


def test_the_list_says_where_nobody_can_agree_yet_and_adds_the_shares_up(signed_in, bid, partner, digital_lead):
    PartnerFactory(bid=bid, organisation=BodyFactory(), share_pence=None)
    page = signed_in(bid.started_by).get(url("partner_list", slug=bid.slug)).content.decode()
    assert page.count("nobody there can agree in the portal yet") == 1
    assert "Shares of the partners together: £500" in page


def test_the_officers_of_a_council_write_from_when_it_has_agreed(signed_in, bid, partner, digital_lead):
    colleague = signed_in(person(Role.OFFICER, organisation=partner.organisation))
    address = url("answer_edit", slug=bid.slug, key="q1")
    assert colleague.get(address).status_code == 403
    agree(partner, digital_lead)
    assert colleague.get(address).status_code == 200
    partner.refresh_from_db()
    change(partner, bid.started_by, share_pence="2")
    assert colleague.get(address).status_code == 200


def test_everything_that_happened_to_a_bid_and_its_partners_is_on_its_page(signed_in, bid, partner, digital_lead):
    agree(partner, digital_lead)
    actions.bid_submit(bid=bid, by=bid.started_by)
    page = signed_in(bid.started_by).get(bid.get_absolute_url()).content.decode()
    assert "<strong>Agreed in principle</strong>: " in page
    assert page.index("<strong>Bid submitted</strong>") < page.index("<strong>Agreed in principle</strong>")
    assert page.index("<strong>Agreed in principle</strong>") < page.index("<strong>Bid started</strong>")


def test_a_partner_that_a_colleague_asked_or_took_out_meanwhile_is_a_sentence_and_no_fault(bid, partner, digital_lead):
    again = {"organisation": partner.organisation, "role": "x", "share_pence": None, "by": bid.started_by}
    with pytest.raises(Refused, match="is in the bid already"):
        actions.partner_invite(bid=bid, **again)
    with pytest.raises(Refused, match="is in the bid already"):
        actions.partner_invite(bid=bid, **{**again, "organisation": bid.lead})
    gone = Partner.objects.get()
    actions.partner_remove(partner=partner, by=bid.started_by)
    for late in (
        lambda: agree(gone, digital_lead),
        lambda: change(gone, bid.started_by, share_pence="3"),
        lambda: actions.partner_remove(partner=gone, by=bid.started_by),
    ):
        with pytest.raises(Refused, match="This partner is no longer in the bid"):
            late()


def test_two_officers_who_ask_the_same_council_at_once_get_a_sentence(signed_in, bid, monkeypatch):
    council = CouncilFactory()
    ask = actions.partner_invite

    def colleague_first(**given):
        ask(**given)
        return ask(**given)

    monkeypatch.setattr(actions, "partner_invite", colleague_first)
    data = {"organisation": council.pk, "role": "x", "share_pence": ""}
    page = signed_in(bid.started_by).post(url("partner_list", slug=bid.slug), data).content.decode()
    assert f"{council.name} is in the bid already." in page


def test_agreeing_to_a_part_that_was_taken_away_this_moment_is_a_sentence(
    signed_in, partner, digital_lead, monkeypatch
):
    agree_now = actions.partner_agree

    def taken_away_first(form, **given):
        Partner.objects.all().delete()
        return agree_now(form, **given)

    monkeypatch.setattr(actions, "partner_agree", taken_away_first)
    address = url("partner_consent", slug=partner.bid.slug, pk=partner.pk)
    page = signed_in(digital_lead).post(address, {"version": "1", "event": "agree"}).content.decode()
    assert "This partner is no longer in the bid." in page

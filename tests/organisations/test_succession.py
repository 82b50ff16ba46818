"""An organisation ends: its successor takes its people and its open work, its past stays; until then it is undone."""

from datetime import date, timedelta

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from accounts.models import Membership
from accounts.roles import Role
from board.models import Action, Seat
from fund.models import Bid, Partner
from fund.states import BidStatus
from organisations import succession
from organisations.actions import CannotEnd, end_organisation, keep_organisation
from organisations.models import MailDomain, Organisation
from organisations.tasks import settle_ended
from projects.models import ProjectPartner
from tests.factories.board import SeatFactory
from tests.factories.fund import BidFactory, HistoricBidFactory, PartnerFactory, SubmissionFactory
from tests.factories.fund_awards import VariationShareFactory
from tests.factories.people import BodyFactory, CouncilFactory, MailDomainFactory, MembershipFactory, person
from tests.factories.projects import ProjectFactory, ProjectPartnerFactory
from tests.factories.training import BookingFactory, LearnerMembershipFactory
from tests.walk import BACKEND
from training.models import Booking, LearnerMembership
from wlga_portal.kernel.history import history_of

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


def ended(organisation: Organisation, successor: Organisation | None, days: int = 1) -> Organisation:
    """Its last day was so many days ago, and nothing has moved yet."""
    Organisation.objects.filter(pk=organisation.pk).update(ends_on=TODAY() - timedelta(days=days), successor=successor)
    return Organisation.objects.get(pk=organisation.pk)


@pytest.fixture
def old() -> Organisation:
    return CouncilFactory(name_en="Oldshire", tile_column=2, tile_row=3, tile_en="OL", tile_cy="HE")


@pytest.fixture
def new() -> Organisation:
    return CouncilFactory(name_en="Newshire")


def test_every_field_that_points_at_an_organisation_says_what_becomes_of_it():
    assert {part.field for part in succession.parts()} == succession.pointing()
    assert next(part.field for part in succession.parts()) == "organisations.MailDomain.organisation"


def test_the_portal_may_write_each_field_that_it_sets_for_the_successor():
    """What is append-only stays as it was written, and says so by a `carry` of its own."""
    refused = []
    for part in succession.parts():
        if part.open_rows is None or part.carry is not None:
            continue
        label, _dot, name = part.field.rpartition(".")
        model = apps.get_model(label)
        column = [model._meta.db_table, model._meta.get_field(name).column]
        with connection.cursor() as cursor:
            cursor.execute("SELECT has_column_privilege(%s, %s, 'UPDATE')", column)
            if cursor.fetchone() != (True,):
                refused.append(part.field)
    assert refused == []


def test_the_share_that_was_asked_for_in_a_change_stays_as_it_was_asked_and_is_named(old, new):
    share = VariationShareFactory(organisation=old)
    found = {str(outcome.label): outcome for outcome in succession.carry_over(ended(old, new))}
    assert found["Shares of changes that are asked for"].left == (str(share),)
    share.refresh_from_db()
    assert share.organisation == old


def test_people_go_on_in_the_successor_from_the_day_after_and_their_past_stays(old, new):
    anna, berth = person(), person()
    began = TODAY() - timedelta(days=400)
    lead = MembershipFactory(user=anna, organisation=old, role=Role.DIGITAL_LEAD, starts=began)
    past = MembershipFactory(user=berth, organisation=old, starts=began, ends=began + timedelta(days=3))
    ends = TODAY() + timedelta(days=30)
    deputy = MembershipFactory(
        user=berth, organisation=old, role=Role.DIGITAL_LEAD, starts=began, ends=ends, deputy_for=lead
    )
    learner = LearnerMembershipFactory(organisation=old, starts=began)
    ended(old, new)
    assert succession.settle_ended() == [old]
    last, first = TODAY() - timedelta(days=1), TODAY()
    assert list(
        Membership.objects.order_by("pk").values_list("user", "organisation", "starts", "ends", "deputy_for")
    ) == [
        (anna.pk, old.pk, began, last, None),
        (berth.pk, old.pk, began, past.ends, None),
        (berth.pk, old.pk, began, last, lead.pk),
        (anna.pk, new.pk, first, None, None),
        (berth.pk, new.pk, first, ends, Membership.objects.get(user=anna, organisation=new).pk),
    ]
    assert deputy.organisation_id == old.pk
    assert list(
        LearnerMembership.objects.filter(learner=learner.learner).order_by("pk").values_list("organisation", "ends")
    ) == [(old.pk, last), (new.pk, None)]
    assert anna.has_role(Role.DIGITAL_LEAD, new)
    assert history_of(lead)[0].why == succession.WHY


def test_a_role_to_come_begins_in_the_successor_and_one_held_there_already_is_not_given_twice(old, new):
    anna = person(Role.OFFICER, organisation=new)
    MembershipFactory(user=anna, organisation=old)
    soon = TODAY() + timedelta(days=10)
    MembershipFactory(user=person(), organisation=old, role=Role.FINANCE, starts=soon)
    body = ended(old, new)
    succession.settle_ended()
    assert Membership.objects.filter(organisation=new, user=anna).count() == 1
    assert Membership.objects.get(organisation=new, role=Role.FINANCE).starts == soon
    assert not Membership.objects.filter(organisation=body, role=Role.FINANCE).exists()


def test_a_role_of_councils_alone_ends_where_the_successor_is_none(old):
    MembershipFactory(organisation=old, starts=date(2024, 1, 1))
    ended(old, BodyFactory())
    succession.settle_ended()
    assert Membership.objects.get().ends == TODAY() - timedelta(days=1)


def test_open_bids_go_to_the_successor_and_decided_ones_stay_under_the_old_name(old, new):
    draft = BidFactory(lead=old)
    lost = BidFactory(lead=old)
    sent = SubmissionFactory(bid=lost)
    Bid.objects.filter(pk=lost.pk).update(status=BidStatus.UNSUCCESSFUL, latest=sent)
    past = HistoricBidFactory(lead=old)
    part = PartnerFactory(bid=BidFactory(lead=CouncilFactory()), organisation=old)
    ended(old, new)
    succession.settle_ended()
    leads = dict(Bid.objects.values_list("pk", "lead"))
    assert (leads[draft.pk], leads[lost.pk], leads[past.pk]) == (new.pk, old.pk, old.pk)
    assert Partner.objects.get(pk=part.pk).organisation == new


def test_where_both_have_a_part_in_a_bid_it_stays_and_is_named(old, new):
    bid = BidFactory(lead=old)
    PartnerFactory(bid=bid, organisation=new)
    other = PartnerFactory(bid=BidFactory(lead=new), organisation=old)
    found = {str(one.label): one for one in succession.preview(ended(old, new))}
    assert (found["Bids that it leads"].moved, found["Bids that it leads"].left) == (0, (str(bid),))
    assert found["Parts in bids of others"].left == ("Oldshire",)
    succession.settle_ended()
    assert Bid.objects.get(pk=bid.pk).lead == old
    assert Partner.objects.get(pk=other.pk).organisation == old


def test_projects_bookings_seats_actions_and_mail_domains_go_on(old, new):
    going, over = ProjectFactory(status="active"), ProjectFactory(status="closed")
    for project in (going, over):
        ProjectPartnerFactory(project=project, organisation=old)
    booking = BookingFactory(organisation=old)
    domain = MailDomainFactory(organisation=old)
    seat = SeatFactory(organisation=old, starts=date(2024, 1, 1))
    ended(old, new)
    succession.settle_ended()
    assert ProjectPartner.objects.get(project=going).organisation == new
    assert ProjectPartner.objects.get(project=over).organisation == old
    assert Booking.objects.get(pk=booking.pk).organisation == new
    assert MailDomain.objects.get(pk=domain.pk).organisation == new
    assert list(
        Seat.objects.filter(person=seat.person).order_by("pk").values_list("organisation", "starts", "ends")
    ) == [
        (old.pk, date(2024, 1, 1), TODAY() - timedelta(days=1)),
        (new.pk, TODAY(), None),
    ]
    assert not Action.objects.filter(organisation=old).exists()


def test_a_body_that_closes_without_a_successor_ends_its_roles_and_names_the_rest(old):
    MembershipFactory(organisation=old, starts=date(2024, 1, 1))
    MailDomainFactory(organisation=old)
    bid = BidFactory(lead=old, started_by=person())
    body = ended(old, None)
    found = {str(one.label): (one.moved, one.left) for one in succession.preview(body)}
    assert found == {
        "Mail domains": (1, ()),
        "People’s roles": (1, ()),
        "Bids that it leads": (0, (str(bid),)),
    }
    assert Membership.objects.get().ends is None
    succession.settle_ended()
    assert Membership.objects.get().ends == TODAY() - timedelta(days=1)
    assert not MailDomain.objects.exists()


def test_it_is_settled_once_and_gives_its_tile_to_the_successor(old, new):
    BidFactory(lead=old)
    ended(old, new)
    settle_ended(timestamp=0)
    later = BidFactory(lead=old)
    assert succession.settle_ended() == []
    assert Bid.objects.get(pk=later.pk).lead == old
    new.refresh_from_db()
    old.refresh_from_db()
    assert (new.tile_column, new.tile_row, new.tile_en, old.tile_column) == (2, 3, "OL", None)
    with pytest.raises(ValueError, match="does not end"):
        succession.last_day(new)


def test_nothing_moves_before_the_last_day_is_over_and_it_can_be_taken_back(old, new):
    admin = person(Role.ADMINISTRATOR)
    MembershipFactory(organisation=old)
    end_organisation(old, by=admin, ends_on=TODAY(), successor=new, why="they merge")
    assert succession.settle_ended() == []
    assert Membership.objects.filter(organisation=old, ends=None).count() == 1
    keep_organisation(old, by=admin, why="not yet")
    old.refresh_from_db()
    assert (old.ends_on, old.successor) == (None, None)
    assert history_of(old)[0].why == "not yet"


def test_what_cannot_end_so_is_a_sentence(old, new):
    admin = person(Role.ADMINISTRATOR)
    with pytest.raises(CannotEnd, match="over already"):
        end_organisation(old, by=admin, ends_on=TODAY() - timedelta(days=1), successor=new, why="x")
    end_organisation(new, by=admin, ends_on=TODAY() + timedelta(days=5), successor=old, why="x")
    with pytest.raises(CannotEnd, match="goes on in it"):
        end_organisation(old, by=admin, ends_on=TODAY(), successor=new, why="x")
    third = CouncilFactory()
    with pytest.raises(CannotEnd, match="ends on that day or before"):
        end_organisation(third, by=admin, ends_on=TODAY() + timedelta(days=5), successor=new, why="x")
    ended(third, None)
    with pytest.raises(CannotEnd, match="cannot be taken back"):
        keep_organisation(third, by=admin, why="x")
    succession.settle_ended()
    with pytest.raises(CannotEnd, match="has gone to its successor"):
        end_organisation(third, by=admin, ends_on=TODAY(), successor=None, why="x")


@pytest.mark.parametrize(
    ("name", "fields"),
    [
        ("organisation_successor_from_a_day", {"ends_on": None}),
        ("organisation_succeeded_by_another", {"successor": "itself"}),
        ("organisation_settled_at_its_end", {"ends_on": None, "successor": None, "settled_at": timezone.now()}),
    ],
)
def test_the_database_refuses_an_end_that_is_not_whole(old, new, name, fields):
    ended(old, new)
    values = {key: old.pk if value == "itself" else value for key, value in fields.items()}
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Organisation.objects.filter(pk=old.pk).update(**values)


def parts(name: str, day: date) -> dict[str, str]:
    """A day in its three inputs."""
    return {f"{name}_{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def signed_in(*roles: Role) -> Client:
    client = Client()
    client.force_login(person(*roles), backend=BACKEND)
    return client


def test_an_administrator_sets_it_down_sees_what_moves_and_takes_it_back(old, new):
    MembershipFactory(organisation=old)
    url = f"/en/account/people/{old.slug_en}/end/"
    keep = f"/en/account/people/{old.slug_en}/keep/"
    day = TODAY() + timedelta(days=40)
    sent = {**parts("ends_on", day), "successor": new.pk, "why": "merger"}
    for client in (signed_in(), signed_in(Role.TEAM)):
        assert (client.get(url).status_code, client.post(url, sent).status_code) == (404, 404)
        assert client.post(keep).status_code == 404
    assert Client().get(url).status_code == 302
    client = signed_in(Role.ADMINISTRATOR)
    assert url in client.get(f"/en/account/people/{old.slug_en}/").content.decode()
    answer = client.post(url, sent, follow=True).content.decode()
    assert "What will happen on the day after" in answer
    assert "People’s roles" in answer
    old.refresh_from_db()
    assert (old.ends_on, old.successor) == (day, new)
    assert Membership.objects.get(organisation=old).ends is None
    public = Client().get(f"/en/councils/{old.slug_en}/").content.decode()
    assert "This organisation ends on" in public
    assert "everything stays as it is" in client.post(keep, follow=True).content.decode()
    past = {**sent, **parts("ends_on", day - timedelta(days=500))}
    assert "The last day is over already." in client.post(url, past).content.decode()
    ended(old, new)
    assert "cannot be taken back" in client.post(keep, follow=True).content.decode()
    succession.settle_ended()
    assert "What was open was handed over" in client.get(url).content.decode()


def test_the_directory_counts_the_councils_of_today_and_names_those_that_ended(old, new):
    ended(old, new)
    succession.settle_ended()
    shown = Client().get("/en/councils/").content.decode()
    assert "Wales has 1 council." in shown
    assert "Councils and bodies that have ended" in shown
    page = Client().get(f"/en/councils/{old.slug_en}/").content.decode()
    assert "This organisation ended on" in page
    assert "Newshire" in page
    assert "It goes on with the work of:" in Client().get(f"/en/councils/{new.slug_en}/").content.decode()
    assert "Daeth y sefydliad hwn i ben" in Client().get(f"/cy/cynghorau/{old.slug_cy}/").content.decode()


def test_loading_the_facts_again_leaves_what_has_ended_alone():
    call_command("load_programme")
    cardiff = Organisation.objects.get(slug_en="cardiff")
    ended(cardiff, Organisation.objects.get(slug_en="newport"))
    succession.settle_ended()
    call_command("load_programme")
    cardiff.refresh_from_db()
    assert cardiff.tile_column is None

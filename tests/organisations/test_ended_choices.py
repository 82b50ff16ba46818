"""An organisation that has ended is offered for nothing new; what names it already may keep it."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from accounts.actions.memberships import CannotBe, give_role
from accounts.roles import Role
from board.forms.boards import SeatForm
from fund.forms import StartForm
from fund.standings import rows_of
from organisations.models import Organisation
from projects.forms.plans import FundingForm, PlanForm
from projects.models import DeliveryPlan, FundingLine
from tests.factories.board import SeatFactory
from tests.factories.fund import open_round
from tests.factories.people import BodyFactory, CouncilFactory, MembershipFactory, person
from training.forms.sessions import CourseForm
from training.models import Course

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


@pytest.fixture
def ended() -> Organisation:
    return CouncilFactory(name_en="Oldshire", slug_en="oldshire", ends_on=TODAY() - timedelta(days=1))


@pytest.fixture
def ending() -> Organisation:
    """Today is its last day."""
    return CouncilFactory(name_en="Lastshire", slug_en="lastshire", ends_on=TODAY())


def offered(form, field: str) -> set[Organisation]:
    return set(form.fields[field].queryset)


def test_the_choice_is_of_those_that_have_not_ended_and_of_what_was_chosen(ended, ending):
    lasting, other = CouncilFactory(), BodyFactory(ends_on=TODAY() - timedelta(days=9))
    assert set(Organisation.objects.choosable()) == {lasting, ending}
    assert set(Organisation.objects.choosable(None, ended.pk)) == {lasting, ending, ended}
    assert other not in Organisation.objects.choosable(ended.pk)


def test_forms_for_what_is_new_leave_it_out_and_forms_of_what_names_it_keep_it(ended, ending):
    seat = SeatFactory(organisation=ended)
    forms = [
        (FundingForm, FundingLine(), FundingLine(source=ended), "source"),
        (PlanForm, DeliveryPlan(), DeliveryPlan(agreed_with=ended), "agreed_with"),
        (CourseForm, Course(), Course(provider=ended), "provider"),
        (SeatForm, type(seat)(board=seat.board), seat, "organisation"),
    ]
    for kind, new, names_it, field in forms:
        assert offered(kind(instance=new), field) & {ended, ending} == {ending}, kind
        assert offered(kind(instance=names_it), field) & {ended, ending} == {ended, ending}, kind
    assert ended not in offered(SeatForm(instance=seat), "represents")


def test_nobody_starts_a_bid_for_a_council_that_has_ended(ended):
    officer = person(Role.OFFICER)
    MembershipFactory(user=officer, organisation=ended, role=Role.OFFICER)
    own = set(Organisation.objects.filter(memberships__user=officer)) - {ended}
    assert offered(StartForm(one_round=open_round(), user=officer), "lead") == own


def test_the_standings_of_councils_show_one_that_ended_only_where_it_said_something(ended, ending):
    assert [row.council for row in rows_of({}, ["waste"])] == [ending]
    assert {row.council for row in rows_of({(ended.pk, "waste"): {}}, ["waste"])} == {ended, ending}


def test_no_role_begins_in_an_organisation_after_its_last_day(ended, ending):
    admin = person(Role.ADMINISTRATOR, organisation=BodyFactory())
    new = {"by": admin, "email": "ann@example.org", "role": Role.OFFICER, "ends": None}
    for organisation, starts in ((ended, TODAY()), (ending, TODAY() + timedelta(days=1))):
        with pytest.raises(CannotBe, match="ends before that day"):
            give_role(organisation=organisation, starts=starts, **new)
    assert give_role(organisation=ending, starts=TODAY(), **new).organisation == ending


def test_no_tenant_is_added_for_a_council_that_has_ended(ended):
    with pytest.raises(CommandError, match="There is no council 'oldshire'"):
        call_command("tenant", "add", "old", council="oldshire", issuer="https://x.example", client_id="x")

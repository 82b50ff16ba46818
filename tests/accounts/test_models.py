"""What the database refuses."""

from datetime import date, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.browsers import browser_of
from accounts.models import AddressChange, Limit, Membership, SignInCode, State, User
from accounts.roles import NOBODY, SENTENCES, Role, Roles, roles_of
from tests.factories.people import BodyFactory, CouncilFactory, MembershipFactory, UserFactory, person

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


def refused(name: str, write) -> None:
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        write()


def test_two_people_do_not_share_an_address():
    UserFactory(email="a@example.org")
    refused("email", lambda: UserFactory(email="a@example.org"))


def test_an_address_is_kept_in_lower_case():
    refused("user_email_in_lower_case", lambda: UserFactory(email="A@example.org"))
    assert User.objects.create_user(" A@Example.org ", " Carys ").email == "a@example.org"
    assert User.objects.get_by_natural_key("A@EXAMPLE.org").name == "Carys"


def test_a_demonstration_person_is_at_example_org():
    refused("user_demonstration_at_example_org", lambda: UserFactory(email="a@council.gov.uk", demo_slug="x"))


def test_a_role_is_one_that_the_portal_knows():
    refused("membership_role_known", lambda: MembershipFactory(role="king"))


def test_a_role_does_not_end_before_it_begins():
    refused("membership_dates_in_order", lambda: MembershipFactory(starts=DAY, ends=DAY - timedelta(days=1)))
    assert MembershipFactory(starts=DAY, ends=DAY).pk


@pytest.mark.parametrize(
    ("starts", "ends", "overlaps"),
    [
        (date(2026, 11, 1), None, True),
        (date(2026, 11, 30), date(2026, 12, 31), True),
        (date(2026, 12, 1), None, False),
        (date(2026, 10, 1), date(2026, 10, 31), False),
    ],
)
def test_a_person_does_not_hold_a_role_twice_on_one_day(starts, ends, overlaps):
    held = MembershipFactory(starts=date(2026, 11, 1), ends=date(2026, 11, 30))

    def again():
        return MembershipFactory(user=held.user, organisation=held.organisation, starts=starts, ends=ends)

    if overlaps:
        refused("membership_not_twice_at_once", again)
    else:
        assert again().pk
    assert MembershipFactory(user=held.user, starts=DAY).pk
    assert MembershipFactory(user=held.user, organisation=held.organisation, role=Role.FINANCE, starts=DAY).pk


@pytest.fixture
def principal():
    return MembershipFactory(role=Role.FINANCE, starts=DAY)


def deputy_of(principal, **changes):
    fields = {"role": Role.FINANCE, "organisation": principal.organisation, "starts": DAY, "ends": DAY}
    return MembershipFactory(deputy_for=principal, **{**fields, **changes})


def test_a_deputy_has_a_last_day(principal):
    refused("membership_deputy_has_an_end", lambda: deputy_of(principal, ends=None))


def test_a_deputy_holds_the_same_role_in_the_same_organisation(principal):
    assert deputy_of(principal).pk
    same = "a deputy holds the same role in the same organisation"
    refused(same, lambda: deputy_of(principal, role=Role.OFFICER))
    refused(same, lambda: deputy_of(principal, organisation=CouncilFactory()))
    refused(
        same, lambda: deputy_of(principal, user=principal.user, starts=DAY - timedelta(days=9), ends=DAY - timedelta(1))
    )


def test_a_deputy_has_no_deputy(principal):
    deputy = deputy_of(principal)
    refused("a deputy holds the same role", lambda: deputy_of(deputy))


def test_a_role_is_not_its_own_deputy(principal):
    principal.ends = DAY

    def own():
        Membership.objects.filter(pk=principal.pk).update(ends=DAY, deputy_for=principal.pk)

    refused("membership_deputy|a deputy holds the same role", own)


def test_a_code_is_not_tried_more_often_than_it_may():
    row = SignInCode.objects.create(email="a@example.org")
    refused("sign_in_code_tries", lambda: SignInCode.objects.filter(pk=row.pk).update(tries=4))


def test_a_code_is_not_used_before_it_is_made():
    row = SignInCode.objects.create(email="a@example.org")
    before = row.created_at - timedelta(seconds=1)
    refused("sign_in_code_used_after_made", lambda: SignInCode.objects.filter(pk=row.pk).update(used_at=before))


def test_codes_differ_and_stand_nowhere():
    rows = [SignInCode.objects.create(email="a@example.org") for _row in range(50)]
    codes = {row.code for row in rows}
    assert len(codes) == 50
    assert all(len(code) == 8 and code.isdigit() for code in codes)
    assert rows[0].code not in str([vars(row) for row in SignInCode.objects.all()])
    assert SignInCode.objects.get(pk=rows[0].pk).code == rows[0].code


def test_another_secret_gives_other_codes(settings):
    row = SignInCode.objects.create(email="a@example.org")
    before = row.code
    settings.SECRET_KEY = "another" * 9
    assert row.code != before


def change(user, **fields):
    return AddressChange.objects.create(
        **{"user": user, "old_email": user.email, "new_email": "new@example.org", **fields}
    )


def test_a_change_of_address_changes_it():
    user = UserFactory()
    refused("address_change_changes", lambda: change(user, new_email=user.email))


def test_a_change_of_address_is_done_by_both():
    now = timezone.now()
    for side in ("old", "new"):
        refused(
            "address_change_done_by_both",
            lambda side=side: change(UserFactory(), done_at=now, **{f"{side}_confirmed_at": now}),
        )


def test_a_person_has_one_open_change_of_address():
    user, now = UserFactory(), timezone.now()
    change(user, old_confirmed_at=now, new_confirmed_at=now, done_at=now)
    change(user)
    refused("address_change_one_at_a_time", lambda: change(user))


def test_every_role_has_a_sentence_in_both_languages():
    from django.utils.translation import override

    assert set(SENTENCES) == set(Role)
    for role in Role:
        english = (str(role.label), str(role.sentence))
        with override("cy"):
            assert str(role.label) != english[0]
            assert str(role.sentence) != english[1]


def test_roles_of_anybody():
    user = person(Role.OFFICER, Role.FINANCE)
    organisation = user.memberships.first().organisation
    roles = roles_of(user)
    assert roles.has(Role.OFFICER)
    assert roles.has(Role.OFFICER, Role.TEAM, organisation=organisation)
    assert not roles.has(Role.OFFICER, organisation=CouncilFactory())
    assert not roles.has(Role.TEAM)
    assert roles.organisation_ids() == roles.organisation_ids(Role.FINANCE) == {organisation.pk}
    assert roles.organisation_ids(Role.TEAM) == frozenset()
    assert user.organisation_ids(Role.OFFICER) == {organisation.pk}
    assert bool(roles)
    assert not Roles()
    assert roles_of(None) is NOBODY
    assert roles_of(AnonymousUser()) is NOBODY
    user.is_active = False
    assert roles_of(user) is NOBODY


def test_roles_are_read_once_for_a_request(django_assert_num_queries):
    user = User.objects.get(pk=person(Role.OFFICER).pk)
    with django_assert_num_queries(1):
        assert [user.has_role(Role.OFFICER), user.has_role(Role.TEAM)] == [True, False]


def test_what_each_person_may_see_of_people_and_roles():
    council = CouncilFactory()
    lead, officer = person(Role.DIGITAL_LEAD, organisation=council), person(Role.OFFICER, organisation=council)
    admin, nobody = person(Role.ADMINISTRATOR, organisation=BodyFactory()), UserFactory()
    seen = {
        name: (User.objects.visible_to(user).count(), Membership.objects.visible_to(user).count())
        for name, user in {
            "admin": admin, "lead": lead, "officer": officer, "nobody": nobody, "visitor": AnonymousUser(),
        }.items()
    }  # fmt: skip
    assert seen == {"admin": (4, 3), "lead": (1, 2), "officer": (1, 1), "nobody": (1, 0), "visitor": (0, 0)}


def test_what_things_are_called():
    membership = MembershipFactory(organisation__name_en="Torfaen")
    assert str(membership) == "Council officer, Torfaen"
    assert str(membership.user) == membership.user.name
    assert str(UserFactory(name="", email="x@example.org")) == "x@example.org"
    row = SignInCode.objects.create(email="a@example.org")
    assert str(row) == str(row.key)
    assert str(Limit(key="abcdefghij", count=3)) == "abcdefgh: 3"
    assert str(change(membership.user)) == str(AddressChange.objects.get().key)
    assert membership.state == State.CURRENT
    assert (membership.user.has_perm("x"), membership.user.has_module_perms("x")) == (False, False)
    assert UserFactory(demo_slug="x").is_demo


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge, Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 19) Version/19 Safari/604.1", "Safari, iPhone"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0 Safari/537.36", "Chrome, Linux"),
        ("curl/8.0", ""),
    ],
)
def test_browsers_are_named_in_words(said, words):
    assert browser_of(said) == words

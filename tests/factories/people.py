"""Organisations, people and their roles."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import (
    AccessReview,
    AddressChange,
    Consent,
    Kept,
    Limit,
    Membership,
    SignInCode,
    Tenant,
    User,
    Viewing,
    quarter_of,
)
from accounts.roles import Role
from accounts.sealing import seal
from organisations.models import Kind, MailDomain, Organisation, Region

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class CouncilFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    kind = Kind.COUNCIL
    name_en = factory.Sequence(lambda n: f"Council {n}")
    name_cy = factory.Sequence(lambda n: f"Cyngor {n}")
    slug_en = factory.Sequence(lambda n: f"council-{n}")
    slug_cy = factory.Sequence(lambda n: f"cyngor-{n}")
    gss_code = factory.Sequence(lambda n: f"W060000{DIGITS[n // 36 % 36]}{DIGITS[n % 36]}")  # 1,296 in one test
    in_cy = factory.Sequence(lambda n: f"yng Nghyngor {n}")
    region = Region.SOUTH_EAST


class BodyFactory(DjangoModelFactory[Organisation]):
    class Meta:
        model = Organisation

    kind = Kind.PUBLIC_BODY
    name_en = factory.Sequence(lambda n: f"Body {n}")
    name_cy = factory.Sequence(lambda n: f"Corff {n}")
    slug_en = factory.Sequence(lambda n: f"body-{n}")
    slug_cy = factory.Sequence(lambda n: f"corff-{n}")


class MailDomainFactory(DjangoModelFactory[MailDomain]):
    class Meta:
        model = MailDomain

    organisation = factory.SubFactory(CouncilFactory)
    domain = factory.Sequence(lambda n: f"council{n}.example.org")


class UserFactory(DjangoModelFactory[User]):
    class Meta:
        model = User

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person {n}")
    language = "en"


class MembershipFactory(DjangoModelFactory[Membership]):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(CouncilFactory)
    role = Role.OFFICER


class ConsentFactory(DjangoModelFactory[Consent]):
    class Meta:
        model = Consent

    user = factory.SubFactory(UserFactory)
    until = factory.LazyFunction(lambda: timezone.now() + timedelta(days=1))


class ViewingFactory(DjangoModelFactory[Viewing]):
    class Meta:
        model = Viewing

    consent = factory.SubFactory(ConsentFactory)
    by = factory.SubFactory(UserFactory)


class SignInCodeFactory(DjangoModelFactory[SignInCode]):
    class Meta:
        model = SignInCode

    email = factory.Sequence(lambda n: f"asker{n}@example.org")


class AddressChangeFactory(DjangoModelFactory[AddressChange]):
    class Meta:
        model = AddressChange

    user = factory.SubFactory(UserFactory)
    old_email = factory.SelfAttribute("user.email")
    new_email = factory.Sequence(lambda n: f"new{n}@example.org")


class LimitFactory(DjangoModelFactory[Limit]):
    class Meta:
        model = Limit

    key = factory.Sequence(lambda n: f"{n:064x}")
    since = factory.LazyFunction(timezone.now)
    count = 1


def person(*roles: Role, organisation: Organisation | None = None, **fields: object) -> User:
    """A user who holds these roles, all in one organisation (made where none is given)."""
    user = UserFactory(**fields)
    if roles:
        organisation = organisation or CouncilFactory()
        for role in roles:
            MembershipFactory(user=user, organisation=organisation, role=role)
    return user


class TenantFactory(DjangoModelFactory[Tenant]):
    class Meta:
        model = Tenant

    key = factory.Sequence(lambda n: f"council-{n}")
    organisation = factory.SubFactory(CouncilFactory)
    issuer = factory.Sequence(lambda n: f"https://login.example.org/tenant-{n}/v2.0")
    origin = "https://login.example.org"
    client_id = factory.Sequence(lambda n: f"portal-{n}")
    sealed_secret = factory.LazyFunction(lambda: seal("a secret"))


class AccessReviewFactory(DjangoModelFactory[AccessReview]):
    class Meta:
        model = AccessReview

    membership = factory.SubFactory(MembershipFactory)
    quarter = factory.LazyFunction(lambda: quarter_of(timezone.localdate()))
    outcome = Kept.CONFIRMED
    by = factory.SubFactory(UserFactory)

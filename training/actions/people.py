"""Who learns: one row for each person, whether they came by themselves or a coordinator named them."""

from typing import Any

from accounts.models import User
from organisations.models import Organisation

from ..models import Learner, LearnerAddress, LearnerMembership, Standing


def learner_of(user: User) -> Learner:
    """The learner who is this user.

    One whom a coordinator named by the same address becomes theirs, with what was booked: the address is confirmed,
    since the user signs in by it. The name then stands with the account alone.
    """
    learner = Learner.objects.filter(user=user).first()
    if learner is not None:
        return learner
    learner = Learner.objects.of_address(user.email).filter(user=None).select_for_update(of=("self",)).first()
    if learner is not None:
        learner.user, learner.name, learner.language = user, "", user.language
        learner.save()
        return learner
    learner, _is_new = Learner.objects.get_or_create(
        user=user, defaults={"language": user.language, "is_demo": user.is_demo}
    )
    if not Learner.objects.of_address(user.email).exists():
        LearnerAddress.objects.create(learner=learner, email=user.email)
    return learner


def learner_for_colleague(*, name: str, email: str, language: str, is_demo: bool = False) -> Learner:
    """The learner with this address, or with an account of it; else a new one of this name."""
    learner = Learner.objects.of_address(email).first()
    if learner is not None:
        return learner
    user = User.objects.filter(email__iexact=email.strip(), is_active=True).first()
    if user is not None:
        return learner_of(user)
    learner = Learner.objects.create(name=name.strip(), language=language, is_demo=is_demo)
    LearnerAddress.objects.create(learner=learner, email=email.strip().lower())
    return learner


def belong(learner: Learner, council: Organisation, standing: str) -> None:
    """From today the learner belongs there, unless they do already."""
    current = LearnerMembership.objects.current().filter(learner=learner, organisation=council)
    if not current.exists():
        LearnerMembership.objects.create(learner=learner, organisation=council, standing=standing)


def standing_in(learner: Learner, council: Organisation) -> Standing | None:
    """As what the learner belongs to that council today; None where they do not."""
    current = LearnerMembership.objects.current().filter(learner=learner, organisation=council).first()
    return Standing(current.standing) if current else None


def standing_of_learner(learner: Learner, council: Organisation) -> Standing:
    """As what a coordinator's colleague comes: as their account says, else as the register knows them."""
    from .. import rules

    user: Any = learner.user
    if user is not None and user.has_role(*rules.LEARNER_ROLES, organisation=council):
        return rules.standing_of(user, council)
    return standing_in(learner, council) or Standing.STAFF

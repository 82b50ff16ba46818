"""Roles: given, ended, stood in for; accounts closed and opened again."""

from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from organisations.models import Organisation
from wlga_portal.kernel.audit import audited

from ..emails import tell_role
from ..models import Membership, User
from ..roles import Role
from .sessions import end_all_sessions


class CannotBe(Exception):
    """A role that cannot be given or ended so; its text is a sentence for the page."""


def save_role(membership: Membership, *, by: Any, why: str) -> Membership:
    """Write a role and tell its person. Raises CannotBe where they hold it already on one of the days."""
    try:
        with audited(by=by, why=why):
            membership.save()
            tell_role(membership)
    except IntegrityError as error:
        if "membership_not_twice_at_once" not in str(error):
            raise
        raise CannotBe(_("This person has this role here already on some of these days.")) from error
    return membership


def give_role(
    *, by: Any, organisation: Organisation, email: str, role: Role, starts: date, ends: date | None, name: str = ""
) -> Membership:
    """Give a role to the person with this address; an account is made where there is none. Raises CannotBe."""
    with transaction.atomic():
        user = User.objects.filter(email=email).first() or User.objects.create_user(email, name)
        if not user.is_active:
            raise CannotBe(_("The account of this person is closed."))
        if organisation.ends_on is not None and starts > organisation.ends_on:
            raise CannotBe(_("The organisation ends before that day."))
        membership = Membership(user=user, organisation=organisation, role=role, starts=starts, ends=ends)
        return save_role(membership, by=by, why="role given")


def appoint_deputy(*, by: Any, principal: Membership, user: User, starts: date, ends: date) -> Membership:
    """Another person stands in for a role from a day to a day. Raises CannotBe."""
    if user.pk == principal.user_id:
        raise CannotBe(_("A person cannot be their own deputy."))
    if principal.ends is not None and ends > principal.ends:
        raise CannotBe(_("The role itself ends before that day."))
    if starts < principal.starts:
        raise CannotBe(_("The role itself begins after that day."))
    deputy = Membership(
        user=user,
        organisation=principal.organisation,
        role=principal.role,
        starts=starts,
        ends=ends,
        deputy_for=principal,
    )
    return save_role(deputy, by=by, why="deputy appointed")


def end_role(membership: Membership, *, by: Any, ends: date, why: str = "role ended") -> None:
    """The last day of a role. One that has not begun by then is removed; its deputies end with it. Raises CannotBe."""
    if membership.role == Role.ADMINISTRATOR and not other_administrators(membership, after=ends):
        raise CannotBe(_("Somebody must look after the portal: give another person the role of administrator first."))
    with audited(by=by, why=why):
        row = Membership.objects.select_for_update().get(pk=membership.pk)
        for deputy in Membership.objects.select_for_update().filter(deputy_for=row):
            shorten(deputy, ends)
        shorten(row, ends)


def shorten(membership: Membership, ends: date) -> None:
    """End a membership on a day at the latest."""
    if membership.starts > ends:
        membership.delete()
    elif membership.ends is None or membership.ends > ends:
        membership.ends = ends
        membership.save()


def other_administrators(membership: Membership, *, after: date) -> bool:
    """Whether somebody else is an administrator on the day after."""
    others = Membership.objects.on(after + timedelta(days=1)).filter(role=Role.ADMINISTRATOR, user__is_active=True)
    return others.exclude(user=membership.user_id).exists()


def close_account(user: User, *, by: Any, why: str) -> None:
    """The person is out at their next request; their roles end today. Raises CannotBe."""
    today = timezone.localdate()
    with transaction.atomic():
        user.is_active = False
        user.save(update_fields=["is_active"])
        for membership in Membership.objects.filter(user=user).not_ended().order_by("-deputy_for"):
            end_role(membership, by=by, ends=today, why=why or "account closed")
        end_all_sessions(user)


def reopen_account(user: User) -> None:
    """The person may sign in again; the roles that they had stay ended."""
    user.is_active = True
    user.save(update_fields=["is_active"])

"""What people are in their organisations."""

from typing import ClassVar

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organisations.models import Organisation
from wlga_portal.kernel.history import tracked

from ..querysets import MembershipQuerySet
from ..roles import Role
from .person import User

# A deputy stands in for another person's own role, in the same organisation.
DEPUTY = """
IF NOT EXISTS (
    SELECT 1 FROM accounts_membership
    WHERE id = NEW.deputy_for_id AND role = NEW.role AND organisation_id = NEW.organisation_id
        AND user_id <> NEW.user_id AND deputy_for_id IS NULL
) THEN
    RAISE EXCEPTION 'a deputy holds the same role in the same organisation'
        USING ERRCODE = 'check_violation', CONSTRAINT = 'membership_deputy_in_the_same_role';
END IF;
RETURN NEW;
"""


class State(models.TextChoices):
    """Where today stands to the dates of a membership."""

    CURRENT = "current", pgettext_lazy("membership", "Current")
    FUTURE = "future", pgettext_lazy("membership", "To come")
    PAST = "past", pgettext_lazy("membership", "Ended")


@tracked()
class Membership(models.Model):
    """A person's role in an organisation, from a day to a day (open where `ends` is empty), both included."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("Role"), max_length=20, choices=Role.choices)
    starts = models.DateField(pgettext_lazy("of a role", "From"), default=timezone.localdate)
    ends = models.DateField(pgettext_lazy("of a role", "Until"), null=True, blank=True)
    deputy_for = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="deputies")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="membership_role_known", condition=Q(role__in=Role.values)),
            models.CheckConstraint(name="membership_dates_in_order", condition=Q(ends=None) | Q(ends__gte=F("starts"))),
            models.CheckConstraint(
                name="membership_deputy_for_another", condition=Q(deputy_for=None) | ~Q(deputy_for=F("id"))
            ),
            models.CheckConstraint(
                name="membership_deputy_has_an_end", condition=Q(deputy_for=None) | Q(ends__isnull=False)
            ),
            ExclusionConstraint(
                name="membership_not_twice_at_once",
                expressions=[
                    ("user", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("role", RangeOperators.EQUAL),
                    (Func(F("starts"), F("ends"), Value("[]"), function="daterange"), RangeOperators.OVERLAPS),
                ],
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="deputy_in_the_same_role",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__deputy_for__isnull=False),
                func=DEPUTY,
            )
        ]

    def __str__(self) -> str:
        return f"{Role(self.role).label}, {self.organisation}"

    @property
    def sentence(self) -> Promise | str:
        """What a person in this role does here."""
        return Role(self.role).sentence

    @property
    def state(self) -> State:
        """Both days are included."""
        today = timezone.localdate()
        if self.starts > today:
            return State.FUTURE
        return State.PAST if self.ends is not None and self.ends < today else State.CURRENT

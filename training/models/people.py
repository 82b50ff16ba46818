"""Learners: people who book or are booked, whether or not they have an account.

A learner's name and addresses are in no history, so that erasing a person leaves nothing behind. Someone with an
account has their name there, and none here.
"""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from wlga_portal.kernel.history import tracked

from ..querysets import LearnerMembershipQuerySet, LearnerQuerySet


class Standing(models.TextChoices):
    """As what a person learns. Officers trained are council staff; the others are counted apart."""

    STAFF = "staff", _("Council staff")
    MEMBER = "member", _("Councillor")
    PARTNER = "partner", _("Staff of a partner body")


@tracked(exclude=("name", "language"))
class Learner(models.Model):
    """One person, counted once however many addresses they have.

    Where one person stands in several rows, `person` is the first of those that are reviewed to be the same, and
    `perhaps` the first of those that may be (none: the row itself). The triggers of `Double` write both.
    """

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="learner"
    )
    name = models.CharField(_("Name"), max_length=120, blank=True)
    language = models.CharField(_("Language"), max_length=2, blank=True, choices=[("cy", "Cymraeg"), ("en", "English")])
    is_demo = models.BooleanField(default=False, editable=False)
    person = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="same"
    )
    perhaps = models.ForeignKey(
        "self", null=True, blank=True, editable=False, on_delete=models.SET_NULL, related_name="+"
    )
    erased_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = LearnerQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="learner_has_an_account_or_a_name",
                condition=~Q(user=None) | ~Q(name="") | Q(erased_at__isnull=False),
            ),
            models.CheckConstraint(
                name="learner_erased_is_nobody",
                condition=Q(erased_at=None) | Q(user=None, name="", language=""),
            ),
            models.CheckConstraint(name="learner_first_of_its_own", condition=Q(person=None) | Q(person__lt=F("id"))),
            models.CheckConstraint(name="learner_perhaps_a_first", condition=Q(perhaps=None) | Q(perhaps__lt=F("id"))),
            models.CheckConstraint(name="learner_language_known", condition=Q(language__in=["", "cy", "en"])),
        ]

    def __str__(self) -> str:
        if self.erased_at is not None:
            return gettext("Erased person %(number)d") % {"number": self.pk}
        return str(self.user) if self.user is not None else self.name

    def get_absolute_url(self) -> str:
        return reverse("training:learner_page", kwargs={"pk": self.pk})

    @property
    def person_pk(self) -> int:
        """The number of the person: the first of the rows that are the same."""
        return self.person_id or self.pk


@tracked(exclude=("email",))
class LearnerAddress(models.Model):
    """An e-mail address of a learner; nobody else's at the same time."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="addresses")
    email = models.EmailField(_("E-mail address"), max_length=254)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("email"), name="learner_address_unique")
        ]

    def __str__(self) -> str:
        return self.email


@tracked()
class LearnerMembership(models.Model):
    """Where a learner belongs, and as what, from a day to a day (open where `ends` is empty), both included."""

    learner = models.ForeignKey(Learner, on_delete=models.CASCADE, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="learner_memberships")
    standing = models.CharField(max_length=7, choices=Standing.choices)
    starts = models.DateField(default=timezone.localdate)
    ends = models.DateField(null=True, blank=True)

    objects = LearnerMembershipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="learner_membership_standing_known", condition=Q(standing__in=Standing.values)),
            models.CheckConstraint(
                name="learner_membership_dates_in_order", condition=Q(ends=None) | Q(ends__gte=F("starts"))
            ),
            ExclusionConstraint(
                name="learner_membership_not_twice_at_once",
                expressions=[
                    ("learner", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    (Func(F("starts"), F("ends"), Value("[]"), function="daterange"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{Standing(self.standing).label}, {self.organisation}"

    @property
    def is_current(self) -> bool:
        """Whether it holds today."""
        return self.starts <= timezone.localdate() <= (self.ends or date.max)

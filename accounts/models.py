"""People, and what they are in their organisations. Names and addresses stand here and nowhere in the history."""

import uuid
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from wlga_portal.kernel.history import tracked

from .querysets import MembershipQuerySet
from .roles import Role, Roles


class UserManager(BaseUserManager["User"]):
    """People are found by their address, whatever its case."""

    def create_user(self, email: str, name: str = "", **fields: Any) -> "User":
        user = self.model(email=email.strip().lower(), name=name.strip(), **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username or "")


class User(AbstractBaseUser):
    """A person. `language` is the one they chose, or empty where it is not known: then mail is bilingual."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("E-mail address"), max_length=254)
    name = models.CharField(_("Name"), max_length=120, blank=True)
    language = models.CharField(
        _("Language"), max_length=2, blank=True, choices=[("cy", "Cymraeg"), ("en", "English")]
    )
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    demo_slug = models.SlugField(null=True, blank=True, unique=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(Lower("email"), name="user_email_unique"),
            models.CheckConstraint(
                name="user_demonstration_at_example_org",
                condition=Q(demo_slug=None) | Q(email__endswith="@example.org"),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def is_demo(self) -> bool:
        return self.demo_slug is not None

    @cached_property
    def roles(self) -> Roles:
        """The roles held today; read once for each request."""
        return Roles(self.memberships.current().values_list("role", "organisation_id"))

    def has_role(self, *roles: Role, organisation: Any = None) -> bool:
        return self.roles.has(*roles, organisation=organisation)

    def organisation_ids(self, *roles: Role) -> frozenset[int]:
        return self.roles.organisation_ids(*roles)

    def has_perm(self, perm: str, obj: Any = None) -> bool:
        """Django's own permissions are not used: rules stand in each app's `rules.py`."""
        return False

    def has_module_perms(self, app_label: str) -> bool:
        return False


@tracked()
class Membership(models.Model):
    """A person's role in an organisation, from a day to a day (open where `ends` is empty), both included."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("Role"), max_length=20, choices=Role.choices)
    starts = models.DateField(_("From"), default=timezone.localdate)
    ends = models.DateField(_("Until"), null=True, blank=True)
    deputy_for = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="deputies")

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="membership_role_known", condition=Q(role__in=Role.values)),
            models.CheckConstraint(
                name="membership_dates_in_order", condition=Q(ends=None) | Q(ends__gte=F("starts"))
            ),
            models.CheckConstraint(
                name="membership_deputy_for_another", condition=Q(deputy_for=None) | ~Q(deputy_for=F("id"))
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

    def __str__(self) -> str:
        return f"{Role(self.role).label}, {self.organisation}"

"""People. Their names and addresses stand here and nowhere in the history."""

import uuid
from functools import cached_property
from typing import Any, ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..querysets import UserQuerySet
from ..roles import Role, Roles

ERASED = "@erased.invalid"  # how the address of an erased person ends; nobody can have such a one


class UserManager(BaseUserManager["User"].from_queryset(UserQuerySet)):  # type: ignore[misc]  # the plugin cannot follow a generic base
    """People are found by their address, whatever its case."""

    def create_user(self, email: str, name: str = "", **fields: Any) -> "User":
        user: User = self.model(email=email.strip().lower(), name=name.strip(), **fields)
        user.set_unusable_password()
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        user: User = self.get(email=(username or "").strip().lower())
        return user


class User(AbstractBaseUser):
    """A person. `language` is the one they chose, or empty where it is not known: then mail is bilingual."""

    public_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(_("E-mail address"), max_length=254, unique=True)
    name = models.CharField(_("Name"), max_length=120, blank=True)
    language = models.CharField(_("Language"), max_length=2, blank=True, choices=[("cy", "Cymraeg"), ("en", "English")])
    is_active = models.BooleanField(default=True)
    joined_at = models.DateTimeField(default=timezone.now, editable=False)
    demo_slug = models.SlugField(null=True, blank=True, unique=True, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="user_email_in_lower_case", condition=Q(email=Lower("email"))),
            models.CheckConstraint(
                name="user_demonstration_at_example_org",
                condition=Q(demo_slug=None) | Q(email__endswith="@example.org"),
            ),
        ]

    def __str__(self) -> str:
        return gettext("Erased person") if self.is_erased else self.name or self.email

    @property
    def is_erased(self) -> bool:
        """Only the row is left, so that what they did is somebody's (`accounts/erasing.py`)."""
        return self.email.endswith(ERASED)

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

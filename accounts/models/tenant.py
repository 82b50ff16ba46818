"""A council's own identity provider."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from wlga_portal.kernel.history import tracked

from ..querysets import TenantQuerySet
from ..sealing import unseal

# Plain http only for a provider on this machine, as in tests.
SAFE_ISSUER = r"^(https://[^/]+|http://(localhost|127\.0\.0\.1)(:[0-9]+)?)(/|$)"


@tracked(exclude=("sealed_secret",))
class Tenant(models.Model):
    """A council's tenant with one identity provider. A closed one stays, so that its key never means another."""

    key = models.SlugField(_("Key"), max_length=60, unique=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="tenants")
    issuer = models.CharField(_("Issuer"), max_length=200)
    origin = models.CharField(max_length=200)  # where the provider's own page for signing in stands
    client_id = models.CharField(max_length=200)
    sealed_secret = models.TextField()
    opened_at = models.DateTimeField(default=timezone.now)
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = TenantQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="tenant_issuer_safe", condition=Q(issuer__regex=SAFE_ISSUER)),
            models.CheckConstraint(
                name="tenant_closed_after_opened", condition=Q(closed_at=None) | Q(closed_at__gte=models.F("opened_at"))
            ),
            models.UniqueConstraint(fields=["issuer", "client_id"], name="tenant_once"),
            models.UniqueConstraint(
                fields=["organisation"], condition=Q(closed_at=None), name="tenant_one_open_for_a_council"
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def secret(self) -> str:
        """What the portal shows the provider to prove that it is the portal."""
        return unseal(self.sealed_secret)

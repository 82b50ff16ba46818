"""A change of a person's address, confirmed at both."""

import uuid
from datetime import datetime, timedelta
from typing import ClassVar

from django.core import signing
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from .person import User

VALID_HOURS = 24
SALT = "accounts.address_change"
SIDES = ("old", "new")


class AddressChange(models.Model):
    """A person asked for another address; it becomes theirs when both the old and the new one have confirmed."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="address_changes")
    old_email = models.EmailField(_("Address now"), max_length=254)
    new_email = models.EmailField(_("New address"), max_length=254)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    old_confirmed_at = models.DateTimeField(null=True, blank=True)
    new_confirmed_at = models.DateTimeField(null=True, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="address_change_changes", condition=~Q(old_email=F("new_email"))),
            models.CheckConstraint(
                name="address_change_done_by_both",
                condition=Q(done_at=None) | (Q(old_confirmed_at__isnull=False) & Q(new_confirmed_at__isnull=False)),
            ),
            models.UniqueConstraint(fields=["user"], condition=Q(done_at=None), name="address_change_one_at_a_time"),
        ]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def ends_at(self) -> datetime:
        """When its links stop working."""
        return self.created_at + timedelta(hours=VALID_HOURS)

    @property
    def is_over(self) -> bool:
        """Done, or older than a day."""
        return self.done_at is not None or timezone.now() > self.ends_at

    def token(self, side: str) -> str:
        """What the link sent to the `old` or the `new` address holds."""
        return signing.dumps([self.key.hex, side], salt=SALT)

    @staticmethod
    def read_token(token: str) -> tuple[uuid.UUID, str] | None:
        """The key and the side of a link, or None for one that the portal did not make."""
        try:
            key, side = signing.loads(token, salt=SALT)
        except signing.BadSignature:
            return None
        return uuid.UUID(key), side

    def confirmed(self, side: str) -> bool:
        return (self.old_confirmed_at if side == "old" else self.new_confirmed_at) is not None

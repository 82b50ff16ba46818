"""The code that proves an address."""

import hmac
import uuid
from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

DIGITS = 8
MOST_TRIES = 3
VALID_MINUTES = 10


class SignInCode(models.Model):
    """One request for a code. The code itself stands nowhere: it follows from the key and the portal's secret."""

    key = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("E-mail address"), max_length=254)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="sign_in_code_tries", condition=Q(tries__lte=MOST_TRIES)),
            models.CheckConstraint(
                name="sign_in_code_used_after_made", condition=Q(used_at=None) | Q(used_at__gte=F("created_at"))
            ),
        ]

    def __str__(self) -> str:
        return str(self.key)

    @property
    def code(self) -> str:
        """The digits that are sent to the address."""
        digest = salted_hmac("accounts.sign_in", self.key.hex, algorithm="sha256").digest()
        return f"{int.from_bytes(digest[:8], 'big') % 10**DIGITS:0{DIGITS}}"

    @property
    def is_over(self) -> bool:
        """Used, or older than ten minutes."""
        return self.used_at is not None or timezone.now() - self.created_at > timedelta(minutes=VALID_MINUTES)

    @property
    def tries_left(self) -> int:
        return MOST_TRIES - self.tries

    def agrees_with(self, typed: str) -> bool:
        """Whether these digits are the code, compared in constant time."""
        return hmac.compare_digest(typed.encode(), self.code.encode())

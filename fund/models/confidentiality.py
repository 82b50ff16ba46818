"""What an applicant holds to be confidential, and why."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.history import tracked

from .answers import Answer


@tracked()
class Confidentiality(models.Model):
    """An answer that the applicant marked as confidential, with a reason. Whoever answers a request for information
    reads the reason; it does not decide the request."""

    answer = models.OneToOneField(Answer, on_delete=models.CASCADE, related_name="confidentiality")
    reason = models.TextField(_("Why it is confidential"), max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="confidentiality_has_a_reason", condition=~Q(reason=""))
        ]

    def __str__(self) -> str:
        return self.reason

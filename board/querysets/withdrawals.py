"""How withdrawals are read."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models

from ..states.withdrawals import WithdrawalStatus

if TYPE_CHECKING:
    from ..models import Withdrawal


class WithdrawalQuerySet(models.QuerySet["Withdrawal"]):
    """What was withdrawn is told to everybody; what is asked for, to those who work on papers."""

    def visible_to(self, user: Any) -> "WithdrawalQuerySet":
        from ..models import Paper

        shown = self if settings.DEMO else self.filter(edition__paper__board__is_demo=False)
        worked = models.Q(edition__paper__in=Paper.objects.worked_on_by(user).values("pk"))
        return shown.filter(models.Q(status=WithdrawalStatus.DONE) | worked)

    def done(self) -> "WithdrawalQuerySet":
        return self.filter(status=WithdrawalStatus.DONE)

    def waiting(self) -> "WithdrawalQuerySet":
        return self.filter(status=WithdrawalStatus.ASKED)

    def with_place(self) -> "WithdrawalQuerySet":
        """Each with its edition, and the paper's board, meeting and item; without the words."""
        place = ("edition__paper__board", "edition__paper__meeting", "edition__paper__agenda_item")
        return self.select_related(*place, "asked_by", "decided_by").defer("edition__content")

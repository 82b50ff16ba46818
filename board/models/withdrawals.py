"""The withdrawal of an edition in an emergency: by two people, with a public tombstone."""

from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.bilingual import Bilingual, BilingualModel
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.workflow import WorkflowModel

from ..querysets.withdrawals import WithdrawalQuerySet
from ..states.withdrawals import WITHDRAWAL, WithdrawalStatus
from .editions import Edition


def withdrawal_done() -> pgtrigger.Trigger:
    """The one way in which a frozen edition changes: once two people withdrew it, its words go and its hash stays.

    The application's role may not write editions; this function runs as the owner, and does no more than this. A paper
    whose latest edition went has none to read until the next one.
    """
    return pgtrigger.Trigger(
        name="done",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func="""
        IF NEW.status = 'done' THEN
            UPDATE board_edition SET content = '', withdrawn_at = NEW.decided_at
            WHERE id = NEW.edition_id AND withdrawn_at IS NULL;
            UPDATE board_paper SET edition_number = NULL, day = NULL FROM board_edition gone
            WHERE gone.id = NEW.edition_id AND board_paper.id = gone.paper_id
                AND board_paper.edition_number = gone.number;
        END IF;
        RETURN NULL;
        """,
    )


def withdrawal_final() -> pgtrigger.Trigger:
    """What was decided stays decided."""
    return pgtrigger.Trigger(
        name="final",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func="""
        IF OLD.status <> 'asked' THEN
            RAISE EXCEPTION 'a withdrawal that was decided is final' USING ERRCODE = 'check_violation';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
        """,
    )


@tracked()
class Withdrawal(WorkflowModel, BilingualModel):
    """One person asks that an edition be withdrawn, another confirms it; the database then takes its words away.

    `reason` is public: it stands on the tombstone with the hash, so it must not repeat what had to go.
    """

    workflow = WITHDRAWAL
    status = WITHDRAWAL.field()
    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="withdrawals")
    reason = Bilingual(
        label=_("Reason that the public reads"), max_length=300,
        help_text=_("It stands where the paper stood. Do not repeat what has to go."),
    )  # fmt: skip
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(null=True, editable=False)

    objects = WithdrawalQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            WITHDRAWAL.constraint("withdrawal_status_known"),
            models.CheckConstraint(name="withdrawal_reason_in_both", condition=~Q(reason_en="") & ~Q(reason_cy="")),
            models.CheckConstraint(
                name="withdrawal_decided_when_and_by_whom",
                condition=Q(status=WithdrawalStatus.ASKED, decided_by=None, decided_at=None)
                | (~Q(status=WithdrawalStatus.ASKED) & Q(decided_by__isnull=False, decided_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="withdrawal_by_two_people",
                condition=~Q(status=WithdrawalStatus.DONE) | ~Q(decided_by=F("asked_by")),
            ),
            models.UniqueConstraint(
                fields=["edition"], condition=~Q(status=WithdrawalStatus.DECLINED), name="withdrawal_once"
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [withdrawal_final(), withdrawal_done()]

    def __str__(self) -> str:
        return f"{self.edition}: {self.status}"

    def get_absolute_url(self) -> str:
        return reverse("board:withdrawal_page", kwargs={"pk": self.pk})

    @property
    def is_demo(self) -> bool:
        return self.edition.paper.board.is_demo

    def decided(self, by: Any) -> None:
        """Note who decided, and when."""
        self.decided_by, self.decided_at = by, timezone.now()

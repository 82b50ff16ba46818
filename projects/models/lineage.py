"""Projects that became others in one step: what was carried over, and the proof that nothing was lost."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.history import tracked

from ..states import Descent


@tracked()
class LineageAction(models.Model):
    """One succession, merger or split, made here. It can be undone once, and is never changed otherwise.

    `carried` says row by row what was moved and how it stood, so that it can be put back. `totals_before` and
    `totals_after` are the money, targets, outcomes and partners of all its projects together; the database refuses an
    action in which they differ.
    """

    kind = models.CharField(_("Kind"), max_length=12, choices=Descent.choices)
    why = models.TextField(_("Reason"))
    carried = models.JSONField()
    totals_before = models.JSONField()
    totals_after = models.JSONField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    undone_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_why = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="lineageaction_kind_known", condition=Q(kind__in=Descent.values)),
            models.CheckConstraint(name="lineageaction_has_a_reason", condition=~Q(why="")),
            models.CheckConstraint(name="lineageaction_loses_nothing", condition=Q(totals_before=F("totals_after"))),
            models.CheckConstraint(
                name="lineageaction_undone_with_a_reason",
                condition=Q(undone_at=None, undone_by=None, undone_why="")
                | (Q(undone_at__isnull=False) & ~Q(undone_why="")),
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="frozen",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["undone_by", "undone_at", "undone_why"]),
            ),
            pgtrigger.Protect(
                name="undone_once", operation=pgtrigger.Update, condition=pgtrigger.Q(old__undone_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{Descent(self.kind).label}, {self.at:%Y-%m-%d}"

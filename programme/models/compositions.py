"""Papers that the portal composed, their blocks, and the values that are bound in them."""

from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from board.models import Paper
from board.states import PaperStatus
from wlga_portal.kernel.bilingual import Text
from wlga_portal.kernel.history import tracked

FOLLOWING = (PaperStatus.DRAFT, PaperStatus.RETURNED, PaperStatus.REVIEW)  # until clearance
STATUSES = ", ".join(f"'{status}'" for status in sorted(FOLLOWING))


def frozen_at_clearance(paper: str) -> pgtrigger.Trigger:
    """The database refuses a change once the paper is cleared; `paper` is SQL that gives the paper's id of `ROW`."""
    return pgtrigger.Trigger(
        name="frozen_at_clearance",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
        IF TG_OP = 'DELETE' THEN
            PERFORM 1 FROM board_paper p WHERE p.id = ({paper.replace("ROW", "OLD")}) AND p.status IN ({STATUSES})
                FOR SHARE;
        ELSE
            PERFORM 1 FROM board_paper p WHERE p.id = ({paper.replace("ROW", "NEW")}) AND p.status IN ({STATUSES})
                FOR SHARE;
        END IF;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'the values of a cleared paper are frozen' USING ERRCODE = 'check_violation',
            CONSTRAINT = 'bound_values_frozen_at_clearance';
        END IF;
        IF TG_OP = 'DELETE' THEN
            RETURN OLD;
        END IF;
        RETURN NEW;
        """,
    )


@tracked()
class Composition(models.Model):
    """A paper that was composed of the rows of the portal: what the period from `starts` to `ends` brought.

    Until clearance its values follow the data; `followed_at` is when they last did.
    """

    paper = models.OneToOneField(Paper, on_delete=models.PROTECT, related_name="composition")
    starts = models.DateField(_("From"))
    ends = models.DateField(_("Until"))
    composed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    composed_at = models.DateTimeField(auto_now_add=True)
    followed_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[Any]] = ["-ends", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="composition_dates_in_order", condition=Q(ends__gte=F("starts"))),
        ]

    def __str__(self) -> str:
        return str(self.paper)

    def get_absolute_url(self) -> str:
        return reverse("programme:composition_page", kwargs={"slug": self.paper.slug})

    @property
    def follows(self) -> bool:
        """Whether its values still follow the data: until the paper is cleared."""
        return self.paper.status in FOLLOWING


@tracked()
class ComposedBlock(models.Model):
    """A block of a composed paper: what the portal wrote, so that an edit by hand is known from it.

    `uid` is the block's own, which stays through all editions; `key` names the place in the composition.
    """

    composition = models.ForeignKey(Composition, on_delete=models.PROTECT, related_name="blocks")
    key = models.CharField(max_length=120)
    uid = models.UUIDField()
    text_en = models.TextField()
    text_cy = models.TextField()
    cells_en = models.TextField(blank=True)
    cells_cy = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[Any]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["composition", "key"], name="composed_block_key_once"),
            models.UniqueConstraint(fields=["composition", "uid"], name="composed_block_uid_once"),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            frozen_at_clearance("SELECT c.paper_id FROM programme_composition c WHERE c.id = ROW.composition_id")
        ]

    def __str__(self) -> str:
        return self.key


@tracked()
class BoundValue(models.Model):
    """A figure, date or name of a composed block, and where it comes from.

    `en`, `cy`: as it stands in the text. `rows`: `[["projects.deliverable", 12], …]`, the rows behind it; `counted`:
    the count that made it, with its parameters, where one did. `true_on`: of which day it speaks; `known_at`: when the
    latest of its rows came to say so. `was_en`, `was_cy`: what it was before it changed, until a writer has seen that.
    """

    block = models.ForeignKey(ComposedBlock, on_delete=models.PROTECT, related_name="values")
    name = models.CharField(max_length=120)
    en = models.TextField()
    cy = models.TextField()
    rows = models.JSONField(default=list)
    counted = models.CharField(max_length=200, blank=True)
    true_on = models.DateField()
    known_at = models.DateTimeField(null=True)
    was_en = models.TextField(blank=True)
    was_cy = models.TextField(blank=True)
    changed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[Any]] = ["block", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["block", "name"], name="bound_value_once_in_a_block"),
            models.CheckConstraint(name="bound_value_said_in_both", condition=~Q(en="") & ~Q(cy="")),
            models.CheckConstraint(name="bound_value_has_a_source", condition=~Q(rows=[]) | ~Q(counted="")),
            models.CheckConstraint(
                name="bound_value_changed_from_something",
                condition=Q(changed_at=None, was_en="", was_cy="")
                | (Q(changed_at__isnull=False) & ~Q(was_en="") & ~Q(was_cy="")),
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            frozen_at_clearance(
                "SELECT c.paper_id FROM programme_composedblock b JOIN programme_composition c"
                " ON c.id = b.composition_id WHERE b.id = ROW.block_id"
            )
        ]

    def __str__(self) -> str:
        return f"{self.name}: {self.said}"

    @property
    def said(self) -> Text:
        return Text(self.en, self.cy)

    @property
    def was(self) -> Text:
        return Text(self.was_en, self.was_cy)

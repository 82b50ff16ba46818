"""What a form asks for beside its questions: costs by category, and files. They belong to one version of the form."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.bilingual import Bilingual, BilingualModel
from wlga_portal.kernel.history import tracked

from .rounds import WRITTEN_STAGES, Round, StageKind

WRITTEN_CHOICES = [(kind.value, kind.label) for kind in WRITTEN_STAGES]


def stands_as_asked(name: str, *columns: str) -> pgtrigger.Trigger:
    """A part of a form does not change once a bid is written on that version of it."""
    return pgtrigger.Trigger(
        name="asked_as_it_was",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange(*columns),
        func=f"""
        IF EXISTS (SELECT FROM fund_bid b WHERE b.round_id = OLD.round_id AND b.form_version = OLD.form_version)
        THEN RAISE EXCEPTION 'a bid is written on this form: make its next version'
            USING ERRCODE = 'check_violation', CONSTRAINT = '{name}'; END IF;
        RETURN NEW;
        """,
    )


@tracked()
class CostCategory(BilingualModel):
    """A kind of cost that the form asks for by itself, such as staff or licences."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="cost_categories")
    form_version = models.PositiveSmallIntegerField(default=1, editable=False)
    key = models.SlugField(_("Key"), max_length=40)
    order = models.PositiveSmallIntegerField(_("Order"), default=0)
    name = Bilingual(label=pgettext_lazy("kind of cost", "Category"), max_length=120)
    guidance = Bilingual(label=_("Guidance"), blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["order", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="cost_category_named_in_both", condition=~Q(name_en="") & ~Q(name_cy="")),
            models.UniqueConstraint(name="cost_category_key_once_in_a_form", fields=["round", "form_version", "key"]),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            stands_as_asked(
                "cost_category_asked_as_it_was", "key", "order", "name_en", "name_cy", "guidance_en", "guidance_cy",
                "form_version",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.name)


@tracked()
class RequiredAttachment(BilingualModel):
    """A file that the form asks for at one stage; where it is not `required` it may be left out."""

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="required_attachments")
    form_version = models.PositiveSmallIntegerField(default=1, editable=False)
    stage = models.CharField(_("Stage"), max_length=12, choices=WRITTEN_CHOICES, default=StageKind.PROPOSALS)
    key = models.SlugField(_("Key"), max_length=40)
    order = models.PositiveSmallIntegerField(_("Order"), default=0)
    name = Bilingual(label=_("File"), max_length=160)
    guidance = Bilingual(label=_("Guidance"), blank=True)
    required = models.BooleanField(_("Required"), default=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["order", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="required_attachment_stage_takes_bids", condition=Q(stage__in=WRITTEN_STAGES)),
            models.CheckConstraint(name="required_attachment_named_in_both", condition=~Q(name_en="") & ~Q(name_cy="")),
            models.UniqueConstraint(
                name="required_attachment_key_once_in_a_form", fields=["round", "form_version", "key"]
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            stands_as_asked(
                "required_attachment_asked_as_it_was", "key", "order", "stage", "name_en", "name_cy", "guidance_en",
                "guidance_cy", "required", "form_version",
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return str(self.name)

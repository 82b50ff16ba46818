"""What a paper means for the Welsh language, equality, well-being, data, money and staff."""

from typing import ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.bilingual import Bilingual, BilingualModel
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.versions import VersionedModel

from .papers import Paper
from .triggers import STATUSES


class ImplicationKind(models.TextChoices):
    """What each paper for decision says something about, in this order."""

    WELSH = "welsh", pgettext_lazy("implication", "Welsh language")
    EQUALITY = "equality", pgettext_lazy("implication", "Equality and socio-economic duty")
    WELLBEING = "wellbeing", pgettext_lazy("implication", "Well-being goals")
    DATA = "data", pgettext_lazy("implication", "Data protection")
    MONEY = "money", pgettext_lazy("implication", "Money")
    STAFF = "staff", pgettext_lazy("implication", "Staff")


def frozen_implications() -> pgtrigger.Trigger:
    """What a published paper says of its implications is frozen with it; a mark of translation may still change."""
    words = ("paper_id", "kind", "none", "text_en", "text_cy")
    old, new = (", ".join(f"{row}.{name}" for name in words) for row in ("OLD", "NEW"))
    return pgtrigger.Trigger(
        name="frozen_with_its_paper",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=f"""
        IF TG_OP = 'UPDATE' THEN
            IF ({old}) IS NOT DISTINCT FROM ({new}) THEN RETURN NEW; END IF;
        END IF;
        IF TG_OP <> 'INSERT' THEN
            PERFORM 1 FROM board_paper WHERE id = OLD.paper_id FOR SHARE;
            IF EXISTS (SELECT 1 FROM board_paper WHERE id = OLD.paper_id AND status IN ({STATUSES})) THEN
                RAISE EXCEPTION 'the implications of a published paper are frozen' USING ERRCODE = 'check_violation';
            END IF;
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        PERFORM 1 FROM board_paper WHERE id = NEW.paper_id FOR SHARE;
        IF EXISTS (SELECT 1 FROM board_paper WHERE id = NEW.paper_id AND status IN ({STATUSES})) THEN
            RAISE EXCEPTION 'the implications of a published paper are frozen' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
        """,  # noqa: S608  our own words only
    )


@tracked()
class Implication(VersionedModel, BilingualModel):
    """One of a paper's implications. `none`: there is none, and `text` says why; else `text` says what it is."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="implications")
    kind = models.CharField(max_length=9, choices=ImplicationKind.choices, editable=False)
    none = models.BooleanField(_("None, because"), default=False)
    text = Bilingual(label=_("Text"))

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="implication_kind_known", condition=Q(kind__in=ImplicationKind.values)),
            models.UniqueConstraint(fields=["paper", "kind"], name="implication_once"),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [frozen_implications()]

    def __str__(self) -> str:
        return str(self.get_kind_display())

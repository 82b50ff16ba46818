"""A Welsh bid in English: made from what was sent, text by text, so that nobody waits for it and nothing is lost."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fund.querysets.writing import BidTranslationQuerySet, TranslatedTextQuerySet
from fund.states.translation import TRANSLATION
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.versions import VersionedModel
from wlga_portal.kernel.workflow import WorkflowModel

from .submissions import Submission


@tracked()
class BidTranslation(WorkflowModel):
    """The translation of one submission. It begins in the moment of submitting; the original stays what counts."""

    workflow = TRANSLATION
    status = TRANSLATION.field()
    submission = models.OneToOneField(Submission, on_delete=models.PROTECT, related_name="translation")
    asked_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    objects = BidTranslationQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["asked_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            TRANSLATION.constraint("bid_translation_status_known"),
            models.CheckConstraint(
                name="bid_translation_done_when_and_by_whom",
                condition=(~Q(status="done") & Q(done_at=None, done_by=None))
                | Q(status="done", done_at__isnull=False, done_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.submission)

    def get_absolute_url(self) -> str:
        return reverse("fund:translation_page", kwargs={"pk": self.pk})


@tracked()
class TranslatedText(VersionedModel):
    """One text of the submission: its title, an answer, what a cost is for, a partner's role; beside it the English.

    `key` says which; `label` is what the form calls it.
    """

    translation = models.ForeignKey(BidTranslation, on_delete=models.CASCADE, related_name="texts")
    order = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=80)
    label_en = models.CharField(max_length=300)
    label_cy = models.CharField(max_length=300)
    source = models.TextField()
    text = models.TextField(pgettext_lazy("of a bid", "Translation"), blank=True)
    corrected_at = models.DateTimeField(null=True, editable=False)
    corrected_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="+",
        verbose_name=_("Corrected by the applicant"),
    )

    objects = TranslatedTextQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["order"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="translated_text_once", fields=["translation", "key"]),
            models.CheckConstraint(name="translated_text_has_a_source", condition=~Q(source="")),
            models.CheckConstraint(
                name="translated_text_corrected_when_and_by_whom",
                condition=Q(corrected_at=None, corrected_by=None)
                | Q(corrected_at__isnull=False, corrected_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def draft_key(self) -> str:
        return f"fund.translation:{self.pk}"

    def get_absolute_url(self) -> str:
        return reverse("fund:translation_text", kwargs={"pk": self.translation_id, "order": self.order})

"""Two bids become one: the proposal, what each authority said to it, and the texts that were chosen."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fund.querysets.merging import MergeQuerySet
from fund.states.merging import MERGE, MERGE_COLOURS, OPEN_MERGES, MergeStatus
from organisations.models import Organisation
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.versions import VersionedModel
from wlga_portal.kernel.workflow import WorkflowModel

from .bids import Bid


@tracked()
class Merge(WorkflowModel):
    """A proposal to make one bid of two. `result` is the bid that came of it; until then both are as they were."""

    workflow = MERGE
    status = MERGE.field()
    first = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="merges_proposed")
    second = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="merges_asked")
    lead = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+", verbose_name=_("Lead council of the one bid")
    )
    message = models.TextField(_("Why these two should be one"))
    proposed_at = models.DateTimeField(auto_now_add=True)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField(_("Runs out"))
    result = models.OneToOneField(Bid, null=True, blank=True, on_delete=models.PROTECT, related_name="merge_of")

    objects = MergeQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-proposed_at", "-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            MERGE.constraint("merge_status_known"),
            models.CheckConstraint(name="merge_of_two_bids", condition=~Q(first=F("second"))),
            models.CheckConstraint(
                name="merge_done_has_its_bid",
                condition=Q(status=MergeStatus.MERGED, result__isnull=False)
                | (~Q(status=MergeStatus.MERGED) & Q(result=None)),
            ),
            models.UniqueConstraint(
                name="merge_open_once_for_the_first", fields=["first"], condition=Q(status__in=sorted(OPEN_MERGES))
            ),
            models.UniqueConstraint(
                name="merge_open_once_for_the_second", fields=["second"], condition=Q(status__in=sorted(OPEN_MERGES))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} + {self.second_id}"

    @property
    def status_colour(self) -> str:
        return MERGE_COLOURS[MergeStatus(self.status)]

    @property
    def is_open(self) -> bool:
        return self.status in OPEN_MERGES

    @property
    def bids(self) -> tuple[Bid, Bid]:
        return self.first, self.second

    def get_absolute_url(self) -> str:
        return reverse("fund:merge_page", kwargs={"pk": self.pk})


@tracked()
class MergeConsent(models.Model):
    """An authority accepts the merge on the terms whose hash this is: lead, amount, shares; on no others."""

    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="consents")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    terms = models.CharField(max_length=64)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="mergeconsent_one_of_an_authority", fields=["merge", "organisation"]),
            models.CheckConstraint(name="mergeconsent_to_known_terms", condition=Q(terms__regex=r"^[0-9a-f]{64}$")),
        ]

    def __str__(self) -> str:
        return f"{self.merge_id}: {self.organisation_id}"


class TextChoice(models.TextChoices):
    """Which text the one bid takes for a question."""

    FIRST = "first", pgettext_lazy("text of a merge", "The text of the first bid")
    SECOND = "second", pgettext_lazy("text of a merge", "The text of the second bid")
    NEW = "new", pgettext_lazy("text of a merge", "New wording")


@tracked()
class MergeText(VersionedModel):
    """What the one bid says to one question (its key; `title` is the title): one of the two texts, or new wording."""

    merge = models.ForeignKey(Merge, on_delete=models.CASCADE, related_name="texts")
    key = models.SlugField(max_length=40)
    choice = models.CharField(_("Text of the one bid"), max_length=6, choices=TextChoice.choices)
    text = models.TextField(_("New wording"), blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="mergetext_one_to_a_question", fields=["merge", "key"]),
            models.CheckConstraint(name="mergetext_choice_known", condition=Q(choice__in=TextChoice.values)),
            models.CheckConstraint(
                name="mergetext_new_has_its_wording", condition=Q(choice=TextChoice.NEW) | Q(text="")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merge_id}: {self.key}"

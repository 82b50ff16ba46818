"""What happened to a bid beside the moves of its workflow: one row for each thing, never changed."""

from datetime import datetime
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.bilingual import Text
from wlga_portal.kernel.database import append_only

from .bids import Bid

# What a row is called on the timeline. A key that is not here is shown as it is stored.
HAPPENINGS: dict[str, Promise | str] = {
    "details": pgettext_lazy("what was done", "Details changed"),
    "answer": pgettext_lazy("what was done", "Answer saved"),
    "assigned": pgettext_lazy("what was done", "Answer given to a person"),
    "complete": pgettext_lazy("what was done", "Answer marked complete"),
    "partner_invited": pgettext_lazy("what was done", "Partner asked to join"),
    "partner_changed": pgettext_lazy("what was done", "Part of a partner changed"),
    "partner_removed": pgettext_lazy("what was done", "Partner taken out of the bid"),
    "costs": pgettext_lazy("what was done", "Costs changed"),
    "cited": pgettext_lazy("what was done", "Earlier work cited"),
    "uncited": pgettext_lazy("what was done", "Earlier work no longer cited"),
    "comment": pgettext_lazy("what was done", "Comment made"),
    "link_made": pgettext_lazy("what was done", "Link for a reader made"),
    "link_ended": pgettext_lazy("what was done", "Link for a reader ended"),
    "signatory": pgettext_lazy("what was done", "Signatory asked by a link"),
    "committed": pgettext_lazy("what was done", "Share of money committed"),
    "commitment_void": pgettext_lazy("what was done", "Commitment no longer holds"),
    "addendum": pgettext_lazy("what was done", "Clarification sent"),
    "translation_asked": pgettext_lazy("what was done", "Sent to translation"),
    "translated": pgettext_lazy("what was done", "Translation done"),
    "corrected": pgettext_lazy("what was done", "Translation corrected by the applicant"),
    "owner": pgettext_lazy("what was done", "Owner changed"),
}


@append_only
class Happening(models.Model):
    """One thing that happened to a bid: what (`kind`, a key of HAPPENINGS), to which part, who, when, why.

    `by` is None for the portal itself and for a reader without an account: no name of a person stands in it.
    """

    bid = models.ForeignKey(Bid, on_delete=models.PROTECT, related_name="happenings")
    kind = models.CharField(max_length=30)
    about_en = models.CharField(max_length=300, blank=True)
    about_cy = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    why = models.TextField(blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        indexes: ClassVar[list[models.Index]] = [models.Index(name="happening_of_bid", fields=["bid", "-at"])]

    def __str__(self) -> str:
        return self.label

    @property
    def label(self) -> str:
        return str(HAPPENINGS.get(self.kind, self.kind))

    @property
    def about(self) -> Text:
        return Text(self.about_en, self.about_cy)

    @classmethod
    def record(
        cls, bid: Bid, kind: str, *, by: Any, about: Any = "", why: str = "", at: datetime | None = None
    ) -> "Happening":
        """Write it down, in the transaction of what it tells. `about` is a text in both languages, or one for both."""
        both = about if isinstance(about, Text) else Text(str(about), str(about))
        return cls.objects.create(
            bid=bid, kind=kind, about_en=both.en[:300], about_cy=both.cy[:300], by=by, why=why, at=at or timezone.now()
        )

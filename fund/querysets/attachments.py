"""How files of bids are read."""

from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Exists, OuterRef, Q

if TYPE_CHECKING:
    from fund.models import Attachment


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    """Files: of a bid's own councils, and for everybody else those of submissions that they may read or score."""

    def visible_to(self, user: Any) -> "AttachmentQuerySet":
        from fund.models import Assessment, Bid, Submission, SubmittedFile

        seen = Q(submission__in=Submission.objects.visible_to(user))
        scored = Q(submission__in=Assessment.objects.held_by(user).values("submission"))
        sent = SubmittedFile.objects.filter(seen | scored, attachment=OuterRef("pk"))
        return self.filter(Q(bid__in=Bid.objects.of_councils(user)) | Q(Exists(sent)))

    def opened_of(self, *submissions: int) -> set[int]:
        """Those of these submissions that were checked, by their keys."""
        return set(self.filter(submitted__submission__in=submissions, scan="clean").values_list("pk", flat=True))

    def kept(self) -> "AttachmentQuerySet":
        """Those that are in their bid now."""
        return self.filter(removed_at=None)

    def waiting(self) -> "AttachmentQuerySet":
        """Those that no scanner has seen yet."""
        return self.filter(scan="waiting")

    def with_row(self) -> "AttachmentQuerySet":
        return self.select_related("requirement", "added_by")

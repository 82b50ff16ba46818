"""What reviewers say about a block of a paper."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.history import tracked

from .papers import Paper


@tracked()
class Comment(models.Model):
    """A comment on the block with this `uid`, or an answer to one (`parent`); only for those who work on the paper.

    It keeps to the block's `uid`, so that it outlives a block that is deleted; a comment is resolved, not deleted.
    """

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="comments")
    uid = models.UUIDField(editable=False)
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="answers", editable=False)
    text = models.TextField(_("Comment"), max_length=2000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False)
    at = models.DateTimeField(default=timezone.now, editable=False)
    resolved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    resolved_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="comment_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="comment_resolved_when_and_by_whom",
                condition=Q(resolved_by=None, resolved_at=None)
                | Q(resolved_by__isnull=False, resolved_at__isnull=False, parent=None),
            ),
        ]

    def __str__(self) -> str:
        return self.text

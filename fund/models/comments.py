"""Comments on a bid that is being written, and links by which a colleague without an account reads and comments."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fund.querysets.writing import CommentLinkQuerySet
from wlga_portal.kernel.history import tracked

from .answers import Answer
from .bids import Bid


@tracked(exclude=("name", "sha256"))
class CommentLink(models.Model):
    """A link to one bid for one reader without an account. The token is kept as its SHA-256 alone."""

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="comment_links")
    name = models.CharField(_("For whom"), max_length=120)
    sha256 = models.CharField(max_length=64, unique=True, editable=False)
    made_at = models.DateTimeField(auto_now_add=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    objects = CommentLinkQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="comment_link_has_a_token", condition=Q(sha256__regex=r"^[0-9a-f]{64}$")),
            models.CheckConstraint(name="comment_link_says_for_whom", condition=~Q(name="")),
        ]

    def __str__(self) -> str:
        return self.name


@tracked(exclude=("text",))
class Comment(models.Model):
    """What somebody says to a bid, or to one answer of it, while it is written: an officer, or a reader with a link."""

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="comments")
    answer = models.ForeignKey(Answer, null=True, blank=True, on_delete=models.CASCADE, related_name="comments")
    link = models.ForeignKey(CommentLink, null=True, editable=False, on_delete=models.RESTRICT, related_name="comments")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )
    text = models.TextField(_("Comment"), max_length=2000)
    at = models.DateTimeField(auto_now_add=True)
    done_at = models.DateTimeField(null=True, editable=False)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering: ClassVar[list[str]] = ["-pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="bid_comment_says_something", condition=~Q(text="")),
            models.CheckConstraint(
                name="comment_by_one", condition=Q(link=None, by__isnull=False) | Q(link__isnull=False, by=None)
            ),
            models.CheckConstraint(
                name="comment_done_when_and_by_whom",
                condition=Q(done_at=None, done_by=None) | Q(done_at__isnull=False, done_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def writer(self) -> str:
        """Who says it."""
        return str(self.link or self.by)

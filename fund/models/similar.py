"""Bids about the same problem: their texts as they are compared, and what councils said to a likeness."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organisations.models import Organisation
from wlga_portal.kernel.history import tracked

from .bids import LANGUAGES, Bid


class ProblemText(models.Model):
    """What a bid says of its problem in one language, as it is compared with others: made from the bid, and anew when
    that changes. `vector` is what `model` made of the text; none yet, or none here, and words alone are compared."""

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="problem_texts")
    language = models.CharField(max_length=2, choices=LANGUAGES)
    title = models.CharField(max_length=200)
    problem = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64)
    model = models.CharField(max_length=60, blank=True)
    vector = models.BinaryField(null=True, blank=True)
    made_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="problemtext_once_in_a_language", fields=["bid", "language"]),
            models.CheckConstraint(
                name="problemtext_vector_names_its_model",
                condition=Q(model="", vector=None) | (~Q(model="") & Q(vector__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bid_id}, {self.language}"


class Likeness(models.Model):
    """A submitted bid was found to be near to another when it was read; the higher the score, the nearer."""

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="likenesses")
    other = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="likenesses_to")
    score = models.FloatField()

    class Meta:
        ordering: ClassVar[list[str]] = ["-score", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="likeness_once_in_a_pair", fields=["bid", "other"]),
            models.CheckConstraint(name="likeness_of_two_bids", condition=~Q(bid=F("other"))),
        ]

    def __str__(self) -> str:
        return f"{self.bid_id}, {self.other_id}"


@tracked()
class SeparateReason(models.Model):
    """Why a council holds its bid to be another problem than one that was shown as similar: a sentence."""

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="separate_from")
    other = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="held_separate_by")
    reason = models.CharField(_("Why this one is separate"), max_length=500)
    said_at = models.DateTimeField(auto_now=True)
    said_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="separatereason_once_in_a_pair", fields=["bid", "other"]),
            models.CheckConstraint(name="separatereason_of_two_bids", condition=~Q(bid=F("other"))),
            models.CheckConstraint(name="separatereason_says_why", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return self.reason


@tracked()
class JoinRequest(models.Model):
    """A council asks the lead of a bid to let it join. It is answered by an invitation, which makes it a partner."""

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="join_requests")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="join_requests")
    message = models.TextField(_("Message to the lead council"))
    asked_at = models.DateTimeField(auto_now=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["asked_at", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="joinrequest_one_of_a_council", fields=["bid", "organisation"]),
            models.CheckConstraint(name="joinrequest_says_something", condition=~Q(message="")),
        ]

    def __str__(self) -> str:
        return f"{self.bid_id}: {self.organisation_id}"

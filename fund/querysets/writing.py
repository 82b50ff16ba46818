"""How what belongs to writing a bid is read: links by their token, translations by who works on them."""

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Count, Q

from accounts.roles import Role, roles_of
from fund.secrets import hashed

if TYPE_CHECKING:
    from fund.models import BidTranslation, CommentLink, Signatory, TranslatedText


class CommentLinkQuerySet(models.QuerySet["CommentLink"]):
    """Links for readers without an account."""

    def opened_by(self, token: str) -> "CommentLinkQuerySet":
        """The link of this token, whether or not it still holds."""
        shown = self if settings.DEMO else self.filter(bid__round__is_demo=False)
        return shown.filter(sha256=hashed(token))

    def holding(self, at: datetime) -> "CommentLinkQuerySet":
        return self.filter(revoked_at=None, expires_at__gt=at)


class SignatoryQuerySet(models.QuerySet["Signatory"]):
    """People who sign by a link."""

    def opened_by(self, token: str) -> "SignatoryQuerySet":
        """The signatory of this token, whether or not the link still holds."""
        shown = self if settings.DEMO else self.filter(partner__bid__round__is_demo=False)
        return shown.filter(sha256=hashed(token)).select_related("partner__bid__round", "partner__organisation")

    def holding(self, at: datetime) -> "SignatoryQuerySet":
        return self.filter(revoked_at=None, expires_at__gt=at)


class BidTranslationQuerySet(models.QuerySet["BidTranslation"]):
    """Translations: seen by translators, by the councils of the bid and by the fund manager."""

    def visible_to(self, user: Any) -> "BidTranslationQuerySet":
        from fund.models import Submission

        roles = roles_of(user)
        shown = self if settings.DEMO else self.filter(submission__bid__round__is_demo=False)
        if roles.has(Role.TRANSLATOR):
            return shown
        return shown.filter(submission__in=Submission.objects.visible_to(user))

    def with_row(self) -> "BidTranslationQuerySet":
        """What a row of the list shows, with `total` texts and how many are `written`: one query."""
        related = self.select_related("submission__bid__round", "submission__bid__lead").defer("submission__snapshot")
        return related.annotate(total=Count("texts"), written=Count("texts", filter=~Q(texts__text="")))


class TranslatedTextQuerySet(models.QuerySet["TranslatedText"]):
    """Texts of translations."""

    def visible_to(self, user: Any) -> "TranslatedTextQuerySet":
        from fund.models import BidTranslation

        return self.filter(translation__in=BidTranslation.objects.visible_to(user))

"""What became of each recommendation."""

from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.bilingual import LANGUAGES, Bilingual, BilingualModel, Text
from wlga_portal.kernel.components import tag
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.versions import VersionedModel

from ..querysets.outcomes import OutcomeQuerySet
from .editions import Edition
from .meetings import AgendaItem
from .triggers import words_of_the_edition


class Result(models.TextChoices):
    """What the board said to a recommendation."""

    NOTED = "noted", pgettext_lazy("outcome", "Noted")
    AGREED = "agreed", pgettext_lazy("outcome", "Agreed")
    AGREED_WITH_CHANGES = "changed", pgettext_lazy("outcome", "Agreed with changes")
    DEFERRED = "deferred", pgettext_lazy("outcome", "Deferred")
    REFERRED = "referred", pgettext_lazy("outcome", "Referred")
    NOT_AGREED = "not_agreed", pgettext_lazy("outcome", "Not agreed")


COLOURS = {
    Result.NOTED: "",
    Result.AGREED: "green",
    Result.AGREED_WITH_CHANGES: "green",
    Result.DEFERRED: "yellow",
    Result.REFERRED: "purple",
    Result.NOT_AGREED: "red",
}
# What these say is not whole without a sentence more: the words as changed, until when, to whom.
WITH_DETAIL = (Result.AGREED_WITH_CHANGES, Result.DEFERRED, Result.REFERRED)
ADOPTED = (Result.AGREED, Result.AGREED_WITH_CHANGES, Result.NOTED)


def withdrawn_words() -> Text:
    said = {}
    for language in LANGUAGES:
        with override(language):
            said[language] = gettext("The words of this recommendation were withdrawn.")
    return Text(said["en"], said["cy"])


@tracked()
class Outcome(VersionedModel, BilingualModel):
    """The outcome of one recommendation, by its block's `uid` in the edition that the board had before it.

    The database takes `words` and `number` from that edition, so they are those of the recommendation to the letter. An
    item without a paper has its decision in the secretariat's words, with no edition.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="outcomes")
    edition = models.ForeignKey(Edition, null=True, blank=True, on_delete=models.PROTECT, related_name="outcomes")
    uid = models.UUIDField(null=True, blank=True, editable=False)
    number = models.PositiveSmallIntegerField(null=True, editable=False)
    words = Bilingual(label=_("Decision"))
    result = models.CharField(_("Outcome"), max_length=10, choices=Result.choices)
    detail = Bilingual(label=_("As changed, until when, or to whom"), max_length=2000, blank=True)
    recorded_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, editable=False, on_delete=models.PROTECT, related_name="+"
    )

    objects = OutcomeQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="outcome_result_known", condition=Q(result__in=Result.values)),
            models.CheckConstraint(
                name="outcome_uid_with_its_edition",
                condition=Q(edition=None, uid=None, number=None)
                | Q(edition__isnull=False, uid__isnull=False, number__isnull=False),
            ),
            models.CheckConstraint(name="outcome_has_words", condition=~Q(words_en="") | ~Q(words_cy="")),
            models.CheckConstraint(
                name="outcome_says_what_changed",
                condition=~Q(result__in=[str(one) for one in WITH_DETAIL]) | ~Q(detail_en="") | ~Q(detail_cy=""),
            ),
            models.UniqueConstraint(fields=["item", "uid"], name="outcome_recommendation_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["uid"], name="outcome_by_uid")]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [words_of_the_edition()]

    def __str__(self) -> str:
        return f"{self.get_result_display()}: {self.words}"

    @property
    def tag(self) -> Any:
        """Its result, coloured."""
        return tag(self.get_result_display(), COLOURS[Result(self.result)])

    @property
    def read(self) -> Text:
        """Its words for a reader; those of an edition that was withdrawn are withdrawn here too."""
        if self.edition is not None and self.edition.withdrawn_at is not None:
            return withdrawn_words()
        text: Text = self.words
        return text

    @property
    def html(self) -> Any:
        """Its words as they read in the paper."""
        from ..markup import block_html

        return block_html(str(self.read))

    def get_absolute_url(self) -> str:
        return reverse("board:outcome_page", kwargs={"pk": self.pk})


class Casting(models.TextChoices):
    """How the chair's casting vote went, where the votes were equal."""

    FOR = "for", pgettext_lazy("vote", "For")
    AGAINST = "against", pgettext_lazy("vote", "Against")


@tracked()
class Vote(models.Model):
    """A vote that was taken on a recommendation: how many, and the chair's casting vote on equal numbers."""

    outcome = models.OneToOneField(Outcome, on_delete=models.CASCADE, related_name="vote")
    in_favour = models.PositiveSmallIntegerField(pgettext_lazy("votes", "For"))
    against = models.PositiveSmallIntegerField(pgettext_lazy("votes", "Against"))
    abstained = models.PositiveSmallIntegerField(pgettext_lazy("votes", "Abstained"), default=0)
    casting = models.CharField(_("Casting vote of the chair"), max_length=7, choices=Casting.choices, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="vote_somebody_voted", condition=Q(in_favour__gt=0) | Q(against__gt=0) | Q(abstained__gt=0)
            ),
            models.CheckConstraint(name="vote_casting_known", condition=Q(casting__in=["", *Casting.values])),
            models.CheckConstraint(
                name="vote_casting_on_equal_numbers", condition=Q(casting="") | Q(in_favour=F("against"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.in_favour}, {self.against}, {self.abstained}"

    @property
    def said(self) -> str:
        """The vote in a sentence."""
        from ..wording import vote_text

        return vote_text(self.in_favour, self.against, self.abstained, self.casting)

    @property
    def carried(self) -> bool:
        return self.in_favour > self.against or self.casting == Casting.FOR

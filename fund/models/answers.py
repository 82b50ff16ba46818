"""What a bid says to each question."""

from typing import Any, ClassVar

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.forms.fields import words_in
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.versions import VersionedModel

from .bids import HELD, Bid
from .rounds import Question, Section


class Effect(models.TextChoices):
    """What a bid says to a question about its implications; the text says why, or what."""

    NONE = "none", _("There is no effect, because …")
    SOME = "some", _("There is an effect")


@tracked()
class Answer(VersionedModel):
    """What a bid says to one question, in the bid's language: one row, one version. `words` is counted at each save."""

    bid = models.ForeignKey(Bid, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(Question, on_delete=models.PROTECT, related_name="answers")
    text = models.TextField(_("Answer"), blank=True)
    effect = models.CharField(_("Effect"), max_length=4, choices=Effect.choices, blank=True)
    words = models.PositiveIntegerField(default=0, editable=False)
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(name="answer_one_to_a_question", fields=["bid", "question"]),
            models.CheckConstraint(name="answer_empty_has_no_words", condition=~Q(text="") | Q(words=0)),
            models.CheckConstraint(name="answer_effect_known", condition=Q(effect__in=["", *Effect.values])),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [
            pgtrigger.Trigger(
                name="of_the_form",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("bid_id", "question_id"),
                func=f"""
                IF NOT EXISTS (SELECT FROM fund_bid b JOIN fund_question q
                    ON q.round_id = b.round_id AND q.form_version = b.form_version
                    WHERE b.id = NEW.bid_id AND q.id = NEW.question_id) THEN
                    RAISE EXCEPTION 'the question is of another form' {HELD} 'answer_of_the_form'; END IF;
                RETURN NEW;
                """,
            )
        ]

    def __str__(self) -> str:
        return f"{self.bid_id}: {self.question_id}"

    @property
    def asks_effect(self) -> bool:
        """Whether its question is one of the implications: "none, because ..." or what the effect is."""
        return self.question.section == Section.IMPLICATIONS

    @property
    def is_cited(self) -> bool:
        """Whether it asks what the bid builds on, and the bid cites something: then no text is needed."""
        return self.question.section == Section.LEARNING and self.bid.citations.exists()

    @property
    def is_done(self) -> bool:
        """Whether it says something within the limit, and of an implication whether there is an effect."""
        if not self.words:
            return self.is_cited
        return self.words <= self.question.word_limit and (bool(self.effect) or not self.asks_effect)

    def get_absolute_url(self) -> str:
        return reverse("fund:answer_edit", kwargs={"slug": self.bid.slug, "key": self.question.key})

    @property
    def draft_key(self) -> str:
        """Where a person's unsaved text for it is kept."""
        return f"fund.answer:{self.pk}"

    def validate_constraints(self, exclude: Any = None) -> None:
        """Of the words as they are now: who empties an answer breaks no rule."""
        self.words = words_in(self.text)
        super().validate_constraints(exclude)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.words = words_in(self.text)
        super().save(*args, **kwargs)

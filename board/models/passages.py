"""Passages: the words of what is published, block by block, for finding them."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from ..querysets.passages import PassageQuerySet
from .editions import Edition
from .papers import Language, Paper


class Passage(models.Model):
    """The plain words of one block of a paper's latest edition, in one language; `anchor` '' is its title and summary.

    `words` holds them folded (`board.finding`): without Welsh initial mutations and common endings.
    """

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="passages")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="passages")
    anchor = models.CharField(max_length=8, blank=True)
    position = models.PositiveIntegerField()
    language = models.CharField(max_length=2, choices=Language.choices)
    text = models.TextField()
    words = SearchVectorField()

    objects = PassageQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["paper", "anchor", "language"], name="passage_once"),
            models.CheckConstraint(name="passage_language_known", condition=Q(language__in=Language.values)),
        ]
        indexes: ClassVar[list[models.Index]] = [GinIndex(fields=["words"], name="passage_words")]

    def __str__(self) -> str:
        return f"{self.paper_id} {self.anchor} {self.language}"

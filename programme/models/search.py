"""What can be found: texts, and the words that they hold."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models


class SearchText(models.Model):
    """A text that can be found: a title and its text in one language, as words and as the keys of the words.

    Made from what other tables hold, and made anew when that changes. `source` and `row_id`: from which row, in the
    words of `kernel.searching`. `audience`: the tokens of those who may ever find it; who may find it today is asked of
    that row.
    """

    source = models.CharField(max_length=40, blank=True)
    row_id = models.BigIntegerField(null=True)
    key = models.CharField(max_length=120)
    language = models.CharField(max_length=2, choices=[("en", "English"), ("cy", "Cymraeg")])
    kind = models.CharField(max_length=30, blank=True)
    url = models.CharField(max_length=300, blank=True)
    title = models.TextField()
    text = models.TextField(blank=True)
    day = models.DateField(null=True)
    councils = ArrayField(models.BigIntegerField(), default=list)
    audience = ArrayField(models.CharField(max_length=60), default=list)
    vector = SearchVectorField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["key", "language"], name="search_text_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            GinIndex(fields=["vector"], name="search_text_keys"),
            models.Index(fields=["source", "row_id"], name="search_text_row"),
        ]

    def __str__(self) -> str:
        return f"{self.key} ({self.language})"


class SearchDue(models.Model):
    """A row that changed since its text was put into the index. Written by the database; the worker takes it away.

    What is due is not found, so that nobody finds words that stand no more.
    """

    source = models.CharField(max_length=40)
    row_id = models.BigIntegerField()

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["source", "row_id"], name="search_due_row")]

    def __str__(self) -> str:
        return f"{self.source}:{self.row_id}"


class SearchWord(models.Model):
    """A word that stands in a text that can be found, folded: what a mistyped one is held against."""

    word = models.CharField(max_length=60)
    language = models.CharField(max_length=2, choices=[("en", "English"), ("cy", "Cymraeg")])

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["word", "language"], name="search_word_once"),
        ]
        indexes: ClassVar[list[models.Index]] = [
            GinIndex(OpClass("word", name="gin_trgm_ops"), name="search_word_letters")
        ]

    def __str__(self) -> str:
        return self.word

"""What a reader keeps of their own: where they stopped, and private notes. Neither has a history.

A note's words are sealed (`board.sealing`) before they leave the program: no log of the database, no backup and no
other person can read them. Neither model is `tracked`, and that is a promise: a test holds it.
"""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from ..querysets.notes import NoteQuerySet, ReadMarkQuerySet
from .editions import Edition
from .papers import Language, Paper


class ReadMark(models.Model):
    """How far a person has read a paper: the edition, and the block at which they stopped (None: only that they read).

    `before` is the edition that they had read before this one, so that the page can still say what changed.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="read_marks")
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="read_marks")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="read_marks")
    before = models.PositiveSmallIntegerField(null=True)
    uid = models.UUIDField(null=True)
    at = models.DateTimeField()

    objects = ReadMarkQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "paper"], name="readmark_one_for_each_paper"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.paper_id}"


class Note(models.Model):
    """A person's note and highlight on one block, bound to its uid and to the words that it had.

    `words` is the hash of the block's words in `language` when the note was last saved; `anchor` its place then.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="paper_notes")
    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="notes")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="notes")
    uid = models.UUIDField()
    anchor = models.CharField(max_length=8)
    language = models.CharField(max_length=2, choices=Language.choices)
    words = models.CharField(max_length=64)
    sealed = models.TextField()
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField()

    objects = NoteQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["user", "paper", "uid"], name="note_one_for_each_block"),
            models.CheckConstraint(name="note_language_known", condition=Q(language__in=Language.values)),
            models.CheckConstraint(name="note_sealed_is_not_empty", condition=~Q(sealed="")),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.paper_id} {self.anchor}"

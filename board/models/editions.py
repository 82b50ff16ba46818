"""Editions: what was published, for ever."""

import json
from functools import cached_property
from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from wlga_portal.kernel.bilingual import in_both
from wlga_portal.kernel.database import append_only, hashed

from ..querysets.editions import EditionQuerySet
from .papers import Paper
from .triggers import edition_told


@append_only
class Edition(models.Model):
    """A published paper, frozen: both languages as JSON, and the SHA-256 of those very bytes (UTF-8).

    Never changed, never deleted; a correction is a new edition with the next number. People stand in it by their ids.
    The one exception is a withdrawal (see `Withdrawal`): the database takes `content` away and keeps the hash.
    """

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="editions")
    number = models.PositiveSmallIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    published_at = models.DateTimeField(default=timezone.now)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="published_editions"
    )
    withdrawn_at = models.DateTimeField(null=True, editable=False)

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["paper", "number"], name="edition_number_once"),
            models.CheckConstraint(name="edition_number_from_one", condition=Q(number__gte=1)),
            hashed("edition_hash_is_of_its_content", unless=Q(withdrawn_at__isnull=False, content="")),
            models.CheckConstraint(
                name="edition_withdrawn_says_nothing", condition=Q(withdrawn_at=None) | Q(content="")
            ),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [edition_told()]

    def __str__(self) -> str:
        return f"{self.paper_id}/{self.number}"

    def get_absolute_url(self) -> str:
        return reverse("board:edition_page", kwargs={"slug": self.paper.slug, "number": self.number})

    @cached_property
    def data(self) -> dict[str, Any]:
        """What the edition says; of one that was withdrawn, that it was."""
        if self.withdrawn_at:
            return withdrawn_data()
        read: dict[str, Any] = json.loads(self.content)
        return read


def withdrawn_data() -> dict[str, Any]:
    """What stands in the place of a withdrawn edition, in the form of an edition: whoever shows it shows no more."""
    title = in_both(lambda: _("Withdrawn paper"))
    nothing = {"en": "", "cy": ""}
    return {
        "format": 2,
        "board": nothing,
        "meeting": None,
        "item": None,
        "kind": "paper",
        "number": None,
        "purpose": "",
        "title": {"en": title.en, "cy": title.cy},
        "summary": nothing,
        "audience": nothing,
        "dated": None,
        "authors": [],
        "cleared_by": [],
        "cleared_as": nothing,
        "drafted_in": "en",
        "correction": nothing,
        "implications": [],
        "blocks": [],
    }

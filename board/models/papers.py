"""Papers, the people behind them, and the blocks that they are made of."""

import uuid
from functools import cached_property
from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from wlga_portal.kernel.bilingual import Bilingual, BilingualModel, SluggedModel, Text, published_in_both
from wlga_portal.kernel.history import tracked
from wlga_portal.kernel.versions import VersionedModel
from wlga_portal.kernel.workflow import WorkflowModel

from ..querysets import PaperQuerySet
from ..states import FROZEN, PAPER
from .boards import Board, Person
from .meetings import AgendaItem, Meeting
from .purposes import Purpose
from .triggers import edition_kept, frozen_blocks, frozen_front


class PaperKind(models.TextChoices):
    """A paper asks something of its board; a report tells others about the board; minutes say what a meeting did."""

    PAPER = "paper", _("Paper of the board")
    REPORT = "report", _("Report about the board")
    MINUTES = "minute", pgettext_lazy("of a meeting", "Minutes")


class Language(models.TextChoices):
    """The language in which a paper was first written: the other side is the translation."""

    EN = "en", _("English")
    CY = "cy", _("Welsh")


@tracked()
class Paper(WorkflowModel, VersionedModel, SluggedModel, BilingualModel):
    """The words of a paper as they are written; what the public reads is its latest `Edition`.

    `number` counts the papers of its meeting. `dated` is the day on the paper's front, where it has one.
    """

    url_name = "board:paper_page"
    workflow = PAPER
    status = PAPER.field()
    board = models.ForeignKey(Board, on_delete=models.PROTECT, related_name="papers")
    meeting = models.ForeignKey(Meeting, null=True, blank=True, on_delete=models.PROTECT, related_name="papers")
    agenda_item = models.ForeignKey(
        AgendaItem,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="papers",
        verbose_name=_("Agenda item"),
    )
    kind = models.CharField(_("Kind"), max_length=6, choices=PaperKind.choices, default=PaperKind.PAPER, editable=False)
    number = models.PositiveSmallIntegerField(
        pgettext_lazy("of a paper", "Number"), null=True, blank=True, editable=False
    )
    title = Bilingual(label=_("Title"), max_length=200, sort=True)
    purpose = models.CharField(_("Purpose"), max_length=12, choices=Purpose.choices, blank=True)
    summary = Bilingual(label=_("Summary"), max_length=500, blank=True)
    audience = Bilingual(label=_("Audience"), max_length=120, blank=True)
    cleared_as = Bilingual(label=_("Cleared as"), max_length=160, blank=True)
    correction = Bilingual(label=_("What was corrected"), max_length=300, blank=True)
    drafted_in = models.CharField(_("First written in"), max_length=2, choices=Language.choices, default=Language.EN)
    dated = models.DateField(_("Date of the paper"), null=True, blank=True)
    is_historic = models.BooleanField(default=False, editable=False)

    # Of the latest edition: its number, and the day on its front or else that of its publication. The database writes
    # both when an edition is added, and nobody else can.
    edition_number = models.PositiveSmallIntegerField(null=True, editable=False)
    day = models.DateField(null=True, editable=False)

    named_authors: list["Credit"]  # from `with_authors()`

    objects = PaperQuerySet.as_manager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            PAPER.constraint("paper_status_known"),
            models.CheckConstraint(name="paper_kind_known", condition=Q(kind__in=PaperKind.values)),
            models.CheckConstraint(name="paper_purpose_known", condition=Q(purpose__in=["", *Purpose.values])),
            models.CheckConstraint(name="paper_language_known", condition=Q(drafted_in__in=Language.values)),
            models.CheckConstraint(
                name="paper_of_the_board_has_an_item",
                condition=Q(kind=PaperKind.REPORT, agenda_item=None, meeting=None, number=None)
                | Q(kind=PaperKind.MINUTES, agenda_item=None, meeting__isnull=False, number=None)
                | Q(
                    kind=PaperKind.PAPER,
                    agenda_item__isnull=False,
                    meeting__isnull=False,
                    number__isnull=False,
                ),
            ),
            models.CheckConstraint(
                name="paper_published_says_its_purpose",
                condition=~Q(status__in=sorted(FROZEN)) | Q(is_historic=True) | ~Q(purpose=""),
            ),
            published_in_both("title", when=Q(status__in=sorted(FROZEN)), name="paper_published_titled_in_both"),
            models.UniqueConstraint(fields=["meeting", "number"], name="paper_number_once"),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(kind=PaperKind.MINUTES), name="paper_minutes_once_for_a_meeting"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                F("day").desc(nulls_last=True),
                F("id").desc(),
                condition=Q(edition_number__isnull=False),
                name="paper_published_latest",
            )
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [frozen_front(), edition_kept()]

    def __str__(self) -> str:
        return str(self.title)

    @cached_property
    def said(self) -> Text:
        """Its title for readers: of the latest edition, whatever a correction that is being written says.

        Lists add it with `with_said()`; elsewhere a paper under correction costs one query.
        """
        if self.edition_number is None or self.is_frozen:
            title: Text = self.title
            return title
        known = self.__dict__.get("edition_title")
        if known is None:
            edition = self.editions.filter(number=self.edition_number).first()
            known = edition.data["title"] if edition else {"en": self.title.en, "cy": self.title.cy}
        return Text(**known)

    @property
    def is_frozen(self) -> bool:
        return self.status in FROZEN


class Part(models.TextChoices):
    """What somebody did for a paper."""

    AUTHOR = "author", _("Author")
    CLEARER = "clearer", _("Cleared by")


@tracked()
class Credit(BilingualModel):
    """Who wrote or cleared a paper: a user, a person from a public source, or a post."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="credits")
    part = models.CharField(max_length=7, choices=Part.choices)
    position = models.PositiveSmallIntegerField(default=0)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="paper_credits"
    )
    person = models.ForeignKey(Person, null=True, blank=True, on_delete=models.PROTECT, related_name="paper_credits")
    post = Bilingual(label=_("Post"), max_length=120, blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["part", "position", "pk"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="credit_part_known", condition=Q(part__in=Part.values)),
            models.CheckConstraint(
                name="credit_names_one",
                condition=Q(user__isnull=False, person=None, post_en="", post_cy="")
                | Q(user=None, person__isnull=False, post_en="", post_cy="")
                | (Q(user=None, person=None) & ~Q(post_en="") & ~Q(post_cy="")),
            ),
            models.UniqueConstraint(fields=["paper", "part", "user"], name="credit_user_once"),
        ]

    def __str__(self) -> str:
        return str(self.user or self.person or self.post)


class BlockKind(models.TextChoices):
    """What a block is. Paragraphs, recommendations, tables and figures are each counted through the paper."""

    HEADING = "heading", pgettext_lazy("block", "Heading")
    PARAGRAPH = "paragraph", pgettext_lazy("block", "Paragraph")
    RECOMMENDATION = "recommendation", pgettext_lazy("block", "Recommendation")
    TABLE = "table", pgettext_lazy("block", "Table")
    FIGURE = "figure", pgettext_lazy("block", "Figure")


WITH_CELLS = frozenset({BlockKind.TABLE, BlockKind.FIGURE})


@tracked()
class Block(VersionedModel, BilingualModel):
    """One part of a paper, edited by itself. `uid` stays the same through all editions, so a note can keep to it.

    `text` is Markdown: the words of a paragraph, the caption of a table or figure. `cells` holds the rows of a table or
    of a figure's data, one on each line, cells parted by `|`; the first line names the columns (see `board.cells`).
    """

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="blocks")
    uid = models.UUIDField(default=uuid.uuid4, editable=False)
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(_("Kind"), max_length=14, choices=BlockKind.choices)
    level = models.PositiveSmallIntegerField(_("Level"), null=True, blank=True)
    text = Bilingual(label=_("Text"))
    cells = Bilingual(label=_("Rows"), blank=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(name="block_kind_known", condition=Q(kind__in=BlockKind.values)),
            models.CheckConstraint(
                name="block_heading_has_a_level",
                condition=Q(kind=BlockKind.HEADING, level__isnull=False, level__in=[2, 3])
                | (~Q(kind=BlockKind.HEADING) & Q(level=None)),
            ),
            models.CheckConstraint(
                name="block_cells_in_tables_only",
                condition=Q(kind__in=[str(kind) for kind in sorted(WITH_CELLS)]) | Q(cells_en="", cells_cy=""),
            ),
            models.UniqueConstraint(
                fields=["paper", "position"], name="block_position_once", deferrable=models.Deferrable.DEFERRED
            ),
            models.UniqueConstraint(fields=["paper", "uid"], name="block_uid_once"),
        ]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [frozen_blocks()]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.position}"

    @property
    def has_cells(self) -> bool:
        return self.kind in WITH_CELLS

    def paired(self) -> dict[str, Any]:
        """What is frozen of this block into an edition, before it is numbered."""
        from ..cells import table_of

        return {
            "uid": str(self.uid),
            "kind": self.kind,
            "level": self.level,
            "text": {"en": self.text.en, "cy": self.text.cy},
            "table": table_of(self.cells.en, self.cells.cy) if self.has_cells else None,
        }

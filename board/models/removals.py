"""The words of a withdrawn edition taken out of the rows on which its paper is worked, and out of their history."""

from typing import ClassVar

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone

from wlga_portal.kernel.database import append_only

from .triggers import STATUSES
from .withdrawals import Withdrawal

# The texts of each table that hold words of a paper. `paper_id` or `id` leads to the paper in the table's history.
TEXTS = {
    "board_paper": ("slug", "title", "summary", "audience", "correction"),
    "board_block": ("text", "cells"),
    "board_implication": ("text",),
    "board_outcome": ("words",),
}


def forgotten(table: str, where: str) -> str:
    """The SQL that empties each text in the history of these rows, but what a row says now."""
    columns = [f"{name}_{language}" for name in TEXTS[table] for language in ("en", "cy")]
    now, past = (", ".join(f"{row}.{name}" for name in columns) for row in ("now", "past"))
    empty = ", ".join(f"{name} = ''" for name in columns)
    return f"""
        UPDATE {table}event AS past SET {empty} WHERE {where}
            AND NOT EXISTS (SELECT FROM {table} now WHERE now.id = past.pgh_obj_id AND ({now}) = ({past}));
    """  # noqa: S608  our own words only


def words_out() -> pgtrigger.Trigger:
    """The one way in which words leave a paper's rows and history; it runs as the owner, with the tables' triggers off.

    Where no edition can be read and no correction is being written, the rows are emptied. Else they stay as they are.
    History keeps who changed what and when; of the words, those that still stand. Comments from before the withdrawal,
    what was typed and not saved, the sentences of differences between the languages, and the words that outcomes have
    from a withdrawn edition go.
    """
    return pgtrigger.Trigger(
        name="out",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        func=f"""
        DECLARE
            of_paper bigint;
            until timestamptz;
            emptied boolean;
            one text;
            opened text[] := ARRAY['board_paper', 'board_block', 'board_implication', 'board_comment', 'board_outcome',
                'board_acceptance', 'board_paperevent', 'board_blockevent', 'board_implicationevent',
                'board_commentevent', 'board_outcomeevent'];
        BEGIN
        SELECT e.paper_id, w.decided_at INTO of_paper, until
            FROM board_withdrawal w JOIN board_edition e ON e.id = w.edition_id
            WHERE w.id = NEW.withdrawal_id AND w.status = 'done' AND NEW.by_id IN (w.asked_by_id, w.decided_by_id);
        IF of_paper IS NULL THEN
            RAISE EXCEPTION 'words are taken out by those who withdrew them' USING ERRCODE = 'check_violation';
        END IF;
        SELECT status IN ({STATUSES}) AND NOT EXISTS
            (SELECT FROM board_edition e WHERE e.paper_id = of_paper AND e.withdrawn_at IS NULL)
            INTO emptied FROM board_paper WHERE id = of_paper FOR UPDATE;
        SET CONSTRAINTS ALL IMMEDIATE;
        FOREACH one IN ARRAY opened LOOP EXECUTE format('ALTER TABLE %I DISABLE TRIGGER USER', one); END LOOP;

        DELETE FROM kernel_draft WHERE key = 'board.word:' || of_paper
            OR starts_with(key, 'board.implication:' || of_paper || ':')
            OR key IN (SELECT 'board.block:' || pgh_obj_id FROM board_blockevent WHERE paper_id = of_paper);
        DELETE FROM board_comment WHERE paper_id = of_paper
            AND (emptied OR at < until OR parent_id IN (SELECT id FROM board_comment WHERE at < until));
        UPDATE board_acceptance SET said = '–', reason = '–' WHERE paper_id = of_paper AND (emptied OR at < until);
        UPDATE board_outcome SET words_en = '–', words_cy = '–' WHERE edition_id IN
            (SELECT id FROM board_edition WHERE paper_id = of_paper AND withdrawn_at IS NOT NULL);
        IF emptied THEN
            DELETE FROM board_block WHERE paper_id = of_paper;
            DELETE FROM board_implication WHERE paper_id = of_paper;
            UPDATE board_paper SET title_en = 'Withdrawn paper', title_cy = 'Papur a dynnwyd yn ôl', summary_en = '',
                summary_cy = '', audience_en = '', audience_cy = '', correction_en = '', correction_cy = ''
                WHERE id = of_paper;
        END IF;
        {forgotten("board_paper", "past.pgh_obj_id = of_paper")}
        {forgotten("board_block", "past.paper_id = of_paper")}
        {forgotten("board_implication", "past.paper_id = of_paper")}
        {forgotten("board_outcome", "past.edition_id IN (SELECT id FROM board_edition WHERE paper_id = of_paper)")}
        UPDATE board_commentevent SET text = '' WHERE paper_id = of_paper
            AND pgh_obj_id NOT IN (SELECT id FROM board_comment WHERE paper_id = of_paper);

        FOREACH one IN ARRAY opened LOOP EXECUTE format('ALTER TABLE %I ENABLE TRIGGER USER', one); END LOOP;
        SET CONSTRAINTS ALL DEFERRED;
        RETURN NULL;
        END;
        """,  # noqa: S608  our own words only
    )


@append_only
class Removal(models.Model):
    """One of the two people who withdrew an edition has its words taken out of what is left of them: the database does
    it when this row is added. It may be done again, when what was written meanwhile is to go too."""

    withdrawal = models.ForeignKey(Withdrawal, on_delete=models.PROTECT, related_name="removals")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["-at", "-pk"]
        triggers: ClassVar[list[pgtrigger.Trigger]] = [words_out()]

    def __str__(self) -> str:
        return f"{self.withdrawal}: {self.at}"

    @property
    def is_demo(self) -> bool:
        return self.withdrawal.is_demo

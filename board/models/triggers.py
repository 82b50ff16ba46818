"""What the database itself refuses: a change to the words of a published paper."""

import pgtrigger

from ..states import FROZEN

STATUSES = ", ".join(f"'{status}'" for status in sorted(FROZEN))

FRONT = """
    IF OLD.status IN (statuses) AND NEW.status IN (statuses)
        AND (OLD.title_en, OLD.title_cy, OLD.summary_en, OLD.summary_cy, OLD.purpose, OLD.audience_en, OLD.audience_cy,
             OLD.correction_en, OLD.correction_cy, OLD.dated, OLD.kind, OLD.agenda_item_id)
        IS DISTINCT FROM
            (NEW.title_en, NEW.title_cy, NEW.summary_en, NEW.summary_cy, NEW.purpose, NEW.audience_en, NEW.audience_cy,
             NEW.correction_en, NEW.correction_cy, NEW.dated, NEW.kind, NEW.agenda_item_id)
    THEN
        RAISE EXCEPTION 'a published paper is frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
""".replace("(statuses)", f"({STATUSES})")

# FOR SHARE waits for a publication under way, so that no word slips in between it and its edition.
# A translator may still mark a published text as reviewed: that changes a mark and no word.
BLOCKS = """
    IF TG_OP = 'UPDATE' THEN
        IF (OLD.paper_id, OLD.uid, OLD.position, OLD.kind, OLD.level, OLD.text_en, OLD.text_cy,
            OLD.cells_en, OLD.cells_cy)
            IS NOT DISTINCT FROM
           (NEW.paper_id, NEW.uid, NEW.position, NEW.kind, NEW.level, NEW.text_en, NEW.text_cy,
            NEW.cells_en, NEW.cells_cy)
        THEN
            RETURN NEW;
        END IF;
    END IF;
    IF TG_OP <> 'INSERT' THEN
        PERFORM 1 FROM board_paper WHERE id = OLD.paper_id FOR SHARE;
        IF EXISTS (SELECT 1 FROM board_paper WHERE id = OLD.paper_id AND status IN (statuses)) THEN
            RAISE EXCEPTION 'the blocks of a published paper are frozen' USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    PERFORM 1 FROM board_paper WHERE id = NEW.paper_id FOR SHARE;
    IF EXISTS (SELECT 1 FROM board_paper WHERE id = NEW.paper_id AND status IN (statuses)) THEN
        RAISE EXCEPTION 'the blocks of a published paper are frozen' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
""".replace("(statuses)", f"({STATUSES})")


def frozen_front() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(name="frozen_front", when=pgtrigger.Before, operation=pgtrigger.Update, func=FRONT)


def frozen_blocks() -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="frozen_with_its_paper",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func=BLOCKS,
    )


def edition_told() -> pgtrigger.Trigger:
    """A new edition tells its paper: lists of papers ask for it far more often than one is published."""
    return pgtrigger.Trigger(
        name="told",
        when=pgtrigger.After,
        operation=pgtrigger.Insert,
        func="""
        UPDATE board_paper SET edition_number = NEW.number,
            day = COALESCE(dated, (NEW.published_at AT TIME ZONE 'Europe/London')::date)
        WHERE id = NEW.paper_id AND COALESCE(edition_number, 0) < NEW.number;
        RETURN NULL;
        """,
    )


def edition_kept() -> pgtrigger.Trigger:
    """What an edition told its paper changes by the next edition alone: a paper that was read before keeps it."""
    return pgtrigger.Trigger(
        name="edition_kept",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func="""
        IF pg_trigger_depth() = 1 THEN
            IF TG_OP = 'INSERT' THEN
                NEW.edition_number := NULL;
                NEW.day := NULL;
            ELSE
                NEW.edition_number := OLD.edition_number;
                NEW.day := OLD.day;
            END IF;
        END IF;
        RETURN NEW;
        """,
    )


def seat_of_its_board() -> pgtrigger.Trigger:
    """The seat at a meeting is a seat of the meeting's board."""
    return pgtrigger.Trigger(
        name="seat_of_its_board",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func="""
        IF NEW.seat_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM board_seat s JOIN board_meeting m ON m.board_id = s.board_id
            WHERE s.id = NEW.seat_id AND m.id = NEW.meeting_id)
        THEN
            RAISE EXCEPTION 'a seat of another board' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
        """,
    )


def item_of_its_meeting() -> pgtrigger.Trigger:
    """Who moves in an item is recorded at the meeting of that item."""
    return pgtrigger.Trigger(
        name="item_of_its_meeting",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func="""
        IF NOT EXISTS (
            SELECT 1 FROM board_attendance a JOIN board_agendaitem i ON i.meeting_id = a.meeting_id
            WHERE a.id = NEW.attendance_id AND i.id = NEW.item_id)
        THEN
            RAISE EXCEPTION 'an item of another meeting' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
        """,
    )


def words_of_the_edition() -> pgtrigger.Trigger:
    """An outcome has the number and the words that its recommendation has in the edition, and no others."""
    return pgtrigger.Trigger(
        name="a_words_of_the_edition",  # before the triggers that mark which side of a text is behind
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func="""
        IF NEW.edition_id IS NULL THEN
            RETURN NEW;
        END IF;
        -- the words that it got stay, even once the edition is withdrawn
        IF TG_OP = 'UPDATE' THEN
            IF (OLD.edition_id, OLD.uid, OLD.item_id) IS NOT DISTINCT FROM (NEW.edition_id, NEW.uid, NEW.item_id) THEN
                NEW.number := OLD.number; NEW.words_en := OLD.words_en; NEW.words_cy := OLD.words_cy;
                RETURN NEW;
            END IF;
        END IF;
        SELECT (b->>'number')::smallint, b->'text'->>'en', b->'text'->>'cy'
        INTO NEW.number, NEW.words_en, NEW.words_cy
        FROM board_edition e JOIN board_paper p ON p.id = e.paper_id,
            jsonb_array_elements(e.content::jsonb->'blocks') b
        WHERE e.id = NEW.edition_id AND e.withdrawn_at IS NULL AND p.agenda_item_id = NEW.item_id
            AND b->>'uid' = NEW.uid::text AND b->>'kind' = 'recommendation';
        IF NOT FOUND THEN
            RAISE EXCEPTION 'no such recommendation in this edition' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
        """,
    )


def outcome_of_its_item() -> pgtrigger.Trigger:
    """An action's outcome is one of its item."""
    return pgtrigger.Trigger(
        name="outcome_of_its_item",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func="""
        IF NEW.outcome_id IS NOT NULL AND NOT EXISTS (
            SELECT 1 FROM board_outcome o WHERE o.id = NEW.outcome_id AND o.item_id = NEW.item_id)
        THEN
            RAISE EXCEPTION 'an outcome of another item' USING ERRCODE = 'check_violation';
        END IF;
        RETURN NEW;
        """,
    )

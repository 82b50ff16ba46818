"""The heat map of skills: of one council, and of Wales. Nobody can be told from it.

Counted: each person's newest assessment of the last two years that a manager has seen (shared or agreed), for the
council for which it was made; merged rows of a learner are one person. A cell is a skill and a role family: how many
people of that family were asked for the skill, and how many of them have it at the level that their role asks for (the
agreed level, else their own).

Hidden: a cell, or a whole row, of one to four people. And no hidden cell can be worked out from the others: in each
row what is hidden is at least two cells and five people, or the row's whole is hidden (the next smallest cell is hidden
too until it is so). For Wales the same holds of what is left when any one council's people are taken away, since that
council knows its own map. Shown numbers are rounded: people down to a multiple of five, shares to the nearest tenth.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection
from django.utils import timezone

from .counting import SMALL

COUNTED_DAYS = 730
SQL = """\
WITH newest AS (
    SELECT DISTINCT ON (coalesce(learner.person_id, learner.id)) assessment.id, assessment.organisation_id,
        assessment.role_level_id, family.key AS family
    FROM training_skillassessment AS assessment
    JOIN training_learner AS learner ON learner.id = assessment.learner_id
    JOIN training_rolelevel AS step ON step.id = assessment.role_level_id
    JOIN training_roleentry AS entry ON entry.id = step.entry_id
    JOIN training_rolefamily AS family ON family.id = entry.family_id
    JOIN training_frameworkversion AS version ON version.id = family.version_id
    WHERE assessment.status IN ('shared', 'agreed')
        AND assessment.shared_at >= %(since)s
        AND assessment.is_demo = %(demonstration)s
        AND version.framework_id = %(framework)s
    ORDER BY coalesce(learner.person_id, learner.id), assessment.shared_at DESC, assessment.id DESC
)
SELECT told.skill_id, newest.family, newest.organisation_id, count(*) AS people,
    count(*) FILTER (WHERE coalesce(answer.agreed_level, answer.own_level) >= asked.level) AS able
FROM newest
JOIN training_roleskill AS asked ON asked.role_level_id = newest.role_level_id
JOIN training_skillentry AS told ON told.id = asked.skill_entry_id
JOIN training_skillanswer AS answer ON answer.assessment_id = newest.id AND answer.skill_entry_id = told.id
WHERE coalesce(answer.agreed_level, answer.own_level) IS NOT NULL
GROUP BY told.skill_id, newest.family, newest.organisation_id"""


@dataclass(frozen=True, slots=True)
class Cell:
    """So many people are asked for a skill; so many of them have it at the level asked for."""

    people: int = 0
    able: int = 0

    def __add__(self, other: "Cell") -> "Cell":
        return Cell(self.people + other.people, self.able + other.able)

    @property
    def at_least(self) -> int:
        """The people, rounded down to a multiple of five."""
        return self.people // SMALL * SMALL

    @property
    def share(self) -> int:
        """The able in a hundred, rounded to the nearest ten."""
        return round(10 * self.able / self.people) * 10 if self.people else 0

    @property
    def heat(self) -> int:
        """The shade: 1 (few) to 5 (nearly all)."""
        return min(5, self.share // 20 + 1)


@dataclass(frozen=True, slots=True)
class Row:
    """A skill: its cells by role family and the whole. None is hidden; a cell of nobody is not in it."""

    cells: Mapping[str, Cell | None]
    whole: Cell | None


def row_of(cells: Mapping[str, Cell], parts: Collection[Mapping[str, Cell]] = ()) -> Row:
    """A row as it may be shown. `parts` are the rows of the councils, where it is the sum of theirs."""

    def people(row: Mapping[str, Cell], keys: Collection[str]) -> int:
        return sum(row[key].people for key in keys if key in row)

    def tells(keys: Collection[str]) -> bool:
        """Whether the people of these cells together, or those whom one council leaves of them, are one to four."""
        together = people(cells, keys)
        return any(0 < together - people(part, keys) < SMALL for part in ({}, *parts))

    filled = sorted((key for key, cell in cells.items() if cell.people), key=lambda key: (cells[key].people, key))
    small = {key for key in filled if tells([key])}
    hidden = set(small)
    for key in filled:
        if not hidden or (len(hidden) > 1 and not tells(hidden)):
            break
        hidden.add(key)
    if tells(filled) or (hidden and (len(hidden) < 2 or tells(hidden))):
        # without the whole, no cell can be worked out from the others
        return Row({key: None if key in small else cells[key] for key in filled}, None)
    return Row({key: None if key in hidden else cells[key] for key in filled}, sum(cells.values(), Cell()))


Counts = dict[int, dict[int, dict[str, Cell]]]  # council -> skill -> family -> cell


def counted(framework: int, *, demonstration: bool) -> Counts:
    """All cells as they are, by council, skill and family, in one query. Never shown without `row_of`."""
    since = timezone.now() - timedelta(days=COUNTED_DAYS)
    found: Counts = defaultdict(lambda: defaultdict(dict))
    with connection.cursor() as cursor:
        cursor.execute(SQL, {"framework": framework, "demonstration": demonstration, "since": since})
        for skill, family, council, people, able in cursor.fetchall():
            found[council][skill][family] = Cell(people, able)
    return found


def of_council(counts: Counts, council: int) -> dict[int, Row]:
    """By the id of the skill."""
    return {skill: row_of(cells) for skill, cells in counts.get(council, {}).items()}


def of_wales(counts: Counts) -> dict[int, Row]:
    """By the id of the skill, all councils together."""
    skills = {skill for council in counts.values() for skill in council}
    return {skill: wales_row([council[skill] for council in counts.values() if skill in council]) for skill in skills}


def wales_row(councils: Collection[Mapping[str, Cell]]) -> Row:
    """One skill; `councils` are its cells in each of them."""
    total: dict[str, Cell] = defaultdict(Cell)
    for cells in councils:
        for family, cell in cells.items():
            total[family] += cell
    return row_of(total, councils)

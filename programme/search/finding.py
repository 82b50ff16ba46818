"""What the words of a question may stand as.

Each word is a group of keys. A word that stands nowhere is taken for the nearest one that does. The name of a council
stands for its name in the other language too. The rarer a word is, the more it tells.
"""

import csv
import functools
import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper

from ..loading import FACTS
from .index import keys_of, remember
from .words import telling, words_of

MOST = 2_000  # texts that are ranked for one question
NEAREST = 3  # known words in the place of one that is not known
SHORTEST, LONG = 4, 7  # letters: shorter words are taken as they are; in longer ones two letters may be wrong
MANY = 5_000  # beyond so many texts, more make no word rarer


@dataclass(frozen=True, slots=True)
class Group:
    """What one word of a question may stand as, and how much it tells."""

    keys: frozenset[str]
    weight: float = 1.0

    @property
    def query(self) -> str:
        return "(" + "|".join(f"'{key}'" for key in sorted(self.keys)) + ")"

    @property
    def in_title(self) -> str:
        return "(" + "|".join(f"'{key}':A" for key in sorted(self.keys)) + ")"


@functools.cache
def other_names() -> dict[tuple[str, ...], list[tuple[str, ...]]]:
    """The words of each council's name, and those of its name in the other language."""
    found: dict[tuple[str, ...], list[tuple[str, ...]]] = {}
    with (FACTS / "councils.csv").open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            en, cy = (tuple(words_of(row[name])) for name in ("name_en", "name_cy"))
            en, cy = tuple(telling(list(en), "en")), tuple(telling(list(cy), "cy"))
            if en != cy:
                found.setdefault(en, []).append(cy)
                found.setdefault(cy, []).append(en)
    return found


@functools.cache
def words_of_names() -> frozenset[str]:
    """All words of the councils' names."""
    return frozenset(word for name in other_names() for word in name)


def keys_in_both(words: Collection[str]) -> dict[str, frozenset[str]]:
    """The keys of words whose language is not known: those of both."""
    en, cy = keys_of(words, "en"), keys_of(words, "cy")
    return {word: en[word] | cy[word] for word in words}


def groups_of(words: list[str], language: str, audience: Collection[str]) -> list[Group]:
    """A group for each word with what it tells; a council's name in the other language stands beside the words of the
    name, and the nearest known words beside one that no text has. Three queries at most."""
    keys_of({*words, *words_of_names()}, "en")  # all stems at once
    own = keys_of(words, language)
    extra: dict[str, set[str]] = {}
    for name, others in other_names().items():
        place = position_of(name, words, own)
        if place is not None:
            for other in others:
                other_keys = keys_in_both(other)
                for index, word in enumerate(words[place : place + len(name)]):
                    into = other[min(index, len(other) - 1)]
                    extra.setdefault(word, set()).update(other_keys[into])
    groups = {word: Group(own[word] | extra.get(word, set())) for word in words}
    total, *counts = counted(list(groups.values()), audience)
    known = dict(zip(groups, counts, strict=True))
    for word, close in nearest([word for word, count in known.items() if not count], language).items():
        found = keys_of(close, language)
        groups[word] = Group(groups[word].keys.union(*found.values()))
    return [Group(group.keys, told(known[word], total)) for word, group in groups.items()]


def position_of(name: tuple[str, ...], words: list[str], keys: Mapping[str, frozenset[str]]) -> int | None:
    """Where a name stands in a question, in any of its forms."""
    for place in range(len(words) - len(name) + 1):
        if all(part in keys[word] for part, word in zip(name, words[place:], strict=False)):
            return place
    return None


def nearest(words: list[str], language: str) -> dict[str, list[str]]:
    """For each word the known ones that differ by one letter (by two in long words), the nearest first. One query."""
    wanted = [word for word in words if len(word) >= SHORTEST]
    if not wanted:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT mine, word, language = %s, ts_lexize('english_stem', word) FROM unnest(%s::text[]) AS mine,"
            " LATERAL (SELECT word, language FROM programme_searchword WHERE word %% mine"
            " ORDER BY similarity(word, mine) DESC LIMIT 60) AS known",
            [language, wanted],
        )
        rows = cursor.fetchall()
    remember((word, stem) for _mine, word, _own, stem in rows)
    close: dict[str, list[tuple[int, bool, str]]] = {}
    for mine, other, own, _stem in rows:
        apart = distance(mine, other)
        if apart <= (1 if len(mine) < LONG else 2):
            close.setdefault(mine, []).append((apart, not own, other))
    return {mine: [other for _apart, _strange, other in sorted(found)[:NEAREST]] for mine, found in close.items()}


def distance(one: str, other: str) -> int:
    """Letters to add, take away, change or swap with the next (Damerau, restricted)."""
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, start=1):
        now = [i]
        for j, right in enumerate(other, start=1):
            cost = min(row[j] + 1, now[j - 1] + 1, row[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, before[j - 2] + 1)
            now.append(cost)
        before, row = row, now
    return row[-1]


def counted(groups: list[Group], audience: Collection[str]) -> list[int]:
    """How many texts there are, and how many have each group; counted no further than it tells anything. One query."""
    counts = (
        "(SELECT count(*) FROM (SELECT 1 FROM programme_searchtext WHERE {}audience && %s::varchar[] LIMIT %s) AS one)"
    )
    own = counts.format("vector @@ %s::tsquery AND ")
    parameters = [[*audience], MANY, *(part for group in groups for part in (group.query, [*audience], MOST))]
    with connection.cursor() as cursor:
        [row] = by_index(cursor, f"SELECT {', '.join([counts.format(''), *(own for _ in groups)])}", parameters)
        return [int(count) for count in row]


def by_index(cursor: CursorWrapper, sql: str, parameters: list[Any]) -> list[Any]:
    """The rows of a statement that looks words up in the index even where most texts have them.

    PostgreSQL does not reckon with the unpacking of long vectors and would read the texts one by one: over 15,000 texts
    18 ms a word instead of 1.4. Both statements go as one message: the setting ends with it.
    """
    cursor.execute(
        f"SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true); {sql}", parameters
    )
    cursor.nextset()
    rows: list[Any] = cursor.fetchall()
    return rows


def told(count: int, total: int) -> float:
    """What a word tells that so many of all texts have: much where they are few."""
    return math.log(1 + (max(total, count) - count + 0.5) / (count + 0.5))

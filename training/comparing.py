"""Which learners may be one person: their names and addresses compared, in memory, a council or a name at a time.

Two learners are doubted when
- they bear the same name, accents, case and order of words aside, and share a council, or at most three bear it;
- their addresses begin alike (before the @, letters alone) and they share a word of their names;
- they share a council and a first or a last word, and their names differ by one letter or by a shortened first name.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

from django.db import connection

from .models import Reason

FEW = 3  # so many of one name are compared across councils
MANY = 20  # more of one name in one council are no doubles, but a name that says nothing ("Council officer")
SHORTEST_LOCAL = 6  # letters before the @ from which likeness says something
FACTS = """
SELECT learner.id, learner.is_demo, kernel_plain(coalesce(nullif(account.name, ''), learner.name)),
    coalesce((SELECT array_agg(lower(split_part(email, '@', 1))) FROM training_learneraddress
        WHERE learner_id = learner.id), '{}'),
    array(SELECT organisation_id FROM training_booking WHERE learner_id = learner.id
        UNION SELECT organisation_id FROM training_learnermembership WHERE learner_id = learner.id)
FROM training_learner AS learner LEFT JOIN accounts_user AS account ON account.id = learner.user_id
WHERE learner.erased_at IS NULL ORDER BY learner.id
"""


@dataclass(frozen=True, slots=True)
class Known:
    """What of a learner is compared."""

    pk: int
    words: tuple[str, ...]
    locals: frozenset[str]
    councils: frozenset[int]


def words_of(plain: str) -> tuple[str, ...]:
    """The words of a name that is in small letters without accents."""
    return tuple(re.findall(r"[a-z]+", plain.replace("'", "").replace("’", "")))


def known_people() -> dict[bool, list[Known]]:
    """Everybody, those of the demonstration (True) apart."""
    found: dict[bool, list[Known]] = {False: [], True: []}
    with connection.cursor() as cursor:
        cursor.execute(FACTS)
        for pk, is_demo, name, addresses, councils in cursor.fetchall():
            letters = (re.sub(r"[^a-z]", "", address) for address in addresses)
            locals_ = frozenset(local for local in letters if len(local) >= SHORTEST_LOCAL)
            found[is_demo].append(Known(pk, words_of(name), locals_, frozenset(councils)))
    return found


def doubts(people: Iterable[Known]) -> dict[tuple[int, int], Reason]:
    """Each pair that may be one person, the smaller number first, with the first reason found."""
    people = list(people)
    found: dict[tuple[int, int], Reason] = {}
    for reason, pairs in (
        (Reason.NAME, same_names(people)),
        (Reason.ADDRESS, like_addresses(people)),
        (Reason.NEAR, near_names(people)),
    ):
        for one, other in pairs:
            found.setdefault((min(one.pk, other.pk), max(one.pk, other.pk)), reason)
    return found


Pairs = Iterator[tuple[Known, Known]]


def same_names(people: list[Known]) -> Pairs:
    groups: dict[tuple[str, ...], list[Known]] = defaultdict(list)
    for one in people:
        if len(one.words) > 1:
            groups[tuple(sorted(one.words))].append(one)
    for group in groups.values():
        if len(group) <= FEW:
            yield from combinations(group, 2)
            continue
        there: dict[int, list[Known]] = defaultdict(list)
        for one in group:
            for council in one.councils:
                there[council].append(one)
        for near in there.values():
            if len(near) <= MANY:
                yield from combinations(near, 2)


def like_addresses(people: list[Known]) -> Pairs:
    groups: dict[str, list[Known]] = defaultdict(list)
    for one in people:
        for local in one.locals:
            groups[local].append(one)
    for group in groups.values():
        for one, other in combinations(group, 2) if len(group) <= MANY else ():
            if set(one.words) & set(other.words):
                yield one, other


def near_names(people: list[Known]) -> Pairs:
    groups: dict[tuple[int, int, str], list[Known]] = defaultdict(list)
    for one in people:
        if len(one.words) > 1:
            for council in one.councils:
                groups[council, 0, one.words[0]].append(one)
                groups[council, 1, one.words[-1]].append(one)
    for group in groups.values():
        for one, other in combinations(group, 2):
            if one.words != other.words and is_near(one.words, other.words):
                yield one, other


def is_near(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """One letter apart, or the same last word and a first name that begins the other."""
    shorter, longer = sorted((one[0], other[0]), key=len)
    if one[1:] == other[1:] and longer.startswith(shorter):
        return True
    return one_letter_apart(" ".join(one), " ".join(other))


def one_letter_apart(one: str, other: str) -> bool:
    """Equal but for one letter that is changed, added or left out."""
    shorter, longer = sorted((one, other), key=len)
    if len(longer) - len(shorter) > 1:
        return False
    start = 0
    while start < len(shorter) and shorter[start] == longer[start]:
        start += 1
    rest = longer[start + 1 :]
    return rest == shorter[start + 1 :] or rest == shorter[start:]

"""Why two texts are held to be alike: the sentences of the other that match best, with what they share marked."""

import re
from dataclasses import dataclass
from pathlib import Path

from .concepts import concept_of
from .words import KEPT, SHORTEST, WORD, folded, sentences

SHOWN = 2  # passages of a text
LONGEST = 400  # characters of a passage
# Words that any text has: to mark them would say nothing.
EVERYDAY = frozenset(Path(__file__).with_name("everyday.txt").read_text(encoding="utf-8").split())


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence in parts: each a text, and whether it is marked."""

    language: str
    parts: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        return "".join(part for part, _marked in self.parts)

    @property
    def marked(self) -> tuple[str, ...]:
        return tuple(part for part, marked in self.parts if marked)


def keys_of(word: str, language: str) -> set[object]:
    """What a word counts as: its beginning in its own language, its subject in both."""
    word = word.lower().split("'")[0].split("’")[0]
    keys: set[object] = set()
    if word in EVERYDAY:
        return keys
    if len(word) >= SHORTEST:
        keys.add((language, (folded(word) if language == "cy" else word)[:KEPT]))
    if (concept := concept_of(word, language)) is not None:
        keys.add(concept)
    return keys


def common(text: str, language: str) -> set[object]:
    return set().union(*(keys_of(word, language) for word in WORD.findall(text)), set())


def passages(mine: str, my_language: str, theirs: str, their_language: str) -> list[Passage]:
    """The sentences of `theirs` that share most with `mine`, in their order; the first one where none shares anything.

    A subject counts three times a plain word: that many words of everyday are in any text.
    """
    ours = common(mine, my_language)
    told = sentences(theirs)
    weighed = []
    for place, sentence in enumerate(told):
        shared = common(sentence, their_language) & ours
        weight = sum(3 if isinstance(key, int) else 1 for key in shared)
        weighed.append((weight / (8 + len(WORD.findall(sentence))) ** 0.5, place))
    best = sorted(sorted(weighed, reverse=True)[:SHOWN], key=lambda pair: pair[1])
    chosen = [place for weight, place in best if weight > 0] or [place for _weight, place in best[:1]]
    return [marked(told[place], their_language, ours) for place in chosen]


def marked(sentence: str, language: str, ours: set[object]) -> Passage:
    if len(sentence) > LONGEST:
        sentence = sentence[:LONGEST].rsplit(" ", 1)[0] + " …"
    parts: list[tuple[str, bool]] = []
    end = 0
    for word in re.finditer(WORD, sentence):
        if not keys_of(word.group(), language) & ours:
            continue
        if word.start() > end:
            parts.append((sentence[end : word.start()], False))
        parts.append((word.group(), True))
        end = word.end()
    if end < len(sentence):
        parts.append((sentence[end:], False))
    return Passage(language, tuple(parts))

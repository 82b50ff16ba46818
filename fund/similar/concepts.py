"""What a statement is about, in words that Welsh and English share: "refuse" and "gwastraff" are one thing.

The vocabulary stands in `concepts.txt`. It finds the same subject in other words and in the other language, with the
model or without it.
"""

import functools
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from .words import folded

VOCABULARY = Path(__file__).with_name("concepts.txt")
WORD = re.compile(r"[^\W\d_]+")
SHORTEST = 3  # letters of a beginning


@functools.cache
def vocabulary() -> Mapping[str, Mapping[str, int]]:
    """For each language the beginnings of words (a whole word ends in $) and the concept that each belongs to."""
    found: dict[str, dict[str, int]] = {"en": {}, "cy": {}}
    for number, line in enumerate(VOCABULARY.read_text(encoding="utf-8").splitlines()):
        if line.startswith("#") or not line:
            continue
        english, _equals, welsh = line.partition(" = ")
        for beginning in english.split():
            found["en"].setdefault(beginning, number)
        for beginning in welsh.split():
            found["cy"].setdefault(folded(beginning), number)
    return found


def concept_of(word: str, language: str) -> int | None:
    """The concept of one word, in small letters; None for a word that says nothing of the subject."""
    known = vocabulary()[language]
    if language == "cy":
        word = folded(word)
    if (whole := known.get(f"{word}$")) is not None:
        return whole
    return next((known[word[:end]] for end in range(len(word), SHORTEST - 1, -1) if word[:end] in known), None)


def concepts(text: str, language: str) -> Counter[int]:
    """How often each concept stands in a text."""
    named = (concept_of(word, language) for word in WORD.findall(text.lower()))
    return Counter(concept for concept in named if concept is not None)

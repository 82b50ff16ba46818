"""The words of a statement, so that forms of one word are one: endings left off, Welsh initial mutations folded."""

import re
from collections import Counter

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
SENTENCE = re.compile(r"(?<=[.!?;:])\s+")
SHORTEST = 4  # letters of a word that says something
KEPT = 6  # letters of a word that stand for all its forms
SHORTEST_SENTENCE = 9  # characters
# Initial letters that a mutation turns into one another count as one; "g", which it drops, cannot be brought back.
FOLDED = (
    ("ngh", "c"), ("mh", "p"), ("nh", "t"), ("ng", "c"), ("ph", "p"), ("th", "t"), ("ch", "c"), ("dd", "t"),
    ("ll", "l"), ("rh", "r"), ("b", "p"), ("f", "p"), ("m", "p"), ("d", "t"), ("g", "c"),
)  # fmt: skip


def folded(word: str) -> str:
    """A Welsh word with its initial as all its mutations share it."""
    for first, shared in FOLDED:
        if word.startswith(first):
            return shared + word[len(first) :]
    return word


def terms(text: str, language: str) -> Counter[str]:
    """How often each word stands in a text, all forms of a word as one."""
    words = (word.split("'")[0].split("’")[0] for word in WORD.findall(text.lower()))
    long = (word for word in words if len(word) >= SHORTEST)
    return Counter((folded(word) if language == "cy" else word)[:KEPT] for word in long)


def sentences(text: str) -> list[str]:
    """A text in sentences; a heading is one."""
    parts = (part.strip() for line in text.splitlines() for part in SENTENCE.split(line))
    return [part for part in parts if len(part) >= SHORTEST_SENTENCE]

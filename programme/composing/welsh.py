"""What happens to the beginning of a Welsh word, and when: the grammar that composed sentences need.

After P. W. Thomas, Gramadeg y Gymraeg. The letters and what becomes of them are those of `board.parity`.
"""

from collections.abc import Sequence
from typing import Literal

from board.parity import MUTATIONS

Mutation = Literal["soft", "nasal", "aspirate"]
PLACE: dict[Mutation, int] = {"soft": 0, "nasal": 1, "aspirate": 2}
VOWELS = "aeiouyâêîôûŷáéíóú"
WHOLE_LETTERS = ("ch", "dd", "ff", "ng", "ph", "th")  # letters of two signs that no mutation changes
IMMUNE_AFTER_ONE = ("ll", "rh")  # feminine nouns in these keep their beginning after "un"


def mutated(word: str, mutation: Mutation) -> str:
    """The word with its beginning changed: Caerdydd, soft Gaerdydd, nasal Nghaerdydd, aspirate Chaerdydd."""
    start = word[:2].lower()
    if start in WHOLE_LETTERS:
        return word
    letter = start if start in MUTATIONS else start[:1]
    forms = MUTATIONS.get(letter, "").split(" ") if letter in MUTATIONS else []
    place = PLACE[mutation]
    if place >= len(forms):
        return word
    new = forms[place] + word[len(letter) :]
    return new[:1].upper() + new[1:] if word[:1].isupper() else new


def begins_with_vowel(word: str) -> bool:
    """Whether "ac" stands before it. W is a consonant before r, l and a vowel other than y: "a Wrecsam", "ac wyth"."""
    first, second = word[:1].lower(), word[1:2].lower()
    if first == "w":
        return second not in "rlaeiou" or not second
    return bool(first) and first in VOWELS


def with_and(word: str) -> str:
    """ "a Chasnewydd", "ac Abertawe": the word after "and"; c, p and t take the aspirate mutation."""
    return f"ac {word}" if begins_with_vowel(word) else f"a {mutated(word, 'aspirate')}"


def listed(names: Sequence[str]) -> str:
    """ "Blaenau Gwent, Sir Fynwy, Torfaen a Chasnewydd"."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {with_and(names[-1])}"


def after_number(number: int, singular: str, plural: str, *, feminine: bool) -> str:
    """What follows a figure: to ten the singular, mutated as the number asks; above ten "o" and the plural.

    1: a feminine noun softens; 2: both; 3: a masculine noun takes the aspirate; 6: both do.
    """
    if number > 10:
        return f"o {mutated(plural, 'soft')}"
    if number == 2 or (number == 1 and feminine and not singular.startswith(IMMUNE_AFTER_ONE)):
        return mutated(singular, "soft")
    if number == 6 or (number == 3 and not feminine):
        return mutated(singular, "aspirate")
    return singular


def years(number: int) -> str:
    """The word for years after a figure: they have a table of their own."""
    own = {0: "blynedd", 1: "flwyddyn", 2: "flynedd", 3: "blynedd", 4: "blynedd", 6: "blynedd"}
    return own.get(number, "mlynedd")

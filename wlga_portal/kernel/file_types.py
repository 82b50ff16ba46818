"""The type of a file, found from its content: by the library and the rules of the wheel `pylibmagic`.

So it is the same on every machine. `python-magic` by itself looks for the system's library, which a bare Debian and the
images of Python do not have; importing `pylibmagic` would change this process's environment and `ctypes` for all.
"""

import ctypes
import functools
from importlib.util import find_spec
from pathlib import Path
from typing import Any


@functools.cache
def library() -> Any:
    """`python-magic` on the wheel's library: a library of that name that is loaded already is the one it finds."""
    spec = find_spec("pylibmagic")
    if spec is None or spec.origin is None:
        raise ImportError("The package pylibmagic is not installed.")
    folder = Path(spec.origin).parent
    ctypes.CDLL(str(folder / "libmagic.so.1"))
    import magic

    return magic.Magic(mime=True, magic_file=str(folder / "magic.mgc"))


def type_of(head: bytes) -> str:
    """The content type of what begins so; `application/octet-stream` where nobody knows it."""
    return str(library().from_buffer(head))

"""Compiles every Welsh catalogue to its `.mo` file, with Babel: gettext's tools are not needed.

    python -m tools.compile_messages

Only what changed is compiled; a `.mo` file is replaced whole.
"""

import hashlib
import io
import sys
from pathlib import Path

from babel.messages.mofile import write_mo

from . import catalogues
from .catalogues import CATALOGUES, ROOT, CatalogueError


def compile_all(root: Path = ROOT, stamps: Path | None = None) -> list[str]:
    """Compile what changed since the last time; the names of the catalogues compiled.

    `stamps` keeps one small file for each catalogue with the hash of the source that was compiled.
    """
    stamps = stamps or root / "var/stamps"
    compiled = []
    for name in CATALOGUES:
        source = catalogues.path_of(name, root)
        if not source.exists():
            continue
        target, stamp = source.with_suffix(".mo"), stamps / f"messages-{name}"
        digest = hashlib.sha256(source.read_bytes()).hexdigest()
        if target.exists() and stamp.exists() and stamp.read_text() == f"{digest} {target.stat().st_size}":
            continue
        buffer = io.BytesIO()
        write_mo(buffer, catalogues.parse(source))
        catalogues.write_whole(target, buffer.getvalue())
        catalogues.write_whole(stamp, f"{digest} {len(buffer.getvalue())}".encode())
        compiled.append(name)
    return compiled


def main() -> int:
    try:
        print("Compiled: " + (", ".join(compile_all()) or "nothing had changed") + ".")
    except CatalogueError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Compiles every Welsh catalogue to its `.mo` file, with Babel: gettext's tools are not needed.

    python -m tools.compile_messages

A `.mo` file is replaced whole, so that no reader meets half of it.
"""

import io
import sys
from pathlib import Path

from babel.messages.mofile import write_mo

from . import catalogues
from .catalogues import CATALOGUES, ROOT, CatalogueError


def compile_all(root: Path = ROOT) -> list[str]:
    """Compile all that have texts; their names."""
    compiled = []
    for name in CATALOGUES:
        source = catalogues.path_of(name, root)
        if source.exists():
            buffer = io.BytesIO()
            write_mo(buffer, catalogues.parse(source))
            catalogues.write_whole(source.with_suffix(".mo"), buffer.getvalue())
            compiled.append(name)
    return compiled


def main() -> int:
    try:
        print(f"Compiled: {', '.join(compile_all())}.")
    except CatalogueError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

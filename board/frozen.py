"""Which rows of the board are held to their hash."""

from django.db.models import Q

from wlga_portal.kernel.frozen import register_frozen

from .models import Edition, PublicNote

register_frozen(Edition, without=Q(withdrawn_at__isnull=False))
register_frozen(PublicNote)

"""What of the organisations can be found: the councils, and the bodies that the programme works with."""

from wlga_portal.kernel.bilingual import in_both
from wlga_portal.kernel.searching import Findable, Watch, findable, joined

from .models import Organisation

WATCH = [Watch(Organisation)]


def told(row: Organisation) -> Findable:
    """By its names and, of a council, its region and its code."""
    names = joined(row.full_name, row.short_name, {"en": "", "cy": row.in_cy}, row.gss_code)
    text = joined(names, in_both(row.get_region_display)) if row.region else names
    return Findable(row.name, text, row.get_absolute_url, councils=(row.pk,))


@findable(
    "organisations.council",
    kind="council",
    rows=Organisation.objects.councils,
    visible=Organisation.objects.visible_to,
    watch=WATCH,
)
def council(row: Organisation) -> Findable:
    return told(row)


@findable(
    "organisations.body",
    kind="body",
    rows=Organisation.objects.bodies,
    visible=Organisation.objects.visible_to,
    watch=WATCH,
)
def body(row: Organisation) -> Findable:
    return told(row)

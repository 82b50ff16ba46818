"""What the delivery plan says of each council in one number."""

from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from wlga_portal.kernel.measures import Measured, measure

from .models import Project, ProjectPartner


@measure("projects", label=_("Projects"), order=40)
def projects() -> Measured:
    """Real projects in which the council is named; what is our reading is not counted."""
    parts = ProjectPartner.objects.filter(project__in=Project.objects.real(), inferred=False).order_by()
    return Measured(dict(parts.values_list("organisation").annotate(number=Count("pk"))))

"""What becomes of projects and plans when an organisation ends."""

from django.utils.translation import gettext_lazy as _

from organisations.succession import Part, register

from .models import ProjectPartner
from .states import OPEN

register(
    Part(
        "projects.ProjectPartner.organisation",
        _("Parts in projects that go on"),
        lambda ended: ProjectPartner.objects.filter(organisation=ended, project__status__in=OPEN),
    ),
    Part("projects.FundingLine.source", _("Money that it gave")),
    Part("projects.DeliveryPlan.agreed_with", _("Delivery plans that it agreed")),  # an agreement of its day
)

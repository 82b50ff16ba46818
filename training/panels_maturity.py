"""Maturity assessments on a council's page, and what of them waits for its digital lead."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.roles import Role
from organisations.models import Organisation
from wlga_portal.kernel.panels import Need, Panel, needs, panel

from .models import MaturityAnswer, MaturityAssessment

SHOWN = 3


@panel("organisations.organisation", order=55)
def organisation_maturity(request: HttpRequest, organisation: Organisation) -> Panel | None:
    """The council's assessments that the reader may see; nothing where there is none."""
    if not organisation.is_council:
        return None
    rows = MaturityAssessment.objects.visible_to(request.user).of(organisation).exclude(status="dropped")
    found = list(rows.order_by("-started_at", "-pk")[:SHOWN])
    if not found:
        return None
    return Panel(_("Digital maturity"), "training/panel_maturity.html", {"assessments": found})


@needs
def assessments_to_agree(user: Any) -> Iterator[Need]:
    """For a digital lead: the council's assessment whose every question is answered."""
    councils = user.organisation_ids(Role.DIGITAL_LEAD)
    if not councils:
        return
    missing = MaturityAnswer.objects.filter(assessment=OuterRef("pk"), level=None)
    rows = MaturityAssessment.objects.visible_to(user).open().filter(~Exists(missing), organisation_id__in=councils)
    for assessment in rows.select_related("organisation").order_by("pk"):
        url = reverse("training:maturity_agree", kwargs={"pk": assessment.pk})
        text = _("Agree the digital maturity assessment: every question is answered")
        yield Need(text, url, detail=str(assessment.organisation.name))

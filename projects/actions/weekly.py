"""What the weekly screen writes: updates and forecasts, together or not at all."""

from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.versions import drop_draft
from wlga_portal.kernel.workflow import NotAllowed

from .. import rules
from ..forms.weekly import WeeklyForm
from ..models import MilestoneForecast
from .projects import draft_key, update_post


def weekly_publish(sent: Iterable[WeeklyForm], *, by: Any) -> int:
    """Post what these valid forms say, all of them or none; the number of projects. Raises NotAllowed."""
    today = timezone.localdate()
    count = 0
    with audited(by=by, why="weekly update"):
        for form in sent:
            if not rules.update_post(by, form.project):
                raise NotAllowed(_("You may not post updates of this project."))
            for milestone, day in form.moved.items():
                MilestoneForecast.objects.create(milestone=milestone, forecast=day, for_date=today, by=by)
            if form.says:
                update = form.save(commit=False)
                update.for_date, update.reason_mark = today, form.mark
                update_post(update, by=by)
            drop_draft(by, draft_key(form.project))
            count += 1
    return count

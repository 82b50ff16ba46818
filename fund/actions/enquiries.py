"""Questions to the fund manager: asked, answered to all councils in both languages, put right, or set aside."""

from datetime import datetime
from typing import Any

from django.forms import ModelForm
from django.utils import timezone

from fund.emails import rounds as emails
from fund.models import Enquiry, Round
from fund.states import EnquiryStatus
from organisations.models import Organisation
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.versions import save_version
from wlga_portal.kernel.workflow import advance


def enquiry_ask(
    *, one_round: Round, organisation: Organisation, asked: str, language: str, by: Any, at: datetime | None = None
) -> Enquiry:
    """Ask the fund manager about the round."""
    with audited(by=by, why="question asked"):
        enquiry = Enquiry.objects.create(
            round=one_round,
            organisation=organisation,
            asked=asked,
            language=language,
            asked_by=by,
            asked_at=at or timezone.now(),
        )
        emails.tell_manager(enquiry)
    return enquiry


def enquiry_answer(form: ModelForm, *, by: Any, at: datetime | None = None) -> Enquiry:
    """Answer to all councils; an answer that stands already is put right, and all are told again where it changed.

    Raises Refused, or Clash when somebody else changed the same text.
    """
    at = at or timezone.now()
    with audited(by=by, why="question answered"):
        before = form.instance.lock()
        enquiry: Enquiry = save_version(form, by=by, why="question answered")
        if before.status != EnquiryStatus.ANSWERED:
            enquiry = advance(enquiry, "answer", by=by, also=lambda row: setattr(row, "answered_at", at))
            emails.tell_answer(enquiry)
        elif enquiry.version != before.version:
            enquiry.changed_at = at
            enquiry.save()
            emails.tell_answer(enquiry, changed=True)
    return enquiry


def enquiry_set_aside(enquiry: Enquiry, *, by: Any, why: str) -> Enquiry:
    """Not answered to all, with the reason; who asked sees it. Raises Refused."""
    return advance(enquiry, "set_aside", by=by, why=why)

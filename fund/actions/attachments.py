"""Files of a bid: adding one, taking it out, what the scanner says, and which of them are sent."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fund.clock import demand_open
from fund.emails import rounds as emails
from fund.models import Attachment, Bid, RequiredAttachment, Scan, Submission, SubmittedFile
from fund.models.attachments import LARGEST_BID
from wlga_portal.kernel.audit import audited
from wlga_portal.kernel.files import drop_file
from wlga_portal.kernel.queue import enqueue
from wlga_portal.kernel.scanning import Verdict
from wlga_portal.kernel.uploads import sha256_of
from wlga_portal.kernel.workflow import Refused


def attachment_add(
    *,
    bid: Bid,
    file: UploadedFile,
    kind: str,
    requirement: RequiredAttachment | None,
    by: Any,
    at: datetime | None = None,
) -> Attachment:
    """Keep a file, closed, and ask for a scan. Raises Closed, or Refused where the files are too large together."""
    from fund.tasks_rounds import scan_attachment

    with audited(by=by, why="file added"):
        demand_open(bid.lock(), at or timezone.now())
        size = file.size or 0
        kept = bid.attachments.kept().aggregate(total=Sum("size_bytes"))["total"] or 0
        if kept + size > LARGEST_BID:
            raise Refused(_("The files of the bid would be larger than 100 MB together. Take another out first."))
        attachment = Attachment.objects.create(
            bid=bid,
            requirement=requirement,
            file=file,
            name=PurePath(file.name or "").name[:150] or "file",
            kind=kind,
            size_bytes=size,
            sha256=sha256_of(file),
            added_by=by,
        )
        enqueue(scan_attachment, attachment=attachment.pk)
    return attachment


def attachment_remove(attachment: Attachment, *, by: Any, at: datetime | None = None) -> None:
    """Take a file out of the bid. One that was sent stays with what was sent. Raises Closed."""
    with audited(by=by, why="file taken out"):
        demand_open(attachment.bid.lock(), at or timezone.now())
        if attachment.submitted.exists():
            attachment.removed_at = at or timezone.now()
            attachment.save()
        else:
            drop_file(attachment.file)
            attachment.delete()


def attachment_scanned(attachment: Attachment, verdict: Verdict) -> None:
    """Open a file in which nothing was found; close one for good, and tell its council."""
    with audited(by=None, why="file checked"):
        row = Attachment.objects.select_for_update(of=("self",)).select_related("bid").get(pk=attachment.pk)
        row.scan = Scan.CLEAN if verdict.clean else Scan.REFUSED
        row.found, row.scanned_at = verdict.found, timezone.now()
        row.save()
        if not verdict.clean:
            emails.tell_harmful(row)


def attachment_gaps(bid: Bid) -> Iterator[tuple[str, str]]:
    """The files that the form requires at this stage and that are not there, each with the page to add it; and those
    in which something harmful was found. One that waits to be checked is there: a scanner that is away stops no bid."""
    url = reverse("fund:attachment_list", kwargs={"slug": bid.slug})
    kept = list(bid.attachments.kept())
    given = {one.requirement_id for one in kept if one.scan != Scan.REFUSED}
    for asked in bid.required_attachments().filter(required=True):
        if asked.pk not in given:
            yield _("The file “%(file)s” is missing.") % {"file": asked.name}, url
    for one in kept:
        if one.scan == Scan.REFUSED:
            yield _("“%(file)s” holds something harmful: take it out.") % {"file": one.name}, url


def files_of(bid: Bid) -> list[dict[str, Any]]:
    """The files of the bid as a snapshot holds them: each by its hash."""
    return [
        {
            "id": one.pk,
            "name": one.name,
            "kind": one.kind,
            "size_bytes": one.size_bytes,
            "sha256": one.sha256,
            "requirement": one.requirement.key if one.requirement else None,
        }
        for one in bid.attachments.kept().select_related("requirement")
    ]


def keep_files(submission: Submission) -> None:
    """The files that are sent with a submission."""
    kept = submission.bid.attachments.kept()
    SubmittedFile.objects.bulk_create(SubmittedFile(submission=submission, attachment=one) for one in kept)

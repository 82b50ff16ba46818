"""The scans of files."""

from datetime import timedelta

from django.utils import timezone

from wlga_portal.kernel import scanning
from wlga_portal.kernel.files import FilesAway
from wlga_portal.kernel.queue import task

from .actions.attachments import attachment_scanned
from .models import Attachment

SOON = timedelta(minutes=10)  # the job of its own has had its first tries


@task("fund.scan_attachment", retry=5)
def scan_attachment(*, attachment: int) -> None:
    """Ask the scanner about one file. Without a scanner it waits; one that is away is asked again by the queue."""
    row = Attachment.objects.waiting().filter(pk=attachment).first()
    if row is None or not scanning.is_set():
        return
    with row.file.open("rb") as content:
        verdict = scanning.scan(content)
    attachment_scanned(row, verdict)


@task("fund.scan_waiting", every="*/10 * * * *")
def scan_waiting(*, timestamp: int) -> None:
    """Whatever still waits, so that no absence leaves anything behind. Stops where scanner or store is away."""
    if not scanning.is_set():
        return
    for row in Attachment.objects.waiting().filter(added_at__lt=timezone.now() - SOON).order_by("pk"):
        try:
            scan_attachment(attachment=row.pk)
        except (scanning.ScannerAway, FilesAway):
            return

"""Making packs: asked for by whoever reads, made once in the queue, dropped when what they hold is gone."""

import re
from datetime import timedelta
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from wlga_portal.kernel.files import drop_file
from wlga_portal.kernel.pdf import PdfProblem
from wlga_portal.kernel.queue import enqueue

from ..models import Edition, Meeting, Pack, PackStatus
from ..packs import contents_for, contents_of, pack_pdf

PAGES = re.compile(rb"/Type\s*/Pages\s*/Count (\d+)")
KEPT = timedelta(days=90)  # a pack that nobody's key leads to, or that nobody asked for again


def pack_ask(meeting: Meeting, *, by: Any, language: str, large: bool) -> Pack:
    """The pack that this person may read: made already, being made, or begun now. One that failed is tried again."""
    from ..tasks import make_pack

    contents = contents_for(by, meeting)
    key = contents.key(language, large=large)
    with transaction.atomic():
        pack, made = Pack.objects.get_or_create(
            key=key,
            defaults={
                "meeting": meeting, "language": language, "large": large,
                "editions": [one.pk for one in contents.editions],
            },
        )  # fmt: skip
        if not made and pack.status == PackStatus.FAILED:
            Pack.objects.filter(pk=pack.pk).update(status=PackStatus.WAITING, problem="")
            pack.status = PackStatus.WAITING
        if pack.status == PackStatus.WAITING:
            enqueue(make_pack, pack=pack.pk, queueing_lock=f"pack-{pack.pk}")
    return pack


def pack_make(pk: int) -> None:
    """Make one pack from its sources, in one run. What it was asked for may have changed meanwhile: then it goes."""
    pack = Pack.objects.select_related("meeting__board").filter(pk=pk, status=PackStatus.WAITING).first()
    if pack is None:
        return
    contents = contents_of(pack.meeting, pack.editions)
    if contents.key(pack.language, large=pack.large) != pack.key:
        pack.delete()
        return
    try:
        pdf = pack_pdf(contents, pack.language, large=pack.large)
    except PdfProblem as problem:
        pack_failed(pack, " ".join(problem.sentences))
        return
    pack.file.save("pack.pdf", ContentFile(pdf), save=False)
    pack.size_bytes = len(pdf)
    pack.pages = max(int(count) for count in PAGES.findall(pdf))
    pack.status, pack.made_at = PackStatus.DONE, timezone.now()
    with transaction.atomic():
        if Pack.objects.select_for_update().filter(pk=pk).exists():
            pack.save()
            return
    drop_file(pack.file)  # dropped while it was being made


def pack_failed(pack: Pack, problem: str) -> None:
    pack.status, pack.problem = PackStatus.FAILED, problem
    pack.save()


def packs_drop(edition: Edition) -> None:
    """An edition was withdrawn: every pack that holds it goes, its file too."""
    for pack in Pack.objects.filter(editions__contains=[edition.pk]):
        pack_delete(pack)


def packs_tidy() -> None:
    """Packs that were made long ago are made again when somebody asks; the nightly task removes their files."""
    for pack in Pack.objects.filter(created_at__lt=timezone.now() - KEPT):
        pack_delete(pack)


def pack_delete(pack: Pack) -> None:
    with transaction.atomic():
        drop_file(pack.file)
        pack.delete()

"""The pages of exports: a person's own, the progress of one, its file."""

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone

from .export_files import CONTENT_TYPES
from .files import served
from .screens import page, screen, signed_in
from .service_models import Export, ExportStatus
from .wording import number as written

UNFINISHED = (ExportStatus.WAITING, ExportStatus.RUNNING)
LISTED = 50


def find_export(request: HttpRequest, number: int) -> Export:
    """One's own; anybody else's is not there."""
    return Export.objects.get(pk=number, asker=request.user.pk)


@screen(may=signed_in, methods=("GET", "HEAD"))
def export_list(request: HttpRequest) -> HttpResponse:
    """The files that a person asked for, the newest first."""
    return page(request, "kernel/export_list.html", {"exports": Export.objects.filter(asker=request.user.pk)[:LISTED]})


@screen(find=find_export, methods=("GET", "HEAD"))
def export_page(request: HttpRequest, export: Export) -> HttpResponse:
    """How far one export is; as JSON for the script that keeps the page up to date."""
    unfinished = export.status in UNFINISHED
    if request.headers.get("Accept") == "application/json":
        known = export.total is not None
        words = {"done": written(export.done), "total": written(export.total) if known else ""}
        return JsonResponse({"unfinished": unfinished, "done": export.done, "max": export.total, "words": words})
    return page(request, "kernel/export_page.html", {"export": export, "unfinished": unfinished})


@screen(find=find_export, methods=("GET", "HEAD"))
def export_file(request: HttpRequest, export: Export) -> HttpResponse:
    """The file, for its asker, while it is kept."""
    if export.status != ExportStatus.DONE or export.expires_at is None or export.expires_at < timezone.now():
        raise Http404
    name = export.file.name.rpartition("/")[2]
    return served(export.file, as_attachment=True, filename=name, content_type=CONTENT_TYPES[export.format])

"""The papers of a meeting to be read: one after another, as one PDF, found by their words, kept on a device."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import override

from board.actions.packs import pack_ask
from board.device import person_key
from board.finders import find_meeting
from board.finding import find_decisions, find_passages
from board.models import Meeting, Pack, PackStatus
from board.packs import Contents, contents_for
from board.reading_list import papers_listed
from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.files import served
from wlga_portal.kernel.screens import page, screen, set_addresses

LARGE = {"standard": False, "large": True}


def forms_of_pack() -> list[tuple[str, str, str]]:
    """Language, size and what the file is called."""
    return [
        ("en", "standard", _("English")),
        ("en", "large", _("English, large print (18 point)")),
        ("cy", "standard", _("Welsh")),
        ("cy", "large", _("Welsh, large print (18 point)")),
    ]


def packs_shown(meeting: Meeting, contents: Contents) -> list[dict[str, Any]]:
    """Each form of the pack with where it stands for this reader."""
    keys = {contents.key(language, large=LARGE[size]): (language, size) for language, size, _label in forms_of_pack()}
    made = {keys[pack.key]: pack for pack in Pack.objects.filter(key__in=keys)}
    parts = {"slug": meeting.slug}
    return [
        {
            "label": label, "language": language, "size": size, "pack": made.get((language, size)),
            "url": reverse("board:pack_file", kwargs={**parts, "language": language, "size": size}),
        }
        for language, size, label in forms_of_pack()
    ]  # fmt: skip


@screen(public=True, find=find_meeting, methods=("GET", "HEAD"))
def pack_page(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """All that one may read of a meeting. As JSON: whether a PDF is still being made, for the script of the page."""
    packs = packs_shown(meeting, contents_for(request.user, meeting))
    being_made = [one for one in packs if one["pack"] and one["pack"].status == PackStatus.WAITING]
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"unfinished": len(being_made)})
    set_addresses(request, "board:pack_page", slug=meeting)
    asked = request.GET.get("q", "").strip()
    found, more = find_passages(request.user, asked, language=page_language(), meeting=meeting)
    papers = papers_listed(request.user, meeting)
    context = {
        "meeting": meeting,
        "papers": papers,
        "restricted": sum(one.restricted for one in papers),
        "packs": packs,
        "being_made": being_made,
        "asked": asked,
        "found": found,
        "more": more,
        "person_key": person_key(request.user) if request.user.is_authenticated else "",
        "demonstration": meeting.board.is_demo,
    }
    return page(request, "board/pack_page.html", context)


@screen(public=True, find=find_meeting, methods=("POST",))
def pack_create(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Have the PDF made: once for all who may read the same."""
    language, size = request.POST.get("language", ""), request.POST.get("size", "")
    if language not in ("en", "cy") or size not in LARGE:
        raise Http404
    pack_ask(meeting, by=request.user, language=language, large=LARGE[size])
    return redirect(reverse("board:pack_page", kwargs={"slug": meeting.slug}) + "#pdf")


def find_pack(request: HttpRequest, slug: str, language: str, size: str) -> Pack:
    """The file that holds just what this person may read now; any other is not there for them."""
    meeting = find_meeting(request, slug)
    if language not in ("en", "cy") or size not in LARGE:
        raise Http404
    key = contents_for(request.user, meeting).key(language, large=LARGE[size])
    return Pack.objects.select_related("meeting").get(key=key, status=PackStatus.DONE)


@screen(public=True, find=find_pack, methods=("GET", "HEAD"))
def pack_file(request: HttpRequest, pack: Pack) -> HttpResponse:
    with override(pack.language):
        name = f"{slugify(str(pack.meeting))}{'-18pt' if pack.large else ''}.pdf"
    return served(pack.file, as_attachment=True, filename=name, content_type="application/pdf")


@screen(public=True, methods=("GET", "HEAD"))
def find_page(request: HttpRequest) -> HttpResponse:
    """Words in all papers and decisions that one may see, in both languages."""
    asked = request.GET.get("q", "").strip()
    found, more = find_passages(request.user, asked, language=page_language())
    decisions = find_decisions(request.user, asked, language=page_language())
    return page(request, "board/find_page.html", {"asked": asked, "found": found, "more": more, "decisions": decisions})

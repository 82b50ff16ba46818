"""Composed documents as a page, a tagged PDF and a Word file: annual report, council leaflet, round report."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from board.reading import read
from board.word_out import CONTENT_TYPE
from fund.finders import find_round
from organisations.models import Organisation
from programme.composing.reports import Document, annual_report, leaflet, round_report
from programme.composing.showing import shown_sources
from projects.finders import find_plan
from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.screens import page, screen, set_addresses

Find = Callable[..., Any]
Make = Callable[[Any], Document]


def find_council(request: HttpRequest, slug: str) -> Organisation:
    return Organisation.find(Organisation.objects.visible_to(request.user).councils(), slug)


def find_public_round(request: HttpRequest, slug: str) -> Any:
    """A round that is published; one in preparation has no report."""
    found = find_round(request, slug)
    if found.published_at is None:
        raise Http404
    return found


def views_of(name: str, find: Find, make: Make) -> tuple[Any, Any, Any]:
    """The three views of one kind of document, which all may read who may read what it is about."""

    @screen(public=True, find=find, methods=("GET", "HEAD"))
    def as_page(request: HttpRequest, thing: Any) -> HttpResponse:
        set_addresses(request, f"programme:{name}_page", slug=thing)
        document = make(thing)
        context = {
            "document": document,
            "body": read(document.data, page_language()).bare,
            "sources": shown_sources(document),
            "thing": thing,
            "pdf_url": reverse(f"programme:{name}_pdf", kwargs={"slug": thing.slug}),
            "word_url": reverse(f"programme:{name}_word", kwargs={"slug": thing.slug}),
            "demonstration": document.demonstration,
        }
        return page(request, "programme/report_page.html", context)

    @screen(public=True, find=find, methods=("GET", "HEAD"))
    def as_pdf(request: HttpRequest, thing: Any) -> HttpResponse:
        return file_of(make(thing).pdf(page_language()), "application/pdf", f"{name}-{thing.slug}", "pdf")

    @screen(public=True, find=find, methods=("GET", "HEAD"))
    def as_word(request: HttpRequest, thing: Any) -> HttpResponse:
        return file_of(make(thing).word(page_language()), CONTENT_TYPE, f"{name}-{thing.slug}", "docx")

    return as_page, as_pdf, as_word


def file_of(content: bytes, kind: str, name: str, ending: str) -> HttpResponse:
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}-{page_language()}.{ending}"'
    return answer


annual_page, annual_pdf, annual_word = views_of("annual", find_plan, annual_report)
leaflet_page, leaflet_pdf, leaflet_word = views_of("leaflet", find_council, leaflet)
round_page, round_pdf, round_word = views_of("round", find_public_round, round_report)

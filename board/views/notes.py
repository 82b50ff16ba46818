"""A reader's own: where they stopped, their notes and highlights, all of them at once, as a file, or gone."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from board.actions.notes import note_delete as delete
from board.actions.notes import note_save, notes_forget, stop_mark
from board.editions import latest
from board.finders import find_paper
from board.forms.notes import NoteForm, plain_words
from board.models import Edition, Note, Paper
from board.noting import Noted, Said, block_of, noted
from board.reading import shown
from board.wording import place_label
from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.screens import page, screen, set_addresses, signed_in


@dataclass(frozen=True, slots=True)
class NotePlace:
    """A block of a paper's latest edition, and one's own note on it."""

    paper: Paper
    edition: Edition
    block: dict[str, Any]
    note: Note | None

    @property
    def back(self) -> str:
        return f"{self.paper.get_absolute_url()}#{self.block['anchor']}"


def find_latest(request: HttpRequest, slug: str) -> Edition:
    """The latest edition of a paper that this person may read."""
    paper = find_paper(request, slug)
    edition = latest(paper) if paper.edition_number else None
    if edition is None:
        raise Http404
    edition.paper = paper
    return edition


def find_place(request: HttpRequest, slug: str, uid: UUID) -> NotePlace:
    edition = find_latest(request, slug)
    if request.method == "POST" and not has_block(edition, uid):  # written without a connection, on an earlier edition
        edition = next((one for one in earlier_editions(edition) if has_block(one, uid)), edition)
    note = Note.objects.of(request.user).filter(paper=edition.paper, uid=uid).with_edition().first()
    return NotePlace(edition.paper, edition, block_of(edition, uid), note)


def has_block(edition: Edition, uid: UUID) -> bool:
    return any(block["uid"] == str(uid) for block in edition.data["blocks"])


def earlier_editions(edition: Edition) -> Iterator[Edition]:
    """Those before it that still stand, the newest first."""
    for one in edition.paper.editions.standing().filter(number__lt=edition.number).order_by("-number"):
        one.paper = edition.paper
        yield one


def find_note(request: HttpRequest, slug: str, uid: UUID) -> Note:
    """One's own note, also where its block is no longer in the paper."""
    paper = find_paper(request, slug)
    note = Note.objects.of(request.user).get(paper=paper, uid=uid)
    note.paper = paper
    return note


def as_data(request: HttpRequest) -> bool:
    """Whether the script of the page asks, which keeps the page open."""
    return request.headers.get("Accept") == "application/json"


@screen(find=find_place)
def note_edit(request: HttpRequest, place: NotePlace) -> HttpResponse:
    """A note on one block, for its writer alone. What was written on two devices is shown together."""
    set_addresses(request, "board:note_edit", slug=place.paper, uid=place.block["uid"])
    language = page_language()
    said = Said.of(place.note) if place.note else Said()
    words = plain_words(place.block, language)
    if request.method == "POST":
        form = NoteForm(request.POST, words=words)
        if form.is_valid():
            return saved(request, place, form)
        if as_data(request):
            return JsonResponse({"errors": [one for field in form.errors.values() for one in field]}, status=422)
    else:
        quote = request.GET.get("words", "") or said.quote
        form = NoteForm(initial={"text": said.text, "marked": said.marked or bool(quote), "quote": quote}, words=words)
    context = {
        "place": place, "paper": place.paper, "form": form, "said": said, "back": place.back,
        "version": place.note.version if place.note else 0,
        "shown": shown(place.block, language), "label": place_label(place.block["kind"], place.block["number"]),
        "demonstration": place.paper.board.is_demo,
    }  # fmt: skip
    return page(request, "board/note_edit.html", context)


def saved(request: HttpRequest, place: NotePlace, form: NoteForm) -> HttpResponse:
    note, clashed = note_save(
        place.edition,
        UUID(place.block["uid"]),
        by=request.user,
        language=page_language(),
        said=form.said(),
        version=form.cleaned_data["version"] or 0,
        at=form.cleaned_data["at"],
    )
    if as_data(request):
        drawn = ""
        if note is not None:
            one = noted([note], place.edition.data)[0]
            drawn = render_to_string("board/note_shown.html", {"one": one, "paper": place.paper, "edits": True})
        return JsonResponse({"clashed": clashed, "version": note.version if note else 0, "html": drawn})
    if clashed:
        messages.info(request, _("This note was changed on another device meanwhile. Both texts are below."))
        return redirect("board:note_edit", slug=place.paper.slug, uid=place.block["uid"])
    messages.success(request, _("Your note is kept.") if note else _("There is nothing to keep, so there is no note."))
    return redirect(place.back)


@screen(find=find_note, methods=("POST",))
def note_delete(request: HttpRequest, note: Note) -> HttpResponse:
    """Gone at once, for good."""
    delete(note)
    messages.success(request, _("Your note is deleted."))
    if request.POST.get("from") == "list":
        return redirect("board:note_list")
    return redirect(f"{note.paper.get_absolute_url()}#{note.anchor}")


@screen(find=find_latest, may=lambda user, _edition: signed_in(user), methods=("POST",))
def paper_stop(request: HttpRequest, edition: Edition) -> HttpResponse:
    """Where this person stopped reading, to be found again on any device."""
    uid = uid_of(request.POST.get("uid", ""), edition)
    stop_mark(edition, by=request.user, uid=uid)
    if as_data(request):
        return JsonResponse({"kept": True})
    messages.success(request, _("The portal remembers where you stopped."))
    return redirect(edition.paper)


def uid_of(sent: str, edition: Edition) -> UUID | None:
    """The block that was sent, if the edition has it."""
    known = {block["uid"] for block in edition.data["blocks"]}
    return UUID(sent) if sent in known else None


@dataclass(frozen=True, slots=True)
class NotedPaper:
    """A paper with one's notes on it."""

    paper: Paper
    notes: list[Noted]


def noted_papers(user: Any) -> list[NotedPaper]:
    """One's notes on papers that one may still read, by paper, in the order of the text."""
    notes = list(Note.objects.readable_by(user).with_edition().order_by("paper", "pk"))
    papers = {paper.pk: paper for paper in Paper.objects.filter(pk__in={note.paper_id for note in notes}).with_place()}
    numbers = {(paper.pk, paper.edition_number) for paper in papers.values()}
    editions = Edition.objects.filter(paper__in=papers)
    data = {one.paper_id: one.data for one in editions if (one.paper_id, one.number) in numbers}
    found = []
    for pk, paper in sorted(papers.items(), key=lambda pair: (-pair[1].board_id, pair[1].meeting_id or 0, pair[0])):
        order = {block["anchor"]: place for place, block in enumerate(data[pk]["blocks"])}
        own = noted([note for note in notes if note.paper_id == pk], data[pk])
        found.append(NotedPaper(paper, sorted(own, key=lambda one: order.get(one.anchor, len(order)))))
    return found


@screen(may=signed_in, methods=("GET", "HEAD"))
def note_list(request: HttpRequest) -> HttpResponse:
    """All of one's notes, how long they are kept, the file of them, and the button that deletes them."""
    return page(request, "board/note_list.html", {"papers": noted_papers(request.user)})


@screen(may=signed_in, methods=("GET", "HEAD"))
def note_file(request: HttpRequest) -> HttpResponse:
    """The same as a plain text to keep elsewhere."""
    context = {"papers": noted_papers(request.user), "host": request.build_absolute_uri("/")[:-1]}
    text = render_to_string("board/note_file.txt", context)
    answer = HttpResponse(text, content_type="text/plain; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{_("notes")}.txt"'
    return answer


@screen(may=signed_in)
def notes_delete(request: HttpRequest) -> HttpResponse:
    """Delete all notes and marks: a page with one button."""
    if request.method == "POST":
        count = notes_forget(by=request.user)
        words = ngettext("%(count)s note is deleted.", "%(count)s notes are deleted.", count) % {"count": count}
        messages.success(request, words)
        return redirect("board:note_list")
    return page(request, "board/notes_delete.html", {"count": Note.objects.of(request.user).count()})

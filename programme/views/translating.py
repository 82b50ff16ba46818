"""The translators' worklist: what waits, one text side by side, comparing and marking many."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from programme import rules
from programme.translating import actions
from programme.translating.filters import TextFilter
from programme.translating.forms import TranslationForm, signs
from programme.translating.kinds import AREAS, kinds
from programme.translating.places import own_page, page_of
from programme.translating.tables import TextTable
from programme.translating.texts import COLOURS, Direction, Entry, State, Worklist, digest
from wlga_portal.kernel.bilingual import LANGUAGES
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.tables import list_page
from wlga_portal.kernel.versions import load_draft, save_draft
from wlga_portal.kernel.workflow import Refused

COMPARED = 20  # texts on a page where many are compared


def find_entry(request: HttpRequest, kind: str, pk: int, name: str, to: str) -> Entry:
    """A text that this translator sees, as one that goes into the language `to`."""
    known = kinds().get(kind)
    if not rules.texts_translate(request.user) or known is None or to not in LANGUAGES:
        raise Http404
    if name not in {one.name for one in known.names}:
        raise Http404
    entry = actions.entry_now(request.user, kind, pk, name)
    if entry is None or not (entry.cy if to == "en" else entry.en):
        raise Http404
    return actions.turned(entry, to)


def narrowed(request: HttpRequest) -> Worklist:
    """The worklist as the address narrows it."""
    rows = Worklist(request.user, sort=request.GET.get("sort", ""))
    found: Worklist = TextFilter(request.GET, queryset=rows, request=request).qs
    return found


@screen(may=rules.texts_translate, methods=("GET", "HEAD"))
def translating_list(request: HttpRequest) -> HttpResponse:
    """What waits, of every area, with the sums of what the filters leave."""
    rows = narrowed(request)
    sums = [(State(one.state).label, one) for one in rows.sums()]
    return list_page(
        request,
        queryset=Worklist(request.user, sort=request.GET.get("sort", ""), _sums=rows._sums),
        table=TextTable,
        filterset=TextFilter,
        template="programme/translating_list.html",
        sums=sums,
        words=sum(one.words for _label, one in sums),
        texts=sum(one.texts for _label, one in sums),
        query=request.GET.urlencode(),
    )


@screen(find=find_entry, may=rules.texts_translate)
def translating_text(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Both sides; the translation is written here, unless the words are frozen. A clash shows both texts."""
    changed: Entry | None = None
    status = 200
    if request.method == "POST":
        form = TranslationForm(request.POST, entry=entry)
        if form.is_valid():
            try:
                saved = actions.text_write(entry, form.cleaned_data["text"], seen=form.seen, by=request.user)
            except actions.Changed as clash:
                changed, status = clash.entry, 409
                form = again(form, clash.entry)
            except Refused as refused:
                form.add_error("text", str(refused))
            else:
                messages.success(request, _("Saved at %(time)s.") % {"time": f"{timezone.localtime():%H:%M:%S}"})
                return redirect(next_address(request, saved))
        keep(request, entry)
    else:
        draft = load_draft(request.user, actions.draft_key(entry))
        known = draft.data if draft and draft.data["text"] != entry.translated else None
        form = TranslationForm(entry=entry, initial=known or {"text": entry.translated, **signs(entry)})
    shown = changed or entry
    context = {
        "entry": shown,
        "changed": changed,
        "source_changed": changed is not None and digest(changed.said) != request.POST.get("seen_source"),
        "form": form,
        "area": AREAS[entry.kind.partition(".")[0]],
        "state": State(shown.state).label,
        "colour": COLOURS[shown.state],
        "direction": Direction(entry.target).label,
        "draft_url": address("programme:translating_draft", entry),
        "other_way": address("programme:translating_text", actions.turned(entry, entry.source)),
        "own": own_page(request.user, entry),
        "stands": page_of(request.user, entry),
    }
    return page(request, "programme/translating_text.html", context, status=status)


def again(form: TranslationForm, entry: Entry) -> TranslationForm:
    """The form with what was typed, over the text as it is now."""
    data = {"text": form.cleaned_data["text"], **signs(entry)}
    return TranslationForm(data, entry=entry)


def address(view: str, entry: Entry) -> str:
    named = {"kind": entry.kind, "pk": entry.pk, "name": entry.name, "to": entry.target}
    return reverse(view, kwargs=named)


@screen(find=find_entry, may=rules.texts_translate, methods=("POST",))
def translating_draft(request: HttpRequest, entry: Entry) -> HttpResponse:
    """Autosave: what was typed so far, for this person alone."""
    keep(request, entry)
    return JsonResponse({"saved_at": f"{timezone.localtime():%H:%M:%S}"})


def keep(request: HttpRequest, entry: Entry) -> None:
    names = ("text", "seen_source", "seen_target")
    data = {name: request.POST.get(name, "").replace("\r\n", "\n").replace("\0", "") for name in names}
    save_draft(request.user, actions.draft_key(entry), data)


def next_address(request: HttpRequest, entry: Entry) -> str:
    """The next text of the same area and direction for “save and continue”; the list otherwise."""
    if "next" in request.POST:
        wanted = {"area": entry.kind.partition(".")[0], "to": entry.target}
        for state in (State.MISSING, State.STALE):
            for following in Worklist(request.user, {**wanted, "state": state})[0:5]:
                if not following.kept and (following.kind, following.pk, following.name) != (
                    entry.kind, entry.pk, entry.name,
                ):  # fmt: skip
                    return following.get_absolute_url()
    return reverse("programme:translating_list")


@screen(may=rules.texts_translate)
def translating_compare(request: HttpRequest) -> HttpResponse:
    """Texts that nobody reviewed, side by side, so many at a time; those that are ticked are marked together."""
    if request.method == "POST":
        marked, left = actions.texts_review(ticked(request), by=request.user)
        if marked:
            text = ngettext("%(count)s text is marked as reviewed.", "%(count)s texts are marked as reviewed.", marked)
            messages.success(request, text % {"count": marked})
        for entry in left:
            text = _("“%(text)s” was not marked: it changed meanwhile, or a side is missing.")
            messages.info(request, text % {"text": actions.short(entry.said)})
        if not marked and not left:
            messages.info(request, _("No text was ticked."))
        return redirect(f"{request.path}?{request.GET.urlencode()}" if request.GET else request.path)
    rows = narrowed(request)
    rows = rows.narrowed({**rows.wanted, "state": State.UNREVIEWED})
    context = {
        "entries": rows[0:COMPARED],
        "total": len(rows),
        "query": request.GET.urlencode(),
    }
    return page(request, "programme/translating_compare.html", context)


def ticked(request: HttpRequest) -> list[tuple[Entry, str]]:
    """The texts that were ticked and that this person sees, with the signs of what was compared."""
    found: list[tuple[Entry, str]] = []
    for value in request.POST.getlist("text")[:COMPARED]:
        kind, _one, rest = value.partition("-")
        pk, _two, rest = rest.partition("-")
        name, _three, compared = rest.partition("-")
        known = kinds().get(kind)
        if known is None or not pk.isdecimal() or len(pk) > 18 or name not in {one.name for one in known.names}:
            continue
        entry: Any = actions.entry_now(request.user, kind, int(pk), name)
        if entry is not None:
            found.append((entry, compared))
    return found

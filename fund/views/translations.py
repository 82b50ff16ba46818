"""Translations of Welsh bids: what waits, one translation, one text of it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fund import rules
from fund.actions import translations as actions
from fund.finders import find_text, find_translation
from fund.forms.translations import TextForm
from fund.models import BidTranslation, TranslatedText
from fund.tables.translations import TranslationTable
from wlga_portal.kernel.bilingual import Text
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.tables import list_page
from wlga_portal.kernel.versions import Clash, clash_page, load_draft, resolved, save_draft, sent_version
from wlga_portal.kernel.workflow import Refused


@screen(may=rules.translation_list)
def translation_list(request: HttpRequest) -> HttpResponse:
    """Every Welsh bid that was sent: what waits first, by when it was sent."""
    translations = BidTranslation.objects.visible_to(request.user).with_row().order_by("-status", "asked_at", "pk")
    return list_page(
        request,
        queryset=translations,
        table=TranslationTable,
        template="fund/translation_list.html",
        demonstration=bool(getattr(request.user, "is_demo", False)),
    )


@screen(find=find_translation)
def translation_page(request: HttpRequest, translation: BidTranslation) -> HttpResponse:
    """Every text beside its translation."""
    bid = translation.submission.bid
    texts = list(translation.texts.select_related("corrected_by"))
    context = {
        "translation": translation,
        "submission": translation.submission,
        "texts": [(text, Text(text.label_en, text.label_cy)) for text in texts],
        "written": sum(bool(text.text) for text in texts),
        "total": len(texts),
        "writes": rules.bid_translate(request.user, translation) or rules.bid_lead_officer(request.user, bid),
        "translates": rules.bid_translate(request.user, translation),
        "events": [one.event for one in translation.events_for(request.user)],
        "demonstration": bid.is_demo,
    }
    return page(request, "fund/translation_page.html", context)


@screen(find=find_translation, may=rules.bid_translate, methods=("POST",))
def translation_move(request: HttpRequest, translation: BidTranslation) -> HttpResponse:
    """Say that it is done, or take it up again."""
    try:
        if request.POST.get("event") == "reopen":
            actions.translation_reopen(translation=translation, by=request.user)
        else:
            actions.translation_finish(translation=translation, by=request.user)
    except Refused as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("Saved."))
    return redirect(translation)


@screen(find=find_text, may=rules.translation_write)
def translation_text(request: HttpRequest, text: TranslatedText) -> HttpResponse:
    """One text: the Welsh as it was sent, and the English. What is typed is kept for its writer."""
    version = text.version
    if request.method == "POST":
        form = TextForm(resolved(request.POST, text), instance=text)
        if form.is_valid():
            try:
                actions.translation_write(form, by=request.user)
            except Clash as clash:
                keep(request, text)
                return clash_page(request, clash, form, demonstration=text.translation.submission.bid.is_demo)
            messages.success(request, _("Saved at %(time)s.") % {"time": f"{timezone.localtime():%H:%M:%S}"})
            return redirect(next_address(request, text))
        keep(request, text)
        version = sent_version(form)
    else:
        draft = load_draft(request.user, text.draft_key)
        kept = draft if draft and draft.data["text"] != text.text else None
        form = TextForm(instance=text, initial={"text": kept.data["text"]} if kept else None)
        version = kept.data["version"] if kept else version
    context = {
        "text": text,
        "translation": text.translation,
        "label": Text(text.label_en, text.label_cy),
        "form": form,
        "version": version,
        "draft_url": reverse("fund:translation_draft", kwargs={"pk": text.translation_id, "order": text.order}),
        "demonstration": text.translation.submission.bid.is_demo,
    }
    return page(request, "fund/translation_text.html", context)


@screen(find=find_text, may=rules.translation_write, methods=("POST",))
def translation_draft(request: HttpRequest, text: TranslatedText) -> HttpResponse:
    """Autosave: what was typed so far, for this person alone."""
    keep(request, text)
    return JsonResponse({"saved_at": f"{timezone.localtime():%H:%M:%S}"})


def keep(request: HttpRequest, text: TranslatedText) -> Any:
    typed = request.POST.get("text", request.POST.get("mine_text", "")).replace("\r\n", "\n").replace("\0", "")
    form = TextForm(request.POST, instance=text)
    return save_draft(request.user, text.draft_key, {"text": typed, "version": sent_version(form)})


def next_address(request: HttpRequest, text: TranslatedText) -> str:
    """The next text that is not translated yet for “save and continue”; the whole translation otherwise."""
    if "next" in request.POST:
        waiting = text.translation.texts.filter(text="", order__gt=text.order).first()
        if waiting is not None:
            return waiting.get_absolute_url()
    return text.translation.get_absolute_url()

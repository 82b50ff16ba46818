"""Writing the answer to one question; what is typed is kept at every step."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fund import actions, rules
from fund.clock import Closed, locked_bid, received_at
from fund.finders import find_answer
from fund.forms import AnswerForm
from fund.forms.owners import AssignForm
from fund.models import Answer, Assignment, Section
from fund.tables import heading_of
from wlga_portal.kernel.forms import switch_target
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.versions import (
    Clash,
    clash_page,
    drop_draft,
    load_draft,
    resolved,
    save_draft,
    sent_version,
)
from wlga_portal.kernel.workflow import Refused

from . import similar


@screen(find=find_answer, may=rules.answer_write)
def answer_edit(request: HttpRequest, answer: Answer) -> HttpResponse:
    """One question: its guidance, its limit of words, the answer. What cannot be saved stays as the writer's draft."""
    if request.method == "POST":
        return answer_post(request, answer)
    draft = load_draft(request.user, answer.draft_key)
    if draft and draft.data["text"] == answer.text:
        draft = None
    assignment = assignment_of(answer)
    initial: dict[str, Any] = {"complete": bool(assignment and assignment.completed_at)}
    if draft:
        initial["text"] = draft.data["text"]
    form = AnswerForm(instance=answer, initial=initial)
    version = draft.data["version"] if draft else answer.version
    return answer_page(request, answer, form, at=received_at(request), version=version, draft=draft)


def answer_post(request: HttpRequest, answer: Answer) -> HttpResponse:
    at = received_at(request)
    form = AnswerForm(resolved(request.POST, answer), instance=answer)
    version = sent_version(form)
    target = switch_target(request)
    if target:
        keep(request, answer)
        return redirect(target)
    if form.is_valid():
        try:
            actions.answer_save(form, by=request.user, at=at)
        except Closed as error:
            form.add_error(None, str(error))
        except Clash as clash:
            keep(request, answer)
            return clash_page(request, clash, form, demonstration=answer.bid.is_demo)
        else:
            messages.success(request, _("Saved at %(time)s.") % {"time": f"{timezone.localtime():%H:%M:%S}"})
            similar.tell_of_similar(request, answer)
            return redirect(next_address(request, answer))
    keep(request, answer)
    return answer_page(request, answer, form, at=at, version=version, kept=True)


def answer_page(
    request: HttpRequest, answer: Answer, form: AnswerForm, *, at: Any, version: int, **context: Any
) -> HttpResponse:
    question, assignment = answer.question, assignment_of(answer)
    known = {
        "bid": answer.bid,
        "heading": heading_of(answer.bid),
        "question": question,
        "section": Section(question.section).label,
        "form": form,
        "version": version,
        "assignment": assignment,
        "comments": list(answer.comments.filter(done_at=None).select_related("by", "link")),
        "assign": AssignForm(bid=answer.bid, initial={"person": assignment.person if assignment else None}),
        "closed": locked_bid(answer.bid, at),
        "draft_url": reverse("fund:answer_draft", kwargs={"slug": answer.bid.slug, "key": question.key}),
        "discard_url": reverse("fund:answer_discard", kwargs={"slug": answer.bid.slug, "key": question.key}),
        "switch_saves": True,
        "demonstration": answer.bid.is_demo,
        **similar.aside_context(request, answer, str(form["text"].value() or "")),
    }
    return page(request, "fund/answer_edit.html", known | context)


def assignment_of(answer: Answer) -> Assignment | None:
    return getattr(answer, "assignment", None)


def next_address(request: HttpRequest, answer: Answer) -> str:
    """The next question for “save and continue”; the task list otherwise, and after the last."""
    if "next" in request.POST:
        keys = list(answer.bid.answers_in_order().values_list("question__key", flat=True))
        following = keys[keys.index(answer.question.key) + 1 :]
        if following:
            return reverse("fund:answer_edit", kwargs={"slug": answer.bid.slug, "key": following[0]})
    return answer.bid.get_absolute_url()


def keep(request: HttpRequest, answer: Answer) -> Any:
    """Keep what was typed as this person's draft; gives the time."""
    text = request.POST.get("text", request.POST.get("mine_text", "")).replace("\r\n", "\n").replace("\0", "")
    form = AnswerForm(request.POST, instance=answer)
    return save_draft(request.user, answer.draft_key, {"text": text, "version": sent_version(form)})


@screen(find=find_answer, may=rules.answer_write, methods=("POST",))
def answer_draft(request: HttpRequest, answer: Answer) -> HttpResponse:
    """Autosave: what was typed so far, for this person alone."""
    at = keep(request, answer)
    return JsonResponse({"saved_at": f"{timezone.localtime(at):%H:%M:%S}"})


@screen(find=find_answer, may=rules.answer_write, methods=("POST",))
def answer_assign(request: HttpRequest, answer: Answer) -> HttpResponse:
    """Say who writes this answer."""
    form = AssignForm(request.POST, bid=answer.bid)
    if form.is_valid():
        try:
            actions.answer_assign(answer=answer, by=request.user, at=received_at(request), **form.cleaned_data)
        except Refused as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("Saved."))
    else:
        messages.error(request, _("Choose a person of the list."))
    return redirect(answer)


@screen(find=find_answer, may=rules.answer_write, methods=("POST",))
def answer_discard(request: HttpRequest, answer: Answer) -> HttpResponse:
    """Throw the draft away and go back to what is saved."""
    drop_draft(request.user, answer.draft_key)
    messages.info(request, _("The text that was not saved is thrown away."))
    return redirect(reverse("fund:answer_edit", kwargs={"slug": answer.bid.slug, "key": answer.question.key}))

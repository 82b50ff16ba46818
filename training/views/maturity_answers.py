"""One question of an assessment: its levels with their evidence, the answer, and who changed it."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from wlga_portal.kernel.forms import switch_target
from wlga_portal.kernel.history import Change, history_of
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.versions import Clash, clash_page, drop_draft, load_draft, resolved, save_draft, sent_version
from wlga_portal.kernel.workflow import Refused

from .. import actions, rules
from ..actions.maturity import draft_key
from ..forms.maturity import MaturityAnswerForm
from ..models import MaturityAnswer, MaturityAssessment
from .maturity import find_led

FIELDS = ("level", "aim", "evidence")
SHOWN = 10  # changes below a question


def find_answer(request: HttpRequest, pk: int, code: str) -> MaturityAnswer:
    """An answer of one's own council, while its assessment is open or after."""
    assessment = find_led(request, pk)
    return assessment.answers.select_related("question__theme", "assessment__organisation").get(question__code=code)


def may_write(user: Any, answer: MaturityAnswer) -> bool:
    return rules.maturity_write(user, answer.assessment)


def form_of(answer: MaturityAnswer, data: Any = None, **options: Any) -> MaturityAnswerForm:
    return MaturityAnswerForm(data, instance=answer, levels=list(answer.question.levels.all()), **options)


@screen(find=find_answer, may=may_write)
def maturity_answer(request: HttpRequest, answer: MaturityAnswer) -> HttpResponse:
    """Answer one question. What is typed is kept as a draft at every step; two people's changes never overwrite."""
    if request.method == "POST":
        return answer_post(request, answer)
    draft = load_draft(request.user, draft_key(answer))
    kept = draft.data if draft else {}
    form = form_of(answer, initial={name: kept[name] for name in FIELDS if name in kept})
    version = kept.get("version", answer.version)
    return answer_page(request, answer, form, version=version, draft=draft)


def answer_post(request: HttpRequest, answer: MaturityAnswer) -> HttpResponse:
    form = form_of(answer, resolved(request.POST, answer))
    version = sent_version(form)
    target = switch_target(request)
    if target:
        keep(request, answer)
        return redirect(target)
    if form.is_valid():
        try:
            actions.maturity_answer(form, by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        except Clash as clash:
            keep(request, answer)
            return clash_page(request, clash, form, demonstration=answer.assessment.is_demo)
        else:
            messages.success(request, _("Saved at %(time)s.") % {"time": f"{timezone.localtime():%H:%M:%S}"})
            return redirect(next_address(request, answer))
    keep(request, answer)
    return answer_page(request, answer, form, version=version)


def answer_page(
    request: HttpRequest, answer: MaturityAnswer, form: MaturityAnswerForm, *, version: int, draft: Any = None
) -> HttpResponse:
    assessment: MaturityAssessment = answer.assessment
    parts = {"pk": assessment.pk, "code": answer.question.code}
    changes = [change for change in history_of(answer, limit=SHOWN + 1) if change.kind == "update"][:SHOWN]
    context = {
        "assessment": assessment,
        "answer": answer,
        "question": answer.question,
        "theme": answer.question.theme,
        "form": form,
        "version": version,
        "draft": draft,
        "draft_url": reverse("training:maturity_draft", kwargs=parts),
        "discard_url": reverse("training:maturity_discard", kwargs=parts),
        "changes": named(changes),
        "switch_saves": True,
        "demonstration": assessment.is_demo,
    }
    return page(request, "training/maturity_answer.html", context)


def named(changes: list[Change]) -> list[dict[str, Any]]:
    """Each change with the name of who made it and what it changed."""
    people = User.objects.in_bulk({change.by_id for change in changes if change.by_id})
    return [
        {
            "at": change.at,
            "by": people.get(change.by_id) if change.by_id else None,
            "fields": [field.label for field in change.fields if field.name in FIELDS],
        }
        for change in changes
    ]


def next_address(request: HttpRequest, answer: MaturityAnswer) -> str:
    """The next question for “save and continue”; the list of questions otherwise, and after the last."""
    if "next" in request.POST:
        rows = answer.assessment.answers.order_by("question__theme__order", "question__order")
        codes = list(rows.values_list("question__code", flat=True))
        following = codes[codes.index(answer.question.code) + 1 :]
        if following:
            return reverse("training:maturity_answer", kwargs={"pk": answer.assessment_id, "code": following[0]})
    return answer.assessment.get_absolute_url()


def keep(request: HttpRequest, answer: MaturityAnswer) -> Any:
    """Keep what was typed as this person's draft; gives the time."""
    typed = {
        name: request.POST.get(name, request.POST.get(f"mine_{name}", "")).replace("\r\n", "\n").replace("\0", "")
        for name in FIELDS
    }
    return save_draft(
        request.user, draft_key(answer), {**typed, "version": sent_version(form_of(answer, request.POST))}
    )


@screen(find=find_answer, may=may_write, methods=("POST",))
def maturity_draft(request: HttpRequest, answer: MaturityAnswer) -> HttpResponse:
    """Autosave: what was typed so far, for this person alone."""
    return JsonResponse({"saved_at": f"{timezone.localtime(keep(request, answer)):%H:%M:%S}"})


@screen(find=find_answer, may=may_write, methods=("POST",))
def maturity_discard(request: HttpRequest, answer: MaturityAnswer) -> HttpResponse:
    """Throw the draft away and go back to what is saved."""
    drop_draft(request.user, draft_key(answer))
    messages.info(request, _("The text that was not saved is thrown away."))
    return redirect("training:maturity_answer", pk=answer.assessment_id, code=answer.question.code)

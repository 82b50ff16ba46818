"""Assessing one's own skills, and agreeing them with a manager."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from wlga_portal.kernel.forms import switch_target
from wlga_portal.kernel.models import StatusChange
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.tables import list_page
from wlga_portal.kernel.versions import drop_draft, load_draft, save_draft
from wlga_portal.kernel.workflow import Refused

from .. import rules
from ..actions import assessments as actions
from ..forms.assessments import AgreeForm, AnswersForm, AssessmentStartForm, ReturnForm, ShareForm
from ..frameworks import changes_between, document_of
from ..frameworks.changes import Asked
from ..gaps import lines_of, next_step
from ..models import FrameworkVersion, RoleLevel, SkillAssessment
from ..states import SkillAssessmentStatus
from ..tables.assessments import SkillAssessmentTable, ToAgreeTable
from .found import posted


def find_assessment(request: HttpRequest, pk: int) -> SkillAssessment:
    return SkillAssessment.objects.visible_to(request.user).with_all().get(pk=pk)


def find_own(request: HttpRequest, pk: int) -> SkillAssessment:
    """A draft of one's own; whoever else sees it later has no such page."""
    assessment = find_assessment(request, pk)
    if not rules.assessment_own(request.user, assessment):
        raise Http404
    return assessment


def find_managed(request: HttpRequest, pk: int) -> SkillAssessment:
    assessment = find_assessment(request, pk)
    if not rules.assessment_manage(request.user, assessment):
        raise Http404
    return assessment


def moved_for(assessment: SkillAssessment) -> tuple[FrameworkVersion | None, list[Asked]]:
    """The newest version where it is not the assessment's own, and what it asks otherwise of the same level."""
    entry = assessment.role_level.entry
    version = entry.family.version
    newest = FrameworkVersion.objects.current().filter(framework=version.framework_id).first()
    if newest is None or newest == version:
        return None, []
    changes = changes_between(document_of(version), document_of(newest))
    return newest, changes.asked_of(entry.role.key, assessment.role_level.key)


@screen(may=rules.assesses)
def assessment_own(request: HttpRequest) -> HttpResponse:
    """A person's own assessments, the newest first."""
    return list_page(
        request,
        queryset=SkillAssessment.objects.of(request.user).with_all(),
        table=SkillAssessmentTable,
        template="training/assessment_own.html",
    )


@screen(may=rules.assesses)
def assessment_agree_list(request: HttpRequest) -> HttpResponse:
    """What people shared with this manager; what waits for an answer first."""
    return list_page(
        request,
        queryset=SkillAssessment.objects.managed_by(request.user).with_all().waiting_first(),
        table=ToAgreeTable,
        template="training/assessment_agree_list.html",
    )


@screen(may=rules.assesses)
def assessment_create(request: HttpRequest) -> HttpResponse:
    """Begin one: for which council, against which role and level."""
    councils = rules.councils_of(request.user)
    initial = {"step": request.GET.get("level", "")}
    form = AssessmentStartForm(posted(request), councils=councils, initial=initial)
    if request.method == "POST" and form.is_valid():
        step = RoleLevel.objects.get(pk=form.cleaned_data["step"])
        try:
            assessment = actions.assessment_start(by=request.user, council=form.cleaned_data["council"], step=step)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("training:assessment_edit", pk=assessment.pk)
    return page(request, "training/assessment_create.html", {"form": form})


@screen(find=find_assessment)
def assessment_page(request: HttpRequest, assessment: SkillAssessment) -> HttpResponse:
    """Each skill beside what is asked for; the gaps and the courses that close them."""
    lines = lines_of(assessment)
    newest, moved = moved_for(assessment)
    is_draft = assessment.status == SkillAssessmentStatus.DRAFT
    return page(
        request,
        "training/assessment_page.html",
        {
            "assessment": assessment,
            "entry": assessment.role_level.entry,
            "version": assessment.role_level.entry.family.version,
            "lines": lines,
            "gaps": [line for line in lines if line.is_gap],
            "unanswered": sum(line.answer.own_level is None for line in lines),
            "next": next_step(lines),
            "own": rules.assessment_own(request.user, assessment),
            "manages": rules.assessment_manage(request.user, assessment),
            "newest": newest,
            "moved": moved,
            "returned": StatusChange.of(assessment).filter(event="return").last() if is_draft else None,
            "demonstration": assessment.is_demo,
        },
    )


@screen(find=find_own)
def assessment_edit(request: HttpRequest, assessment: SkillAssessment) -> HttpResponse:
    """One's own levels. They are kept as they are, however many are still open."""
    if assessment.status != SkillAssessmentStatus.DRAFT:
        messages.info(request, _("This assessment is no draft. Take it back to change it, or start another."))
        return redirect(assessment)
    lines = sorted(lines_of(assessment), key=lambda line: str(line.entry.title).casefold())
    draft = load_draft(request.user, actions.draft_key(assessment)) if request.method == "GET" else None
    form = AnswersForm(posted(request), lines=lines, initial=draft.data if draft else {})
    target = switch_target(request)
    if target:
        keep(request, assessment)
        return redirect(target)
    if request.method == "POST" and form.is_valid():
        actions.assessment_answer(assessment=assessment, answers=form.answers(), by=request.user)
        messages.success(request, _("Your levels are saved. Nobody sees them until you send them to your manager."))
        return redirect(assessment)
    context = {
        "form": form,
        "assessment": assessment,
        "draft": draft,
        "switch_saves": True,
        "demonstration": assessment.is_demo,
    }
    return page(request, "training/assessment_edit.html", context)


def keep(request: HttpRequest, assessment: SkillAssessment) -> Any:
    """Keep what was typed, for this person alone; gives the time."""
    fields = AnswersForm(lines=lines_of(assessment)).fields
    typed = {name: request.POST.get(name, "").replace("\r\n", "\n").replace("\0", "") for name in fields}
    return save_draft(request.user, actions.draft_key(assessment), typed)


@screen(find=find_own, methods=("POST",))
def assessment_draft(request: HttpRequest, assessment: SkillAssessment) -> HttpResponse:
    """Autosave: what was typed so far."""
    return JsonResponse({"saved_at": f"{timezone.localtime(keep(request, assessment)):%H:%M:%S}"})


@screen(find=find_own, methods=("POST",))
def assessment_discard(request: HttpRequest, assessment: SkillAssessment) -> HttpResponse:
    """Throw away what was not saved."""
    drop_draft(request.user, actions.draft_key(assessment))
    messages.info(request, _("The text that was not saved is thrown away."))
    return redirect("training:assessment_edit", pk=assessment.pk)


@screen(find=find_own)
def assessment_share(request: HttpRequest, assessment: SkillAssessment) -> HttpResponse:
    """Send it to one's manager."""
    form = ShareForm(posted(request), council=assessment.organisation, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.assessment_share(assessment=assessment, manager=form.cleaned_data["manager"], by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("Your manager has it now."))
            return redirect(assessment)
    context = {"form": form, "assessment": assessment, "demonstration": assessment.is_demo}
    return page(request, "training/assessment_share.html", context)


@screen(find=find_own, methods=("POST",))
def assessment_withdraw(request: HttpRequest, assessment: SkillAssessment) -> HttpResponse:
    """Take it back, to change it."""
    try:
        actions.assessment_withdraw(assessment=assessment, by=request.user)
    except Refused as refused:
        messages.info(request, str(refused))
    else:
        messages.success(request, _("You have it back. Your manager does not see it any more."))
    return redirect(assessment)


@screen(find=find_own)
def assessment_delete(request: HttpRequest, assessment: SkillAssessment) -> HttpResponse:
    """A draft goes."""
    if request.method == "POST":
        try:
            actions.assessment_delete(assessment=assessment, by=request.user)
        except Refused as refused:
            messages.info(request, str(refused))
            return redirect(assessment)
        messages.success(request, _("The draft is deleted."))
        return redirect("training:assessment_own")
    context = {"assessment": assessment, "demonstration": assessment.is_demo}
    return page(request, "training/assessment_delete.html", context)


@screen(find=find_managed)
def assessment_agree(request: HttpRequest, assessment: SkillAssessment) -> HttpResponse:
    """The manager agrees a level for each skill."""
    lines = sorted(lines_of(assessment), key=lambda line: str(line.entry.title).casefold())
    form = AgreeForm(posted(request), lines=lines)
    if request.method == "POST" and form.is_valid():
        try:
            actions.assessment_agree(assessment=assessment, levels=form.levels(), by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The levels are agreed."))
            return redirect(assessment)
    context = {"form": form, "assessment": assessment, "lines": lines, "demonstration": assessment.is_demo}
    return page(request, "training/assessment_agree.html", context)


@screen(find=find_managed)
def assessment_return(request: HttpRequest, assessment: SkillAssessment) -> HttpResponse:
    """The manager gives it back, with a reason."""
    form = ReturnForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.assessment_return(assessment=assessment, why=form.cleaned_data["why"], by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The person has it back, with your reason."))
            return redirect("training:assessment_agree_list")
    context = {"form": form, "assessment": assessment, "demonstration": assessment.is_demo}
    return page(request, "training/assessment_return.html", context)

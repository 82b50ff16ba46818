"""For an assessor: the bids to score, reading and scoring one, saying no to it, and correcting a score."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fund.actions import assessments, scores
from fund.clock import received_at
from fund.finders.assessing import find_assessment, find_score
from fund.forms.assessing import CorrectForm, LeaveForm, ScoreForm
from fund.models import Assessment, Attachment, Score
from fund.models.submissions import digest
from fund.reading import is_latest, shown_to_assessor
from fund.rules import assessing as rules
from fund.tables.assessing import AssessmentTable
from wlga_portal.kernel.bilingual import page_language
from wlga_portal.kernel.forms import switch_target
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.tables import list_page
from wlga_portal.kernel.versions import load_draft, save_draft
from wlga_portal.kernel.workflow import Refused


@screen(may=rules.assess)
def assessment_own(request: HttpRequest) -> HttpResponse:
    """The bids that this assessor is to score, and those that they have scored."""
    rows = Assessment.objects.held_by(request.user).with_row().order_by("status", "bid__reference", "pk")
    return list_page(
        request,
        queryset=rows,
        table=AssessmentTable,
        template="fund/assessment_own.html",
        demonstration=bool(getattr(request.user, "is_demo", False)),
    )


@screen(find=find_assessment, may=rules.assessment_score)
def assessment_page(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    """The bid as it was sent, and its scores: to be given, or handed in and beside those of the others."""
    if assessment.is_handed_in:
        return handed_in_page(request, assessment)
    shown = shown_to_assessor(assessment, page_language())
    criteria = list(assessment.bid.round.criteria_of(assessment.stage))
    draft = load_draft(request.user, assessment.draft_key)
    posted = request.method == "POST"
    form = ScoreForm(request.POST if posted else None, criteria=criteria, initial=draft.data if draft else None)
    if posted:
        keep(request, assessment)
        if target := switch_target(request):
            return redirect(target)
        if "hand_in" not in request.POST:
            messages.success(request, _("Saved at %(time)s.") % {"time": f"{timezone.localtime():%H:%M:%S}"})
            return redirect(assessment)
        if form.is_valid():
            try:
                scores.scores_hand_in(
                    assessment=assessment,
                    given=form.given,
                    language=page_language(),
                    read=form.cleaned_data["read"],
                    by=request.user,
                    at=received_at(request),
                )
            except Refused as error:
                form.add_error(None, str(error))
            else:
                messages.success(request, _("Your scores are handed in."))
                return redirect(assessment)
    context = {
        "assessment": assessment,
        "shown": shown,
        "opened": Attachment.objects.visible_to(request.user).opened_of(assessment.submission_id),
        "read": digest(shown),
        "draft_url": reverse("fund:assessment_draft", kwargs={"pk": assessment.pk}),
        "form": form,
        "draft": draft,
        "old": not is_latest(assessment),
        "switch_saves": True,
        "demonstration": assessment.bid.is_demo,
    }
    return page(request, "fund/assessment_page.html", context)


def handed_in_page(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    """What was handed in, as it was read; and what the others gave, who have handed in too."""
    seen = Score.objects.visible_to(request.user).filter(
        assessment__bid=assessment.bid_id, assessment__stage=assessment.stage
    )
    rows = list(seen.with_row())
    context = {
        "assessment": assessment,
        "shown": assessment.sheet.content,
        "opened": Attachment.objects.visible_to(request.user).opened_of(assessment.submission_id),
        "sheet": assessment.sheet,
        "own": [score for score in rows if score.assessment_id == assessment.pk],
        "others": by_assessor([score for score in rows if score.assessment_id != assessment.pk and score.is_current]),
        "demonstration": assessment.bid.is_demo,
    }
    return page(request, "fund/assessment_done.html", context)


def by_assessor(rows: list[Score]) -> list[tuple[Any, list[Score]]]:
    """Scores under who gave them."""
    found: dict[Any, list[Score]] = {}
    for score in rows:
        found.setdefault(score.assessment.assessor, []).append(score)
    return list(found.items())


def keep(request: HttpRequest, assessment: Assessment) -> Any:
    """Keep what was typed so far as this assessor's draft; gives the time."""
    kept = {
        name: str(value).replace("\r\n", "\n").replace("\0", "")[:5000]
        for name, value in request.POST.items()
        if name.startswith(("points_", "comment_"))
    }
    return save_draft(request.user, assessment.draft_key, kept)


@screen(find=find_assessment, may=rules.assessment_score, methods=("POST",))
def assessment_draft(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    """Autosave: what was typed so far, for this assessor alone. What is handed in is not drafted any more."""
    if assessment.is_handed_in:
        return JsonResponse({"error": _("Your scores are handed in.")}, status=409)
    at = keep(request, assessment)
    return JsonResponse({"saved_at": f"{timezone.localtime(at):%H:%M:%S}"})


@screen(find=find_assessment, may=rules.assessment_own)
def assessment_leave(request: HttpRequest, assessment: Assessment) -> HttpResponse:
    """Declare a conflict of interest, or decline, with the reason."""
    form = LeaveForm(request.POST or None, handed_in=assessment.is_handed_in)
    if request.method == "POST" and form.is_valid():
        try:
            assessments.assessment_leave(assessment=assessment, by=request.user, **form.cleaned_data)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The fund manager is told. You do not see this bid any more."))
            return redirect("fund:assessment_own")
    context = {"assessment": assessment, "form": form, "demonstration": assessment.bid.is_demo}
    return page(request, "fund/assessment_leave.html", context)


@screen(find=find_score, may=rules.score_correct)
def score_correct(request: HttpRequest, score: Score) -> HttpResponse:
    """Correct one score: the new row stands in its place, the old one stays."""
    criterion, initial = score.criterion, {"points": str(score.points), "comment": score.comment}
    form = CorrectForm(request.POST or None, criterion=criterion, initial=initial)
    if request.method == "POST" and form.is_valid():
        given = {**form.cleaned_data, "points": int(form.cleaned_data["points"])}
        try:
            scores.score_correct(score=score, by=request.user, at=received_at(request), **given)
        except Refused as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("The score is corrected. The one before is kept beside it."))
            return redirect(score.assessment)
    assessment = score.assessment
    context = {"score": score, "assessment": assessment, "form": form, "demonstration": assessment.bid.is_demo}
    return page(request, "fund/score_correct.html", context)

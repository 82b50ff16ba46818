"""A council's assessment of its digital maturity: answered together, agreed, read beside its own past."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from wlga_portal.kernel.charts import Series
from wlga_portal.kernel.exports import csv_response
from wlga_portal.kernel.panels import panels_for
from wlga_portal.kernel.radar import Radar, radar
from wlga_portal.kernel.screens import page, screen
from wlga_portal.kernel.wording import day
from wlga_portal.kernel.workflow import Refused

from .. import actions, maturity, rules
from ..forms.maturity import DropForm, SharingForm, StartForm
from ..maturity_help import help_with
from ..models import MaturityAssessment, MaturityTheme
from .found import posted

EARLIER = 3  # assessments beside the newest
READ = ("GET", "HEAD")


def find_maturity(request: HttpRequest, pk: int) -> MaturityAssessment:
    rows = MaturityAssessment.objects.visible_to(request.user)
    return rows.select_related("organisation", "question_set", "agreed_by", "started_by").get(pk=pk)


@screen(may=rules.maturity_start)
def maturity_start(request: HttpRequest) -> HttpResponse:
    """Begin an assessment; the one that is open is opened."""
    form = StartForm(posted(request), councils=rules.maturity_councils(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            started = actions.maturity_start(by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect(started)
    return page(request, "training/maturity_start.html", {"form": form})


@screen(public=True, find=find_maturity, methods=READ)
def maturity_page(request: HttpRequest, assessment: MaturityAssessment) -> HttpResponse:
    """The questions while it is open; the result once it is agreed."""
    context = {
        "assessment": assessment,
        "own": rules.maturity_write(request.user, assessment),
        "leads": rules.maturity_lead(request.user, assessment),
        "demonstration": assessment.is_demo,
    }
    if assessment.status == "agreed":
        return page(request, "training/maturity_result.html", context | result_of(request, assessment))
    return page(request, "training/maturity_page.html", context | questions_of(assessment))


def questions_of(assessment: MaturityAssessment) -> dict[str, Any]:
    """The themes with their questions and answers, and how many are answered."""
    answers = list(assessment.answers.select_related("question__theme").order_by("question__order"))
    themes = [
        (theme, [answer for answer in answers if answer.question.theme_id == theme.pk])
        for theme in MaturityTheme.objects.filter(question_set=assessment.question_set_id)
    ]
    answered = sum(answer.level is not None for answer in answers)
    return {"themes": themes, "answered": answered, "whole": len(answers), "complete": answered == len(answers)}


def result_of(request: HttpRequest, assessment: MaturityAssessment) -> dict[str, Any]:
    """The level of each theme beside earlier ones and the spread, the gaps, and what may help with them."""
    earlier = earlier_of(request, assessment)
    others = maturity.spread(assessment) if may_spread(request.user, assessment) else {}
    rows = maturity.result(assessment, earlier, others)
    helped = help_with(maturity.gaps(assessment), request.user)
    return {
        "rows": rows,
        "earlier": earlier,
        "others": others,
        "fewest": maturity.FEWEST,
        "chart": chart_of(assessment, earlier, rows),
        "helped": helped,
        "panels": panels_for("training.maturity_themes", request, [one.theme for one in helped]),
        "may_spread": may_spread(request.user, assessment),
        **questions_of(assessment),
    }


def earlier_of(request: HttpRequest, assessment: MaturityAssessment) -> list[MaturityAssessment]:
    """The council's earlier agreed assessments that this person sees, the newest first."""
    rows = MaturityAssessment.objects.visible_to(request.user).of(assessment.organisation_id).agreed()
    before = rows.filter(is_demo=assessment.is_demo, agreed_at__lt=assessment.agreed_at)
    return list(before.select_related("question_set").newest_first()[:EARLIER])


def may_spread(user: Any, assessment: MaturityAssessment) -> bool:
    """The spread of the others stands beside one's own result alone."""
    return rules.maturity_write(user, assessment)


def chart_of(assessment: MaturityAssessment, earlier: list[MaturityAssessment], rows: list[maturity.Row]) -> Radar:
    labels = [f"{row.number}. {row.theme.title}" for row in rows]
    series = [Series(str(day(assessment.agreed_at)), [row.now for row in rows])]
    series += [
        Series(str(day(one.agreed_at)), [row.earlier[place] for row in rows]) for place, one in enumerate(earlier)
    ]
    if any(row.others for row in rows):
        middle = [row.others.middle if row.others else None for row in rows]
        series.append(Series(_("The middle one of the other councils"), middle))
    return radar(
        _("Level of each theme"),
        labels,
        series,
        most=5,
        header=_("Theme"),
        csv_url=reverse("training:maturity_csv", kwargs={"pk": assessment.pk}),
    )


@screen(public=True, find=find_maturity, methods=READ)
def maturity_csv(request: HttpRequest, assessment: MaturityAssessment) -> HttpResponse:
    """The levels of an agreed assessment by theme, with those of earlier ones and the spread, as data."""
    earlier = earlier_of(request, assessment) if assessment.agreed_at else []
    others = maturity.spread(assessment) if may_spread(request.user, assessment) else {}
    rows = maturity.result(assessment, earlier, others)
    return csv_response(_("Level of each theme"), chart_of(assessment, earlier, rows).csv_rows())


def find_led(request: HttpRequest, pk: int) -> MaturityAssessment:
    """One of the council whose people this person belongs to."""
    assessment = find_maturity(request, pk)
    if not rules.maturity_write(request.user, assessment):
        raise MaturityAssessment.DoesNotExist
    return assessment


@screen(find=find_led, may=rules.maturity_lead)
def maturity_agree(request: HttpRequest, assessment: MaturityAssessment) -> HttpResponse:
    """The digital lead agrees the answers and chooses who sees the result."""
    form = SharingForm(posted(request), instance=assessment)
    if request.method == "POST" and form.is_valid():
        try:
            actions.maturity_agree(assessment=assessment, by=request.user, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The assessment is agreed."))
            return redirect(assessment)
    context = {"assessment": assessment, "form": form, "demonstration": assessment.is_demo}
    return page(request, "training/maturity_agree.html", context | questions_of(assessment))


@screen(find=find_led, may=rules.maturity_lead)
def maturity_share(request: HttpRequest, assessment: MaturityAssessment) -> HttpResponse:
    """Choose again who sees the result."""
    form = SharingForm(posted(request), instance=assessment)
    if request.method == "POST" and form.is_valid():
        actions.maturity_share(assessment=assessment, by=request.user, **form.cleaned_data)
        messages.success(request, _("Your choice is saved."))
        return redirect(assessment)
    context = {"assessment": assessment, "form": form, "demonstration": assessment.is_demo}
    return page(request, "training/maturity_share.html", context)


@screen(find=find_led, may=rules.maturity_lead)
def maturity_drop(request: HttpRequest, assessment: MaturityAssessment) -> HttpResponse:
    """Stop an assessment that will not be agreed."""
    form = DropForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.maturity_drop(assessment=assessment, why=form.cleaned_data["why"], by=request.user)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, _("The assessment is dropped."))
            return redirect("training:maturity_front")
    context = {"assessment": assessment, "form": form, "demonstration": assessment.is_demo}
    return page(request, "training/maturity_drop.html", context)

"""The question set, its marked example, and which results can be read: public."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from wlga_portal.kernel.bilingual import Text, sort_column
from wlga_portal.kernel.charts import Series
from wlga_portal.kernel.radar import radar
from wlga_portal.kernel.screens import page, screen

from .. import rules
from ..loading_maturity import example_of
from ..models import Maturity, MaturityAssessment, MaturityQuestion, MaturitySet, MaturityTheme

READ = ("GET", "HEAD")


@screen(public=True, methods=READ)
def maturity_front(request: HttpRequest) -> HttpResponse:
    """What it is for, one's own councils, and the results that others let one see, by name."""
    councils = rules.maturity_councils(request.user) if request.user.is_authenticated else []
    rows = MaturityAssessment.objects.visible_to(request.user).with_row()
    own = rows.filter(organisation__in=councils).order_by("-started_at", "-pk")
    shared = rows.agreed().exclude(organisation__in=councils)
    newest = MaturitySet.objects.newest()
    context = {
        "newest": newest,
        "themes": MaturityTheme.objects.filter(question_set=newest) if newest else [],
        "councils": councils,
        "own": own,
        "has_open": any(one.is_open for one in own),
        "shared": shared.order_by(f"organisation__{sort_column('name')}", "-agreed_at", "-pk")[:100],
        "whole": MaturityQuestion.objects.of_set(newest).count() if newest else 0,
    }
    return page(request, "training/maturity_front.html", context)


def find_set(_request: HttpRequest, number: int) -> MaturitySet:
    return MaturitySet.objects.get(number=number)


@screen(public=True, find=find_set, methods=READ)
def maturity_set(request: HttpRequest, question_set: MaturitySet) -> HttpResponse:
    """Every question, with what a council can show at each level."""
    context = {
        "set": question_set,
        "sets": MaturitySet.objects.filter(code=question_set.code).order_by("-number"),
        "themes": themes_of(question_set),
        "has_example": example_of(question_set) is not None,
    }
    return page(request, "training/maturity_set.html", context)


def themes_of(question_set: MaturitySet) -> list[MaturityTheme]:
    rows = MaturityTheme.objects.filter(question_set=question_set)
    return list(rows.prefetch_related("questions__levels"))


@screen(public=True, find=find_set, methods=READ)
def maturity_example(request: HttpRequest, question_set: MaturitySet) -> HttpResponse:
    """The marked example: what a filled-in assessment looks like, of a council that does not exist."""
    example = example_of(question_set)
    if example is None:
        raise Http404
    themes = [
        (theme, [answered(question, example["answers"][question.code]) for question in theme.questions.all()])
        for theme in themes_of(question_set)
    ]
    means = [round(sum(one["level"] for one in answers) / len(answers), 1) for _theme, answers in themes]
    labels = [f"{number}. {theme.title}" for number, (theme, _answers) in enumerate(themes, start=1)]
    council = Text(**example["council"])
    context = {
        "set": question_set,
        "council": council,
        "themes": themes,
        "chart": radar(_("Level of each theme"), labels, [Series(str(council), means)], most=5, header=_("Theme")),
    }
    return page(request, "training/maturity_example.html", context)


def answered(question: MaturityQuestion, given: list[Any]) -> dict[str, Any]:
    level, aim, evidence = given
    shown = next(one for one in question.levels.all() if one.level == level)
    return {
        "question": question,
        "level": level,
        "shown": shown,
        "aim": Maturity(aim) if aim else None,
        "evidence": Text(**evidence),
    }

"""Addresses of maturity assessments; each word in its own language."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import pgettext_lazy

from .views import maturity, maturity_answers, maturity_sets

urlpatterns: list[URLPattern | URLResolver] = [
    path(pgettext_lazy("url", "maturity/"), maturity_sets.maturity_front, name="maturity_front"),
    path(pgettext_lazy("url", "maturity/start/"), maturity.maturity_start, name="maturity_start"),
    path(pgettext_lazy("url", "maturity/questions/<int:number>/"), maturity_sets.maturity_set, name="maturity_set"),
    path(
        pgettext_lazy("url", "maturity/questions/<int:number>/example/"),
        maturity_sets.maturity_example,
        name="maturity_example",
    ),
    path(pgettext_lazy("url", "maturity/<int:pk>/"), maturity.maturity_page, name="maturity_page"),
    path(pgettext_lazy("url", "maturity/<int:pk>/levels.csv"), maturity.maturity_csv, name="maturity_csv"),
    path(pgettext_lazy("url", "maturity/<int:pk>/agree/"), maturity.maturity_agree, name="maturity_agree"),
    path(pgettext_lazy("url", "maturity/<int:pk>/who-sees-it/"), maturity.maturity_share, name="maturity_share"),
    path(pgettext_lazy("url", "maturity/<int:pk>/drop/"), maturity.maturity_drop, name="maturity_drop"),
    path(
        pgettext_lazy("url", "maturity/<int:pk>/answers/<slug:code>/"),
        maturity_answers.maturity_answer,
        name="maturity_answer",
    ),
    path(
        pgettext_lazy("url", "maturity/<int:pk>/answers/<slug:code>/draft/"),
        maturity_answers.maturity_draft,
        name="maturity_draft",
    ),
    path(
        pgettext_lazy("url", "maturity/<int:pk>/answers/<slug:code>/discard/"),
        maturity_answers.maturity_discard,
        name="maturity_discard",
    ),
]

"""Addresses of similar bids, statements, interest and merges."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import pgettext_lazy

from .views import interest, merges, similar, standings

urlpatterns: list[URLPattern | URLResolver] = [
    path(
        pgettext_lazy("url", "bids/<slug:slug>/questions/<slug:key>/similar/"),
        similar.similar_find,
        name="similar_find",
    ),
    path(pgettext_lazy("url", "bids/<slug:slug>/similar/"), similar.similar_page, name="similar_page"),
    path(
        pgettext_lazy("url", "bids/<slug:slug>/similar/<int:pk>/separate/"),
        similar.similar_separate,
        name="similar_separate",
    ),
    path(pgettext_lazy("url", "bids/<slug:slug>/similar/<int:pk>/join/"), similar.similar_join, name="similar_join"),
    path(pgettext_lazy("url", "bids/<slug:slug>/similar/<int:pk>/merge/"), merges.merge_propose, name="merge_propose"),
    path(pgettext_lazy("url", "bids/<slug:slug>/shown/"), similar.statement_edit, name="statement_edit"),
    path(pgettext_lazy("url", "merges/<int:pk>/"), merges.merge_page, name="merge_page"),
    path(pgettext_lazy("url", "merges/<int:pk>/texts/"), merges.merge_texts, name="merge_texts"),
    path(pgettext_lazy("url", "rounds/<slug:slug>/statements/"), interest.statement_list, name="statement_list"),
    path(pgettext_lazy("url", "statements/<slug:slug>/"), interest.statement_page, name="statement_page"),
    path(pgettext_lazy("url", "statements/<slug:slug>/take-back/"), interest.interest_remove, name="interest_remove"),
    path(pgettext_lazy("url", "councils-and-topics/"), standings.standing_list, name="standing_list"),
    path(pgettext_lazy("url", "councils-and-topics.csv"), standings.standing_csv, name="standing_csv"),
]

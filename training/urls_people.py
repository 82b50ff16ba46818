"""Addresses of learners, doubles, imports, figures and of what is held on somebody."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import pgettext_lazy

from .views import figures, imports, people, privacy

urlpatterns: list[URLPattern | URLResolver] = [
    path(pgettext_lazy("url", "how-it-is-counted/"), figures.counting_page, name="counting"),
    path(pgettext_lazy("url", "how-it-is-counted/<slug:by>.csv"), figures.counting_csv, name="counting_csv"),
    path(pgettext_lazy("url", "demonstration/"), figures.demonstration_page, name="demonstration"),
    path(pgettext_lazy("url", "demonstration/<slug:by>.csv"), figures.demonstration_csv, name="demonstration_csv"),
    path(pgettext_lazy("url", "targets/"), figures.target_list, name="target_list"),
    path(pgettext_lazy("url", "targets/new/"), figures.target_create, name="target_create"),
    path(pgettext_lazy("url", "targets/<int:pk>/"), figures.target_edit, name="target_edit"),
    path(pgettext_lazy("url", "learners/"), people.learner_list, name="learner_list"),
    path(pgettext_lazy("url", "learners/<int:pk>/"), people.learner_page, name="learner_page"),
    path(pgettext_lazy("url", "learners/<int:pk>/edit/"), people.learner_edit, name="learner_edit"),
    path(pgettext_lazy("url", "learners/<int:pk>/new-address/"), people.address_create, name="address_create"),
    path(pgettext_lazy("url", "learners/<int:pk>/move/"), people.learner_move, name="learner_move"),
    path(pgettext_lazy("url", "learners/<int:pk>/same-as/"), people.double_create, name="double_create"),
    path(pgettext_lazy("url", "addresses/<int:pk>/remove/"), people.address_delete, name="address_delete"),
    path(pgettext_lazy("url", "doubles/"), people.double_list, name="double_list"),
    path(pgettext_lazy("url", "doubles/<int:pk>/"), people.double_page, name="double_page"),
    path(pgettext_lazy("url", "files/"), imports.import_list, name="import_list"),
    path(pgettext_lazy("url", "files/new/"), imports.import_create, name="import_create"),
    path(pgettext_lazy("url", "files/<int:pk>/"), imports.import_page, name="import_page"),
    path(pgettext_lazy("url", "files/<int:pk>/columns/"), imports.import_columns, name="import_columns"),
    path(pgettext_lazy("url", "files/<int:pk>/to-put-right.csv"), imports.import_wrong, name="import_wrong"),
    path(pgettext_lazy("url", "how-long-kept/"), privacy.retention_page, name="retention_page"),
    path(pgettext_lazy("url", "held/"), privacy.held_page, name="held_page"),
    path(pgettext_lazy("url", "held/training.json"), privacy.held_file, name="held_file"),
    path(pgettext_lazy("url", "held/correct/"), privacy.correction_request, name="correction_request"),
    path(pgettext_lazy("url", "held/erase/"), privacy.erasure_request, name="erasure_request"),
    path(pgettext_lazy("url", "requests/"), privacy.privacy_request_list, name="privacy_request_list"),
    path(pgettext_lazy("url", "requests/<int:pk>/"), privacy.privacy_request_page, name="privacy_request_page"),
]

"""Addresses of this area."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import pgettext_lazy

from .views import leaving, people, profile, reviews, second_steps, succession, tenants, viewing

app_name = "accounts"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", profile.profile, name="profile"),
    path(pgettext_lazy("url", "details/"), profile.profile_edit, name="profile_edit"),
    path(pgettext_lazy("url", "welcome/"), profile.profile_complete, name="profile_complete"),
    path(pgettext_lazy("url", "address/"), profile.address_change, name="address_change"),
    path(pgettext_lazy("url", "address/<str:token>/"), profile.address_confirm, name="address_confirm"),
    path(pgettext_lazy("url", "sessions/"), profile.session_list, name="session_list"),
    path(pgettext_lazy("url", "sessions/end-all/"), profile.session_end_all, name="session_end_all"),
    path(pgettext_lazy("url", "sessions/keep/"), profile.session_keep, name="session_keep"),
    path(pgettext_lazy("url", "sessions/<int:pk>/end/"), profile.session_end, name="session_end"),
    path(pgettext_lazy("url", "sign-in/council/"), tenants.tenant_list, name="tenant_list"),
    path(pgettext_lazy("url", "sign-in/council/<slug:key>/"), tenants.tenant_begin, name="tenant_begin"),
    path(pgettext_lazy("url", "second-step/"), second_steps.step_list, name="step_list"),
    path(pgettext_lazy("url", "second-step/confirm/"), second_steps.step_confirm, name="step_confirm"),
    path(pgettext_lazy("url", "second-step/app/"), second_steps.app_add, name="app_add"),
    path(pgettext_lazy("url", "second-step/passkey/"), second_steps.passkey_add, name="passkey_add"),
    path(pgettext_lazy("url", "second-step/codes/"), second_steps.code_list, name="code_list"),
    path(pgettext_lazy("url", "second-step/<int:pk>/remove/"), second_steps.step_remove, name="step_remove"),
    path(pgettext_lazy("url", "council-account/"), tenants.identity_add, name="identity_add"),
    path(pgettext_lazy("url", "council-account/<int:pk>/remove/"), tenants.identity_remove, name="identity_remove"),
    path(pgettext_lazy("url", "people/"), people.organisation_people_list, name="organisation_people_list"),
    path(pgettext_lazy("url", "people/<slug:slug>/"), people.people_list, name="people_list"),
    path(pgettext_lazy("url", "people/<slug:slug>/review/"), reviews.access_review, name="access_review"),
    path(pgettext_lazy("url", "people/<slug:slug>/add/"), people.membership_add, name="membership_add"),
    path(pgettext_lazy("url", "people/<slug:slug>/end/"), succession.organisation_end, name="organisation_end"),
    path(pgettext_lazy("url", "people/<slug:slug>/keep/"), succession.organisation_keep, name="organisation_keep"),
    path(pgettext_lazy("url", "roles/<int:pk>/end/"), people.membership_end, name="membership_end"),
    path(pgettext_lazy("url", "roles/<int:pk>/deputy/"), people.membership_deputy, name="membership_deputy"),
    path(pgettext_lazy("url", "domains/<int:pk>/remove/"), people.domain_remove, name="domain_remove"),
    path(pgettext_lazy("url", "support/"), viewing.consent_edit, name="consent_edit"),
    path(pgettext_lazy("url", "support/end/"), viewing.viewing_end, name="viewing_end"),
    path(pgettext_lazy("url", "person/<uuid:public_id>/view/"), viewing.viewing_begin, name="viewing_begin"),
    path(pgettext_lazy("url", "person/<uuid:public_id>/move/"), leaving.person_move, name="person_move"),
    path(pgettext_lazy("url", "person/<uuid:public_id>/erase/"), leaving.person_erase, name="person_erase"),
    path(pgettext_lazy("url", "person/<uuid:public_id>/"), people.person_page, name="person_page"),
]

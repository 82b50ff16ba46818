"""Addresses by the names that allauth looks for; the pages are the portal's own.

Signing in and registering are one conversation, so they share their page. What is not here (passwords, several
addresses for one person) has no address.
"""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import pgettext_lazy

from .views import profile, second_steps, sign_in

urlpatterns: list[URLPattern | URLResolver] = [
    path(pgettext_lazy("url", "sign-in/"), sign_in.code_request, name="account_request_login_code"),
    path(pgettext_lazy("url", "sign-in/"), sign_in.code_request, name="account_login"),
    path(pgettext_lazy("url", "sign-in/"), sign_in.code_request, name="account_signup"),
    path(pgettext_lazy("url", "sign-in/code/"), sign_in.code_confirm, name="account_confirm_login_code"),
    path(pgettext_lazy("url", "sign-in/second-step/"), second_steps.step_take, name="mfa_authenticate"),
    path(pgettext_lazy("url", "sign-out/"), sign_in.sign_out, name="account_logout"),
    path(pgettext_lazy("url", "address/"), profile.address_change, name="account_email"),
]

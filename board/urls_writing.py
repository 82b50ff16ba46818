"""Addresses of writing and clearing papers; part of `urls`."""

from django.urls import URLPattern, path
from django.utils.translation import pgettext_lazy

from .views import changes, withdrawals

urlpatterns: list[URLPattern] = [
    path(pgettext_lazy("url", "papers/withdrawn/"), withdrawals.withdrawal_list, name="withdrawal_list"),
    path(pgettext_lazy("url", "papers/withdrawn/<int:pk>/"), withdrawals.withdrawal_page, name="withdrawal_page"),
    path(
        pgettext_lazy("url", "papers/withdrawn/<int:pk>/<slug:event>/"),
        withdrawals.withdrawal_step,
        name="withdrawal_step",
    ),
    path(
        pgettext_lazy("url", "papers/<slug:slug>/editions/<int:number>/changes/"),
        changes.edition_changes,
        name="edition_changes",
    ),
    path(pgettext_lazy("url", "papers/<slug:slug>/work/withdraw/"), withdrawals.withdrawal_ask, name="withdrawal_ask"),
]

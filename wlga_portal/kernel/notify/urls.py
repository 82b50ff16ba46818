"""Addresses of the pages of messages."""

from django.urls import path
from django.utils.translation import pgettext_lazy

from . import views

urlpatterns = [
    path("", views.message_list, name="message_list"),
    path(pgettext_lazy("url", "by-mail/"), views.message_settings, name="message_settings"),
    path(pgettext_lazy("url", "resume/"), views.message_resume, name="message_resume"),
    path(pgettext_lazy("url", "stop/<str:token>/"), views.message_stop, name="message_stop"),
]

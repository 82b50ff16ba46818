"""Addresses of what a reader keeps and finds: notes, marks, packs, finding."""

from django.urls import URLPattern, path
from django.utils.translation import pgettext_lazy

from .views import device, notes, packs

urlpatterns: list[URLPattern] = [
    path(pgettext_lazy("url", "papers/<slug:slug>/stopped/"), notes.paper_stop, name="paper_stop"),
    path(pgettext_lazy("url", "papers/<slug:slug>/notes/<uuid:uid>/"), notes.note_edit, name="note_edit"),
    path(pgettext_lazy("url", "papers/<slug:slug>/notes/<uuid:uid>/delete/"), notes.note_delete, name="note_delete"),
    path(pgettext_lazy("url", "find/"), packs.find_page, name="find_page"),
    path(pgettext_lazy("url", "meetings/<slug:slug>/papers/"), packs.pack_page, name="pack_page"),
    path(pgettext_lazy("url", "meetings/<slug:slug>/on-device/"), device.meeting_device, name="meeting_device"),
    path(pgettext_lazy("url", "no-connection/"), device.offline_page, name="offline_page"),
    path(pgettext_lazy("url", "meetings/<slug:slug>/papers/pdf/"), packs.pack_create, name="pack_create"),
    path(
        pgettext_lazy("url", "meetings/<slug:slug>/papers/pdf/<slug:language>/<slug:size>/"),
        packs.pack_file,
        name="pack_file",
    ),
    path(pgettext_lazy("url", "notes/"), notes.note_list, name="note_list"),
    path(pgettext_lazy("url", "notes/file/"), notes.note_file, name="note_file"),
    path(pgettext_lazy("url", "notes/delete/"), notes.notes_delete, name="notes_delete"),
]

"""Addresses of training; each word in its own language."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import pgettext_lazy

from . import linking
from .urls_maturity import urlpatterns as maturity
from .urls_people import urlpatterns as people
from .urls_skills import urlpatterns as skills
from .views import (
    bookings,
    catalogue,
    certificates,
    feedback,
    feeds,
    front,
    lists,
    months,
    needs,
    offers,
    places,
    planning,
    register,
)

app_name = "training"
urlpatterns: list[URLPattern | URLResolver] = [
    path(pgettext_lazy("url", "of-project/<slug:slug>/courses/"), linking.course_links, name="course_links"),
    path(
        pgettext_lazy("url", "of-project/<slug:slug>/courses/<int:number>/remove/"),
        linking.course_unlink,
        name="course_unlink",
    ),
    path("", front.front, name="front"),
    path(pgettext_lazy("url", "calendar/"), months.month_page, name="month_page"),
    path(pgettext_lazy("url", "calendar.ics"), feeds.calendar_feed, name="calendar_feed"),
    path(pgettext_lazy("url", "streams/<slug:slug>/"), catalogue.stream_page, name="stream_page"),
    path(pgettext_lazy("url", "new-course/"), planning.course_create, name="course_create"),
    path(pgettext_lazy("url", "courses/<slug:slug>/"), catalogue.course_page, name="course_page"),
    path(pgettext_lazy("url", "courses/<slug:slug>/edit/"), planning.course_edit, name="course_edit"),
    path(pgettext_lazy("url", "courses/<slug:slug>/new-session/"), planning.session_create, name="session_create"),
    path(pgettext_lazy("url", "sessions/"), catalogue.session_list, name="session_list"),
    path(pgettext_lazy("url", "sessions/<int:pk>/"), catalogue.session_page, name="session_page"),
    path(pgettext_lazy("url", "sessions/<int:pk>/calendar.ics"), feeds.session_calendar, name="session_calendar"),
    path(pgettext_lazy("url", "sessions/<int:pk>/edit/"), planning.session_edit, name="session_edit"),
    path(pgettext_lazy("url", "sessions/<int:pk>/open/"), planning.session_open, name="session_open"),
    path(pgettext_lazy("url", "sessions/<int:pk>/cancel/"), planning.session_cancel, name="session_cancel"),
    path(pgettext_lazy("url", "sessions/<int:pk>/book/"), bookings.booking_create, name="booking_create"),
    path(pgettext_lazy("url", "sessions/<int:pk>/book-colleague/"), bookings.colleague_book, name="colleague_book"),
    path(pgettext_lazy("url", "sessions/<int:pk>/register/"), register.register_page, name="register_page"),
    path(pgettext_lazy("url", "sessions/<int:pk>/register/add/"), register.walk_in_create, name="walk_in_create"),
    path(pgettext_lazy("url", "bookings/<int:pk>/take-off/"), register.walk_in_remove, name="walk_in_remove"),
    path(pgettext_lazy("url", "sessions/<int:pk>/register/start/"), register.session_hold, name="session_hold"),
    path(pgettext_lazy("url", "sessions/<int:pk>/register/close/"), register.register_close, name="register_close"),
    path(pgettext_lazy("url", "my-bookings/"), bookings.booking_own, name="booking_own"),
    path(pgettext_lazy("url", "my-bookings/calendar/"), feeds.calendar_key_renew, name="calendar_key_renew"),
    path(pgettext_lazy("url", "my-bookings/<str:key>/calendar.ics"), feeds.own_feed, name="own_feed"),
    path(pgettext_lazy("url", "my-needs/"), needs.needs_edit, name="needs_edit"),
    path(pgettext_lazy("url", "sessions/<int:pk>/book-list/"), lists.list_book, name="list_book"),
    path(pgettext_lazy("url", "sessions/<int:pk>/parts/"), places.parts_edit, name="parts_edit"),
    path(pgettext_lazy("url", "sessions/<int:pk>/kept-places/"), places.kept_places_edit, name="kept_places_edit"),
    path(pgettext_lazy("url", "sessions/<int:pk>/needs/"), needs.session_needs, name="session_needs"),
    path(pgettext_lazy("url", "bookings/"), bookings.booking_list, name="booking_list"),
    path(pgettext_lazy("url", "bookings/<int:pk>/"), bookings.booking_page, name="booking_page"),
    path(pgettext_lazy("url", "bookings/<int:pk>/cancel/"), bookings.booking_cancel, name="booking_cancel"),
    path(pgettext_lazy("url", "bookings/<int:pk>/take/"), offers.offer_accept, name="offer_accept"),
    path(pgettext_lazy("url", "bookings/<int:pk>/approve/"), offers.request_approve, name="request_approve"),
    path(pgettext_lazy("url", "bookings/<int:pk>/do-not-approve/"), offers.request_refuse, name="request_refuse"),
    path(pgettext_lazy("url", "bookings/<int:pk>/calendar.ics"), feeds.booking_calendar, name="booking_calendar"),
    path(pgettext_lazy("url", "bookings/<int:pk>/correct/"), register.correction_create, name="correction_create"),
    path(
        pgettext_lazy("url", "bookings/<int:pk>/certificate/"),
        certificates.certificate_create,
        name="certificate_create",
    ),
    path(pgettext_lazy("url", "bookings/<int:pk>/feedback/"), feedback.feedback_create, name="feedback_create"),
    path(pgettext_lazy("url", "sessions/<int:pk>/feedback/"), feedback.feedback_page, name="feedback_page"),
    path(pgettext_lazy("url", "certificates/"), certificates.certificate_check, name="certificate_check"),
    path(pgettext_lazy("url", "certificates/<uuid:code>/"), certificates.certificate_page, name="certificate_page"),
    path(
        pgettext_lazy("url", "certificates/<uuid:code>/certificate.pdf"),
        certificates.certificate_file,
        name="certificate_file",
    ),
    path(
        pgettext_lazy("url", "certificates/<uuid:code>/badge.jwt"),
        certificates.certificate_badge,
        name="certificate_badge",
    ),
    *people,
    *maturity,
    *skills,
]

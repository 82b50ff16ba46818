"""Addresses of the fund."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import pgettext_lazy

from . import linking, urls_assessing, urls_awards, urls_rounds, urls_similar, urls_writing
from .views import answers, bids, partners, rounds, submissions

app_name = "fund"
urlpatterns: list[URLPattern | URLResolver] = [
    *urls_assessing.urlpatterns,
    *urls_similar.urlpatterns,
    *urls_awards.urlpatterns,
    path(pgettext_lazy("url", "of-project/<slug:slug>/bids/"), linking.bid_links, name="bid_links"),
    path(
        pgettext_lazy("url", "of-project/<slug:slug>/bids/<int:number>/remove/"),
        linking.bid_unlink,
        name="bid_unlink",
    ),
    path("", rounds.front, name="front"),
    *urls_rounds.urlpatterns,
    path(pgettext_lazy("url", "rounds/<slug:slug>/"), rounds.round_page, name="round_page"),
    path(pgettext_lazy("url", "rounds/<slug:slug>/start/"), bids.bid_start, name="bid_start"),
    path(pgettext_lazy("url", "bids/"), bids.bid_list, name="bid_list"),
    path(pgettext_lazy("url", "our-bids/"), bids.bid_own, name="bid_own"),
    path(pgettext_lazy("url", "submitted/"), submissions.submission_list, name="submission_list"),
    path(pgettext_lazy("url", "bids/<slug:slug>/"), bids.bid_page, name="bid_page"),
    path(pgettext_lazy("url", "bids/<slug:slug>/text/"), bids.bid_read, name="bid_read"),
    path(pgettext_lazy("url", "bids/<slug:slug>/details/"), bids.details_edit, name="details_edit"),
    path(pgettext_lazy("url", "bids/<slug:slug>/questions/<slug:key>/"), answers.answer_edit, name="answer_edit"),
    path(
        pgettext_lazy("url", "bids/<slug:slug>/questions/<slug:key>/draft/"), answers.answer_draft, name="answer_draft"
    ),
    path(
        pgettext_lazy("url", "bids/<slug:slug>/questions/<slug:key>/discard/"),
        answers.answer_discard,
        name="answer_discard",
    ),
    path(pgettext_lazy("url", "bids/<slug:slug>/partners/"), partners.partner_list, name="partner_list"),
    path(pgettext_lazy("url", "bids/<slug:slug>/partners/<int:pk>/"), partners.partner_edit, name="partner_edit"),
    path(
        pgettext_lazy("url", "bids/<slug:slug>/partners/<int:pk>/remove/"),
        partners.partner_remove,
        name="partner_remove",
    ),
    path(
        pgettext_lazy("url", "bids/<slug:slug>/partners/<int:pk>/consent/"),
        partners.partner_consent,
        name="partner_consent",
    ),
    path(pgettext_lazy("url", "bids/<slug:slug>/submit/"), submissions.bid_submit, name="bid_submit"),
    path(pgettext_lazy("url", "bids/<slug:slug>/receipt/"), submissions.bid_receipt, name="bid_receipt"),
    path(pgettext_lazy("url", "bids/<slug:slug>/withdraw/"), submissions.bid_withdraw, name="bid_withdraw"),
    path(
        pgettext_lazy("url", "bids/<slug:slug>/submissions/<int:number>/"),
        submissions.submission_page,
        name="submission_page",
    ),
]
urlpatterns += urls_writing.urlpatterns

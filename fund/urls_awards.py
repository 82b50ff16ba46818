"""Addresses of awards and what follows them."""

from django.urls import URLPattern, path
from django.utils.translation import pgettext_lazy

from .views import awards, claims, reports, several, sharing

urlpatterns: list[URLPattern] = [
    path(pgettext_lazy("url", "awards/"), sharing.award_list, name="award_list"),
    path(pgettext_lazy("url", "awards/figures.csv"), sharing.award_figures, name="award_figures"),
    path(pgettext_lazy("url", "awards/360giving.json"), sharing.award_data, name="award_data"),
    path(pgettext_lazy("url", "awards/360giving.csv"), sharing.award_table, name="award_table"),
    path(pgettext_lazy("url", "awards/money/<slug:slug>.csv"), sharing.council_money, name="council_money"),
    path(pgettext_lazy("url", "awards/<slug:slug>/"), sharing.award_shown, name="award_shown"),
    path(pgettext_lazy("url", "learning/"), sharing.learning_list, name="learning_list"),
    path(pgettext_lazy("url", "files/"), sharing.export_start, name="export_start"),
    path(pgettext_lazy("url", "our-awards/"), awards.award_own, name="award_own"),
    path(pgettext_lazy("url", "our-awards/ask-for-reports/"), reports.reports_ask, name="reports_ask"),
    path(pgettext_lazy("url", "our-awards/remind-councils/"), several.councils_remind, name="councils_remind"),
    path(pgettext_lazy("url", "our-awards/record-payments/"), several.claims_pay, name="claims_pay"),
    path(pgettext_lazy("url", "our-awards/<slug:slug>/"), awards.award_page, name="award_page"),
    path(pgettext_lazy("url", "our-awards/<slug:slug>/timeline/"), awards.award_timeline, name="award_timeline"),
    path(pgettext_lazy("url", "our-awards/<slug:slug>/answer/"), awards.award_answer, name="award_answer"),
    path(pgettext_lazy("url", "our-awards/<slug:slug>/project/"), awards.award_project, name="award_project"),
    path(pgettext_lazy("url", "our-awards/<slug:slug>/close/"), awards.award_close, name="award_close"),
    path(pgettext_lazy("url", "our-awards/<slug:slug>/shares/<int:pk>/"), awards.share_agree, name="share_agree"),
    path(pgettext_lazy("url", "our-awards/<slug:slug>/schedule/"), awards.instalment_add, name="instalment_add"),
    path(
        pgettext_lazy("url", "our-awards/<slug:slug>/schedule/<int:pk>/remove/"),
        awards.instalment_remove,
        name="instalment_remove",
    ),
    path(pgettext_lazy("url", "our-awards/<slug:slug>/changes/"), awards.variation_ask, name="variation_ask"),
    path(
        pgettext_lazy("url", "our-awards/<slug:slug>/changes/<int:pk>/"), awards.variation_page, name="variation_page"
    ),
    path(pgettext_lazy("url", "our-awards/<slug:slug>/learning/"), awards.learning_add, name="learning_add"),
    path(pgettext_lazy("url", "our-awards/<slug:slug>/learning/<int:pk>/"), awards.learning_edit, name="learning_edit"),
    path(pgettext_lazy("url", "our-awards/<slug:slug>/claims/"), claims.claim_start, name="claim_start"),
    path(pgettext_lazy("url", "our-awards/<slug:slug>/claims/<int:number>/"), claims.claim_page, name="claim_page"),
    path(
        pgettext_lazy("url", "our-awards/<slug:slug>/claims/<int:number>/period/"),
        claims.claim_period,
        name="claim_period",
    ),
    path(
        pgettext_lazy("url", "our-awards/<slug:slug>/claims/<int:number>/move/"), claims.claim_move, name="claim_move"
    ),
    path(
        pgettext_lazy("url", "our-awards/<slug:slug>/claims/<int:number>/certify/"),
        claims.claim_certify,
        name="claim_certify",
    ),
    path(
        pgettext_lazy("url", "our-awards/<slug:slug>/claims/<int:number>/payment/"), claims.claim_pay, name="claim_pay"
    ),
    path(
        pgettext_lazy("url", "our-awards/<slug:slug>/claims/<int:number>/transactions/<int:pk>/remove/"),
        claims.transaction_remove,
        name="transaction_remove",
    ),
    path(pgettext_lazy("url", "our-awards/<slug:slug>/reports/"), awards.report_plan, name="report_plan"),
    path(pgettext_lazy("url", "our-awards/<slug:slug>/reports/<int:pk>/"), reports.report_page, name="report_page"),
    path(
        pgettext_lazy("url", "our-awards/<slug:slug>/reports/<int:pk>/move/"), reports.report_move, name="report_move"
    ),
    path(pgettext_lazy("url", "returns/"), reports.return_page, name="return_now"),
    path(pgettext_lazy("url", "returns/<int:year>/<int:quarter>/"), reports.return_page, name="return_page"),
]

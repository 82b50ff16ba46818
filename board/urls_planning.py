"""Addresses of planning: boards set up, meetings, agendas, the forward work programme, answers."""

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import pgettext_lazy

from .views import agendas, answers, feeds, forward, planning, setting_up

urlpatterns: list[URLPattern | URLResolver] = [
    path(pgettext_lazy("url", "set-up/"), setting_up.board_new, name="board_new"),
    path(pgettext_lazy("url", "chase-list/"), planning.chase_list, name="chase_list"),
    path(pgettext_lazy("url", "papers/<slug:slug>/work/late/"), planning.paper_late, name="paper_late"),
    path(pgettext_lazy("url", "meetings/<slug:slug>/change/"), planning.meeting_edit, name="meeting_edit"),
    path(pgettext_lazy("url", "meetings/<slug:slug>/move/"), planning.meeting_reschedule, name="meeting_reschedule"),
    path(pgettext_lazy("url", "meetings/<slug:slug>/cancel/"), planning.meeting_cancel, name="meeting_cancel"),
    path(pgettext_lazy("url", "meetings/<slug:slug>/dates/"), planning.meeting_dates, name="meeting_dates"),
    path(pgettext_lazy("url", "meetings/<slug:slug>/papers-out/"), planning.papers_out, name="papers_out"),
    path(pgettext_lazy("url", "meetings/<slug:slug>/agenda/"), agendas.agenda_edit, name="agenda_edit"),
    path(pgettext_lazy("url", "meetings/<slug:slug>/agenda/order/"), agendas.agenda_order, name="agenda_order"),
    path(pgettext_lazy("url", "meetings/<slug:slug>/agenda/new/"), agendas.item_new, name="item_new"),
    path(pgettext_lazy("url", "meetings/<slug:slug>/agenda/<int:pk>/"), agendas.item_edit, name="item_edit"),
    path(pgettext_lazy("url", "meetings/<slug:slug>/agenda/<int:pk>/up/"), agendas.item_up, name="item_up"),
    path(pgettext_lazy("url", "meetings/<slug:slug>/agenda/<int:pk>/down/"), agendas.item_down, name="item_down"),
    path(pgettext_lazy("url", "meetings/<slug:slug>/agenda/<int:pk>/remove/"), agendas.item_remove, name="item_remove"),
    path(
        pgettext_lazy("url", "meetings/<slug:slug>/agenda/<int:pk>/another-meeting/"),
        agendas.item_defer,
        name="item_defer",
    ),
    path(pgettext_lazy("url", "meetings/<slug:slug>/answer/"), answers.meeting_answer, name="meeting_answer"),
    path(pgettext_lazy("url", "meetings/<slug:slug>/answers/"), answers.answer_list, name="answer_list"),
    path(pgettext_lazy("url", "meetings/<slug:slug>/answers/<int:pk>/"), answers.answer_for, name="answer_for"),
    path(pgettext_lazy("url", "meetings/<slug:slug>/in-writing/"), answers.written_page, name="written_page"),
    path(pgettext_lazy("url", "planned/<int:pk>/"), forward.planned_page, name="planned_page"),
    path(pgettext_lazy("url", "planned/<int:pk>/change/"), forward.planned_change, name="planned_change"),
    path(pgettext_lazy("url", "planned/<int:pk>/move/"), forward.planned_move, name="planned_move"),
    path(pgettext_lazy("url", "planned/<int:pk>/steps/<slug:event>/"), forward.planned_step, name="planned_step"),
    path(pgettext_lazy("url", "my-meetings/"), feeds.own_page, name="own_page"),
    path(pgettext_lazy("url", "my-meetings/calendar/"), feeds.key_renew, name="key_renew"),
    path(pgettext_lazy("url", "my-meetings/calendar/end/"), feeds.key_end, name="key_end"),
    path(pgettext_lazy("url", "my-meetings/<str:key>/calendar.ics"), feeds.own_calendar, name="own_calendar"),
    path(pgettext_lazy("url", "meetings/<slug:slug>/calendar.ics"), feeds.meeting_calendar, name="meeting_calendar"),
    path(pgettext_lazy("url", "<slug:slug>/calendar.ics"), feeds.board_calendar, name="board_calendar"),
    path(pgettext_lazy("url", "<slug:slug>/feed.atom"), feeds.board_feed, name="board_feed"),
    path(pgettext_lazy("url", "<slug:slug>/change/"), setting_up.board_edit, name="board_edit"),
    path(pgettext_lazy("url", "<slug:slug>/programme/"), forward.forward_page, name="forward_page"),
    path(pgettext_lazy("url", "<slug:slug>/programme/new/"), forward.planned_new, name="planned_new"),
    path(pgettext_lazy("url", "<slug:slug>/meetings/new/"), planning.meeting_new, name="meeting_new"),
    path(pgettext_lazy("url", "<slug:slug>/seats/"), setting_up.seat_list, name="seat_list"),
    path(pgettext_lazy("url", "<slug:slug>/seats/new/"), setting_up.seat_new, name="seat_new"),
    path(pgettext_lazy("url", "<slug:slug>/seats/<int:pk>/"), setting_up.seat_edit, name="seat_edit"),
    path(
        pgettext_lazy("url", "<slug:slug>/seats/<int:pk>/substitute/"), setting_up.substitute_new, name="substitute_new"
    ),
    path(pgettext_lazy("url", "<slug:slug>/substitutes/<int:pk>/"), setting_up.substitute_edit, name="substitute_edit"),
    path(pgettext_lazy("url", "<slug:slug>/standing-items/"), setting_up.standing_list, name="standing_list"),
    path(pgettext_lazy("url", "<slug:slug>/standing-items/<int:pk>/"), setting_up.standing_edit, name="standing_edit"),
    path(
        pgettext_lazy("url", "<slug:slug>/standing-items/<int:pk>/end/"),
        setting_up.standing_delete,
        name="standing_delete",
    ),
]

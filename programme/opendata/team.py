"""What is known of the digital team and its posts."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from programme.models import TeamStatement

from . import columns as make
from .projects import AREA, slug
from .sets import NOBODY, DataSet


def statements(demonstration: bool) -> "QuerySet[TeamStatement]":
    found = TeamStatement.objects.visible_to(NOBODY).filter(is_demo=demonstration)
    return found.select_related("sits_within").order_by("dated", "pk")


SETS = (
    DataSet(
        "team",
        "TeamStatement",
        AREA,
        _("The digital team and its posts"),
        _("What is known of the team on each day, and where it is said. The update for the board takes it from here."),
        (
            *make.one("id", _("Number"), "number", lambda row: row.pk),
            *make.of(
                TeamStatement, "dated", "source", "team_size", "team_note", "post", "recruited_month", "set_up_as"
            ),
            *make.one("sits_within", _("The post sits within"), "text", lambda row: slug(row.sits_within)),
            *make.of(TeamStatement, "confirmed_by", "permanent_from", "funding_before", "funding_after"),
            *make.of(TeamStatement, "note", "open_work"),
            *make.addresses(make.page_of),
        ),
        statements,
        key="pk",
        example={
            "id": 3,
            "dated": "2022-10-28",
            "source": ("Report to WLGA members", "Adroddiad i aelodau CLlLC"),
            "team_size": 12,
            "sits_within": "wlga",
        },
    ),
)

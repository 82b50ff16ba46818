"""Lists: columns are declared in django-tables2, rows are drawn here by one callable a column.

The stock templates of django-tables2 took four times as long for the same rows (docs/decisions/).
"""

from collections.abc import Callable, Sequence
from operator import attrgetter
from typing import Any

import django_tables2
from django.core.paginator import Paginator
from django.db.models import F, OrderBy, QuerySet
from django.forms.utils import flatatt
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .bilingual import page_language
from .columns import (
    ActionColumn,
    Column,
    ConfidenceColumn,
    DayColumn,
    MomentColumn,
    MoneyColumn,
    NumberColumn,
    TagColumn,
)
from .components import query_with
from .screens import page

__all__ = [
    "ActionColumn",
    "Column",
    "ConfidenceColumn",
    "DayColumn",
    "MomentColumn",
    "MoneyColumn",
    "NumberColumn",
    "PortalTable",
    "TagColumn",
    "getter",
    "list_page",
]
PER_PAGE = 50


def getter(path: str) -> Callable[[Any], Any]:
    """A function that reads `a.b` or `a__b` of a record; None where anything on the way is None."""
    names = path.replace("__", ".").split(".")
    if len(names) == 1:
        read = attrgetter(path)

        def one(record: Any) -> Any:
            value = record.get(path) if isinstance(record, dict) else read(record)
            return value() if callable(value) else value

        return one

    def several(record: Any) -> Any:
        value = record
        for name in names:
            if value is None:
                return None
            value = value.get(name) if isinstance(value, dict) else getattr(value, name)
            value = value() if callable(value) else value
        return value

    return several


class PortalTable(django_tables2.Table):
    """A list. Subclasses declare columns, `caption`, and may define `render_<column>(self, record, value)`.

    `default_sort`: the column by which the queryset is ordered as it comes ("-updated"). `row_header`: the column that
    names the row, the first unless said otherwise. `empty_text`: what an empty list says.
    """

    caption: Any = ""
    default_sort = ""
    row_header = ""
    no_rows: Any = ""

    def __init__(self, data: Any = (), *, sort: str = "", **options: Any) -> None:
        super().__init__(data=data, **options)
        self.sort = sort or self.default_sort

    @classmethod
    def sortable(cls) -> dict[str, tuple[str, ...]]:
        """The columns by which this list sorts, and the database's columns of each."""
        return {
            name: tuple(f"{path}_{page_language()}" if path.endswith("_key") else path for path in column.order_by)
            for name, column in cls.base_columns.items()
            if column.orderable and column.order_by
        }

    @classmethod
    def ordering(cls, sort: str) -> list[OrderBy]:
        """The ORDER BY for `updated` or `-updated`; [] for a column that this list does not sort by."""
        paths = cls.sortable().get(sort.removeprefix("-"), ())
        turned = sort.startswith("-")
        ordered = []
        for path in paths:
            down = path.startswith("-") != turned
            column = F(path.removeprefix("-"))
            ordered.append(column.desc(nulls_last=True) if down else column.asc(nulls_last=True))
        return [*ordered, F("pk").asc()] if ordered else []

    def count_text(self, total: int) -> str:
        """How many there are. A subclass may say of what."""
        return ngettext("%(count)s result", "%(count)s results", total) % {"count": f"{total:,}"}

    def draw(self, query: QueryDict | None = None) -> SafeString:
        """The table. `query` is the page's, kept in the sort links."""
        rows = self.rows_of(list(self.data))
        if not rows:
            text = self.no_rows or _("Nothing to show.")
            return format_html('<div class="portal-empty"><p class="govuk-body">{}</p></div>', text)
        return format_html(
            '<div class="portal-scroll">\n<table class="govuk-table portal-table portal-table--stack">\n'
            '<caption class="govuk-visually-hidden">{}</caption>\n'
            "<thead><tr>{}</tr></thead>\n<tbody>\n{}</tbody>\n</table>\n</div>",
            self.caption,
            self.head(query if query is not None else QueryDict()),
            rows,
        )

    def head(self, query: QueryDict) -> SafeString:
        """The headings: those that sort are links, and say how the list is sorted."""
        sortable, sorted_by, down = self.sortable(), self.sort.removeprefix("-"), self.sort.startswith("-")
        cells = []
        for bound in self.columns:
            attributes = {"scope": "col"} | ({"class": kind} if (kind := getattr(bound.column, "kind", "")) else {})
            shown: Any = bound.header
            if bound.name in sortable:
                here = bound.name == sorted_by
                if here:
                    attributes["aria-sort"] = "descending" if down else "ascending"
                url = query_with(query, sort=f"-{bound.name}" if here and not down else bound.name)
                shown = format_html('<a class="portal-sort govuk-link" href="{}">{}</a>', url, shown)
            cells.append(format_html("<th{}>{}</th>", flatatt(attributes), shown))
        return SafeString("".join(cells))

    def rows_of(self, records: Sequence[Any]) -> SafeString:
        """The rows: everything that does not depend on the record is worked out before the first."""
        heading = self.row_header or next(iter(self.columns)).name
        plans = []
        for bound in self.columns:
            column: Any = bound.column
            drawer = column.drawer() if isinstance(column, Column) else conditional_escape
            own = getattr(self, f"render_{bound.name}", None)
            link = getattr(column, "link", None)
            kind = getattr(column, "kind", "")
            label = format_html(' data-label="{}"', bound.header) if getattr(column, "labelled", True) else ""
            marks = f' class="{kind}"' if kind else ""
            element = ("th", ' scope="row"') if bound.name == heading else ("td", label)
            start, end = f"<{element[0]}{marks}{element[1]}>", f"</{element[0]}>"
            plans.append((getter(str(bound.accessor)), own, drawer, link_of(link), start, end))
        parts: list[str] = []
        add = parts.append
        for record in records:
            add("<tr>")
            for read, own, drawer, link, start, end in plans:
                value = read(record)
                shown = drawer(value) if own is None else conditional_escape(own(record, value))
                if link is not None and (url := link(record)):
                    shown = f'<a class="govuk-link" href="{conditional_escape(url)}">{shown}</a>'
                add(f"{start}{shown}{end}")
            add("</tr>\n")
        return SafeString("".join(parts))


def link_of(link: Any) -> Callable[[Any], str] | None:
    if link is True:
        return lambda record: str(record.get_absolute_url())
    return link or None


def page_number(request: HttpRequest, last: int) -> int:
    """The page that was asked for, or the nearest that there is."""
    asked = request.GET.get("page", "1")
    number_asked = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 1
    return max(1, min(number_asked, last))


def list_page(
    request: HttpRequest,
    *,
    queryset: QuerySet[Any] | Sequence[Any],
    table: type[PortalTable],
    filterset: type[Any] | None = None,
    template: str = "components/list_page.html",
    per_page: int = PER_PAGE,
    prepare: Callable[[list[Any]], None] | None = None,
    count: int | None = None,
    **context: Any,
) -> HttpResponse:
    """A list filtered, sorted and cut into pages: one query for the count, one for the page.

    `queryset` holds what this person may see, in its usual order. `prepare` gets the records that the page shows, to
    give them what one more query reads for all. `count` is how many rows there are, where the view knows. A page or a
    sort that does not exist shows the nearest that does. The template
    gets `table`, `page_obj`, `filterset`, `count_text`, `total` and `context`.
    """
    filtered = filterset(request.GET, queryset=queryset, request=request) if filterset else None
    rows = filtered.qs if filtered is not None else queryset
    sort = request.GET.get("sort", "")
    ordering = table.ordering(sort)
    if ordering and isinstance(rows, QuerySet):
        rows = rows.order_by(*ordering)
    paginator = Paginator(rows, per_page)
    if count is not None:
        paginator.count = count
    shown = paginator.page(page_number(request, paginator.num_pages))
    records = list(shown.object_list)
    if prepare is not None:
        prepare(records)
    drawn = table(records, sort=sort if ordering else "")
    known = {
        "title": drawn.caption,
        "table": drawn,
        "page_obj": shown,
        "filterset": filtered,
        "count_text": count_text(drawn, shown),
        "total": paginator.count,
    }
    return page(request, template, known | context)


def count_text(table: PortalTable, shown: Any) -> str:
    """ "230 results: 51 to 100 shown"."""
    whole = table.count_text(shown.paginator.count)
    if shown.paginator.num_pages == 1:
        return whole
    numbers = {"whole": whole, "first": f"{shown.start_index():,}", "last": f"{shown.end_index():,}"}
    return _("%(whole)s: %(first)s to %(last)s shown") % numbers

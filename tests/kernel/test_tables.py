"""Lists: sorted, filtered and cut into pages in two queries, whatever the address says."""

import datetime
from types import SimpleNamespace

import django_filters
import pytest
from django import forms
from django.http import QueryDict
from django.test import RequestFactory
from django.utils.translation import override

from organisations.models import Organisation
from tests.factories.people import CouncilFactory
from wlga_portal.kernel.bilingual import Text
from wlga_portal.kernel.components import chosen
from wlga_portal.kernel.tables import (
    Column,
    ConfidenceColumn,
    DayColumn,
    MomentColumn,
    MoneyColumn,
    NumberColumn,
    PortalTable,
    TagColumn,
    getter,
    list_page,
)


class Councils(PortalTable):
    caption = "Councils"
    default_sort = "name"
    name = Column("Council", link=lambda council: f"/c/{council.pk}", order_by="name_key")
    code = Column("Code", accessor="gss_code", order_by="gss_code")
    region = Column("Region", order_by=("-region", "gss_code"))
    kind = Column("Kind")


class CouncilFilter(django_filters.FilterSet):
    name = django_filters.CharFilter(label="Name", field_name="name_en", lookup_expr="icontains")
    kind = django_filters.ChoiceFilter(label="Kind", choices=[("council", "Council")])


def ask(query: str = "", *, queryset: object = None, path: str = "/en/x/", **options: object) -> str:
    rows = Organisation.objects.order_by("name_key_en") if queryset is None else queryset
    response = list_page(RequestFactory().get(path + query), queryset=rows, table=Councils, **options)
    assert response.status_code == 200
    return response.content.decode()


def names(html: str) -> list[str]:
    """The names in the list, in its order."""
    return [part.split("</a>")[0].split(">")[-1] for part in html.split('<th scope="row">')[1:]]


def councils(*wanted: str) -> list[Organisation]:
    return [CouncilFactory(name_en=name, name_cy=name, gss_code=f"W060000{n:02}") for n, name in enumerate(wanted, 1)]


@pytest.mark.django_db
@pytest.mark.parametrize("rows", [1, 30])
def test_a_list_costs_a_count_and_a_page(rows, django_assert_num_queries):
    CouncilFactory.create_batch(rows)
    with django_assert_num_queries(2):
        ask("?kind=council&sort=-name", filterset=CouncilFilter)


@pytest.mark.django_db
def test_a_list_sorts_by_its_declared_columns_both_ways():
    councils("Torfaen", "Blaenau Gwent", "Caerphilly")
    assert names(ask()) == ["Blaenau Gwent", "Caerphilly", "Torfaen"]
    assert names(ask("?sort=-name")) == ["Torfaen", "Caerphilly", "Blaenau Gwent"]
    assert names(ask("?sort=code")) == ["Torfaen", "Blaenau Gwent", "Caerphilly"]
    assert names(ask("?sort=-code")) == ["Caerphilly", "Blaenau Gwent", "Torfaen"]
    assert names(ask("?sort=region")) == ["Torfaen", "Blaenau Gwent", "Caerphilly"]


@pytest.mark.django_db
def test_a_list_sorts_by_the_alphabet_of_the_page():
    councils("Ddol", "Dwyfor", "Daron")
    with override("cy"):
        assert names(ask("?sort=name", path="/cy/x/")) == ["Daron", "Dwyfor", "Ddol"]
    assert names(ask("?sort=name")) == ["Daron", "Ddol", "Dwyfor"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sort", ["kind", "password", "-", "--name", "name_en", "pk;drop table", "?", "name__pk", "\x00"]
)
def test_a_sort_that_is_not_declared_leaves_the_usual_order(sort):
    councils("Torfaen", "Blaenau Gwent")
    html = ask(f"?sort={sort}")
    assert names(html) == ["Blaenau Gwent", "Torfaen"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("page", "shown"), [("1", 1), ("3", 3), ("4", 3), ("0", 1), ("-1", 1), ("x", 1), ("", 1), ("9" * 30, 1), ("²", 1)]
)
def test_a_page_that_is_not_there_shows_the_nearest(page, shown):
    CouncilFactory.create_batch(5)
    html = ask(f"?page={page}", per_page=2)
    assert f'aria-label="Page {shown}" aria-current="page"' in html


@pytest.mark.django_db
def test_the_links_of_a_list_keep_its_filters():
    CouncilFactory.create_batch(3)
    html = ask("?kind=council&page=2", filterset=CouncilFilter, per_page=2)
    assert 'href="?kind=council&amp;sort=-name"' in html
    assert 'href="?kind=council&amp;page=1"' in html
    assert 'aria-sort="ascending"' in html
    assert "3 results: 3 to 3 shown" in html
    assert "(page 2 of 2)" in html
    html = ask("?kind=council&sort=-name", filterset=CouncilFilter)
    assert 'aria-sort="descending"' in html
    assert 'href="?kind=council&amp;sort=name"' in html
    assert '<input type="hidden" name="sort" value="-name">' in html


@pytest.mark.django_db
def test_a_filter_narrows_the_list_and_one_that_is_wrong_gets_a_sentence():
    councils("Torfaen", "Cardiff")
    html = ask("?name=car", filterset=CouncilFilter)
    assert names(html) == ["Cardiff"]
    assert 'value="car"' in html
    assert "1 result<" in html
    html = ask("?kind=nonsense", filterset=CouncilFilter)
    assert '<a href="#id_kind">Kind: Select a valid choice.' in html
    assert "<title>Error: " in html


@pytest.mark.django_db
def test_the_count_is_counted_in_welsh_on_a_welsh_page():
    for number, said in ((1, "1 canlyniad"), (2, "2 ganlyniad"), (3, "3 chanlyniad")):
        CouncilFactory()
        with override("cy"):
            assert said in ask(path="/cy/x/"), number


@pytest.mark.django_db
def test_an_empty_list_says_so_and_has_no_table():
    html = ask()
    assert "Nothing to show." in html
    assert "<table" not in html


def test_a_list_of_rows_that_are_not_in_the_database_can_be_shown():
    rows = [SimpleNamespace(pk=1, name="<b>", gss_code="", region=None, kind=0)]
    html = ask(queryset=rows)
    assert "&lt;b&gt;" in html
    assert html.count("not published") == 2


class Every(PortalTable):
    caption = "Every"
    row_header = "people"
    no_rows = "None yet."
    title = Column("Title")
    people = NumberColumn("People")
    cost = MoneyColumn("Cost")
    day = DayColumn("Day")
    at = MomentColumn("At")
    confidence = ConfidenceColumn("Confidence", empty="none")
    phase = TagColumn("Phase", labels=[("live", "Live <1>")], colours={"live": "green"})
    lead = Column("Lead", accessor="lead.name", link=lambda record: record.get("url", ""))
    own = Column("Own", empty="")

    def render_own(self, record: dict, value: object) -> str:
        return f"{record['title']} & {value}"


ROW = {
    "title": Text("", "Porth"),
    "people": 1250,
    "cost": 1250,
    "day": datetime.date(2022, 9, 20),
    "at": datetime.datetime(2022, 9, 20, 8, tzinfo=datetime.UTC),
    "confidence": "red",
    "phase": "live",
    "lead": SimpleNamespace(name=lambda: "Torfaen"),
    "url": "/t?a=1&b=2",
    "own": 3,
}


def test_each_kind_of_column_writes_its_values():
    html = Every([ROW]).draw()
    for part in (
        '<td data-label="Title"><span lang="cy">Porth</span></td>',
        '<th class="n" scope="row">1,250</th>',
        '<td class="n" data-label="Cost">£12.50</td>',
        '<td class="d" data-label="Day">20 September 2022</td>',
        '<td class="d" data-label="At">20 September 2022, 09:00</td>',
        '<strong class="govuk-tag govuk-tag--green">Live &lt;1&gt;</strong>',
        '<a class="govuk-link" href="/t?a=1&amp;b=2">Torfaen</a>',
        '<td data-label="Own">Porth &amp; 3</td>',
        '<caption class="govuk-visually-hidden">Every</caption>',
    ):
        assert part in html
    assert "Red" in html
    assert "portal-sort" not in html


def test_what_is_missing_reads_not_published_unless_the_column_says_otherwise():
    html = Every([dict.fromkeys(ROW) | {"title": Text("", ""), "phase": "other"}]).draw()
    assert html.count("not published") == 6
    assert '<td data-label="Confidence">none</td>' in html
    assert '<td data-label="Phase">other</td>' in html
    assert Every([]).draw() == '<div class="portal-empty"><p class="govuk-body">None yet.</p></div>'


def test_a_value_is_read_through_objects_dictionaries_and_methods():
    inner = SimpleNamespace(b={"c": 1}, call=lambda: 2)
    assert getter("a__b__c")({"a": inner}) == 1
    assert getter("a.call")(SimpleNamespace(a=inner)) == 2
    assert getter("a.b")({"a": None}) is None
    assert getter("x")({}) is None
    assert getter("call")(inner) == 2


def test_a_table_links_to_its_rows_own_pages():
    class Linked(PortalTable):
        title = Column("Title", link=True)

    record = SimpleNamespace(title="One", get_absolute_url=lambda: "/one/")
    assert '<th scope="row"><a class="govuk-link" href="/one/">One</a></th>' in Linked([record]).draw()


@pytest.mark.django_db
def test_a_filter_in_force_on_chosen_objects_names_them():
    council = CouncilFactory(name_en="Torfaen")

    class Filter(forms.Form):
        one = forms.ModelChoiceField(Organisation.objects.all(), required=False, label="Lead")
        many = forms.ModelMultipleChoiceField(Organisation.objects.all(), required=False, label="Partners")
        day = forms.DateField(required=False)

    query = QueryDict(f"one={council.pk}&many={council.pk}&other=1")
    found = [(one.label, one.value, one.url) for one in chosen(SimpleNamespace(form=Filter(query)), query)]
    assert found == [
        ("Lead", str(council), f"?many={council.pk}&other=1"),
        ("Partners", str(council), f"?one={council.pk}&other=1"),
    ]
    assert list(chosen(SimpleNamespace(form=Filter(QueryDict("one=x"))), QueryDict("one=x"))) == []
    assert list(chosen(SimpleNamespace(form=Filter()), query)) == []


def test_a_tick_is_a_filter_in_force_only_where_it_is_set():
    class Filter(forms.Form):
        overdue = forms.BooleanField(required=False, label="Overdue only")

    def said(query: str) -> list[tuple[str, str]]:
        return [
            (one.label, one.value) for one in chosen(SimpleNamespace(form=Filter(QueryDict(query))), QueryDict(query))
        ]

    assert (said("overdue=on"), said("page=2")) == ([("Overdue only", "")], [])

"""The read-only API, version 1: a list and a row of each data set, as anybody may see them.

Every address answers GET and HEAD alone. A list is paged; a text stands in both languages, or in the one of `lang`. An
answer carries an ETag; asked for again with `If-None-Match` it is 304 where nothing changed.
"""

from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy, override
from ninja import NinjaAPI, Query, Schema
from ninja.errors import ValidationError
from pydantic import Field, create_model

from wlga_portal.kernel.bilingual import LANGUAGES, in_both

from .catalogue import SETS
from .schemas import Problem, Root, schemas_of
from .sets import LICENCE, DataSet

VERSION = "1"
MOST_PER_PAGE = 200
LARGEST = 2**31 - 1  # of a number in an address: that of the database's numbers
WORD = r"^[A-Za-z0-9_.-]*$"


class Fault(Exception):
    """An answer that is not the data, with its sentence."""

    def __init__(self, status: int, sentence: Promise | str, field: str | None = None) -> None:
        self.status, self.sentence, self.field = status, sentence, field


def problem(status: int, sentence: Promise | str, field: str | None = None) -> dict[str, Any]:
    said = in_both(lambda: sentence)
    return {"status": status, "error": {"en": said.en, "cy": said.cy}, "field": field}


class Choice(Schema):
    """What every address takes."""

    lang: str | None = Field(
        None, pattern="^(en|cy)$", description="`en` or `cy`: each text in this language alone, saying which it is in."
    )
    demonstration: bool = Field(
        False, description="The invented rows of a portal that shows a demonstration; anywhere else there are none."
    )


class Paging(Choice):
    """What every list takes."""

    page: int = Field(1, ge=1, le=1_000_000, description="Which page, from 1.")
    per_page: int = Field(50, ge=1, le=MOST_PER_PAGE, description="How many rows on a page.")


api = NinjaAPI(
    title="WLGA digital programme: open data",
    version=VERSION,
    description=(
        "Read-only: councils, delivery plans, projects, the fund, training and boards, as the pages show them to"
        " anybody. Texts stand in Welsh and in English. What no source gives is null: never 0, never a guess."
    ),
    docs_url=None,
    openapi_url=None,
    urls_namespace="api-1",
    openapi_extra={
        "info": {"license": {"name": "Open Government Licence v3.0", "url": LICENCE}},
    },
)
FAULTS = {400: Problem, 404: Problem, 429: Problem}


@api.exception_handler(Fault)
def told(request: HttpRequest, fault: Fault) -> HttpResponse:
    return api.create_response(request, problem(fault.status, fault.sentence, fault.field), status=fault.status)


@api.exception_handler(ValidationError)
def refused(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """What stands in the address and cannot be read: its first fault, in our words."""
    names = [str(part) for part in error.errors[0]["loc"]]
    sentence = gettext_lazy("The address has a value that cannot be read. The reference says what may stand there.")
    return api.create_response(request, problem(400, sentence, names[-1]), status=400)


def path_of(data: DataSet, **query: Any) -> str:
    said = {name: str(value).lower() if isinstance(value, bool) else value for name, value in query.items()}
    return f"{root_url()}{data.name}?{urlencode(said)}"


def root_url() -> str:
    return settings.BASE_URL + reverse("api_root")


def known_only(request: HttpRequest, known: set[str]) -> None:
    """A filter that is not known would give every row, and of two values one would count: neither was asked for."""
    unknown = sorted(set(request.GET) - known)
    if unknown:
        raise Fault(400, gettext_lazy("The address has a name that this list does not know."), unknown[0])
    for name, values in request.GET.lists():
        if len(values) > 1:
            raise Fault(400, gettext_lazy("The address gives the same name twice."), name)


def page_of(data: DataSet, request: HttpRequest, asked: Any) -> dict[str, Any]:
    """One page of a list: two queries and those of what stands within the rows."""
    chosen = {name: value for name in data.only if (value := getattr(asked, name)) is not None}
    found = data.read(asked.demonstration)
    for name, value in chosen.items():
        found = found.filter(**{data.only[name]: value})
    count = len(found) if isinstance(found, list) else found.count()
    pages = max(1, -(-count // asked.per_page))
    first = (asked.page - 1) * asked.per_page
    rows = data.prepare(found[first : first + asked.per_page]) if first < count else []
    given = asked.model_dump(exclude_defaults=True, exclude={"page"}) | {"per_page": asked.per_page}

    def link(number: int) -> str:
        return path_of(data, **given, page=number)

    return {
        "count": count,
        "page": asked.page,
        "pages": pages,
        "licence": LICENCE,
        "demonstration": asked.demonstration,
        "links": {
            "self": link(asked.page),
            "first": link(1),
            "previous": link(min(asked.page - 1, pages)) if asked.page > 1 else None,
            "next": link(asked.page + 1) if asked.page < pages else None,
            "last": link(pages),
        },
        "results": [data.json(row, asked.lang or "") for row in rows],
    }


def row_of(data: DataSet, key: str, asked: Any) -> dict[str, Any]:
    """One row, by what stands in its address."""
    found = data.read(asked.demonstration)
    if isinstance(found, list):
        rows = [row for row in found if getattr(row, data.key) == key]
    elif data.number_key:
        rows = list(data.prepare(found.filter(pk=int(key))[:1])) if plain_number(key) else []
    else:
        rows = list(data.prepare(found.filter(**{data.key: key})[:1])) if "\0" not in key else []
    if not rows:
        raise Fault(404, gettext_lazy("There is no such row."))
    return data.json(rows[0], asked.lang or "")


def plain_number(key: str) -> bool:
    return key.isascii() and key.isdigit() and int(key) <= LARGEST


def serve(data: DataSet) -> None:
    """The two addresses of a data set."""
    row, page = schemas_of(data)
    filters: dict[str, Any] = {
        name: (str | None, Field(None, max_length=120, pattern=WORD, description=f"Only rows whose `{name}` is this."))
        for name in data.only
    }
    asked = create_model(f"{data.schema}Asked", __base__=Paging, **filters)
    with override("en"):
        title, about = str(data.title), str(data.about)

    def listed(request: HttpRequest, asked: Any) -> dict[str, Any]:
        known_only(request, set(type(asked).model_fields))
        return page_of(data, request, asked)

    def single(request: HttpRequest, key: str, asked: Any) -> dict[str, Any]:
        known_only(request, set(Choice.model_fields))
        return row_of(data, key, asked)

    query: Any = Query  # its brackets take a type that is made here
    listed.__annotations__["asked"] = query[asked]
    single.__annotations__["asked"] = query[Choice]
    single.__annotations__["key"] = str
    api.get(
        f"/{data.name}", response={200: page, **FAULTS}, operation_id=f"list_{data.name.replace('-', '_')}",
        summary=title, description=about, tags=[title], url_name=f"{data.name}-list",
    )(listed)  # fmt: skip
    api.get(
        f"/{data.name}/{{key}}", response={200: row, **FAULTS}, operation_id=f"read_{data.name.replace('-', '_')}",
        summary=f"{title}: one row", description=about, tags=[title], url_name=f"{data.name}-row",
    )(single)  # fmt: skip


@api.get("/", response={200: Root, **FAULTS}, operation_id="root", summary="The data sets", url_name="root")
def root(request: HttpRequest) -> dict[str, Any]:
    """Every data set, with the addresses of its files."""
    known_only(request, set())
    return {"version": VERSION, "licence": LICENCE, "sets": [entry_of(data) for data in SETS.values()]}


def entry_of(data: DataSet) -> dict[str, Any]:
    title, about = in_both(lambda: data.title), in_both(lambda: data.about)
    return {
        "name": data.name,
        "title": {"en": title.en, "cy": title.cy},
        "about": {"en": about.en, "cy": about.cy},
        "url": root_url() + data.name,
        "csv": files_of(data, "csv"),
        "json_file": files_of(data, "json"),
    }


def files_of(data: DataSet, form: str) -> dict[str, str]:
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = settings.BASE_URL + reverse(f"programme:data_{form}", kwargs={"name": data.name})
    return found


for _one in SETS.values():
    serve(_one)


@cache
def description() -> Mapping[str, Any]:
    """The description of the API (OpenAPI), in English."""
    with override("en"):
        found: Mapping[str, Any] = api.get_openapi_schema(path_prefix=reverse("api_root"))
    return found

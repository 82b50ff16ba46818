"""What people type is kept as they typed it, is never read twice, and is encoded once for the place where it stands."""

import ast
import json
from collections.abc import Iterator
from html import escape
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from accounts.models import User
from accounts.roles import Role
from tests.factories.people import UserFactory, person
from tests.factories.projects import ProjectFactory
from tests.walk import Links
from wlga_portal.kernel.notify import notify
from wlga_portal.kernel.queue import run_jobs

ACCOUNT, DETAILS = "/en/account/", "/en/account/details/"
ENCODED = "Ann %3Cb%3E &lt;i&gt; &amp;lt; \\u003c <u>&</u>"
CODE = """{{ 7|add:"1" }} {% now "Y" %} {0.__class__} %(name)s %s %d ${7*7}"""
OURS = ("accounts", "board", "fund", "organisations", "programme", "projects", "training", "wlga_portal")


def named(name: str) -> tuple[User, Client]:
    """Somebody who typed this name on the page of their account."""
    user, client = person(Role.OFFICER), Client()
    client.force_login(user)
    assert client.post(DETAILS, {"name": name, "language": "en"}).status_code == 302
    user.refresh_from_db()
    return user, client


@pytest.mark.django_db
def test_what_is_typed_is_kept_as_it_is_and_escaped_once_where_it_is_shown():
    """Nothing is decoded a second time: what looks encoded is text like any other."""
    user, client = named(ENCODED)
    assert user.name == ENCODED
    page = client.get(ACCOUNT).content.decode()
    assert escape(ENCODED) in page
    assert "<u>&" not in page
    assert "Ann <b>" not in page
    assert client.get(DETAILS).context["form"].initial["name"] == ENCODED


@pytest.mark.django_db
def test_what_looks_like_a_template_or_a_format_is_text_on_a_page_and_in_a_mail():
    user, client = named(CODE)
    assert escape(CODE) in client.get(ACCOUNT).content.decode().replace("&#39;", "&#x27;")
    user.language = "en"
    user.save()
    notify(user, "fund.owner_given", url=ACCOUNT, context={"title": CODE})
    run_jobs()
    assert CODE in mail.outbox[-1].subject
    assert CODE in mail.outbox[-1].body


@pytest.mark.django_db
def test_what_is_answered_as_json_says_what_was_typed_and_nothing_more():
    typed = '</script><script>alert(1)</script>"}],\u2028\\'
    ProjectFactory(title_en=typed)
    answer = Client().get("/api/v1/projects")
    assert answer["Content-Type"].partition(";")[0] == "application/json"
    assert typed in [one["title"]["en"] for one in json.loads(answer.content)["results"]]


@pytest.mark.django_db
def test_what_is_typed_into_an_address_is_encoded_in_the_links_of_the_page():
    typed = 'bins&kind=x#"><é%41+'
    page = Client().get(f"/en/search/?q={quote(typed)}").content.decode()
    links = Links()
    links.feed(page)
    asked = [parse_qs(urlsplit(link).query) for link in links.pages if "q=" in link]
    assert asked
    assert all(one["q"] == [typed] for one in asked), asked


@pytest.mark.django_db
def test_of_a_field_that_is_sent_twice_the_last_counts():
    user, client = UserFactory(name="Ann", language="en"), Client()
    client.force_login(user)
    assert client.post(f"{DETAILS}?name=Address", {"name": ["First", "Second"], "language": "en"}).status_code == 302
    user.refresh_from_db()
    assert user.name == "Second"


def patterns() -> Iterator[tuple[str, ast.expr]]:
    """The first argument of each call of a function of `re`, in the code that is served."""
    for app in OURS:
        for path in Path(settings.BASE_DIR, app).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                called = node.func if isinstance(node, ast.Call) else None
                if isinstance(called, ast.Attribute) and isinstance(called.value, ast.Name) and called.value.id == "re":
                    if called.attr != "escape":
                        yield f"{path.relative_to(settings.BASE_DIR)}:{node.lineno}", node.args[0]  # type: ignore[attr-defined]  # a call


# parts of a pattern that are made by the code itself: names of months and their figures
MADE = {"board/facts_in_text.py": {"sign", "day", "names", "after", "year"}}


def is_ours(where: str, part: ast.expr) -> bool:
    """Whether a part of a pattern is written in the code: a constant, or what `re.escape` made harmless."""
    if isinstance(part, ast.Constant):
        return True
    if isinstance(part, ast.Name):
        return part.id.isupper() or part.id in MADE.get(where.partition(":")[0], ())
    if isinstance(part, ast.JoinedStr):
        return all(is_ours(where, one) for one in part.values)
    if isinstance(part, ast.FormattedValue):
        return is_ours(where, part.value)
    return isinstance(part, ast.Call) and ast.unparse(part.func) == "re.escape"


def test_no_pattern_is_made_of_what_people_type():
    found = list(patterns())
    assert len(found) > 60
    assert [where for where, pattern in found if not is_ours(where, pattern)] == []

"""Who may open what: every address x every person of the demonstration, held against `tests/access.txt`.

`python -m pytest tests/test_access.py --write-access` writes the file anew; its difference is read like code.
"""

from pathlib import Path

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from accounts.models import User
from tests.walk import client_of, view_name, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
FILE = Path(__file__).parent / "access.txt"
ANONYMOUS = "anonymous"


@pytest.fixture(autouse=True)
def demonstration(settings):
    """As `make run` serves it."""
    settings.DEMO = True


def names(patterns: list[URLPattern | URLResolver], namespace: str = "") -> set[str]:
    """Every named address of the portal."""
    found: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            found |= names(pattern.url_patterns, inner)
        elif pattern.name:
            found.add(namespace + pattern.name)
    return found


def guards(patterns: list[URLPattern | URLResolver]) -> list[URLPattern]:
    return [
        one
        for pattern in patterns
        for one in (guards(pattern.url_patterns) if isinstance(pattern, URLResolver) else [pattern])
    ]


def people() -> list[str | None]:
    return [None, *User.objects.exclude(demo_slug=None).order_by("pk").values_list("demo_slug", flat=True)]


def matrix() -> tuple[list[str], list[str]]:
    """One line for each address and answer, and the faults found on the way."""
    faults: list[str] = []
    addresses: set[str] = set()
    for person in people():
        seen, forms = walk(client_of(person), "/en/")
        faults += [
            f"{person}: {path} is linked and answers {status}"
            for path, status in seen.items()
            if status not in {200, 302}
        ]
        addresses |= set(seen) | forms
    samples: dict[str, list[str]] = {}
    for path in sorted(addresses):
        name = view_name(path)
        if name is not None and not path.startswith("/static/"):
            samples.setdefault(name, []).append(path)
    chosen = [(name, path) for name, paths in samples.items() for path in (paths[:1] + paths[1:][-1:])]
    answers: dict[tuple[str, int], set[str]] = {}
    for person in people():
        client = client_of(person)
        for name, path in chosen:
            status = client.get(path).status_code
            if status >= 500:
                faults.append(f"{person}: {path} answers {status}")
            if name != "programme:sign_out":
                answers.setdefault((name, status), set()).add(person or ANONYMOUS)
    everybody = {person or ANONYMOUS for person in people()}
    lines = []
    for (name, status), who in sorted(answers.items()):
        missing = everybody - who
        said = (
            "everybody"
            if not missing
            else (f"everybody but {' '.join(sorted(missing))}" if len(missing) < len(who) else " ".join(sorted(who)))
        )
        lines.append(f"{name} {status}: {said}")
    return lines, faults


@pytest.mark.deep
def test_every_address_answers_each_person_as_the_file_says(request):
    lines, faults = matrix()
    assert faults == []
    if request.config.getoption("--write-access"):
        FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert lines == FILE.read_text(encoding="utf-8").splitlines()


def test_every_view_of_the_portal_stands_behind_a_guard():
    unguarded = [
        pattern.lookup_str
        for pattern in guards(get_resolver().url_patterns)
        if not hasattr(pattern.callback, "guard")
        and not pattern.lookup_str.startswith(("allauth.", "django.contrib.sitemaps.", "django.views."))
    ]
    assert unguarded == []


# Addresses to which no page links by itself, each with where it is tested instead.
ELSEWHERE = {
    "account_confirm_login_code": "the second step of signing in: tests/accounts",
    "account_login": "the page of signing in by another name: tests/accounts",
    "account_signup": "the page of signing in by another name: tests/accounts",
    "accounts:address_change": "the page `account_email` by another name: tests/accounts",
    "accounts:address_confirm": "linked from a mail: tests/accounts",
    "accounts:person_page": "of people who belong to no council, for an administrator: tests/accounts",
    "accounts:profile_complete": "shown at the first sign-in: tests/accounts",
    "accounts:session_end": "of a second session: tests/accounts",
    "board:block_discard": "of a draft that differs: tests/board",
    "board:edition_page": "of a paper with two editions: tests/board",
    "fund:answer_discard": "of a draft that differs: tests/fund",
    "kernel:export_file": "of a finished export: tests/kernel",
    "kernel:export_page": "of an export: tests/kernel",
    "kernel:message_resume": "linked from a mail: tests/kernel",
    "kernel:message_stop": "linked from a mail: tests/kernel",
    "kernel:outbox_message": "of a sent message: tests/kernel",
    "programme:page_feedback_thanks": "after an answer: tests/programme",
    "robots": "for crawlers: tests/programme",
    "security_txt": "for whoever finds a fault: tests/programme",
    "sitemap": "for crawlers: tests/programme",
    "training:correction_create": "of a closed register: tests/training",
    "training:register_close": "of a full register: tests/training",
    "training:session_open": "of a planned session: tests/training",
}


def test_every_address_is_reached_by_the_walk_or_named_as_not():
    """An address that no page leads to is dead, or is named above with its reason."""
    reached = {line.split(" ")[0] for line in FILE.read_text(encoding="utf-8").splitlines()}
    assert names(get_resolver().url_patterns) - reached == set(ELSEWHERE)

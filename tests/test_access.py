"""Who may open and who may send what: every address x every person, held against `tests/access.txt`.

A form is sent empty, and what that did is taken back: 403 and 404 say that a person may not, 200 and 302 that they
may (302 to a visitor: sign in first).

`python -m pytest tests/test_access.py --write-access` writes the file anew; its difference is read like code.
"""

import copy
from pathlib import Path

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, resolve

from accounts.models import User
from tests.factories.people import person
from tests.walk import client_of, opened, unrendered, view_name, walk

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loaded")]
FILE = Path(__file__).parent / "access.txt"
ANONYMOUS = "anonymous"
STRANGER = "stranger"  # somebody with an account and no role
AREAS = ("board:", "fund:", "projects:", "training:", "accounts:member", "accounts:people", "accounts:person")
# Forms that everybody with an account may send: of their own bookings, data and views, and of what is public.
OWN = {
    "fund:bid_own", "training:booking_own", "training:calendar_key_renew", "training:needs_edit", "training:held_page",
    "training:correction_request", "training:erasure_request", "projects:view_save", "projects:project_keep",
    "projects:plan_keep", "projects:portfolio_keep", "board:paper_stop", "board:note_edit", "board:notes_delete",
    "fund:award_own",
}  # fmt: skip
NOT_SENT = ("account_", "programme:demo", "kernel:component_gallery")  # signing in and out; a page of samples


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


@pytest.fixture
def stranger() -> None:
    somebody = person()
    User.objects.filter(pk=somebody.pk).update(demo_slug=STRANGER)


def people() -> list[str | None]:
    return [None, *User.objects.exclude(demo_slug=None).order_by("pk").values_list("demo_slug", flat=True)]


def sent_empty(client: Client, path: str) -> int:
    """The answer to a form without a field; what it did is undone, in the browser too."""
    cookies = copy.deepcopy(client.cookies)
    with transaction.atomic():
        status = client.post(path, {}).status_code
        transaction.set_rollback(True)
    client.cookies = cookies
    return status


def matrix() -> tuple[list[str], list[str]]:
    """One line for each address and answer, and the faults found on the way."""
    faults: list[str] = []
    pages: set[str] = set()
    forms: set[str] = set()
    for who in people():
        seen, actions = walk(client_of(who), "/en/")
        faults += [
            f"{who}: {path} is linked and answers {status}" for path, status in seen.items() if status not in {200, 302}
        ]
        pages |= set(seen)
        forms |= actions
    sent = samples(forms)
    chosen = [("", name, path) for name, path in samples(pages | forms)] + [("POST ", *one) for one in sent]
    with unrendered():  # whoever is led to a page by a link has seen it drawn
        answers, more = answered(chosen)
        faults += more + sent_by_nobody(pages | forms)
    everybody = {who or ANONYMOUS for who in people()}
    return [f"{name} {status}: {said(who, everybody)}" for (name, status), who in sorted(answers.items())], faults


def answered(chosen: list[tuple[str, str, str]]) -> tuple[dict[tuple[str, int], set[str]], list[str]]:
    """Who gets which answer of each method, view and address; and the faults."""
    answers: dict[tuple[str, int], set[str]] = {}
    faults = []
    for who in people():
        client = client_of(who)
        for method, name, path in chosen:
            if name == "programme:sign_out" or (method and name.startswith(NOT_SENT)):
                continue
            status = sent_empty(client, path) if method else opened(client, path).status_code
            if status >= 500:
                faults.append(f"{who}: {method}{path} answers {status}")
            answers.setdefault((method + name, status), set()).add(who or ANONYMOUS)
    return answers, faults


def sent_by_nobody(paths: set[str]) -> list[str]:
    """What a visitor, and somebody without a role, may send to an address of the areas that they should not."""
    faults, refused = [], 0
    visitor, stranger = client_of(None), client_of(STRANGER)
    for path in sorted(paths):
        name = view_name(path) or ""
        if not name.startswith(AREAS) or not getattr(resolve(path).func, "login_required", True):
            continue
        answer = visitor.post(path, {})
        if answer.status_code not in {302, 404, 405}:
            faults.append(f"a visitor: POST {path} answers {answer.status_code}")
        if answer.status_code == 302 and "/account/sign-in/" not in answer.headers["Location"]:
            faults.append(f"a visitor: POST {path} leads to {answer.headers['Location']}")
        status = sent_empty(stranger, path)
        refused += status in {403, 404}
        if status not in {403, 404, 405} and name not in OWN:
            faults.append(f"a stranger: POST {path} answers {status}")
    return faults if refused > 40 else [*faults, f"a stranger was refused {refused} times only"]


def samples(paths: set[str]) -> list[tuple[str, str]]:
    """The first and the last address of each view."""
    by_view: dict[str, list[str]] = {}
    for path in sorted(paths):
        name = view_name(path)
        if name is not None and not path.startswith("/static/"):
            by_view.setdefault(name, []).append(path)
    return [(name, path) for name, paths in by_view.items() for path in (paths[:1] + paths[1:][-1:])]


def said(who: set[str], everybody: set[str]) -> str:
    missing = everybody - who
    if not missing:
        return "everybody"
    return f"everybody but {' '.join(sorted(missing))}" if len(missing) < len(who) else " ".join(sorted(who))


@pytest.mark.deep(minutes=8)
def test_every_address_answers_each_person_as_the_file_says(request, stranger):
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
    "accounts:code_list": "of somebody with a second step: tests/accounts",
    "accounts:identity_add": "after a first sign-in at a council: tests/accounts",
    "accounts:identity_remove": "of a linked account: tests/accounts",
    "accounts:organisation_keep": "of an organisation whose end is set down: tests/organisations",
    "accounts:person_page": "of people who belong to no council, for an administrator: tests/accounts",
    "accounts:person_erase": "of somebody whose account is closed: tests/accounts/test_leaving.py",
    "accounts:person_move": "from the page of a person: tests/accounts/test_leaving.py",
    "accounts:profile_complete": "shown at the first sign-in: tests/accounts",
    "accounts:session_end": "of a second session: tests/accounts",
    "accounts:step_confirm": "of somebody with a second step: tests/accounts",
    "accounts:step_remove": "of somebody with a second step: tests/accounts",
    "accounts:tenant_begin": "of a council's tenant: tests/accounts",
    "accounts:tenant_list": "linked where a council has a tenant: tests/accounts",
    "accounts:viewing_begin": "of a person who consents: tests/accounts",
    "accounts:viewing_end": "of the bar while an administrator looks: tests/accounts",
    "api_description": "for programs: tests/programme/test_open_data_api.py",
    "api_nothing": "for programs: tests/programme/test_open_data_api.py",
    "api_root": "for programs: tests/programme/test_open_data_api.py",
    "board:action_unlink": "of rows that the demonstration does not have, or of a later step: tests/board",
    "board:answer_for": "of an answer given for a member: tests/board",
    "board:attendee_remove": "of rows that the demonstration does not have, or of a later step: tests/board",
    "board:block_discard": "of a draft that differs: tests/board",
    "board:block_gone": "of rows that the demonstration does not have, or of a later step: tests/board",
    "board:item_unlink": "of a linked project: tests/projects",
    "board:key_end": "of rows that the demonstration does not have, or of a later step: tests/board",
    "board:meeting_device": "asked by the script that keeps a meeting on a device: tests/board",
    "board:minutes_approve": "of rows that the demonstration does not have, or of a later step: tests/board",
    "board:movement_remove": "of rows that the demonstration does not have, or of a later step: tests/board",
    "board:offline_page": "shown by the worker where there is no connection: tests/board",
    "board:own_calendar": "of rows that the demonstration does not have, or of a later step: tests/board",
    "board:pack_file": "of rows that the demonstration does not have, or of a later step: tests/board",
    "board:paper_late": "of rows that the demonstration does not have, or of a later step: tests/board",
    "board:paper_unlink": "of a linked project: tests/projects",
    "board:papers_out": "until the papers are out: tests/board",
    "board:public_note_publish": "of rows that the demonstration does not have, or of a later step: tests/board",
    "board:recommendation_unlink": "of rows that the demonstration does not have, or of a later step: tests/board",
    "board:screen_item": "of rows that the demonstration does not have, or of a later step: tests/board",
    "board:word_take": "of rows that the demonstration does not have, or of a later step: tests/board",
    "credentials:achievement": "for programs that check a badge: tests/training",
    "credentials:certificate": "for programs that check a badge: tests/training",
    "credentials:issuer": "for programs that check a badge: tests/training",
    "credentials:key_list": "for programs that check a badge: tests/training",
    "credentials:key_page": "for programs that check a badge: tests/training",
    "credentials:status_list": "for programs that check a badge: tests/training",
    "fund:answer_discard": "of a draft that differs: tests/fund",
    "fund:assessment_draft": "sent by the script of an assessment that is being written: tests/fund",
    "fund:assessment_remove": "of rows that the demonstration does not have, or of a later step: tests/fund",
    "fund:award_close": "of an award with nothing left to do: tests/fund",
    "fund:bid_unlink": "of a linked project: tests/projects",
    "fund:claim_pay": "of a certified claim: tests/fund",
    "fund:comment_read": "of rows that the demonstration does not have, or of a later step: tests/fund",
    "fund:commitment_page": "of rows that the demonstration does not have, or of a later step: tests/fund",
    "fund:decision_apply": "of rows that the demonstration does not have, or of a later step: tests/fund",
    "fund:interest_remove": "of rows that the demonstration does not have, or of a later step: tests/fund",
    "fund:merge_propose": "of rows that the demonstration does not have, or of a later step: tests/fund",
    "fund:review_ask": "of rows that the demonstration does not have, or of a later step: tests/fund",
    "fund:round_publish": "of rows that the demonstration does not have, or of a later step: tests/fund",
    "fund:share_agree": "of a partner that has not agreed: tests/fund",
    "fund:sign_page": "of rows that the demonstration does not have, or of a later step: tests/fund",
    "fund:signatory_invite": "of rows that the demonstration does not have, or of a later step: tests/fund",
    "fund:similar_find": "of rows that the demonstration does not have, or of a later step: tests/fund",
    "fund:similar_join": "of rows that the demonstration does not have, or of a later step: tests/fund",
    "fund:similar_separate": "of rows that the demonstration does not have, or of a later step: tests/fund",
    "kernel:export_file": "of a finished export: tests/kernel",
    "kernel:export_page": "of an export: tests/kernel",
    "kernel:kept": "after a session's end: tests/kernel",
    "kernel:message_resume": "linked from a mail: tests/kernel",
    "kernel:message_stop": "linked from a mail: tests/kernel",
    "kernel:outbox_message": "of a sent message: tests/kernel",
    "mfa_authenticate": "the second step of signing in: tests/accounts",
    "programme:composition_follow": "of a composed paper that is not cleared: tests/programme",
    "programme:composition_seen": "shown once a figure changed: tests/programme",
    "programme:manifest": "asked by the browser: tests/board",
    "programme:page_feedback_thanks": "after an answer: tests/programme",
    "programme:translating_take": "of a file that waits for its translator: tests/programme",
    "projects:benefit_edit": "of a project beyond the walk's two samples: tests/projects",
    "projects:benefit_remove": "of a project beyond the walk's two samples: tests/projects",
    "projects:columnset_remove": "of a set of the team's own: tests/projects",
    "projects:cost_edit": "of a project beyond the walk's two samples: tests/projects",
    "projects:cost_remove": "of a project beyond the walk's two samples: tests/projects",
    "projects:document_edit": "of a project beyond the walk's two samples: tests/projects",
    "projects:document_remove": "of a project beyond the walk's two samples: tests/projects",
    "projects:funding_edit": "of a project beyond the walk's two samples: tests/projects",
    "projects:funding_remove": "of a project beyond the walk's two samples: tests/projects",
    "projects:gate_edit": "of a project beyond the walk's two samples: tests/projects",
    "projects:gate_remove": "of a project beyond the walk's two samples: tests/projects",
    "projects:lesson_edit": "of a project beyond the walk's two samples: tests/projects",
    "projects:lesson_remove": "of a project beyond the walk's two samples: tests/projects",
    "projects:lineage_undo": "of a project beyond the walk's two samples: tests/projects",
    "projects:picture_file": "of a project beyond the walk's two samples: tests/projects",
    "projects:snapshot_data": "of a project beyond the walk's two samples: tests/projects",
    "robots": "for crawlers: tests/programme",
    "security_txt": "for whoever finds a fault: tests/programme",
    "sitemap": "for crawlers: tests/programme",
    "tenant_callback": "asked by a provider: tests/accounts",
    "training:assessment_discard": "of rows that the demonstration does not have, or of a later step: tests/training",
    "training:certificate_badge": "of a row beyond the walk's samples: tests/training",
    "training:certificate_create": "of a row beyond the walk's samples: tests/training",
    "training:certificate_file": "of a row beyond the walk's samples: tests/training",
    "training:certificate_page": "of a row beyond the walk's samples: tests/training",
    "training:correction_create": "of a closed register: tests/training",
    "training:course_unlink": "of a row beyond the walk's samples: tests/training",
    "training:feedback_create": "of a row beyond the walk's samples: tests/training",
    "training:feedback_page": "of a row beyond the walk's samples: tests/training",
    "training:maturity_agree": "of a row beyond the walk's samples: tests/training",
    "training:maturity_discard": "of a row beyond the walk's samples: tests/training",
    "training:own_feed": "of a row beyond the walk's samples: tests/training",
    "training:register_close": "of a full register: tests/training",
    "training:session_open": "of a planned session: tests/training",
    "training:walk_in_create": "of a row beyond the walk's samples: tests/training",
    "training:walk_in_remove": "of a row beyond the walk's samples: tests/training",
    "worker": "asked by the browser of who keeps a meeting: tests/board",
    "worker_withdrawn": "asked by the worker: tests/board",
}


def test_every_address_is_reached_by_the_walk_or_named_as_not():
    """An address that no page leads to is dead, or is named above with its reason."""
    reached = {line.removeprefix("POST ").split(" ")[0] for line in FILE.read_text(encoding="utf-8").splitlines()}
    assert names(get_resolver().url_patterns) - reached == set(ELSEWHERE)

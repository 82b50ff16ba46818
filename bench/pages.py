"""The pages that are measured, with an object of the generated programme for each.

python -m bench.pages      prints JSON: a session cookie, and for each page its path, rows and queries
"""

import json
import os
from typing import Any

import django

LIST, DETAIL, REPORT = "list", "detail", "report"
READERS = {"as an officer": "officer0", "as a board member": "member", "as the team": "team"}  # who reads a page so


def pages() -> list[tuple[str, str, str, int]]:
    """Name, kind, path, and the rows that the page chooses from; a name that ends as in READERS is read by that one."""
    from django.urls import reverse
    from django.utils.timezone import localtime

    from board.models import Meeting, Paper
    from fund.models import Bid, Round
    from organisations.models import Organisation
    from programme.models import SearchText
    from projects.models import DeliveryPlan, Project, StatusUpdate
    from training.models import Booking, Course, Session

    paper = Paper.objects.filter(status="published", meeting__isnull=False).order_by("pk")[0]
    meeting = Meeting.objects.get(pk=paper.meeting_id)
    bid = Bid.objects.filter(is_historic=False).order_by("-pk")[0]
    round_ = Round.objects.get(pk=bid.round_id)
    project = Project.objects.filter(updates__isnull=False).order_by("-pk")[0]
    plan = DeliveryPlan.objects.filter(projects=project)[0]
    session = Session.objects.filter(status="open").order_by("-pk")[0]
    known = f"{localtime():%Y-%m-%dT%H:%M:%S}"
    council = Organisation.objects.councils().order_by("pk")[0]
    return [
        *[(f"front {as_whom}", DETAIL, reverse("programme:front"), 1) for as_whom in READERS],
        ("council list", LIST, reverse("organisations:council_list"), Organisation.objects.count()),
        ("council", DETAIL, council.get_absolute_url(), 1),
        ("board", DETAIL, reverse("board:front"), 1),
        ("paper list", LIST, reverse("board:paper_list"), Paper.objects.count()),
        ("meeting", DETAIL, meeting.get_absolute_url(), 1),
        ("paper", DETAIL, paper.get_absolute_url(), 1),
        ("project list", LIST, reverse("projects:project_list"), Project.objects.count()),
        ("portfolio as at a day", REPORT, f"{reverse('projects:project_list')}?as_at={known}", Project.objects.count()),
        ("plan", DETAIL, plan.get_absolute_url(), 1),
        ("project", DETAIL, project.get_absolute_url(), StatusUpdate.objects.filter(project=project).count()),
        ("fund", DETAIL, reverse("fund:front"), 1),
        ("round", DETAIL, round_.get_absolute_url(), Bid.objects.filter(round=round_).count()),
        ("bid list", LIST, reverse("fund:submission_list"), Bid.objects.filter(latest__isnull=False).count()),
        ("bid", DETAIL, bid.latest.get_absolute_url(), 1),
        ("training", DETAIL, reverse("training:front"), Booking.objects.count()),
        ("count", REPORT, reverse("training:counting"), Booking.objects.count()),
        ("session list", LIST, reverse("training:session_list"), Session.objects.count()),
        ("session", DETAIL, session.get_absolute_url(), 1),
        ("course", DETAIL, Course.objects.order_by("-pk")[0].get_absolute_url(), 1),
        ("search", REPORT, f"{reverse('programme:search')}?q=council+research", SearchText.objects.count()),
        ("constant", "yardstick", reverse("bench_constant"), 0),
        ("table", "yardstick", reverse("bench_table"), StatusUpdate.objects.count()),
    ]


def session_cookie(user: Any) -> str:
    """A signed-in session, as a sign-in would have made it."""
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    session = SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    return str(session.session_key)


def counted(cookies: dict[str, str]) -> list[dict[str, Any]]:
    """Each page with the number of queries of its third reading: the first writes that the person was here, and after
    a write nothing is kept in memory until the second."""
    from django.conf import settings
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    result = []
    for name, kind, path, rows in pages():
        reader = next((who for as_whom, who in READERS.items() if name.endswith(as_whom)), "everyone")
        cookie = cookies[reader]
        client = Client(HTTP_HOST="127.0.0.1")
        client.cookies[settings.SESSION_COOKIE_NAME] = cookie
        for _ in range(2):
            client.get(path)
        with CaptureQueriesContext(connection) as queries:
            answer = client.get(path)
        if answer.status_code != 200:
            raise RuntimeError(f"{name}: {path} answers {answer.status_code}")
        sent = f"{settings.SESSION_COOKIE_NAME}={cookie}"
        result.append({"cookie": sent, "name": name, "kind": kind, "path": path, "rows": rows, "queries": len(queries)})
    return result


def main() -> None:
    from django.utils.translation import activate

    from accounts.models import User

    activate("en")
    people = ["everyone", *READERS.values()]
    cookies = {who: session_cookie(User.objects.get(email=f"{who}@bench.example.org")) for who in people}
    print(json.dumps({"pages": counted(cookies)}))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    django.setup()
    main()

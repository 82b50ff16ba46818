"""The rows of a deadline hour, in a database of its own: an open round, the officers, and the bids that they write.

python -m bench.deadline_rows make WRITERS SENDERS       prints JSON: who writes which answer, who sends which bid
python -m bench.deadline_rows close SECONDS              the round closes after so many seconds; prints the moment
python -m bench.deadline_rows count                      prints JSON: what is kept
"""

import json
import os
import random
import sys
from datetime import date, timedelta
from typing import Any

import django

from bench.generate import phrase
from bench.pages import session_cookie

ROUND = "deadline"


def make(writers: int, senders: int) -> dict[str, Any]:
    """Two writers to a bid, in different answers; each bid that is sent has a sender of its own."""
    from django.conf import settings
    from django.utils import timezone

    from accounts.models import Membership, User
    from accounts.roles import Role
    from fund import actions
    from fund.models import Fund, Round, Stage, Topic
    from fund.standard import give_questions
    from organisations.models import Organisation

    chance = random.Random(60)
    now = timezone.now()
    one_round = Round.objects.create(
        fund=Fund.objects.get(), year="2042-43", name_en="Deadline", name_cy="Dyddiad cau", reference_stem="DL",
        budget_pence=100_000_000, published_at=now, slug_en=ROUND, slug_cy=ROUND,
    )  # fmt: skip
    Stage.objects.create(
        round=one_round, kind="statements", opens_at=now - timedelta(days=9), closes_at=now + timedelta(days=9)
    )
    topic = Topic.objects.create(round=one_round, name_en="Topic", name_cy="Pwnc", slug_en="topic", slug_cy="pwnc")
    give_questions(one_round)
    councils = list(Organisation.objects.councils().order_by("pk"))
    users = User.objects.bulk_create(
        User(email=f"deadline{number}@bench.example.org", name=f"Officer {number}", password="!", language="en")
        for number in range(writers + senders)
    )
    bids = []
    for number in range((writers + 1) // 2 + senders):
        council, sends = councils[number % 22], number >= (writers + 1) // 2
        first = writers + number - (writers + 1) // 2 if sends else 2 * number
        own = users[first : first + 1] if sends else users[first : first + 2]
        Membership.objects.bulk_create(
            Membership(user=user, organisation=council, role=Role.OFFICER, starts=date(2020, 1, 1)) for user in own
        )
        bid = actions.bid_start(
            one_round=one_round, lead=council, topic=topic, title=phrase(chance, 6),
            language=chance.choice(["en", "cy"]), by=own[0],
        )  # fmt: skip
        for answer in bid.answers_in_order():
            answer.text, answer.effect = phrase(chance, 40), "none" if answer.asks_effect else ""
            answer.save()
        bids.append((bid, own))
    cookie = settings.SESSION_COOKIE_NAME
    write, send = [], []
    for bid, own in bids:
        keys = list(bid.answers_in_order().values_list("question__key", flat=True))
        for place, user in enumerate(own):
            session = f"{cookie}={session_cookie(user)}"
            if user.pk > users[writers - 1].pk:
                send.append({"cookie": session, "slug": bid.slug_en})
            else:
                # the two of a bid go round the form one question apart
                write.append({"cookie": session, "slug": bid.slug_en, "key": keys[place], "first": keys[0]})
    return {"write": write, "send": send, "csrf": settings.CSRF_COOKIE_NAME}


def close(seconds: float) -> dict[str, Any]:
    from django.utils import timezone

    from fund.models import Stage
    from wlga_portal.kernel.audit import audited

    closes_at = timezone.now() + timedelta(seconds=seconds)
    with audited(by=None, why="the deadline hour begins"):
        Stage.objects.filter(round__slug_en=ROUND).update(closes_at=closes_at)
    return {"closes_at": closes_at.isoformat()}


def count() -> dict[str, Any]:
    """Every text that an answer ever held, from its history; what was sent; jobs that failed."""
    from fund.models import Answer, Submission
    from wlga_portal.kernel import queue
    from wlga_portal.kernel.history import event_model

    of_round = {"question__round__slug_en": ROUND}
    versions = event_model(Answer)._base_manager.filter(pgh_label="update", **of_round)
    sent = Submission.objects.filter(bid__round__slug_en=ROUND)
    return {
        "texts": list(versions.values_list("text", flat=True)),
        "standing": list(Answer.objects.filter(**of_round).values_list("text", flat=True)),
        "sent": sorted(sent.values_list("reference", flat=True)),
        "whole": sum(one.is_whole for one in sent),
        "failed_jobs": queue.state().failed,
    }


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.settings")
    django.setup()
    verb, *numbers = sys.argv[1:]
    done = {"make": lambda: make(*map(int, numbers)), "close": lambda: close(float(numbers[0])), "count": count}[verb]()
    print(json.dumps(done))

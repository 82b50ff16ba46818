"""Rows of the drill, written as the portal writes them.

python -m drill.rows notify COUNT      so many messages; prints the numbers of those that are committed
python -m drill.rows feed WAITING      keeps so many messages waiting until its input ends; prints likewise
"""

import os
import select
import sys
import time

import django


def notify_all(count: int) -> None:
    from accounts.models import User
    from wlga_portal.kernel.notify import notify

    people = list(User.objects.filter(is_active=True).exclude(demo_slug="").order_by("pk")[:10])
    for number in range(count):
        message = notify(people[number % len(people)], "drill.message", url="/en/", context={"number": number})
        print(message.pk, flush=True)


def feed(waiting: int) -> None:
    from django.db import connection

    while not select.select([sys.stdin], [], [], 0)[0]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'")
            missing = waiting - cursor.fetchone()[0]
        if missing > 0:
            notify_all(missing)
        time.sleep(0.05)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "drill.settings")
    django.setup()
    {"notify": notify_all, "feed": feed}[sys.argv[1]](int(sys.argv[2]))

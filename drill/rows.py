"""Rows of the drill, written as the portal writes them.

python -m drill.rows notify COUNT      so many messages; prints the numbers of those that are committed
python -m drill.rows feed WAITING      keeps so many messages waiting until its input ends; prints likewise
python -m drill.rows attach COUNT      so many files of a bid, which wait for the scanner
python -m drill.rows export 1          asks for an export; prints its number
python -m drill.rows tenant PORT       a council's tenant whose provider is at that port; prints where its button leads
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


def attach(count: int) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from accounts.models import User
    from fund.actions.attachments import attachment_add
    from fund.clock import Closed
    from fund.models import Bid

    by = User.objects.exclude(demo_slug="").order_by("pk")[0]
    for bid in Bid.objects.filter(round__is_demo=True):
        try:
            for number in range(count):
                file = SimpleUploadedFile(f"drill{number}.pdf", b"%PDF-1.4 drill")
                attachment_add(bid=bid, file=file, kind="pdf", requirement=None, by=by)
            return
        except Closed:
            continue
    raise RuntimeError("no bid of the demonstration takes files now")


def export(_count: int) -> None:
    from accounts.models import User
    from wlga_portal.kernel.exports import start_export

    by = User.objects.exclude(demo_slug="").order_by("pk")[0]
    print(start_export(by=by, name="Drill", rows_source="fund.awards").pk)


def tenant(port: int) -> None:
    from django.urls import reverse

    from accounts.models import Tenant
    from accounts.sealing import seal
    from organisations.models import Organisation
    from wlga_portal.kernel.audit import audited

    origin = f"http://127.0.0.1:{port}"
    with audited(by=None, why="drill"):
        made = Tenant.objects.create(
            key="drill", organisation=Organisation.objects.councils()[0], issuer=f"{origin}/", origin=origin,
            client_id="drill", sealed_secret=seal("drill"),
        )  # fmt: skip
    print(reverse("accounts:tenant_begin", kwargs={"key": made.key}))


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "drill.settings")
    django.setup()
    verbs = {"notify": notify_all, "feed": feed, "attach": attach, "export": export, "tenant": tenant}
    verbs[sys.argv[1]](int(sys.argv[2]))

"""How the portal runs: who sees it, what it shows, and that failed work runs again."""

from collections import namedtuple
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.roles import Role
from programme.demo import load_demo
from programme.panels import jobs_that_failed
from programme.tasks import search_settle
from tests.factories.kernel import BounceFactory, NotificationFactory, OutboxMessageFactory
from tests.factories.people import person
from tests.walk import BACKEND
from wlga_portal.kernel import backups, operations
from wlga_portal.kernel.notify.tasks import send_mail
from wlga_portal.kernel.queue import enqueue, give_up, run_jobs, state, try_again

pytestmark = pytest.mark.django_db
PAGE, AGAIN = "/en/operations/", "/en/operations/jobs/again/"
Disk = namedtuple("Disk", "total used free")


def signed_in(*roles: Role) -> Client:
    client = Client()
    client.force_login(person(*roles), backend=BACKEND)
    return client


def failed(count: int = 1) -> list[int]:
    numbers = [enqueue(search_settle, timestamp=0) for _ in range(count)]
    for number in numbers:
        give_up(number)
    return numbers


def statuses() -> list[str]:
    return list(ProcrastinateJob.objects.order_by("id").values_list("status", flat=True))


def test_only_an_administrator_sees_it_and_lets_jobs_run_again():
    number = failed()[0]
    assert Client().get(PAGE).status_code == 302
    for client in (signed_in(), signed_in(Role.TEAM, Role.DIGITAL_LEAD, Role.SECRETARIAT)):
        assert client.get(PAGE).status_code == 403
        assert client.post(AGAIN, {"job": number}).status_code == 403
    administrator = signed_in(Role.ADMINISTRATOR)
    assert administrator.get(PAGE).status_code == 200
    assert administrator.get(AGAIN).status_code == 405
    assert statuses() == ["failed"]
    assert "How the portal runs" in administrator.get("/en/account/").content.decode()
    assert "How the portal runs" not in signed_in(Role.TEAM).get("/en/account/").content.decode()


def test_a_failed_job_runs_again_once_and_only_it():
    first, second = failed(2)
    client = signed_in(Role.ADMINISTRATOR)
    answer = client.post(AGAIN, {"job": first}, follow=True).content.decode()
    assert "1 job is tried again." in answer
    assert statuses() == ["todo", "failed"]
    again = client.post(AGAIN, {"job": first}, follow=True).content.decode()
    assert "somebody has let it run again already" in again
    assert "Choose a failed job." in client.post(AGAIN, {"job": "x"}, follow=True).content.decode()
    assert [ran.name for ran in run_jobs(ahead=True)] == ["programme.search_settle"]
    assert list(ProcrastinateJob.objects.values_list("id", "status")) == [(second, "failed")]


def test_all_failed_jobs_run_again_and_what_waits_is_left_alone():
    failed(3)
    waiting = enqueue(search_settle, timestamp=1, schedule_at=timezone.now() + timedelta(days=1))
    answer = signed_in(Role.ADMINISTRATOR).post(AGAIN, {"job": "all"}, follow=True).content.decode()
    assert "3 jobs are tried again." in answer
    assert statuses() == ["todo"] * 4
    assert ProcrastinateJob.objects.get(id=waiting).scheduled_at > timezone.now()
    assert try_again() == 0


def test_an_address_in_a_jobs_arguments_is_not_shown():
    number = enqueue(send_mail, to="ann@example.org", subject="Your code is 123456 and that is all there is", text="x")
    give_up(number)
    jobs, total = operations.failed_jobs()
    assert (total, jobs[0].number, jobs[0].task) == (1, number, "kernel.send_mail")
    assert jobs[0].words == "to [address], text x"
    assert "ann@example.org" not in signed_in(Role.ADMINISTRATOR).get(PAGE).content.decode()


def test_the_page_costs_the_same_at_one_and_at_thirty_failed_jobs():
    client = signed_in(Role.ADMINISTRATOR)
    client.get(PAGE)
    counts = []
    for count in (1, 29):
        failed(count)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(PAGE)
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 16


def test_more_failed_jobs_than_are_shown_are_counted(monkeypatch):
    monkeypatch.setattr(operations, "SHOWN", 2)
    failed(3)
    assert "The newest 2 of 3 are shown." in signed_in(Role.ADMINISTRATOR).get(PAGE).content.decode()


def test_mail_is_counted_by_what_became_of_it(settings):
    enqueue(send_mail, to="a@example.org", subject="s", text="t")
    give_up(enqueue(send_mail, to="b@example.org", subject="s", text="t"))
    NotificationFactory(sent_at=timezone.now())
    NotificationFactory(sent_at=timezone.now() - timedelta(days=2))
    BounceFactory(address_digest="a" * 64)
    BounceFactory(address_digest="a" * 64)
    BounceFactory(hard=False)
    OutboxMessageFactory()
    settings.EMAIL_HOST = ""
    assert operations.mail_state() == operations.MailState(1, 1, 1, 1, 1, "")
    settings.EMAIL_HOST = "mail.example.org"
    assert operations.mail_state().kept is None


def test_a_full_disk_is_said_aloud(monkeypatch):
    monkeypatch.setattr(operations.shutil, "disk_usage", lambda path: Disk(100 * 10**9, 95 * 10**9, 5 * 10**9))
    shown = signed_in(Role.ADMINISTRATOR).get(PAGE).content.decode()
    assert "5.0 GB" in shown
    assert "Less than a tenth of the disk is free." in shown
    assert operations.storage_state().database > 1_000_000
    assert [operations.size_said(size) for size in (12, 2_500, 3_000_000)] == ["12 B", "2.5 kB", "3.0 MB"]


def test_an_object_store_has_no_disk_to_run_full(monkeypatch):
    monkeypatch.setattr(operations, "default_storage", namedtuple("Store", "bucket_name")("portal-files"))
    assert operations.storage_state().files == "portal-files"
    assert operations.storage_state().is_low is False
    assert "portal-files" in signed_in(Role.ADMINISTRATOR).get(PAGE).content.decode()


def test_the_newest_backup_is_shown_and_an_old_one_is_said_aloud(monkeypatch):
    def manifest(hours: int) -> backups.Manifest:
        made = timezone.now() - timedelta(hours=hours)
        return backups.Manifest(made.isoformat(), made.isoformat(), (backups.Part("database.enc", 2_000_000, ""),))

    monkeypatch.setattr(backups, "made", lambda: [(Path("b"), manifest(2)), (Path("a"), manifest(26))])
    assert (operations.backup_state().count, operations.backup_state().size) == (2, 4_000_000)
    assert operations.backup_state().is_old is False
    monkeypatch.setattr(backups, "made", lambda: [(Path("a"), manifest(27))])
    assert operations.backup_state().is_old is True
    assert "no backup of the last 26 hours" in signed_in(Role.ADMINISTRATOR).get(PAGE).content.decode()

    def broken() -> list[object]:
        raise backups.BackupProblem("no folder")

    monkeypatch.setattr(backups, "made", broken)
    assert operations.backup_state() == operations.BackupState(None, 0, 0)


def test_versions_are_those_that_run():
    found = operations.versions()
    assert found.missing == 0
    assert found.postgres.split(".")[0] in {"15", "16", "17", "18"}
    assert found.django.startswith("5.2.")


def test_a_failed_job_waits_for_the_administrator():
    administrator = person(Role.ADMINISTRATOR)
    assert list(jobs_that_failed(administrator)) == []
    failed(2)
    assert [need.text for need in jobs_that_failed(administrator)] == ["2 background jobs have failed"]
    assert list(jobs_that_failed(person(Role.TEAM))) == []


def test_the_demonstration_has_one_failed_job_however_often_it_is_loaded():
    load_demo()
    load_demo()
    assert statuses() == ["failed"]
    assert state().failed == 1


def test_the_page_in_welsh_says_what_it_says_in_english():
    failed()
    shown = signed_in(Role.ADMINISTRATOR).get("/cy/gweithrediadau/").content.decode()
    assert "Sut mae’r porth yn rhedeg" in shown
    assert "Rhoi cynnig arall arni" in shown

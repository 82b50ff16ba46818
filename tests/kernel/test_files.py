"""The store of files, a folder or a bucket on a real server: what it keeps, and what happens while it is away."""

import threading
from contextlib import nullcontext
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from tests.buckets import content, names
from tests.factories.kernel import ExportFactory
from tests.factories.people import UserFactory
from tests.walk import BACKEND
from wlga_portal.kernel import bucket as store
from wlga_portal.kernel.exports import start_export
from wlga_portal.kernel.files import FilesAway, drop_file, listed
from wlga_portal.kernel.queue import is_away, run_jobs
from wlga_portal.kernel.service_models import Export

from . import test_exports

pytestmark = pytest.mark.django_db
SOURCE = "tests.people"  # registered by test_exports
assert test_exports.people_seen_by


@pytest.fixture
def folder(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.MEDIA_ROOT.mkdir()
    return settings.MEDIA_ROOT


@pytest.fixture(params=["folder", "bucket"])
def either(request):
    """Each store in turn."""
    return request.getfixturevalue(request.param)


def test_two_files_of_one_name_do_not_write_over_each_other(either):
    first = default_storage.save("imports/a.csv", ContentFile(b"one"))
    second = default_storage.save("imports/a.csv", ContentFile(b"two"))
    assert first == "imports/a.csv"
    assert second != first
    assert (content(first), content(second)) == (b"one", b"two")
    assert sorted(names()) == sorted([first, second])
    assert [one.size for one in listed()] == [3, 3]


def test_a_name_that_is_not_there_is_an_answer_and_deleting_it_no_fault(either):
    with pytest.raises(FileNotFoundError):
        default_storage.open("nothing.pdf")
    assert not default_storage.exists("nothing.pdf")
    default_storage.delete("nothing.pdf")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_an_export_is_written_into_the_store_fetched_by_its_asker_alone_and_deleted(either, client, form):
    user = UserFactory(name="Ann Jones")
    export = start_export(by=user, name="People", rows_source=SOURCE, params={"name": "Ann"}, format=form)
    run_jobs()
    address = f"/en/files/{export.pk}/file/"
    client.force_login(user, backend=BACKEND)
    answer = client.get(address)
    assert answer.status_code == 200
    assert "attachment" in answer.headers["Content-Disposition"]
    assert b"".join(answer.streaming_content) == content(*names())
    client.force_login(UserFactory(), backend=BACKEND)
    assert client.get(address).status_code == 404
    with transaction.atomic():
        drop_file(Export.objects.get(pk=export.pk).file)
    run_jobs()
    assert names() == []


def test_a_file_goes_with_the_transaction_that_ends_its_row_or_stays_with_it(folder):
    made = ExportFactory()
    made.file.save("a.csv", ContentFile(b"a"))

    def give_up() -> None:
        with transaction.atomic():
            drop_file(made.file)
            raise ValueError

    with pytest.raises(ValueError):
        give_up()
    assert run_jobs() == []
    assert names() == [made.file.name]
    drop_file(ExportFactory().file)  # not made yet: there is nothing to delete
    assert run_jobs() == []


@pytest.mark.parametrize("ails", ["stopped", "silent", "refusing"])
def test_a_bucket_that_is_not_there_is_silent_or_refuses_is_away_and_afterwards_as_it_was(bucket, ails):
    default_storage.save("kept.pdf", ContentFile(b"kept"))
    with getattr(bucket, ails)():
        for ask in (
            lambda: default_storage.open("kept.pdf"),
            lambda: default_storage.save("new.pdf", ContentFile(b"new")),
            lambda: default_storage.exists("kept.pdf"),
            lambda: default_storage.size("kept.pdf"),
            lambda: default_storage.delete("kept.pdf"),
            names,
        ):
            with pytest.raises(FilesAway) as caught:
                ask()
            assert is_away(caught.value)
            assert caught.value.why.startswith("The store of files is away: ")
    assert names() == ["kept.pdf"]
    assert content("kept.pdf") == b"kept"


def test_a_folder_that_was_not_mounted_or_may_not_be_read_is_away(folder, monkeypatch):
    default_storage.save("kept.pdf", ContentFile(b"kept"))
    aside = folder.rename(folder.with_suffix(".aside"))
    with pytest.raises(FilesAway):
        default_storage.open("kept.pdf")
    folder.write_text("not a folder")
    with pytest.raises(FilesAway):
        default_storage.open("kept.pdf")
    with pytest.raises(FilesAway):
        default_storage.save("new.pdf", ContentFile(b"new"))
    folder.unlink()
    aside.rename(folder)
    monkeypatch.setattr("django.core.files.storage.filesystem.open", deny, raising=False)
    with pytest.raises(FilesAway) as caught:
        default_storage.open("kept.pdf")
    assert is_away(caught.value)
    monkeypatch.undo()
    assert content("kept.pdf") == b"kept"


def deny(*_args: Any, **_options: Any) -> None:
    raise PermissionError("Permission denied")


def test_a_silent_bucket_is_asked_by_one_at_a_time_and_everybody_else_is_refused_at_once(bucket, monkeypatch):
    default_storage.save("kept.pdf", ContentFile(b"kept"))
    monkeypatch.setattr(store, "REST", 3600.0)
    with bucket.silent():
        with pytest.raises(FilesAway):
            default_storage.exists("kept.pdf")
        assert bucket.asked == store.TRIES
        for _number in range(20):
            with pytest.raises(FilesAway):
                default_storage.exists("kept.pdf")
        assert bucket.asked == store.TRIES
        default_storage.silent_until = 1.0  # the rest is over
        faults: list[str] = []
        threads = [threading.Thread(target=ask, args=(faults,)) for _number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(faults) == 8
        assert bucket.asked == 2 * store.TRIES
    default_storage.silent_until = 1.0
    assert content("kept.pdf") == b"kept"
    assert default_storage.silent_until == 0.0


def ask(faults: list[str]) -> None:
    try:
        default_storage.exists("kept.pdf")
    except FilesAway as error:
        faults.append(error.why)


def test_a_question_to_a_bucket_ends_within_seconds(bucket, monkeypatch):
    monkeypatch.undo()
    said = store.Bucket(bucket_name="portal-files").connection.meta.client.meta.config
    assert (said.connect_timeout, said.read_timeout, said.retries["total_max_attempts"]) == (2, 8, 2)
    assert said.signature_version == "s3v4"


def test_what_is_read_from_a_bucket_has_come_whole_before_anything_is_sent_on(bucket):
    large = b"a" * (store.IN_MEMORY + 1)
    default_storage.save("large.pdf", ContentFile(large))
    with default_storage.open("large.pdf") as opened, bucket.stopped():
        assert opened.read() == large


@pytest.mark.parametrize("name", ["folder", "bucket"])
def test_an_export_waits_in_the_queue_until_its_store_is_back(request, name, client):
    place = request.getfixturevalue(name)
    user = UserFactory(name="Ann Jones")
    export = start_export(by=user, name="People", rows_source=SOURCE, params={"name": "Ann"})
    away = place.stopped() if name == "bucket" else nullcontext()
    if name == "folder":
        place.rmdir()
        place.write_text("not a folder")
    with away:
        assert [ran.status for ran in run_jobs(swallow=True)] == ["todo"]
        client.force_login(user, backend=BACKEND)
        assert client.get(f"/en/files/{export.pk}/").status_code == 200
    if name == "folder":
        place.unlink()
        place.mkdir()
    assert [ran.status for ran in run_jobs(ahead=True)] == ["succeeded"]
    assert b"Ann Jones" in b"".join(client.get(f"/en/files/{export.pk}/file/").streaming_content)

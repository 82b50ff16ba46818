"""The store of files where `PORTAL_S3_BUCKET` names a bucket: S3, or what speaks like it.

A bucket that is silent must not hold the threads of the web server. Each question ends within seconds; after one that
went unanswered the next ones are refused at once, but for one each `REST` seconds that looks whether it is back.
"""

import contextlib
import threading
import time
from collections.abc import Iterator
from typing import Any

from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from s3transfer.exceptions import RetriesExceededError
from storages.backends.s3 import S3Storage
from urllib3.exceptions import HTTPError

from .files import Asked, FilesAway, Stored

CONNECT = 2  # seconds
SILENT = 8  # seconds without a byte, in either direction
TRIES = 2
REST = 5.0  # seconds
IN_MEMORY = 2 * 1024 * 1024  # bytes of a file that is served; a larger one passes through the disk
GONE = {"404", "NoSuchKey"}
ONE_AT_A_TIME = threading.Lock()
UNANSWERED = (BotoCoreError, Boto3Error, RetriesExceededError, HTTPError, OSError)


class Bucket(Asked, S3Storage):
    """Private; no name is written over; what is read has come whole before anything is sent on."""

    def __init__(self, **options: Any) -> None:
        self.silent_until = 0.0
        super().__init__(**options)

    def get_default_settings(self) -> dict[str, Any]:
        limits = Config(
            signature_version="s3v4",
            connect_timeout=CONNECT,
            read_timeout=SILENT,
            retries={"mode": "standard", "total_max_attempts": TRIES},
        )
        transfer = TransferConfig(num_download_attempts=TRIES)
        ours = {"client_config": limits, "transfer_config": transfer, "max_memory_size": IN_MEMORY}
        return {**super().get_default_settings(), **ours}

    @property
    def bucket(self) -> Any:
        """Of this thread: what boto3 makes is not for two at once."""
        return self.connection.Bucket(self.bucket_name)

    @contextlib.contextmanager
    def asked(self) -> Iterator[None]:
        self.demand_answering()
        try:
            yield
        except FileNotFoundError:
            self.silent_until = 0.0
            raise
        except ClientError as error:
            self.silent_until = 0.0
            if error.response.get("Error", {}).get("Code") in GONE:
                raise FileNotFoundError(str(error)) from error
            raise FilesAway from error
        except UNANSWERED as error:
            self.silent_until = time.monotonic() + REST
            raise FilesAway from error
        self.silent_until = 0.0

    def demand_answering(self) -> None:
        """Raises FilesAway while the bucket is silent; each time the rest is over, one may ask it."""
        with ONE_AT_A_TIME:
            now = time.monotonic()
            if now < self.silent_until:
                raise FilesAway
            if self.silent_until:
                self.silent_until = now + REST

    def _open(self, name: str, mode: str = "rb") -> Any:
        with self.asked():
            opened = S3Storage._open(self, name, mode)
            if "r" in mode:
                _ = opened.file  # brought here now: what fails later fails in the middle of an answer
            return opened

    def listed(self) -> Iterator[Stored]:
        """Every file, by name; a thousand with each question."""
        found = iter(self.bucket.objects.filter(Prefix=self.location))
        while True:
            with self.asked():
                one = next(found, None)
            if one is None:
                return
            name = one.key.removeprefix(self.location).lstrip("/")
            yield Stored(name, one.size, int(one.last_modified.timestamp() * 1_000_000_000))

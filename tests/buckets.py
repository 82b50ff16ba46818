"""A bucket on loopback that answers, is silent, refuses, or is not there; and the portal's settings for it."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import boto3
import pytest
from botocore.config import Config
from django.core.files.storage import default_storage
from moto.moto_server.werkzeug_app import MotoRequestHandler
from moto.server import ThreadedMotoServer

from wlga_portal import environment
from wlga_portal.kernel import bucket as store

NAME, REGION = "portal-files", "eu-west-2"


class Refusing(BaseHTTPRequestHandler):
    """As S3 does to a key that it does not know."""

    def answer(self) -> None:
        self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.send_response(403)
        self.send_header("Content-Length", "0")
        self.end_headers()

    do_GET = do_HEAD = do_PUT = do_DELETE = answer

    def log_message(self, *_args: Any) -> None:
        return


class Server:
    """The bucket's server on one port, whoever listens there; what was put into the bucket stays while it is away."""

    def __init__(self) -> None:
        MotoRequestHandler.protocol_version = "HTTP/1.0"  # a connection ends with its answer, and so with the server
        self.moto = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
        self.moto.start()
        self.port = self.moto.get_host_and_port()[1]
        self.moto._port = self.port
        self.asked = 0  # connections while it is silent
        self.make(NAME)

    def make(self, name: str) -> None:
        """An empty bucket. The server loads what it needs with its first answer, which may take a while."""
        boto3.client(
            "s3", endpoint_url=f"http://127.0.0.1:{self.port}", region_name=REGION,
            aws_access_key_id="key", aws_secret_access_key="secret",
        ).create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": REGION})  # fmt: skip

    def down(self) -> None:
        self.moto.stop()

    def up(self) -> None:
        self.moto.start()

    @contextmanager
    def stopped(self) -> Iterator[None]:
        self.down()
        try:
            yield
        finally:
            self.up()

    @contextmanager
    def silent(self) -> Iterator[None]:
        """Connections are taken and nothing is ever said; the portal's patience ends sooner than it would."""
        self.down()
        patient = default_storage.client_config
        impatient = patient.merge(Config(read_timeout=0.2))
        default_storage.client_config, default_storage._connections = impatient, threading.local()
        listener, kept = socket.create_server(("127.0.0.1", self.port)), []

        def take() -> None:
            while True:
                try:
                    kept.append(listener.accept()[0])
                except OSError:
                    return
                self.asked += 1

        thread = threading.Thread(target=take, daemon=True)
        thread.start()
        try:
            yield
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            listener.close()
            thread.join()
            for line in kept:
                line.close()
            default_storage.client_config, default_storage._connections = patient, threading.local()
            self.up()

    @contextmanager
    def refusing(self) -> Iterator[None]:
        self.down()
        server = ThreadingHTTPServer(("127.0.0.1", self.port), Refusing)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield
        finally:
            server.shutdown()
            server.server_close()
            thread.join()
            self.up()


def names() -> list[str]:
    """What stands in the bucket."""
    return [one.name for one in default_storage.listed()]


def content(name: str) -> bytes:
    with default_storage.open(name) as file:
        return bytes(file.read())


def use(settings: Any, monkeypatch: pytest.MonkeyPatch, server: Server, name: str = NAME) -> None:
    """As the environment of a portal says it."""
    given = {"ENDPOINT": f"http://127.0.0.1:{server.port}", "REGION": REGION, "KEY": "key", "SECRET": "secret"}
    for variable, value in given.items():
        monkeypatch.setenv(f"PORTAL_S3_{variable}", value)
    monkeypatch.setattr(store, "REST", 0.0)
    backend = {"BACKEND": "wlga_portal.kernel.bucket.Bucket", "OPTIONS": environment.bucket(name)}
    settings.STORAGES = {**settings.STORAGES, "default": backend}
    settings.S3_BUCKET = name

"""The client of ClamAV against a socket that answers as `clamd` does: clean, found, error, slow, cut off, away."""

import io
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError

from wlga_portal.kernel import scanning
from wlga_portal.kernel.scanning import PIECE, ScannerAway, Verdict, demand_clean, scan

Serve = Callable[..., list[bytes]]


class FakeClamd(threading.Thread):
    """Takes one connection, reads what is sent as INSTREAM says, and answers."""

    def __init__(self, listener: socket.socket, answer: bytes, *, pause: float = 0, stop_after: int = 0) -> None:
        super().__init__(daemon=True)
        self.listener, self.answer, self.pause, self.stop_after = listener, answer, pause, stop_after
        self.command, self.content = b"", b""
        self.start()

    def run(self) -> None:
        line, _address = self.listener.accept()
        with line, line.makefile("rb") as sent:
            self.command = sent.read(10)
            while True:
                (length,) = struct.unpack("!L", sent.read(4))
                if not length:
                    break
                self.content += sent.read(length)
                if self.stop_after and len(self.content) >= self.stop_after:
                    break
            time.sleep(self.pause)
            line.sendall(self.answer)


@pytest.fixture
def clamd(settings) -> Iterator[Callable[..., FakeClamd]]:
    """Starts a scanner that listens on a port of this machine."""
    listener = socket.create_server(("127.0.0.1", 0))
    settings.CLAMD = f"127.0.0.1:{listener.getsockname()[1]}"

    def serve(answer: bytes, **options: float) -> FakeClamd:
        return FakeClamd(listener, answer, **options)

    yield serve
    listener.close()


def test_a_clean_file_is_sent_whole_in_pieces_each_after_its_length(clamd):
    server = clamd(b"stream: OK\0")
    content = b"x" * (PIECE + 7)
    assert scan(io.BytesIO(content)) == Verdict()
    server.join(5)
    assert (server.command, server.content) == (b"zINSTREAM\0", content)


def test_what_is_found_is_named(clamd):
    clamd(b"stream: Win.Test.EICAR_HDB-1 FOUND\0")
    verdict = scan(io.BytesIO(b"bad"))
    assert (verdict.clean, verdict.found) == (False, "Win.Test.EICAR_HDB-1")


@pytest.mark.parametrize(
    "answer", [b"INSTREAM: Can't allocate memory ERROR\0", b"", b"stream: ", b"OK\0 or not\0", b"UNKNOWN COMMAND\0"]
)
def test_anything_else_is_no_verdict(clamd, answer):
    clamd(answer)
    with pytest.raises(ScannerAway, match="gave no verdict"):
        scan(io.BytesIO(b"x"))


def test_a_scanner_that_takes_too_long_is_away(clamd):
    clamd(b"stream: OK\0", pause=1)
    began = time.monotonic()
    with pytest.raises(ScannerAway, match="cannot be asked"):
        scan(io.BytesIO(b"x"), patience=0.2)
    assert time.monotonic() - began < 0.9


def test_no_time_left_is_away_too(clamd):
    with pytest.raises(ScannerAway, match="took too long"):
        scan(io.BytesIO(b"x"), patience=0)


def test_an_answer_counts_though_the_scanner_stopped_listening(clamd):
    clamd(b"INSTREAM size limit exceeded. ERROR\0", stop_after=PIECE)
    with pytest.raises(ScannerAway):
        scan(io.BytesIO(b"x" * PIECE * 40))


def test_a_scanner_that_is_not_there_is_away(settings):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings.CLAMD = f"127.0.0.1:{port}"
    with pytest.raises(ScannerAway, match="cannot be asked"):
        scan(io.BytesIO(b"x"))
    settings.CLAMD = ""
    with pytest.raises(ScannerAway, match="no scanner is set"):
        scan(io.BytesIO(b"x"))


def test_it_listens_on_a_socket_of_this_machine_too(settings, tmp_path_factory):
    path = Path(f"/tmp/fake-clamd-{time.monotonic_ns()}.ctl")
    listener = socket.socket(socket.AF_UNIX)
    listener.bind(str(path))
    listener.listen()
    settings.CLAMD = str(path)
    try:
        FakeClamd(listener, b"stream: OK\0")
        assert scan(io.BytesIO(b"x")).clean
    finally:
        listener.close()
        path.unlink()


def test_a_file_that_the_portal_reads_itself_must_be_clean_where_a_scanner_is_set(clamd, settings):
    content = io.BytesIO(b"a list")
    clamd(b"stream: OK\0")
    demand_clean(content)
    assert content.tell() == 0
    clamd(b"stream: Eicar FOUND\0")
    with pytest.raises(ValidationError, match="holds something harmful"):
        demand_clean(content)
    clamd(b"ERROR\0")
    with pytest.raises(ValidationError, match="cannot be checked for harmful content just now"):
        demand_clean(content)
    settings.CLAMD = ""
    demand_clean(content)


def test_a_verdict_without_a_name_is_still_harmful():
    assert scanning.verdict_of("stream:  FOUND").found == "unnamed"

"""Asking ClamAV (`clamd`) whether a file is harmful, in its own protocol: INSTREAM over a socket.

`settings.CLAMD` is where it listens: `host:port`, or the path of a socket. What could not be asked is never taken for
clean: `ScannerAway` is raised, and whoever keeps files keeps them closed until somebody could be asked.
"""

import socket
import struct
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

PIECE = 64 * 1024  # bytes sent at a time
LONGEST_ANSWER = 4096  # bytes
PATIENCE = 60.0  # seconds for one file, connection and answer together


class ScannerAway(Exception):
    """There is no verdict: no scanner is set, it does not answer, is too slow, or says that it could not scan."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the scanner said; `found` names what it found, '' for a clean file."""

    found: str = ""

    @property
    def clean(self) -> bool:
        return not self.found


def is_set() -> bool:
    """Whether this portal has a scanner to ask."""
    return bool(settings.CLAMD)


def scan(content: IO[bytes], *, patience: float = PATIENCE) -> Verdict:
    """Send all of `content` and give the verdict. Raises ScannerAway."""
    if not is_set():
        raise ScannerAway("no scanner is set (PORTAL_CLAMD)")
    until = time.monotonic() + patience
    try:
        with connected(until) as line:
            send(line, content, until)
            answer = reply(line, until)
    except OSError as error:
        raise ScannerAway(f"the scanner cannot be asked: {error}") from error
    return verdict_of(answer)


@contextmanager
def connected(until: float) -> Iterator[socket.socket]:
    """A connection to the scanner, by TCP or by a socket of this machine."""
    address: str = settings.CLAMD
    host, colon, port = address.rpartition(":")
    by_path = address.startswith("/") or not colon
    with socket.socket(socket.AF_UNIX) if by_path else socket.create_connection((host, int(port)), left(until)) as line:
        line.settimeout(left(until))
        if by_path:
            line.connect(address)
        yield line


def left(until: float) -> float:
    """The seconds that are left. Raises TimeoutError."""
    seconds = until - time.monotonic()
    if seconds <= 0:
        raise TimeoutError("it took too long")
    return seconds


def send(line: socket.socket, content: IO[bytes], until: float) -> None:
    """The content in pieces, each after its length; an empty one ends it.

    A scanner that has seen enough stops listening; its answer, if there is one, still counts.
    """
    try:
        line.sendall(b"zINSTREAM\0")
        while piece := content.read(PIECE):
            line.settimeout(left(until))
            line.sendall(struct.pack("!L", len(piece)) + piece)
        line.sendall(struct.pack("!L", 0))
    except (BrokenPipeError, ConnectionResetError):
        return


def reply(line: socket.socket, until: float) -> str:
    """What it answers, to the zero byte."""
    found = b""
    while not found.endswith(b"\0") and len(found) < LONGEST_ANSWER:
        line.settimeout(left(until))
        piece = line.recv(LONGEST_ANSWER)
        if not piece:
            break
        found += piece
    return found.rstrip(b"\0").decode("utf-8", "replace").strip()


def verdict_of(answer: str) -> Verdict:
    """`stream: OK`, `stream: Eicar-Test-Signature FOUND`; anything else is no verdict."""
    said = answer.removeprefix("stream: ")
    if said == "OK":
        return Verdict()
    if said.endswith(" FOUND"):
        return Verdict(said.removesuffix(" FOUND")[:120] or "unnamed")
    raise ScannerAway(f"the scanner gave no verdict: {answer[:200]!r}")


def demand_clean(content: IO[bytes]) -> None:
    """For a file that the portal reads at once and gives to nobody: where a scanner is set, it must find nothing.

    Raises ValidationError with a sentence, also when the scanner is away. Without a scanner nothing is asked: such
    files are read by the portal alone, part by part.
    """
    if not is_set():
        return
    try:
        verdict = scan(content)
    except ScannerAway as error:
        raise ValidationError(
            _("The file cannot be checked for harmful content just now. Try again later."), code="scanner_away"
        ) from error
    finally:
        content.seek(0)
    if not verdict.clean:
        raise ValidationError(_("The file holds something harmful and was not taken."), code="harmful")

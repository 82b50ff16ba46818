"""A file that is compressed and encrypted while it is written, and checked while it is read.

Pieces of 1 MiB, each under AES-256-GCM with its own number: a piece that is changed, left out, put elsewhere or cut off
at the end is noticed. Form: 8 bytes that begin each nonce, then of each piece its length (4 bytes) and its bytes; the
last piece is marked in what is authenticated with it.
"""

import secrets
import zlib
from pathlib import Path
from types import TracebackType
from typing import Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

KEY_BYTES = 32
PIECE = 1024 * 1024
PREFIX = 8
MORE, LAST = b"more", b"last"


class Broken(Exception):
    """It is not what was written under this key."""


class Sealed:
    """Writes."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.stream, self.cipher, self.prefix = path.open("xb"), AESGCM(key), secrets.token_bytes(PREFIX)
        self.deflate, self.waiting, self.number = zlib.compressobj(1), bytearray(), 0
        self.stream.write(self.prefix)

    def write(self, data: bytes) -> int:
        self.waiting += self.deflate.compress(data)
        while len(self.waiting) > PIECE:
            self.piece(MORE)
        return len(data)

    def piece(self, mark: bytes) -> None:
        nonce = self.prefix + self.number.to_bytes(4, "big")
        sealed = self.cipher.encrypt(nonce, bytes(self.waiting[:PIECE]), mark)
        self.stream.write(len(sealed).to_bytes(4, "big") + sealed)
        del self.waiting[:PIECE]
        self.number += 1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if kind is None:
            self.waiting += self.deflate.flush()
            while len(self.waiting) > PIECE:
                self.piece(MORE)
            self.piece(LAST)
        self.stream.close()


class Opened:
    """Reads. Raises Broken as soon as something is not as it was written."""

    def __init__(self, path: Path, key: bytes) -> None:
        self.stream, self.cipher = path.open("rb"), AESGCM(key)
        self.prefix = self.stream.read(PREFIX)
        self.inflate, self.ready, self.number, self.ended = zlib.decompressobj(), bytearray(), 0, False

    def read(self, size: int = -1) -> bytes:
        while not self.ended and (size < 0 or len(self.ready) < size):
            self.piece()
        found = bytes(self.ready if size < 0 else self.ready[:size])
        del self.ready[: len(found)]
        return found

    def piece(self) -> None:
        length = int.from_bytes(self.stream.read(4), "big")
        sealed = self.stream.read(length)
        last = not self.stream.peek(1)
        nonce = self.prefix + self.number.to_bytes(4, "big")
        try:
            opened = self.cipher.decrypt(nonce, sealed, LAST if last else MORE)
            self.ready += self.inflate.decompress(opened)
        except (InvalidTag, ValueError, zlib.error):
            raise Broken from None
        self.number, self.ended = self.number + 1, last

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.stream.close()

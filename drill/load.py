"""Readers and writers at work while something breaks: each request on a connection of its own."""

import http.client
import re
import threading
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

from .ground import Ground

READ = ("/en/", "/cy/", "/en/projects/", "/en/fund/", "/en/board/papers/", "/en/training/")
FORM = "/en/was-this-page-clear/"
PATIENCE_S = 60
TOKEN = "d" * 32  # against forged forms, of the writers of this run
HEADERS = {
    "Cookie": f"portal_csrf={TOKEN}", "Content-Type": "application/x-www-form-urlencoded", "Connection": "close",
}  # fmt: skip


def say(ground: Ground, words: str, path: str = FORM) -> tuple[int, str]:
    """Say something of a page, or send another form, once: status, and where it leads or the page."""
    form = urlencode({"csrfmiddlewaretoken": TOKEN, "path": "/en/", "clear": "no", "comment": words})
    connection = http.client.HTTPConnection("127.0.0.1", ground.port, timeout=30)
    try:
        connection.request("POST", path, form, HEADERS)
        answer = connection.getresponse()
        return answer.status, answer.headers.get("Location") or answer.read().decode(errors="replace")
    except (OSError, http.client.HTTPException):
        return 0, ""
    finally:
        connection.close()


@dataclass
class Load:
    """`requests`: when each was asked, how long it took in seconds, and what came of it ("" for what was meant)."""

    ground: Ground
    readers: int = 4
    writers: int = 4
    pause: float = 0.02
    requests: list[tuple[float, float, str]] = field(default_factory=list)
    acknowledged: list[str] = field(default_factory=list)
    sent: set[str] = field(default_factory=set)

    def __enter__(self) -> "Load":
        self.stop = threading.Event()
        status, page = self.ground.get(FORM)
        found = re.search(r'name="(csrf\w+)"', page)
        if status != 200 or not found:
            raise RuntimeError(f"{FORM}: {status}")
        self.threads = [
            *(threading.Thread(target=self.reader, args=(number,)) for number in range(self.readers)),
            *(threading.Thread(target=self.writer, args=(number,)) for number in range(self.writers)),
        ]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join()

    def one(self, method: str, path: str, body: str = "", meant: int = 200) -> bool:
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", self.ground.port, timeout=PATIENCE_S)
        try:
            connection.request(method, path, body or None, HEADERS)
            answer = connection.getresponse()
            answer.read()
            said = "" if answer.status == meant else str(answer.status)
        except (OSError, http.client.HTTPException) as error:
            said = type(error).__name__
        finally:
            connection.close()
        self.requests.append((began, time.monotonic() - began, said))
        return not said

    def reader(self, number: int) -> None:
        while not self.stop.wait(self.pause):
            self.one("GET", READ[number % len(READ)])
            number += 1

    def writer(self, number: int) -> None:
        """What somebody says of a page: a row for each, which is acknowledged by leading to the page of thanks."""
        turn = 0
        while not self.stop.wait(self.pause):
            turn += 1
            words = f"drill {id(self)} {number} {turn}"
            self.sent.add(words)
            form = {"csrfmiddlewaretoken": TOKEN, "path": "/en/", "clear": "no", "comment": words}
            if self.one("POST", FORM, urlencode(form), meant=302):
                self.acknowledged.append(words)

    # --- What came of it
    def failed(self, since: float = 0, until: float = float("inf")) -> list[tuple[float, str]]:
        return [(at, said) for at, _took, said in self.requests if said and since <= at < until]

    def kinds(self) -> str:
        """What the requests that failed got, in words."""
        return ", ".join(sorted({said for _at, said in self.failed()})) or "none"

    def lost(self) -> int:
        """How many acknowledged writes are not there."""
        kept = {row[0] for row in self.ground.ask("SELECT comment FROM programme_pagefeedback")}
        return len(set(self.acknowledged) - kept)

    def slowest(self) -> float:
        return max(took for _at, took, _said in self.requests)

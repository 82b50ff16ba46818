"""Readers and writers before two web servers: what one does not answer, the other is asked, as a load balancer does."""

import http.client
import re
import threading
import time
from typing import Any
from urllib.parse import urlencode

READ = ("/en/", "/cy/", "/en/projects/", "/en/fund/", "/en/board/papers/", "/en/training/", "/cy/cynghorau/")
SETTINGS, FEEDBACK = "/en/messages/by-mail/", "/en/was-this-page-clear/"
TOKEN = "d" * 32  # against forged forms, of the writers of this run
PEOPLE = ("team", "secretariat")
CHOICES = ("now", "daily", "none")


class Balanced:
    """`requests`: when each was asked, how long it took, whether it was answered. `stale`: own writes not seen."""

    def __init__(self, ports: list[int], readers: int = 4) -> None:
        self.ports, self.readers, self.turn = ports, readers, 0
        self.requests: list[tuple[float, float, bool]] = []
        self.acknowledged: list[tuple[float, str]] = []
        self.checked = self.stale = 0

    def __enter__(self) -> "Balanced":
        self.stop = threading.Event()
        self.threads = [
            *(threading.Thread(target=self.read, args=(number,)) for number in range(self.readers)),
            *(threading.Thread(target=self.choose, args=(person,)) for person in PEOPLE),
            threading.Thread(target=self.say),
        ]
        for thread in self.threads:
            thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self.stop.set()
        for thread in self.threads:
            thread.join()

    def send(
        self, method: str, path: str, cookies: dict[str, str], form: dict[str, str] | None = None
    ) -> tuple[int, str]:
        """Status and page from whichever web server answers; 0 where none does. Keeps the cookies."""
        self.turn += 1
        began, first = time.monotonic(), self.turn % 2
        status, page = 0, ""
        for port in (self.ports[first], self.ports[1 - first]):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
            try:
                body = urlencode({"csrfmiddlewaretoken": TOKEN, **(form or {})}) if method == "POST" else None
                known = "; ".join(f"{name}={value}" for name, value in {"portal_csrf": TOKEN, **cookies}.items())
                headers = {"Cookie": known, "Content-Type": "application/x-www-form-urlencoded", "Connection": "close"}
                connection.request(method, path, body, headers)
                answer = connection.getresponse()
                status, page = answer.status, answer.read().decode(errors="replace")
                for name, said in answer.getheaders():
                    if name.lower() == "set-cookie":
                        self.keep(cookies, said)
                break
            except (OSError, http.client.HTTPException):
                continue
            finally:
                connection.close()
        self.requests.append((began, time.monotonic() - began, status in {200, 302}))
        return status, page

    @staticmethod
    def keep(cookies: dict[str, str], said: str) -> None:
        name, _, value = said.partition(";")[0].partition("=")
        if name == "portal_csrf":
            return
        if value.strip('"'):
            cookies[name] = value
        else:
            cookies.pop(name, None)

    def read(self, number: int) -> None:
        while not self.stop.wait(0.02):
            number += 1
            self.send("GET", READ[number % len(READ)], {})

    def choose(self, person: str) -> None:
        """A person changes a choice and looks at it at once, on the other web server."""
        cookies: dict[str, str] = {}
        turn = 0
        while not self.stop.wait(0.05):
            if "portal_session" not in cookies:
                self.send("POST", "/en/demo/sign-in/", cookies, {"person": person})
                continue
            turn += 1
            wanted = CHOICES[turn % len(CHOICES)]
            groups = set(re.findall(r'name="(group_\w+)"', self.send("GET", SETTINGS, cookies)[1]))
            if not groups or self.send("POST", SETTINGS, cookies, dict.fromkeys(groups, wanted))[0] != 302:
                continue
            status, page = self.send("GET", SETTINGS, cookies)
            if status == 200:
                self.checked += 1
                seen = [tag for tag in re.findall(r"<input[^>]*>", page) if 'type="radio"' in tag and " checked" in tag]
                self.stale += any(f'value="{wanted}"' not in tag for tag in seen) or len(seen) != len(groups)

    def say(self) -> None:
        """A row for each word about a page, acknowledged by leading to the page of thanks."""
        number = 0
        while not self.stop.wait(0.03):
            number += 1
            words = f"scale {id(self)} {number}"
            if self.send("POST", FEEDBACK, {}, {"path": "/en/", "clear": "no", "comment": words})[0] == 302:
                self.acknowledged.append((time.monotonic(), words))

    # --- What came of it
    def failed(self, since: float) -> int:
        return sum(1 for at, _took, good in self.requests if at >= since and not good)

    def wrote_since(self, moment: float) -> bool:
        return bool(self.acknowledged) and self.acknowledged[-1][0] > moment

    def lost(self, pair: Any) -> int:
        """How many acknowledged writes the new primary does not have."""
        kept = set(pair.asked(1, "SELECT array_agg(comment) FROM programme_pagefeedback") or ())
        return len({words for _at, words in self.acknowledged} - kept)

"""What the portal needs beside its database is away for a while: mail server, identity provider, scanner, files."""

import json
import socket
import threading
import time
from collections.abc import Iterator

from drill.ground import Ground, free_port, wait_for
from drill.load import READ, say

from . import Result

DRAIN_S = 300  # until what waited is done, from the moment that the server is back
AWAY_S = 20.0


class Scanner:
    """Answers as `clamd` does that nothing was found, once it is up."""

    def __init__(self) -> None:
        self.port, self.asked = free_port(), 0
        self.listener: socket.socket | None = None

    def up(self) -> None:
        self.listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        while self.listener:
            try:
                line, _ = self.listener.accept()
            except OSError:
                return
            with line:
                said = b""
                while not said.endswith(b"\0\0\0\0"):
                    said += line.recv(65536)
                self.asked += 1
                line.sendall(b"stream: OK\0")

    def down(self) -> None:
        if self.listener:
            self.listener.close()
            self.listener = None


def drill(short: bool) -> Iterator[Result]:
    scanner = Scanner()
    with Ground(PORTAL_CLAMD=f"127.0.0.1:{scanner.port}") as ground:
        ground.web()
        ground.worker()
        yield mail(ground)
        if not short:
            yield clamd(ground, scanner)
            yield files(ground)
            yield provider(ground)
    scanner.down()


def reading(ground: Ground) -> int:
    """How many of the public pages cannot be read."""
    return sum(ground.status(path) != 200 for path in READ)


def read(unread: int) -> str:
    return f"{len(READ) - unread} of {len(READ)} pages read meanwhile"


def mail(ground: Ground) -> Result:
    ground.mail.down()
    written = ground.notify(20)
    time.sleep(AWAY_S)
    unread, waiting = reading(ground), ground.jobs()
    ground.mail.up()
    took = wait_for(lambda: ground.jobs() == 0, DRAIN_S, "the mails")
    taken = {int(name[2:].partition(".")[0]) for _at, name in ground.mail.taken}
    lost = set(written) - taken
    return Result(
        f"the mail server away for {AWAY_S:.0f} s",
        not unread and not lost and waiting == 20 and not ground.failed(),
        f"{len(lost)} of {len(written)} mails",
        f"{read(unread)}; {waiting} mails waited and were sent after {took:.0f} s",
    )


def clamd(ground: Ground, scanner: Scanner) -> Result:
    ground.run_rows("attach", "5")
    time.sleep(AWAY_S)
    unread, waiting = reading(ground), scans(ground)
    scanner.up()
    took = wait_for(lambda: not scans(ground), DRAIN_S, "the scans")
    return Result(
        f"the scanner away for {AWAY_S:.0f} s",
        not unread and waiting == 5 and scanner.asked == 5 and not ground.failed(),
        "no file",
        f"{read(unread)}; {waiting} files stayed closed and were opened after {took:.0f} s",
    )


def scans(ground: Ground) -> int:
    return int(ground.ask("SELECT count(*) FROM fund_attachment WHERE name LIKE 'drill%' AND scan = 'waiting'")[0][0])


def files(ground: Ground) -> Result:
    """In place of the folder stands something else, as where a disk was not mounted."""
    folder, aside = ground.var / "files", ground.var / "files.aside"
    folder.rename(aside)
    folder.write_text("not a folder")
    number = json.loads(ground.run_rows("export", "1"))
    time.sleep(AWAY_S)
    unread, before = reading(ground), export(ground, number)
    folder.unlink()
    aside.rename(folder)
    took = wait_for(lambda: export(ground, number) == "done", DRAIN_S, "the export")
    return Result(
        f"the store of files away for {AWAY_S:.0f} s",
        not unread and before != "failed" and not ground.failed(),
        "no file",
        f"{read(unread)}; an export waited and was made after {took:.0f} s",
    )


def export(ground: Ground, number: int) -> str:
    return str(ground.ask("SELECT status FROM kernel_export WHERE id = %s", number)[0][0])


def provider(ground: Ground) -> Result:
    """A council's identity provider does not answer: its people are told, and a code by e-mail lets them in."""
    button = ground.run_rows("tenant", str(free_port())).strip()
    status, to = say(ground, "", path=button)
    unread, code = reading(ground), ground.status(to) if status == 302 else 0
    return Result(
        "an identity provider away",
        status == 302 and code == 200 and not unread,
        "nothing",
        f"{read(unread)}; its button leads to the code by e-mail ({code})",
    )

"""The background worker."""

import asyncio
import contextlib
import logging
import os
import signal
from typing import Any

import psycopg
from django.core.management.base import BaseCommand, CommandParser
from procrastinate import exceptions
from procrastinate.contrib.django import app

from wlga_portal.kernel.queue import HEARTBEAT, STALLED_AFTER

logger = logging.getLogger(__name__)

NICE = 10  # on one machine the pages go first: whoever waits for a page is there, whoever waits for a mail is not
PAUSE = 2.0  # seconds before a worker that lost the database tries again


class Command(BaseCommand):
    """Runs jobs until SIGTERM or Ctrl-C, then lets those that run end; outlives a restart of the database.

    Whoever cannot wait for a long job may kill the worker: the next one takes the job over.
    """

    help = "Run the background jobs: messages, exports, digests."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--concurrency", type=int, default=2, help="jobs at the same time (default 2)")
        parser.add_argument("--once", action="store_true", help="end when no job is due")

    def handle(self, *args: Any, concurrency: int, once: bool, **options: Any) -> None:
        os.nice(NICE)
        asyncio.run(self.work(concurrency, once))

    async def work(self, concurrency: int, once: bool) -> None:
        stopping = asyncio.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            asyncio.get_running_loop().add_signal_handler(number, stopping.set)
        while not stopping.is_set():
            try:
                await self.run_worker(stopping, concurrency, once)
            except (psycopg.Error, exceptions.ConnectorException, OSError) as error:
                logger.warning("The worker lost the database (%s) and tries again.", error)
            if once:
                return
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(stopping.wait(), PAUSE)

    async def run_worker(self, stopping: asyncio.Event, concurrency: int, once: bool) -> None:
        """One worker with its own connections, until it ends or is told to stop."""
        with app.replace_connector(app.connector.get_worker_connector()):  # type: ignore[attr-defined]  # Django's has it
            async with app.open_async():
                worker = asyncio.create_task(
                    app.run_worker_async(
                        wait=not once,
                        concurrency=concurrency,
                        delete_jobs="successful",
                        install_signal_handlers=False,
                        update_heartbeat_interval=HEARTBEAT,
                        stalled_worker_timeout=STALLED_AFTER,
                    )
                )
                told = asyncio.create_task(stopping.wait())
                await asyncio.wait({worker, told}, return_when=asyncio.FIRST_COMPLETED)
                told.cancel()
                if not worker.done():
                    worker.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await worker

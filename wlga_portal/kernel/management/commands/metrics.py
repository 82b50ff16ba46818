"""For operators: the figures for Prometheus, on a port of their own."""

import logging
import signal
import threading
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, make_server

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import close_old_connections

from wlga_portal.kernel import metrics_page

logger = logging.getLogger(__name__)


class Quiet(WSGIRequestHandler):
    """Prometheus asks every few seconds: no line for each."""

    timeout = 10

    def log_message(self, *_words: Any) -> None:
        return


class Command(BaseCommand):
    """Runs until SIGTERM or Ctrl-C, beside the web server and on the same machine: it reads the same folder."""

    help = "Serve /metrics for Prometheus on PORTAL_METRICS_LISTEN and PORTAL_METRICS_PORT."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.METRICS_PORT:
            raise CommandError("Set PORTAL_METRICS_PORT, for this command and for the web server.")
        answer = metrics_page.application()

        def application(environ: Any, start_response: Any) -> Any:
            try:
                return answer(environ, start_response)
            finally:
                close_old_connections()

        try:
            server = make_server(settings.METRICS_LISTEN, settings.METRICS_PORT, application, handler_class=Quiet)
        except OSError as error:
            raise CommandError(f"Port {settings.METRICS_PORT} cannot be used: {error.strerror}.") from error
        with server:
            if threading.current_thread() is threading.main_thread():
                for number in (signal.SIGTERM, signal.SIGINT):
                    signal.signal(number, lambda *_: threading.Thread(target=server.shutdown).start())
            self.stdout.write(f"Figures at http://{settings.METRICS_LISTEN}:{settings.METRICS_PORT}{metrics_page.PATH}")
            server.serve_forever()

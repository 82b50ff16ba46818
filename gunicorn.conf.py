"""The web server. Never `preload_app`: a connection pool made before the fork hangs in the workers."""

import gc
import os
import sys
from pathlib import Path
from typing import Any

from gunicorn.glogging import Logger

from wlga_portal.kernel.log_lines import JSONLines

_host = os.environ.get("PORTAL_LISTEN", "").strip() or "127.0.0.1"
bind = f"{f'[{_host}]' if ':' in _host else _host}:{os.environ.get('PORT', '').strip() or 8000}"
worker_class = "gthread"
workers = int(os.environ.get("PORTAL_WORKERS", "").strip() or 2)
# Those that have a connection of the pool, those that may wait for one, and two that answer the probes in any case.
threads = 5 * int(os.environ.get("PORTAL_POOL", "").strip() or 8) + 2
preload_app = False
timeout = 60
graceful_timeout = 12
keepalive = 5
# A slow leak in a library ends with its worker; the spread keeps the workers from ending together.
max_requests = 20_000
max_requests_jitter = 2_000
# The heartbeat's file in memory: on a busy disk a worker would seem dead.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() and os.access("/dev/shm", os.W_OK) else None  # noqa: S108
control_socket_disable = True
accesslog = None  # the portal writes its own line for each request (wlga_portal.kernel.logs)
errorlog = "-"
_local = _host in {"127.0.0.1", "localhost", "::1"}
_json = (os.environ.get("PORTAL_LOG", "").strip() or ("line" if _local else "json")) == "json"  # as the settings say


class Lines(Logger):
    """The server's own lines in the form of the portal's: one collector reads both."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        if _json:
            for handler in self.error_log.handlers:
                handler.setFormatter(JSONLines())


logger_class = Lines
metrics_dir = Path(os.environ.get("PORTAL_VAR", "").strip() or "var") / "metrics"
forwarded_allow_ips = os.environ.get("PORTAL_PROXIES", "").strip() or "127.0.0.1"


def post_worker_init(worker: Any) -> None:
    """Threads take turns often. What was loaded at the start lives as long as the worker: no collection of garbage
    needs to look at it again.

    A page makes some ten thousand short-lived objects: at Python's threshold of 700, collecting took a tenth of its
    time.
    """
    # A page that comes back from one of its queries waits this long at most for another page's computing. At Python's
    # own 5 ms a save with fifty queries waits a quarter of a second where somebody else's page is being drawn.
    sys.setswitchinterval(0.0005)
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def child_exit(server: Any, worker: Any) -> None:
    """What a worker counted stays; what it held (connections) is no more."""
    if os.environ.get("PORTAL_METRICS_PORT", "").strip() not in {"", "0"}:
        for left in metrics_dir.glob(f"gauge_live*_{worker.pid}.db"):
            left.unlink(missing_ok=True)


def on_starting(server: Any) -> None:
    """Figures of an earlier start go.

    The settings know `PORTAL_LISTEN` alone: a `--bind` that takes a demonstration further is refused here."""
    for left in metrics_dir.glob("*.db"):
        left.unlink(missing_ok=True)
    if os.environ.get("PORTAL_DEMO", "").strip().lower() in {"", "0", "no", "off", "false"}:
        return
    for address in server.cfg.address:
        if isinstance(address, tuple) and address[0] not in {"127.0.0.1", "localhost", "::1"}:
            raise SystemExit(f"PORTAL_DEMO lets anybody sign in as anybody: {address[0]} is not a loopback address.")

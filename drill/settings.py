"""The portal's own settings, with the drill's message. Who writes for the drill is counted as ever, never refused."""

from wlga_portal.settings import *  # noqa: F403  all of them, as production has them

INSTALLED_APPS = ["drill", *INSTALLED_APPS]  # noqa: F405  from the line above
MIDDLEWARE = [
    "bench.limits.Unrefused" if name == "accounts.middleware.LimitsMiddleware" else name
    for name in MIDDLEWARE  # noqa: F405  likewise
]

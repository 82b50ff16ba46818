"""The portal's own settings, with the two yardsticks beside its pages."""

from wlga_portal.settings import *  # noqa: F403  all of them, as production has them

ROOT_URLCONF = "bench.urls"
INSTALLED_APPS = ["bench", *INSTALLED_APPS]  # noqa: F405  from the line above
# one measured person asks far more often than a person may: counted as ever, never refused
MIDDLEWARE = [
    "bench.limits.Unrefused" if name == "accounts.middleware.LimitsMiddleware" else name
    for name in MIDDLEWARE  # noqa: F405  likewise
]
SECOND_STEP = False  # the measured people are signed in by their sessions alone

"""All configuration of the portal, read once from the environment (docs/configuration.md lists it)."""

import os
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import csp.constants as csp
import django_stubs_ext
from django.core.exceptions import ImproperlyConfigured
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from . import environment as env
from .kernel import postgres

django_stubs_ext.monkeypatch()

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = Path(env.text("PORTAL_VAR", str(BASE_DIR / "var")))

# --- What kind of start this is -------------------------------------------------------------------
DEBUG = False  # the error pages are the portal's own, always
LISTEN = env.text("PORTAL_LISTEN", "127.0.0.1")
LOOPBACK = LISTEN in {"127.0.0.1", "localhost", "::1"}
DEMO = env.flag("PORTAL_DEMO")
if DEMO and not LOOPBACK:
    raise ImproperlyConfigured(
        f"PORTAL_DEMO lets anybody sign in as anybody, so it needs a loopback address; PORTAL_LISTEN is {LISTEN}."
    )
HTTPS = env.flag("PORTAL_HTTPS", default=not LOOPBACK)
BASE_URL = env.text("PORTAL_BASE_URL", f"http://127.0.0.1:{env.number('PORT', 8000)}").rstrip("/")
SECRET_KEY = env.text("SECRET_KEY", "only-for-a-loopback-address-" * 2 if LOOPBACK and not HTTPS else None)
# Secrets that SECRET_KEY replaced: what they sealed can still be opened (docs/operations).
SECRET_KEY_FALLBACKS = env.words("PORTAL_OLD_SECRET_KEYS")
ALLOWED_HOSTS = env.words("PORTAL_HOSTS", "127.0.0.1,localhost,[::1]" if LOOPBACK else "")
if not ALLOWED_HOSTS:
    raise ImproperlyConfigured("Set PORTAL_HOSTS to the host names that the portal answers to, separated by commas.")
CSRF_TRUSTED_ORIGINS = env.words("PORTAL_TRUSTED_ORIGINS")

# --- Applications ---------------------------------------------------------------------------------
# kernel <- organisations <- accounts <- projects <- training <- fund <- board <- programme
INSTALLED_APPS = [
    "programme",
    "board",
    "fund",
    "training",
    "projects",
    "accounts",
    "organisations",
    "wlga_portal.kernel",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.sitemaps",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.usersessions",
    "django_tables2",
    "django_filters",
    "csp",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
]

MIDDLEWARE = [
    "wlga_portal.kernel.logs.RequestLogMiddleware",
    "wlga_portal.kernel.middleware.HealthMiddleware",
    "wlga_portal.kernel.replica.ReplicaMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "wlga_portal.kernel.middleware.HeadersMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "accounts.session_middleware.SessionLimitsMiddleware",
    "wlga_portal.kernel.kept.LoginMiddleware",
    "accounts.middleware.LimitsMiddleware",
    "accounts.step_middleware.SecondStepMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "board.middleware.PersonMiddleware",
    "accounts.viewing.ViewingMiddleware",
    "wlga_portal.kernel.middleware.FilesMiddleware",
    "wlga_portal.kernel.middleware.PrivateCacheMiddleware",
]

ROOT_URLCONF = "wlga_portal.urls"
WSGI_APPLICATION = "wlga_portal.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": False,
        "OPTIONS": {
            "loaders": [
                (
                    "django.template.loaders.cached.Loader",
                    [
                        "django.template.loaders.filesystem.Loader",
                        "django.template.loaders.app_directories.Loader",
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wlga_portal.kernel.context.portal",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "wlga_portal.kernel.templatetags.kernel",
            ],
        },
    }
]
FORM_RENDERER = "wlga_portal.kernel.forms.PortalRenderer"

# --- Database -------------------------------------------------------------------------------------
# The application's role does everything but migrations and erasure, which the owner does.
APP_DATABASE = env.database("DATABASE_URL", env.text("DATABASE_URL", postgres.url("portal_app", VAR_DIR)))
OWNER_DATABASE = env.database(
    "DATABASE_OWNER_URL", env.text("DATABASE_OWNER_URL", postgres.url("portal_owner", VAR_DIR))
)
AS_OWNER = env.flag("PORTAL_AS_OWNER", default=len(sys.argv) > 1 and sys.argv[1] == "migrate")
POOL_SIZE = 0 if AS_OWNER else env.number("PORTAL_POOL", 8)  # connections of one process; 0: none are kept
DATABASES: dict[str, dict[str, Any]] = {"default": dict(OWNER_DATABASE if AS_OWNER else APP_DATABASE)}
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if POOL_SIZE:
    # A short reconnect_timeout: the next request tries anew, instead of waiting out the pool's growing pauses (18 s).
    # Four times as many may wait as are served; the next is told at once, by the page for a lost database.
    pool = {"min_size": 1, "max_size": POOL_SIZE, "max_waiting": 4 * POOL_SIZE, "timeout": 5, "reconnect_timeout": 3}
    DATABASES["default"]["OPTIONS"] = {**DATABASES["default"]["OPTIONS"], "pool": pool}
# Pages that are only read may come from a streaming replica (kernel/replica.py); never commands of the owner.
REPLICA_URL = "" if AS_OWNER else env.text("DATABASE_REPLICA_URL", " ").strip()
REPLICATED = bool(REPLICA_URL)
REPLICA_COOKIE = "__Host-portal_wrote" if HTTPS else "portal_wrote"
if REPLICATED:
    DATABASES["replica"] = env.database("DATABASE_REPLICA_URL", REPLICA_URL) | {"CONN_HEALTH_CHECKS": True}
    if POOL_SIZE:
        DATABASES["replica"]["OPTIONS"] = {**DATABASES["replica"]["OPTIONS"], "pool": dict(pool)}
    DATABASES["replica"]["TEST"] = {"MIRROR": "default"}
    DATABASE_ROUTERS = ["wlga_portal.kernel.replica.Router"]
DATABASES["default"]["TEST"] = {"NAME": env.text("PORTAL_TEST_DATABASE", "test_portal")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
PGHISTORY_APPEND_ONLY = True
PGTRIGGER_SCHEMA_EDITOR = True
PROCRASTINATE_ON_APP_READY = "wlga_portal.kernel.queue.on_app_ready"
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = "tasks"

# --- Languages ------------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("cy", "Cymraeg")]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = "wlga_portal.kernel.formats"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/London"
LANGUAGE_COOKIE_NAME = "portal_language"

# --- People ---------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
SILENCED_SYSTEM_CHECKS = [
    "auth.W004"
]  # an address is unique whatever its case: by a constraint, which the check does not see
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = reverse_lazy("account_request_login_code")
LOGIN_REDIRECT_URL = reverse_lazy("programme:front")
ACCOUNT_ADAPTER = "accounts.adapters.AccountAdapter"
SOCIALACCOUNT_ADAPTER = "accounts.adapters.TenantAccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ALLAUTH_TRUSTED_PROXY_COUNT = env.number("PORTAL_PROXY_COUNT", int(HTTPS))  # for the limits, each client's own address
ACCOUNT_EMAIL_VERIFICATION = "none"  # the code proves the address at each sign-in (docs/decisions/sign-in-codes.md)
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = False  # they count in each worker's memory; accounts.middleware counts for all workers
MFA_ADAPTER = "accounts.adapters.SecondStepAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute wrong
SECOND_STEP = env.flag("PORTAL_SECOND_STEP", default=True)
if not SECOND_STEP and not LOOPBACK:
    raise ImproperlyConfigured("PORTAL_SECOND_STEP=0 needs a loopback address: elsewhere some roles need two steps.")
SESSION_COOKIE_AGE = 4 * 3600  # without a request; each request begins the time anew, written at most every 5 minutes
SESSION_LONGEST_SECONDS = 24 * 3600  # from signing in, whatever is done meanwhile
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "programme.views.errors.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- Mail -----------------------------------------------------------------------------------------
# Only a portal on this machine alone may keep its mail in the outbox page; any other sends it.
EMAIL_HOST = env.text("EMAIL_HOST", " " if LOOPBACK else None).strip()
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "wlga_portal.kernel.outbox.EmailBackend"
)
EMAIL_PORT = env.number("EMAIL_PORT", 25)
EMAIL_HOST_USER = env.text("EMAIL_USER", " ").strip()
EMAIL_HOST_PASSWORD = env.text("EMAIL_PASSWORD", " ").strip()
EMAIL_USE_TLS = env.flag("EMAIL_TLS")
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.text("PORTAL_MAIL_FROM", "portal@example.org")
SERVER_EMAIL = DEFAULT_FROM_EMAIL

# --- Files ----------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = VAR_DIR / "files"
# Backups: where, for how many days, under which key; and what may copy the database server where it is not our own.
BACKUPS_DIR = Path(env.text("PORTAL_BACKUPS", str(VAR_DIR / "backups")))
BACKUP_DAYS = env.number("PORTAL_BACKUP_DAYS", 35)
BACKUP_KEY = env.text("PORTAL_BACKUP_KEY", " ").strip()
BACKUP_DATABASE_URL = env.text("DATABASE_BACKUP_URL", " ").strip()
# Where ClamAV listens (`host:port` or the path of its socket). Without it, files that others would open stay closed.
CLAMD = env.text("PORTAL_CLAMD", " ").strip()
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "wlga_portal.kernel.files.Folder"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
# More than one machine: the files stand in a bucket that all of them reach, and are still served by views that ask.
S3_BUCKET = env.text("PORTAL_S3_BUCKET", " ").strip()
if S3_BUCKET:
    if find_spec("storages") is None:
        raise ImproperlyConfigured("PORTAL_S3_BUCKET is set: install the extra `s3`, or take it out.")
    STORAGES["default"] = {"BACKEND": "wlga_portal.kernel.bucket.Bucket", "OPTIONS": env.bucket(S3_BUCKET)}
WHITENOISE_MAX_AGE = 600  # unhashed names; hashed ones are immutable

# --- Security -------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [csp.NONE],
        "base-uri": [csp.NONE],
        "connect-src": [csp.SELF],
        "font-src": [csp.SELF],
        "form-action": [csp.SELF],
        "frame-ancestors": [csp.NONE],
        "img-src": [csp.SELF],
        "manifest-src": [csp.SELF],
        "script-src": [csp.SELF],
        "style-src": [csp.SELF],
        "worker-src": [csp.SELF],
    }
}
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if HTTPS:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 63_072_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-portal_session"
    CSRF_COOKIE_NAME = "__Host-portal_csrf"
else:
    SESSION_COOKIE_NAME = "portal_session"
    CSRF_COOKIE_NAME = "portal_csrf"

# --- The portal's own -----------------------------------------------------------------------------
PORTAL_NAME = _("WLGA digital programme")
API_LIMIT = env.number("PORTAL_API_LIMIT", 300)  # requests of one address for open data in a minute
BADGE_KEY = env.text("PORTAL_BADGE_KEY", " ").strip()  # signs Open Badges; empty: one is made in var/keys
COUNCIL_SITES_CONTACT = env.text("PORTAL_CONTACT", "digital@example.org")

# How the log is written: `json` for a collector, `line` for a terminal.
LOG_AS = env.text("PORTAL_LOG", "line" if LOOPBACK else "json")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "wlga_portal.kernel.logs.Redacted",
            "format": "%(asctime)s %(levelname)s %(name)s %(message)s",
        },
        "json": {"()": "wlga_portal.kernel.logs.JSONLines"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": LOG_AS}},
    "root": {"handlers": ["console"], "level": env.text("PORTAL_LOG_LEVEL", "INFO")},
    # of a request that the portal refuses its own line says enough
    "loggers": {"django": {"handlers": []}, "django.request": {"level": "ERROR"}},
}

# --- What is watched ------------------------------------------------------------------------------
SLOW_QUERY_MS = env.number("PORTAL_SLOW_QUERY_MS", 500)  # a query that takes as long is logged; 0: none is
# Figures for Prometheus: the web's processes write them where `manage.py metrics`, on a port of its own, reads them.
METRICS_PORT = env.number("PORTAL_METRICS_PORT", 0)  # 0: none are kept
METRICS_LISTEN = env.text("PORTAL_METRICS_LISTEN", "127.0.0.1")
METRICS_DIR = VAR_DIR / "metrics"
if METRICS_PORT:
    if env.number("PORT", 8000) == METRICS_PORT:
        raise ImproperlyConfigured("Set PORTAL_METRICS_PORT to a port of its own: PORT is the one that people use.")
    METRICS_DIR.mkdir(parents=True, exist_ok=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(METRICS_DIR)  # read by prometheus_client when it is imported
SENTRY_DSN = env.text("SENTRY_DSN", " ").strip()
OTLP_ENDPOINT = env.text("OTEL_EXPORTER_OTLP_ENDPOINT", " ").strip()

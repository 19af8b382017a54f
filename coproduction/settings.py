"""Every setting of the app, from environment variables with defaults that run."""

import os
from email.utils import parseaddr
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

from coproduction.counting_together import count_together
from coproduction.environment import count, data_dir, flag, kept_secret, one_of, secret
from coproduction.logs import logging_of
from coproduction.settings_sign_in import *  # noqa: F403 - all of them are settings

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = data_dir()
# What is made, by any process of the app, is its owner's alone: the database, mail, files, keys.
os.umask(0o077)
DATA_DIR.mkdir(parents=True, exist_ok=True)


# --- Where it runs ----

DEBUG = flag("DEBUG")
HOST = os.environ.get("HOST", "127.0.0.1")
PORT = int(os.environ.get("PORT", "8000"))
SITE_URL = os.environ.get("SITE_URL", f"http://{HOST}:{PORT}").rstrip("/")
SECRET_KEY = secret("SECRET_KEY") or kept_secret(DATA_DIR / "secret-key", 50)
# Where the keys are that the trail is signed with: outside the database (docs/trail.md).
TRAIL_KEYS = os.environ.get("TRAIL_KEYS") or str(DATA_DIR / "keys")
# Demo mode: sample people one click from signing in. Never beyond this machine, and there only for
# a browser that opened the address with the key.
DEMO = flag("DEMO") and HOST in {"127.0.0.1", "::1", "localhost"}
DEMO_KEY = kept_secret(DATA_DIR / "demo-key", 24) if DEMO else ""

_site = urlsplit(SITE_URL)
_hosts = [host.strip() for host in os.environ.get("ALLOWED_HOSTS", "").split(",")]
ALLOWED_HOSTS = [host for host in _hosts if host] or [_site.hostname or "localhost"]
ALLOWED_HOSTS += ["localhost", "127.0.0.1", "[::1]"]  # Health is asked after from inside.
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- What it is made of ----

INSTALLED_APPS = [
    "sample",
    "overview",
    "plan",
    "steering",
    "workshops",
    "themes",
    "engagements",
    "coproduction.projects",
    "coproduction.jobs",
    "coproduction.languages",
    "coproduction.ui",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "crispy_forms",
    "crispy_forms_gds",
    "django_htmx",
    "template_partials",
    "csp",
]

MIDDLEWARE = [
    # The first, so that no other's work counts as time the request took to reach us.
    "coproduction.projects.arrival.arrival",
    "coproduction.answers.no_body_for_head",
    "coproduction.observing.observed",
    "coproduction.proxies.believed_proxies",
    "django.middleware.security.SecurityMiddleware",
    "coproduction.answers.permissions_policy",
    "coproduction.answers.not_traced",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "coproduction.answers.compressed",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "coproduction.projects.kept_pages.kept_first",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "coproduction.answers.kept_by_nobody",
    "coproduction.projects.sessions.device_noted",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    # The last: the room is for what draws the page.
    "coproduction.stack.with_room",
]

ROOT_URLCONF = "coproduction.urls"
WSGI_APPLICATION = "coproduction.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "coproduction.ui.context.site",
                "overview.context.frame",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "coproduction.ui.templatetags.ui",
                "coproduction.languages.templatetags.languages",
                "coproduction.projects.templatetags.projects",
            ],
        },
    },
]

CRISPY_ALLOWED_TEMPLATE_PACKS = ["gds"]
CRISPY_TEMPLATE_PACK = "gds"

# --- Where it keeps things ----

DATABASES = {
    "default": dj_database_url.parse(
        secret("DATABASE_URL", f"sqlite:///{DATA_DIR / 'coproduction.sqlite3'}"),
        conn_max_age=60,
        conn_health_checks=True,
    )
}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # Django's own, with triggers that outlive a migration.
    DATABASES["default"]["ENGINE"] = "coproduction.sqlite"
    # One writer at a time; others wait for their turn instead of failing: measured, not guessed.
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
else:
    # One that can't be reached is away, and the page says so.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)

_cache = secret("CACHE_URL", "memory://")
_as_bytes = {"serializer": "coproduction.cache.AsBytes"}
# Limits, and pages drawn before: apart, so that neither pushes the other out of a full memory.
CACHES = {
    name: (
        {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": name}
        if _cache.startswith("memory")
        else {"BACKEND": "coproduction.cache.RedisOrMemory", "LOCATION": _cache, "KEY_PREFIX": name}
    )
    | {"OPTIONS": {"MAX_ENTRIES": most} | more}
    for name, most, more in (("default", 10_000, {}), ("pages", 600, _as_bytes))
}
# Public pages tell counts that are at most so old while people answer and code; 0 for none.
PUBLIC_COUNTS_SECONDS = float(os.environ.get("PUBLIC_COUNTS_SECONDS", "5"))

_storage = urlsplit(os.environ.get("STORAGE_URL", f"file://{DATA_DIR / 'files'}"))
if _storage.scheme != "file":
    raise ValueError("STORAGE_URL must start with file:// and name a folder.")
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {
            "location": unquote(_storage.path),
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if DEBUG
            else "coproduction.ui.stylesheets.OneFileStorage"
        )
    },
}
BACKUPS_KEPT_DAYS = count("BACKUPS_KEPT_DAYS") or 35
STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("STATIC_ROOT", DATA_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT.mkdir(parents=True, exist_ok=True)

# --- Mail ----

_email = urlsplit(secret("EMAIL_URL", "kept://"))
if _email.scheme == "kept":
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = str(DATA_DIR / "mail")
elif _email.scheme in {"smtp", "smtps", "smtp+tls"}:
    EMAIL_BACKEND = "coproduction.projects.mail_server.SmtpBackend"
    EMAIL_HOST = _email.hostname or "localhost"
    EMAIL_PORT = _email.port or {"smtp": 25, "smtps": 465, "smtp+tls": 587}[_email.scheme]
    EMAIL_HOST_USER = unquote(_email.username or "")
    EMAIL_HOST_PASSWORD = unquote(_email.password or "")
    EMAIL_USE_SSL = _email.scheme == "smtps"
    EMAIL_USE_TLS = _email.scheme == "smtp+tls"
    # A server may look at a letter for long before it says yes, and no request waits for it.
    EMAIL_TIMEOUT = int(parse_qs(_email.query).get("timeout", ["60"])[0])
else:
    raise ValueError("EMAIL_URL must start with kept://, smtp://, smtps:// or smtp+tls://.")
DEFAULT_FROM_EMAIL = os.environ.get("FROM_EMAIL") or f"Coproduction <noreply@{_site.hostname}>"
SERVER_EMAIL = parseaddr(DEFAULT_FROM_EMAIL)[1]

# --- Background work ----

CELERY_BROKER_URL = secret("CELERY_BROKER_URL", "filesystem://")
if CELERY_BROKER_URL.startswith("filesystem:"):
    CELERY_BROKER_URL = "filesystem://localhost"  # Without a host's name Celery warns of it.
    CELERY_BROKER_TRANSPORT = "coproduction.jobs.broker:FolderTransport"
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "data_folder_in": str(DATA_DIR / "broker" / "messages"),
        "data_folder_out": str(DATA_DIR / "broker" / "messages"),
        "control_folder": str(DATA_DIR / "broker" / "control"),
        # Whoever puts a message there rings; this is for what was not heard.
        "polling_interval": 1,
        "max_retries": 0,
    }
else:
    # Short enough that a request hardly notices a dead broker; longer than Celery's own polls.
    CELERY_BROKER_TRANSPORT_OPTIONS = {
        "max_retries": 0,
        "socket_connect_timeout": 1,
        "socket_timeout": 3,
        "socket_keepalive": True,
        "health_check_interval": 25,
        "visibility_timeout": 3600,
    }
# Two installations may share a broker when their queues differ.
JOBS_QUEUE = os.environ.get("JOBS_QUEUE", "coproduction")
CELERY_TASK_DEFAULT_QUEUE = JOBS_QUEUE
# The Job row is the truth: Celery keeps no results, and a message only says "look at this job".
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_TIME_LIMIT = 30 * 60
# Two, so that a sign-in code does not wait until a big file is brought in.
CELERY_WORKER_CONCURRENCY = 2
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 100
CELERY_WORKER_LOST_WAIT = 1  # For results that may still come; ours never do.
CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_CONNECTION_TIMEOUT = 2
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_BROKER_CHANNEL_ERROR_RETRY = True
JOBS_SWEEP_SECONDS = float(os.environ.get("JOBS_SWEEP_SECONDS", "2"))
JOBS_STALE_SECONDS = float(os.environ.get("JOBS_STALE_SECONDS", "15"))
JOBS_HEARTBEAT_SECONDS = float(os.environ.get("JOBS_HEARTBEAT_SECONDS", "3"))
# For this long pages can ask about a job that is done; then its row is cleared.
JOBS_KEPT_DAYS = float(os.environ.get("JOBS_KEPT_DAYS", "30"))
# Queued by every change to a project: takes what may no longer be shown out of what is published.
FOLLOW_UP_TASK = "plan.follow_up"
DAILY_TASK = os.environ.get("DAILY_TASK", "overview.daily")  # Empty: none; see README.

# --- People ----

# How they sign in stands in coproduction/settings_sign_in.py.
AUTH_USER_MODEL = "projects.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
CSRF_FAILURE_VIEW = "coproduction.projects.views.unsent.form_too_old"

# --- Languages ----

LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("cy", _("Welsh"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["coproduction.languages.formats"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("TIME_ZONE", "Europe/London")

# --- Safety ----

_https = _site.scheme == "https"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = _https
SECURE_SSL_HOST = _site.netloc if _https else None
# That browsers ask by https alone from now on: "off", "on" for this very name, "subdomains" for all
# names below it too, "preload" to be put on the browsers' own lists. It can't be taken back soon.
_hsts = one_of("HSTS", ("off", "on", "subdomains", "preload"), "on")
SECURE_HSTS_SECONDS = 31_536_000 if _https and _hsts else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _https and _hsts >= 2
SECURE_HSTS_PRELOAD = _https and _hsts >= 3
# What else stands on a council's domain is not ours to decide.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REDIRECT_EXEMPT = [
    r"^healthz$",
    r"^readyz$",
    r"^metrics$",
]  # Asked from inside, without a proxy.
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# How many proxies of our own stand before the app and say who asked; see coproduction/proxies.py.
BEHIND_PROXY = count("BEHIND_PROXY")
# No page asks for any of these.
PERMISSIONS_POLICY = ", ".join(
    f"{power}=()"
    for power in (
        *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media"),
        *("fullscreen", "geolocation", "gyroscope", "magnetometer", "microphone", "midi"),
        *("payment", "picture-in-picture", "screen-wake-lock", "usb", "xr-spatial-tracking"),
    )
)
# Everything from here, nothing inline: no nonces are needed.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

# Whom to tell of a hole: an e-mail address or the address of a page, for /.well-known/security.txt.
SECURITY_CONTACT = os.environ.get("SECURITY_CONTACT", "")

# --- What it says of itself ----

# Each request, by the name of its page, in a line of its own.
LOG_REQUESTS = flag("LOG_REQUESTS")
LOGGING = logging_of(
    level=os.environ.get("LOG_LEVEL", "INFO"),
    as_json=bool(one_of("LOG_FORMAT", ("text", "json"), "text")),
)
# Who may ask for /metrics: whoever brings this. Without it there is no such address.
METRICS_TOKEN = secret("METRICS_TOKEN")
if METRICS_TOKEN:
    count_together()
# Whom the page about the installation opens to: addresses of people who can sign in.
OPERATORS = frozenset(
    clean.lower() for each in os.environ.get("OPERATORS", "").split(",") if (clean := each.strip())
)

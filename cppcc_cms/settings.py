"""All settings, from the environment (or the file ``.env``); ``.env.example`` lists them.

With ``DEBUG`` off nothing is guessed: a missing secret key, host or database stops the start.
"""

import re
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent

env = environ.Env()
env.read_env(BASE_DIR / ".env")

from cppcc_cms.operation_settings import *  # noqa: E402, F403 - the file .env is read first

DEBUG = env.bool("DEBUG", default=False)


def required(name: str) -> str:
    """Return the variable ``name``; raise ImproperlyConfigured, in Chinese, where it is empty."""
    value = env.str(name, default="")
    if not value:
        raise ImproperlyConfigured(
            f"缺少环境变量 {name}。正式运行（DEBUG 关闭）时必须设置，说明见 .env.example。"
        )
    return value


SECRET_KEY = env.str("SECRET_KEY", default="") or (
    get_random_secret_key() if DEBUG else required("SECRET_KEY")
)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[]) or (
    ["127.0.0.1", "localhost", "[::1]"] if DEBUG else required("ALLOWED_HOSTS").split(",")
)
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000").rstrip("/")

INSTALLED_APPS = [
    "cppcc_cms.apps.StaffAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "axes",
    "ckeditor",
    "csp",
    "django_htmx",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "django_tasks",
    "django_tasks_db",
    "easy_thumbnails",
    "simple_history",
    "taggit",
    "organizations",
    "speeches",
]

MIDDLEWARE = [
    "cppcc_cms.observing.Observe",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "cppcc_cms.middleware.RefuseNul",
    "cppcc_cms.middleware.KeepAdminInside",
    "cppcc_cms.schedules.KeepSchedules",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django_otp.middleware.OTPMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "cppcc_cms.sessions.LimitSessions",
    "cppcc_cms.second_factor.RequireSecondFactor",
    "simple_history.middleware.HistoryRequestMiddleware",
    "axes.middleware.AxesMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "cppcc_cms.urls"
WSGI_APPLICATION = "cppcc_cms.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "speeches.public.context.site",
            ],
        },
    },
]

# Database

_database_url = (
    env.str("DATABASE_URL", default="") or f"sqlite:///{BASE_DIR / 'db.sqlite3'}"
    if DEBUG
    else required("DATABASE_URL")
)
if not _database_url.startswith(("sqlite:", "postgres:", "postgresql:")):
    raise ImproperlyConfigured(
        "DATABASE_URL 必须以 sqlite:/// 或 postgres:// 开头，写法见 .env.example。"
    )
DATABASES = {"default": env.db_url_config(_database_url)}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
        "timeout": 20,
    }
else:
    DATABASES["default"]["CONN_MAX_AGE"] = env.int("CONN_MAX_AGE", default=60)
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("connect_timeout", 5)

# Background work: at once in the request, or by `manage.py run_tasks`

_tasks_backend = env.str("TASKS_BACKEND", default="immediate")
_TASKS_BACKENDS = {
    "immediate": "django_tasks.backends.immediate.ImmediateBackend",
    "database": "django_tasks_db.DatabaseBackend",
}
if _tasks_backend not in _TASKS_BACKENDS:
    raise ImproperlyConfigured("TASKS_BACKEND 必须是 immediate 或 database。")
TASKS = {"default": {"BACKEND": _TASKS_BACKENDS[_tasks_backend]}}

# The public API: how often one client may ask (number/period), and where that is counted

_RATE = re.compile(r"[1-9][0-9]*/(s|min|h|d)")
API_RATE = env.str("API_RATE", default="120/min")
API_SEARCH_RATE = env.str("API_SEARCH_RATE", default="30/min")
if not all(_RATE.fullmatch(rate) for rate in (API_RATE, API_SEARCH_RATE) if rate):
    raise ImproperlyConfigured("API_RATE 和 API_SEARCH_RATE 写作 120/min（单位 s、min、h、d）。")
CACHES = {
    "default": {"BACKEND": "cppcc_cms.caches.KeepingOn", "LOCATION": "store"},
    "store": env.cache_url("CACHE_URL", default="locmemcache://"),
}
if CACHES["store"]["BACKEND"].endswith(".RedisCache"):
    CACHES["store"]["OPTIONS"] = {"socket_connect_timeout": 1, "socket_timeout": 1}

# Search: the database's own engine, or an OpenSearch node

SEARCH_ENGINE = env.str("SEARCH_ENGINE", default="")
if SEARCH_ENGINE not in {"", "sqlite", "postgresql", "opensearch"}:
    raise ImproperlyConfigured("SEARCH_ENGINE 必须是 sqlite、postgresql 或 opensearch，或留空。")
OPENSEARCH_URL = env.str("OPENSEARCH_URL", default="http://127.0.0.1:9200")
OPENSEARCH_INDEX = env.str("OPENSEARCH_INDEX", default="cppcc-cms")

# Language and time

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Simplified Chinese"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# Files

STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "staticfiles"))()
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "cppcc_cms.bundles.BundleFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=str(BASE_DIR / "media"))()
PRIVATE_ROOT = env.path("PRIVATE_ROOT", default=str(BASE_DIR / "private"))()
STORAGES = {
    "default": {"BACKEND": "cppcc_cms.storage.WholeFiles"},
    "private": {
        "BACKEND": "cppcc_cms.storage.WholeFiles",
        "OPTIONS": {"location": PRIVATE_ROOT, "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 20 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FONT_DIRS = env.list("FONT_DIRS", default=[str(BASE_DIR / "fonts")])

# Accounts and sessions

AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "admin:login"
SESSION_IDLE_SECONDS = env.int("SESSION_IDLE_SECONDS", default=3 * 60 * 60)
SESSION_LONGEST_SECONDS = env.int("SESSION_LONGEST_SECONDS", default=12 * 60 * 60)
SESSION_COOKIE_AGE = SESSION_LONGEST_SECONDS
REQUIRE_SECOND_FACTOR = env.bool("REQUIRE_SECOND_FACTOR", default=not DEBUG)
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 1
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "admin/locked_out.html"
PROXY_COUNT = NINJA_NUM_PROXIES = env.int("PROXY_COUNT", default=0)
if PROXY_COUNT:
    AXES_IPWARE_META_PRECEDENCE_ORDER = ("HTTP_X_FORWARDED_FOR",)
    AXES_IPWARE_PROXY_COUNT = PROXY_COUNT - 1

# Security

SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = env.bool(
    "HTTPS", default=not DEBUG
)
SECURE_HSTS_SECONDS = 31536000 if SECURE_SSL_REDIRECT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_SSL_REDIRECT
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if PROXY_COUNT else None
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
SILENCED_SYSTEM_CHECKS = [
    "ckeditor.W001",  # CKEditor 4 is fenced in: docs/adr/0003-fenced-in-ckeditor.md
]

# Packages

TAGGIT_CASE_INSENSITIVE = True
TAGGIT_TAGS_FROM_STRING = "speeches.tagging.split_tags"
TAGGIT_STRING_FROM_TAGS = "speeches.tagging.join_tags"
THUMBNAIL_ALIASES = {
    "": {
        "card": {"size": (480, 320), "crop": True},
        "wide": {"size": (1280, 0)},
        "portrait": {"size": (240, 320), "crop": True},
    }
}
THUMBNAIL_SUBDIR = "renditions"

# The office

_review_steps = env.str("REVIEW_STEPS", default="3")
if _review_steps not in {"1", "2", "3"}:
    raise ImproperlyConfigured("REVIEW_STEPS 必须是 1、2 或 3（审核环节数）。")
REVIEW_STEPS = int(_review_steps)
SCHEDULE_CHECK_SECONDS = env.int("SCHEDULE_CHECK_SECONDS", default=20)
SITE_NAME = env.str("SITE_NAME", default="政协发言")
OTP_TOTP_ISSUER = SITE_NAME
SITE_CODE = env.str("SITE_CODE", default="")
SITE_COLOUR = env.str("SITE_COLOUR", default="#9b1b1e")
if not re.fullmatch(r"#[0-9a-fA-F]{6}", SITE_COLOUR):
    raise ImproperlyConfigured("SITE_COLOUR 必须是 #rrggbb 形式的颜色，如 #9b1b1e。")
SITE_OWNER = env.str("SITE_OWNER", default="")
SITE_CONTACT = env.str("SITE_CONTACT", default="")
SITE_ABOUT = env.str("SITE_ABOUT", default="")
SITE_SECURITY_CONTACT = env.str("SITE_SECURITY_CONTACT", default="")
if SITE_SECURITY_CONTACT and not SITE_SECURITY_CONTACT.startswith(("mailto:", "https://", "tel:")):
    raise ImproperlyConfigured("SITE_SECURITY_CONTACT 必须以 mailto:、https:// 或 tel: 开头。")
SITE_ICP = env.str("SITE_ICP", default="")
SITE_POLICE_RECORD = env.str("SITE_POLICE_RECORD", default="")
SITE_REPORT_URL = env.str("SITE_REPORT_URL", default="")

NEWSPAPER_NAME = env.str("NEWSPAPER_NAME", default="")
NEWSPAPER_SIZE = env.str("NEWSPAPER_SIZE", default="a3")
if NEWSPAPER_SIZE not in {"a3", "tabloid"}:
    raise ImproperlyConfigured("NEWSPAPER_SIZE 必须是 a3 或 tabloid（四开小报）。")
NEWSPAPER_PAGE = env.int("NEWSPAPER_PAGE", default=1)
NEWSPAPER_IMPRINT = env.list("NEWSPAPER_IMPRINT", default=[])

PUBLIC_EXPORTS = env.list(
    "PUBLIC_EXPORTS",
    default=["docx", "pdf", "newspaper", "epub", "markdown", "akn", "json", "csv"],
)

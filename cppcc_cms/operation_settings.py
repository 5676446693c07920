"""The settings of operations: watching, backups, and where staff may come from."""

from ipaddress import ip_network
from pathlib import Path

import environ
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()


def _networks(name: str, default: str) -> list[str]:
    """Return the networks that ``name`` lists; raise ImproperlyConfigured for what is none."""
    listed = [part.strip() for part in env.str(name, default=default).split(",") if part.strip()]
    try:
        return [str(ip_network(part)) for part in listed]
    except ValueError as error:
        raise ImproperlyConfigured(
            f"{name} 须为逗号分隔的网段，如 10.0.0.0/8,192.168.1.5/32（{error}）。"
        ) from error


# Who may come: the admin only from these networks (empty: from everywhere), the metrics from these
# or with the token. Probes and metrics are asked without HTTPS, from the machine itself.

ADMIN_NETWORKS = _networks("ADMIN_NETWORKS", "")
METRICS_NETWORKS = _networks("METRICS_NETWORKS", "127.0.0.0/8,::1/128")
METRICS_TOKEN = env.str("METRICS_TOKEN", default="")
SECURE_REDIRECT_EXEMPT = [r"^(healthz|readyz|metrics)$"]

# Alarms, by mail and to the address of a group robot (企业微信, 钉钉)

ALARM_MAIL = env.list("ALARM_MAIL", default=[])
ALARM_WEBHOOK = env.str("ALARM_WEBHOOK", default="")
if ALARM_WEBHOOK and not ALARM_WEBHOOK.startswith(("https://", "http://")):
    raise ImproperlyConfigured("ALARM_WEBHOOK 必须以 https:// 或 http:// 开头。")
_mail = env.email_url("EMAIL_URL", default="smtp://localhost:25")
EMAIL_BACKEND, EMAIL_HOST, EMAIL_PORT = (
    _mail[name] for name in ("EMAIL_BACKEND", "EMAIL_HOST", "EMAIL_PORT")
)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail["EMAIL_HOST_USER"], _mail["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.get("EMAIL_USE_TLS", False), _mail.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("EMAIL_FROM", default="cppcc-cms@localhost")

# Where the public pages are built as files

SITE_OUTPUT = env.path("SITE_OUTPUT", default=str(BASE_DIR / "build" / "site"))()

# Backups, and what the commands of operations remember of their last run

BACKUP_ROOT = env.path("BACKUP_ROOT", default=str(BASE_DIR / "backups"))()
BACKUP_RECIPIENTS = env.list("BACKUP_RECIPIENTS", default=[])
BACKUP_KEEP = env.int("BACKUP_KEEP", default=14)
STATE_ROOT = env.path("STATE_ROOT", default=str(BASE_DIR / "state"))()

# The built site elsewhere: signed bundles, and storage that speaks S3

BUNDLE_KEY = env.str("BUNDLE_KEY", default="")
SITE_BUCKET = env.str("SITE_BUCKET", default="")
SITE_BUCKET_ENDPOINT = env.str("SITE_BUCKET_ENDPOINT", default="") or None
SITE_BUCKET_REGION = env.str("SITE_BUCKET_REGION", default="") or None

# Logs

SLOW_QUERY_MS = env.int("SLOW_QUERY_MS", default=0)
_log_format = env.str("LOG_FORMAT", default="text")
if _log_format not in {"text", "json"}:
    raise ImproperlyConfigured("LOG_FORMAT 必须是 text 或 json。")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "cppcc_cms.logs.NameRequest"}},
    "formatters": {
        "text": {"format": "%(levelname)s %(name)s [%(request_id)s] %(message)s"},
        "json": {
            "()": "pythonjsonlogger.json.JsonFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s %(request_id)s %(message)s",
            "rename_fields": {"asctime": "time", "levelname": "level", "name": "logger"},
            "json_ensure_ascii": False,
        },
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": _log_format,
            "filters": ["request"],
        }
    },
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="WARNING")},
    "loggers": {
        "cppcc_cms.requests": {"level": "INFO" if env.bool("LOG_REQUESTS", default=False) else 100}
    },
}

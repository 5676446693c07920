"""The project's settings for tests: a secret of their own, and nothing of the developer's."""

import os
import tempfile
from pathlib import Path

os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("DATABASE_URL", "sqlite:///:memory:")
os.environ["DEBUG"] = "1"
os.environ["REVIEW_STEPS"] = "3"
os.environ["REQUIRE_SECOND_FACTOR"] = "0"
os.environ["SCHEDULE_CHECK_SECONDS"] = "0"
os.environ["TASKS_BACKEND"] = "immediate"
os.environ["CACHE_URL"] = "locmemcache://"
os.environ["API_RATE"] = os.environ["API_SEARCH_RATE"] = ""
for name in (
    "SITE_NAME",
    "SITE_CODE",
    "SITE_OWNER",
    "SITE_CONTACT",
    "SITE_ICP",
    "SITE_POLICE_RECORD",
    "SITE_REPORT_URL",
    "FONT_DIRS",
    "NEWSPAPER_NAME",
    "NEWSPAPER_IMPRINT",
):
    os.environ[name] = ""
os.environ["SEARCH_ENGINE"] = ""
os.environ["NEWSPAPER_SIZE"] = "a3"
os.environ["NEWSPAPER_PAGE"] = "1"
os.environ["SITE_NAME"] = "云岭政协发言"
_files = tempfile.mkdtemp(prefix="cppcc-cms-tests-")
os.environ["MEDIA_ROOT"] = f"{_files}/media"
os.environ["PRIVATE_ROOT"] = f"{_files}/private"
os.environ["STATIC_ROOT"] = f"{_files}/static"
os.environ["STATE_ROOT"] = f"{_files}/state"
os.environ["BACKUP_ROOT"] = f"{_files}/backups"
os.environ["SITE_OUTPUT"] = f"{_files}/site"
Path(os.environ["STATIC_ROOT"]).mkdir()

from cppcc_cms.settings import *  # noqa: E402, F403 - the environment comes first

DEBUG = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = False

"""The project's settings with a database in memory and nothing of the developer's."""

import os
import tempfile

_files = tempfile.mkdtemp(prefix="cppcc-cms-bench-")
os.environ.update(
    DEBUG="1",
    SECRET_KEY="only-for-benches",  # noqa: S106 - guards nothing
    DATABASE_URL=os.environ.get("BENCH_DATABASE_URL", "sqlite:///:memory:"),
    STATIC_ROOT=_files,
    MEDIA_ROOT=f"{_files}/media",
    PRIVATE_ROOT=f"{_files}/private",
)

from cppcc_cms.settings import *  # noqa: E402, F403 - the environment comes first

DEBUG = False
SECURE_SSL_REDIRECT = False
INSTALLED_APPS = [  # what others need beside the product's own
    *INSTALLED_APPS,  # noqa: F405 - of the product's settings
    "django.contrib.postgres",
    "django_distill",
    "modelsearch",
    "bench.contenders",
]
